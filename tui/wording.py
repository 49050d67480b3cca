"""How counts, filters and states of the work are said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.answer import Answer, AppliedFilter
    from assistant.streaming import Retrieval

LOADING = "Loading the model…"
NOT_READY = "not ready: the next question tries again"


def counted(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def held(documents: int, paragraphs: int) -> str:
    """What the collection holds."""
    if not documents:
        return "no documents · F3 adds some"
    return f"{counted(documents, 'document')} · {counted(paragraphs, 'paragraph')}"


def searched(answer: Answer | Retrieval) -> str:
    """What was searched for, in how much, and under which filters; or that no search was needed."""
    if not answer.passages and not getattr(answer, "refused", False):
        return " · ".join(["Answered without a search", *_filters(answer.filters)])
    matching, documents = answer.coverage.matching_documents, answer.coverage.documents
    scope = counted(documents, "document")
    parts = [f"Searched “{answer.searched_for}”"]
    if answer.also_searched:
        parts.append(f"also {', '.join(answer.also_searched)}")
    parts.append(f"in {scope}" if matching == documents else f"in {matching:,} of {scope}")
    return " · ".join([*parts, *_filters(answer.filters)])


def _filters(applied: Sequence[AppliedFilter]) -> Iterator[str]:
    """Filters in their order, those of one kind and origin together."""
    values: dict[tuple[str, str], list[str]] = {}
    for each in applied:
        origin = f"{each.origin}, dropped" if each.dropped else each.origin
        values.setdefault((each.kind, origin), []).append(each.value)
    for (kind, origin), some in values.items():
        yield f"{kind}: {' or '.join(some)} ({origin})"
