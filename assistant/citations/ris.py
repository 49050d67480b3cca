"""Sources as RIS, which reference managers and catalogues of libraries read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import rispy

from assistant.citations.cited_sources import CitedSource
from assistant.citations.publication import note_of, places_of


class _Writer(rispy.RisWriter):  # type: ignore[misc]  # rispy has no types
    """Writes records without a number before each, which is no part of the format."""

    def set_header(self, count: int) -> str:
        return ""


def as_ris(sources: Sequence[CitedSource]) -> str:
    """A `RPRT` record for each source; the number of a report is in `SN`, where Zotero and EndNote look.

    `PY` and `DA` are the date of issue and missing where it is not known; that of adoption is a note.
    """
    if not sources:
        return ""
    text: str = rispy.dumps([dict(_fields(source)) for source in sources], implementation=_Writer)
    return text


def _fields(source: CitedSource) -> Iterator[tuple[str, str | list[str]]]:
    document = source.document
    yield "type_of_reference", "RPRT"
    yield "id", source.id
    if document.authors:
        yield "authors", [_line(author) for author in document.authors]
    yield "title", _line(document.title)
    yield "issn", _line(document.symbol)
    yield "type_of_work", "UN Doc"
    if document.issued:
        yield "year", str(document.issued.year)
        yield "date", f"{document.issued:%Y/%m/%d}"
    yield "language", document.language
    yield "urls", [source.url]
    cited = places_of(source)
    notes = [note_of(source), f"Cited: {cited}" if cited else ""]
    if any(notes):
        yield "notes", [_line(note) for note in notes if note]


def _line(text: str) -> str:
    """A text on one line, since a line is a field."""
    return " ".join(text.split())
