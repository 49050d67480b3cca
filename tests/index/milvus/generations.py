"""Generations in Milvus, for tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus.errors import EngineDamaged
from index.engine import Searcher
from index.milvus.engine import MilvusEngine
from index.milvus.server import Milvus
from index.passages import Passage
from tests.index.engine_reference import Reference, check_all, query_of

QUERIES = [query_of("training of judges")]


class Clock:
    """A time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def collections(server: Milvus, names: Iterable[str]) -> list[str]:
    """Those of these collections that are there."""

    def is_there(name: str) -> bool:
        try:
            server.load(name)
        except EngineDamaged:
            return False
        return True

    return [name for name in names if is_there(name)]


def make_folder(parent: Path, name: str) -> Path:
    (parent / name).mkdir()
    return parent / name


def holds(searcher: Searcher, passages: Sequence[Passage]) -> None:
    """Check that an open generation is searched as these passages are."""
    check_all(searcher, Reference(list(passages)), QUERIES)


def collection_of(engine: MilvusEngine, generation: int) -> str:
    return engine.records.generation(generation).collection
