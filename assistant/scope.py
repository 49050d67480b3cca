"""Which documents a question is put to: the filters that bind, given or read from the question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.answer import AppliedFilter, FilterKind, Filters, RefusalReason
from assistant.inference import Inferred
from assistant.instead import held_instead
from assistant.restriction import narrowest
from corpus.errors import SymbolInvalid
from corpus.holdings import Holdings
from corpus.model import DocumentHeader, Role
from corpus.symbol import Symbol
from index.engine import PassageFilter

# An inferred filter that leaves nothing with the others is dropped, the least certain kind first.
_DROPPED_FIRST: tuple[FilterKind, ...] = ("year", "symbol", "instrument", "committee", "state")


@dataclass(frozen=True)
class Scope:
    """The documents a question is put to, and the filters that left them."""

    headers: tuple[DocumentHeader, ...]
    applied: tuple[AppliedFilter, ...]
    roles: frozenset[Role] | None
    narrowed: bool
    """Whether any filter leaves documents out."""
    inferred: tuple[Inferred, ...] = ()
    """The filters read from the question, or carried over to it, that hold."""

    def bound(self, kind: FilterKind) -> bool:
        """Whether a filter of this kind holds."""
        return any(filter_.kind == kind and not filter_.dropped for filter_ in self.applied)

    def values(self, kind: FilterKind) -> tuple[str, ...]:
        """The values of a kind that say what is left: those of the question where they narrow given ones."""
        return tuple(dict.fromkeys(a.value for a in narrowest(self.applied) if a.kind == kind))

    @property
    def where(self) -> PassageFilter:
        """The scope as the engine takes it."""
        documents = frozenset(header.id for header in self.headers) if self.narrowed else None
        return PassageFilter(documents, self.roles)


def scope_of(
    holdings: Holdings,
    filters: Filters,
    named: Sequence[Symbol] = (),
    inferred: Sequence[Inferred] = (),
    *,
    searched_only: bool = True,
) -> Scope:
    """The documents that meet the filters; `named` are symbols read from the question.

    Filters of different kinds must all hold and values of one kind are alternatives. Given filters
    and symbols bind, and leave nothing where nothing meets them. An inferred filter narrows a given
    one of its kind and never widens it. It is dropped where it leaves nothing. A place is looked up in
    documents too that are held and not searched, for the sake of their language.
    """
    left = everything = holdings.searched if searched_only else frozenset(holdings.headers)
    given: tuple[tuple[FilterKind, Sequence[object], Callable[..., frozenset[int]]], ...] = (
        ("symbol", filters.symbols, holdings.on_symbol),
        ("state", filters.states, holdings.on_state),
        ("committee", filters.committees, holdings.on_committee),
        ("instrument", filters.instruments, holdings.on_instrument),
        ("year", filters.years, holdings.on_year),
    )  # fmt: skip
    applied: list[AppliedFilter] = []
    for kind, values, on in given:
        if values:
            left &= _any_of(on(value) for value in values)
            applied += [_applied(kind, str(value), "given") for value in _normal(kind, values)]
    applied += [_applied("role", role.value, "given") for role in filters.roles]
    bound = {filter_.kind for filter_ in applied if filter_.kind != "role"}
    if named and (not filters.symbols or _any_of(map(holdings.on_symbol, map(str, named))) & left):
        left &= _any_of(map(holdings.on_symbol, map(str, named)))
        applied += [_applied("symbol", str(value), "inferred") for value in _normal("symbol", named)]
        inferred = ()  # a symbol says all that the other words could
    if filters.symbols and not left:
        inferred = ()  # there is nothing to narrow
    holding, dropped = _holding([i for i in inferred if i.kind not in bound or _is_heeded(i, left)], left)
    said = {kind for kind in bound if left <= _any_of(i.documents for i in holding if i.kind == kind)}
    for kind in dict.fromkeys(i.kind for i in holding):
        left &= _any_of(i.documents for i in holding if i.kind == kind)
    # of several States in one year, those that have no document of it
    dropped += [i for i in holding if not i.documents & left]
    holding = [i for i in holding if i.documents & left]
    applied += [_applied(i.kind, i.value, i.origin) for i in holding if i.kind not in said]
    applied += [_applied(i.kind, i.value, i.origin, dropped=True) for i in dropped]
    headers = tuple(holdings.headers[number] for number in sorted(left))
    roles = frozenset(filters.roles) or None
    return Scope(headers, tuple(applied), roles, left != everything, tuple(holding))


def nothing_left(scope: Scope, holdings: Holdings) -> tuple[RefusalReason, str]:
    """Why a scope without documents has none, as a reason and a sentence that says what is held instead."""
    symbols = [applied.value for applied in scope.applied if applied.kind == "symbol"]
    if symbols and len(symbols) == len(scope.applied):
        return "not_held", f"No document {' or '.join(symbols)} is held."
    instead = held_instead(scope.applied, holdings)
    return "nothing_matches_filters", f"No held document meets the filters. {instead}".rstrip()


def _is_heeded(inferred: Inferred, given: frozenset[int]) -> bool:
    """Whether a filter of a kind that is given says something: it narrows the given ones, or the question
    names what is outside of them; what was spoken of before may be outside, without a word.
    """
    return bool(inferred.documents & given) or (bool(given) and inferred.origin == "inferred")


def _holding(inferred: Sequence[Inferred], left: frozenset[int]) -> tuple[list[Inferred], list[Inferred]]:
    """The inferred filters that leave something together, and those that are dropped for it."""
    dropped = [i for i in inferred if not i.documents & left]
    holding = [i for i in inferred if i.documents & left]
    for kind in _DROPPED_FIRST:
        if _together(holding, left):
            break
        dropped += [i for i in holding if i.kind == kind]
        holding = [i for i in holding if i.kind != kind]
    return holding, dropped


def _together(inferred: Sequence[Inferred], left: frozenset[int]) -> frozenset[int]:
    for kind in {i.kind for i in inferred}:
        left &= _any_of(i.documents for i in inferred if i.kind == kind)
    return left


def _any_of(ids: Iterable[frozenset[int]]) -> frozenset[int]:
    return frozenset().union(*ids)


def _normal(kind: FilterKind, values: Sequence[object]) -> Sequence[object]:
    """Values as an answer names them."""
    if kind != "symbol":
        return list(values)
    return sorted({_symbol(str(value)) for value in values})


def _symbol(text: str) -> str:
    try:
        return str(Symbol.parse(text))
    except SymbolInvalid:
        return text.strip().lower()  # a slug


def _applied(kind: FilterKind, value: str, origin: str, *, dropped: bool = False) -> AppliedFilter:
    return AppliedFilter.model_validate({"kind": kind, "value": value, "origin": origin, "dropped": dropped})
