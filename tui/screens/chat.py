"""The conversation beside its source, and the prompt that carries it on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Footer, Input

from tui.actions import Where, bindings_of
from tui.cited import CitedPlace
from tui.collecting import Collecting
from tui.exchange import Exchange
from tui.notices import Notice
from tui.taking import Taking
from tui.talks import Talks
from tui.widgets.conversation import Conversation
from tui.widgets.find_bar import FindBar
from tui.widgets.prompt import MOST_CHARACTERS, Prompt
from tui.widgets.scope_line import ScopeLine
from tui.widgets.source import SourcePane
from tui.widgets.source_view import SourceView
from tui.widgets.status import StatusLine
from tui.widgets.turn import Turn

if TYPE_CHECKING:
    from assistant.service import Assistant

NARROW, WIDE = "-narrow", "-wide"
TWO_PANES = 100
"""Columns from which conversation and source stand beside each other: each then has lines of about 48
characters, the shortest that read well."""


class ChatScreen(Talks, Collecting, Taking, Screen[None]):
    """The conversation on the left, what it cites on the right; where there is no room, one at a time."""

    PLACE: ClassVar[Where] = "chat"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("chat")]
    HORIZONTAL_BREAKPOINTS = [(0, NARROW), (TWO_PANES, WIDE)]  # noqa: RUF012 (Textual reads them from the class and the instance)
    VERTICAL_BREAKPOINTS = [(0, "-short"), (12, "-tall")]  # noqa: RUF012

    DEFAULT_CSS = """
    ChatScreen {
        #panes { height: 1fr; }
        Conversation { width: 1fr; }
        SourcePane { width: 1fr; display: none; }
        &.-reading SourcePane { display: block; }
        &.-reading.-narrow Conversation { display: none; }
        &.-short Footer, &.-short StatusLine, &.-short ScopeLine { display: none; }
        &.-short Prompt, &.-short Prompt:focus { border: none; min-height: 1; max-height: 2; }
        &.-short SourcePane { border: none; }
        &.-short SourcePane #heading { display: none; }
    }
    """

    def __init__(
        self,
        open_assistant: Callable[[], Assistant],
        question: str | None = None,
        *,
        conversation_id: str | None = None,
        go_on: bool = False,
    ) -> None:
        super().__init__()
        self.set_up(open_assistant, question, conversation_id, go_on)
        self.conversation = Conversation()
        self.find_bar = FindBar(self.conversation)
        self.prompt = Prompt()
        self.source = SourcePane()
        self._status = StatusLine()
        self.scope_line = ScopeLine()
        self._chosen: tuple[Exchange, int] | None = None
        """The citation that is being read: whose it is, and which of its places."""

    def compose(self) -> ComposeResult:
        """Name and status above, conversation and source, the prompt, the keys."""
        yield self._status
        yield self.scope_line
        with Horizontal(id="panes"):
            yield self.conversation
            yield self.source
        yield self.find_bar
        yield self.prompt
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Typing goes to the prompt from the first key on."""
        self.prompt.focus()

    def share_window(self, source_width: int) -> None:
        """Give the source so many percent of a window that has room for both."""
        self.conversation.styles.width = f"{100 - source_width}fr"
        self.source.styles.width = f"{source_width}fr"

    @property
    def is_reading(self) -> bool:
        """Whether the source is there."""
        return self.has_class("-reading")

    @property
    def reading(self) -> tuple[CitedPlace, Exchange | None] | None:
        """The place that is read, with the exchange that cites it if one does."""
        place = self.source.reading if self.is_reading else None
        if place is None:
            return None
        exchange = self._chosen[0] if self._chosen and place in self._chosen[0].places else None
        return place, exchange

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done: the source is not opened from within."""
        return not (action == "read_source" and self.is_reading and self.source.has_focus_within)

    # -- the prompt

    async def on_prompt_submitted(self, event: Prompt.Submitted) -> None:
        """Take a question, and show where its answer will be."""
        if self.has_class(NARROW):
            self._close_source()
        self._mark(None)
        self._chosen = None  # the citations and the search that come next are those of its answer
        await self.take(event.question)

    def on_prompt_too_long(self, event: Prompt.TooLong) -> None:
        """Say that what was pasted is no question."""
        text = f"It has {event.characters:,} characters; the prompt takes {MOST_CHARACTERS:,}."
        self.tell(Notice("Too long to paste", text, "warning"))

    def on_paste(self, event: events.Paste) -> None:
        """Have what is pasted beside the prompt in it: nowhere else does it make sense."""
        if not self.prompt.has_focus and not isinstance(self.focused, Input):
            self.prompt.focus()
            self.prompt.post_message(events.Paste(event.text))

    def action_edit_search(self) -> None:
        """Put what was searched for into the prompt, to be changed and asked again."""
        exchange = self._chosen[0] if self._chosen else self._last(lambda e: e.answer is not None)
        if exchange is None or exchange.answer is None:
            self.notify("Nothing was searched for yet.")
            return
        if draft := self.prompt.text.strip():
            self.prompt.note(draft)  # ↑ has it
        self.prompt.put(exchange.answer.searched_for or exchange.question)
        self.prompt.border_title = "Edit the search: Enter runs it"
        self.prompt.focus()

    # -- reading

    def on_turn_place_chosen(self, message: Turn.PlaceChosen) -> None:
        """Open the place that a link leads to."""
        self.read(message.exchange, message.position)

    def action_read_source(self) -> None:
        """Open the citation that was read last, or the first of the last answer that has one."""
        chosen = self._chosen or self._first_of(self._last(lambda e: bool(e.places)))
        if chosen is None:
            self.notify("There is no answer yet that cites anything.")
        else:
            self.read(*chosen)

    def action_step(self, by: int) -> None:
        """Read another citation of the same answer."""
        if self._chosen is None:
            self.action_read_source()
            return
        exchange, position = self._chosen
        # at the ends, back to what is cited for who has read on
        self.read(exchange, min(max(position + by, 0), len(exchange.places) - 1))

    async def action_answer(self, by: int) -> None:
        """Read the first citation of the answer before or after; of the last where none was read."""
        cited = [exchange for exchange in self.conversation.exchanges if exchange.places]
        chosen = self._chosen[0] if self._chosen else None
        at = cited.index(chosen) + by if chosen in cited else len(cited) - 1
        if 0 <= at < len(cited):
            await self.conversation.reveal(cited[at])
            self.read(cited[at], 0)

    def read(self, exchange: Exchange, position: int) -> None:
        """Show a place that an answer leads to, and mark in the answer which one it is."""
        if self.assistant is None:
            return
        self._mark(None)
        self._chosen = (exchange, position)
        self.add_class("-reading")
        self.source.show(self.assistant, exchange.places[position], position, len(exchange.places))
        self.source.focus()
        self._mark(position)

    def open_source(self, name: str, pinpoint: str | None = None) -> None:
        """Open a document by symbol or slug, at a pinpoint or at its beginning."""
        if self.assistant is None:
            return
        self._mark(None)
        self.add_class("-reading")
        self.source.open_document(self.assistant, name, pinpoint)
        self.source.focus()

    def _mark(self, position: int | None) -> None:
        turn = self._chosen and self.conversation.turn_of(self._chosen[0])
        if turn and (block := turn.mark(position)):
            self.conversation.call_after_refresh(self.conversation.scroll_to_widget, block, animate=False)

    def action_find(self) -> None:
        """Find words in the conversation, which comes back where the source had its place."""
        if self.has_class(NARROW):
            self._close_source()
        super().action_find()

    def _close_source(self) -> None:
        self._mark(None)
        self.remove_class("-reading")
        self.prompt.focus()

    async def forget_reading(self) -> None:
        """Read nothing, since another conversation begins."""
        self._close_source()
        self._chosen = None

    @staticmethod
    def _first_of(exchange: Exchange | None) -> tuple[Exchange, int] | None:
        return None if exchange is None else (exchange, 0)

    def _last(self, wanted: Callable[[Exchange], bool]) -> Exchange | None:
        return next(filter(wanted, reversed(self.conversation.exchanges)), None)

    # -- moving about

    def action_back(self) -> None:
        """Stop the answer; else go back to the prompt; else close the source."""
        if self.stop():
            return
        if self.prompt.has_focus or self.has_class(NARROW):
            self._close_source()
        else:
            self.prompt.focus()

    def action_other_pane(self) -> None:
        """Move the focus from prompt to conversation to source, as far as they are there."""
        panes = [pane for pane in (self.prompt, self.conversation, self.source) if pane.display]
        at = next((i for i, pane in enumerate(panes) if pane.has_focus_within), -1)
        panes[(at + 1) % len(panes)].focus()

    @property
    def _pane(self) -> Conversation | SourceView:
        """What is scrolled from the keyboard."""
        hidden = self.is_reading and self.has_class(NARROW)
        return self.source.view if self.source.has_focus_within or hidden else self.conversation

    def action_scroll_page(self, direction: int) -> None:
        """Scroll a page back or on."""
        if direction < 0:
            self._pane.scroll_page_up()
        else:
            self._pane.scroll_page_down()

    async def action_scroll_to_edge(self, direction: int) -> None:
        """Scroll to the first question or the last answer."""
        await self.conversation.go_to_edge(direction)
