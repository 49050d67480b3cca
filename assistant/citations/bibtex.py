"""Sources as BibTeX, read by LaTeX with BibTeX or biblatex and by reference managers."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence

from pybtex.database import BibliographyData, Entry
from pybtex.database.output.bibtex import Writer

from assistant.citations.cited_sources import CitedSource
from assistant.citations.publication import note_of, places_of

# What the writer leaves as TeX reads it; it escapes & % # and _ itself.
_SIGNS = str.maketrans(
    {
        "\\": "{\\textbackslash}",
        "{": "{\\textbraceleft}",
        "}": "{\\textbraceright}",
        "$": "{\\textdollar}",
        "^": "{\\textasciicircum}",
        "~": "{\\textasciitilde}",
    }
)
_PLAIN = re.compile(r"[A-Za-z0-9:/.,()'*+?=&@!;%#_~-]*")


def as_bibtex(sources: Sequence[CitedSource]) -> str:
    """A `techreport` entry for each source, with titles and authors in braces that keep their capitals.

    `year` and `date` are those of issue and missing where it is not known; that of adoption is `eventdate`.
    """
    if not sources:
        return ""
    entries = {source.id: Entry("techreport", fields=list(_fields(source))) for source in sources}
    text = io.StringIO()
    _Writer().write_stream(BibliographyData(entries), text)
    return text.getvalue()


class _Writer(Writer):  # type: ignore[misc]  # pybtex has no types
    """Writes addresses as they are, since LaTeX reads those verbatim."""

    def _write_field(self, stream: io.StringIO, name: str, value: str) -> None:
        if name == "url" and _PLAIN.fullmatch(value):
            stream.write(f",\n    {name} = {self.quote(value)}")
        else:
            super()._write_field(stream, name, value)


def _fields(source: CitedSource) -> Iterator[tuple[str, str]]:
    document = source.document
    if document.authors:
        yield "author", " and ".join(f"{{{_escaped(author)}}}" for author in document.authors)
    yield "title", f"{{{_escaped(document.title)}}}"
    yield "type", "UN Doc"
    yield "number", _escaped(document.symbol)
    if document.issued:
        yield "date", document.issued.isoformat()
        yield "year", str(document.issued.year)
    if document.adopted:
        yield "eventdate", document.adopted.isoformat()
    yield "language", document.language
    yield "url", source.url
    if note := note_of(source):
        yield "note", _escaped(note)
    if places := places_of(source):
        yield "annote", f"Cited: {_escaped(places)}"


def _escaped(text: str) -> str:
    """A text on one line in which TeX finds no command, and of which all braces are paired."""
    return " ".join(text.split()).translate(_SIGNS)
