"""A scripted assistant that keeps what it answers, in a real store of conversations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from assistant.answer import Answer, AskRequest, Conversation, ConversationPage, ConversationSummary
from assistant.store import STORE_NAME, ConversationStore
from assistant.streaming import Emit
from tests.answers import answer_to
from tests.tui.scripted import PATIENCE, ScriptedAssistant


class KeepingAssistant(ScriptedAssistant):
    """Lists, finds, renames and deletes as the real one does; `looking` holds listings while it is closed."""

    def __init__(self, folder: Path, clock: Callable[[], datetime] | None = None) -> None:
        super().__init__()
        self.looking = Event()
        self.looking.set()
        self.searched: list[str] = []
        self.cursors: list[int | None] = []
        """Where each page of the list began."""
        self.store = ConversationStore(folder / STORE_NAME, clock=clock or (lambda: datetime.now(UTC)))

    def keep(self, *questions: str, says: str = "Answer to {}") -> str:
        """A conversation of these questions; its id."""
        first, *others = (answer_to(question, says.format(question)) for question in questions)
        known = str(self.store.begin(first).conversation_id)
        for answer in others:
            self.store.append(known, answer)
        return known

    def stream(self, request: AskRequest, emit: Emit, *, earlier: Sequence[Answer] = ()) -> Answer:
        answer = super().stream(request, emit, earlier=earlier)
        if request.conversation_id is None:
            return self.store.begin(answer)
        return self.store.append(request.conversation_id, answer)

    def conversations(self, limit: int = 20, cursor: int | None = None) -> ConversationPage:
        self.looking.wait(PATIENCE)
        self.cursors.append(cursor)
        return self.store.page(limit, cursor)

    def search_conversations(self, text: str, limit: int = 20, cursor: int | None = None) -> ConversationPage:
        self.searched.append(text)
        self.looking.wait(PATIENCE)
        return self.store.search(text, limit, cursor)

    def conversation(self, conversation_id: str) -> Conversation:
        return self.store.conversation(conversation_id)

    def latest_conversation(self) -> str | None:
        return self.store.latest()

    def rename_conversation(self, conversation_id: str, title: str) -> ConversationSummary:
        return self.store.rename(conversation_id, title)

    def delete_conversation(self, conversation_id: str) -> ConversationSummary:
        return self.store.delete(conversation_id)
