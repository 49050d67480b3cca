"""What a conversation is restricted to: what there is to choose, and how a choice is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal, get_args

from rich.cells import cell_len

from tui.columns import cell
from tui.library import folded
from tui.printable import printable
from tui.wording import counted

if TYPE_CHECKING:
    from assistant.answer import Filters
    from assistant.facets import Facets
    from assistant.service import DocumentHeader

Kind = Literal["states", "committees", "instruments", "years", "symbols"]
"""The kinds of filters that are chosen, under the names of `Filters`, in the order in which they are told."""

KINDS: tuple[Kind, ...] = get_args(Kind)
NAMES: dict[Kind, str] = {
    "states": "State",
    "committees": "Committee",
    "instruments": "Instrument",
    "years": "Year",
    "symbols": "Document",
}
_NOUNS: dict[str, str] = dict(NAMES.items()) | {"roles": "role"}  # roles are given from outside the chat only
CHANGES = "F4 changes"


@dataclass(frozen=True)
class Choice:
    """A value that can be chosen."""

    kind: Kind
    value: str | int
    documents: int | None = None
    """How many searched documents it leaves; None where that is not known."""
    title: str = ""
    """What else it is known by."""

    @property
    def key(self) -> tuple[Kind, str]:
        """What tells it from the others."""
        return self.kind, str(self.value)

    @property
    def found_by(self) -> str:
        """Its searchable text."""
        return folded(f"{NAMES[self.kind]} {self.value} {self.title}")

    def row(self, is_chosen: bool) -> str:
        """Its row in the list."""
        parts = [NAMES[self.kind], str(self.value), self.title]
        if self.documents is not None and self.kind != "symbols":
            parts.append(counted(self.documents, "document"))
        return f"{'[x]' if is_chosen else '[ ]'} {' · '.join(filter(None, parts))}"


def choices_of(facets: Facets, headers: Iterable[DocumentHeader]) -> list[Choice]:
    """All that a conversation can be restricted to: what leaves something."""
    # imported here, because it reads a table that the first frame has no use for
    from assistant.short_names import short_name

    choices = [Choice("states", facet.value, facet.documents) for facet in facets.states]
    for kind, of_kind in (("committees", facets.committees), ("instruments", facets.instruments)):
        for facet in of_kind:
            short = short_name(facet.value)
            title = short if short != facet.value else ""
            choices.append(Choice(_kind(kind), facet.value, facet.documents, title))
    choices += [Choice("years", facet.value, facet.documents) for facet in facets.years]
    searched = sorted((header.symbol, header.title) for header in headers if header.searched)
    return choices + [Choice("symbols", symbol, 1, title) for symbol, title in dict(searched).items()]


def _kind(name: str) -> Kind:
    return next(kind for kind in KINDS if kind == name)


def chosen_of(filters: Filters | None) -> list[Choice]:
    """What filters restrict to."""
    if filters is None:
        return []
    return [Choice(kind, value) for kind in KINDS for value in getattr(filters, kind)]


def filters_of(chosen: Iterable[Choice]) -> Filters | None:
    """The filters that a choice makes, None where nothing is chosen; raises `ValueError` for too many."""
    from assistant.answer import Filters

    values: dict[Kind, list[str | int]] = {}
    for choice in chosen:
        values.setdefault(choice.kind, []).append(choice.value)
    return Filters.model_validate(values) if values else None


def said(filters: Filters, width: int) -> str:
    """What filters leave, in a line of so many columns: values of a kind are alternatives, kinds combine.

    Where there is no room for the names of a kind, their number is said, the longest first. Filters that
    let everything through say nothing.
    """
    whole = {kind: " or ".join(_named(kind, values)) for kind, values in _values(filters)}
    short = {kind: counted(len(values), _NOUNS[kind]) for kind, values in _values(filters)}
    parts = dict(whole)
    if not parts:
        return ""
    for kind in sorted(whole, key=lambda kind: -cell_len(whole[kind])):
        if cell_len(_line(parts.values())) <= width:
            break
        if cell_len(short[kind]) < cell_len(whole[kind]):
            parts[kind] = short[kind]
    line = _line(parts.values())
    if cell_len(line) <= width:
        return line
    return cell(line.removesuffix(f" — {CHANGES}"), width).rstrip()


def named(filters: Filters) -> str:
    """All that filters name, however long that is."""
    return " · ".join(" or ".join(_named(kind, values)) for kind, values in _values(filters))


def _line(parts: Iterable[str]) -> str:
    return f"Only: {' · '.join(parts)} — {CHANGES}"


def _values(filters: Filters) -> Iterator[tuple[str, Sequence[str | int]]]:
    for kind in _NOUNS:
        if values := getattr(filters, kind):
            yield kind, values


def _named(kind: str, values: Sequence[str | int]) -> Iterator[str]:
    if kind == "years":
        yield from _spans(sorted({int(value) for value in values}))
    elif kind in ("committees", "instruments"):
        from assistant.short_names import short_name

        yield from (printable(short_name(str(value)), lines=False) for value in values)
    else:
        yield from (printable(str(value), lines=False) for value in values)


def _spans(years: Sequence[int]) -> Iterator[str]:
    """Years as people say them, those in a row as one span."""
    for _, row in groupby(enumerate(years), key=lambda pair: pair[1] - pair[0]):
        first, *_, last = [year for _, year in row] * 2
        yield str(first) if first == last else f"{first}–{last}"
