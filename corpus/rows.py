"""Documents as rows of the catalog's tables, and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, insert

from corpus.model import Document, DocumentHeader, Paragraph, Source, Span
from corpus.schema import documents, other_symbols, paragraphs
from corpus.symbol import Symbol

DOCUMENT = TypeAdapter(Document)
SPANS = TypeAdapter(tuple[Span, ...])
HEADER_COLUMNS = [column for column in documents.columns if column.name != "body"]
EDITION_COLUMNS = [
    documents.c[name]
    for name in (
        "id", "symbol", "language", "current", "searched", "fingerprint", "source_sha256", "source_name",
        "paragraph_count", "ingested_at",
    )
]  # fmt: skip
_PARAGRAPH = TypeAdapter(Paragraph)


@dataclass(frozen=True)
class NewDocument:
    """A document about to be published, with the id its passages already carry."""

    id: int
    document: Document
    fingerprint: str
    current: bool = True
    """False where a newer edition of it is published with it."""
    searched: bool = True
    """Whether the index has its passages."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A held edition of a document: what tells whether a file is already held."""

    id: int
    symbol: str
    language: str
    current: bool
    searched: bool
    fingerprint: str
    sha256: str
    name: str
    """Of the file it was read from."""
    paragraphs: int
    ingested: date | None

    @property
    def key(self) -> tuple[str, str]:
        """Symbol and language: one edition of each is current."""
        return self.symbol, self.language


def insert_document(connection: Connection, new: NewDocument) -> None:
    """Add a document and its paragraphs."""
    document = new.document
    connection.execute(
        insert(documents).values(
            id=new.id,
            current=new.current,
            searched=new.searched,
            fingerprint=new.fingerprint,
            source_name=document.source.name,
            source_sha256=document.source.sha256,
            paragraph_count=len(document.paragraphs),
            ingested_at=datetime.now(UTC),
            body=DOCUMENT.dump_python(document, mode="json", exclude={"paragraphs"}),
            states=list(document.states),
            **{
                name: getattr(document, name)
                for name in (
                    "symbol", "slug", "language", "edition", "title", "committee", "instrument",
                    "session", "adopted", "issued",
                )
            },
        )
    )  # fmt: skip
    rows = [
        {
            "document_id": new.id,
            "ordinal": paragraph.ordinal,
            "eid": paragraph.eid,
            "label": paragraph.label,
            "body": _PARAGRAPH.dump_python(paragraph, mode="json"),
            "section": section,
        }
        for paragraph, section in zip(document.paragraphs, _sections(document), strict=True)
    ]
    connection.execute(insert(paragraphs), rows)
    joint = [
        {"document_id": new.id, "symbol": symbol, "slug": Symbol.parse(symbol).slug}
        for symbol in document.other_symbols
    ]
    if joint:
        connection.execute(insert(other_symbols), joint)


def _sections(document: Document) -> Iterator[int]:
    """For each paragraph the ordinal of the first one below the same heading."""
    first = 0
    before: Paragraph | None = None
    for paragraph in document.paragraphs:
        if before is None or before.section != paragraph.section:
            first = paragraph.ordinal
        before = paragraph
        yield first


def read_paragraph(row: Any) -> Paragraph:
    """A paragraph from its row."""
    return _PARAGRAPH.validate_python(row.body)


def read_header(row: Any) -> DocumentHeader:
    """A document's header from its row."""
    return DocumentHeader(
        id=row.id,
        symbol=row.symbol,
        slug=row.slug,
        title=row.title,
        committee=row.committee,
        instrument=row.instrument,
        states=tuple(row.states),
        session=row.session,
        adopted=row.adopted,
        issued=row.issued,
        language=row.language,
        edition=row.edition,
        source=Source(row.source_name, row.source_sha256),
        paragraphs=row.paragraph_count,
        current=row.current,
        searched=row.searched,
        fingerprint=row.fingerprint,
    )


def read_edition(row: Any) -> Edition:
    """An edition from its row."""
    return Edition(
        id=row.id,
        symbol=row.symbol,
        language=row.language,
        current=row.current,
        searched=row.searched,
        fingerprint=row.fingerprint,
        sha256=row.source_sha256,
        name=row.source_name,
        paragraphs=row.paragraph_count,
        ingested=row.ingested_at.date(),
    )
