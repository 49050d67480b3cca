"""Whose general comment is meant where a draft gives its number only.

It is that of the committee that is named with it; of the one that the draft calls "the Committee"; or of
the one committee whose documents the draft cites, if it names no other. Else it is not known.
"""

from __future__ import annotations

import re

from assistant.citations.said import Said
from corpus.organs import Organ, committee_of, committees, find_committees
from corpus.symbol import Symbol

_NUMBER = re.compile(r"(?<![0-9])(?P<number>[0-9]{1,2})(?![0-9])(?:\s?\((?P<year>(?:19|20)[0-9]{2})\))?")
_YEAR_OF_SYMBOL = re.compile(r"/((?:19|20)[0-9]{2})/")
_OF_WHOM = re.compile(
    r"(?:\sCommittee)?(?:[’']s?)?[,:]?\s(?:\([A-Z]{2,6}\),?\s)?(?:in\s(?:its\s)?|its\s|[“‘\"'])?$"
)
_OF_THE_COMMITTEE = re.compile(r"\b(?:[Tt]he\s|[Tt]his\s)Committee[’']s?\s(?:[a-z]{2,9}\s){0,2}$")
_DEFINED = re.compile(
    r"\s(?:\([A-Z]{2,6}\)\s)?\((?:here(?:in)?after,?:?\s)?(?:[A-Z]{2,6}[,;]?\s(?:or\s)?)?"
    r"[“\"‘']?(?:the\s)?[“\"‘']?Committee[”\"’']?\)"
)
_JOINT = re.compile(r"\b[Jj]oint\s")
_BEFORE = 120


def symbol_of(comment: str, organ: Organ) -> str:
    """The symbol of a committee's general comment as it is printed; empty where it is not known."""
    found = _NUMBER.search(comment)
    symbol = organ.general_comment(int(found["number"])) if found else None
    # symbols of early ones have the year in them: another year means another committee's
    printed = _YEAR_OF_SYMBOL.search(symbol or "")
    if found is None or symbol is None or (found["year"] and printed and printed[1] != found["year"]):
        return ""
    return symbol


def number_in(comment: str) -> int | None:
    """The number of a general comment as it is printed."""
    found = _NUMBER.search(comment)
    return int(found["number"]) if found else None


def has_number(symbol: str, number: int) -> bool:
    """Whether a symbol is that of some committee's general comment with a number."""
    return f"{symbol}/".find(f"/GC/{number}/") >= 0 or any(
        organ.general_comment(number) == symbol for organ in committees()
    )


def author_of(text: str, start: int, end: int, said: Said) -> Organ | None:
    """The committee that is named right before a general comment, or with it in its reference."""
    if _JOINT.search(text, start, end):
        return None
    organs = {name for name, _, _ in find_committees(text[start:end])}
    organs = organs or {name for each in said.organs for name in each.committees}
    if len(organs) == 1:
        return _by_name(organs.pop())
    low = max(0, start - _BEFORE)
    named = list(find_committees(text[low:start]))
    if named and _OF_WHOM.fullmatch(text, low + named[-1][2], start):
        return _by_name(named[-1][0])
    return None


class CommitteeOfDraft:
    """Which committee a draft speaks of, by all that it cites and names."""

    def __init__(self, text: str) -> None:
        cited = {organ.name for symbol, _, _ in Symbol.find_all(text) if (organ := committee_of(symbol))}
        named: set[str] = set()
        defined: set[str] = set()
        for name, start, end in find_committees(text):
            if " " in text[start:end] or text.startswith(" Committee", end):
                named.add(name)
            if _DEFINED.match(text, end):
                defined.add(name)
        self._defined = _by_name(defined.pop()) if len(defined) == 1 else None
        only = cited.pop() if len(cited) == 1 else None
        self._only = _by_name(only) if only and named <= {only} else None

    def author_of(self, text: str, start: int, end: int) -> Organ | None:
        """Whose general comment stands there, where whose it is is not said beside it."""
        if _JOINT.search(text, start, end):
            return None
        is_the_committees = _OF_THE_COMMITTEE.search(text, max(0, start - _BEFORE), start)
        organ = self._defined if is_the_committees and self._defined else self._only
        # two committees call theirs general recommendations, those against discrimination
        is_recommendation = "ecommendation" in text[start:end]
        return None if organ and is_recommendation and "Discrimination" not in organ.name else organ


def _by_name(name: str) -> Organ | None:
    return next((organ for organ in committees() if organ.name == name), None)
