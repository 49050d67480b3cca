import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Barrier, Event, Lock, Thread

import pytest

from corpus.catalog import Change
from corpus.errors import (
    EngineDamaged,
    EngineUnreachable,
    HomeUnusable,
    StoreError,
    WriterBusy,
)
from corpus.parse import SourceFile
from index import batch as batch_module
from index import collection as collection_module
from index.collection import Collection
from index.embedded import EmbeddedEngine
from index.engine import Searcher
from tests.index.homes import (
    BUILTIN,
    BUILTIN_PASSAGES,
    check,
    generation,
    held,
    ingested,
    opened,
    passages_found,
)
from tests.index.small_documents import KENYA, UGANDA, loads, source_of
from tests.index.tiny_encoder import TinyEncoder
from tests.processes import Processes
from tests.threads import together


class CountingLock:
    """A lock that says when so many want it."""

    def __init__(self, then: Callable[[], None], number: int) -> None:
        self._lock = Lock()
        self._then = then
        self._number = number
        self._wanted = 0
        self._counting = Lock()

    def __enter__(self) -> None:
        with self._counting:
            self._wanted += 1
            if self._wanted == self._number:
                self._then()
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


# -- readers and writers


def test_a_view_sees_the_documents_of_its_generation(collection: Collection, tiny: TinyEncoder) -> None:
    with collection.view() as view, closing(opened(collection.home, tiny)) as writer:
        before = passages_found(view)
        ingested(writer, source_of("KEN", "Training of judges."))
        writer.remove(BUILTIN)
        assert [header.symbol for header in view.snapshot.headers()] == [BUILTIN]
        assert passages_found(view) == before
        assert len(before) == BUILTIN_PASSAGES
    assert check(collection) == [KENYA]


def test_a_reader_follows_to_a_new_generation(home: Path, tiny: TinyEncoder) -> None:
    with closing(opened(home, tiny)) as writer, closing(opened(home)) as reader:
        assert check(reader) == [BUILTIN]
        ingested(writer, source_of("KEN", "Training of judges."))
        assert check(reader) == [KENYA, BUILTIN]
        writer.remove(BUILTIN)
        assert check(reader) == [KENYA]


def test_readers_and_a_writer_work_at_once(home: Path, tiny: TinyEncoder) -> None:
    done = False

    def write() -> None:
        nonlocal done
        try:
            with closing(opened(home, tiny)) as writer:
                for number in range(6):
                    ingested(writer, source_of("KEN", f"Training of {number} judges."))
        finally:
            done = True

    def read() -> None:
        with closing(opened(home, tiny)) as reader:
            while not done:
                check(reader)

    together(write, read, read)


def test_who_waits_for_a_server_that_does_not_answer_is_told_with_the_first(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_index = collection.engine.open
    asked: list[int] = []
    waiting = Event()

    def stalls(generation: int) -> Searcher:
        asked.append(generation)
        assert waiting.wait(60)
        raise EngineUnreachable("It does not answer.", "Wait.")

    def ask() -> None:
        with pytest.raises(EngineUnreachable, match=r"It does not answer\. Wait\."):
            check(collection)

    monkeypatch.setattr(collection.engine, "open", stalls)
    opening = CountingLock(waiting.set, 3)
    monkeypatch.setattr(collection._index, "_opening", opening)
    together(ask, ask, ask)
    assert len(asked) == 1
    ask()
    assert len(asked) == 2
    monkeypatch.setattr(collection.engine, "open", open_index)
    assert check(collection) == [BUILTIN]


def test_another_process_that_writes_is_not_disturbed(
    collection: Collection, processes: Processes, tiny: TinyEncoder
) -> None:
    writer = processes.start("tests.index.homes:write_until_killed", str(collection.home))
    assert writer.wait_for("writing")
    with pytest.raises(WriterBusy, match="Another process is changing the collection"):
        ingested(collection, source_of("KEN", "Training of judges."))
    with pytest.raises(WriterBusy):
        collection.remove(BUILTIN)
    assert check(collection) == [BUILTIN]
    writer.kill()
    ingested(collection, source_of("KEN", "Training of judges."))
    assert check(collection) == [KENYA, BUILTIN]


def test_one_thread_writes_at_a_time(collection: Collection) -> None:
    inside, outside = Barrier(2), Barrier(2)

    def load() -> SourceFile:
        inside.wait()
        outside.wait()
        return source_of("KEN", "One.")

    outcomes = collection.ingest([load])
    thread = Thread(target=lambda: list(outcomes), daemon=True)
    thread.start()
    inside.wait()
    with pytest.raises(WriterBusy):
        collection.remove(BUILTIN)
    outside.wait()
    thread.join()
    assert check(collection) == [KENYA, BUILTIN]


def test_an_ingest_may_end_in_another_thread(collection: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_module, "STEP_PASSAGES", (1, 1))
    outcomes = collection.ingest(loads(source_of("KEN", "One."), source_of("UGA", "Two.")))
    begun, ended = Event(), Event()

    def begin() -> None:
        next(outcomes)
        begun.set()
        ended.wait()

    thread = Thread(target=begin, daemon=True)
    thread.start()
    begun.wait()
    assert [outcome.symbol for outcome in outcomes] == [UGANDA]
    assert [header.symbol for header in collection.remove(KENYA)] == [KENYA]
    ended.set()
    thread.join()


def test_a_search_waits_for_the_index_another_process_builds(
    collection: Collection, processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collection_module, "_WAIT_FOR_WRITER", 0.1)
    shutil.rmtree(collection.home / "index")
    writer = processes.start("tests.index.homes:write_until_killed", str(collection.home))
    assert writer.wait_for("writing")
    with pytest.raises(WriterBusy), collection.view():
        pass
    writer.kill()
    assert check(collection) == [BUILTIN]


def test_a_publication_out_of_turn_is_refused(collection: Collection) -> None:
    """Whoever writes without the lock is stopped by the catalog."""

    def publish_meanwhile(phase: str, *_done: int) -> None:
        if phase != "encoding":
            return
        with collection.catalog.snapshot() as snapshot:
            number, engine = snapshot.generation, snapshot.engine
        collection.catalog.publish(Change(), number + 1, engine)

    outcomes = collection.ingest(loads(source_of("KEN", "One.")), publish_meanwhile)
    with pytest.raises(StoreError, match="cannot follow"):
        list(outcomes)
    assert held(collection) == [(BUILTIN, True)]


# -- reading only


def _files(home: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file() and not path.name.endswith(".lock")
    }


def test_reading_only_writes_nothing(home: Path) -> None:
    before = _files(home)
    with closing(opened(home, read_only=True)) as reader:
        assert check(reader) == [BUILTIN]
        for change in (
            lambda: reader.remove(BUILTIN),
            lambda: ingested(reader, source_of("KEN", "One.")),
            reader.rebuild,
        ):
            with pytest.raises(HomeUnusable, match="cannot be written"):
                change()
    assert _files(home) == before


def test_reading_only_reports_a_damaged_index(home: Path) -> None:
    shutil.rmtree(home / "index")
    with closing(opened(home, read_only=True)) as reader:
        with pytest.raises(EngineDamaged), reader.view():
            pass
        assert held(reader) == [(BUILTIN, True)]


def test_reading_only_an_empty_home_says_so(new_home: Path) -> None:
    with pytest.raises(HomeUnusable):
        opened(new_home, read_only=True)
    with closing(opened(new_home)):
        pass
    with closing(opened(new_home, read_only=True)) as reader, pytest.raises(HomeUnusable, match="is empty"):
        reader.seed()


class Overtaken(EmbeddedEngine):
    """An engine that a writer overtakes between the look at the catalog and the opening of the index."""

    def __init__(self, folder: Path, meanwhile: Callable[[], object]) -> None:
        super().__init__(folder)
        self._meanwhile = [meanwhile]

    def open(self, generation: int) -> Searcher:  # type: ignore[override]
        while self._meanwhile:
            self._meanwhile.pop()()
        return super().open(generation)


@pytest.mark.parametrize("read_only", [False, True])
def test_a_reader_that_is_overtaken_looks_again(home: Path, tiny: TinyEncoder, read_only: bool) -> None:
    with closing(opened(home, tiny)) as writer:
        engine = Overtaken(home / "index", lambda: ingested(writer, source_of("KEN", "One.")))
        reader = Collection(home, engine, lambda _precision: tiny, read_only=read_only)
        before = generation(writer)
        assert check(reader) == [KENYA, BUILTIN]
        assert generation(writer) == before + 1
        reader.close()


def test_a_reader_that_is_overtaken_does_not_wait_for_all_that_the_writer_does(
    home: Path, tiny: TinyEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_module, "STEP_PASSAGES", (1, 1))
    monkeypatch.setattr(collection_module, "_WAIT_FOR_WRITER", 0.1)
    with closing(opened(home, tiny)) as writer:
        outcomes = writer.ingest(loads(source_of("KEN", "One."), source_of("UGA", "Two.")))
        engine = Overtaken(home / "index", lambda: next(outcomes))
        with closing(Collection(home, engine, lambda _precision: tiny)) as reader:
            assert check(reader) == [KENYA, BUILTIN]
        assert [outcome.symbol for outcome in outcomes] == [UGANDA]
