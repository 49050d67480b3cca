"""What a reader makes of a file: its text, and its lines with their positions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `start` to `end` includes its line break, so the lines partition the text.

    What a format does not show is None or empty. A format without lines of its own (DOCX, HTML)
    gives each of its paragraphs as one line.
    """

    text: str
    """What is printed on it, without the space around it."""
    start: int
    end: int
    number: int
    """From 1 in the whole file."""
    indent: float = 0
    """Where it begins: columns in a text file, points from the leftmost text in a PDF or DOCX."""
    page: int | None = None
    page_top: bool = False
    """Whether it is the first line of a page."""
    apart: bool | None = None
    """Whether the layout sets it apart from the line before; None leaves it to blank lines."""
    size: float | None = None
    """The height of its letters in points."""
    bold: bool = False
    italic: bool = False
    """Whether its first word is set in italics, as the verbs of resolutions are."""
    margin: bool = False
    """Whether it stands in the head or foot of the page, outside of the running text."""
    heading: int | None = None
    """Its level from 1 where the format itself calls it a heading."""
    note: str | None = None
    """The mark of the footnote it is a line of, where the layout or the format says so."""
    note_start: bool = False
    """Whether that footnote begins here, with its mark if the mark is printed."""
    calls: tuple[tuple[int, int], ...] = ()
    """Offsets in the text of the raised marks that call footnotes."""
    called: tuple[str, ...] = ()
    """For each of them the id of its note in the file, where the format has such; marks may return."""
    note_id: str | None = None
    """The id in the file of the note it is a line of."""
    right: float = 0
    """Points from the right margin to where its paragraph ends, where the format says so."""
    quoted: bool = False
    """Whether the format sets it as a block quotation."""
    cell: bool = False
    """Whether it stands in a table that the format shows as one."""

    @property
    def blank(self) -> bool:
        """Whether nothing is printed on it."""
        return not self.text


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as a reader found it; `warnings` are what the reader could not make out, as sentences.

    `tracked` says that its author recorded changes, which are read as if they were accepted.
    """

    text: str
    lines: tuple[Line, ...]
    warnings: tuple[str, ...] = ()
    tracked: bool = False


class Reader(Protocol):
    """Turns the bytes of one file format into lines; raises a `SourceRefused`."""

    def __call__(self, data: bytes, name: str) -> Reading: ...
