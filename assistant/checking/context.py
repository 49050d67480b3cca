"""What the sentence around a reference says of its document and that is not so.

Only what a sentence ascribes beyond doubt is compared: the body that does the act, the State that it is
addressed to, the year of the observations. A false alarm is worse than a miss, so a clause that names
two bodies, States or years, or compares, says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.citations.resolution import Mismatch
from assistant.citations.resolve import Resolver
from assistant.citations.said import NamedOrgan, Said, read_said
from corpus.organs import find_committees
from corpus.places import find_states, state_code

_YEAR = r"(?:19|20)[0-9]{2}"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
# Where another body, State or document is spoken of beside the one that is cited.
_COMPARES = re.compile(
    r"\b(?:see\salso|cf|compare|contrast|similar(?:ly)?|likewise|unlike|like|as\sin|than\sin|whereas|while\sin"
    r"|echo\w{0,3}|in\sline\swith|following|as\s(?:did|had|has)|the\ssame|jointly|both|together\swith"
    r"|endors\w{0,3}|cit(?:ing|es|ed)|quot(?:ing|es|ed)|refer\w{0,4}\sto|recall\w{0,3})\b",
    re.IGNORECASE,
)
# Where an act of another year may be spoken of.
_REPEATS = re.compile(
    r"\b(?:already|again|before|earlier|previous\w{0,2}|since|reiterat\w{0,3}|repeat\w{0,3}|had)\b",
    re.IGNORECASE,
)
_STEMS = (
    r"recommend|urg|encourag|call|request|invit|regrett?|welcom|not|express|reiterat|remind|conclud|observ|stress|emphasi[sz]"
    r"|underlin|stat|ask|advis|commend|prais|critici[sz]|condemn|deplor|held|order|demand|requir|warn|point|drew|draw"
    r"|consider|adopt|address|say|said|told|found|find|identif|acknowledg|appreciat|highlight|rais|insist|direct|instruct|oblig"
)
_ADVERB = (
    r"(?:[a-z]{2,12}ly|also|further|furthermore|moreover|again|once|more|therefore|thus|hence|then|now|still|indeed"
    r"|however|nevertheless|nonetheless|rather|in\s(?:particular|turn|addition))"
)
# has it done: “has training extend to judges”
_HAS_DONE = (
    r"has\s(?:(?!(?:that|which|who|to|been|not|yet)\b)[a-z’'-]{2,30}\s){1,4}"
    r"(?:extend|cover|include|reach|apply|cease)\b"
)
_ACTS = (
    rf"(?:(?:has|have|had|did)\s)?(?:{_ADVERB},?\s){{0,3}}"
    rf"(?:(?:{_STEMS})(?:e|s|es|ed|ied|ies|ted|ing|ating|ated|ates)?\b"
    rf"|{_HAS_DONE}"
    r"|(?:is|was|remains|remained|were)\s(?:[a-z]{2,12}\s){0,2}(?:concern|alarm|worr|troubl)ed)"
)
_ASIDE = r"(?:\s\([A-Z]{2,6}\))?(?:,\s[^,;.()]{1,90},)?\s"
_SUBJECT = re.compile(rf"{_ASIDE}{_ACTS}")
_GENITIVE = re.compile(
    rf"[’']s?\s(?:(?:{_YEAR}|first|second|third|initial|latest)\s){{0,2}}"
    r"(?:concluding\s)?(?:observations|recommendations?|comments)\b"
)
_POSSESSIVE = re.compile(r"[’']s?\b")
_BY = re.compile(
    r"(?:\b\w{2,14}ed\sby|\b[Aa]ccording\sto|\b(?:observations|recommendations?|comments)\s(?:of|by))"
    r"\s(?:the\s)?(?:UN\s)?$"
)
_PASSIVE = (
    r"urged|recommended|encouraged|called\s(?:up)?on|asked|requested|invited|reminded|advised|critici[sz]ed|told|ordered"
    r"|commended|praised|condemned|required|instructed|obliged"
)
_STATE_ACTED_ON = re.compile(
    rf"\s(?:(?:was|were|is|are)|(?:has|have|had)\sbeen)\s(?:[a-z]{{2,12}}\s){{0,2}}(?:{_PASSIVE})\b"
    r"(?!\sby\s(?!(?:the\s)?(?:UN\s)?(?:Sub)?[Cc]ommittee))"
)
# Who addresses the State: nobody but the body itself counts.
_BODY = re.compile(r"\b(?:Committee|[Ii]t|[Oo]bservations|[Rr]ecommendations?)\b[^.;:]{0,120}$")
_THE = r"(?:the\s)?(?:(?:Government|authorities|State\sparty)\sof\s)?(?:the\s)?$"
_TO_STATE = re.compile(
    r"\b(?:(?:urg|encourag|request|invit|advis|commend|prais|condemn|oblig|critici[sz])(?:es|ed|ing|e)"
    r"|(?:ask|remind|order|direct|instruct)(?:s|ed|ing)?|call(?:s|ed|ing)?\s(?:up)?on|recommend(?:s|ed|ing)?\s(?:that|to)"
    rf"|recommendations?\s(?:made\s)?(?:to|for))\s{_THE}"
)
_ON_STATE = re.compile(
    r"\b(?:[Cc]oncluding\s(?:observations|comments)|Committee[’']s\s(?:[\w-]{4,10}\s)?(?:observations|recommendations))"
    r"\s(?:on|to|for|concerning|regarding)\s"
    r"(?:the\s(?:(?:initial|combined|[a-z]{3,9}(?:th|nd|rd|st)?|and|to|periodic)\s){1,6}reports?"
    rf"\s(?:of|submitted\sby)\s)?{_THE}"
)
_BODY_NAMED = r"Committee(?:\s(?:on|against)\s[\w\s]{3,70}?)?"
_NAME = r"[A-Z][\w’'-]{1,30}(?:\s(?:of|and|the|[A-Z][\w’'-]{1,30})){0,8}"
_CONSIDERED = r"(?:considered|examined|reviewed)"
_YEARS = (
    re.compile(
        rf"\b(?:its|their|Committee[’']s)\s(?P<year>{_YEAR})\s(?:concluding\s)?(?:observations|comments)\b"
    ),
    re.compile(rf"\bthe\s(?P<year>{_YEAR})\sconcluding\s(?:observations|comments)\b"),
    re.compile(
        r"\b[Cc]oncluding\s(?:observations|comments)\s(?:(?:adopted|issued|dated)\s)?(?:of|from|in|on)?\s?"
        rf"(?P<day>[0-9]{{1,2}}\s{_MONTH}\s)?(?P<year>{_YEAR})\b"
    ),
    re.compile(
        rf"\b(?:[Ii]n|[Oo]n\s(?P<day>[0-9]{{1,2}}\s{_MONTH}))\s(?P<year>{_YEAR}),?\s(?:[Tt]he\s)?(?:UN\s)?"
        rf"(?:{_BODY_NAMED}|it)\s{_ACTS}"
    ),
    re.compile(
        rf"\b[Ii]n\s(?P<year>{_YEAR}),\s(?:when|as)\s(?:it\s{_CONSIDERED}\s[^,;.]{{0,90}}?\breport"
        rf"|the\s(?:UN\s)?{_BODY_NAMED}\s{_CONSIDERED}\b)"
    ),
    # of the report that it considered, no year that it was submitted in or covers
    re.compile(
        rf"\b(?:{_BODY_NAMED}|[Ii]t)\s(?:also\s|then\s|first\s|last\s)?{_CONSIDERED}\s[^,;.]{{0,90}}?\breports?"
        rf"(?:\s(?:of|by|from|on)\s(?:the\s)?{_NAME})?(?:\sat\sits\s[\w-]{{3,20}}\ssession)?"
        rf",?\s(?:in(?:\s{_MONTH})?|on\s[0-9]{{1,2}}\s{_MONTH})\s(?P<year>{_YEAR})\b(?![–/-])"
    ),
    re.compile(
        rf"\b(?:{_BODY_NAMED}|[Ii]t)\s{_ACTS}\s(?:in|on\s(?P<day>[0-9]{{1,2}}\s{_MONTH}))\s(?P<year>{_YEAR})"
        r"(?=,|\s(?:that|to)\b)"
    ),
)
# Where the act is told to take place: Disability assessments in Armenia …
_IN_STATE = re.compile(r"\bin\s(?:the\s)?$")
# What a clause begins with, before the State: In its observations on Kenya, the Committee urged …
_IN_ITS_ON = re.compile(
    r"\b[Ii]n\sits\s(?:[\w-]{4,10}\s)?(?:observations|conclusions|recommendations)\s(?:on|to|for|concerning|regarding)"
    r"\s(?:the\s)?$"
)
_AS_TO = re.compile(
    r"(?:^\W{0,8}(?:(?:and|but|while)\s)?|[;:.–—]\s|\b(?:and|but|while)\s)"
    r"(?:[Ii]n|[Ff]or|[Oo]n|[Aa]s\s(?:to|regards)|[Rr]egarding|[Cc]oncerning)\s(?:the\s)?$"
)
# and after it; what a body adopts or considers somewhere may be where it meets
_ACTS_THERE = re.compile(
    r"(?:[’']s?\scase)?,?\s(?:it|(?:[Tt]he\s)?(?:UN\s)?(?:[A-Z]{2,6}\s)?"
    rf"{_BODY_NAMED}){_ASIDE}(?!(?:[a-z]{{2,12}},?\s){{0,3}}(?:adopt|consider|held)){_ACTS}"
)
# where it may have gone on to another State
_GOES_ON = re.compile(r";|\b(?:but|yet|although|though|elsewhere)\b")
_IN_BRACKET = re.compile(r"[(\[](?:[Ss]ee|[Cc]f\.)?,?\s?$")
_QUOTED = re.compile(r"“[^“”]{0,2000}[”]?|\"[^\"]{0,2000}\"?")
_ANY_YEAR = re.compile(rf"(?<![\w/.-]){_YEAR}(?![\w/-])")


def contradicted(clause: str, symbol: str, resolver: Resolver) -> tuple[Mismatch, ...]:
    """What a clause says of the one document cited at its end, and that is not so."""
    clause = _QUOTED.sub("“”", clause)  # what a document says names States and bodies of its own
    if _COMPARES.search(clause):
        return ()
    years, days = _year_said(clause)
    states = tuple(_state_said(clause, symbol, resolver))
    said = Said(tuple(_organ_said(clause)), states, tuple(days), tuple(years), ())
    if not (said.organs or said.states or said.years or said.days):
        return ()
    return resolver.contradictions(said, symbol, "The sentence")


def _organ_said(clause: str) -> Iterator[NamedOrgan]:
    """The one body that a clause names, where it does the act."""
    named = list(find_committees(clause))
    if len({name for name, _, _ in named}) != 1:
        return
    for _, start, end in named:
        printed = clause[start:end]
        if " " not in printed:  # CRC may be the Convention, the CRC Committee is not
            if not clause.startswith(" Committee", end):
                continue
            end += len(" Committee")
        does = _SUBJECT.match(clause, end) or _GENITIVE.match(clause, end)
        told = _BY.search(clause, max(0, start - 60), start) and not _POSSESSIVE.match(clause, end)
        if does or told:
            yield from read_said(printed).organs
            return


def _state_said(clause: str, symbol: str, resolver: Resolver) -> Iterator[str]:
    """The one State that a clause names, where the act is addressed to it.

    Where it is told to take place there, the State is compared only if the document never names it.
    """
    named = [each for each in find_states(clause) if state_code(each[0])]
    if len({state_code(name) for name, _, _ in named}) != 1:
        return
    for name, start, end in named:
        low = max(0, start - 160)
        addressed = not _POSSESSIVE.match(clause, end) and _is_addressed(clause, low, start)
        acts = _ACTS_THERE.match(clause, end) is not None and not _GOES_ON.search(clause, end)
        in_its = acts and _IN_ITS_ON.search(clause, low, start)
        before = addressed or in_its or _ON_STATE.search(clause, low, start)
        located = _tells_of(clause, low, start) or (acts and _AS_TO.search(clause, low, start))
        located = located and not resolver.names_state(symbol, name)
        if before or located or _STATE_ACTED_ON.match(clause, end):
            yield name
            return


def _tells_of(clause: str, low: int, start: int) -> bool:
    """Whether words of the document are quoted of the State at `start`: in Armenia they are “medical” (…)."""
    is_object = clause.endswith(" ") and not _IN_BRACKET.search(clause)
    return bool(_IN_STATE.search(clause, low, start)) and "“”" in clause and not is_object


def _is_addressed(clause: str, low: int, start: int) -> bool:
    """Whether the body asks something of the State at `start`, and not of the State party to ask it."""
    verb = _TO_STATE.search(clause, low, start)
    if verb is None or re.search(r"\bState party\b", clause[: verb.start()]):
        return False
    return _BODY.search(clause, max(0, verb.start() - 200), verb.end()) is not None


def _year_said(clause: str) -> tuple[list[int], list[date]]:
    """The one year that a clause names, where it is that of the act; with its day, where that is told."""
    if len({match[0] for match in _ANY_YEAR.finditer(clause)}) != 1 or _REPEATS.search(clause):
        return [], []
    for pattern in _YEARS:
        if found := pattern.search(clause):
            if found.re.groupindex.get("day") and found["day"]:
                days = read_said(f"{found['day'].strip()} {found['year']}").days
                return [], list(days)
            return [int(found["year"])], []
    return [], []
