"""The filters of a request, from what an answer says was applied."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.answer import Answer, AppliedFilter, FilterKind, Filters, Origin

_FIELDS: dict[FilterKind, str] = {
    "state": "states",
    "committee": "committees",
    "instrument": "instruments",
    "symbol": "symbols",
    "year": "years",
    "role": "roles",
}
"""The kinds that a request can have, and its fields; words that bind are part of a question."""


def given_filters(answer: Answer) -> Filters:
    """The filters that were given with a question: what goes on where its conversation is continued.

    Symbols come back as Pilcrow writes them, in their order; all else as it was given.
    """
    return _filters(answer.filters, {"given"})


def binding_filters(answer: Answer) -> Filters:
    """The filters that bound an answer besides those that its question says by itself."""
    said = [each for each in answer.filters if each.origin != "inferred"]
    return _filters(narrowest(said), {"given", "carried"})


def given_kinds(filters: Filters) -> frozenset[FilterKind]:
    """The kinds of which a request gives filters."""
    return frozenset(kind for kind, field in _FIELDS.items() if getattr(filters, field))


def narrowest(applied: Iterable[AppliedFilter]) -> list[AppliedFilter]:
    """The filters that say what is left: of a kind that was given, those of the question that narrow it."""
    holding = [each for each in applied if not each.dropped]
    narrowed = {each.kind for each in holding if each.origin != "given"}
    return [each for each in holding if each.origin != "given" or each.kind not in narrowed]


def _filters(applied: Iterable[AppliedFilter], origins: set[Origin]) -> Filters:
    values: dict[str, list[str | int]] = {}
    for each in applied:
        if each.origin in origins and not each.dropped and each.kind in _FIELDS:
            value = int(each.value) if each.kind == "year" else each.value
            values.setdefault(_FIELDS[each.kind], []).append(value)
    return Filters.model_validate(values)
