"""How counts, filters and states of the work are said."""

from __future__ import annotations

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
        return " · ".join(["Answered without a search", *map(_filter, answer.filters)])
    matching, documents = answer.coverage.matching_documents, answer.coverage.documents
    scope = counted(documents, "document")
    parts = [f"Searched “{answer.searched_for}”"]
    if answer.also_searched:
        parts.append(f"also {', '.join(answer.also_searched)}")
    parts.append(f"in {scope}" if matching == documents else f"in {matching:,} of {scope}")
    return " · ".join([*parts, *map(_filter, answer.filters)])


def _filter(applied: AppliedFilter) -> str:
    dropped = ", dropped" if applied.dropped else ""
    return f"{applied.kind}: {applied.value} ({applied.origin}{dropped})"
