"""A Milvus that is slow, breaks off anywhere, or is changed by others while an index is built."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import EngineDamaged, EngineRefused, EngineUnreachable, WriterBusy
from index.collection import Collection
from index.milvus.engine import MilvusEngine
from index.milvus.server import Milvus, Patience
from tests.index.engine_reference import ALL, build, passages_from, query_of
from tests.index.homes import BUILTIN, check, held, ingested
from tests.index.small_documents import KENYA, UGANDA, source_of
from tests.index.tiny_encoder import TinyEncoder
from tests.milvus_servers import BRIEF, LiteServer, Proxy, eventually, hasty

QUERY = query_of("training of judges")
KENYAN = source_of("KEN", "Training of judges.", "Adoption.")


@pytest.fixture
def collection(in_milvus: Collection) -> Collection:
    return in_milvus


def milvus_of(collection: Collection) -> Milvus:
    assert isinstance(collection.engine, MilvusEngine)
    return collection.engine.server


def meanwhile(
    collection: Collection, monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object], after: int = 1
) -> None:
    """Have something happen once, in the middle of the next rows that are written."""
    server = milvus_of(collection)
    upsert = server.upsert
    pending = [happens]

    def interrupted(name: str, rows: Any) -> None:
        written = list(rows)
        upsert(name, written[:after])
        if pending:
            pending.pop()()
        upsert(name, written[after:])

    monkeypatch.setattr(server, "upsert", interrupted)


# -- slow


def test_a_slow_server_is_waited_for(collection: Collection, proxy: Proxy) -> None:
    proxy.delay(0.02)
    assert check(collection) == [BUILTIN]
    ingested(collection, KENYAN)
    assert check(collection) == [KENYA, BUILTIN]
    collection.rebuild()
    assert check(collection) == [KENYA, BUILTIN]


def test_a_server_that_is_too_slow_is_given_up_and_found_again(home: Path, proxy: Proxy) -> None:
    patience = Patience(glance=0.3, connect=0.6, read=0.3, write=0.3)
    with closing(MilvusEngine(home, Milvus(proxy.uri, patience=patience))) as engine:
        passages = passages_from(1, ["training of judges", "adoption"])
        expected = build(engine, 1, passages).search(QUERY, ALL, 5)
        searcher = engine.open(1)
        uses: list[Callable[[], object]] = [
            lambda: searcher.search(QUERY, ALL, 5),
            lambda: engine.open(1),
            lambda: engine.check(1),
            lambda: build(engine, 2, passages_from(2, ["law"]), base=1),
        ]
        for use in uses:
            taken = proxy.taken
            proxy.delay(0.8)
            with pytest.raises(EngineUnreachable, match="does not answer"):
                use()
            assert proxy.taken - taken <= 5
            proxy.heal()
            assert eventually(lambda: searcher.search(QUERY, ALL, 5)) == expected
        build(engine, 2, passages_from(2, ["law"]), base=1)
        assert len(engine.open(2)) == 3


@pytest.mark.parametrize(("seconds", "is_too_slow"), [(0.05, False), (1.0, True)])
def test_a_server_that_becomes_slow_during_an_ingest_takes_all_or_nothing(
    collection: Collection, proxy: Proxy, monkeypatch: pytest.MonkeyPatch, seconds: float, is_too_slow: bool
) -> None:
    check(collection)
    meanwhile(collection, monkeypatch, lambda: proxy.delay(seconds))
    if is_too_slow:
        with pytest.raises(EngineUnreachable), hasty(milvus_of(collection)):
            ingested(collection, KENYAN)
        assert held(collection) == [(BUILTIN, True)]
    else:
        ingested(collection, KENYAN)
        assert check(collection) == [KENYA, BUILTIN]
    proxy.heal()
    eventually(lambda: check(collection))
    ingested(collection, KENYAN)
    assert check(collection) == [KENYA, BUILTIN]


# -- cut off


def cuts(size: int, count: int) -> Iterator[int]:
    """Where to cut an answer of so many bytes off: anywhere in its parts."""
    chosen = random.Random(size)
    return (chosen.randrange(size * part // count, size * (part + 1) // count + 1) for part in range(count))


def test_answers_cut_off_anywhere_are_errors_or_right(collection: Collection, proxy: Proxy) -> None:
    check(collection)
    before = proxy.passed
    check(collection)
    size = proxy.passed - before
    assert size > 10_000
    for count in cuts(size, 14):
        proxy.truncate(count, once=True)
        with suppress(EngineUnreachable):
            assert check(collection) == [BUILTIN]
        assert eventually(lambda: check(collection)) == [BUILTIN]


def test_an_ingest_whose_answers_are_cut_off_anywhere_is_whole_or_nothing(
    collection: Collection, proxy: Proxy
) -> None:
    check(collection)
    before = proxy.passed
    ingested(collection, KENYAN)
    size = proxy.passed - before
    for count in cuts(size, 7):
        collection.remove(KENYA)
        proxy.truncate(count, once=True)
        try:
            ingested(collection, KENYAN)
            expected = [KENYA, BUILTIN]
        except EngineUnreachable:
            expected = [BUILTIN]
        assert eventually(lambda: check(collection)) == expected
        if expected == [BUILTIN]:
            ingested(collection, KENYAN)
    assert check(collection) == [KENYA, BUILTIN]


# -- changed by others meanwhile


def emptied(server: LiteServer) -> None:
    server.stop()
    shutil.rmtree(server.folder)
    server.start()


@pytest.mark.parametrize("fault", ["dropped", "emptied"])
@pytest.mark.parametrize("work", ["ingest", "rebuild"])
def test_an_index_that_is_lost_while_it_is_written_is_built_again(
    collection: Collection, server: LiteServer, monkeypatch: pytest.MonkeyPatch, fault: str, work: str
) -> None:
    check(collection)

    def dropped() -> None:
        with closing(Milvus(f"http://127.0.0.1:{server.port}")) as another:
            for name in another.names():
                another.drop(name)

    meanwhile(collection, monkeypatch, dropped if fault == "dropped" else lambda: emptied(server))
    expected = [BUILTIN]
    with suppress(EngineDamaged, EngineUnreachable):
        if work == "ingest":
            ingested(collection, KENYAN)
            expected = [KENYA, BUILTIN]
        else:
            collection.rebuild()
    with suppress(EngineDamaged):  # what is open is lost too, which the first to search finds out
        eventually(lambda: check(collection))
    assert check(collection) == expected
    ingested(collection, KENYAN)
    assert check(collection) == [KENYA, BUILTIN]


@pytest.mark.parametrize("work", ["ingest", "rebuild"])
def test_who_changes_a_data_folder_is_alone(
    collection: Collection, home: Path, proxy: Proxy, monkeypatch: pytest.MonkeyPatch, work: str
) -> None:
    check(collection)
    engine = MilvusEngine(home, Milvus(proxy.uri, patience=BRIEF))
    with closing(Collection(home, engine, lambda _precision: TinyEncoder())) as second:

        def refused() -> None:
            with pytest.raises(WriterBusy):
                ingested(second, source_of("UGA", "Adoption."))
            with pytest.raises(WriterBusy):
                second.remove(BUILTIN)
            assert check(second) == [BUILTIN]

        meanwhile(collection, monkeypatch, refused)
        ingested(collection, KENYAN) if work == "ingest" else collection.rebuild()
        expected = [KENYA, BUILTIN] if work == "ingest" else [BUILTIN]
        assert check(second) == check(collection) == expected
        ingested(second, source_of("UGA", "Adoption."))
        assert check(collection) == check(second) == [*expected, UGANDA]


def test_a_server_that_fills_up_during_a_rebuild_keeps_the_index_before(
    collection: Collection, monkeypatch: pytest.MonkeyPatch, tiny: TinyEncoder
) -> None:
    from milvus_lite.engine.collection import Collection as Stored

    check(collection)
    before = milvus_of(collection).names()
    monkeypatch.setattr("index.milvus.rows._BATCH_ROWS", 20)
    upsert = Stored.upsert
    room = iter(range(3))

    def fills(stored: Stored, *arguments: Any, **options: Any) -> Any:
        if next(room, None) is None:
            raise RuntimeError("quota exceeded[reason=memory quota exceeded]")
        return upsert(stored, *arguments, **options)

    monkeypatch.setattr(Stored, "upsert", fills)
    with pytest.raises(EngineRefused, match="memory quota exceeded"):
        collection.rebuild()
    assert milvus_of(collection).names() == before
    assert check(collection) == [BUILTIN]
    monkeypatch.undo()
    collection.rebuild()
    assert check(collection) == [BUILTIN]
    assert tiny.encoded == []
