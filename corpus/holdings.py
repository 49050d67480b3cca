"""The documents that are held, found by what filters ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from corpus.catalog import Counts
from corpus.errors import SymbolInvalid
from corpus.model import DocumentHeader
from corpus.organs import find_committees, find_instruments
from corpus.places import state_code, whole_of
from corpus.symbol import Symbol

_Ids = frozenset[int]


class Holdings:
    """The current documents of one generation: read once, then asked by every question.

    Each `on_…` gives the ids of the documents that meet one value of a filter, none where nothing does.
    """

    def __init__(self, headers: Iterable[DocumentHeader]) -> None:
        self.headers: Mapping[int, DocumentHeader] = {header.id: header for header in headers}
        self.searched: _Ids = frozenset(h.id for h in self.headers.values() if h.searched)
        found: defaultdict[tuple[str, object], set[int]] = defaultdict(set)
        for header in self.headers.values():
            for state in header.states:
                found["state", _state(state)].add(header.id)
            found["committee", _folded(header.committee)].add(header.id)
            found["instrument", _folded(header.instrument)].add(header.id)
            found["year", header.year].add(header.id)
            found["symbol", header.symbol].add(header.id)
            found["symbol", header.slug].add(header.id)
        self._found = {key: frozenset(ids) for key, ids in found.items()}

    @property
    def counts(self) -> Counts:
        """How much is held."""
        paragraphs = sum(header.paragraphs for header in self.headers.values())
        return Counts(len(self.headers), paragraphs, len(self.searched))

    def on_state(self, name: str) -> _Ids:
        """Documents on a State by any of its names, or its code; on a territory where it reports."""
        state = _state(name)
        return self._at("state", state) or self._at("state", whole_of(state))

    def is_part(self, name: str) -> bool:
        """Whether a name is of a territory that has no documents of its own."""
        state = _state(name)
        return not self._at("state", state) and whole_of(state) is not None

    def on_committee(self, name: str) -> _Ids:
        """Documents of a committee by its name or abbreviation."""
        named = next(find_committees(_in_capitals(name)), None) or next(find_committees(name), None)
        return self._at("committee", _folded(name)) or self._at("committee", _folded(named and named[0]))

    def on_instrument(self, name: str) -> _Ids:
        """Documents under a treaty by its name or abbreviation."""
        named = next(find_instruments(_in_capitals(name)), None) or next(find_instruments(name), None)
        return self._at("instrument", _folded(name)) or self._at("instrument", _folded(named and named[0]))

    def on_year(self, year: int) -> _Ids:
        """Documents adopted in a year."""
        return self._at("year", year)

    def on_symbol(self, symbol: str) -> _Ids:
        """Documents with a symbol or slug, however it is spelt."""
        try:
            return self._at("symbol", str(Symbol.parse(symbol)))
        except SymbolInvalid:
            return self._at("symbol", symbol.strip().lower())

    def _at(self, kind: str, value: object) -> _Ids:
        return self._found.get((kind, value), frozenset())


def _state(name: str) -> str:
    # as a value of a filter "uk" is an abbreviation, which in a text it need not be
    return state_code(name) or state_code(name.upper()) or _folded(name)


def _in_capitals(name: str) -> str:
    """What may be an abbreviation typed in lower case."""
    return name.strip().upper() if len(name.split()) == 1 else name


def _folded(name: str | None) -> str:
    return (name or "").strip().casefold().replace("’", "'")
