"""The text of the source: a whole document of which only the rows in sight are painted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from tui.cited import Marks
from tui.source_rows import MARGIN, Row, SourceRows

_ABOVE = 4  # of so many parts of the window, one stays above what is gone to
_BAR = "▌ "
_UNKNOWN = 80  # columns, as long as the window has not made room for it


class SourceView(ScrollView, can_focus=True):
    """Paints the rows of a document, and keeps the place that is read in sight."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "source--title",
        "source--heading",
        "source--note",
        "source--mark",
        "source--bar",
        "source--quoted",
    }
    DEFAULT_CSS = """
    SourceView {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        pointer: text;

        .source--title { text-style: bold; }
        .source--heading { text-style: bold; color: $text-primary; }
        .source--note { color: $text-muted; }
        .source--mark { text-style: bold; }
        .source--bar { color: $text-accent; text-style: bold; }
        .source--quoted { text-style: bold; }
    }
    """

    class Moved(Message):
        """Other rows are in sight."""

    class LineClicked(Message):
        """A line was clicked."""

        def __init__(self, line: int) -> None:
            super().__init__()
            self.line = line

    def __init__(self) -> None:
        super().__init__()
        self._rows: SourceRows | None = None
        self._marks = Marks()
        self._strips: dict[int, Strip] = {}
        """The rows that have been painted since anything about them changed."""
        self._begins = False
        """Whether a document was shown before there was room for it."""

    # -- what is shown

    @property
    def rows(self) -> SourceRows | None:
        """The document in rows, once there is one."""
        return self._rows

    @property
    def marks(self) -> Marks:
        """What is marked in it."""
        return self._marks

    @property
    def columns(self) -> int:
        """How wide rows are."""
        return self.scrollable_content_region.width or _UNKNOWN

    def show(self, rows: SourceRows | None, marks: Marks) -> None:
        """Show another document, or none, and go to what is marked in it."""
        self._set_rows(rows and rows.rewrapped(self.columns))
        self._mark(marks)
        self._begins = self.size.width == 0
        self.scroll_to(y=0, animate=False)
        self.go_to_marks()

    def mark(self, marks: Marks) -> None:
        """Mark something else in the same document, and move only as far as it takes to see it."""
        self._mark(marks)
        self.go_to_marks()

    def go_to_marks(self) -> None:
        """Bring what is marked in sight: all of it, or the last of it where there is no room."""
        if self._rows is None or not self._marks.lines:
            return
        first = self._rows.rows_of(min(self._marks.lines))[0]
        last = self._rows.rows_of(max(self._marks.lines))[-1]
        if self._sees(first) and self._sees(last):
            return
        if last - first >= self._height:
            last_line = max(self._marks.quoted or self._marks.lines)
            offset = self._marks.quoted[last_line][-1][0] if self._marks.quoted else 0
            first = self._rows.row_at(last_line if self._marks.quoted else min(self._marks.lines), offset)
        room = max(0, self._height - (last - first + 1)) if last >= first else 0
        self.scroll_to(y=first - min(room, self._height // _ABOVE), animate=False)

    def go_to_line(self, line: int) -> None:
        """Bring a line to the top."""
        if self._rows is not None:
            self.scroll_to(y=self._rows.rows_of(line)[0], animate=False)

    @property
    def line_in_sight(self) -> int | None:
        """The line that is read: the first that is marked if it is in sight, else the one at the top."""
        if self._rows is None or not self._rows.rows:
            return None
        if self._marks.lines:
            marked = self._rows.rows_of(min(self._marks.lines))[0]
            if self._sees(marked):
                return self._rows.rows[marked].line
        return self._rows.rows[min(self._top, len(self._rows.rows) - 1)].line

    @property
    def are_marks_in_sight(self) -> bool:
        """Whether any row of what is marked can be seen."""
        if self._rows is None:
            return False
        return any(self._sees(row) for line in self._marks.lines for row in self._rows.rows_of(line))

    @property
    def _top(self) -> int:
        return round(self.scroll_y)

    @property
    def _height(self) -> int:
        return max(1, self.scrollable_content_region.height)

    def _sees(self, row: int) -> bool:
        return self._top <= row < self._top + self._height

    def _set_rows(self, rows: SourceRows | None) -> None:
        self._rows = rows
        self._strips.clear()
        self.virtual_size = Size(self.columns, len(rows.rows) if rows else 0)
        self.refresh()

    def _mark(self, marks: Marks) -> None:
        self._marks = marks
        self._strips.clear()
        self.refresh()
        self.post_message(self.Moved())

    # -- what happens to it

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell that something else is in sight."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.post_message(self.Moved())

    def on_resize(self, event: events.Resize) -> None:
        """Wrap the rows anew, and keep what is read where it is in the window."""
        self.post_message(self.Moved())
        if self._rows is None:
            return
        keeps_marks = self.are_marks_in_sight
        if self._rows.width != self.columns:
            at = self._rows.rows[min(self._top, len(self._rows.rows) - 1)]
            rows = self._rows.rewrapped(self.columns)
            self._set_rows(rows)
            self.scroll_to(y=rows.row_at(at.line, at.start), animate=False)
        if self._begins and self.size.width:
            self._begins = False
            self.scroll_to(y=0, animate=False)
            self.go_to_marks()
        elif keeps_marks:
            self.go_to_marks()

    def notify_style_update(self) -> None:
        """Paint anew in another theme."""
        super().notify_style_update()
        self._strips.clear()

    def selection_updated(self, selection: Selection | None) -> None:
        """Paint what is selected."""
        self._strips.clear()
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Tell which line was clicked, unless words were selected."""
        offset = event.get_content_offset(self)
        if self._rows is None or offset is None or self.screen.get_selected_text():
            return
        row = self._top + offset.y
        if row < len(self._rows.rows):
            self.post_message(self.LineClicked(self._rows.rows[row].line))

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The words that are selected with the mouse, the lines of the document as lines."""
        if self._rows is None:
            return None
        lines: dict[int, tuple[str, int, int]] = {}
        for y, row in enumerate(self._rows.rows):
            span = selection.get_span(y)
            if span is None or row.is_empty:
                continue
            prefix = self._rows.prefix(row)
            start, end = _in_row(span, MARGIN + len(prefix), row)
            is_whole = row.start == 0 and span[0] < MARGIN + len(prefix)
            known = lines.get(row.line, (prefix.lstrip() if is_whole else "", start, end))
            lines[row.line] = (*known[:2], end)
        texts = (mark + self._rows.texts[line][start:end] for line, (mark, start, end) in lines.items())
        return "\n".join(text for text in texts if text), "\n"

    # -- painting

    def render_line(self, y: int) -> Strip:
        """One row of the window."""
        at = self._top + y
        if self._rows is None or at >= len(self._rows.rows):
            return Strip.blank(self.size.width, self.rich_style)
        if at not in self._strips:
            self._strips[at] = self._strip(at, self._rows)
        return self._strips[at]

    def _strip(self, at: int, rows: SourceRows) -> Strip:
        row = rows.rows[at]
        line = rows.document.lines[row.line]
        style = self.rich_style
        if line.kind != "text":
            style += self.get_component_rich_style(f"source--{line.kind}", partial=True)
        is_marked = row.line in self._marks.lines and (not row.is_empty or row.line - 1 in self._marks.lines)
        bar = self.get_component_rich_style("source--bar", partial=True)
        prefix = "" if row.is_empty else rows.prefix(row)
        segments = [
            Segment(_BAR if is_marked else " " * MARGIN, self.rich_style + bar),
            Segment(prefix, style + self.get_component_rich_style("source--mark", partial=True)),
        ]
        if not row.is_empty:
            segments += self._words(at, row, rows.texts[row.line], style, MARGIN + len(prefix))
        strip = Strip(segment for segment in segments if segment.text)
        return strip.adjust_cell_length(self.size.width, self.rich_style).apply_offsets(0, at)

    def _words(self, at: int, row: Row, text: str, style: Style, before: int) -> Iterator[Segment]:
        """The words of a row, cut where what is quoted or selected begins and ends."""
        looks = [
            (start, end, self.get_component_rich_style("source--quoted", partial=True))
            for start, end in self._marks.quoted.get(row.line, ())
        ]
        selection = self.text_selection
        if selection is not None and (span := selection.get_span(at)) is not None:
            selected = self.screen.get_component_rich_style("screen--selection")
            looks.append((*_in_row(span, before, row), selected))
        cuts = {row.start, row.end, *(cut for start, end, _ in looks for cut in (start, end))}
        inside = sorted(cut for cut in cuts if row.start <= cut <= row.end)
        for start, end in pairwise(inside):
            looked = [look for first, last, look in looks if first <= start and end <= last]
            yield Segment(text[start:end], Style.combine([style, *looked]))


def _in_row(span: tuple[int, int], before: int, row: Row) -> tuple[int, int]:
    """Characters of a line, of a selection that counts the characters of the whole row."""
    start, end = span
    last = row.end if end < 0 else min(row.end, row.start + end - before)
    return row.start + max(0, start - before), max(row.start, last)
