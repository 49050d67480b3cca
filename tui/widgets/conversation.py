"""The turns of the conversation, one below the other."""

from __future__ import annotations

from collections.abc import Awaitable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from tui.cited import CitedPlace
from tui.widgets.turn import Turn

_WELCOME = (
    "Ask what the documents say. Every statement of an answer is quoted from a numbered paragraph, "
    "and Ctrl+O opens it.\n\n"
    "For example: what did the Committee say about extradition?"
)


class Conversation(VerticalScroll):
    """A log that follows what is new only while its reader is at the end of it."""

    DEFAULT_CSS = """
    Conversation {
        padding: 1 1 0 1;

        #welcome { color: $text-muted; max-width: 100; padding: 0 1; }
    }
    """

    # keys go to the prompt wherever one clicks; the screen has keys that scroll
    can_focus = False

    def compose(self) -> ComposeResult:
        """What to do, until something is asked."""
        yield Static(_WELCOME, id="welcome", markup=False)

    def __init__(self) -> None:
        super().__init__()
        self._follows = True

    @property
    def follows(self) -> bool:
        """Whether the reader is at the end, and so wants to see what is new."""
        return self._follows or self.is_vertical_scroll_end

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Follow from where the reader scrolls to; what is added or resized does not move the reader."""
        super().watch_scroll_y(old_value, new_value)
        self._follows = new_value >= self.max_scroll_y

    def on_resize(self) -> None:
        """Keep the end in sight when the window changes."""
        if self._follows:
            self.scroll_end(animate=False)

    @property
    def last_places(self) -> tuple[CitedPlace, ...]:
        """The places of the last answer that has any."""
        turns = reversed(list(self.query(Turn)))
        return next((turn.places for turn in turns if turn.places), ())

    async def add(self, turn: Turn) -> None:
        """Add a turn and go to it: whoever asks wants to see the answer."""
        await self.query("#welcome").remove()
        await self.mount(turn)
        self._follows = True
        self.scroll_end(animate=False)

    async def settle(self, turn: Turn, change: Awaitable[None]) -> bool:
        """Let a turn grow by its answer; False where the reader is elsewhere and stays there.

        A reader at the end sees all of a short answer, and the beginning of one that does not fit.
        """
        follows = self.follows
        await change
        if follows:
            self.call_after_refresh(self._go_to, turn)
        return follows

    def _go_to(self, turn: Turn) -> None:
        if turn.outer_size.height > self.scrollable_content_region.height:
            self._follows = False  # where nothing needs to scroll, no scrolling says so
            self.scroll_to(y=turn.virtual_region.y, animate=False)
        else:
            self.scroll_end(animate=False)
