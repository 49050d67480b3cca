"""A line to type in, whose keys are those of the registry."""

from __future__ import annotations

from textual import events

from tui.widgets.plain_input import PlainInput

LONGEST_LINE = 4096
"""Characters that a line takes: as many as a path may have."""


class LineInput(PlainInput):
    """Takes letters, and of a paste the first line; Enter and ↑↓ go to the screen it is on."""

    DEFAULT_CSS = """
    LineInput, LineInput:focus { border: none; height: 1; padding: 0 1; background: $boost; }
    LineInput:focus { background: $primary 20%; }
    """

    def __init__(self, placeholder: str, *, id: str | None = None) -> None:
        super().__init__(
            placeholder=placeholder,
            most=LONGEST_LINE,
            left=("enter", "up", "down"),
            id=id,
            compact=False,
            select_on_focus=True,
        )

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        super()._on_paste(events.Paste(next(iter(event.text.strip().splitlines()), "")))
