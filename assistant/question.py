"""What a question asks: a place by its number, or a topic."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.inference import Inferred
from assistant.places_named import places_named
from corpus.errors import QuestionEmpty, QuestionTooLong, SymbolInvalid
from corpus.model import Role
from corpus.pinpoint import Pinpoint
from corpus.places import find_states, states_in
from corpus.symbol import Symbol
from index.conditions import required
from index.query_syntax import ReadQuery, read_query
from index.words import terms

# What people put around a topic: "What did the Committee recommend about …", "Was there concern that …".
_SPEAKER = (
    r"(?:the\s+)?(?:committee(?:\s+members)?|UN|united\s+nations|experts?|treaty\s+bod(?:y|ies)|it|they"
    r"|(?:these\s+|this\s+)?(?:documents?|concluding\s+observations|observations|text|report))"
)

_SAYS = (
    r"(?:say|said|state|tell|told|recommend(?:ed)?|suggest(?:ed)?|advise[d]?|concerned|worried|alarmed|think"
    r"|note[d]?|ask(?:ed)?|urge[d]?|find|observe[d]?|mention(?:ed)?|appreciate[d]?|welcome[d]?|praise[d]?"
    r"|request(?:ed)?|call(?:ed)?\s+(?:for|on|upon)|regret(?:ted)?|want(?:ed)?|expect(?:ed)?|criticise[d]?"
    r"|criticize[d]?|express(?:ed)?|raise[d]?|voice[d]?|encourage[d]?)"
)

_FEELING = (
    r"(?:(?:any|some|serious|deep)\s+)?(?:concerns?|worr(?:y|ies)|criticisms?|alarm|regret|praise"
    r"|recommendations?)"
)

_ABOUT = (
    r"(?:about|on|regarding|concerning|over|with\s+regard\s+to|with\s+respect\s+to|as\s+to|so\s+that|of|to|in"
    r"|for|by|that)"
)

_STATE_PARTY = r"(?:the\s+)?(?:state\s+party|state|country|government|authorities)"

_ASKS = r"(?:please\s+)?(?:(?:what|which|how|why|when|where)\s+(?:else\s+)?)?"

_AUXILIARY = r"(?:did|does|do|has|have|is|are|was|were|should|can|could|would|must)"

_FRAME = re.compile(
    rf"^{_ASKS}(?:"
    rf"(?:{_AUXILIARY}\s+)?{_SPEAKER}\s+(?:also\s+)?{_SAYS}(?:\s+{_FEELING})?(?:\s+{_STATE_PARTY})?(?:\s+to\s+do)?"
    rf"|(?:{_FEELING}|advice|requests?|praise)\s+{_AUXILIARY}\s+{_SPEAKER}\s+(?:also\s+)?(?:{_SAYS}|make"
    rf"|made|give|gave|have)"
    rf"|(?:has|have|had|was|were|is|are)\s+(?:{_STATE_PARTY}\s+)?(?:been\s+)?(?:told|asked|advised|urged"
    rf"|reminded|warned"
    r"|criticised|criticized|praised|commended|recommended)(?:\s+to\s+do)?(?=\s+(?:about|on|over|regarding"
    r"|for|to|in|by)\b|\W*$)"
    rf"|(?:is|are|was|were)\s+(?:also\s+)?{_SAYS}"
    rf"|(?:is|are|was|were)\s+there\s+(?:{_FEELING}|anything|something|a\s+paragraph|paragraphs)"
    r"|(?:and\s+|but\s+)*(?:what|how)\s+about"
    rf"|{_AUXILIARY}\s+(?:the\s+)?(?:committee[’']s\s+)?(?:{_FEELING}|positions?|views?"
    rf"|assessments?)(?=\s+(?:on|about|regarding|concerning|to)\b)"
    rf"|(?:should|must|can|could)\s+(?:{_STATE_PARTY}\s+)?(?:be\s+done|do|change|take|improve)"
    rf")\b(?:\s+{_ABOUT}\b)?\s*",
    re.IGNORECASE,
)

_ROLE_WORDS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        Role.RECOMMENDATION,
        re.compile(
            r"\b(?:rec+om+[ea]nd|urge|call(?:ed|s)? (?:up)?on|advi[cs]e|should|suggest|propos|solv"
            r"|fix(?:ed)?\b|solution|improve|(?:what|how) (?:would|can|could) (?:help|be done)"
            r"|what (?:do|does|did) (?:it|they|the committee) (?:want|expect)|way forward|next steps?\b)",
            re.I,
        ),
    ),
    (
        Role.CONCERN,
        re.compile(
            r"\b(?:concern|worr|alarm|regret|criticis|criticiz|reasons?\b|wrong\b|problem|shortcoming"
            r"|weakness|deficien|lacking)"
            r"|^why\W*$",
            re.I,
        ),
    ),
    (Role.POSITIVE, re.compile(r"\b(?:welcom|appreciat|prais|commend|positive)", re.I)),
)

# Beside words that must be there: "which paragraphs mention “…”", "where does it use the term “…”".
_FINDING_WORDS = frozenset(
    terms(
        "paragraphs paras passages documents texts observations committee mention contain include use "
        "words phrase terms expression sentence quote occur appear find show list search"
    )
)

_SHOWS = (
    r"(?:and\s+)?(?:what\s+(?:does|do|is\s+in|did|says?)|show(?:\s+me)?|read(?:\s+me)?|give(?:\s+me)?"
    r"|quote|print|open"
    r"|(?:can|could)\s+(?:i|you)\s+(?:see|read|show(?:\s+me)?))?\s*(?:the\s+)?(?:(?:whole|full|entire)\s+)?"
)

_SAID_THERE = (
    r"(?:\s+(?:says?|states?|in\s+full|contains?|please|about|of\s+the\s+(?:document|observations)))*"
    r"\s*[?.!]*\s*$"
)

_SECTION = re.compile(
    rf"^{_SHOWS}(?:(?:section|chapter|part|heading)\s+(?:on|about|concerning|titled|called|entitled|headed"
    rf"|dealing\s+with|under\s+the\s+heading)\s+(?P<on>.+?)|(?P<named>(?:[\w’'-]+\s+){{1,6}}?)(?:section"
    rf"|chapter)){_SAID_THERE}",
    re.IGNORECASE,
)

_NUMBERED_SECTION = re.compile(
    rf"^{_SHOWS}(?:section|chapter|part)\s+(?P<number>(?:[IVX]+|[A-H])(?:\s*\.?\s*[A-H])?){_SAID_THERE}",
    re.IGNORECASE,
)

_TERMINAL_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")  # colours and the like, pasted along

_AROUND = " ?.!,;:()[]&/-"

# What only joined filters: "compare Kenya and Mexico on …", "Kenya vs. Mexico".
_LEFT_OVER = re.compile(
    r"^\s*(?:compare|differences?\s+between|both)\b|\b(?:vs\.?|versus|as\s+well\s+as)(?=\s)"
    r"|the\s+(?=the\s+committee)"
    r"|\band\s+what(?=\s*[?.!]*\s*$)"
    r"|^\s*(?:the\s+)?(?:concluding\s+)?observations\s*(?::|,?\s*and\s+observations\s*:)",
    re.IGNORECASE,
)

# What ties a filter's words to a sentence: "… to the Kenya", "Kenya's …", "Kenya: …".
_LEADING = re.compile(r"\s*\b(?:(?:to|in|of|for|from|on|about|by|at)\s+)?(?:the\s+)?[(]?$", re.IGNORECASE)

_LEADING_WORD = re.compile(
    r"\b(?:to|in|of|for|from|on|about|by|at|and|or|with)\s+(?:the\s+)?$", re.IGNORECASE
)

_ACTS = re.compile(r"\s+(?!(?:to|in|of|for|from|on|about|by|at|and|or|with|as)\b)[a-z]")

_TRAILING = re.compile(r"^(?:[’']s\b|[’'](?=\s)|\s*[:)])")

_BEFORE_MARK = re.compile(r"\s+(?=[?.!,;:])")

# What asks only whether something is there: "are dams mentioned anywhere?".
_MENTIONED = re.compile(
    r"^(?:(?:where|how|in\s+which\s+paragraphs?)\s+)?(?:is|are|was|were|does|do|has"
    r"|have)\s+(?:there\s+)?(?P<topic>.+?)\s+(?:been\s+|get\s+)?"
    r"(?:mentioned|discussed|addressed|covered|raised|treated|dealt\s+with|referred\s+to|come\s+up|appear"
    r"|named|cited)"
    r"(?:\s+(?:anywhere|somewhere|at\s+all|here|there|by\s+the\s+committee|in\s+the\s+(?:documents?"
    r"|observations|text|report)))*$",
    re.IGNORECASE,
)

# What asks how something changed from one edition to another.
_CHANGED = re.compile(
    r"\s+(?:changed?|evolved?|develop(?:ed)?|differ(?:ed)?)(?:\s+(?:over\s+time|since|between|from"
    r"|across\s+(?:the\s+)?years))*$",
    re.IGNORECASE,
)

# What is left before a topic of the words that tied it to filters: "… and on employment".
_JOINS = re.compile(
    r"^\s*(?:(?:and|or|both|between|on|about|regarding|concerning)\b\s*)+(?=\w)", re.IGNORECASE
)

_NAME = re.compile(r"(?<![\w’'-])[A-Z][\w’'-]*[A-Za-z][\w’'-]*")


@dataclass(frozen=True)
class Question:
    """A question read: `topic` is what is left without the words that make it a question.

    `text` is what is searched for, without operators and what they exclude; `typed` is all of it, and
    `read` says what binds. `pinpoints` and `symbols` are set for a look-up; `names` are its proper
    names, in order.
    """

    text: str
    topic: str
    role: Role | None
    typed: str
    read: ReadQuery
    pinpoints: tuple[Pinpoint, ...] = ()
    symbols: tuple[Symbol, ...] = ()
    names: tuple[str, ...] = ()
    section: str = ""
    """Words of the heading of a section that is asked for."""
    section_number: str = ""
    """Its printed number, in capitals."""
    whole: bool = False
    """Whether paragraphs are to be quoted in full."""

    @property
    def is_look_up(self) -> bool:
        """Whether it asks for a place by its number."""
        return bool(self.pinpoints)

    @property
    def asks_for_words_only(self) -> bool:
        """Whether it asks for paragraphs with certain words and for nothing besides."""
        condition = self.read.condition
        if condition is None or not any(required(condition)):
            return False
        return _FINDING_WORDS.issuperset(terms(_FRAME.sub("", self.read.beside)))


def clean(text: str, longest: int) -> str:
    """A question without control characters and runs of spaces.

    Raises `QuestionEmpty` and `QuestionTooLong`.
    """
    if len(text) > longest:
        raise QuestionTooLong(
            f"The question has {len(text):,} characters; the limit is {longest:,}.",
            "Ask a shorter one.",
        )
    text = _TERMINAL_SEQUENCE.sub(" ", text)
    printable = "".join(" " if unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") else c for c in text)
    cleaned = re.sub(r"\s+", " ", printable).strip()
    if not any(character.isalnum() for character in cleaned):
        raise QuestionEmpty("Nothing is asked.", "Type a question, such as: extradition?")
    return cleaned


@lru_cache(maxsize=512)
def read_question(text: str) -> Question:
    """Read a cleaned question; those of a conversation are read again with every one that follows."""
    symbols = _symbols(text)
    without_symbols = text
    for symbol in symbols:
        without_symbols = without_symbols.replace(symbol.printed, " ")
    pinpoints, names = places_named(without_symbols)
    read = ReadQuery.plain(text) if pinpoints else read_query(without_symbols)
    typed = text
    if read.condition is not None:
        text = without_symbols = read.words
    topic = topic_of(without_symbols)
    role = next((role for role, words in _ROLE_WORDS if words.search(text)), None)
    names = names if pinpoints else _names(without_symbols)
    question = Question(text, topic, role, typed, read, pinpoints, symbols, names)
    return question if pinpoints else _with_section(question, without_symbols)


def _with_section(question: Question, text: str) -> Question:
    """The question with the section that it asks for, if it does."""
    if numbered := _NUMBERED_SECTION.match(text):
        return replace(question, section_number=numbered["number"].upper())
    if named := _SECTION.match(text):
        words = (named["on"] or named["named"]).strip(_AROUND + '“”"')
        return replace(question, topic=words, section=words)
    return question


def without(question: Question, filters: Sequence[Inferred]) -> Question:
    """The question without words that are filters already: they are no part of its topic, nor names in it."""
    if not any(f.spans for f in filters):
        return question
    rest = without_filters(question, filters)
    topic = topic_of(rest)
    if not any(character.isalnum() for character in topic):
        topic = question.text  # nothing but filters: they are what it is about
    left = set(_names(rest))
    question = _with_section(question, rest)
    topic = question.section or topic
    return replace(question, topic=topic, names=tuple(name for name in question.names if name in left))


def without_filters(question: Question, filters: Sequence[Inferred]) -> str:
    """The text of a question without the words that are filters, and without symbols."""
    spans = sorted({(span, f.kind) for f in filters for span in f.spans}, reverse=True)
    rest = question.text
    for (start, end), kind in spans:
        if kind == "committee":  # it goes on being the one that speaks
            rest = f"{rest[:start]} the committee {rest[end:]}"
        else:
            rest = f"{_LEADING.sub(' ', rest[:start])} {_TRAILING.sub('', rest[end:])}"
    rest = _BEFORE_MARK.sub("", " ".join(_LEFT_OVER.sub(" ", rest).split()))
    for symbol in question.symbols:
        rest = rest.replace(symbol.printed, " ")
    return rest.strip(" :,") if spans or question.symbols else rest


def without_documents(question: Question, filters: Sequence[Inferred]) -> str:
    """The question as it could be put to other documents: "what should Kenya do?" names a State party."""
    text, shift = question.text, 0
    moved: list[Inferred] = []
    for filter_ in sorted(filters, key=lambda f: f.spans):
        spans = []
        for start, end in filter_.spans:
            before, after = text[: start + shift], text[end + shift :]
            if filter_.kind == "state" and _ACTS.match(after) and not _LEADING_WORD.search(before):
                text = f"{before}the State party{after}"
                shift += len("the State party") - (end - start)
            else:
                spans.append((start + shift, end + shift))
        moved.append(replace(filter_, spans=tuple(spans)))
    return without_filters(replace(question, text=text), moved)


def topic_of(text: str) -> str:
    """A text without the words that make it a question to a committee."""
    topic = _JOINS.sub("", _FRAME.sub("", text)).strip(_AROUND)
    if mentioned := _MENTIONED.match(topic):
        topic = mentioned["topic"]
    return _CHANGED.sub("", topic).strip(_AROUND) or text


def _symbols(text: str) -> tuple[Symbol, ...]:
    """The document symbols in a question, those typed in lower case among them."""
    found = [symbol for symbol, _, _ in Symbol.find_all(text)]
    for word in re.findall(r"[\w.-]+(?:/[\w.-]+){2,}", text):
        if not any(word in symbol.printed for symbol in found):
            try:
                found.append(Symbol.parse(word))
            except SymbolInvalid:
                continue
    return tuple(dict.fromkeys(found))


def _names(text: str) -> tuple[str, ...]:
    """The States it names, and capitalised words; of a text all in title case only the States."""
    words = re.findall(r"[\w’'-]+", text)
    capitalised = [word for word in words[1:] if word[:1].isupper()]
    found = list(states_in(text))
    if len(words) <= 2 or len(capitalised) <= 0.6 * len(words):
        in_states = [range(start, end) for _, start, end in find_states(text)]
        found += [
            match[0]
            for match in _NAME.finditer(text)
            if match.start() and not any(match.start() in state for state in in_states)
        ]
    names = (name.removesuffix("'s").removesuffix("’s") for name in found)
    return tuple(name for name in dict.fromkeys(names) if terms(name))
