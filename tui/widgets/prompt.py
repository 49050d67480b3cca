"""Where questions are typed."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.widgets import Input

from tui.keys import key


class Prompt(Input):
    """A line to type a question in; its frame says what goes on meanwhile."""

    DEFAULT_CSS = """
    Prompt, Prompt:focus {
        border: round $primary;
        background: $background;
        background-tint: initial;
        padding: 0 1;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "Enter", "submit", "Ask", "Ask the question that is typed.")
    ]

    def __init__(self) -> None:
        super().__init__(placeholder="Ask about the documents")
        self.border_title = "Ask"

    def give_back(self, question: str) -> None:
        """Put a question back to be asked again, unless something else is being typed."""
        if not self.value:
            self.value = question
            self.cursor_position = len(question)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys that turn pages to the conversation, which then shows them among its keys."""
        return action not in ("page_up", "page_down") and super().check_action(action, parameters)

    def on_paste(self, event: events.Paste) -> None:
        """Take all that is pasted, on one line; an input by itself would keep the first line only."""
        event.prevent_default()
        event.stop()
        self.replace(" ".join(event.text.split()), *self.selection)
