"""A Milvus that is away, slow, full, cut off or emptied: an error that says so, or the right answer."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import EngineDamaged, EngineRefused, EngineUnreachable
from index import open_index
from index.collection import Collection
from index.engine import Searcher
from index.milvus.engine import MilvusEngine
from index.milvus.errors import meaning_of
from index.milvus.server import Milvus
from tests.index.engine_reference import ALL, Reference, build, check_all, passages_from, query_of
from tests.index.homes import BUILTIN, check, held, ingested
from tests.index.small_documents import KENYA, source_of
from tests.index.tiny_encoder import TinyEncoder
from tests.milvus_servers import BRIEF, LiteServer, Proxy, eventually, hasty, served

QUERY = query_of("training of judges")


@pytest.fixture
def engine(tmp_path: Path, proxy: Proxy) -> Iterator[MilvusEngine]:
    (tmp_path / "home").mkdir()
    with closing(MilvusEngine(tmp_path / "home", Milvus(proxy.uri, patience=BRIEF))) as one:
        yield one


@pytest.fixture
def collection(in_milvus: Collection) -> Collection:
    return in_milvus


FAULTS: dict[str, Callable[[Proxy], None]] = {
    "away": Proxy.cut,
    "stalled": Proxy.stall,
    "cut off": lambda proxy: proxy.truncate(1500),  # elsewhere in `test_interruptions`
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_search_fails_or_finds_what_is_there(
    engine: MilvusEngine, proxy: Proxy, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setattr("index.milvus.server.PAGE_ROWS", 16)
    passages = passages_from(1, [f"training of {number} judges" for number in range(40)])
    searcher = build(engine, 1, passages)
    expected = searcher.search(QUERY, ALL, 20)
    fresh = engine.open(1)
    numbers = [int(passage.key) for passage in passages]
    uses: list[tuple[Callable[[], object], object]] = [
        (lambda: fresh.search(QUERY, ALL, 20), expected),
        (lambda: fresh.rescore(QUERY, numbers[:3]), searcher.rescore(QUERY, numbers[:3])),
        (lambda: fresh.all_having([{"judg"}], ALL), numbers),
        (lambda: len(engine.open(1)), 40),
    ]
    for use, right in uses:
        FAULTS[fault](proxy)
        with suppress(EngineUnreachable), hasty(engine.server):
            assert use() == right
        proxy.heal()
        assert eventually(use) == right


@pytest.mark.parametrize("fault", ["away", "stalled"])
def test_an_ingest_that_breaks_off_leaves_what_is_held(
    collection: Collection, proxy: Proxy, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    check(collection)
    before = held(collection)
    assert isinstance(collection.engine, MilvusEngine)
    server = collection.engine.server
    upsert = server.upsert

    def breaks(name: str, rows: Any) -> None:
        written = list(rows)
        upsert(name, written[:1])
        FAULTS[fault](proxy)
        until_healed.enter_context(hasty(server))
        upsert(name, written[1:])

    monkeypatch.setattr(server, "upsert", breaks)
    with ExitStack() as until_healed, pytest.raises(EngineUnreachable):
        ingested(collection, source_of("KEN", "Training of judges.", "Adoption."))
    monkeypatch.undo()
    proxy.heal()
    assert held(collection) == before
    assert eventually(lambda: check(collection)) == [BUILTIN]
    ingested(collection, source_of("KEN", "Training of judges.", "Adoption."))
    assert check(collection) == [KENYA, BUILTIN]


def test_what_needs_no_index_goes_on_without_the_server(
    home: Path, proxy: Proxy, collection: Collection
) -> None:
    proxy.cut()
    with collection.catalog.snapshot() as snapshot:
        assert [header.symbol for header in snapshot.headers()] == [BUILTIN]
    with pytest.raises(EngineUnreachable), collection.view():
        pass
    proxy.heal()
    assert eventually(lambda: check(collection)) == [BUILTIN]


def test_nothing_is_encoded_for_a_server_that_is_away(
    new_home: Path, proxy: Proxy, tiny: TinyEncoder
) -> None:
    proxy.cut()
    server = Milvus(proxy.uri, patience=BRIEF)
    with closing(Collection(new_home, MilvusEngine(new_home, server), lambda _precision: tiny)) as one:
        with pytest.raises(EngineUnreachable):
            ingested(one, source_of("KEN", "Training of judges."))
        assert tiny.encoded == []
        proxy.heal()
        eventually(lambda: ingested(one, source_of("KEN", "Training of judges.")))
        assert check(one) == [KENYA, BUILTIN]


def test_who_can_do_without_a_server_does_not_wait_for_it_each_time(
    collection: Collection, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(collection)
    asked = []

    def ask(searcher: Searcher) -> list[int]:
        asked.append(searcher)
        return searcher.with_phrase("specific law", 5)

    with collection.catalog.snapshot() as snapshot:
        expected = collection.told(snapshot, ask)
        assert expected
        proxy.cut()
        assert [collection.told(snapshot, ask) for _ in range(3)] == [None] * 3
        assert len(asked) == 2
        proxy.heal()
        monkeypatch.setattr(open_index, "_AWAY", 0)
        eventually(lambda: asked[0].with_phrase("law", 1))
        assert collection.told(snapshot, ask) == expected


def test_a_server_that_restarts_is_searched_on(engine: MilvusEngine, server: LiteServer) -> None:
    passages = passages_from(1, ["training of judges", "adoption"])
    searcher = build(engine, 1, passages)
    server.stop()
    with pytest.raises(EngineUnreachable):
        searcher.search(QUERY, ALL, 5)
    server.start()
    eventually(lambda: searcher.search(QUERY, ALL, 5))
    check_all(searcher, Reference(passages), [QUERY])


def test_a_collection_that_is_open_is_left_as_it_is(
    engine: MilvusEngine, server: LiteServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Servers refuse to open what is open already with other replicas than by default."""
    from milvus_lite.engine.collection import Collection as Stored

    passages = passages_from(1, ["training of judges", "adoption"])
    build(engine, 1, passages)
    load = Stored.load

    def refuses(_stored: Stored) -> None:
        raise RuntimeError("can't change the replica number for loaded collection")

    monkeypatch.setattr(Stored, "load", refuses)
    searcher = engine.open(1)
    monkeypatch.setattr(Stored, "load", load)
    server.release(engine.records.generation(1).collection)
    check_all(searcher, Reference(passages), [QUERY])


def test_a_collection_that_is_being_opened_is_waited_for(
    engine: MilvusEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from milvus_lite.engine.collection import Collection as Stored

    build(engine, 1, passages_from(1, ["judges"]))
    states = iter(["loading"] * 4)  # each look asks for the state and how far it is
    monkeypatch.setattr(Stored, "load_state", property(lambda _stored: next(states, "loaded")))
    assert len(engine.open(1)) == 1
    monkeypatch.setattr(Stored, "load_state", property(lambda _stored: "loading"))
    with pytest.raises(EngineUnreachable, match="is loading the index"):
        engine.open(1)


@pytest.mark.parametrize(
    ("code", "retriable", "expected"),
    [
        (1, True, EngineUnreachable),  # the service begins
        (503, False, EngineUnreachable),  # a shard moves
        (106, False, EngineUnreachable),
        (1400, False, EngineRefused),
        (1, False, EngineRefused),
        (9, False, EngineRefused),  # a quota
    ],
)
def test_what_passes_by_itself_is_told_from_what_is_refused(
    code: int, retriable: bool, expected: type[Exception]
) -> None:
    exceptions = pytest.importorskip("pymilvus.exceptions")
    error = exceptions.MilvusException(code, "as it is", retriable=retriable)
    assert type(meaning_of(error, "http://milvus:19530", is_local=False)) is expected


def test_what_a_server_says_does_not_command_the_terminal() -> None:
    exceptions = pytest.importorskip("pymilvus.exceptions")
    error = exceptions.MilvusException(9, "full\x1b[2J\n\x07 of\u202e rows" + "x" * 100_000)
    told = str(meaning_of(error, "http://milvus:19530", is_local=False))
    assert told.isprintable()
    assert "refuses: full [2J of rows" in told
    assert len(told) < 400


def test_a_server_that_restarts_empty_gets_the_index_again(
    collection: Collection, server: LiteServer, tiny: TinyEncoder
) -> None:
    check(collection)
    server.stop()
    shutil.rmtree(server.folder)
    server.start()
    with pytest.raises(EngineDamaged, match="has lost the index"):
        eventually(lambda: check(collection))
    assert check(collection) == [BUILTIN]
    assert tiny.encoded == []


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("quota exceeded[reason=disk quota exceeded]", "disk quota exceeded"),
        ("auth check failure, please check api key is correct", "Check PILCROW_MILVUS_TOKEN"),
    ],
)
def test_a_server_that_is_full_or_shut_is_quoted(
    collection: Collection, monkeypatch: pytest.MonkeyPatch, reason: str, said: str
) -> None:
    from milvus_lite.engine.collection import Collection as Stored

    def full(*_arguments: object, **_options: object) -> Any:
        raise RuntimeError(reason)

    check(collection)
    before = held(collection)
    monkeypatch.setattr(Stored, "upsert", full)
    with pytest.raises(EngineRefused, match=said):
        ingested(collection, source_of("KEN", "Training of judges."))
    assert held(collection) == before
    assert check(collection) == [BUILTIN]


def test_files_that_a_server_does_not_write_so_often_are_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pymilvus")
    servicer = pytest.importorskip("milvus_lite.adapter.grpc.servicer")
    from pymilvus.grpc_gen import common_pb2, milvus_pb2

    asked: list[object] = []

    def limits(_servicer: object, request: object, _context: object) -> Any:
        asked.append(request)
        status = common_pb2.Status(code=8, reason="rate limit exceeded[rate=0.1]", retriable=True)
        return milvus_pb2.FlushResponse(status=status)

    monkeypatch.setattr(servicer.MilvusServicer, "Flush", limits)
    with (
        served(tmp_path / "server") as server,
        closing(Milvus(f"http://127.0.0.1:{server.port}", patience=BRIEF)) as one,
    ):
        one.create("pilcrow_1", 8)
        one.settle("pilcrow_1")
    assert len(asked) == 1


def test_a_server_that_loses_rows_as_it_takes_them_is_not_trusted(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    from milvus_lite.engine.collection import Collection as Stored

    check(collection)
    upsert = Stored.upsert

    def loses(stored: Stored, records: list[Any], **options: Any) -> Any:
        upsert(stored, records[:-1], **options)
        return [record["row"] for record in records]

    monkeypatch.setattr(Stored, "upsert", loses)
    with pytest.raises(EngineRefused, match="has 93 of 94 passages"):
        ingested(collection, source_of("KEN", "Training of judges.", "Adoption."))
    assert check(collection) == [BUILTIN]


def test_a_path_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(EngineUnreachable, match=r"cannot open .*file/lite\.db: .*PILCROW_MILVUS_URI"):
        Milvus(str(tmp_path / "file" / "lite.db")).version()


def test_a_path_that_another_process_has_open_is_said(tmp_path: Path) -> None:
    pytest.importorskip("milvus_lite")
    other = LiteServer(tmp_path / "lite.db")
    other.start()
    try:
        with pytest.raises(EngineUnreachable, match=r"only one can\. For several, start a Milvus server"):
            Milvus(str(tmp_path / "lite.db")).version()
    finally:
        other.stop()


def test_a_path_that_is_a_file_is_said(tmp_path: Path) -> None:
    pytest.importorskip("milvus_lite")
    (tmp_path / "other.db").write_bytes(b"SQLite format 3")
    with pytest.raises(EngineRefused, match="is a file, and Milvus Lite keeps a folder"):
        Milvus(str(tmp_path / "other.db")).version()


def test_what_is_no_milvus_is_said(server: LiteServer, monkeypatch: pytest.MonkeyPatch) -> None:
    import grpc
    from milvus_lite.adapter.grpc.servicer import MilvusServicer

    def unknown(_servicer: object, _request: object, context: Any) -> None:
        context.abort(grpc.StatusCode.UNIMPLEMENTED, "unknown service")

    server.stop()
    for method in ("Connect", "GetVersion"):
        monkeypatch.setattr(MilvusServicer, method, unknown)
    server.start()
    with pytest.raises(EngineRefused, match=r"does not know what Milvus is asked.*PILCROW_MILVUS_URI"):
        Milvus(f"http://127.0.0.1:{server.port}", patience=BRIEF).version()
