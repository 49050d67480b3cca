"""What is held instead, where nothing is held on what was asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.answer import AppliedFilter, FilterKind
from corpus.holdings import Holdings
from corpus.model import DocumentHeader

_MOST_NAMED = 12  # States, committees or years that are named
_MOST_LISTED = 5  # documents that are
_NAMES: tuple[tuple[FilterKind, str, str, Callable[[DocumentHeader], tuple[str, ...]]], ...] = (
    ("state", "on", "States", lambda header: header.states),
    ("committee", "by the", "committees", lambda h: (h.committee,) if h.committee else ()),
    ("instrument", "under the", "treaties", lambda h: (h.instrument,) if h.instrument else ()),
    ("year", "of", "years", lambda h: (str(h.year),) if h.year else ()),
)


def held_instead(filters: Sequence[AppliedFilter], holdings: Holdings) -> str:
    """A sentence that says what is held in place of what filters leave nothing of; "" where nothing is.

    Where a State has documents and not with the other filters, these are named; else the States,
    committees, treaties or years that there are.
    """
    asked = [applied for applied in filters if applied.kind in ("state", "committee", "instrument", "year")]
    on_states = [holdings.on_state(applied.value) for applied in asked if applied.kind == "state"]
    if any(on_states):
        documents = [holdings.headers[number] for number in sorted(frozenset().union(*on_states))]
        named = [f"{h.symbol} ({h.year})" if h.year else h.symbol for h in documents[:_MOST_LISTED]]
        return f"Held on {_states(asked)}: {and_more(named, len(documents), 'documents')}."
    for kind, word, many, values_of in _NAMES:
        if any(applied.kind == kind for applied in asked):
            values = sorted({v for header in holdings.headers.values() for v in values_of(header)})
            if values:
                these = and_more(values[:_MOST_NAMED], len(values), many)
                return f"Held are documents {word} {these}."
    return ""


def _states(asked: Sequence[AppliedFilter]) -> str:
    return " and ".join(applied.value for applied in asked if applied.kind == "state")


def and_more(named: Sequence[str], number: int, unit: str) -> str:
    """Some of a number of things, and how many more there are."""
    rest = number - len(named)
    return f"{', '.join(named)} and {rest:,} more {unit}" if rest else ", ".join(named)
