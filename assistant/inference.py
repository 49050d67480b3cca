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
from typing import Literal

from assistant.answer import AppliedFilter, FilterKind
from assistant.editions import edition_years
from corpus.holdings import Holdings
from corpus.organs import find_committees, find_instruments
from corpus.places import find_adjectives, find_states, state_code

_SPEECH = (
    r"(?:(?:recommend|suggest|propos|advis|ask|urg|call|request|want|expect|invit|encourag|remind|prais"
    r"|commend|criticis|criticiz|congratulat|warn|address|writ)(?:e|es|ed|d|s|ing|ations?)?"
    r"|advice|tell|tells|told|say|says|said|hear|heard|wrote|repl(?:y|ies|ied))\b"
)
# What moves people and things: "trafficked to Thailand", "access to China" name no addressee.
_MOVES = (
    r"(?:(?:traffick|smuggl|deport|return|repatriat|expel|remov|extradit|transfer|travel|migrat|emigrat"
    r"|export"
    r"|import|mov|sell|ship|loan)(?:e|es|ed|led|red|ring|d|s|ing|a?tions?|ions?)?|expulsions?|flee|fled"
    r"|fleeing|flight|sold"
    r"|sale|taken|took|access|borders?|close|next|similar|according|went|go|going|gone|aid)"
)
_THE = r"(?:the\s+)?$"
_ADDRESSED = re.compile(
    rf"(?:\b{_SPEECH}(?:\s+(?:to|of|upon|on|about|for|in|regarding|concerning))?"
    r"|\b(?:observations|review|reports?|dialogue|examination|recommendations?|advice|concerns?|session"
    r"|paragraphs?)"
    r"\s+(?:on|of|for|to|with|about|(?:addressed|made|sent|given|relating)\s+to)"
    rf"|\b(?:raised|wrong|problems?|issues?|satisfied)\s+with|\band\s+what\s+(?:about|to|of|for|in)"
    rf"|^)\s*{_THE}",
    re.IGNORECASE,
)
_PARTNER = re.compile(
    r"\b(?:with|from|via|through|between|into|near|neighbouring|neighboring|unlike|like|without|not|besides"
    r"|mention(?:s|ed|ing)?|mentions?\s+of|refer(?:s|red|ring|ences?)?\s+to"
    r"|other\s+than|except(?:\s+for)?|excluding|apart\s+from"
    rf"|{_MOVES}\s+(?:\w+\s+)?(?:to|towards?))\s+{_THE}",
    re.IGNORECASE,
)
_FROM_ADDRESSEE = re.compile(
    rf"\b(?:request|want|expect|ask|need|requir|demand)\w*\s+(?:\w+\s+)?(?:from|of)\s+{_THE}", re.I
)
_BETWEEN_JOINED = re.compile(
    r"(?:\s*[,/]\s*(?:and\s+|or\s+)?|\s+(?:and|or|&|vs\.?|versus|as\s+well\s+as)\s+)(?:what\s+(?:about\s+)?)?"
    r"(?:(?:in|for|to|on|of)\s+)?(?:the\s+)?",
    re.I,
)
_BETWEEN_PARTNERS = re.compile(r"\s+(?:to|into|towards?|and)\s+(?:the\s+)?", re.I)
_COMPARED = re.compile(r"\b(?:compar\w*|differences?|differs?|contrast\w*|versus|vs)\b", re.IGNORECASE)
_CHANGED = re.compile(
    r"\b(?:compar\w*|chang\w*|differ\w*|contrast\w*|evol\w*|progress\w*|improv\w*|develop(?:ed|ment)?)\b",
    re.I,
)
# Names of other things that have that of a State in them.
_NO_STATE = re.compile(
    r"\b(?:New Mexico|Gulf of Mexico|(?:South|East) China Sea|Indian Ocean|American Indians?|Northern Ireland"
    r"|Papua New Guinean|Greek Cypriots?|guinea (?:worm|pigs?)|family reunion)\b",
    re.IGNORECASE,
)
# Typed in lower case throughout, these are States too; "us" is a word.
_LOWER_CASE = re.compile(r"\b(?:uk|usa|uae|drc|eu)\b")
_PEOPLE_OR_LANGUAGE = re.compile(
    r"\s+(?:(?:\w+\s+)?languages?|versions?|translations?|text|speak\w*|refugees?|(?:\w+\s+)?migrants?"
    r"|(?:\w+\s+)?workers?"
    r"|minorit(?:y|ies)|nationals|tourists?|diaspora|asylum)\b",
    re.IGNORECASE,
)
_BACK = 80  # characters before a name that are looked at
_SPEAKS = re.compile(
    rf"(?:\b(?:did|does|do|has|have|had|was|by|of|from|according\s+to)\s+|^\W*){_THE}", re.IGNORECASE
)
_SPEAKS_ON = re.compile(
    rf"\s*(?:$|[:?’']|(?:has\s+|have\s+|also\s+)*{_SPEECH}|on\b|about\b|concluding\b|observations\b)", re.I
)
_JOINS = re.compile(
    r"\b(?:ratif\w*|acced\w*|accession|sign(?:ed|ing|ature)?|part(?:y|ies)\s+to)\b", re.IGNORECASE
)
_UNDER = re.compile(rf"(?:\bunder\s+|\bpursuant\s+to\s+|^\W*){_THE}", re.IGNORECASE)


class _Strength(IntEnum):
    """How surely a State is the one that is addressed."""

    PARTNER = 0
    DESCRIBED = 1
    """By an adjective: "Kenyan schools"."""
    NAMED = 2
    ADDRESSED = 3


@dataclass(frozen=True)
class Inferred:
    """One filter of a question, or of one before it: the documents it leaves, and where its words stand."""

    kind: FilterKind
    value: str
    documents: frozenset[int]
    spans: tuple[tuple[int, int], ...]
    origin: Literal["inferred", "carried"] = "inferred"


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


def carried_filters(filters: Iterable[AppliedFilter], holdings: Holdings) -> list[Inferred]:
    """Filters of earlier questions that go on holding, with the documents they leave now."""
    on: dict[FilterKind, Callable[[str], frozenset[int]]] = {
        "state": holdings.on_state,
        "committee": holdings.on_committee,
        "instrument": holdings.on_instrument,
        "symbol": holdings.on_symbol,
        "year": lambda year: holdings.on_year(int(year)),
    }
    return [Inferred(a.kind, a.value, on[a.kind](a.value), (), "carried") for a in filters]


# -- States


def _states(text: str, holdings: Holdings) -> Iterator[Inferred]:
    mentions = _mentions(text)
    named = [
        (_on_state(name, start, end, holdings), strength)
        for (name, start, end), strength in zip(mentions, _strengths(text, mentions), strict=True)
        if strength
    ]
    named += [
        (_on_state(name, start, end, holdings), _Strength.DESCRIBED)
        for name, start, end in find_adjectives(text)
        if not _overlaps(start, end, [span for _, *span in mentions])
        and not _overlaps(start, end, [match.span() for match in _NO_STATE.finditer(text)])
        and not _PARTNER.search(_before(text, start))
        and not _is_of_people_or_language(text, start, end)
    ]
    surest = max((strength for _, strength in named), default=_Strength.PARTNER)
    found: dict[str, Inferred] = {}
    for state, strength in sorted(named, key=lambda entry: -entry[1]):
        key = state_code(state.value) or state.value
        if same := found.get(key):
            found[key] = replace(same, spans=(*same.spans, *state.spans))
        elif strength == surest:
            found[key] = state
    return iter(found.values())


def _mentions(text: str) -> list[tuple[str, int, int]]:
    """The States a text names, and not what is only named after one."""
    others = [match.span() for match in _NO_STATE.finditer(text)]
    read = text if text != text.lower() else _LOWER_CASE.sub(lambda match: match[0].upper(), text)
    return [found for found in find_states(read) if not _overlaps(found[1], found[2], others)]


def _overlaps(start: int, end: int, spans: Iterable[Sequence[int]]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in spans)


def _before(text: str, start: int) -> str:
    """What stands before a name, as far as it is looked at; a sign marks where it is cut off."""
    return text[:start] if start <= _BACK else f"…{text[start - _BACK : start]}"


def _on_state(name: str, start: int, end: int, holdings: Holdings) -> Inferred:
    # of a territory within a State's documents the name goes on telling its paragraphs from the others
    spans = () if holdings.is_part(name) else ((start, end),)
    return Inferred("state", name, holdings.on_state(name), spans)


def _strengths(text: str, mentions: Sequence[tuple[str, int, int]]) -> list[_Strength]:
    """How surely each mention is an addressee; one joined to another by "and" is like it."""
    strengths: list[_Strength] = []
    last_end = -1
    for _, start, end in mentions:
        gap = text[last_end:start] if strengths else ""
        joined = _BETWEEN_JOINED.fullmatch(gap)
        if strengths and strengths[-1] is _Strength.PARTNER and not _COMPARED.search(text):
            joined = joined or _BETWEEN_PARTNERS.fullmatch(gap)
        strengths.append(strengths[-1] if joined else _strength(text, start, end))
        last_end = end
    return strengths


def _strength(text: str, start: int, end: int) -> _Strength:
    before, after = _before(text, start), text[end:]
    if _FROM_ADDRESSEE.search(before) or _ADDRESSED.search(before) or re.match(r"\s*:|[’']s?\b", after):
        return _Strength.ADDRESSED
    if _PARTNER.search(before) and not _COMPARED.search(text):
        return _Strength.PARTNER
    return _Strength.NAMED


def _is_of_people_or_language(text: str, start: int, end: int) -> bool:
    """Whether an adjective names a language or people anywhere: "in French", "Syrian refugees"."""
    alone = re.search(r"\b(?:in|into|speaks?|and|or)\s+$", text[:start]) and re.match(
        r"\W*$|\s+(?:and|or)\b", text[end:]
    )
    return bool(alone or _PEOPLE_OR_LANGUAGE.match(text[end:]))


# -- committees and treaties


def _speaks(text: str, start: int, end: int) -> bool:
    """Whether a committee is named as the one that spoke."""
    return bool(_SPEAKS.search(_before(text, start)) and _SPEAKS_ON.match(text[end:]))


def _governs(text: str, start: int, end: int) -> bool:
    """Whether a treaty is named as the one a document is under; protocols' short names say nothing else."""
    if _JOINS.search(text):
        return False
    return bool(_UNDER.search(_before(text, start))) or text[start:end] in ("OPSC", "OPAC")


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
    held = sorted({header.year for header in holdings.headers.values() if header.year})
    named = [span for state in states for span in state.spans]
    for named_years, span in edition_years(text, named, held):
        # "how did it change between 2015 and 2024?" is put to the first and the last
        years = [named_years[0], named_years[-1]] if _CHANGED.search(text) else named_years
        for year in dict.fromkeys(years):
            yield Inferred("year", str(year), holdings.on_year(year), (span,))
