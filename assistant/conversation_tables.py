"""The tables of conversations; `migrations/` is what creates and changes them."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    column,
    table,
)

from corpus.schema import NAMES

metadata = MetaData(naming_convention=NAMES)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(32), primary_key=True),
    # the name of the API key that opened it; null for the command line, the chat and an API without keys
    Column("owner", String(64)),
    Column("title", Text, nullable=False),
    Column("created", DateTime(timezone=True), nullable=False),
    Column("updated", DateTime(timezone=True), nullable=False),
    Column("turn_count", Integer, nullable=False),
    # the id of its last turn: grows with every turn of any conversation, which no clock promises
    Column("last_turn", BigInteger, nullable=False),
    Index("ix_conversations_owner_last_turn", "owner", "last_turn"),
)

turns = Table(
    "turns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", String(32), ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("answered", DateTime(timezone=True), nullable=False),
    # the JSON of an `Answer`
    Column("answer", Text, nullable=False),
    UniqueConstraint("conversation_id", "number"),
    sqlite_autoincrement=True,  # or the last one that is deleted would give its id to the next
)

words = table("conversation_words", column("rowid"), column("rank"))
"""SQLite's full-text index of titles, questions and answers, a row a turn, kept by triggers."""
