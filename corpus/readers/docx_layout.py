"""The pieces of a Word paragraph become lines: where they begin, on which page, and how they look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import floor

from corpus.layout import Line
from corpus.readers.assembly import stripped
from corpus.readers.docx_notes import NoteId
from corpus.readers.docx_styles import Indent, RunFormat
from corpus.readers.docx_text import Piece

_TYPED_NUMBER = re.compile(r"\s*(?:\(?\w{1,6}[.)]\s+)?")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the document text stands: the running text, a head or foot, or a note."""

    margin: bool = False
    note: str | None = None
    note_id: NoteId | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """How a paragraph is set as a whole; `heading` is its level."""

    indent: Indent
    heading: int | None = None
    quoted: bool = False
    cell: bool = False


@dataclass(slots=True)
class Pages:
    """Counts pages by the breaks that Word leaves where it last broke them."""

    number: int = 1
    fresh: bool = True

    def turn(self, *, fresh: bool) -> None:
        """Begin a page; `fresh` where the next line is the first on it and not half of one."""
        self.number = self.number + 1
        self.fresh = fresh


@dataclass(slots=True)
class _Growing:
    """A line as far as it is known."""

    text: str
    first: int
    spans: list[tuple[int, int, RunFormat]] = field(default_factory=list)
    calls: list[tuple[int, int]] = field(default_factory=list)
    called: list[NoteId] = field(default_factory=list)
    page: int | None = None
    page_top: bool = False
    printed: bool = False

    def add(self, piece: Piece) -> None:
        """Put a piece to the end."""
        start, end = len(self.text), len(self.text) + len(piece.text)
        self.text += piece.text
        self.spans.append((start, end, piece.format))
        if piece.called is not None:
            self.calls.append((start, end))
            self.called.append(piece.called)


class Typesetter:
    """Sets the paragraphs of one stream of text; without `pages` it counts none."""

    def __init__(self, place: Place, pages: Pages | None, tab: float) -> None:
        self._place = place
        self._pages = pages
        self._tab = tab

    def lines(self, pieces: Iterable[Piece], number: str, setting: Setting) -> Iterator[Line]:
        """The lines of a paragraph that print something: more than one where it has line breaks."""
        first = True
        apart = True
        for grown in self._split(pieces, number):
            indent = setting.indent.first if first else setting.indent.rest
            line = self._line(grown, indent, setting, apart)
            first = False
            apart = line is None  # what an empty line stands before is apart from the text above it
            if line is not None:
                yield line

    def _split(self, pieces: Iterable[Piece], number: str) -> Iterator[_Growing]:
        """The lines between line breaks, the number at the beginning of the first."""
        grown = _Growing(number, len(number))
        for piece in pieces:
            if piece.page_break:
                if self._pages:
                    self._pages.turn(fresh=not grown.printed)
            elif piece.text == "\n":
                if grown.text.strip():
                    self._note_page(grown)
                yield grown
                grown = _Growing("", 0)
            else:
                if not grown.printed and piece.text.strip():
                    self._note_page(grown)
                grown.add(piece)
        if grown.text.strip():
            self._note_page(grown)
        yield grown

    def _note_page(self, grown: _Growing) -> None:
        """Remember the page on which the first letter of a line stands, and whether it is its first."""
        if self._pages and not grown.printed:
            grown.page = self._pages.number
            grown.page_top = self._pages.fresh
            self._pages.fresh = False
        grown.printed = True

    def _line(self, grown: _Growing, left: float, setting: Setting, apart: bool) -> Line | None:
        text, calls = stripped(grown.text, grown.calls)
        if not text:
            return None
        lead = grown.text[: len(grown.text) - len(grown.text.lstrip())]
        for _ in range(lead.count("\t")):
            left = (floor(left / self._tab) + 1) * self._tab
        sizes: Counter[float] = Counter()
        letters = bold = 0
        for start, end, look in grown.spans:
            count = sum(character.isalnum() for character in grown.text[start:end])
            sizes[look.size] += count
            letters += count
            bold += count if look.bold else 0
        return Line(
            text, 0, 0, 0,
            indent=left,
            page=grown.page,
            page_top=grown.page_top,
            apart=apart,
            size=max(sizes, key=lambda size: sizes[size]) if sizes else None,
            bold=bold * 2 > letters,
            italic=_opens_in_italics(grown),
            margin=self._place.margin,
            heading=setting.heading,
            note=self._place.note,
            calls=calls,
            called=tuple(map(" ".join, grown.called)),
            note_id=" ".join(self._place.note_id) if self._place.note_id else None,
            right=setting.indent.right,
            quoted=setting.quoted,
            cell=setting.cell,
        )  # fmt: skip


def _opens_in_italics(grown: _Growing) -> bool:
    """Whether the first word after the number is in italics."""
    match = _TYPED_NUMBER.match(grown.text, grown.first)
    start = match.end() if match and not grown.first else grown.first
    opening = next((i for i in range(start, len(grown.text)) if grown.text[i].isalpha()), None)
    if opening is None:
        return False
    return any(look.italic for begin, end, look in grown.spans if begin <= opening < end)
