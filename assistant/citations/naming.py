"""The held documents that names in a reference fit, where it has no symbol.

A document is meant only where everything that is said fits it and no other. What is not said counts
too: a State alone does not say which committee's document it is, nor does a committee say that a
document under an optional protocol is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from assistant.citations.resolution import Verdict
from assistant.citations.said import Said
from assistant.refusal import names_of
from corpus.holdings import Holdings
from corpus.model import DocumentHeader
from corpus.symbol import Symbol
from index.words import terms

_SHOWN = 5
_KINDS = frozenset({"concluding", "observations", "observation", "cos", "co", "cobs", "obs"})
_HELD_AS = "Give its symbol, such as CRC/C/OPSC/LAO/CO/1, or committee, State and year."


@dataclass(frozen=True)
class Meant:
    """The documents a reference may mean; `verdict` is None where it is the one document there is."""

    headers: tuple[DocumentHeader, ...]
    verdict: Verdict | None = None
    reason: str = ""
    symbol: str | None = None


def meant_by_names(said: Said, holdings: Holdings, *, has_place: bool) -> Meant:
    """What the names of a reference mean, of the current documents that are held."""
    if said.names_nothing:
        return Meant((), "malformed", f"It names no document. {_HELD_AS}")
    prose = [word for word in said.words if word.islower() and word not in _KINDS]
    left = list(_once(holdings))
    for what, fits in _demands(said, holdings):
        fitting = [header for header in left if fits(header)]
        if not fitting:
            if prose and not has_place and what in prose:
                return Meant((), "malformed", f"“{what}” is no part of a reference. {_HELD_AS}")
            near = left if len(left) < len(holdings.headers) else []
            return Meant(tuple(near[:_SHOWN]), "symbol_not_held", _none_fits(what, near))
        left = fitting
    if len(left) > 1:
        return Meant(tuple(left), "ambiguous", f"{len(left)} held documents fit: {_listed(left)}.")
    lack = _lack(said, left[0])
    if lack:
        reason = f"{left[0].symbol} is the only held document that fits, but the reference {lack}."
        return Meant(tuple(left), "ambiguous", reason)
    return Meant(tuple(left), None, f"{left[0].symbol} is the only held document that fits.", left[0].symbol)


def _once(holdings: Holdings) -> Iterator[DocumentHeader]:
    """Each document once: of one in several languages that which is searched."""
    by_symbol: dict[str, DocumentHeader] = {}
    for header in holdings.headers.values():
        held = by_symbol.get(header.symbol)
        if held is None or (header.searched and not held.searched):
            by_symbol[header.symbol] = header
    return iter(by_symbol.values())


_Fits = Callable[[DocumentHeader], bool]


def _demands(said: Said, holdings: Holdings) -> Iterator[tuple[str, _Fits]]:
    """What a document must be, each as the words that say so and a test."""
    by_state = [(name, holdings.on_state(name)) for name in said.states]
    every = frozenset.intersection(*(ids for _, ids in by_state)) if by_state else frozenset()
    # documents on one of two States are alternatives where none is on both
    ids = every or frozenset().union(*(found for _, found in by_state))
    if by_state:
        yield " and ".join(said.states), _among(ids)
    for organ in said.organs:
        found = [holdings.on_committee(name) | holdings.on_instrument(name) for name in organ.names]
        yield organ.printed, _among(frozenset().union(*found))
    for year in (*(day.year for day in said.days), *said.years):
        yield str(year), partial(_is_of_year, year)
    for day in said.days:
        yield f"{day.day} {day:%B %Y}", partial(_is_of_day, day)
    for word in said.words:
        yield word, partial(_has, word)


def _among(ids: frozenset[int]) -> _Fits:
    return lambda header: header.id in ids


def _is_of_year(year: int, header: DocumentHeader) -> bool:
    return year in {day.year for day in (header.adopted, header.issued) if day}


def _is_of_day(day: date, header: DocumentHeader) -> bool:
    return day in (header.adopted, header.issued)


def _has(word: str, header: DocumentHeader) -> bool:
    if word.lower() in _KINDS:
        return Symbol.parse(header.symbol).kind == "CO" or "oncluding" in header.title
    return set(terms(word)) <= names_of(header)


def _lack(said: Said, header: DocumentHeader) -> str | None:
    """What a reference leaves out that would tell the document from others of its kind."""
    if not said.organs:
        return "does not say which committee's"
    own = [word for word in said.words if word.lower() not in _KINDS and terms(word)]
    if header.states and not said.states:
        return "does not say on which State"
    if not header.states and not own:
        return "does not say which of the committee's documents"
    protocol = Symbol.parse(header.symbol).protocol
    named = any(header.instrument in organ.names for organ in said.organs)
    if protocol and not named and not {"protocol", "optional"} & {word.lower() for word in own}:
        return "does not name its optional protocol"
    return None


def _none_fits(what: str, near: list[DocumentHeader]) -> str:
    if not near:
        return f"No held document fits “{what}”."
    return f"No held document fits “{what}”; of what else fits there is {_listed(near)}."


def _listed(headers: list[DocumentHeader]) -> str:
    names = [f"{h.symbol} ({h.year})" if h.year else h.symbol for h in headers[:_SHOWN]]
    more = len(headers) - _SHOWN
    return ", ".join(names) + (f" and {more} more" if more > 0 else "")
