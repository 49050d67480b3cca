"""The documents held and their index: read by many, changed by one writer at a time.

A change is made in three steps. Vectors go into the cache, index files into the folder of the next
generation, and then one commit of the catalog publishes documents and generation together. A
process that dies in between leaves only files that nothing names; the next writer deletes them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from collections.abc import Collection as AbstractCollection
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from corpus.catalog import Catalog, Change, Snapshot, find_document
from corpus.errors import EngineDamaged
from corpus.holdings import Holdings
from corpus.ingest import Loaded, Outcome, fingerprint, read_ahead
from corpus.model import Document, DocumentHeader
from corpus.parse import builtin_sources, parse_document
from corpus.rows import NewDocument
from corpus.workers import InProcess, Parser
from index.batch import Batch, step
from index.embedding import Encoder, EncoderIdentity, Precision, Vectors
from index.embedding import Progress as Counted
from index.engine import SCHEMA_VERSION, Engine, EngineRecord, Searcher
from index.home import locked, make_folder, storing, unwritable
from index.kept_encoder import KeptEncoder
from index.ledger import Ledger
from index.open_index import OpenIndex, not_built, record_of
from index.passages import Passage
from index.rebuild import all_passages
from index.vector_cache import VectorCache

T = TypeVar("T")

ENGLISH = frozenset({"en"})
"""What the default model serves."""

_WAIT_FOR_WRITER = 300.0  # seconds a reader waits for another process to finish the index it needs

Progress = Callable[[str, int, int], None]
"""Called with the phase, how much is done and how much there is: `reading` files, `loading` the model
and `encoding` passages."""


@dataclass(frozen=True)
class View:
    """One consistent view of documents and index; `searcher` is None where nothing is held."""

    snapshot: Snapshot
    searcher: Searcher | None
    holdings: Holdings


class Collection:
    """The documents of one data folder with their index."""

    def __init__(
        self,
        home: Path,
        engine: Engine,
        encoder: Callable[[Precision | None], Encoder],
        *,
        read_only: bool = False,
        languages: AbstractCollection[str] = ENGLISH,
        parser: Callable[[], Parser] = InProcess,
    ) -> None:
        """Open a data folder, creating it where needed; the model is loaded when first used.

        `encoder` makes an encoder for a precision, or for the best one where it gets None. It serves
        the `languages`; documents in others are held and not searched. `parser` makes what parses
        files while they are taken in. Raises `HomeUnusable`, `CatalogDamaged` or `CatalogNewer`.
        """
        self.home = home
        self.read_only = read_only
        if not read_only:
            make_folder(home)
        self.catalog = Catalog(home / "catalog.db", read_only=read_only)
        self.engine = engine
        self._cache = VectorCache(home / "vectors.db")
        self._encoder = KeptEncoder(encoder, self.catalog)
        self._languages = languages
        self._make_parser = parser
        self._counting = threading.Lock()
        self._index = OpenIndex(engine, read_only=read_only)
        self._holdings: tuple[int, Holdings] | None = None
        self._seeded = False

    def close(self) -> None:
        """Close the catalog, and end what the engine has open."""
        self.catalog.close()
        self.engine.close()

    # -- reading

    @property
    def encoder(self) -> Encoder:
        """The encoder, loaded on first use and then kept."""
        return self._encoder.get()

    @property
    def encoder_is_loaded(self) -> bool:
        """Whether the next query need not wait for the model."""
        return self._encoder.is_loaded

    @contextmanager
    def view(self, progress: Progress | None = None) -> Iterator[View]:
        """Documents and index of one generation, building the index first where it is missing."""
        self.seed()
        for attempt in range(3):
            with self.catalog.snapshot() as snapshot:
                try:
                    searcher = self._index.searcher(snapshot)
                except EngineDamaged:
                    # gone because a newer generation was published meanwhile, or really damaged
                    if attempt == 2:
                        raise
                else:
                    with self._index.using(searcher):
                        yield View(snapshot, searcher, self.holdings(snapshot))
                    return
                generation = snapshot.generation
            # who is only overtaken need not wait until the writer has done all that it does
            if not self.read_only and self._is_current(generation):
                self._repair(generation, progress)

    def in_view(self, use: Callable[[View], T], progress: Progress | None = None) -> T:
        """What comes of a view; of another, where the index of the first turns out lost and is built anew."""
        try:
            with self.view(progress) as view:
                return use(view)
        except EngineDamaged:
            with self.view(progress) as view:
                return use(view)

    def check(self, record: EngineRecord, generation: int) -> None:
        """Raise what a search of a generation would fail with at once, as far as a glance tells."""
        self._index.require_own(record)
        self.engine.check(generation)

    def holdings(self, snapshot: Snapshot) -> Holdings:
        """What the documents of a view are, read once a generation."""
        with self._counting:
            if not self._holdings or self._holdings[0] != snapshot.generation:
                self._holdings = (snapshot.generation, Holdings(snapshot.headers()))
            return self._holdings[1]

    def told(self, snapshot: Snapshot, ask: Callable[[Searcher], T]) -> T | None:
        """What the index of a view tells those who can do without it, as `OpenIndex.told` says."""
        return self._index.told(snapshot, ask)

    # -- writing

    def seed(self) -> None:
        """Offer the built-in documents to a new home, once; one that is removed stays removed."""
        if self._is_seeded():
            return
        if self.read_only:
            raise unwritable(self.home, "is empty and cannot be written")
        with self._writing(_WAIT_FOR_WRITER):
            if self._is_seeded():
                return
            with self.catalog.snapshot() as snapshot:
                first, generation = snapshot.next_document_id, snapshot.generation
            new = []
            for position, source in enumerate(builtin_sources(), first):
                document = parse_document(source)  # trusted, so it needs no process of its own
                searched = document.language in self._languages
                new.append(NewDocument(position, document, fingerprint(source), searched=searched))
            # no index yet: whoever searches first builds it, and looking a place up needs no model
            self.catalog.publish(Change(add=new, seeded=True), generation + 1, None)

    def ingest(
        self,
        sources: Sequence[Loaded],
        progress: Progress | None = None,
        *,
        accept: Callable[[Document], None] | None = None,
        reinstate: bool = False,
    ) -> Generator[Outcome, None, None]:
        """Take files in, yielding what became of each, in order, once that is published.

        A file that is refused leaves what is held of it as it is, and the others go on. `accept` is shown
        what was read before any of it is kept, and refuses it by a `SourceRefused`; files are loaded while
        nobody else can change the collection. The file of an earlier edition changes nothing, or with
        `reinstate` makes that the current one again. Raises `WriterBusy`, and `HomeUnusable` where the
        disk is full; what was yielded is held all the same.
        """
        self.seed()
        with self._writing(), self._make_parser() as parser:
            with self.catalog.snapshot() as snapshot:
                ledger = Ledger(
                    snapshot.editions(), snapshot.next_document_id, self._languages, reinstate=reinstate
                )
                enough = _step(snapshot)
            batch = Batch(ledger, accept)
            for done, read in enumerate(read_ahead(sources, parser, ledger.settles), 1):
                batch.take(read)
                if progress:
                    progress("reading", done, len(sources))
                if batch.size >= enough:
                    enough = self._publish(batch, progress)
                    yield from batch.outcomes()
                    batch = Batch(ledger, accept)
                elif not batch.changes:
                    yield from batch.outcomes()
            if batch.changes:
                self._publish(batch, progress)
            yield from batch.outcomes()

    def remove(
        self,
        name: str,
        *,
        all_editions: bool = False,
        accept: Callable[[DocumentHeader], None] | None = None,
    ) -> list[DocumentHeader]:
        """Remove the current edition of a document, or all; raises `DocumentNotHeld`, `WriterBusy`.

        `accept` is shown what the name stands for while nobody else can change it, and may raise.
        """
        self.seed()
        with self._writing():
            with self.catalog.snapshot() as snapshot:
                held = find_document(snapshot, name, current_only=not all_editions)
                generation, record = snapshot.generation, record_of(snapshot)
            if accept:
                accept(held[0])
            self._change(Change(remove={header.id for header in held}), generation, record)
        return held

    def rebuild(self, progress: Progress | None = None) -> EngineRecord:
        """Build the index anew with the encoder that is set, from catalog and vector cache."""
        self.seed()
        with self._writing(_WAIT_FOR_WRITER):
            return self._build_all(self._encoder.anew().identity, progress)

    def move(self, progress: Progress | None = None) -> EngineRecord:
        """Build the index in the engine that is set with the encoder that it has, so nothing is encoded.

        Where it is there already, it stays.
        """
        self.seed()
        with self._writing(_WAIT_FOR_WRITER):
            with self.catalog.snapshot() as snapshot:
                record, generation = record_of(snapshot), snapshot.generation
            if record is not None and record.kind == self.engine.kind:
                with suppress(EngineDamaged):
                    return self.engine.open(generation).record
            return self._build_all(record.encoder if record else self.encoder.identity, progress)

    def _repair(self, generation: int, progress: Progress | None) -> None:
        """Build the index of a generation again, unless another process has done so meanwhile."""
        with self._writing(_WAIT_FOR_WRITER):
            with self.catalog.snapshot() as snapshot:
                if snapshot.generation != generation:
                    return
                record = record_of(snapshot)
            self._build_all(record.encoder if record else self.encoder.identity, progress)

    def _build_all(self, identity: EncoderIdentity, progress: Progress | None) -> EngineRecord:
        def vectors_of(passages: Sequence[Passage], counted: Counted) -> Vectors:
            return self._vectors(passages, identity, counted)

        counted = progress and partial(progress, "encoding")
        with self.catalog.snapshot() as snapshot, storing(self.home):
            generation = snapshot.generation
            record = self.engine.build(
                generation + 1,
                base=None,
                add=all_passages(snapshot, self._languages, vectors_of, counted),
                remove=(),
                encoder=identity,
            )
        self._commit(Change(languages=self._languages), generation + 1, record)
        return record

    def _publish(self, batch: Batch, progress: Progress | None) -> int:
        """Make a batch visible; returns after how many more passages to do so again."""
        passages = batch.passages()
        if passages:
            if progress and not self.encoder_is_loaded:
                progress("loading", 0, len(passages))
            self._advance(batch.change, passages, self.encoder.identity, progress)
        else:
            with self.catalog.snapshot() as snapshot:
                generation, record = snapshot.generation, record_of(snapshot)
            self._change(batch.change, generation, record)
        with self.catalog.snapshot() as snapshot:
            return _step(snapshot)

    def _change(self, change: Change, generation: int, record: EngineRecord | None) -> None:
        """Publish a change that adds nothing to the index, which needs no model."""
        if record is None:
            self._commit(change, generation + 1, None)
        else:
            self._advance(change, [], record.encoder, None)

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
            generation, record = snapshot.generation, record_of(snapshot)
            held = snapshot.counts().searched > 0
        if held and record is not None:
            record.require(encoder, for_passages=True)
            with suppress(EngineDamaged):  # which is built below
                self._index.require_own(record)
        if passages:
            self.engine.whereabouts()  # or they would be encoded for a server that is away
        vectors = self._vectors(passages, encoder, progress and partial(progress, "encoding"))

        def build(base: int | None) -> EngineRecord:
            with storing(self.home):
                return self.engine.build(
                    generation + 1,
                    base=base,
                    add=[(passages, vectors)],
                    remove={*change.remove, *change.supersede},
                    encoder=encoder,
                )

        try:
            if held and record is None:
                raise not_built()
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
        self, passages: Sequence[Passage], identity: EncoderIdentity, progress: Counted | None
    ) -> Vectors:
        def encoder() -> Encoder:
            loaded = self.encoder
            if loaded.identity != identity:
                EngineRecord("", SCHEMA_VERSION, identity, 0).require(loaded.identity, for_passages=True)
            return loaded

        return self._cache.vectors([p.embedded_text for p in passages], identity, encoder, progress)

    def _is_current(self, generation: int) -> bool:
        with self.catalog.snapshot() as snapshot:
            return snapshot.generation == generation

    def _is_seeded(self) -> bool:
        if not self._seeded:  # which it stays
            with self.catalog.snapshot() as snapshot:
                self._seeded = snapshot.seeded
        return self._seeded

    @contextmanager
    def _writing(self, wait: float = 0.0) -> Iterator[None]:
        """Hold the writer lock; raises `WriterBusy`."""
        if self.read_only:
            raise unwritable(self.home, "cannot be written")
        with locked(self.home, wait):
            with self.catalog.snapshot() as snapshot:
                generation = snapshot.generation
            self.engine.sweep(generation)  # what an interrupted writer left behind
            try:
                yield
            except Exception:
                # what is not published only fills a disk that may be full already
                with self.catalog.snapshot() as snapshot:
                    self.engine.sweep(snapshot.generation)
                raise


def _step(snapshot: Snapshot) -> int:
    """After how many passages an ingest publishes."""
    record = record_of(snapshot)
    return step(record.passages if record else 0)
