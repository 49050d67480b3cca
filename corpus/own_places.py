"""Lists of paragraphs that a text cites, and which of them are the document's own.

Follow-up paragraphs name the paragraphs to follow up with their subjects between: "the
recommendations contained in paragraphs 21, on the right to life, and 31, on freedom from torture".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.pinpoint import Pinpoint

_SUBJECT = (
    r"(?:\s?\([^()]{2,160}(?:\([^()]{1,40}\)[^()]{0,80})?\)|,\s(?:on|concerning|regarding)\s[^.;:]{1,160}?)"
)
# What stands between two numbers of a list that has subjects.
_NEXT = re.compile(
    rf"{_SUBJECT}(?:,?\sand\s|[,;]\s(?:and\s)?)(?=[0-9]{{1,3}}(?:\s?\(|,|\s(?:and|above)|[.;]|$))"
)
_ABOVE = re.compile(rf"{_SUBJECT}?,?\s(?:above|below|supra|infra)\b")
_PREVIOUS = re.compile(r"\b(?:previous|earlier|its\sconcluding)\b")
_RECOMMENDED = re.compile(
    r"\brecommendations?(?:\s(?:of|made\sby)\sthe\sCommittee)?\s?(?:,\s?)?(?:as\s)?"
    r"(?:contained|set\s(?:out|forth)|made|given|formulated)?\s?(?:by\sthe\sCommittee\s)?in\s$"
)
# The next list of the same enumeration: "in paragraph 31, on access to justice; and in paragraph 41".
_GOES_ON = re.compile(rf"{_SUBJECT}?[,;]?\s(?:and\s)?(?:in\s|also\s)?")
_BEFORE = 120  # characters before a list that can say whose it is
_LONGEST_GAP = 260


@dataclass(frozen=True, slots=True)
class PlaceList:
    """Places cited together; `own` is whether the text says that they are the document's."""

    pinpoints: tuple[Pinpoint, ...]
    start: int
    end: int
    own: bool


def place_lists(text: str) -> Iterator[PlaceList]:
    """Every list of paragraphs in running text, those with subjects between the numbers in one."""
    last: PlaceList | None = None
    for pinpoints, start, end in Pinpoint.find_all(text):
        if last and start < last.end:
            continue  # already read as the number after a subject
        pinpoints, end = _with_subjects(text, pinpoints, end)
        above = _ABOVE.match(text, end)
        own = bool(above) or _is_recommended(text, start) or _goes_on(text, last, start)
        last = PlaceList(pinpoints, start, above.end() if above else end, own)
        yield last


def _with_subjects(text: str, pinpoints: tuple[Pinpoint, ...], end: int) -> tuple[tuple[Pinpoint, ...], int]:
    found = list(pinpoints)
    while gap := _NEXT.match(text, end):
        # a number is read as one only with the word before it
        word = "paras. "
        following = next(Pinpoint.find_all(word + text[gap.end() : gap.end() + 80]), None)
        if following is None or following[1] != 0:
            break
        found += following[0]
        end = gap.end() + following[2] - len(word)
    return tuple(found), end


def _is_recommended(text: str, start: int) -> bool:
    before = text[max(0, start - _BEFORE) : start]
    return bool(_RECOMMENDED.search(before)) and not _PREVIOUS.search(before)


def _goes_on(text: str, last: PlaceList | None, start: int) -> bool:
    if last is None or not last.own or start - last.end > _LONGEST_GAP:
        return False
    return _GOES_ON.fullmatch(text, last.end, start) is not None
