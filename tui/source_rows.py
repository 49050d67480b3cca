"""A document in rows of one width, so that any of its rows can be painted without the others."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size

from tui.printable import printable

if TYPE_CHECKING:
    from assistant.printed import PrintedDocument, PrintedLine

MARGIN = 2
"""Columns at the left of every row, where the bar of what is marked stands."""
_INDENT = 4  # columns for each list that an item is in: as many as most numbers of paragraphs take
_LEAST = 16  # columns in which words still have room beside what stands before them
# letters and signs of one column each, which most documents are made of throughout
_NARROW = re.compile("[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e]*")


class Row(NamedTuple):
    """A stretch of a line; an empty row, above the line it names, has none."""

    line: int
    start: int = 0
    end: int = -1

    @property
    def is_empty(self) -> bool:
        """Whether it only keeps lines apart."""
        return self.end < 0


class SourceRows:
    """The rows of a document."""

    def __init__(self, document: PrintedDocument, width: int, like: SourceRows | None = None) -> None:
        """`like` has the same document in another width."""
        self.document = document
        self.width = width
        """Columns of a row, its margin counted."""
        self.texts: list[str] = (
            like.texts if like else [printable(line.text, lines=False) for line in document.lines]
        )
        """The text of each line, as long as it is in the document."""
        self.marks: list[str] = (
            like.marks if like else [printable(line.mark, lines=False) for line in document.lines]
        )
        self.rows: list[Row] = []
        self._first_rows: list[int] = []
        self._set()

    def rewrapped(self, width: int) -> SourceRows:
        """The same document in rows of another width."""
        return self if width == self.width else SourceRows(self.document, width, self)

    def rows_of(self, line: int) -> range:
        """Where a line stands, without the empty row above it."""
        end = self._first_rows[line + 1] if line + 1 < len(self._first_rows) else len(self.rows)
        start = self._first_rows[line]
        return range(start + 1 if self.rows[start].is_empty else start, end)

    def row_at(self, line: int, offset: int) -> int:
        """The row in which a character of a line stands."""
        rows = self.rows_of(line)
        starts = [self.rows[row].start for row in rows]
        return rows[max(0, bisect_right(starts, offset) - 1)]

    def prefix(self, row: Row) -> str:
        """What stands before the words of a row, its margin not counted."""
        line = self.document.lines[row.line]
        indent, mark = self._indent(line, self.marks[row.line])
        if row.start:
            return " " * (indent + len(mark))
        return " " * indent + mark

    def _set(self) -> None:
        before: PrintedLine | None = None
        for index, line in enumerate(self.document.lines):
            self._first_rows.append(len(self.rows))
            if before is not None and _stands_apart(line, before):
                self.rows.append(Row(index))
            before = line
            indent, mark = self._indent(line, self.marks[index])
            room = self.width - MARGIN - indent - cell_len(mark)
            self.rows += [Row(index, start, end) for start, end in wrapped(self.texts[index], room)]

    def _indent(self, line: PrintedLine, mark: str) -> tuple[int, str]:
        """The columns before the mark of a line, and the mark with the space after it."""
        mark = f"{mark} " if mark else ""
        depth = line.depth if mark else line.depth + 1  # text after a list, beside the words before it
        indent = _INDENT * depth if line.kind == "text" else 0
        if self.width - MARGIN - indent - len(mark) < _LEAST:
            indent = 0
        return indent, mark


def _stands_apart(line: PrintedLine, before: PrintedLine) -> bool:
    """Whether there is an empty row above a line."""
    if line.kind == "text":
        return bool(line.mark) and line.depth == 0
    return line.kind == "heading" or before.kind != "note"


def wrapped(text: str, width: int) -> Iterator[tuple[int, int]]:
    """The stretches of a text that are a row each, parted at spaces; one longer word is cut.

    One pass over the string where every character takes a column: thousands of rows are wrapped while
    a key is pressed.
    """
    width = max(1, width)
    narrow = _NARROW.fullmatch(text) is not None
    start, length = 0, len(text)
    while (stop := start + width if narrow else _fitting(text, start, width)) < length:
        space = text.rfind(" ", start, stop + 1)
        if space > start:
            yield start, space
            start = space + 1
        else:
            yield start, stop
            start = stop
    yield start, length


def _fitting(text: str, start: int, width: int) -> int:
    """Where to stop so that what is before takes no more columns than there are; one character at least."""
    taken = 0
    for stop in range(start, len(text)):
        taken += cell_len(text[stop])
        if taken > width:
            return max(stop, start + 1)
    return len(text)


def fitted(path: Sequence[str], width: int) -> str:
    """A heading path in one row: where there is no room, the outer headings are cut before the last."""
    whole = " › ".join(path)
    if cell_len(whole) <= width or len(path) < 2:
        return whole
    room = width - cell_len(path[-1]) - 3 * (len(path) - 1)
    each = room // (len(path) - 1)
    if each < 8:
        return f"… › {path[-1]}"
    outer = [
        title if cell_len(title) <= each else f"{set_cell_size(title, each - 1).rstrip()}…"
        for title in path[:-1]
    ]
    return " › ".join([*outer, path[-1]])
