"""Questions that ask for all there is: every paragraph with a word, how many, in which States.

Only what can be counted by words is read as such a question: paragraphs, recommendations, concerns,
mentions, and the documents and States that have them. "All forms of discrimination", "every child"
and "how many children are trafficked?" ask about something in the documents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from corpus.model import Role
from index.word_forms import counted_words

Wanted = Literal["paragraphs", "count", "documents", "states"]
"""What is listed: the paragraphs in full, or where they are by document, or the States they are about."""

_ASKS = frozenset({Role.RECOMMENDATION, Role.REQUEST})
_CONCERN = frozenset({Role.CONCERN})


@dataclass(frozen=True)
class Exhaustive:
    """What a complete list is of: alternative topics, none for all that has one of the roles.

    `roles` are those of the sentences that count, None where any does.
    """

    topics: tuple[str, ...]
    roles: frozenset[Role] | None
    wanted: Wanted


@dataclass(frozen=True)
class _Kind:
    """Words at the beginning of a text, and what they stand for."""

    words: re.Pattern[str]
    roles: frozenset[Role] | None = None
    wanted: Wanted = "paragraphs"
    needs_verb: bool = False
    """Whether it is counted only with what is said: States that "were told to …"."""
    of: bool = False
    """Whether "of" joins its topic: mentions of something, but concerns about it."""


def _begins(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{words})(?![\w-])[\s,:]*", re.IGNORECASE)


_SPEAKER = r"(?:the )?(?:committees?|UN|united nations|treaty bod(?:y|ies))|they|it"
# What is counted, the longest first.
_UNITS = (
    _Kind(_begins("concerns? and recommendations?|recommendations? and concerns?"), _CONCERN | _ASKS),
    _Kind(_begins("recommendations? and requests?"), _ASKS),
    _Kind(_begins("recommendations?|suggestions?"), frozenset({Role.RECOMMENDATION})),
    _Kind(_begins("concerns?|criticisms?|worry|worries"), _CONCERN),
    _Kind(
        _begins("positive (?:aspects?|comments?|remarks?|points?|developments?)|commendations?|praise"),
        frozenset({Role.POSITIVE}),
    ),
    _Kind(_begins("requests?"), frozenset({Role.REQUEST})),
    _Kind(_begins("reminders?"), frozenset({Role.REMINDER})),
    _Kind(_begins("(?:concluding )?observations|documents|reports"), wanted="documents"),
    _Kind(
        _begins("states? part(?:y|ies)|states?|countr(?:y|ies)|governments?"),
        wanted="states",
        needs_verb=True,
    ),
    _Kind(_begins("mentions?|references?|occurrences?|instances?"), of=True),
    _Kind(_begins("(?:text )?(?:paragraph|para|passage|sentence|place|statement|comment|remark)s?|times")),
)
# What is said of a topic, and what a sentence does that says so.
_VERBS = (
    _Kind(
        _begins(
            "(?:mention|discuss|address|cover|contain|include|name|use)(?:s|es|d|ed|ing)?|concerns?|say(?:s|ing)?|has|have"
            "|said|(?:refer|speak|talk|relate|deal|touch|comment)(?:s|red|ed|d|ring|ing)?"
            " (?:to|of|about|with|upon|on)"
        )
    ),
    _Kind(
        _begins(
            "(?:recommend|urg|advis|suggest|encourag|ask|request|invit)(?:e|s|es|d|ed|ing)?|tell(?:s|ing)?|told"
            "|call(?:s|ed|ing)? (?:upon|on|for)"
        ),
        _ASKS,
    ),
    _Kind(
        _begins(
            r"(?:\w+ly )?(?:concerned|worried|alarmed)"
            r"|(?:express|voic|rais|stat)(?:e|es|ed|ing)? (?:\w+ )?concerns?"
            r"|regret(?:s|ted|ting)?|criti[cz]i[sz]e(?:s|d)?|blame(?:s|d)?|fault(?:s|ed)?"
        ),
        _CONCERN,
    ),
    _Kind(
        _begins("(?:welcom|prais|commend|appreciat|congratulat)(?:e|s|es|d|ed|ing)?"),
        frozenset({Role.POSITIVE}),
    ),
    _Kind(_begins("(?:remind|recall)(?:s|ed|ing)?"), frozenset({Role.REMINDER})),
)
_POLITE = _begins(
    "please|kindly|now|and|so|then|ok|okay|(?:can|could|would|will) you|i(?:['’]d| would)? (?:want|need|like)"
    "(?: to (?:see|have|know))?|(?:tell|let) me(?: know)?|what (?:are|is|were)|(?:are|is) there|do you have"
)
_GETS = _begins(
    "(?:give|show|get|find|send|print|display|quote|collect|compile|retrieve|bring)(?: (?:me|us|up|out))?"
)
_LISTS = _begins(
    "(?:list|enumerate|name|export)(?: (?:me|out))?"
    "|(?:(?:a|an|the) )?(?:(?:full|complete|exhaustive|entire|whole) )?list (?:of|with)"
)
_COUNTS = _begins(
    "count|(?:the |a )?(?:total |exact |whole )?(?:number|count) of|(?:in )?how many(?: of)?(?: different)?"
)
_OFTEN = _Kind(_begins("how (?:often|frequently|many times)"), None, "count", needs_verb=True)
_ALL = _begins(
    "every(?: single)?|each(?: and every)?|any and all|all(?: of)?(?: (?:the|its|their|these|those))?"
)
_THE = _begins("the|its|their")
_WHICH = _begins("(?:in |to |for |about |of )?(?:which|what)(?: of the)?")
_EVERYTHING = _Kind(_begins("everything|anything and everything|all"))
_SAID = _begins("says?|said|wrote|written")
# What stands between what is counted and what is said of it.
_FILLERS = (
    _begins(rf"(?:of|by|from|made by) (?:{_SPEAKER})"),
    _begins(_SPEAKER),
    _begins(r"(?:in|of|from|across) (?:(?:all|any of|the|these) )*documents"),
    # where a symbol was: "every paragraph of … that mentions"
    re.compile(r"(?:of|in|from|by)(?:$|\s+(?=(?:that|which|where|in which|about|on)\b))", re.IGNORECASE),
    _begins(
        "in which|that|which|where|there|also|ever|explicitly|specifically|had|been"
        "|(?:have|has)(?! the (?:words?|terms?|phrases?|expressions?))"
    ),
    _begins("is|are|was|were|did|does|do|got|received|get|receive"),
    _begins(
        r"(?:made|make|given|give|issued?|addressed|found|contained|raised?|voiced|expressed|stated)"
        r"(?= (?:about|on|regarding|concerning|over|with|to|for|by|in|as)\b|$)"
    ),
)
_ABOUT = _begins(
    "about|on|regarding|concerning|over|with (?:regard|respect) to|relat(?:ed|ing) to|as to|for|to|against"
    "|around|that|because of|with"
)
_OF = _begins("of")
# "Which paragraph …" asks for one.
_ONE = _begins("paragraph|para|passage|sentence|recommendation|concern|state(?: party)?|country|government")
_ON = re.compile(r"(?:about|on|regarding|concerning)\s", re.IGNORECASE)
_IS_SAID = re.compile(
    r"\s(?:(?:is|are|was|were|gets?|been|be) )?(?:\w+ly )?(?:mentioned|discussed|addressed|named|used|covered"
    r"|(?P<asked>recommended|requested)|referred to|come up|appear|occur)$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^(?:(?:the )?(?:words?|terms?|phrases?|expressions?|topics?|issues?|subjects?|themes?|questions?)"
    r"(?: of)?|(?:it|them|this|these|those)(?= (?:on|about|in)\b)"
    r"|the|an?|any|(?:the )?state part(?:y|ies)(?: (?:to|on|about))?|to|on|about)\s+",
    re.IGNORECASE,
)
_DANGLING = re.compile(r"^(?:and|or)\s+|\s+(?:and|or|in|on|of|to|for|from|by|the)$", re.IGNORECASE)
_AFTERWARDS = re.compile(
    r"(?:^|\s)(?:(?:are|is|were|was) there"
    r"|(?:are|is|were|was|has|have) (?:been )?(?:made|raised|given|issued|expressed)"
    r"|at all|in total|altogether|anywhere|everywhere|please|overall"
    r"|(?:in|of|from|by|across|among|throughout|to) (?:(?:all|any|every|of|the|these|your|this|held) )*"
    r"(?:documents?|(?:concluding )?observations|collection|corpus|committees?|state part(?:y|ies)|states"
    r"|countries|database)"
    rf"|(?:did|does|has) (?:{_SPEAKER}) (?:make|made|raised?|give|given|issued?|expressed?))$",
    re.IGNORECASE,
)
# A topic with one of these is a sentence about something that the documents tell.
_STILL_A_SENTENCE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|did|does|implemented|accepted|complied|how|what|why|who|whom)\b", re.I
)
_OR = re.compile(r"\s+or\s+|\s*/\s*", re.IGNORECASE)
_JOINED = re.compile(r"\b(?:of|in|for|by|with|to|and|on|from|at|against|between)\b", re.IGNORECASE)
_SHORT = 3  # words of each side of an "or" between two topics
_AROUND = " \t?.!,;:-–"


def read_exhaustive(text: str, *, bound: bool = False) -> Exhaustive | None:
    """What a question asks a complete list of, None where it asks for no such list.

    `text` is the question without the words that are filters already; `bound` says that a filter or
    the syntax of a word binds, so that it needs no topic besides.
    """
    rest = _without(" ".join(text.split()).strip(_AROUND), _POLITE, _GETS)
    opened = _opened(rest)
    return opened and _read(*opened, bound=bound)


def _opened(text: str) -> tuple[_Kind, str] | None:
    """What is counted, and the rest of the question."""
    if often := _OFTEN.words.match(text):
        return _OFTEN, text[often.end() :]
    if counts := _COUNTS.match(text):
        unit = _unit(_without(text[counts.end() :], _ALL, _THE))
        if unit and unit[0].wanted == "paragraphs":
            unit = replace(unit[0], wanted="count"), unit[1]
        return unit
    listed = _without(text, _LISTS)
    if every := _ALL.match(listed):
        return _unit(listed[every.end() :]) or _everything(listed)
    if listed != text:
        return _unit(_without(listed, _THE)) or _everything(listed)
    if which := _WHICH.match(text):
        rest = text[which.end() :]
        unit = None if _ONE.match(rest) else _unit(rest)
        return unit and (replace(unit[0], needs_verb=True), unit[1])
    return _everything(text)


def _unit(text: str) -> tuple[_Kind, str] | None:
    for unit in _UNITS:
        if match := unit.words.match(text):
            return unit, text[match.end() :]
    return None


def _everything(text: str) -> tuple[_Kind, str] | None:
    """What follows "everything" or "all", where it is "on …" or "the Committee said about …"."""
    match = _EVERYTHING.words.match(text)
    if match is None:
        return None
    rest = _without(text[match.end() :], *_FILLERS, _SAID)
    return (_EVERYTHING, rest) if _ON.match(rest) or not rest else None


def _read(unit: _Kind, text: str, *, bound: bool) -> Exhaustive | None:
    """What is said, and of which topic, of what is counted."""
    rest, roles = _without(text, *_FILLERS), unit.roles
    if unit.needs_verb and (given := _unit(rest)) and given[0].roles:  # States that got recommendations
        return _read(replace(given[0], wanted=unit.wanted), given[1], bound=bound)
    verb = _first(_VERBS, rest)
    if verb is not None:
        if unit.wanted == "documents" and verb[0].roles:
            return None  # documents that a committee asks a State for
        roles = roles or verb[0].roles
        rest = _once(_without(verb[1], _FILLERS[1]), _ABOUT)
    elif said := _IS_SAID.search(f" {rest}"):
        roles = roles or (_ASKS if said["asked"] else None)
        rest = rest[: max(said.start() - 1, 0)]
    elif unit.of and _OF.match(rest):
        rest = _once(rest, _OF)
    elif rest and (unit.needs_verb or not (_ABOUT.match(rest) or _AFTERWARDS.fullmatch(rest))):
        return None
    else:
        rest = _once(rest, _ABOUT)
    topics = _topics(rest)
    if topics is None or not (
        topics or bound or (roles and not unit.needs_verb and unit.wanted in ("paragraphs", "count"))
    ):
        return None
    return Exhaustive(topics, roles, unit.wanted)


def _first(kinds: tuple[_Kind, ...], text: str) -> tuple[_Kind, str] | None:
    for kind in kinds:
        if match := kind.words.match(text):
            return kind, text[match.end() :]
    return None


def _topics(text: str) -> tuple[str, ...] | None:
    """The topics of a list: two where a short text joins them by "or", None for what is no topic."""
    before = None
    while before != text:
        before = text
        for words in (_AFTERWARDS, _SUBJECT, _DANGLING):  # the last is what filters leave behind
            text = words.sub("", text.strip(_AROUND)).strip(_AROUND)
    if _STILL_A_SENTENCE.search(text):
        return None
    parts = _OR.split(text)
    if any(_JOINED.search(part) or len(part.split()) > _SHORT for part in parts):
        parts = [text]
    return tuple(part for part in parts if counted_words(part))


def _without(text: str, *patterns: re.Pattern[str]) -> str:
    """A text without what is at its beginning, over again in any order."""
    while True:
        shorter = text
        for pattern in patterns:
            shorter = _once(shorter, pattern)
        if shorter == text:
            return text
        text = shorter


def _once(text: str, pattern: re.Pattern[str]) -> str:
    match = pattern.match(text)
    return text[match.end() :] if match else text
