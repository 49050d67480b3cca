"""Word files (DOCX): paragraphs with their automatic numbers, tables, notes, heads and feet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.parser import parse_xml

from corpus.errors import SourceEmpty, SourceScanned
from corpus.layout import Line, Reading
from corpus.readers.assembly import assemble
from corpus.readers.docx_layout import Pages, Place, Setting, Typesetter
from corpus.readers.docx_notes import Notes
from corpus.readers.docx_numbering import Number, Numbering
from corpus.readers.docx_package import open_docx
from corpus.readers.docx_styles import Styles, W, child_value, has, indent, is_quotation, number_or
from corpus.readers.docx_text import Piece, Story, chosen

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.part import Part
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

_THROUGH = frozenset(f"{W}{name}" for name in ("customXml", "smartTag", "ins", "moveTo", "sdtContent"))
_CHANGES = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_PICTURES = ("}blip", "}imagedata", "}OLEObject")


def read_docx(data: bytes, name: str) -> Reading:
    """Read a Word file as Word prints it; raises a `SourceRefused`.

    Capitals that are only formatting are left as typed, hidden and deleted text is left out, and the
    notes stand below the text. The pages are those on which Word last laid it out.
    """
    file = _File(open_docx(data, name))
    lines = list(file.lines())
    if not file.has_text:
        if any(str(element.tag).endswith(_PICTURES) for element in file.body.iter()):
            raise SourceScanned(
                f"{name} has pictures and no text.", "Recognise its text (OCR) and give the result."
            )
        raise SourceEmpty(f"{name} has no text in it.", "Give a file with text in it.")
    leftmost = min(line.indent for line in lines if not line.margin and line.note is None)
    lines = [replace(line, indent=max(0.0, round(line.indent - leftmost, 2))) for line in lines]
    return replace(assemble(lines, file.warnings), tracked=file.is_tracked())


class _File:
    """A document with what its parts share: styles, the count of notes and pages, warnings."""

    def __init__(self, document: Document) -> None:
        self._part = document.part
        self.body: Element = document.element.body
        self.has_text = False
        self.warnings: dict[str, None] = {}  # each once, in order
        self.styles = Styles(self._related(RT.STYLES))
        self._numbering = self._related(RT.NUMBERING)
        self._settings = self._related(RT.SETTINGS)
        self._sections = [
            section
            for section in self.body.iter(f"{W}sectPr")
            if section.getparent().tag in (f"{W}pPr", f"{W}body")
        ]
        roots = {"footnote": self._related(RT.FOOTNOTES), "endnote": self._related(RT.ENDNOTES)}
        self.notes = Notes(roots, self._settings, self._sections)
        broken = next(self.body.iter(f"{W}lastRenderedPageBreak"), None) is not None
        self.pages = Pages() if broken else None
        if not broken and self.notes.counts_by_page():
            self.warn("notes are counted anew on each page, and the file does not say where pages end")
        self.tab = max(1, number_or(child_value(self._settings, "defaultTabStop"), 720)) / 20
        self._box_numbering = self.new_numbering()

    def lines(self) -> Iterator[Line]:
        """All that is printed: heads, text, notes, feet."""
        yield from self._margins("header")
        body = _Flow(self, self.body, self.new_numbering(), Place(), self.pages)
        yield from body.blocks(self.body)
        for kind in ("footnote", "endnote"):
            numbering = self.new_numbering()
            for note, mark, element in self.notes.called(kind):
                flow = _Flow(self, element, numbering, Place(note=mark or "*", note_id=note))
                flow.story.own_note = note
                for number, line in enumerate(flow.blocks(element)):
                    yield replace(line, note_start=number == 0)
        yield from self._margins("footer")

    def is_tracked(self) -> bool:
        """Whether changes of its text are recorded in it."""
        roots = (self.body, self._related(RT.FOOTNOTES), self._related(RT.ENDNOTES))
        return any(next(root.iter(*_CHANGES), None) is not None for root in roots if root is not None)

    def warn(self, warning: str) -> None:
        """Tell once what could not be made out."""
        self.warnings[warning] = None

    def new_numbering(self) -> Numbering:
        """The numbering from its beginning; Word counts text, notes, heads and boxes apart."""
        return Numbering(self._numbering, self.styles)

    def box_lines(self, box: Element, place: Place) -> Iterator[Line]:
        """The lines of a text box."""
        return _Flow(self, box, self._box_numbering, place).blocks(box)

    def _margins(self, kind: str) -> Iterator[Line]:
        """The lines of the heads or feet that are printed, of each kind of wording once."""
        even = has(self._settings, "evenAndOddHeaders")
        seen = set()
        for section in self._sections:
            printed = {"default": True, "even": even, "first": has(section, "titlePg")}
            for reference in section.findall(f"{W}{kind}Reference"):
                root = self._margin_root(reference) if printed.get(reference.get(f"{W}type", "")) else None
                if root is None:
                    continue
                flow = _Flow(self, root, self.new_numbering(), Place(margin=True))
                lines = list(flow.blocks(root))
                wording = tuple(line.text for line in lines)
                if wording not in seen:
                    seen.add(wording)
                    yield from lines

    def _margin_root(self, reference: Element) -> Element | None:
        id_ = reference.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
        part = self._part.related_parts.get(id_)
        return None if part is None else _root(part)

    def _related(self, kind: str) -> Element | None:
        parts = (rel.target_part for rel in self._part.rels.values() if rel.reltype == kind)
        part = next(parts, None)
        return None if part is None else _root(part)


class _Flow:
    """One stream of text, read block by block."""

    def __init__(
        self, file: _File, root: Element, numbering: Numbering, place: Place, pages: Pages | None = None
    ) -> None:
        self._file = file
        self._numbering = numbering
        self._place = place
        self._pages = pages
        self._typesetter = Typesetter(place, pages, file.tab)
        self.story = Story(root, file.styles, file.notes, file.warnings)
        # what a deleted or hidden paragraph mark leaves to the next one, and whose number it has
        self._left_over: list[Piece] = []
        self._owner: Element | None = None
        self._rows = 0  # of tables within each other that are being read

    def blocks(self, parent: Element, left: float = 0.0) -> Iterator[Line]:
        """The lines of the blocks of an element, `left` points from the left margin."""
        for child in parent:
            yield from self._block(child, left)
        yield from self._rest(left)

    def _block(self, element: Element, left: float) -> Iterator[Line]:
        tag = element.tag
        if tag == f"{W}p":
            yield from self._paragraph(element, left)
        elif tag == f"{W}tbl":
            yield from self._rest(left)
            yield from self._table(element, left)
        elif tag == f"{W}sdt" or tag in _THROUGH:
            for child in element:
                yield from self._block(child, left)
        elif str(tag).endswith("}AlternateContent"):
            for child in chosen(element):
                yield from self._block(child, left)
        elif tag in (f"{W}altChunk", f"{W}subDoc"):
            self._file.warn("another file that is put into this one is not read")

    # -- paragraphs

    def _paragraph(self, paragraph: Element, left: float) -> Iterator[Line]:
        properties = paragraph.find(f"{W}pPr")
        chain = self._file.styles.paragraph_chain(properties)
        pieces = self._left_over + list(self.story.pieces(paragraph, chain))
        self._left_over = []
        boxes, self.story.boxes = self.story.boxes, []
        mark = None if properties is None else properties.find(f"{W}rPr")
        if has(mark, "del", "moveFrom"):
            self._left_over = pieces
        elif has(mark, "vanish", "specVanish"):
            if any(piece.text.strip() for piece in pieces):
                self._owner = self._owner if self._owner is not None else paragraph
                self._left_over = pieces
        else:
            yield from self._set(self._owner if self._owner is not None else paragraph, pieces, left)
            self._owner = None
        for box in boxes:
            yield from self._file.box_lines(box, self._place)
        if properties is not None and properties.find(f"{W}sectPr") is not None:
            self._file.notes.next_section()

    def _rest(self, left: float) -> Iterator[Line]:
        """What waits for a paragraph that does not come."""
        if self._left_over:
            pieces, self._left_over = self._left_over, []
            yield from self._set(self._owner, pieces, left)
        self._owner = None

    def _set(self, paragraph: Element | None, pieces: list[Piece], left: float) -> Iterator[Line]:
        styles = self._file.styles
        properties = None if paragraph is None else paragraph.find(f"{W}pPr")
        chain = styles.paragraph_chain(properties)
        number = self._numbering.next(properties, chain)
        for unknown in sorted(self._numbering.unknown_formats):
            self._file.warn(f"numbers of the format {unknown} are shown in digits")
        if not self._place.margin and self._place.note is None:
            self._file.has_text |= any(c.isalnum() for piece in pieces for c in piece.text)
        indents = indent(_layers(properties, chain, number, styles))
        indents = replace(indents, first=indents.first + left, rest=indents.rest + left)
        setting = Setting(
            indents, styles.heading_level(properties, chain), is_quotation(chain), self._rows > 0
        )
        yield from self._typesetter.lines(pieces, number.text if number else "", setting)

    # -- tables

    def _table(self, table: Element, left: float) -> Iterator[Line]:
        grid = table.iterfind(f"{W}tblGrid/{W}gridCol")
        columns = [number_or(column.get(f"{W}w"), 0) / 20 for column in grid]
        for row in _children(table, f"{W}tr"):
            properties = row.find(f"{W}trPr")
            if not has(properties, "del", "hidden"):
                self._rows += 1
                yield from self._row(row, properties, columns, left)
                self._rows -= 1

    def _row(
        self, row: Element, properties: Element | None, columns: list[float], left: float
    ) -> Iterator[Line]:
        """The cells of a row one after another, though they stand beside each other on their page."""
        cells = list(_children(row, f"{W}tc"))
        column = number_or(child_value(properties, "gridBefore"), 0)
        pages = self._pages or Pages()
        start = furthest = pages.number
        on_new_page = any(map(_begins_page, cells))
        for cell in cells:
            details = cell.find(f"{W}tcPr")
            pages.number = start + (on_new_page and not _begins_page(cell))
            if not _is_covered(details):
                yield from self.blocks(cell, left + sum(columns[:column]))
            column += max(1, number_or(child_value(details, "gridSpan"), 1))
            furthest = max(furthest, pages.number)
        pages.number = furthest


def _layers(
    properties: Element | None, chain: tuple[Element, ...], number: Number | None, styles: Styles
) -> Iterator[Element | None]:
    """Paragraph properties in the order in which they count: those of a list before those of a style."""
    yield properties
    if number is not None and number.from_style is None:
        yield number.properties
    for style in chain:
        yield style.find(f"{W}pPr")
        if number is not None and number.from_style == style.get(f"{W}styleId"):
            yield number.properties
    yield styles.paragraph_defaults


def _children(element: Element, tag: str) -> Iterator[Element]:
    """Rows or cells, also those that content controls and changes wrap."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag == f"{W}sdt" or child.tag in _THROUGH:
            yield from _children(child, tag)


def _is_covered(details: Element | None) -> bool:
    """Whether the cell above goes on over this one, whose own text is not printed."""
    merge = None if details is None else details.find(f"{W}vMerge")
    return (merge is not None and merge.get(f"{W}val", "continue") == "continue") or has(details, "cellDel")


def _begins_page(cell: Element) -> bool:
    first = next(cell.iter(f"{W}t", f"{W}lastRenderedPageBreak"), None)
    return first is not None and first.tag == f"{W}lastRenderedPageBreak"


def _root(part: Part) -> Element:
    """The root element of a part, which python-docx parses for some kinds only."""
    element: Element | None = getattr(part, "element", None)
    return parse_xml(part.blob) if element is None else element
