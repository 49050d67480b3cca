"""Histories of a collection: changes that are made, that fail, and that go on from a copy."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from corpus.errors import DocumentNotHeld
from index.collection import Collection
from index.embedding import Progress, Vectors
from index.engine import Engine, EngineRecord, PassageFilter
from index.passages import passages_of
from tests.index.engine_reference import ALL, Reference, query_of
from tests.index.engine_reference import check as check_search
from tests.index.homes import check, held, ingested
from tests.index.small_documents import source_of, symbol_of
from tests.index.tiny_encoder import TinyEncoder

QUERIES = [query_of("training of judges", "custody"), query_of("adoption")]
WORDS = ("judges", "training", "adoption", "custody", "children", "law")


class Crash(Exception):
    """What ends a change in the middle."""


class Home:
    """A data folder whose changes can be made to fail at a place, or to be copied there."""

    def __init__(self, folder: Path, engine: Callable[[Path], Engine]) -> None:
        self.folder = folder
        self._engine = engine
        self.fails: str | None = None
        self.copies_to: Path | None = None
        self.collection = self.open()

    def open(self) -> Collection:
        engine = self._engine(self.folder)
        build = engine.build

        def watched(generation: int, **parts: Any) -> EngineRecord:
            record = build(generation, **parts)
            self.at("built")
            return record

        engine.build = watched  # type: ignore[method-assign]
        return Collection(self.folder, engine, lambda _precision: _Encoder(self))

    def reopen(self, folder: Path | None = None) -> None:
        self.collection.close()
        self.folder = folder or self.folder
        self.collection = self.open()

    def at(self, place: str) -> None:
        if self.fails == place:
            raise Crash
        if place == "built" and self.copies_to:
            shutil.copytree(self.folder, self.copies_to)

    @contextmanager
    def failing(self, place: str) -> Iterator[None]:
        self.fails = place
        try:
            yield
        except Crash:
            pass
        finally:
            self.fails = None


class _Encoder(TinyEncoder):
    def __init__(self, home: Home) -> None:
        super().__init__()
        self._home = home

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self._home.at("encoding")
        return super().encode_passages(texts, progress)


def search_agrees(collection: Collection) -> None:
    """Whether every search finds what a look at each document of the catalog finds."""
    check(collection)
    with collection.view() as view:
        headers = view.snapshot.headers(searched_only=True)
        documents = [view.snapshot.document(header.id) for header in headers]
        pairs = zip(headers, documents, strict=True)
        reference = Reference([p for header, document in pairs for p in passages_of(header.id, document)])
        if view.searcher is None:
            assert not reference.held
            return
        assert len(view.searcher) == len(reference.held)
        some = PassageFilter(documents=frozenset(header.id for header in headers[1::2]))
        for query in QUERIES:
            for where in (ALL, some):
                check_search(view.searcher, reference, query, where, 3)
            assert view.searcher.passages_with("judg") == reference.passages_with("judg")


_STATES = ("KEN", "UGA", "TZA")
_texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
_sources = st.builds(
    lambda state, texts: source_of(state, *texts),
    st.sampled_from(_STATES),
    st.lists(_texts, min_size=1, max_size=6),
)
_ingests = st.lists(_sources, min_size=1, max_size=3)
ACTIONS = st.one_of(
    st.tuples(st.just("ingest"), _ingests),
    st.tuples(st.sampled_from(["fail encoding", "fail built", "copy"]), _ingests),
    st.tuples(st.sampled_from(["remove", "remove all", "fail to remove"]), st.sampled_from(_STATES)),
    st.tuples(st.sampled_from(["rebuild", "fail to rebuild", "reopen"]), st.none()),
)  # fmt: skip


HISTORIES = st.lists(ACTIONS, min_size=2, max_size=6)


def run(home: Home, actions: Sequence[tuple[str, Any]], spare: Path) -> None:
    """Do one thing after the other, and look at the collection after each."""
    try:
        for number, (action, argument) in enumerate(actions):
            act(home, action, argument, spare / f"copy {number}")
            search_agrees(home.collection)
    finally:
        home.collection.close()


def act(home: Home, action: str, argument: Any, spare: Path) -> None:
    """Do it; where it fails, or goes on from a copy, what is held is as before."""
    collection, before = home.collection, held(home.collection)

    def remove(*, all_editions: bool = False) -> None:
        try:
            collection.remove(symbol_of(argument), all_editions=all_editions)
        except DocumentNotHeld:
            assert (symbol_of(argument), True) not in before

    does: dict[str, Callable[[], object]] = {
        "ingest": lambda: ingested(collection, *argument),
        "remove": remove,
        "remove all": lambda: remove(all_editions=True),
        "rebuild": collection.rebuild,
        "reopen": home.reopen,
    }
    if action == "copy":
        home.copies_to = spare
        ingested(collection, *argument)
        home.copies_to = None
        if spare.exists():  # nothing is built of files that are held already
            home.reopen(spare)
            assert held(home.collection) == before
    elif action.startswith("fail"):
        place = "encoding" if action == "fail encoding" else "built"
        whole = {"fail to remove": "remove", "fail to rebuild": "rebuild"}.get(action, "ingest")
        with home.failing(place):
            does[whole]()
            return  # nothing was encoded or built
        assert held(home.collection) == before
    else:
        does[action]()
