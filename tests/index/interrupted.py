"""Changes to a collection that tell where they are, run in processes that tests kill."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from corpus import rows
from corpus.catalog import Catalog, Change
from corpus.parse import SourceFile
from corpus.rows import NewDocument
from index import batch as batch_module
from index.collection import Collection
from index.embedded import EmbeddedEngine
from index.embedding import Progress, Vectors
from index.engine import EngineRecord
from tests.index.homes import ingested
from tests.index.small_documents import STATES, source_of, symbol_of
from tests.index.tiny_encoder import TinyEncoder
from tests.processes import mark, stay

DOCUMENTS_A_BATCH = 2
_PARAGRAPHS = 4


def paragraphs_of(state: str, edition: int) -> list[str]:
    """What an edition of a document says; one paragraph is in all of them."""
    new = [f"Edition {edition} says {number} of {STATES[state]}." for number in range(1, _PARAGRAPHS)]
    return [f"The Committee thanks {STATES[state]}.", *new]


def sources_of(edition: int, states: Sequence[str] = tuple(STATES)) -> list[SourceFile]:
    return [source_of(state, *paragraphs_of(state, edition)) for state in states]


class Places:
    """The places that a change comes by, numbered by how often it did; it stays at one of them."""

    def __init__(self, last: str) -> None:
        self._last = last
        self._visits: Counter[str] = Counter()

    def at(self, place: str) -> None:
        self._visits[place] += 1
        visit = f"{place} {self._visits[place]}"
        mark(visit)
        if visit == self._last:
            stay()


class _Encoder(TinyEncoder):
    def __init__(self, places: Places) -> None:
        super().__init__()
        self._places = places

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self._places.at("encoding")
        time.sleep(0.01)  # as a model would take its time
        return super().encode_passages(texts, progress)


class WatchedEngine(EmbeddedEngine):
    def __init__(self, folder: Path, places: Places) -> None:
        super().__init__(folder)
        self._places = places

    def build(self, generation: int, **parts: Any) -> EngineRecord:
        self._places.at("building")
        record = super().build(generation, **parts)
        self._places.at("built")
        return record


class WatchedCatalog(Catalog):
    def __init__(self, path: Path, places: Places) -> None:
        super().__init__(path)
        self._places = places

    def publish(self, change: Change, generation: int, engine: dict[str, Any] | None) -> None:
        super().publish(change, generation, engine)
        self._places.at("published")


@contextmanager
def _watched(home: str, last: str) -> Iterator[Collection]:
    """A collection that publishes two documents at a time and stays at the last place."""
    places = Places(last)
    folder = Path(home)
    batch_module.STEP_PASSAGES = (DOCUMENTS_A_BATCH * _PARAGRAPHS,) * 2
    insert = rows.insert_document

    def watched_insert(connection: Connection, new: NewDocument) -> None:
        insert(connection, new)
        places.at("inserted")

    rows.insert_document = watched_insert
    collection = Collection(
        folder, WatchedEngine(folder / "index", places), lambda _precision: _Encoder(places)
    )
    collection.catalog = WatchedCatalog(folder / "catalog.db", places)
    places.at("begun")
    yield collection
    places.at("done")


def ingest(home: str, edition: int, last: str) -> None:
    with _watched(home, last) as collection:
        ingested(collection, *sources_of(edition))


def remove(home: str, state: str, last: str) -> None:
    with _watched(home, last) as collection:
        collection.remove(symbol_of(state), all_editions=True)


def rebuild(home: str, last: str) -> None:
    with _watched(home, last) as collection:
        collection.rebuild()
