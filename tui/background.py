"""Work off the event loop: opening the assistant and asking it. Results come back as messages.

The threads are daemons of their own and not Textual's workers, because leaving the chat waits for
those, and a model that is being loaded cannot be told to stop.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import copy_context
from typing import TYPE_CHECKING

from textual.message import Message
from textual.message_pump import MessagePump

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.service import Assistant


class Progressed(Message):
    """Opening goes on: a phase of the work, how much of it is done, and how much there is."""

    def __init__(self, phase: str, done: int, total: int) -> None:
        super().__init__()
        self.phase = phase
        self.done = done
        self.total = total


class Opened(Message):
    """The assistant is ready, and holds this much."""

    def __init__(self, assistant: Assistant, documents: int, paragraphs: int) -> None:
        super().__init__()
        self.assistant = assistant
        self.documents = documents
        self.paragraphs = paragraphs


class OpeningFailed(Message):
    """The assistant could not be opened."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class Answered(Message):
    """The question that was being asked is answered or refused."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


class AskingFailed(Message):
    """The question that was being asked could not be."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


def open_in_background(receiver: MessagePump, open_assistant: Callable[[], Assistant]) -> None:
    """Open the assistant with its model; posts `Progressed`, then `Opened` or `OpeningFailed`."""

    def report(phase: str, done: int, total: int) -> None:
        receiver.post_message(Progressed(phase, done, total))

    def work() -> Message:
        assistant = open_assistant()
        try:
            assistant.warm_up(report)
            headers = assistant.documents()
        except Exception:
            assistant.close()
            raise
        return Opened(assistant, len(headers), sum(header.paragraphs for header in headers))

    _start(receiver, work, OpeningFailed)


def ask_in_background(
    receiver: MessagePump, assistant: Assistant, question: str, conversation_id: str | None
) -> None:
    """Ask a question of a conversation, or of a new one; posts `Answered` or `AskingFailed`."""

    def work() -> Message:
        from assistant.answer import AskRequest

        return Answered(assistant.ask(AskRequest(question=question, conversation_id=conversation_id)))

    _start(receiver, work, AskingFailed)


def _start(
    receiver: MessagePump, work: Callable[[], Message], failure: Callable[[Exception], Message]
) -> None:
    def run() -> None:
        try:
            message = work()
        except Exception as error:  # whatever it is, the window shows it and goes on
            message = failure(error)
        receiver.post_message(message)

    # the context tells messages which app they belong to
    threading.Thread(target=copy_context().run, args=(run,), daemon=True).start()
