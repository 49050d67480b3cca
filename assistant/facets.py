"""What a restriction can name, so that a front end offers only what leaves something to search."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from corpus.holdings import Holdings
from corpus.model import DocumentHeader
from corpus.places import state_code

_Value = TypeVar("_Value", str, int)


@dataclass(frozen=True, slots=True)
class Facet(Generic[_Value]):
    """A value that a filter can have, and how many documents meet it."""

    value: _Value
    documents: int


_Told = tuple[Facet[_Value], ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """The values of each kind of filter, under the name that `Filters` has for the kind."""

    states: tuple[Facet[str], ...]
    """By name."""
    committees: tuple[Facet[str], ...]
    """By name."""
    instruments: tuple[Facet[str], ...]
    """By name."""
    years: tuple[Facet[int], ...]
    """Of adoption, the latest first."""


def facets_of(holdings: Holdings) -> Facets:
    """The values that current, searched documents have, each with the number of documents it leaves."""
    searched = [holdings.headers[number] for number in holdings.searched]
    committees = {header.committee for header in searched if header.committee}
    instruments = {header.instrument for header in searched if header.instrument}
    years = {header.year for header in searched if header.year is not None}

    def counted(values: Iterable[_Value], meeting: Callable[[_Value], frozenset[int]]) -> _Told[_Value]:
        return tuple(Facet(value, len(meeting(value) & holdings.searched)) for value in values)

    return Facets(
        states=counted(sorted(_states_of(searched), key=_as_looked_for), holdings.on_state),
        committees=counted(sorted(committees, key=_as_looked_for), holdings.on_committee),
        instruments=counted(sorted(instruments, key=_as_looked_for), holdings.on_instrument),
        years=counted(sorted(years, reverse=True), holdings.on_year),
    )


def _states_of(headers: Iterable[DocumentHeader]) -> Iterator[str]:
    """Each State once, by the name that most documents have for it."""
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name in (state for header in headers for state in header.states):
        names[state_code(name) or name.casefold()][name] += 1
    for counted in names.values():
        yield min(counted, key=lambda name: (-counted[name], name))


def _as_looked_for(name: str) -> tuple[str, str]:
    """Names in the order of the alphabet, wherever they have accents and capitals."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return plain.casefold(), name
