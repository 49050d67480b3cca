"""What bibliographic records say of a source beside author, title and number."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.citations.cited_sources import CitedSource
from corpus.pinpoint import format_list


def note_of(source: CitedSource) -> str:
    """The date of adoption and an edition that is not the usual one: no format has a field for either."""
    return "; ".join(_notes(source))


def places_of(source: CitedSource) -> str:
    """The places that are cited, as the UN prints them; empty where all of the document is."""
    return format_list(source.pinpoints, "un") if source.pinpoints else ""


def _notes(source: CitedSource) -> Iterator[str]:
    if adopted := source.document.adopted:
        yield f"adopted {adopted.day} {adopted:%B %Y}"
    if source.edition != "issued":
        yield f"{source.edition} version"
