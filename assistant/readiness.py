"""Whether a question would be answered at once, and what makes it so."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.errors import EngineDamaged, EngineMismatch, PilcrowError
from index.collection import Collection, Progress
from index.engine import EngineRecord


def warm_up(collection: Collection, progress: Progress | None = None) -> None:
    """Load the model and open the index, which is built anew where it was lost while it was open."""
    try:
        _open(collection, progress)
    except EngineDamaged:
        _open(collection, progress)


def _open(collection: Collection, progress: Progress | None) -> None:
    with collection.view(progress) as view:
        if view.searcher is not None:
            collection.check(view.searcher.record, view.snapshot.generation)
            view.searcher.record.require(collection.encoder.identity)
            collection.encoder.encode_queries(["¶"])


def reasons_unready(collection: Collection) -> Iterator[str]:
    """Why a question would wait or fail, a sentence each; looks without loading, building or changing."""
    with collection.catalog.snapshot() as snapshot:
        if not snapshot.seeded:
            yield "The data folder is not set up yet."
            return
        if snapshot.counts().searched == 0:
            return  # nothing to search needs neither index nor model
        record = EngineRecord.from_json(snapshot.engine) if snapshot.engine else None
        generation = snapshot.generation
    if record is None:
        yield "The index is not built yet."
    if not collection.encoder_is_loaded:
        yield "The model is not loaded yet."
    elif record is not None:
        yield from _troubles(collection, record, generation)


def _troubles(collection: Collection, record: EngineRecord, generation: int) -> Iterator[str]:
    try:
        record.require(collection.encoder.identity)
    except EngineMismatch as error:
        yield str(error)
    try:
        collection.check(record, generation)
    except PilcrowError as error:
        yield str(error)
