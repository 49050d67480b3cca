"""Asking one question after the other: what the chat does between a question and its answer."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING

from textual.reactive import var

from assistant.errors import ConversationNotHeld
from tui.background import (
    Answered,
    AskingFailed,
    AskingStopped,
    Connected,
    Found,
    ModelLoaded,
    OpeningFailed,
    Progressed,
    Resumed,
    ResumingFailed,
    Streamed,
    ask_in_background,
    open_in_background,
    resume_in_background,
)
from tui.exchange import Exchange
from tui.notices import Notice, notice_of
from tui.telling import Telling
from tui.wording import LOADING, NOT_READY, held

if TYPE_CHECKING:
    from assistant.answer import AskRequest, Filters
    from assistant.service import Assistant
    from tui.widgets.conversation import Conversation
    from tui.widgets.prompt import Prompt
    from tui.widgets.status import StatusLine


class Asking(Telling):
    """Asks questions in the order they were typed, and shows what comes of them."""

    conversation: Conversation
    prompt: Prompt
    _status: StatusLine
    restriction: var[Filters | None] = var(None)
    """What the conversation is restricted to; None is nothing."""

    def set_up(
        self,
        open_assistant: Callable[[], Assistant],
        question: str | None,
        conversation_id: str | None,
        go_on: bool,
    ) -> None:
        """Say what to begin with."""
        self.assistant: Assistant | None = None
        """The assistant, once it is open."""
        self.is_ready = False
        """Whether its model is loaded."""
        self.is_working = False
        """Whether the assistant is being opened or asked, or a conversation is being read."""
        self._is_opening = self._is_reading = False
        self.conversation_id: str | None = None
        """The conversation that the next question goes on with, if one is kept."""
        self._open_assistant = open_assistant
        self._first_question = question
        self._resume: tuple[str | None] | None = (conversation_id,) if conversation_id or go_on else None
        """Which conversation to read next, the latest where it has no id."""
        self._waiting: deque[Exchange] = deque()
        """Exchanges without an answer; while the assistant is asked, it is asked the first."""
        self._stopped = Event()
        self._held = ""
        """What is held, once that is known."""
        self._state = LOADING
        """What is being opened, or what is held."""

    async def begin(self) -> None:
        """Open the assistant, and ask the question that the chat was started with."""
        self._open()
        if self._first_question and self._first_question.strip():
            question, self._first_question = self._first_question.strip(), None
            self.prompt.note(question)
            if self._resume is None:
                await self.take(question)
            else:
                self._first_question = question  # asked when the conversation is there

    # -- asking

    async def take(self, question: str) -> None:
        """Ask a question when those before it are answered, under the restriction that binds now."""
        self.prompt.note(question)
        await self._add(question)
        await self._go_on()

    async def _add(self, question: str) -> None:
        exchange = Exchange(question, restriction=self.restriction)
        self._waiting.append(exchange)
        await self.conversation.add(exchange)

    def stop(self) -> bool:
        """Stop the answer that is awaited, and give its question back; False where none is."""
        if not self._waiting:
            return False
        if self.is_working and self.is_ready and self._resume is None:
            self._stopped.set()  # the thread says when it is done
        else:
            self.call_next(self._settle_stopped)
        return True

    async def action_new_conversation(self) -> None:
        """Begin anew; what was said stays in the list of conversations."""
        if self._waiting:
            self.notify("Esc stops the answer that is being made.")
            return
        await self._show(None, [])

    async def _show(self, conversation_id: str | None, exchanges: list[Exchange]) -> None:
        await self.forget_reading()
        self.conversation_id = conversation_id
        await self.conversation.show_all(exchanges)
        self.prompt.remember([exchange.question for exchange in exchanges])

    async def forget_reading(self) -> None:
        """Read nothing, since another conversation begins."""

    def _request(self, exchange: Exchange) -> Callable[[], AskRequest]:
        """How a question is put: in this conversation, under the restriction it was sent with."""
        question, restriction = exchange.question, exchange.restriction
        conversation_id = self.conversation_id

        def request() -> AskRequest:
            from assistant.answer import AskRequest, Filters

            filters = restriction or Filters()
            return AskRequest(question=question, conversation_id=conversation_id, filters=filters)

        return request

    async def _go_on(self) -> None:
        """Do what is next, if nothing is being done."""
        if not self.is_working:
            if self.assistant is None or (self._waiting and not self.is_ready):
                if self._waiting or self._resume:
                    self._open()
            elif self._resume is not None:
                self._read(self.assistant, self._resume[0])
            elif self._waiting:
                self._ask(self.assistant, self._waiting[0])
        await self._say_state()

    def _ask(self, assistant: Assistant, exchange: Exchange) -> None:
        self.is_working = True
        self._stopped = Event()
        # what is kept, the store knows; on a folder that cannot be written, only we do
        known = (
            [e.answer for e in self.conversation.exchanges if e.answer] if not self.conversation_id else []
        )
        ask_in_background(self, assistant, self._request(exchange), known, self._stopped)

    def _open(self) -> None:
        if not self.is_working:
            self.is_working = self._is_opening = True
            self._state = LOADING
            open_in_background(self, self.assistant, self._open_assistant)

    def _read(self, assistant: Assistant, conversation_id: str | None) -> None:
        self.is_working = self._is_reading = True
        resume_in_background(self, assistant, conversation_id)

    # -- what comes back

    async def on_progressed(self, message: Progressed) -> None:
        """Say how far the opening is."""
        self._state = f"Preparing the documents: {message.done:,} of {message.total:,} passages…"
        await self._say_state()

    async def on_connected(self, message: Connected) -> None:
        """Say what is held; documents and conversations can be read already."""
        self.assistant = message.assistant
        self._state = f"{held(message.documents, message.paragraphs)} · {LOADING}"
        if self._resume is not None:
            self._read(message.assistant, self._resume[0])
        self._held = held(message.documents, message.paragraphs)
        await self._say_state()

    async def on_model_loaded(self, message: ModelLoaded) -> None:
        """Ask what was typed meanwhile."""
        self.is_ready = True
        self._is_opening, self.is_working = False, self._is_reading
        self._state = self._held
        await self._go_on()

    async def on_opening_failed(self, message: OpeningFailed) -> None:
        """Give every question back; the next one tries again."""
        self._is_opening, self.is_working = False, self._is_reading
        self._resume = None
        self._state = NOT_READY
        notice = notice_of(message.error)
        self.tell(notice)
        if self._first_question and not self._is_reading:
            question, self._first_question = self._first_question, None
            await self._add(question)
        while self._waiting:
            await self._fail(notice)
        await self._say_state()

    async def on_resumed(self, message: Resumed) -> None:
        """Show the conversation at its end, and ask what was asked of it."""
        self._resume = None
        self._is_reading, self.is_working = False, self._is_opening
        from assistant.restriction import given_filters

        conversation = message.conversation
        asked = list(self._waiting)
        if conversation.turns:
            self.restriction = given_filters(conversation.turns[-1].answer)
            for exchange in asked:  # sent before anybody could see what binds
                exchange.restriction = self.restriction
        exchanges = [Exchange(turn.answer.question, turn.answer) for turn in conversation.turns]
        await self._show(conversation.id, exchanges + asked)
        await self._begin_question()

    async def on_resuming_failed(self, message: ResumingFailed) -> None:
        """Say why the conversation is not there; what was asked of one that was named is given back."""
        is_named = self._resume is not None and self._resume[0] is not None
        self._resume = None
        self._is_reading, self.is_working = False, self._is_opening
        self.tell(notice_of(message.error))
        if is_named and self._first_question:  # an unknown id is never a new conversation
            self.prompt.give_back(self._first_question)
            self._first_question = None
        await self._begin_question()

    async def _begin_question(self) -> None:
        question, self._first_question = self._first_question, None
        if question:
            await self.take(question)
        else:
            await self._go_on()

    async def on_found(self, message: Found) -> None:
        """Show what was searched, before the answer is there."""
        self._waiting[0].found = message.retrieval
        await self.conversation.sync(self._waiting[0])

    async def on_streamed(self, message: Streamed) -> None:
        """Show the answer so far."""
        self._waiting[0].text = message.text
        await self.conversation.sync(self._waiting[0])

    async def on_answered(self, message: Answered) -> None:
        """Show the answer, and ask what was typed meanwhile."""
        self.is_working = False
        self.conversation_id = message.answer.conversation_id
        exchange = self._waiting.popleft()
        exchange.answer = message.answer
        await self.conversation.sync(exchange)
        await self._go_on()

    async def on_asking_stopped(self, message: AskingStopped) -> None:
        """Give the question back, and ask the next."""
        self.is_working = False
        await self._settle_stopped()

    async def _settle_stopped(self) -> None:
        if self._waiting:
            exchange = self._waiting.popleft()
            exchange.is_stopped = True
            self.prompt.give_back(exchange.question)
            await self.conversation.sync(exchange)
        await self._go_on()

    async def on_asking_failed(self, message: AskingFailed) -> None:
        """Give the question back, and ask the next."""
        self.is_working = False
        if isinstance(message.error, ConversationNotHeld):  # deleted elsewhere: the next begins anew
            self.conversation_id = None
        notice = notice_of(message.error)
        self.tell(notice)
        await self._fail(notice)
        await self._go_on()

    async def _fail(self, notice: Notice) -> None:
        exchange = self._waiting.popleft()
        exchange.failure = notice
        self.prompt.give_back(exchange.question)
        await self.conversation.sync(exchange)

    async def _say_state(self) -> None:
        if not self.is_ready:
            status, frame, wait = self._state, "Ask", "Waiting until the documents can be searched…"
        elif self._is_reading:
            status, frame, wait = f"{self._state} · opening the conversation…", "Ask", "Waiting for it…"
        elif self.is_working:
            status, frame = f"{self._state} · answering…", "Answering… ask the next, Esc stops"
            wait = "Answering… Esc stops"
        else:
            status, frame, wait = f"{self._state} · ready", "Ask", ""
        self._status.say(status)
        self.prompt.border_title = frame
        for exchange in tuple(self._waiting):  # more can come while one is shown
            exchange.waiting = wait
            await self.conversation.sync(exchange)
            wait = "Waiting for the answer above…"
