"""The documents held and their index: read by many, changed by one writer at a time.

A change is made in three steps. Vectors go into the cache, index files into the folder of the next
generation, and then one commit of the catalog publishes documents and generation together. A
process that dies in between leaves only files that nothing names; the next writer deletes them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.catalog import Catalog, Change, NewDocument, Snapshot
from corpus.errors import (
    DocumentNotHeld,
    EngineDamaged,
    HomeUnusable,
    PilcrowError,
    WriterBusy,
)
from corpus.ingest import Outcome, fingerprint
from corpus.model import DocumentHeader
from corpus.parse import builtin_sources, parse_document
from corpus.symbol import Symbol
from index.batch import Batch, Loaded
from index.embedding import Encoder, EncoderIdentity, Precision, Vectors
from index.engine import SCHEMA_VERSION, Engine, EngineRecord, Searcher
from index.passages import Passage, passages_of
from index.vector_cache import VectorCache

BATCH_PASSAGES = 4096
"""Passages after which an ingest publishes what it has, so that an interruption loses no more."""

_WAIT_FOR_WRITER = 300.0  # seconds a reader waits for another process to finish the index it needs

Progress = Callable[[str, int, int], None]
"""Called with the phase (`encoding`), how many passages are done and how many there are."""


@dataclass(frozen=True)
class View:
    """One consistent view of documents and index; `searcher` is None where nothing is held."""

    snapshot: Snapshot
    searcher: Searcher | None


class Collection:
    """The documents of one data folder with their index."""

    def __init__(
        self,
        home: Path,
        engine: Engine,
        encoder: Callable[[Precision | None], Encoder],
        *,
        read_only: bool = False,
    ) -> None:
        """Open a data folder, creating it where needed; the model is loaded when first used.

        `encoder` makes an encoder for a precision, or for the best one where it gets None.
        Raises `HomeUnusable`, `CatalogDamaged` or `CatalogNewer`.
        """
        self.home = home
        self.read_only = read_only
        if not read_only:
            _make_folder(home)
        self.catalog = Catalog(home / "catalog.db", read_only=read_only)
        self.engine = engine
        self._cache = VectorCache(home / "vectors.db")
        self._make_encoder = encoder
        self._encoder: Encoder | None = None
        self._loading = threading.Lock()
        self._opening = threading.Lock()
        self._open: tuple[int, Searcher] | None = None

    def close(self) -> None:
        """Close the catalog."""
        self.catalog.close()

    # -- reading

    @property
    def encoder(self) -> Encoder:
        """The encoder, loaded on first use and then kept."""
        with self._loading:
            if self._encoder is None:
                with self.catalog.snapshot() as snapshot:
                    record = _record(snapshot)
                self._encoder = self._make_encoder(record.encoder.precision if record else None)
            return self._encoder

    @property
    def encoder_is_loaded(self) -> bool:
        """Whether the next query need not wait for the model."""
        return self._encoder is not None

    @contextmanager
    def view(self, progress: Progress | None = None) -> Iterator[View]:
        """Documents and index of one generation, building the index first where it is missing."""
        self.seed()
        for attempt in range(3):
            with self.catalog.snapshot() as snapshot:
                try:
                    searcher = self._searcher(snapshot)
                except EngineDamaged:
                    # gone because a newer generation was published meanwhile, or really damaged
                    if attempt == 2:
                        raise
                else:
                    yield View(snapshot, searcher)
                    return
                generation = snapshot.generation
            if not self.read_only:
                self._repair(generation, progress)

    def _searcher(self, snapshot: Snapshot) -> Searcher | None:
        with self._opening:
            if self._open and self._open[0] == snapshot.generation:
                return self._open[1]
            if snapshot.counts()[0] == 0:
                return None
            if snapshot.engine is None:
                raise _not_built()
            searcher = self.engine.open(snapshot.generation)
            self._open = (snapshot.generation, searcher)
            return searcher

    # -- writing

    def seed(self) -> None:
        """Offer the built-in documents to a new home, once; one that is removed stays removed."""
        if self._is_seeded():
            return
        if self.read_only:
            raise HomeUnusable(
                f"{self.home} is empty and cannot be written.",
                "Make it writable, or set PILCROW_HOME to a folder that is.",
            )
        with self._writing(_WAIT_FOR_WRITER):
            if self._is_seeded():
                return
            with self.catalog.snapshot() as snapshot:
                first, generation = snapshot.next_document_id, snapshot.generation
            new = [
                NewDocument(first + position, parse_document(source), fingerprint(source))
                for position, source in enumerate(builtin_sources())
            ]
            # no index yet: whoever searches first builds it, and looking a place up needs no model
            self.catalog.publish(Change(add=new, seeded=True), generation + 1, None)

    def ingest(self, sources: Iterable[Loaded], progress: Progress | None = None) -> Iterator[Outcome]:
        """Take files in, yielding what became of each once that is published; raises `WriterBusy`.

        A file that is refused leaves what is held of it as it is, and the others go on.
        """
        self.seed()
        with self._writing():
            batch = Batch(self.catalog)
            for load in sources:
                if (outcome := batch.take(load)) is not None:
                    yield outcome
                if batch.size >= BATCH_PASSAGES or batch.repeats:
                    yield from self._publish(batch, progress)
                    batch = Batch(self.catalog, held_over=batch.repeats)
            while batch.new:
                yield from self._publish(batch, progress)
                batch = Batch(self.catalog, held_over=batch.repeats)

    def remove(self, name: str, *, all_editions: bool = False) -> list[DocumentHeader]:
        """Remove the current edition of a document, or all; raises `DocumentNotHeld`, `WriterBusy`."""
        self.seed()
        with self._writing():
            with self.catalog.snapshot() as snapshot:
                held = find_document(snapshot, name, current_only=not all_editions)
                generation, record = snapshot.generation, _record(snapshot)
            change = Change(remove={header.id for header in held})
            if record is None:
                self._commit(change, generation + 1, None)
            else:
                self._advance(change, [], record.encoder, None)
        return held

    def rebuild(self, progress: Progress | None = None) -> EngineRecord:
        """Build the index anew with the encoder that is set, from catalog and vector cache."""
        self.seed()
        with self._writing(_WAIT_FOR_WRITER):
            # the precision of the old index counts for nothing here
            with self._loading:
                self._encoder = self._make_encoder(None)
            return self._build_all(self._encoder.identity, progress)

    def _repair(self, generation: int, progress: Progress | None) -> None:
        """Build the index of a generation again, unless another process has done so meanwhile."""
        with self._writing(_WAIT_FOR_WRITER):
            with self.catalog.snapshot() as snapshot:
                if snapshot.generation != generation:
                    return
                record = _record(snapshot)
            self._build_all(record.encoder if record else self.encoder.identity, progress)

    def _build_all(self, identity: EncoderIdentity, progress: Progress | None) -> EngineRecord:
        with self.catalog.snapshot() as snapshot:
            generation = snapshot.generation
            held = [(header.id, snapshot.document(header.id)) for header in snapshot.headers()]
        passages = [p for document_id, document in held for p in passages_of(document_id, document)]
        record = self.engine.build(
            generation + 1,
            base=None,
            add=passages,
            vectors=self._vectors(passages, identity, progress),
            remove=(),
            encoder=identity,
        )
        self._commit(Change(), generation + 1, record)
        return record

    def _publish(self, batch: Batch, progress: Progress | None) -> Iterator[Outcome]:
        if not batch.new:
            return
        passages = [p for new in batch.new for p in passages_of(new.id, new.document)]
        change = Change(add=batch.new, supersede=batch.superseded)
        self._advance(change, passages, self.encoder.identity, progress)
        yield from batch.outcomes()

    def _advance(
        self,
        change: Change,
        passages: Sequence[Passage],
        encoder: EncoderIdentity,
        progress: Progress | None,
    ) -> None:
        """Publish a change with the generation that follows from the current one.

        Where that is damaged, or was never built, it is built first.
        """
        with self.catalog.snapshot() as snapshot:
            generation, record, held = snapshot.generation, _record(snapshot), snapshot.counts()[0] > 0
        if held and record is not None:
            record.require(encoder, for_passages=True)
        vectors = self._vectors(passages, encoder, progress)

        def build(base: int | None) -> EngineRecord:
            return self.engine.build(
                generation + 1,
                base=base,
                add=passages,
                vectors=vectors,
                remove={*change.remove, *change.supersede},
                encoder=encoder,
            )

        try:
            if held and record is None:
                raise _not_built()
            record = build(generation if held else None)
        except EngineDamaged:
            self._build_all(encoder, progress)
            generation += 1
            record = build(generation)
        self._commit(change, generation + 1, record)

    def _commit(self, change: Change, generation: int, record: EngineRecord | None) -> None:
        self.catalog.publish(change, generation, record.to_json() if record else None)
        self.engine.sweep(generation)

    def _vectors(
        self, passages: Sequence[Passage], identity: EncoderIdentity, progress: Progress | None
    ) -> Vectors:
        def encoder() -> Encoder:
            loaded = self.encoder
            if loaded.identity != identity:
                EngineRecord("", SCHEMA_VERSION, identity, 0).require(loaded.identity, for_passages=True)
            return loaded

        def report(done: int, total: int) -> None:
            if progress:
                progress("encoding", done, total)

        return self._cache.vectors([p.embedded_text for p in passages], identity, encoder, report)

    def _is_seeded(self) -> bool:
        with self.catalog.snapshot() as snapshot:
            return snapshot.seeded

    @contextmanager
    def _writing(self, wait: float = 0.0) -> Iterator[None]:
        """Hold the writer lock, which the system releases when a process dies; raises `WriterBusy`."""
        if self.read_only:
            raise HomeUnusable(
                f"{self.home} cannot be written.",
                "Make it writable, or set PILCROW_HOME to a folder that is.",
            )
        # of its own, so that writers in two threads exclude each other and either may end in another thread
        lock = FileLock(self.home / "writer.lock", thread_local=False)
        try:
            lock.acquire(timeout=wait)
        except Timeout:
            raise WriterBusy(
                f"Another process is changing the collection in {self.home}.",
                "Try again when it is done.",
            ) from None
        except OSError as error:
            raise HomeUnusable(
                f"{self.home} cannot be written: {error.strerror or error}.",
                "Check its permissions.",
            ) from error
        try:
            with self.catalog.snapshot() as snapshot:
                generation = snapshot.generation
            self.engine.sweep(generation)  # what an interrupted writer left behind
            yield
        finally:
            lock.release()


def find_document(snapshot: Snapshot, name: str, *, current_only: bool = True) -> list[DocumentHeader]:
    """The documents a symbol or slug names, current ones first; raises `DocumentNotHeld`."""
    text = name.strip()
    held = snapshot.find(text, current_only=current_only)
    if not held:
        try:
            held = snapshot.find(str(Symbol.parse(text)), current_only=current_only)
        except PilcrowError:
            held = snapshot.find(text.lower(), current_only=current_only)
    if not held:
        raise DocumentNotHeld(f"No document {text[:80]} is held.", "See what is with pilcrow documents.")
    return held


def _record(snapshot: Snapshot) -> EngineRecord | None:
    return EngineRecord.from_json(snapshot.engine) if snapshot.engine else None


def _not_built() -> EngineDamaged:
    return EngineDamaged("The index is not built yet.", "Run pilcrow engine rebuild.")


def _make_folder(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HomeUnusable(
            f"The data folder {home} cannot be created: {error.strerror or error}.",
            "Set PILCROW_HOME to a folder that can be written.",
        ) from error
