"""Filters read from a question: which State, committee, treaty or year it is put about.

A name becomes a filter only where it names the addressee or the edition ("to Kenya", "the 2015
observations", "Kenya: …") and documents on it are held. Partners, treaties, places and other dates
that a document may mention stay in the query ("which agreement with China", "conventions ratified
in June 2005").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import chain

from assistant.answer import FilterKind
from corpus.holdings import Holdings
from corpus.organs import find_committees, find_instruments
from corpus.places import find_adjectives, find_states, state_code

_SPEECH = (
    r"(?:recommend|suggest|propos|advis|advice|ask|urg|call|tell|told|sa(?:y|id)|request|want|expect|invit"
    r"|encourag|remind|prais|commend|criticis|criticiz|congratulat|warn|address|write|wrote|repl)\w*"
)
# What moves or ties people and things: "trafficked to Thailand", "close to China" name no addressee.
_MOVES = (
    r"(?:traffick|smuggl|deport|return|repatriat|expel|expuls|remov|extradit|transfer|travel|migrat|emigrat"
    r"|flee|fled|flight|export|import|send|sent|sold|sale|mov|taken|took|access|border|close|near|relat|similar|compar"
    r"|next|accord|went|go|going|gone|aid|loan|sell|ship)\w*"
)
_THE = r"(?:the\s+)?$"
_ADDRESSED = re.compile(
    rf"(?:\b{_SPEECH}(?:\s+(?:to|of|from|upon|on|about|for|that|in|regarding|concerning))?"
    rf"|\b(?:observations|review|reports?|dialogue|examination|recommendations?|advice|concerns?|session)"
    rf"\s+(?:on|of|for|to|with|about|addressed\s+to|made\s+to)|^)\s*{_THE}",
    re.IGNORECASE,
)
_PARTNER = re.compile(
    rf"\b(?:with|from|via|through|between|against|into|near|neighbouring|neighboring|unlike|like"
    rf"|{_MOVES}\s+(?:\w+\s+)?(?:to|towards?))\s+{_THE}",
    re.IGNORECASE,
)
_FROM_ADDRESSEE = re.compile(
    rf"\b(?:request|want|expect|ask|need|requir|demand)\w*\s+(?:\w+\s+)?(?:from|of)\s+{_THE}", re.I
)
_JOINED = re.compile(
    r"(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|&|vs\.?|versus)\s+)(?:(?:in|for|to|on|of)\s+)?(?:the\s+)?",
    re.I,
)
_COMPARED = re.compile(r"\b(?:compar|differ|contrast|versus|vs\b)", re.IGNORECASE)
_SPEAKS = re.compile(
    rf"(?:\b(?:did|does|do|has|have|had|was|by|of|from|according\s+to)\s+|^\W*){_THE}", re.IGNORECASE
)
_SPEAKS_ON = re.compile(
    rf"\s*(?:$|[:?’']|(?:has\s+|have\s+|also\s+)*{_SPEECH}|on\b|about\b|concluding\b|observations\b)", re.I
)
_UNDER = re.compile(rf"(?:\bunder\s+|\bpursuant\s+to\s+|^\W*){_THE}", re.IGNORECASE)
_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
_RANGE = re.compile(
    rf"\b(?:between\s+(?P<a>{_YEAR})\s+and\s+(?P<b>{_YEAR})|(?:from\s+|the\s+|in\s+|of\s+)?(?P<c>{_YEAR})\s*(?:-|–|\bto\b|\bthrough\b)\s*(?P<d>{_YEAR})"
    rf"|(?P<open>since|from|after|before|until|up\s+to)\s+(?P<e>{_YEAR})|(?:in\s+|of\s+|the\s+)?(?P<f>{_YEAR}))\b"
)
_HAPPENED = re.compile(
    r"\b(?:ratif|accede|acced|adopt|enact|pass|establish|amend|sign|promulgat|introduc|launch|creat|entered|held|conduct|"
    r"publish|issued|found|dated|elect|census|survey|law|act|constitution|convention|protocol|plan|strategy|decree|agenda"
    r"|january|february|march|april|may|june|july|august|september|october|november|december)\w*\s+(?:\w+\s+){0,2}(?:in\s+|of\s+|by\s+)?$",
    re.IGNORECASE,
)
_EDITION = re.compile(
    r"\s*(?:\)\s*)?(?:concluding\s+observations|observations|review|reviews|session|dialogue|document|edition|cos?\b|one\b|recommendations?)",
    re.IGNORECASE,
)
_NOT_AN_EDITION = re.compile(
    r"\s*(?:agenda|census|law|act|constitution|plan|strategy|survey|convention|election|games|olympic)", re.I
)


class _Strength(IntEnum):
    """How surely a State is the one that is addressed."""

    PARTNER = 0
    DESCRIBED = 1
    """By an adjective: "Kenyan schools"."""
    NAMED = 2
    ADDRESSED = 3


@dataclass(frozen=True)
class Inferred:
    """One filter read from a question: the documents it leaves, and where its words stand."""

    kind: FilterKind
    value: str
    documents: frozenset[int]
    spans: tuple[tuple[int, int], ...]


def inferred_filters(text: str, holdings: Holdings) -> list[Inferred]:
    """The filters a question implies; values of one kind are alternatives.

    Where nothing is held on any State that is addressed, or from a year that names an edition, the
    filter has no documents: it cannot hold, and the answer says so.
    """
    states = list(_states(text, holdings))
    return [
        *states,
        *_organs(text, "committee", find_committees, _speaks, holdings.on_committee),
        *_organs(text, "instrument", find_instruments, _governs, holdings.on_instrument),
        *_years(text, holdings, states),
    ]


# -- States


def _states(text: str, holdings: Holdings) -> Iterator[Inferred]:
    mentions = list(find_states(text))
    named = [
        (_on_state(name, start, end, holdings), strength)
        for (name, start, end), strength in zip(mentions, _strengths(text, mentions), strict=True)
        if strength
    ]
    named += [
        (_on_state(name, start, end, holdings), _Strength.DESCRIBED)
        for name, start, end in find_adjectives(text)
        if not any(start < other_end and other_start < end for _, other_start, other_end in mentions)
        and not _PARTNER.search(text[:start])
        and not _is_language(text, start, end)
    ]
    # what is not held may still be mentioned by what is: it stays in the query beside one that is held
    named = [entry for entry in named if entry[0].documents] or named
    surest = max((strength for _, strength in named), default=_Strength.PARTNER)
    found: dict[str, Inferred] = {}
    for state, strength in sorted(named, key=lambda entry: -entry[1]):
        key = state_code(state.value) or state.value
        if same := found.get(key):
            found[key] = replace(same, spans=(*same.spans, *state.spans))
        elif strength == surest:
            found[key] = state
    return iter(found.values())


def _on_state(name: str, start: int, end: int, holdings: Holdings) -> Inferred:
    # of a territory within a State's documents the name goes on telling its paragraphs from the others
    spans = () if holdings.is_part(name) else ((start, end),)
    return Inferred("state", name, holdings.on_state(name), spans)


def _strengths(text: str, mentions: Sequence[tuple[str, int, int]]) -> list[_Strength]:
    """How surely each mention is an addressee; one joined to another by "and" is like it."""
    strengths: list[_Strength] = []
    last_end = -1
    for _, start, end in mentions:
        joined = strengths and _JOINED.fullmatch(text[last_end:start])
        strengths.append(strengths[-1] if joined else _strength(text, start, end))
        last_end = end
    return strengths


def _strength(text: str, start: int, end: int) -> _Strength:
    before, after = text[:start], text[end:]
    if _FROM_ADDRESSEE.search(before):
        return _Strength.ADDRESSED
    if _PARTNER.search(before) and not _COMPARED.search(text):
        return _Strength.PARTNER
    if _ADDRESSED.search(before) or re.match(r"\s*:|[’']s?\b", after):
        return _Strength.ADDRESSED
    return _Strength.NAMED


def _is_language(text: str, start: int, end: int) -> bool:
    """Whether an adjective names a language: "in French", "the French version"."""
    alone = re.search(r"\b(?:in|into|speaks?|and|or)\s+$", text[:start]) and re.match(
        r"\W*$|\s+(?:and|or)\b", text[end:]
    )
    return bool(alone or re.match(r"\s+(?:language|version|translation|text|speak)", text[end:]))


# -- committees and treaties


def _speaks(text: str, start: int, end: int) -> bool:
    """Whether a committee is named as the one that spoke."""
    return bool(_SPEAKS.search(text[:start]) and _SPEAKS_ON.match(text[end:]))


def _governs(text: str, start: int, end: int) -> bool:
    """Whether a treaty is named as the one a document is under; protocols' short names say nothing else."""
    return bool(_UNDER.search(text[:start])) or text[start:end] in ("OPSC", "OPAC")


def _organs(
    text: str,
    kind: FilterKind,
    find: Callable[[str], Iterable[tuple[str, int, int]]],
    means: Callable[[str, int, int], bool],
    held: Callable[[str], frozenset[int]],
) -> Iterator[Inferred]:
    for name, start, end in find(text):
        documents = held(name)
        if documents and means(text, start, end):
            yield Inferred(kind, name, documents, ((start, end),))


# -- years


def _years(text: str, holdings: Holdings, states: Sequence[Inferred]) -> Iterator[Inferred]:
    for match in _RANGE.finditer(text):
        years = _meant(match, holdings)
        editions = frozenset[int]().union(*map(holdings.on_year, years))
        if not _names_edition(text, match, any(editions & state.documents for state in states)):
            continue
        for year in years:
            yield Inferred("year", str(year), holdings.on_year(year), (match.span(),))


def _names_edition(text: str, match: re.Match[str], of_state: bool) -> bool:
    """Whether years say which documents are meant, and not when something else happened.

    `of_state` says that the State which is addressed has a document of these years.
    """
    before, after = text[: match.start()], text[match.end() :]
    if _EDITION.match(after):
        return True
    if _NOT_AN_EDITION.match(after) or _HAPPENED.search(before):
        return False
    if of_state:
        return True
    said = re.search(rf"\b{_SPEECH}(?:\s+\w+){{0,4}}\s*[,(]?\s*$", before, re.IGNORECASE)
    return bool(said) or ((match["f"] is None or match[0][:2] == "in") and not after.strip(" ?.!)"))


def _meant(match: re.Match[str], holdings: Holdings) -> Sequence[int]:
    """The years a mention covers, of those that documents are from."""
    held = sorted({header.year for header in holdings.headers.values() if header.year})
    first, last = match["a"] or match["c"], match["b"] or match["d"]
    if first and last:
        return [year for year in held if int(first) <= year <= int(last)]
    year = int(match["e"] or match["f"])
    match (match["open"] or "").split():
        case []:
            return [year]
        case ["since" | "from"]:
            return [held_in for held_in in held if held_in >= year]
        case ["after"]:
            return [held_in for held_in in held if held_in > year]
        case ["before"]:
            return [held_in for held_in in held if held_in < year]
        case _:
            return [held_in for held_in in held if held_in <= year]


def spans_of(inferred: Iterable[Inferred]) -> list[tuple[int, int]]:
    """Where the words of filters stand, in order."""
    return sorted(set(chain.from_iterable(filter_.spans for filter_ in inferred)))
