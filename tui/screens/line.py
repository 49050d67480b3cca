"""Windows that ask one thing: for a line, or whether something shall be done."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from tui.printable import printable
from tui.widgets.line_input import LineInput


class LineScreen(ModalScreen[str | None]):
    """Asks for a line; Esc gives none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Go", tooltip="Take what is typed."),
        Binding("escape", "dismiss(None)", "Back", tooltip="Back to where you were."),
    ]
    DEFAULT_CSS = """
    LineScreen {
        align: center middle;

        #line { width: 60; max-width: 100%; height: auto; border: round $primary; background: $surface; }
    }
    """

    def __init__(self, title: str, placeholder: str) -> None:
        super().__init__()
        self._title = title
        self._input = LineInput(placeholder)

    def compose(self) -> ComposeResult:
        """The line, under what is asked for."""
        with Vertical(id="line") as window:
            window.border_title = Content(printable(self._title))
            yield self._input
        yield Footer(show_command_palette=False)

    def action_take(self) -> None:
        """Give the line back, unless it is empty."""
        if text := self._input.value.strip():
            self.dismiss(text)


class ConfirmScreen(ModalScreen[bool]):
    """Asks whether something that cannot be undone shall be done; only the letter y does it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "dismiss(True)", "Yes", tooltip="Do it."),
        Binding("n,escape,enter", "dismiss(False)", "No", tooltip="Leave it as it is."),
    ]
    DEFAULT_CSS = """
    ConfirmScreen {
        align: center middle;

        #confirm {
            width: 70; max-width: 100%; height: auto; max-height: 100%;
            border: round $error; background: $surface; padding: 0 1;
        }
    }
    """

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """What shall be done, and the two keys."""
        with Vertical(id="confirm") as window:
            window.border_title = Content(printable(self._title))
            yield Static(Content(printable(self._text)))
            yield Static(Content("\ny  yes     n, Esc  no"))
        yield Footer(show_command_palette=False)
