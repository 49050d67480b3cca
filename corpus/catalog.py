"""The catalog: the one truth about what is held. Every index can be rebuilt from it.

A commit here is the only point at which a change becomes visible. It sets documents and the number
of the index generation that belongs to them together, so a reader that takes both from one
`Snapshot` never sees half a change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Collection as AbstractCollection
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Select, TextClause, and_, delete, func, select, text, update

from corpus import rows
from corpus.database import Database, Schema
from corpus.errors import CatalogDamaged, CatalogNewer, DocumentNotHeld, StoreError, SymbolInvalid
from corpus.model import Document, DocumentHeader, Paragraph, Span
from corpus.row_cache import Key, RowCache
from corpus.rows import (
    DOCUMENT,
    EDITION_COLUMNS,
    HEADER_COLUMNS,
    SPANS,
    Edition,
    NewDocument,
    read_edition,
    read_header,
    read_paragraph,
)
from corpus.schema import collection, documents, metadata, other_symbols, paragraphs
from corpus.symbol import Symbol

HEAD_REVISION = "m004"
"""The newest migration; a test holds it to the folder of migrations."""

SCHEMA = Schema(
    name="a catalog",
    tables=metadata,
    versions="corpus:migrations/versions",
    revisions=("m001", "m002", "m003", HEAD_REVISION),
    damaged=CatalogDamaged,
    newer=CatalogNewer,
    mend="Move it away and ingest the documents again, or restore a copy of it.",
)
"""What a catalog is made of."""
_KEYS_A_QUERY = 200  # SQLite takes expressions a thousand levels deep, and an OR is one
_Read = TypeVar("_Read")


@dataclass(frozen=True)
class Change:
    """What one publication does to the documents."""

    add: Sequence[NewDocument] = ()
    supersede: AbstractCollection[int] = ()
    """Documents that a newer edition takes the place of: kept, and searched no more."""
    remove: AbstractCollection[int] = ()
    seeded: bool = False
    """Whether it offers the built-in documents."""
    languages: AbstractCollection[str] | None = None
    """The languages that are searched from now on, where the index is built anew; None changes nothing."""


@dataclass(frozen=True)
class Accounts:
    """The text of a document as its reader found it, and the spans that cover it."""

    text: str
    spans: tuple[Span, ...]


class Counts(NamedTuple):
    """How many current documents are held, how many paragraphs they have, how many are searched."""

    documents: int
    paragraphs: int
    searched: int


class Catalog:
    """A catalog of documents in one SQLite file (WAL), opened for reading or for both."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open or create; raises `HomeUnusable`, `CatalogDamaged` or `CatalogNewer`."""
        self.path = path
        self._database = Database(path, SCHEMA, read_only=read_only)
        self._rows = RowCache()

    def close(self) -> None:
        """Close all connections."""
        self._database.close()

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """One consistent view: all its answers belong to the same generation."""
        with self._database.reading() as connection:
            yield Snapshot(connection, self._database, self._rows)

    def publish(self, change: Change, generation: int, engine: dict[str, Any] | None) -> None:
        """Make a change and its index generation visible together, or not at all.

        The caller holds the writer lock; a generation that does not follow the held one means that
        it does not, and raises `StoreError`.
        """
        with self._database.writing() as connection:
            held = connection.execute(select(collection.c.generation)).scalar_one()
            if generation != held + 1:
                raise StoreError(f"Generation {generation} cannot follow {held}.", "Run the command again.")
            if change.remove:
                for table in (paragraphs, other_symbols):
                    connection.execute(delete(table).where(table.c.document_id.in_(change.remove)))
                connection.execute(delete(documents).where(documents.c.id.in_(change.remove)))
            if change.supersede:
                superseded = update(documents).where(documents.c.id.in_(change.supersede))
                connection.execute(superseded.values(current=False, searched=False))
            if change.languages is not None:
                served = and_(documents.c.current, documents.c.language.in_(change.languages))
                connection.execute(update(documents).values(searched=served))
            for new in change.add:
                rows.insert_document(connection, new)
            values: dict[str, Any] = {"generation": generation, "engine": engine}
            if change.add:
                values["next_document_id"] = max(new.id for new in change.add) + 1
            if change.seeded:
                values["seeded"] = True
            connection.execute(update(collection).values(values))


class Snapshot:
    """A consistent view of the catalog, open as long as its `with` block."""

    def __init__(self, connection: Connection, database: Database, cache: RowCache) -> None:
        self._connection = connection
        self._database = database
        row = self._one(select(collection), lambda row: row)
        self.generation: int = row.generation
        """The index generation that belongs to this view; 0 before the first publication."""
        self.engine: dict[str, Any] | None = row.engine
        """What the engine recorded of itself when it built that generation."""
        self.next_document_id: int = row.next_document_id
        self.seeded: bool = row.seeded
        self._rows = cache.of(self.generation)

    def headers(self, *, current_only: bool = True, searched_only: bool = False) -> list[DocumentHeader]:
        """The held documents by symbol, language and age."""
        query = select(*HEADER_COLUMNS).order_by(
            documents.c.symbol,
            documents.c.language,
            documents.c.current.desc(),
            documents.c.id.desc(),
        )
        if searched_only:
            query = query.where(documents.c.searched)
        elif current_only:
            query = query.where(documents.c.current)
        return self._all(query, read_header)

    def header(self, document_id: int) -> DocumentHeader:
        """One document by its id."""
        return self._one(select(*HEADER_COLUMNS).where(documents.c.id == document_id), read_header)

    def find(self, name: str, *, current_only: bool = True) -> list[DocumentHeader]:
        """The documents with this normalised symbol or slug: current ones first, of these searched ones.

        A joint document is found by each of its symbols.
        """
        joint = select(other_symbols.c.document_id).where(
            (other_symbols.c.symbol == name) | (other_symbols.c.slug == name)
        )
        query = select(*HEADER_COLUMNS).where(
            (documents.c.symbol == name) | (documents.c.slug == name) | documents.c.id.in_(joint)
        )
        if current_only:
            query = query.where(documents.c.current)
        query = query.order_by(documents.c.current.desc(), documents.c.searched.desc(), documents.c.id.desc())
        return self._all(query, read_header)

    def editions(self) -> list[Edition]:
        """Every edition that is held, the oldest first."""
        return self._all(select(*EDITION_COLUMNS).order_by(documents.c.id), read_edition)

    def document(self, document_id: int) -> Document:
        """One whole document."""
        printed = self.paragraphs(document_id)
        return self._one(
            select(documents.c.body).where(documents.c.id == document_id),
            lambda row: DOCUMENT.validate_python({**row.body, "paragraphs": printed}, strict=False),
        )

    def other_symbols(self, document_id: int) -> tuple[str, ...]:
        """The symbols that a joint document has beside the first, as it prints them."""
        query = select(documents.c.body["other_symbols"].label("symbols"))
        return self._one(query.where(documents.c.id == document_id), lambda row: tuple(row.symbols or ()))

    def accounts(self, document_id: int) -> Accounts:
        """The source text of a document and what each stretch of it is."""
        return self._one(
            select(documents.c.body).where(documents.c.id == document_id),
            lambda row: Accounts(str(row.body["text"]), SPANS.validate_python(row.body["spans"])),
        )

    def paragraphs(self, document_id: int) -> list[Paragraph]:
        """All paragraphs of a document in printed order."""
        query = select(paragraphs.c.body).where(paragraphs.c.document_id == document_id)
        return self._all(query.order_by(paragraphs.c.ordinal), read_paragraph)

    def paragraphs_at(self, keys: Sequence[tuple[int, int]]) -> dict[tuple[int, int], Paragraph]:
        """Paragraphs by (document id, ordinal); keys that are not held are left out."""
        return self._rows.paragraphs.read(keys, self._read_paragraphs)

    def sections_at(self, keys: Sequence[tuple[int, int]]) -> dict[tuple[int, int], int]:
        """The sections of paragraphs by (document id, ordinal): the ordinals of their first paragraphs."""
        return self._rows.sections.read(keys, self._read_sections)

    def _read_paragraphs(self, keys: Sequence[Key]) -> dict[Key, Paragraph]:
        found: dict[Key, Paragraph] = {}
        for places in _places(keys):
            query = select(paragraphs.c.document_id, paragraphs.c.ordinal, paragraphs.c.body).where(places)
            found.update(self._all(query, lambda row: ((row.document_id, row.ordinal), read_paragraph(row))))
        return found

    def _read_sections(self, keys: Sequence[Key]) -> dict[Key, int]:
        found: dict[Key, int] = {}
        for places in _places(keys):
            query = select(paragraphs.c.document_id, paragraphs.c.ordinal, paragraphs.c.section).where(places)
            found.update(self._all(query, lambda row: ((row.document_id, row.ordinal), row.section)))
        return found

    def counts(self) -> Counts:
        """How much is held, of the current editions."""
        query = select(
            func.count(),
            func.coalesce(func.sum(documents.c.paragraph_count), 0),
            func.count().filter(documents.c.searched),
        ).where(documents.c.current)
        return self._one(query, lambda row: Counts(*map(int, row)))

    def _all(self, query: Select[Any], read: Callable[[Any], _Read]) -> list[_Read]:
        """What each row says; raises `CatalogDamaged` for one that does not hold what it should."""
        return self._database.all(self._connection, query, read)

    def _one(self, query: Select[Any], read: Callable[[Any], _Read]) -> _Read:
        """What the one row says that must be there."""
        found = self._all(query, read)
        if not found:
            raise self._database.damaged("a row of it is missing")
        return found[0]


def find_document(snapshot: Snapshot, name: str, *, current_only: bool = True) -> list[DocumentHeader]:
    """The documents a symbol or slug names, current ones first; raises `DocumentNotHeld`."""
    text = name.strip()
    held = snapshot.find(text, current_only=current_only)
    if not held:
        try:
            held = snapshot.find(str(Symbol.parse(text)), current_only=current_only)
        except SymbolInvalid:
            held = snapshot.find(text.lower(), current_only=current_only)
    if not held:
        raise DocumentNotHeld(f"No document {text[:80]} is held.", "See what is with pilcrow documents.")
    return held


def _places(keys: Sequence[tuple[int, int]]) -> Iterator[TextClause]:
    """Conditions that the paragraphs at some keys meet, a few keys each.

    Pairs in a list would be plainer, and make SQLite read the whole table; these use its index. They
    are written out, since to build them from parts takes as long as to look them up.
    """
    for start in range(0, len(keys), _KEYS_A_QUERY):
        ordinals: dict[int, list[int]] = {}
        for document_id, ordinal in keys[start : start + _KEYS_A_QUERY]:
            ordinals.setdefault(document_id, []).append(ordinal)
        yield text(
            " OR ".join(
                f"(document_id = {document_id:d} AND ordinal IN ({', '.join(f'{n:d}' for n in some)}))"
                for document_id, some in ordinals.items()
            )
        )
