"""Work off the event loop: opening the assistant and asking it. Results come back as messages.

The threads are daemons of their own and not Textual's workers, because leaving the chat waits for
those, and a model that is being loaded cannot be told to stop.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Sequence
from contextvars import copy_context
from time import monotonic
from typing import TYPE_CHECKING

from textual.message import Message
from textual.message_pump import MessagePump

from tui.answer_blocks import blocks_of

if TYPE_CHECKING:
    from assistant.answer import Answer, AskRequest, Conversation
    from assistant.service import Assistant
    from assistant.streaming import Event, Retrieval

BETWEEN_TELLINGS = 0.1
"""Seconds between two pieces of an answer on the screen: they read as a stream, and most keys fall between
two of them (make bench-chat)."""


class Progressed(Message):
    """Work goes on: its phase, how much of it is done, and how much there is."""

    def __init__(self, phase: str, done: int, total: int) -> None:
        super().__init__()
        self.phase = phase
        self.done = done
        self.total = total


class Connected(Message):
    """The assistant is open, and holds this much; its model is not loaded yet."""

    def __init__(self, assistant: Assistant, documents: int, paragraphs: int) -> None:
        super().__init__()
        self.assistant = assistant
        self.documents = documents
        self.paragraphs = paragraphs


class ModelLoaded(Message):
    """The model is loaded: questions are answered at once."""


class OpeningFailed(Message):
    """The assistant could not be opened, or its model not be loaded."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class Resumed(Message):
    """A kept conversation was read."""

    def __init__(self, conversation: Conversation) -> None:
        super().__init__()
        self.conversation = conversation


class ResumingFailed(Message):
    """A kept conversation could not be read."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class Found(Message):
    """What was searched for the question that is being asked, and what was found."""

    def __init__(self, retrieval: Retrieval) -> None:
        super().__init__()
        self.retrieval = retrieval


class Streamed(Message):
    """The answer so far, in Markdown."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def can_replace(self, message: Message) -> bool:
        """One that comes before the last was shown takes its place."""
        return isinstance(message, Streamed)


class Answered(Message):
    """The question that was being asked is answered or refused."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


class AskingStopped(Message):
    """The question that was being asked was stopped, and nothing of it is kept."""


class AskingFailed(Message):
    """The question that was being asked could not be."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class _Stopped(Exception):
    """Leaves the work on an answer that nobody waits for."""


def open_in_background(
    receiver: MessagePump, opened: Assistant | None, open_assistant: Callable[[], Assistant]
) -> None:
    """Open the assistant, unless it is, and load its model.

    Posts `Connected` as soon as documents and conversations can be read, then `Progressed` and
    `ModelLoaded`; or `OpeningFailed`, before or after `Connected`.
    """

    def report(phase: str, done: int, total: int) -> None:
        receiver.post_message(Progressed(phase, done, total))

    def work() -> Message:
        assistant = opened or open_assistant()
        try:
            headers = assistant.documents()
        except Exception:
            if opened is None:
                assistant.close()
            raise
        paragraphs = sum(header.paragraphs for header in headers)
        receiver.post_message(Connected(assistant, len(headers), paragraphs))
        assistant.warm_up(report)
        blocks_of("")  # what the first answer would wait for
        # what was loaded stays: not looking through all of it again and again keeps keys from waiting
        gc.freeze()
        return ModelLoaded()

    in_background(receiver, work, OpeningFailed)


def resume_in_background(receiver: MessagePump, assistant: Assistant, conversation_id: str | None) -> None:
    """Read a kept conversation, the latest where none is named; posts `Resumed` or `ResumingFailed`."""

    def work() -> Message:
        from assistant.errors import ConversationNotHeld

        known = conversation_id or assistant.latest_conversation()
        if known is None:
            raise ConversationNotHeld("No conversation is held yet.", "Ask, and one begins.")
        return Resumed(assistant.conversation(known))

    in_background(receiver, work, ResumingFailed)


def ask_in_background(
    receiver: MessagePump,
    assistant: Assistant,
    request: Callable[[], AskRequest],
    earlier: Sequence[Answer],
    stopped: threading.Event,
) -> None:
    """Ask a question; posts `Found` and `Streamed`, then `Answered`, `AskingStopped` or `AskingFailed`."""

    def work() -> Message:
        telling = _Telling(receiver, stopped)
        try:
            return Answered(assistant.stream(request(), telling, earlier=earlier))
        except _Stopped:
            return AskingStopped()

    in_background(receiver, work, AskingFailed)


class _Telling:
    """Passes on what is told of an answer, not more often than a reader sees."""

    def __init__(self, receiver: MessagePump, stopped: threading.Event) -> None:
        self._receiver = receiver
        self._stopped = stopped
        self._text = ""
        self._told = 0.0

    def __call__(self, event: Event) -> None:
        from assistant.streaming import Delta, Retrieval

        if self._stopped.is_set():
            raise _Stopped
        if isinstance(event, Retrieval):
            self._receiver.post_message(Found(event))
        elif isinstance(event, Delta):
            self._text += event.text
            if monotonic() - self._told >= BETWEEN_TELLINGS:
                self._receiver.post_message(Streamed(self._text))
                self._told = monotonic()


def in_background(
    receiver: MessagePump, work: Callable[[], Message], failure: Callable[[Exception], Message]
) -> None:
    """Do work in a thread; posts the message it returns, or the one made of what it raises."""

    def run() -> None:
        try:
            message = work()
        except Exception as error:  # whatever it is, the window shows it and goes on
            message = failure(error)
        receiver.post_message(message)

    # the context tells messages which app they belong to
    threading.Thread(target=copy_context().run, args=(run,), daemon=True).start()
