"""A document as it is printed, line after line, for whoever reads it from its first line to its last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.model import Document, DocumentHeader, Footnote, Item, Paragraph, Section, parts_of, pinpoint_of

LineKind = Literal["title", "heading", "text", "note"]


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """The title, a heading, one text of a paragraph or item, or a footnote."""

    kind: LineKind
    text: str
    mark: str = ""
    """What is printed before it: the number of a paragraph, the letter of an item, the mark of a note."""
    depth: int = 0
    """How far in it stands: items by those they are in, headings by those above them."""
    eid: str = ""
    """The place or heading it belongs to."""


@dataclass(frozen=True, slots=True)
class PrintedHeading:
    """A heading with the lines and the paragraphs below it."""

    title: str
    """With its printed number."""
    depth: int
    path: tuple[str, ...]
    """The titles from the outermost heading down to this one."""
    line: int
    first: str | None = None
    last: str | None = None
    """The numbers of the first and the last paragraph up to the next heading that is not below it."""


@dataclass(frozen=True, slots=True)
class PrintedPlace:
    """A paragraph or item with its lines, from `line` to before `end`, those of its items among them."""

    eid: str
    label: str
    """How the place is cited: `CRC/C/OPSC/LAO/CO/1, para. 22 (c)`."""
    text: str
    page: int | None
    line: int
    end: int


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    """All lines of a document, and its headings and places in printed order."""

    header: DocumentHeader
    lines: tuple[PrintedLine, ...]
    headings: tuple[PrintedHeading, ...]
    places: tuple[PrintedPlace, ...]


def printed(header: DocumentHeader, document: Document) -> PrintedDocument:
    """Lay a document out in lines."""
    return _Layout(header, document).printed()


class _Layout:
    def __init__(self, header: DocumentHeader, document: Document) -> None:
        self._header = header
        self._document = document
        self._lines: list[PrintedLine] = []
        self._places: list[PrintedPlace] = []
        self._headings: list[PrintedHeading] = []
        self._above: list[Section] = []
        """The headings that the next one may stand below."""
        self._notes = list(document.footnotes)
        self._first_paragraphs: list[int] = []
        """For each heading, how many paragraphs were before it."""

    def printed(self) -> PrintedDocument:
        document = self._document
        self._lines.append(PrintedLine("title", document.title))
        self._add_notes("title")
        units: list[Section | Paragraph] = [*document.sections, *document.paragraphs]
        labels: list[str] = []
        for unit in sorted(units, key=lambda each: each.start):
            if isinstance(unit, Section):
                self._first_paragraphs.append(len(labels))
                self._add_heading(unit)
            else:
                labels.append(unit.label)
                self._add_place(unit, unit, 0)
            self._add_notes(unit.eid)
        self._lines += [_note(note) for note in self._notes]
        headings = tuple(self._with_paragraphs(labels))
        return PrintedDocument(self._header, tuple(self._lines), headings, tuple(self._places))

    def _add_heading(self, section: Section) -> None:
        while self._above and self._above[-1].level >= section.level:
            self._above.pop()
        self._above.append(section)
        depth = len(self._above) - 1
        title = f"{section.number}. {section.title}" if section.number else section.title
        path = tuple(each.title for each in self._above)
        self._headings.append(PrintedHeading(title, depth, path, len(self._lines)))
        mark = f"{section.number}." if section.number else ""
        self._lines.append(PrintedLine("heading", section.title, mark, depth, section.eid))

    def _add_place(self, paragraph: Paragraph, place: Paragraph | Item, depth: int) -> None:
        index, line = len(self._places), len(self._lines)
        label = f"{self._header.symbol}, {pinpoint_of(paragraph, place).format('un')}"
        page = place.page or paragraph.page
        self._places.append(PrintedPlace(place.eid, label, place.full_text, page, line, line))
        mark = place.label_printed
        for part in parts_of(place):
            if isinstance(part, str):
                self._lines.append(PrintedLine("text", part, mark, depth, place.eid))
            else:
                if mark:  # items without words that govern them
                    self._lines.append(PrintedLine("text", "", mark, depth, place.eid))
                self._add_place(paragraph, part, depth + 1)
            mark = ""
        if len(self._lines) == line:
            self._lines.append(PrintedLine("text", "", mark, depth, place.eid))
        self._places[index] = replace(self._places[index], end=len(self._lines))

    def _add_notes(self, eid: str) -> None:
        """The notes that a unit or what is in it calls, below it."""
        called = [note for note in self._notes if _is_in(note.called_from, eid)]
        self._lines += [_note(note) for note in called]
        self._notes = [note for note in self._notes if note not in called]

    def _with_paragraphs(self, labels: Sequence[str]) -> Iterator[PrintedHeading]:
        for index, heading in enumerate(self._headings):
            later = range(index + 1, len(self._headings))
            ends = next((i for i in later if self._headings[i].depth <= heading.depth), None)
            first = self._first_paragraphs[index]
            end = len(labels) if ends is None else self._first_paragraphs[ends]
            if first < end:
                yield replace(heading, first=labels[first], last=labels[end - 1])
            else:
                yield heading


def _note(note: Footnote) -> PrintedLine:
    return PrintedLine("note", note.text, f"[{note.mark}]", 0, note.eid)


def _is_in(called_from: str | None, eid: str) -> bool:
    return called_from is not None and (called_from == eid or called_from.startswith(f"{eid}__"))
