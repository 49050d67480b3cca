"""Conversations, kept in a database of their own, so that asking never waits for an ingest."""

from __future__ import annotations

import re
import secrets
import textwrap
import threading
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, func, insert, select, update

from assistant.answer import (
    Answer,
    Conversation,
    ConversationPage,
    ConversationSummary,
    ListedConversation,
    Turn,
)
from assistant.conversation_search import having, most_said, turns_saying, words_of
from assistant.conversation_tables import conversations, metadata, turns
from corpus.database import Database, Schema
from corpus.errors import (
    ConversationBusy,
    ConversationNotHeld,
    ConversationsDamaged,
    ConversationsNewer,
    HomeUnusable,
    UsageError,
)
from index.home import holding, make_folder

SCHEMA = Schema(
    name="a store of conversations",
    tables=metadata,
    versions="assistant:migrations/versions",
    revisions=("m001", "m002"),
    damaged=ConversationsDamaged,
    newer=ConversationsNewer,
    mend="Move it away to begin anew, or restore a copy of it; the documents are not affected.",
)
"""What the store is made of."""

STORE_NAME = "conversations.sqlite"
"""The file of the store in a data folder."""

RECENT = 20
"""How many of the last turns a follow-up can refer to; no more are loaded to answer it."""

LONGEST_TITLE = 80
"""The longest title in characters."""

_ID = re.compile(r"[0-9a-f]{16}")  # 64 random bits: short enough to type, and not to be guessed
_WAIT_FOR_TURN = 60.0  # seconds; an answer takes less, unless the model or the index are not there yet
_Read = TypeVar("_Read")


class ConversationStore:
    """The conversations in one SQLite file, made with the first one.

    Each conversation has one owner, for whom alone it is there: the name of an API key, or None for
    command line, chat and an API without keys. All methods raise `HomeUnusable`, `ConversationsDamaged`
    or `ConversationsNewer` where the file cannot be used. A file that is not there holds nothing.
    """

    def __init__(
        self,
        path: Path,
        *,
        read_only: bool = False,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.path = path
        self.read_only = read_only
        self._clock = clock
        self._opening = threading.Lock()
        self._opened: Database | None = None

    def close(self) -> None:
        """Close all connections."""
        if self._opened is not None:
            self._opened.close()

    # -- turns

    @contextmanager
    def turn(self, conversation_id: str, *, owner: str | None = None) -> Iterator[None]:
        """Hold the place for the next turn, from reading the earlier ones until it is appended.

        Raises `ConversationNotHeld` and `ConversationBusy`. A lock file for each conversation: other
        conversations do not wait, it works between threads and processes, and the system releases it
        when its holder dies. Where nothing can be appended there is nothing to wait for.
        """
        self._summary(conversation_id, owner)  # before its id becomes the name of a file
        busy = ConversationBusy(
            f"Another question of the conversation {conversation_id} is still being answered.",
            "Try again when it is.",
        )
        with ExitStack() as place:
            if not self.read_only:
                lock = self._lock(conversation_id)
                with suppress(HomeUnusable):  # then the turn cannot be appended either
                    make_folder(lock.parent)
                    place.enter_context(holding(lock, _WAIT_FOR_TURN, busy))
            yield

    def recent(
        self, conversation_id: str, most: int = RECENT, *, owner: str | None = None
    ) -> tuple[Answer, ...]:
        """The last answers of a conversation, the oldest of them first; raises `ConversationNotHeld`."""
        last = _turns_of(conversation_id, owner).order_by(turns.c.number.desc()).limit(most)
        held = self._all(last, _turn)
        if not held:
            raise _not_held(conversation_id)
        return tuple(turn.answer for turn in reversed(held))

    def begin(self, answer: Answer, *, owner: str | None = None) -> Answer:
        """Open a conversation with its first turn; the answer comes back with its id."""
        conversation_id = secrets.token_hex(8)
        now = self._clock()
        with self._writing() as connection:
            connection.execute(
                insert(conversations).values(
                    id=conversation_id, owner=owner, title=title_of(answer.question),
                    created=now, updated=now, turn_count=0, last_turn=0,
                )
            )  # fmt: skip
            return _append(connection, conversation_id, answer, now, owner)

    def append(self, conversation_id: str, answer: Answer, *, owner: str | None = None) -> Answer:
        """Add a turn, whose place the caller holds; the answer comes back with the conversation's id.

        Raises `ConversationNotHeld` where the conversation was deleted meanwhile.
        """
        with self._writing() as connection:
            return _append(connection, conversation_id, answer, self._clock(), owner)

    # -- conversations

    def page(self, limit: int, cursor: int | None = None, *, owner: str | None = None) -> ConversationPage:
        """The conversations, the latest first, from a cursor on."""
        owned = select(conversations).where(conversations.c.owner == owner)
        query = owned.order_by(conversations.c.last_turn.desc()).limit(limit + 1)
        if cursor is not None:
            query = query.where(conversations.c.last_turn < cursor)
        found = self._all(query, lambda row: (row.last_turn, _summary(row)))
        shown = tuple(_listed(summary) for _, summary in found[:limit])
        return ConversationPage(conversations=shown, next=found[limit - 1][0] if len(found) > limit else None)

    def search(
        self, text: str, limit: int, cursor: int | None = None, *, owner: str | None = None
    ) -> ConversationPage:
        """The conversations that have every word of a text, or one that begins with it; the best first.

        A word counts more in a title than in a question, and more there than in an answer. Each comes with
        the turns that say most of the words.
        """
        wanted = words_of(text)
        if not wanted:
            return ConversationPage(conversations=(), next=None)
        start = cursor or 0
        found = self._all(having(wanted, owner).limit(limit + 1).offset(start), _summary)
        said = turns_saying(wanted, [summary.id for summary in found[:limit]])
        matches = most_said(self._all(said, lambda row: (row.conversation_id, row.number, row.words)))
        return ConversationPage(
            conversations=tuple(_listed(one, matches.get(one.id, ())) for one in found[:limit]),
            next=start + limit if len(found) > limit else None,
        )

    def conversation(self, conversation_id: str, *, owner: str | None = None) -> Conversation:
        """A whole conversation; raises `ConversationNotHeld`."""
        summary = self._summary(conversation_id, owner)
        held = self._all(_turns_of(conversation_id, owner).order_by(turns.c.number), _turn)
        if not held:  # deleted in between
            raise _not_held(conversation_id)
        # as many and as late as those that were read, should one have been appended in between
        return Conversation(
            **summary.model_dump(exclude={"turn_count", "updated"}),
            turn_count=len(held),
            updated=held[-1].answered,
            turns=tuple(held),
        )

    def latest(self, *, owner: str | None = None) -> str | None:
        """The id of the conversation that was continued last."""
        return next((summary.id for summary in self.page(1, owner=owner).conversations), None)

    def count(self) -> int:
        """How many conversations are held, whoever they belong to."""
        return sum(self._all(select(func.count()).select_from(conversations), lambda row: int(row[0])))

    def rename(self, conversation_id: str, title: str, *, owner: str | None = None) -> ConversationSummary:
        """Give a conversation another title; raises `ConversationNotHeld`, and `UsageError` for no words."""
        printable = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in title)
        if not words_of(printable):
            raise UsageError("A title has at least one word.", "Give one.")
        self._summary(conversation_id, owner)
        with self._writing() as connection:
            named = update(conversations).where(conversations.c.id == conversation_id)
            connection.execute(named.values(title=title_of(printable)))
        return self._summary(conversation_id, owner)

    def delete(self, conversation_id: str, *, owner: str | None = None) -> ConversationSummary:
        """Delete a conversation; raises `ConversationNotHeld`, as appending to it does from then on."""
        summary = self._summary(conversation_id, owner)
        with self._writing() as connection:
            connection.execute(delete(turns).where(turns.c.conversation_id == conversation_id))
            connection.execute(delete(conversations).where(conversations.c.id == conversation_id))
        with suppress(OSError):  # not there, or held on a platform that keeps files that are open
            self._lock(conversation_id).unlink()
        return summary

    # -- the file

    def _summary(self, conversation_id: str, owner: str | None) -> ConversationSummary:
        found = self._all(select(conversations).where(_is(conversation_id, owner)), _summary)
        if not found:
            raise _not_held(conversation_id)
        return found[0]

    def _lock(self, conversation_id: str) -> Path:
        return self.path.with_name("conversation-locks") / f"{_checked(conversation_id)}.lock"

    def _all(self, query: Select[Any], read: Callable[[Any], _Read]) -> list[_Read]:
        if self._opened is None and not self.path.exists():
            return []
        database = self._database()
        with database.reading() as connection:
            return database.all(connection, query, read)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._database().writing() as connection:
            yield connection

    def _database(self) -> Database:
        with self._opening:
            if self._opened is None:
                self._opened = Database(self.path, SCHEMA, read_only=self.read_only)
            return self._opened


def title_of(question: str) -> str:
    """A question as a title: cut at a word where it is long."""
    short = textwrap.shorten(question, LONGEST_TITLE, placeholder=" …")
    return short if short != "…" else question.strip()[: LONGEST_TITLE - 1] + "…"


def _append(
    connection: Connection, conversation_id: str, answer: Answer, now: datetime, owner: str | None
) -> Answer:
    this = _is(conversation_id, owner)
    number = connection.execute(select(conversations.c.turn_count + 1).where(this)).scalar_one_or_none()
    if number is None:
        raise _not_held(conversation_id)
    kept = answer.model_copy(update={"conversation_id": conversation_id})
    added = insert(turns).values(
        conversation_id=conversation_id, number=number, answered=now, answer=kept.model_dump_json()
    )
    turn_id = connection.execute(added.returning(turns.c.id)).scalar_one()
    connection.execute(
        update(conversations).where(this).values(updated=now, turn_count=number, last_turn=turn_id)
    )
    return kept


def _turns_of(conversation_id: str, owner: str | None) -> Select[Any]:
    return select(turns).join(conversations).where(_is(conversation_id, owner))


def _is(conversation_id: str, owner: str | None) -> ColumnElement[bool]:
    """The conversation with an id, for its owner alone: to all others it is not there."""
    return and_(conversations.c.id == _checked(conversation_id), conversations.c.owner == owner)


def _turn(row: Any) -> Turn:
    return Turn(
        number=row.number,
        answered=row.answered.replace(tzinfo=UTC),
        answer=Answer.model_validate_json(row.answer),
    )


def _summary(row: Any) -> ConversationSummary:
    return ConversationSummary(
        id=row.id,
        title=row.title,
        created=row.created.replace(tzinfo=UTC),
        updated=row.updated.replace(tzinfo=UTC),
        turn_count=row.turn_count,
    )


def _listed(summary: ConversationSummary, matches: tuple[int, ...] = ()) -> ListedConversation:
    return ListedConversation(**dict(summary), matches=matches)


def _checked(conversation_id: str) -> str:
    """An id that can be one; raises `ConversationNotHeld`."""
    if not _ID.fullmatch(conversation_id):
        raise _not_held(conversation_id)
    return conversation_id


def _not_held(conversation_id: str) -> ConversationNotHeld:
    return ConversationNotHeld(
        f"There is no conversation {conversation_id[:80]}.",
        "See what is with pilcrow conversations, or ask without an id.",
    )
