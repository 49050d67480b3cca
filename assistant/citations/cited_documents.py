"""What a resolved reference says about where a quotation must stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.citations.resolution import Resolution
from corpus.catalog import Snapshot
from corpus.holdings import Holdings
from corpus.model import DocumentHeader


@dataclass(frozen=True)
class CitedPlaces:
    """The documents that are cited, current editions in all their languages, and the places in them.

    `eids` is None where the whole document is cited, and empty where the number cited is not there.
    """

    headers: tuple[DocumentHeader, ...]
    eids: frozenset[str] | None
    label: str

    @property
    def ids(self) -> frozenset[int]:
        """The documents."""
        return frozenset(header.id for header in self.headers)

    def earlier(self, snapshot: Snapshot) -> list[DocumentHeader]:
        """The earlier editions of these documents, the latest first."""
        symbols = dict.fromkeys(header.symbol for header in self.headers)
        editions = [each for symbol in symbols for each in snapshot.find(symbol, current_only=False)]
        return [header for header in editions if not header.current]

    def have(self, eids: Iterable[str]) -> bool:
        """Whether one of these places is cited, with what stands below it or governs it."""
        if self.eids is None:
            return True
        return any(_is_within(eid, cited) or _is_within(cited, eid) for eid in eids for cited in self.eids)


def cited_places(cited: Resolution | None, holdings: Holdings) -> CitedPlaces | None:
    """The places that a reference leads to; None where its document is not known or not held."""
    if cited is None or cited.verdict in ("symbol_not_held", "malformed") or not cited.candidates:
        return None
    if cited.verdict == "not_checked" and len(cited.candidates) > 1:
        return None
    symbols = dict.fromkeys(candidate.symbol for candidate in cited.candidates)
    chosen = {candidate.sha256 for candidate in cited.candidates}
    headers = [holdings.headers[id_] for symbol in symbols for id_ in sorted(holdings.on_symbol(symbol))]
    headers.sort(key=lambda header: header.source.sha256 not in chosen)
    if not headers:
        return None
    return CitedPlaces(tuple(headers), _eids(cited), cited.input[cited.start : cited.end])


def _eids(cited: Resolution) -> frozenset[str] | None:
    if cited.verdict == "no_such_paragraph":
        return frozenset(place.eid for place in cited.places)
    return frozenset(place.eid for place in cited.places) or None


def _is_within(eid: str, other: str) -> bool:
    return eid == other or eid.startswith(f"{other}__")
