"""The line at the top of the window."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from tui.wording import LOADING


class StatusLine(Horizontal):
    """The name of the program, and what it holds or is doing."""

    DEFAULT_CSS = """
    StatusLine {
        height: 1;
        padding: 0 2;
        background: $panel;

        #name { width: auto; text-style: bold; }
        #status { width: 1fr; text-align: right; color: $text-muted; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._status = Static(LOADING, id="status", markup=False)

    def compose(self) -> ComposeResult:
        """The name on the left, the rest on the right."""
        yield Static("¶ Pilcrow", id="name")
        yield self._status

    def say(self, text: str) -> None:
        """Say something else."""
        self._status.update(text)
