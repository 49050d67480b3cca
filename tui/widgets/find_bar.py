"""The bar above the prompt that finds words in the conversation."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from tui.actions import Where, bindings_of, keys_of
from tui.background import in_background
from tui.exchange import Exchange
from tui.finding import Finder, Findings, Superseded
from tui.notices import notice_of
from tui.printable import printable
from tui.widgets.conversation import Conversation
from tui.widgets.plain_input import PlainInput

PAUSE = 0.1
"""Seconds without a key after which what is typed is looked for."""

MOST_CHARACTERS = 200
"""The longest text that is looked for."""


class FindBar(Horizontal):
    """Finds what is typed in all turns of the conversation, and goes from one match to the next."""

    PLACE: ClassVar[Where] = "find"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("find")]

    DEFAULT_CSS = """
    FindBar {
        height: 1; padding: 0 2; display: none; background: $panel;

        #find-label { width: auto; text-style: bold; }
        #find-text { width: 1fr; background: $panel; }
        #find-count { width: auto; color: $text-muted; padding-left: 1; }
    }
    """

    class Closed(Message):
        """Nothing is looked for any more."""

    class Sought(Message, bubble=False):
        """The so-many-th search of this bar is done."""

        def __init__(self, number: int, findings: Findings) -> None:
            super().__init__()
            self.number = number
            self.findings = findings

    class SeekingFailed(Message, bubble=False):
        """A search of this bar failed, which nobody foresaw."""

        def __init__(self, error: Exception) -> None:
            super().__init__()
            self.error = error

    def __init__(self, conversation: Conversation) -> None:
        super().__init__()
        self._conversation = conversation
        self._finder = Finder()
        self._findings = Findings()
        self._at = 0
        """Which of the matches one is at."""
        self._started_at: Exchange | None = None
        """Where one read when the bar was opened: the first match is looked for from there."""
        self._number = 0
        self._box = PlainInput(
            placeholder="in this conversation", most=MOST_CHARACTERS, left=keys_of("find"), id="find-text"
        )
        self._count = Static(id="find-count", markup=False)

    def compose(self) -> ComposeResult:
        """What is looked for, and how often it is there."""
        yield Static("Find ", id="find-label")
        yield self._box
        yield self._count

    @property
    def position(self) -> int:
        """Which of the matches one is at, from 0."""
        return self._at

    # -- what can be done

    def open(self, text: str | None = None, start: Exchange | None = None) -> None:
        """Be there to type in, with a text to look for from an exchange on, if they are given."""
        self.display = True
        self._started_at = start or self._conversation.reads
        if text is not None and text != self._box.value:
            self._box.value = text  # which is looked for as if it were typed
        else:
            self._seek()
        self._box.focus()
        self._box.action_select_all()

    async def close(self) -> None:
        """Look for nothing, and be gone."""
        if self.display:
            self.display = False
            self._number += 1
            self._findings = Findings()
            self._finder = Finder()
            await self._conversation.find(None, None)

    async def action_close_find(self) -> None:
        """Go back to the prompt."""
        await self.close()
        self.post_message(self.Closed())

    async def action_find(self, by: int) -> None:
        """Go to the match before or after; behind the last one comes the first."""
        if matches := self._findings.matches:
            self._at = (self._at + by) % len(matches)
            await self._show()

    # -- looking

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look for what is typed, after a pause."""
        event.stop()
        self._number += 1
        number = self._number
        self.set_timer(PAUSE, lambda: self._seek() if number == self._number else None)

    def _seek(self) -> None:
        if not self.display:
            return
        self._number += 1
        number, finder, text = self._number, self._finder, self._box.value
        exchanges = tuple(self._conversation.exchanges)
        if text.strip():
            self._count.update("looking…")

        def seek() -> Message:
            try:
                return self.Sought(number, finder.find(exchanges, text, lambda: number == self._number))
            except Superseded:
                return self.Sought(number, Findings())

        in_background(self, seek, self.SeekingFailed)

    async def on_find_bar_sought(self, message: Sought) -> None:
        """Show the first match from where one reads, unless something else is looked for by now."""
        if message.number == self._number:
            self._findings = message.findings
            self._at = self._nearest()
            await self._show()

    def on_find_bar_seeking_failed(self, message: SeekingFailed) -> None:
        """Say what went wrong."""
        self._count.update(printable(notice_of(message.error).text, lines=False))

    def _nearest(self) -> int:
        exchanges, matches = self._conversation.exchanges, self._findings.matches
        if self._started_at is None or self._started_at not in exchanges or not matches:
            return 0
        places = {exchange: place for place, exchange in enumerate(exchanges)}
        start = places[self._started_at]
        later = (i for i, match in enumerate(matches) if places.get(match.exchange, -1) >= start)
        return next(later, len(matches) - 1)

    async def _show(self) -> None:
        found, matches = self._findings, self._findings.matches
        if not matches:
            self._count.update("nothing found" if self._box.value.strip() else "")
        else:
            what = "its words: " if found.as_words else ""
            self._count.update(f"{what}{self._at + 1:,} of {len(matches):,}")
        await self._conversation.find(found.wanted, matches[self._at] if matches else None)
