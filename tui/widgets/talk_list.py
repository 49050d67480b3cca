"""The list of conversations, a row each."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.css.styles import RulesMap
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Input, OptionList

from tui.printable import printable

_OPEN, _OTHER = "● ", "  "
_TURNS, _MOMENT = 12, 17  # columns: "99,999 turns" and "yesterday 14:02"
_LEAST = 16  # columns in which a title can still be told from others
_NEAR = 10  # rows from the end from which on the next page is read


class TalkRow(Visual):
    """The title of a conversation, cut to its room, with its number of turns and its time on the right.

    Behind the title stands where in the conversation something was found. Where number and time have no room
    beside the title, they stand below it.
    """

    def __init__(self, title: str, turns: str, moment: str, is_open: bool, found: str = "") -> None:
        self._title = Content((_OPEN if is_open else _OTHER) + printable(title, lines=False))
        self._found = Content(f"  {found}" if found else "").stylize("italic")
        self._told = Content(f"{turns:>{_TURNS}}  {moment:<{_MOMENT - 2}}")
        self._below = Content(f"{_OTHER}{turns} · {moment}")
        self._is_open = is_open

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """One line, or two where it is narrow."""
        title = self._title.stylize("bold") if self._is_open else self._title
        if not self._is_wide(width):
            return [_line(title, width, style, options), _line(self._below, width, style, options)]
        room = width - _TURNS - _MOMENT
        found = self._found.cell_length if self._found.cell_length <= room - _LEAST else 0
        parts = [(title, min(title.cell_length, room - found)), (self._found, found)]
        parts.append((Content(""), room - sum(width for _, width in parts)))
        parts.append((self._told, _TURNS + _MOMENT))
        return [Strip.join([_line(part, width, style, options) for part, width in parts if width])]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """What it takes without a cut."""
        return self._title.cell_length + _TURNS + _MOMENT

    def get_height(self, rules: RulesMap, width: int) -> int:
        """How many lines it takes."""
        return 1 if self._is_wide(width) else 2

    @staticmethod
    def _is_wide(width: int) -> bool:
        return width >= _LEAST + _TURNS + _MOMENT


class TalkList(OptionList):
    """Rows to choose from; typing and going up from the first row lead back to the box above."""

    DEFAULT_CSS = """
    TalkList, TalkList:focus { height: 1fr; border: none; padding: 0; background: $surface; }
    TalkList > .option-list--option { padding: 0; }
    """

    class NearEnd(Message):
        """The end of the list is near."""

    def __init__(self, box: Input) -> None:
        super().__init__(markup=False)
        self._bindings.key_to_bindings.pop("enter", None)  # the screen goes on, from box and list alike
        self._box = box

    def action_cursor_up(self) -> None:
        """Go up; from the first row, out of the list."""
        if self.highlighted:
            super().action_cursor_up()
        else:
            self._leave()

    def action_cursor_down(self) -> None:
        """Go down, and stop at the end: there the next page comes."""
        if self.highlighted is None or self.highlighted + 1 < self.option_count:
            super().action_cursor_down()

    def on_key(self, event: events.Key) -> None:
        """Leave letters and Backspace to the box, before the next key comes."""
        if event.is_printable and event.character:
            self._leave()
            self._box.insert_text_at_cursor(event.character)
        elif event.key == "backspace":
            self._leave()
            self._box.action_delete_left()
        else:
            return
        event.stop()

    def _leave(self) -> None:
        self.screen.set_focus(self._box)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Have more read before the end is reached."""
        super().watch_scroll_y(old_value, new_value)
        if new_value > old_value and new_value >= self.max_scroll_y - _NEAR:
            self.post_message(self.NearEnd())


def _line(content: Content, width: int, style: Style, options: RenderOptions) -> Strip:
    return content.truncate(width, ellipsis=True, pad=True).render_strips(width, 1, style, options)[0]
