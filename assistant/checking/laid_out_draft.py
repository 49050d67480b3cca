"""Drafts in formats with a layout (DOCX, HTML, PDF): the lines that their readers find become paragraphs.

The text of such a draft is made of its paragraphs, one a line, and of its notes below them: running heads
are left out, and what a page break divides is joined.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from assistant.checking.draft import Draft, DraftFormat, Part, PartKind
from assistant.checking.gathering import Gathered, Span, behind_word, merged, told_apart
from assistant.checking.page_notes import with_notes_at_end
from assistant.checking.page_tables import without_tables
from corpus.furniture import is_rule
from corpus.layout import Line, Reading
from corpus.notes import with_notes

_ENDED = re.compile(r"[.!?:;…][”’»\"')\]\d*]{0,6}$")
_ITEM = re.compile(r"(?:[-*•–—◦▪·]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxl]{1,6})[.)]|\[\d{1,3}\])\s")
_OPENING = re.compile(r"[“\"«„‘']")
_BACK_SIGNS = 40
_BACK = re.compile(r"(?:\s{0,3}[↩⏎↑↵][\ufe0e\ufe0f]?){1,9}\s*\Z")
_SET_IN = 12.0  # points by which a block quotation in a PDF file is set in at least
_SMALLER = 0.95  # share of the usual height below which letters are set smaller


def laid_out_draft(reading: Reading, name: str, format_: DraftFormat, sha256: str) -> Draft:
    """The draft that was read from a file with a layout."""
    lines = [line for line in with_notes(reading) if line.text and not line.margin and not is_rule(line.text)]
    paged = format_ == "pdf"
    tables: list[int] = []
    if paged:
        lines, tables = without_tables(with_notes_at_end(lines, reading.text))
    body = _paragraphs([line for line in lines if line.note is None], paged=paged)
    notes = _notes([line for line in lines if line.note is not None], paged=paged)
    if paged:
        _find_quotes_on_pages(body)
    elif format_ == "docx":
        _find_set_in(body)
    composed = _Composed(reading, body, notes)
    parts, calls = composed.gathered.arranged(lambda keys: _marks(keys, notes))
    warnings = (*(_sentence(warning) for warning in reading.warnings), *_told(reading, tables))
    return Draft(name, format_, composed.text, parts, calls, warnings, sha256)


@dataclass(slots=True)
class _Paragraph:
    """Lines that belong together."""

    lines: list[Line]
    kind: PartKind = "text"


@dataclass(slots=True)
class _Note:
    """A note: its mark, its id in the file, the page on which it begins, its mark with what is around it."""

    key: str
    mark: str
    id: str | None
    page: int | None
    printed: str | None
    paragraphs: list[_Paragraph] = field(default_factory=list)

    @property
    def is_endnote(self) -> bool:
        """Whether the file has it among its endnotes."""
        return (self.id or "").startswith("endnote")

    @property
    def otherwise(self) -> str:
        """What to call it where another note has its mark."""
        if self.is_endnote:
            return f"endnote {self.mark}"
        return f"second {self.mark}" if self.page is None else f"{self.mark} on page {self.page}"


def _sentence(warning: str) -> str:
    return f"{warning[:1].upper()}{warning[1:]}."


def _told(reading: Reading, tables: Sequence[int]) -> Iterator[str]:
    """What an author may not expect of how it was read."""
    if reading.tracked:
        yield "It has tracked changes, which are read as if all of them were accepted."
    if tables:
        pages = ", ".join(map(str, tables))
        yield f"Tables of PDF files are not read, since such a file does not show their cells: page {pages}."


def _paragraphs(lines: Sequence[Line], *, paged: bool) -> list[_Paragraph]:
    paragraphs: list[_Paragraph] = []
    for line in lines:
        before = paragraphs[-1].lines[-1] if paragraphs else None
        if before is None or _begins(before, line, paged=paged):
            paragraphs.append(_Paragraph([line], _kind(line)))
        else:
            paragraphs[-1].lines.append(line)
    return paragraphs


def _kind(line: Line) -> PartKind:
    if line.note is not None:
        return "note"
    if line.heading is not None:
        return "heading"
    return "quote" if line.quoted else "cell" if line.cell else "text"


def _begins(before: Line, line: Line, *, paged: bool) -> bool:
    """Whether a line begins a paragraph."""
    if line.note_start or line.heading != before.heading:
        return True
    if not paged:
        return line.apart is not False
    if line.page != before.page:  # the space between paragraphs is lost in a page break
        return _ENDED.search(before.text) is not None and not line.text[:1].islower()
    return line.apart is not False


def _notes(lines: Sequence[Line], *, paged: bool) -> list[_Note]:
    notes: list[_Note] = []
    for line in lines:
        if line.note_start or not notes or line.note != notes[-1].printed:
            mark = (line.note or "").strip("[]()") or "*"
            notes.append(_Note(str(len(notes)), mark, line.note_id, line.page, line.note))
        paragraphs = notes[-1].paragraphs
        if paragraphs and not _begins(paragraphs[-1].lines[-1], line, paged=paged):
            paragraphs[-1].lines.append(line)
        else:
            paragraphs.append(_Paragraph([line], "note"))
    return notes


def _find_set_in(paragraphs: Sequence[_Paragraph]) -> None:
    """Take what is set in from both margins, further than most of the text, for a quotation."""
    text = [paragraph for paragraph in paragraphs if paragraph.kind == "text"]
    lines = [(paragraph.lines[0], sum(len(line.text) for line in paragraph.lines)) for paragraph in text]
    left = _usual((line.indent, length) for line, length in lines)
    right = _usual((line.right, length) for line, length in lines)
    for paragraph in text:
        first = paragraph.lines[0]
        set_in = first.indent >= left + _SET_IN and first.right >= right + _SET_IN
        if set_in and not _ITEM.match(first.text):
            paragraph.kind = "quote"


def _find_quotes_on_pages(paragraphs: Sequence[_Paragraph]) -> None:
    """Take what is set in for a quotation where more shows it: where its lines end, its size or marks, or
    what leads up to it.
    """
    lines = [line for paragraph in paragraphs for line in paragraph.lines[1:] or paragraph.lines]
    left = _usual((round(line.indent), 1) for line in lines)
    size = _usual((line.size or 0.0, len(line.text)) for line in lines)
    before = ""
    for paragraph in paragraphs:
        first = paragraph.lines[0]
        set_in = all(line.indent >= left + _SET_IN for line in paragraph.lines)
        shown = (
            (len(paragraph.lines) > 1 and all(line.right >= _SET_IN for line in paragraph.lines))
            or (first.size or size) < _SMALLER * size
            or _OPENING.match(first.text) is not None
            or before.endswith((":", "quote"))
        )
        if paragraph.kind == "text" and set_in and shown and not _ITEM.match(first.text):
            paragraph.kind = "quote"
        before = "quote" if paragraph.kind == "quote" else paragraph.lines[-1].text


def _usual(values: Iterable[tuple[float, int]]) -> float:
    """The value with the greatest weight, of values with their weights."""
    weights: Counter[float] = Counter()
    for value, weight in values:
        weights[value] += weight
    return weights.most_common(1)[0][0] if weights else 0.0


class _Composed:
    """The text of a draft as it grows, with its parts."""

    def __init__(self, reading: Reading, body: Sequence[_Paragraph], notes: Sequence[_Note]) -> None:
        self._source = reading.text
        self._pieces: list[str] = []
        self._length = 0
        self._line = 1
        self._named = _Named(notes)
        self.gathered = Gathered()
        for paragraph in body:
            self.gathered.body.append(self._part(paragraph, None))
        for note in notes:
            self.gathered.notes[note.key] = [
                self._part(paragraph, note.key, "" if index else note.mark)
                for index, paragraph in enumerate(note.paragraphs)
            ]

    @property
    def text(self) -> str:
        """All that was composed."""
        return "".join(self._pieces)

    def _part(self, paragraph: _Paragraph, note: str | None, mark: str = "") -> Part:
        """Put a paragraph to the end; its calls, and the mark of a note at its beginning, are hidden."""
        start, line = self._length, self._line
        first = paragraph.lines[0]
        hidden = [(start + first_, start + last) for first_, last in _own_signs(first.text, mark)]
        for printed in paragraph.lines:
            hidden += self._calls(printed)
            self._put(f"{printed.text}\n")
        end = self._length - 1
        self._put("\n")
        return Part(paragraph.kind, start, end, merged(hidden), note, line, first.page)

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
        self._line += text.count("\n")

    def _calls(self, line: Line) -> Iterator[Span]:
        """Take the calls of a line that is about to be put; where their marks will stand."""
        raw = self._source[line.start : line.end]
        lead = line.start + len(raw) - len(raw.lstrip())
        for number, (start, end) in enumerate(line.calls):
            key = self._named.key(self._source[start:end].rstrip("/"), line, number)
            if self._source[start - 1 : start] + self._source[end : end + 1] == "[]":
                start, end = start - 1, end + 1
            if key is not None:
                position = self._length + behind_word(line.text, start - lead)
                self.gathered.calls.append((position, key))
                yield self._length + start - lead, self._length + end - lead


class _Named:
    """Says which note a printed mark calls."""

    def __init__(self, notes: Sequence[_Note]) -> None:
        self._by_id = {note.id: note.key for note in notes if note.id is not None}
        self._by_mark: dict[str, list[_Note]] = {}
        for note in notes:
            self._by_mark.setdefault(note.mark, []).append(note)

    def key(self, mark: str, line: Line, number: int) -> str | None:
        """The key of the note that the call with this number on its line is for.

        Where the format does not say, it is the note with this mark on the same page, since marks may begin
        again there, or else on the next page that has one.
        """
        if line.called:
            return self._by_id.get(line.called[number])
        notes = self._by_mark.get(mark.strip("[]()"), [])
        page = line.page or 0
        return next(
            (note.key for note in notes if (note.page or 0) >= page), notes[-1].key if notes else None
        )


def _own_signs(text: str, mark: str) -> Iterator[Span]:
    """The mark at the beginning of a note, and the arrow at its end that leads back to the text."""
    if mark and (own := re.match(rf"[\[(]?{re.escape(mark)}[\])]?(?:[./)](?=\s))?\s*", text)):
        yield own.span()
    if mark and (back := _BACK.search(text[-_BACK_SIGNS:])):
        yield len(text) - len(back[0]), len(text)


def _marks(keys: Sequence[str], notes: Sequence[_Note]) -> dict[str, str]:
    """The marks as they are printed, told apart where several notes have the same."""
    by_key = {note.key: note for note in notes}
    ordered = (by_key[key] for key in sorted(keys, key=lambda key: by_key[key].is_endnote))
    return told_apart((note.key, note.mark, note.otherwise) for note in ordered)
