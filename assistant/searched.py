"""What was searched, said in a sentence: how much, under which filters and where these come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answer import AppliedFilter, Coverage

_KINDS = {"state": "State", "symbol": "document"}
_ORIGINS = {"inferred": " (from the question)", "carried": " (from before)", "given": ""}


def searched_sentence(
    coverage: Coverage, filters: Sequence[AppliedFilter], also_searched: Sequence[str] = ()
) -> str:
    """How many documents were searched, under which filters, for which other words, and what was not.

    A filter that was dropped is said apart: no document that is held met it with the others.
    """
    matching, held = coverage.matching_documents, coverage.documents
    of = f"{matching} of {_documents(held)}" if matching != held else _documents(held)
    binding = named_filters([applied for applied in filters if not applied.dropped])
    within = f", {', '.join(binding)}" if binding else ""
    also = f"; also for {', '.join(also_searched)}" if also_searched else ""
    sentences = [f"Searched: {of}{within}{also}."]
    if dropped := [applied.value for applied in filters if applied.dropped]:
        also_met = " with the other filters" if binding else ""
        nothing = f"Nothing is held for {' or '.join(dropped)}{also_met}"
        sentences.append(f"{nothing}, so this did not narrow the search.")
    if coverage.not_searched:
        sentences.append(f"In a language that is not searched: {coverage.not_searched}.")
    return " ".join(sentences)


def named_filters(filters: Sequence[AppliedFilter]) -> list[str]:
    """Filters in words, by kind and origin: values of one kind together."""
    return list(_named(filters))


def _named(filters: Sequence[AppliedFilter]) -> Iterator[str]:
    for kind, origin in dict.fromkeys((applied.kind, applied.origin) for applied in filters):
        values = [applied.value for applied in filters if (applied.kind, applied.origin) == (kind, origin)]
        yield f"{_KINDS.get(kind, kind)} {' or '.join(values)}{_ORIGINS[origin]}"


def _documents(number: int) -> str:
    return f"{number:,} document" if number == 1 else f"{number:,} documents"
