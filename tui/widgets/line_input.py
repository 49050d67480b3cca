"""A line to type in, whose keys are those of the registry."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from tui.printable import printable

LONGEST_LINE = 4096
"""Characters that a line takes: as many as a path may have."""


class LineInput(Input):
    """Takes letters; Enter and the other keys go to the screen it is on."""

    DEFAULT_CSS = """
    LineInput, LineInput:focus { border: none; height: 1; padding: 0 1; background: $boost; }
    LineInput:focus { background: $primary 20%; }
    """

    def __init__(self, placeholder: str, *, value: str = "", id: str | None = None) -> None:
        super().__init__(value, placeholder, id=id, max_length=LONGEST_LINE)
        self._bindings.key_to_bindings.pop("enter", None)

    def _on_paste(self, event: events.Paste) -> None:
        """Take the first line that is pasted, and nothing in it that a terminal would obey."""
        event.prevent_default()
        lines = event.text.strip().splitlines()
        if lines:
            super()._on_paste(events.Paste(printable(lines[0])[:LONGEST_LINE]))
        event.stop()
