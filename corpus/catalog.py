"""The catalog: the one truth about what is held. Every index can be rebuilt from it.

A commit here is the only point at which a change becomes visible. It sets documents and the number
of the index generation that belongs to them together, so a reader that takes both from one
`Snapshot` never sees half a change.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Collection as AbstractCollection
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    Connection,
    Engine,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
    tuple_,
    update,
)
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import NullPool, QueuePool

from corpus.errors import CatalogDamaged, CatalogNewer, HomeUnusable, StoreError
from corpus.model import Document, DocumentHeader, Paragraph, Source, Span
from corpus.schema import collection, documents, paragraphs

HEAD_REVISION = "m001"
"""The newest migration; a test holds it to the folder of migrations."""

_KNOWN_REVISIONS = frozenset({"m001"})
_DOCUMENT = TypeAdapter(Document)
_PARAGRAPH = TypeAdapter(Paragraph)
_SOURCE = TypeAdapter(Source)
_SPANS = TypeAdapter(tuple[Span, ...])
_HEADER_COLUMNS = [column for column in documents.columns if column.name != "body"]
_WAIT_FOR_LOCK = 30.0  # seconds
_MIGRATING = threading.Lock()  # Alembic keeps the migration under way in its module
_IDS_A_QUERY = 500  # SQLite takes some 32,000 variables in one statement; portable SQL takes fewer


@dataclass(frozen=True)
class NewDocument:
    """A document about to be published, with the id its passages already carry."""

    id: int
    document: Document
    fingerprint: str


@dataclass(frozen=True)
class Change:
    """What one publication does to the documents."""

    add: Sequence[NewDocument] = ()
    supersede: AbstractCollection[int] = ()
    """Documents that a newer edition takes the place of: kept, and searched no more."""
    remove: AbstractCollection[int] = ()
    seeded: bool = False
    """Whether it offers the built-in documents."""


@dataclass(frozen=True)
class Accounts:
    """The text of a document as its reader found it, and the spans that cover it."""

    text: str
    spans: tuple[Span, ...]


class Catalog:
    """A catalog of documents in one SQLite file (WAL), opened for reading or for both."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open or create; raises `HomeUnusable`, `CatalogDamaged` or `CatalogNewer`."""
        self.path = path
        self.read_only = read_only
        self._engine = _connect(path, read_only)
        with _store_errors(path):
            self._migrate()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """One consistent view: all its answers belong to the same generation."""
        with _store_errors(self.path), self._engine.connect() as connection:
            yield Snapshot(connection)

    def publish(self, change: Change, generation: int, engine: dict[str, Any] | None) -> None:
        """Make a change and its index generation visible together, or not at all.

        The caller holds the writer lock; a generation that does not follow the held one means that
        it does not, and raises `StoreError`.
        """
        with _store_errors(self.path), self._writing() as connection:
            held = connection.execute(select(collection.c.generation)).scalar_one()
            if generation != held + 1:
                raise StoreError(f"Generation {generation} cannot follow {held}.", "Run the command again.")
            if change.remove:
                connection.execute(delete(paragraphs).where(paragraphs.c.document_id.in_(change.remove)))
                connection.execute(delete(documents).where(documents.c.id.in_(change.remove)))
            if change.supersede:
                superseded = update(documents).where(documents.c.id.in_(change.supersede))
                connection.execute(superseded.values(current=False))
            for new in change.add:
                _insert(connection, new)
            values: dict[str, Any] = {"generation": generation, "engine": engine}
            if change.add:
                values["next_document_id"] = max(new.id for new in change.add) + 1
            if change.seeded:
                values["seeded"] = True
            connection.execute(update(collection).values(values))

    def _migrate(self) -> None:
        with self._engine.connect() as connection:
            revision = _revision(connection)
        if revision == HEAD_REVISION:
            return
        if revision is not None and revision not in _KNOWN_REVISIONS:
            raise CatalogNewer(
                f"{self.path} was made by a newer Pilcrow (its schema is {revision}).",
                "Update with pip install --upgrade pilcrow.",
            )
        if self.read_only:
            raise HomeUnusable(
                f"{self.path.parent} holds no catalog this version can read, and cannot be written.",
                "Make it writable, or set PILCROW_HOME to a folder that is.",
            )
        # imported here, since a catalog that is up to date never needs it
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", "corpus:migrations")
        # the write lock comes before the look, so that of two processes that open a new home one waits
        with _MIGRATING, self._writing() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._engine.connect() as connection:
            writer = connection.execution_options(begin="BEGIN IMMEDIATE")
            with writer.begin():
                yield writer


class Snapshot:
    """A consistent view of the catalog, open as long as its `with` block."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        row = connection.execute(select(collection)).one()
        self.generation: int = row.generation
        """The index generation that belongs to this view; 0 before the first publication."""
        self.engine: dict[str, Any] | None = row.engine
        """What the engine recorded of itself when it built that generation."""
        self.next_document_id: int = row.next_document_id
        self.seeded: bool = row.seeded

    def headers(self, *, current_only: bool = True) -> list[DocumentHeader]:
        """The held documents by symbol, language and age."""
        query = select(*_HEADER_COLUMNS).order_by(
            documents.c.symbol,
            documents.c.language,
            documents.c.current.desc(),
            documents.c.id.desc(),
        )
        if current_only:
            query = query.where(documents.c.current)
        return [_header(row) for row in self._connection.execute(query)]

    def header(self, document_id: int) -> DocumentHeader:
        """One document by its id."""
        query = select(*_HEADER_COLUMNS).where(documents.c.id == document_id)
        return _header(self._connection.execute(query).one())

    def find(self, name: str, *, current_only: bool = True) -> list[DocumentHeader]:
        """The documents with this normalised symbol or slug, the current ones first."""
        query = select(*_HEADER_COLUMNS).where((documents.c.symbol == name) | (documents.c.slug == name))
        if current_only:
            query = query.where(documents.c.current)
        query = query.order_by(documents.c.current.desc(), documents.c.id.desc())
        return [_header(row) for row in self._connection.execute(query)]

    def fingerprints(self) -> dict[str, int]:
        """Of the current documents: what they were made from, and their ids."""
        query = select(documents.c.fingerprint, documents.c.id).where(documents.c.current)
        return {row.fingerprint: row.id for row in self._connection.execute(query)}

    def document(self, document_id: int) -> Document:
        """One whole document."""
        body = self._connection.execute(
            select(documents.c.body).where(documents.c.id == document_id)
        ).scalar_one()
        rows = self.paragraphs(document_id)
        return _DOCUMENT.validate_python({**body, "paragraphs": rows}, strict=False)

    def accounts(self, document_id: int) -> Accounts:
        """The source text of a document and what each stretch of it is."""
        query = select(documents.c.body).where(documents.c.id == document_id)
        body = self._connection.execute(query).scalar_one()
        return Accounts(str(body["text"]), _SPANS.validate_python(body["spans"]))

    def paragraphs(self, document_id: int) -> list[Paragraph]:
        """All paragraphs of a document in printed order."""
        query = (
            select(paragraphs.c.body)
            .where(paragraphs.c.document_id == document_id)
            .order_by(paragraphs.c.ordinal)
        )
        return [_PARAGRAPH.validate_python(body) for body in self._connection.scalars(query)]

    def paragraphs_at(self, keys: Sequence[tuple[int, int]]) -> dict[tuple[int, int], Paragraph]:
        """Paragraphs by (document id, ordinal); keys that are not held are left out."""
        found: dict[tuple[int, int], Paragraph] = {}
        for start in range(0, len(keys), _IDS_A_QUERY):
            some = keys[start : start + _IDS_A_QUERY]
            query = select(paragraphs.c.document_id, paragraphs.c.ordinal, paragraphs.c.body).where(
                tuple_(paragraphs.c.document_id, paragraphs.c.ordinal).in_(some)
            )
            for row in self._connection.execute(query):
                found[row.document_id, row.ordinal] = _PARAGRAPH.validate_python(row.body)
        return found

    def paragraphs_labelled(self, document_id: int, label: str) -> list[Paragraph]:
        """The paragraphs with this printed number; two where the source prints it twice."""
        query = (
            select(paragraphs.c.body)
            .where(paragraphs.c.document_id == document_id, paragraphs.c.label == label)
            .order_by(paragraphs.c.ordinal)
        )
        return [_PARAGRAPH.validate_python(body) for body in self._connection.scalars(query)]

    def last_label(self, document_id: int) -> str:
        """The printed number of the last paragraph."""
        query = (
            select(paragraphs.c.label)
            .where(paragraphs.c.document_id == document_id)
            .order_by(paragraphs.c.ordinal.desc())
            .limit(1)
        )
        return str(self._connection.execute(query).scalar_one())

    def counts(self) -> tuple[int, int]:
        """How many current documents are held, and how many paragraphs they have."""
        query = select(func.count(), func.coalesce(func.sum(documents.c.paragraph_count), 0)).where(
            documents.c.current
        )
        row = self._connection.execute(query).one()
        return int(row[0]), int(row[1])


def _insert(connection: Connection, new: NewDocument) -> None:
    body = _DOCUMENT.dump_python(new.document, mode="json", exclude={"paragraphs"})
    document = new.document
    connection.execute(
        insert(documents).values(
            id=new.id,
            current=True,
            fingerprint=new.fingerprint,
            source_name=document.source.name,
            source_sha256=document.source.sha256,
            paragraph_count=len(document.paragraphs),
            ingested_at=datetime.now(UTC),
            body=body,
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
        }
        for paragraph in document.paragraphs
    ]
    connection.execute(insert(paragraphs), rows)


def _header(row: Any) -> DocumentHeader:
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
    )


def _revision(connection: Connection) -> str | None:
    """The migration a catalog is at, or None for a new one."""
    known = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    ).first()
    if not known:
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return row[0] if row else None


def _connect(path: Path, read_only: bool) -> Engine:
    address = f"{path.absolute().as_uri()}?mode="

    def connect() -> sqlite3.Connection:
        mode = "rwc"
        if read_only:
            # without a write-ahead log a read-only folder can only be read as a file that never changes
            mode = "ro" if path.with_name(f"{path.name}-wal").exists() else "ro&immutable=1"
        return sqlite3.connect(
            address + mode, uri=True, timeout=_WAIT_FOR_LOCK, check_same_thread=False, isolation_level=None
        )

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool if read_only else QueuePool)

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        if not read_only:
            _log_ahead(connection)
            connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # the driver's own handling of transactions would begin them too late for a snapshot
        options = connection.get_execution_options()
        connection.exec_driver_sql(options.get("begin", "BEGIN"))

    return engine


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Switch to a write-ahead log; SQLite does not wait here where others do so at the same time."""
    deadline = time.monotonic() + _WAIT_FOR_LOCK
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


@contextmanager
def _store_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        reason = str(error.orig)
        if "no such table" in reason or "no such column" in reason or "malformed" in reason:
            raise _damaged(path, reason) from error
        raise HomeUnusable(
            f"{path} cannot be used: {reason}.", "Check the folder, its permissions and the disk."
        ) from error
    except DatabaseError as error:
        raise _damaged(path, str(error.orig)) from error


def _damaged(path: Path, reason: str) -> CatalogDamaged:
    return CatalogDamaged(
        f"{path} is not a catalog Pilcrow can read: {reason}.",
        "Move it away and ingest the documents again, or restore a copy of it.",
    )
