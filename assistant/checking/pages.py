"""Long lists of what a text cites, told a part at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from assistant.answer import Coverage
from assistant.citations.quotation import QuotedPlace
from assistant.citations.resolution import ResolvedPlace
from corpus.holdings import Holdings

MOST_TEXT = 1_000_000
"""Characters of cited text after which a part ends: three long documents, cited whole."""


class _Located(Protocol):
    @property
    def start(self) -> int: ...


_Found = TypeVar("_Found", bound=_Located)
_Told = TypeVar("_Told")


def part_from(
    offset: int,
    limit: int,
    found: Iterable[_Found],
    tell: Callable[[_Found], _Told],
    length: Callable[[_Told], int],
) -> tuple[tuple[_Told, ...], int | None]:
    """What is found from an offset on, in the order of the text, and the offset at which to go on.

    At most `limit` are told, and no more once their `length`s, in characters, have come to `MOST_TEXT`.
    """
    told: list[_Told] = []
    characters = 0
    for each in sorted(found, key=lambda one: one.start):
        if each.start < offset:
            continue
        if len(told) == limit or characters >= MOST_TEXT:
            return tuple(told), each.start
        told.append(tell(each))
        characters += length(told[-1])
    return tuple(told), None


def length_of(places: Iterable[ResolvedPlace | QuotedPlace]) -> int:
    """How many characters of text are told with places."""
    return sum(len(place.text) for place in places)


def coverage_of(holdings: Holdings, places: Iterable[ResolvedPlace | QuotedPlace]) -> Coverage:
    """What is held, and how many of its documents have these places."""
    held = holdings.counts
    return Coverage(
        documents=held.documents,
        paragraphs=held.paragraphs,
        matching_documents=len({place.symbol for place in places}),
        not_searched=held.documents - held.searched,
    )
