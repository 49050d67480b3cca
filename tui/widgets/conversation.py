"""The turns of the conversation, one below the other."""

from __future__ import annotations

from asyncio import Lock
from collections.abc import Iterator, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.actions import key_display
from tui.exchange import Exchange
from tui.finding import Match, Wanted
from tui.widgets.turn import Turn
from tui.wording import counted

AT_ONCE = 12
"""How many turns of a long conversation are on the screen at first: more than a window shows, and few enough
to be there at once."""

FURTHER = 6
"""How many more come with each look further back or on."""

AT_MOST = 36
"""How many stay on the screen: as many others go, on the far side."""

_ROOM_FOR_NEWS = 5
"""Rows from which one can be spared to say that there is something new."""

ENOUGH = 12_000
"""Characters of turns that are more than a window shows, so that fewer turns do where they are long: lines
have at most 100, and a window of 50 rows has room for 5,000."""

_WELCOME = (
    "Ask what the documents say. Every statement of an answer is quoted from a numbered paragraph, "
    "and Ctrl+O opens it in its document.\n\n"
    "For example: what did the Committee say about extradition?\n\n"
    "F9 adds documents of yours, F1 tells what the keys do, Ctrl+P finds everything by name."
)


class Conversation(VerticalScroll):
    """A log that follows what is new only while its reader is at the end of it.

    Of a long conversation only the turns around the reader are there; others come as one scrolls to them.
    """

    # a click is for links and words; typing goes on in the prompt, whose letters are keys here
    FOCUS_ON_CLICK = False

    DEFAULT_CSS = """
    Conversation {
        layers: turns above;
        padding: 1 1 0 0;
        border-left: blank;
        &:focus { border-left: outer $primary; }

        #welcome { color: $text-muted; max-width: 100; padding: 0 1; }
        .beyond { color: $text-muted; padding: 0 3; margin-bottom: 1; display: none; }
        #news {
            layer: above; dock: bottom; width: 100%; height: 1; padding: 0 2;
            display: none; text-align: right; text-wrap: nowrap; text-overflow: ellipsis;
            color: $text-accent; background: $panel; text-style: bold;
        }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._follows = True
        self._exchanges: list[Exchange] = []
        self._turns: dict[Exchange, Turn] = {}
        """The exchanges that are on the screen, in a row."""
        self._first = 0
        """The first exchange on the screen."""
        self._above = Static(classes="beyond", markup=False)
        self._below = Static(classes="beyond", markup=False)
        self._is_moving = False
        self._changing = Lock()
        """Held while turns come and go, which several tasks ask for: questions, windows, scrolling."""
        self._wanted: Wanted | None = None
        self._current: Match | None = None
        self._news = Static(id="news", markup=False)
        self._has_news = False
        """Whether something came since the reader was at the end."""

    def compose(self) -> ComposeResult:
        """What to do, until something is asked."""
        yield Static(_WELCOME, id="welcome", markup=False)
        yield self._above
        yield self._below
        yield self._news

    # -- what there is

    @property
    def exchanges(self) -> Sequence[Exchange]:
        """The whole conversation, oldest first."""
        return self._exchanges

    def turn_of(self, exchange: Exchange) -> Turn | None:
        """Where an exchange is on the screen, if it is."""
        return self._turns.get(exchange)

    async def show_all(self, exchanges: Sequence[Exchange]) -> None:
        """Show another conversation, at its end."""
        async with self._changing:
            with self.app.batch_update():
                await self._show_all(exchanges)
            self._to_end()

    async def _show_all(self, exchanges: Sequence[Exchange]) -> None:
        await self.query(Turn).remove()
        self._turns.clear()
        self._exchanges = list(exchanges)
        self._first = len(exchanges)
        self.query_one("#welcome").display = not exchanges
        await self._look_at(self._back_from(len(exchanges)), len(exchanges))

    async def add(self, exchange: Exchange) -> None:
        """Add an exchange and go to it: whoever asks wants to see the answer."""
        async with self._changing:
            was_at_end = self._end == len(self._exchanges)
            self._exchanges.append(exchange)
            end = len(self._exchanges)
            self.query_one("#welcome").display = False
            await self._look_at(self._first if was_at_end else self._back_from(end), end)
            self._to_end()

    async def reveal(self, exchange: Exchange) -> Turn | None:
        """Have an exchange on the screen, with those around it; None where it is gone."""
        async with self._changing:
            if exchange not in self._exchanges:
                return None
            index = self._exchanges.index(exchange)
            if not self._first <= index < self._end:
                await self._look_at(self._back_from(index), self._on_from(index))
            turn = self._turns[exchange]
        self._follows = False
        self.call_after_refresh(self.scroll_to_widget, turn, top=True, animate=False)
        return turn

    async def go_to_edge(self, direction: int) -> None:
        """Go to the first question or to the last answer."""
        async with self._changing:
            if direction < 0:
                if self._first > 0:
                    await self._look_at(0, self._on_from(0))
                self._follows = False
                self.call_after_refresh(self.scroll_home, animate=False)
            else:
                if self._end < len(self._exchanges):
                    await self._look_at(self._back_from(len(self._exchanges)), len(self._exchanges))
                self._to_end()

    @property
    def _end(self) -> int:
        """One beyond the last exchange on the screen."""
        return self._first + len(self._turns)

    def _back_from(self, end: int) -> int:
        """From which turn on, up to an end, there is more than a window shows."""
        return end - _enough(reversed(self._exchanges[max(0, end - AT_ONCE) : end]))

    def _on_from(self, first: int) -> int:
        """Up to which turn, from a first one on, there is more than a window shows."""
        return first + _enough(iter(self._exchanges[first : first + AT_ONCE]))

    async def _look_at(self, first: int, end: int) -> None:
        """Have just these exchanges on the screen."""
        first, end = max(0, first), min(end, len(self._exchanges))
        wanted = self._exchanges[first:end]
        gone = [self._turns.pop(exchange) for exchange in set(self._turns).difference(wanted)]
        stay = next((i for i, exchange in enumerate(wanted) if exchange in self._turns), len(wanted))
        before = {exchange: Turn(exchange) for exchange in wanted[:stay]}
        after = {e: Turn(e) for e in wanted[stay:] if e not in self._turns}
        with self.app.batch_update():
            for turn in gone:
                await turn.remove()
            await self.mount_all(before.values(), after=self._above)
            await self.mount_all(after.values(), before=self._below)
        if self._wanted is not None:
            for turn in (*before.values(), *after.values()):
                turn.find(self._wanted, self._current)
        self._turns = {e: before.get(e) or after.get(e) or self._turns[e] for e in wanted}
        self._first = first
        for side, number, words in (
            (self._above, first, "▲ {} · scroll up"),
            (self._below, len(self._exchanges) - end, "▼ {} · scroll down"),
        ):
            side.update(Content(words.format(counted(number, "more turn"))))
            side.display = number > 0

    async def _look_further(self, direction: int) -> None:
        """Bring more turns where the reader has come to an edge, without moving what is read."""
        async with self._changing:
            if not self._is_moving and self._turns:
                await self._bring_more(direction)

    async def _bring_more(self, direction: int) -> None:
        self._is_moving = True
        turns = list(self._turns.values())
        held = turns[0] if direction < 0 else turns[-1]
        offset = self.scroll_y - held.virtual_region.y
        if direction < 0:
            first = max(0, self._first - FURTHER)
            await self._look_at(first, min(self._end, first + AT_MOST))
        else:
            end = min(len(self._exchanges), self._end + FURTHER)
            await self._look_at(max(self._first, end - AT_MOST), end)
        self.call_after_refresh(self._hold, held, offset)

    def _hold(self, turn: Turn, offset: float) -> None:
        self.scroll_to(y=turn.virtual_region.y + offset, animate=False, force=True)
        self._is_moving = False

    # -- finding

    async def find(self, wanted: Wanted | None, current: Match | None) -> None:
        """Mark what is looked for in all turns, and go to the match one is at, if it is out of sight."""
        self._wanted, self._current = wanted, current
        for turn in self._turns.values():
            turn.find(wanted, current)
        if current is not None and current.exchange in self._exchanges:
            found = self._turns.get(current.exchange) or await self.reveal(current.exchange)
            if found is not None:
                await found.sync()  # the rest of a very long answer comes after its turn
                self.call_after_refresh(self._go_to_match, found, current)

    def _go_to_match(self, turn: Turn, match: Match) -> None:
        height = self.scrollable_content_region.height
        row = turn.virtual_region.y + turn.row_of(match)
        if not self.scroll_y <= row < self.scroll_y + height:
            self.scroll_to(y=row - height // 3, animate=False)

    # -- where the reader is

    @property
    def reads(self) -> Exchange | None:
        """The first exchange that is in sight."""
        return next(
            (e for e, turn in self._turns.items() if turn.virtual_region.bottom > self.scroll_y), None
        )

    @property
    def follows(self) -> bool:
        """Whether the reader is at the end, and so wants to see what is new."""
        return self._end == len(self._exchanges) and (self._follows or self.is_vertical_scroll_end)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Follow from where the reader scrolls to; what is added or resized does not move the reader."""
        super().watch_scroll_y(old_value, new_value)
        self._follows = new_value >= self.max_scroll_y
        self._has_news = self._has_news and not self.follows
        if new_value < old_value and new_value <= 0 and self._first > 0:
            self.call_next(self._look_further, -1)
        elif new_value > old_value and self._follows and self._end < len(self._exchanges):
            self.call_next(self._look_further, 1)
        self._tell_news()

    def _keep_end(self) -> None:
        if self._follows and not self._is_moving and self._end == len(self._exchanges):
            self.scroll_end(animate=False, immediate=True)

    def on_resize(self) -> None:
        """Keep the end in sight when the window changes."""
        if self._follows:
            self.scroll_end(animate=False)

    async def sync(self, exchange: Exchange) -> bool:
        """Show what has become of an exchange; False where the reader is elsewhere and stays there.

        A reader at the end sees all of a short answer, and the beginning of one that does not fit.
        """
        turn = self._turns.get(exchange)
        self._has_news = self._has_news or bool(exchange.markdown) or exchange.is_settled
        follows = turn is not None and self.follows
        if turn is not None:
            await turn.sync()
        if turn is not None and follows:
            self.call_after_refresh(self._go_to, turn)
        self.call_after_refresh(self._tell_news)
        return follows

    def _tell_news(self) -> None:
        """Say at the lower edge that there is something new below, until the reader has been there."""
        is_below = self.scroll_y < self.max_scroll_y or self._end < len(self._exchanges)
        if self._has_news and is_below and not self._news.display:
            keys = [
                b.binding.key for b in self.screen.active_bindings.values() if b.binding.id == "last_answer"
            ]
            self._news.update(Content(" · ".join(["▼ New below", *map(key_display, keys[:1])])))
        self._news.display = self._has_news and is_below and self.size.height >= _ROOM_FOR_NEWS

    def watch_virtual_size(self) -> None:
        """Keep the end in sight once what is added is laid out, and tell what is new."""
        if self._follows:
            self.call_after_refresh(self._keep_end)
        self.call_later(self._tell_news)

    async def on_click(self, event: events.Click) -> None:
        """Go to what is new."""
        if event.widget is self._news:
            await self.go_to_edge(1)

    def _go_to(self, turn: Turn) -> None:
        if turn.outer_size.height > self.scrollable_content_region.height:
            self._follows = False  # where nothing needs to scroll, no scrolling says so
            self._has_news = True
            self.scroll_to(y=turn.virtual_region.y, animate=False, immediate=True)
            self._tell_news()
        else:
            self.scroll_end(animate=False, immediate=True)

    def _to_end(self) -> None:
        self._follows = True
        self._has_news = False
        self.scroll_end(animate=False)


def _enough(exchanges: Iterator[Exchange]) -> int:
    """How many of them have more text than a window shows, if all together have so much."""
    number = characters = 0
    for exchange in exchanges:
        number += 1
        characters += len(exchange.question) + len(exchange.markdown)
        if characters >= ENOUGH:
            break
    return number
