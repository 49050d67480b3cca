"""The line at the top of the window."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from tui.printable import printable
from tui.wording import LOADING


class StatusLine(Horizontal):
    """The name of the program and the conversation, and what is held or being done."""

    DEFAULT_CSS = """
    StatusLine {
        height: 1;
        padding: 0 2;
        background: $panel;

        #name { width: auto; text-style: bold; }
        #talk { width: 1fr; padding: 0 2; text-wrap: nowrap; text-overflow: ellipsis; }
        #status {
            width: auto; max-width: 70%;
            color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis;
        }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._talk = Static(id="talk", markup=False)
        self._status = Static(LOADING, id="status", markup=False)

    def compose(self) -> ComposeResult:
        """The names on the left, the rest on the right."""
        yield Static("¶ Pilcrow", id="name")
        yield self._talk
        yield self._status

    def name_talk(self, title: str) -> None:
        """Say which conversation is open; empty where none is yet."""
        self._talk.update(Content(printable(title, lines=False)))

    def say(self, text: str) -> None:
        """Say something else."""
        self._status.update(text)
