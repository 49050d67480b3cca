"""The tables of the catalog; `migrations/` is what creates and changes them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    true,
)

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""How keys and indexes of every database of ours are named, so that migrations can name them."""

metadata = MetaData(naming_convention=NAMES)

documents = Table(
    "documents",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("symbol", String(200), nullable=False),
    Column("slug", String(200), nullable=False),
    Column("language", String(16), nullable=False),
    Column("edition", String(64), nullable=False),
    Column("current", Boolean, nullable=False),
    Column("title", Text, nullable=False),
    Column("committee", Text),
    Column("instrument", Text),
    Column("states", JSON, nullable=False),
    Column("session", Text),
    Column("adopted", Date),
    Column("issued", Date),
    Column("source_name", Text, nullable=False),
    Column("source_sha256", String(64), nullable=False),
    # of the source, what was given about it and the parser: equal means nothing to do
    Column("fingerprint", String(64), nullable=False),
    Column("paragraph_count", Integer, nullable=False),
    Column("ingested_at", DateTime(timezone=True), nullable=False),
    # all of a Document but its paragraphs, which have rows of their own
    Column("body", JSON, nullable=False),
    # whether the index has its passages: not those of earlier editions and of languages not served
    Column("searched", Boolean, nullable=False, server_default=true()),
    Index("ix_documents_symbol_language_current", "symbol", "language", "current"),
    Index("ix_documents_slug", "slug"),
)

paragraphs = Table(
    "paragraphs",
    metadata,
    Column("document_id", BigInteger, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("eid", String(64), nullable=False),
    Column("label", String(32), nullable=False),
    Column("body", JSON, nullable=False),
    # the ordinal of the first paragraph below the same heading: paragraphs of one section share it
    Column("section", Integer, nullable=False, server_default="0"),
    UniqueConstraint("document_id", "eid"),
    Index("ix_paragraphs_document_id_label", "document_id", "label"),
)

# The symbols that joint documents have beside their first.
other_symbols = Table(
    "other_symbols",
    metadata,
    Column("document_id", BigInteger, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("symbol", String(200), primary_key=True),
    Column("slug", String(200), nullable=False),
    Index("ix_other_symbols_symbol", "symbol"),
    Index("ix_other_symbols_slug", "slug"),
)

# One row: which index generation belongs to the documents above, and what built it.
collection = Table(
    "collection",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("generation", BigInteger, nullable=False),
    Column("engine", JSON),
    Column("next_document_id", BigInteger, nullable=False),
    # set once the built-in documents were offered, so that one that is removed stays removed
    Column("seeded", Boolean, nullable=False),
)
