"""A list of rows, one line each, of which only those that are seen are drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from tui.printable import printable

_POINTER, _ROOM = "› ", "  "
"""What stands before the highlighted row and before the others: colour alone would not say it."""

Row = TypeVar("Row")


class RowList(ScrollView, Generic[Row], can_focus=True):
    """Shows rows of any kind by the text that `draw` makes of each for a width in columns.

    Ten thousand rows cost no more than those in the window.
    """

    DEFAULT_CSS = """
    RowList {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;

        & > .row-list--highlighted { background: $surface-lighten-2; text-style: bold; }
        &:focus > .row-list--highlighted { background: $primary 40%; text-style: bold; }
        & > .row-list--empty { color: $text-muted; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"row-list--highlighted", "row-list--empty"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("pageup", "move_page(-1)", "A page up", show=False),
        Binding("pagedown", "move_page(1)", "A page down", show=False),
        Binding("home", "move_to(0)", "First", show=False),
        Binding("end", "move_to(-1)", "Last", show=False),
    ]

    at: reactive[int] = reactive(0)
    """Which row is highlighted."""

    class Highlighted(Message):
        """Another row is highlighted, or the rows are others."""

    class Chosen(Message):
        """The highlighted row was clicked."""

    class LeftAbove(Message):
        """Somebody went up from the first row."""

    def __init__(self, draw: Callable[[Row, int], str], *, empty: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self._draw = draw
        self._empty = empty
        self._rows: Sequence[Row] = ()

    @property
    def rows(self) -> Sequence[Row]:
        """The rows from the first to the last."""
        return self._rows

    @property
    def highlighted(self) -> Row | None:
        """The highlighted row, None where there is none."""
        return self._rows[self.at] if self.at < len(self._rows) else None

    def show(self, rows: Sequence[Row], at: int = 0, *, empty: str | None = None) -> None:
        """Show other rows and highlight one of them; `empty` is said where there are none."""
        self._rows = rows
        if empty is not None:
            self._empty = empty
        self.virtual_size = Size(self.size.width, max(1, len(rows)))
        self.set_reactive(RowList.at, max(0, min(at, len(rows) - 1)))
        self._see()
        self.refresh()
        self.post_message(self.Highlighted())

    def redraw(self) -> None:
        """Draw the rows again, since what they say is different."""
        self.refresh()

    def validate_at(self, at: int) -> int:
        """Stay within the rows."""
        return max(0, min(at, len(self._rows) - 1))

    def watch_at(self) -> None:
        """Bring the highlighted row into view."""
        self._see()
        self.refresh()
        self.post_message(self.Highlighted())

    def _see(self) -> None:
        self.scroll_to_region(Region(0, self.at, 1, 1), animate=False, force=True, immediate=True)

    def on_resize(self) -> None:
        """Fill the new width."""
        self.virtual_size = Size(self.size.width, max(1, len(self._rows)))
        self._see()

    def render_line(self, y: int) -> Strip:
        """One row, or what is said where there are none."""
        number, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        if not self._rows and number == 0:
            return self._strip(_ROOM + self._empty, "row-list--empty", width)
        if number >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        is_here = number == self.at
        text = self._draw(self._rows[number], max(0, width - len(_ROOM)))
        component = "row-list--highlighted" if is_here else ""
        return self._strip((_POINTER if is_here else _ROOM) + text, component, width)

    def _strip(self, text: str, component: str, width: int) -> Strip:
        style = self.get_visual_style(component) if component else self.visual_style
        content = Content(printable(text, lines=False)).truncate(width, ellipsis=True)
        strips = Visual.to_strips(self, content, width, 1, style)
        return strips[0] if strips else Strip.blank(width, style.rich_style)

    def action_move(self, by: int) -> None:
        """To a row nearby."""
        if by < 0 and self.at == 0:
            self.post_message(self.LeftAbove())
        self.at += by

    def action_move_page(self, direction: int) -> None:
        """A window full of rows back or on."""
        self.at += direction * max(1, self.size.height - 1)

    def action_move_to(self, row: int) -> None:
        """To the first or the last row."""
        self.at = row if row >= 0 else len(self._rows)

    async def _on_click(self, event: events.Click) -> None:
        row = event.get_content_offset(self)
        if row is None:
            return
        number = row.y + self.scroll_offset.y
        if number < len(self._rows):
            self.at = number
            self.post_message(self.Chosen())
