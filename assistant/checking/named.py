"""Concluding observations that a draft names without their symbol: by committee, State, treaty or year.

The words around the head are taken as long as they say which document it is: "the Committee’s 2015
concluding observations on the Lao People’s Democratic Republic under the OPSC".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from assistant.citations.said import Said, read_said
from corpus.organs import find_committees, find_instruments
from corpus.places import find_adjectives, find_states

_YEAR = r"(?:19|20)[0-9]{2}"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Mar\.|Apr\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"
)
_HEAD = re.compile(r"\b[Cc]oncluding\s(?:[Oo]bservations|[Cc]omments)\b")
_LEFT = re.compile(
    rf"(?:\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Tt]his|UN|Committee(?:[’']s)?|initial|first|second|third|fourth|{_YEAR})\s"
    r"|[“‘\"])$"
)
_AUTHOR_BEFORE = re.compile(r"(?:[’']s?|\sCommittee(?:[’']s)?)?,?:?\s[“‘\"]?$")
_RIGHT = re.compile(
    rf"\s?\({_YEAR}\)|,?\s(?:[0-9]{{1,2}}\s)?{_MONTH}(?:\s[0-9]{{1,2}},)?\s{_YEAR}|,?\s{_YEAR}\b(?![/-])|[’']s\b"
    r"|[,.]?[”’\"](?=[\s,;.)]|$)"
)
# Words that lead to the next name and say nothing where none follows.
_GLUE = re.compile(
    r",?\s\(?(?:on|to|for|concerning|regarding|of|under|by|from|in|the|its|and|report|reports|initial|combined|periodic"
    r"|submitted|adopted|issued|dated|State|party|UN|Committee|Optional|Protocol|first|second|third|fourth|fifth|sixth"
    r"|seventh|eighth|ninth|tenth|Government|sale|children|involvement|armed|conflict)\b|[,:]?\s(?=[A-Z(])|\)"
)
_MOST = 30  # words that are taken on either side
_WINDOW = 40


@dataclass(frozen=True, slots=True)
class Named:
    """A document that is named from `start` to `end`, and what the name says of it."""

    start: int
    end: int
    said: Said
    quoted: tuple[int, int] | None = None
    """Its title, where that is in quotation marks."""

    @property
    def says_something(self) -> bool:
        """Whether it tells the document from others at all."""
        return bool(self.said.organs or self.said.states or self.said.years or self.said.days)


def find_named(text: str) -> Iterator[Named]:
    """Each mention of concluding observations, with all that says which."""
    heads = list(_HEAD.finditer(text))
    if not heads:
        return
    by_end, by_start = _names_in(text)
    position = 0
    for head in heads:
        if head.start() < position:
            continue
        start = _to_the_left(text, head.start(), by_end, position)
        end = _to_the_right(text, head.end(), by_start)
        yield Named(start, end, read_said(text[start:end]), _quoted(text, start, head, end))
        position = end


def _names_in(text: str) -> tuple[dict[int, int], dict[int, int]]:
    """Where the names of committees, treaties and States begin by their ends, and the other way round."""
    found = chain(find_committees(text), find_instruments(text), find_states(text), find_adjectives(text))
    by_end: dict[int, int] = {}
    by_start: dict[int, int] = {}
    for _, start, end in found:
        by_end[end] = min(start, by_end.get(end, start))
        by_start[start] = max(end, by_start.get(start, end))
    return by_end, by_start


def _to_the_left(text: str, start: int, by_end: dict[int, int], limit: int) -> int:
    for _ in range(_MOST):
        window = text[max(limit, start - _WINDOW) : start]
        author = _AUTHOR_BEFORE.search(window)
        if author and (at := start - len(window) + author.start()) in by_end and by_end[at] >= limit:
            start = by_end[at]
        elif word := _LEFT.search(window):
            start = start - len(window) + word.start()
        else:
            break
    return start


def _to_the_right(text: str, end: int, by_start: dict[int, int]) -> int:
    taken = end
    for _ in range(_MOST):
        if end in by_start:
            taken = end = by_start[end]
        elif said := _RIGHT.match(text, end):
            taken = end = said.end()
        elif glue := _GLUE.match(text, end):
            end = glue.end()
            ahead = end + len(text[end : end + 1]) - len(text[end : end + 1].lstrip(" ("))
            end = ahead if ahead in by_start else end
            if (
                glue[0] == ")"
                and text.count("(", taken, end) == 0
                and "(" not in text[max(0, taken - 60) : taken]
            ):
                break
            taken = end if glue[0] == ")" else taken
        else:
            break
    return taken


def _quoted(text: str, start: int, head: re.Match[str], end: int) -> tuple[int, int] | None:
    if head.start() > start and text[head.start() - 1] in '“‘"':
        closing = re.compile(r"[”’\"]").search(text, head.end(), min(len(text), end + 2))
        return (head.start() - 1, closing.end()) if closing else None
    return None
