"""A question before something that cannot be taken back."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from tui.actions import Where, bindings_of
from tui.printable import printable
from tui.screens.window import Modal


class ConfirmScreen(Modal[bool]):
    """Asks whether to do it; whoever only presses Enter has not said yes."""

    PLACE: ClassVar[Where] = "confirm"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("confirm")]

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (40, "-wide")]  # noqa: RUF012

    DEFAULT_CSS = """
    ConfirmScreen {
        align: center middle;

        #confirm {
            width: 92%; max-width: 70; height: auto; max-height: 100%; overflow-y: auto;
            border: round $error; background: $surface; padding: 0 1;
        }
        #answers { height: auto; align-horizontal: right; margin-top: 1; }
        &.-narrow #answers { layout: vertical; margin-top: 0; }
        Button { width: auto; min-width: 10; margin-left: 2; }
        Button:focus { text-style: bold reverse; }
    }
    """

    def __init__(self, title: str, question: str, yes: str) -> None:
        super().__init__()
        self._title = title
        self._question = question
        self._yes = yes

    def compose(self) -> ComposeResult:
        """The question, and Cancel before the other answer."""
        with Vertical(id="confirm") as window:
            window.border_title = Content(printable(self._title, lines=False))
            yield Static(Content(printable(self._question)), id="question")
            with Horizontal(id="answers"):
                yield Button("Cancel", id="cancel", compact=True)
                yield Button(Content(self._yes), id="yes", variant="error", compact=True)

    def on_mount(self) -> None:
        """Enter does no harm."""
        self.query_one("#cancel").focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Give the answer."""
        self.dismiss(event.button.id == "yes")
