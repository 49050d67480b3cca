"""The conversation, and the prompt that carries it on."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Footer, Input

from assistant.errors import ConversationNotHeld
from tui.background import (
    Answered,
    AskingFailed,
    Opened,
    OpeningFailed,
    Progressed,
    ask_in_background,
    open_in_background,
)
from tui.cited import CitedPlace
from tui.keys import SCROLL, key
from tui.notices import Notice, notice_of
from tui.screens.citation import CitationScreen
from tui.widgets.conversation import Conversation
from tui.widgets.prompt import Prompt
from tui.widgets.status import StatusLine
from tui.widgets.turn import Turn
from tui.wording import LOADING, NOT_READY, held

if TYPE_CHECKING:
    from assistant.service import Assistant


class ChatScreen(Screen[None]):
    """Asks one question after the other, in the order they were typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+o", "Ctrl+O", "open_citation", "Citations", "Read what the last answer cites."),
        key("pageup", "PgUp", "scroll_page(-1)", "Up", "A page back.", group=SCROLL),
        key("pagedown", "PgDn", "scroll_page(1)", "Down", "A page on.", group=SCROLL),
        key("ctrl+home", "Ctrl+Home", "scroll_to_edge(-1)", "Start", "To the first question.", show=False),
        key("ctrl+end", "Ctrl+End", "scroll_to_edge(1)", "End", "To the last answer.", show=False),
    ]

    def __init__(self, open_assistant: Callable[[], Assistant], question: str | None = None) -> None:
        super().__init__()
        self.assistant: Assistant | None = None
        """The assistant, once it is open."""
        self.is_working = False
        """Whether the assistant is being opened or asked."""
        self._open_assistant = open_assistant
        self._first_question = question
        self._waiting: deque[Turn] = deque()
        """Turns without an answer; while the assistant is asked, it is asked the first."""
        self._conversation_id: str | None = None
        """The conversation that the next question goes on with, if one is kept."""
        self._state = LOADING
        """What is being opened, or what is held."""

        self._status = StatusLine()
        self._conversation = Conversation()
        self._prompt = Prompt()

    def compose(self) -> ComposeResult:
        """Name and status above, the conversation, the prompt, the keys."""
        yield self._status
        yield self._conversation
        yield self._prompt
        yield Footer(show_command_palette=False)

    async def begin(self) -> None:
        """Open the assistant, and ask the question that the chat was started with."""
        self._open()
        if self._first_question and self._first_question.strip():
            await self._take(self._first_question.strip())

    # -- asking

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take a question; an empty one is none."""
        question = event.value.strip()
        if question:
            self._prompt.clear()
            await self._take(question)

    async def _take(self, question: str) -> None:
        turn = Turn(question)
        self._waiting.append(turn)
        await self._conversation.add(turn)
        self._go_on()

    def _go_on(self) -> None:
        """Do what is next, if nothing is being done."""
        if self._waiting and not self.is_working:
            if self.assistant is None:
                self._open()
            else:
                self.is_working = True
                question = self._waiting[0].question
                ask_in_background(self, self.assistant, question, self._conversation_id)
        self._say_state()

    def _open(self) -> None:
        if not self.is_working:
            self.is_working = True
            self._state = LOADING
            open_in_background(self, self._open_assistant)
        self._say_state()

    # -- what comes back

    def on_progressed(self, message: Progressed) -> None:
        """Say how far the opening is."""
        self._state = f"Preparing the documents: {message.done:,} of {message.total:,} passages…"
        self._say_state()

    def on_opened(self, message: Opened) -> None:
        """Say what is held, and ask what was typed meanwhile."""
        self.assistant = message.assistant
        self.is_working = False
        self._state = held(message.documents, message.paragraphs)
        self._go_on()

    async def on_opening_failed(self, message: OpeningFailed) -> None:
        """Give every question back; the next one tries again."""
        self.is_working = False
        self._state = NOT_READY
        notice = notice_of(message.error)
        self._notify(notice)
        while self._waiting:
            await self._fail(notice)
        self._go_on()

    async def on_answered(self, message: Answered) -> None:
        """Show the answer, and ask what was typed meanwhile."""
        self.is_working = False
        self._conversation_id = message.answer.conversation_id
        turn = self._waiting.popleft()
        if not await self._conversation.settle(turn, turn.show_answer(message.answer)):
            self.notify("Ctrl+End goes there.", title="Answered below")
        self._go_on()

    async def on_asking_failed(self, message: AskingFailed) -> None:
        """Give the question back, and ask the next."""
        self.is_working = False
        if isinstance(message.error, ConversationNotHeld):  # deleted elsewhere: the next begins anew
            self._conversation_id = None
        notice = notice_of(message.error)
        self._notify(notice)
        await self._fail(notice)
        self._go_on()

    async def _fail(self, notice: Notice) -> None:
        turn = self._waiting.popleft()
        self._prompt.give_back(turn.question)
        await self._conversation.settle(turn, turn.show_failure(notice))

    def _notify(self, notice: Notice) -> None:
        self.notify(notice.text, title=notice.title, severity=notice.severity, timeout=15, markup=False)

    def _say_state(self) -> None:
        if self.assistant is None:
            status, frame, wait = self._state, "Ask", "Waiting until the documents can be searched…"
        elif self.is_working:
            status, frame, wait = f"{self._state} · answering…", "Answering… ask the next", "Answering…"
        else:
            status, frame, wait = f"{self._state} · ready", "Ask", ""
        self._status.say(status)
        self._prompt.border_title = frame
        for turn in self._waiting:
            turn.say_waiting(wait)
            wait = "Waiting for the answer above…"

    # -- reading

    def action_open_citation(self) -> None:
        """Open the first place of the last answer."""
        places = self._conversation.last_places
        if places:
            self._open_place(places, 0)
        else:
            self.notify("There is no answer yet that cites anything.")

    def on_turn_place_chosen(self, message: Turn.PlaceChosen) -> None:
        """Open the place that a link leads to."""
        self._open_place(message.places, message.position)

    def _open_place(self, places: tuple[CitedPlace, ...], position: int) -> None:
        if self.assistant is not None:
            self.app.push_screen(CitationScreen(self.assistant, places, position))

    def action_scroll_page(self, direction: int) -> None:
        """Scroll a page back or on."""
        if direction < 0:
            self._conversation.scroll_page_up()
        else:
            self._conversation.scroll_page_down()

    def action_scroll_to_edge(self, direction: int) -> None:
        """Scroll to the first question or the last answer."""
        if direction < 0:
            self._conversation.scroll_home()
        else:
            self._conversation.scroll_end()
