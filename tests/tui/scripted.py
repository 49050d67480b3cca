"""A stand-in for the assistant where a test is about waiting and failing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from threading import Event
from types import SimpleNamespace
from typing import cast

from assistant.answer import Answer, AskRequest
from assistant.errors import DocumentNotHeld
from assistant.service import Assistant
from assistant.streaming import Delta, Emit, Retrieval, pieces
from corpus.model import Document, DocumentHeader
from tests.answers import answer_to

PATIENCE = 30.0  # seconds after which a gate opens by itself, so that no failing test hangs


class ScriptedAssistant:
    """Answers every question with its own words, once `gate` is open; raises what `failures` hold."""

    def __init__(self) -> None:
        self.gate = Event()
        self.gate.set()
        self.failures: dict[str, Exception] = {}
        self.texts: dict[str, str] = {}
        self.asked: list[str] = []
        self.requests: list[AskRequest] = []
        self.earlier: list[list[str]] = []
        """The questions whose answers came along with each question."""
        self.told = Event()
        """Set when a closed gate holds an answer whose retrieval was told."""
        self.is_read_only = False
        self.conversation_ids: list[str | None] = []
        """What each question went on with; what is asked with none opens the next of `opened`."""
        self.opened = (f"conversation {number}" for number in count(1))
        self.between: Callable[[], object] = lambda: None
        """Called after each piece of an answer."""
        self.closed = False

    @property
    def as_assistant(self) -> Assistant:
        return cast(Assistant, self)

    def warm_up(self, progress: Callable[[str, int, int], None] | None = None) -> None:
        if progress:
            progress("encoding", 7, 88)

    def documents(self) -> list[SimpleNamespace]:
        return [SimpleNamespace(paragraphs=43), SimpleNamespace(paragraphs=1000)]

    def stream(self, request: AskRequest, emit: Emit, *, earlier: Sequence[Answer] = ()) -> Answer:
        self.asked.append(request.question)
        self.requests.append(request)
        self.conversation_ids.append(request.conversation_id)
        self.earlier.append([answer.question for answer in earlier])
        answer = self._answer(request)
        emit(Retrieval.of(answer))
        for piece in pieces(answer.text):
            if not self.gate.is_set():
                self.told.set()
            self.gate.wait(PATIENCE)
            emit(Delta(text=piece))
            self.between()
        if request.question in self.failures:
            raise self.failures[request.question]
        return answer

    def _answer(self, request: AskRequest) -> Answer:
        text = self.texts.get(request.question, f"Answer to {request.question}")
        keeps = request.store and not self.is_read_only
        conversation_id = (request.conversation_id or next(self.opened)) if keeps else None
        return answer_to(request.question, text, conversation_id=conversation_id)

    def document_with_header(self, name: str) -> tuple[DocumentHeader, Document]:
        raise DocumentNotHeld(f"No document {name} is held.", "See what is with pilcrow documents.")

    def close(self) -> None:
        self.closed = True
