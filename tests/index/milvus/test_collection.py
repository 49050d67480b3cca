"""A data folder whose passages are in Milvus."""

from collections.abc import Callable
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import HealthCheck, given, settings

from corpus.errors import EngineDamaged, EngineMismatch
from index.collection import Collection
from index.embedded import EmbeddedEngine
from index.engine import Engine
from index.milvus.engine import MilvusEngine
from index.milvus.server import Milvus
from tests.index.histories import HISTORIES, Home, run
from tests.index.homes import BUILTIN, BUILTIN_PASSAGES, check, ingested
from tests.index.small_documents import KENYA, source_of
from tests.index.tiny_encoder import TinyEncoder
from tests.threads import together


def opened(home: Path, server: Milvus | None, encoder: TinyEncoder) -> Collection:
    """A collection over Milvus, or without a server over files."""
    engine: Engine = EmbeddedEngine(home / "index") if server is None else MilvusEngine(home, server)
    return Collection(home, engine, lambda _precision: encoder)


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(actions=HISTORIES)
def test_any_history_leaves_search_as_a_look_at_each_document(
    tmp_path_factory: pytest.TempPathFactory,
    built_home: Path,
    lite: Milvus,
    actions: list[tuple[str, object]],
) -> None:
    folder = tmp_path_factory.mktemp("history")
    home = Home(Path(copytree(built_home, folder / "home")), lambda home: MilvusEngine(home, lite))
    run(home, actions, folder)


def test_moving_between_engines_encodes_nothing_again(home: Path, lite: Milvus, tiny: TinyEncoder) -> None:
    for server in (lite, None, lite):
        with closing(opened(home, server, tiny)) as collection:
            assert check(collection) == [BUILTIN]
            with collection.view() as view:
                assert view.searcher is not None
                assert view.searcher.record.kind == collection.engine.kind
                assert len(view.searcher) == BUILTIN_PASSAGES
    assert tiny.encoded == []


def test_readers_and_a_writer_work_at_once(home: Path, lite: Milvus, tiny: TinyEncoder) -> None:
    """All over one connection."""
    with closing(opened(home, lite, tiny)) as first:
        check(first)  # which builds what is then only changed
    done = False

    def write(writer: Collection) -> None:
        nonlocal done
        try:
            for number in range(4):
                ingested(writer, source_of("KEN", f"Training of {number} judges."))
        finally:
            done = True

    def read(reader: Collection) -> None:
        while not done:
            check(reader)

    with ExitStack() as stack:
        writer, *readers = [stack.enter_context(closing(opened(home, lite, tiny))) for _ in range(3)]
        check(writer)  # which builds the index
        together(partial(write, writer), *(partial(read, reader) for reader in readers))


def test_who_is_at_work_does_not_take_the_index_back(home: Path, lite: Milvus, tiny: TinyEncoder) -> None:
    with closing(opened(home, None, tiny)) as files, closing(opened(home, lite, tiny)) as milvus:
        check(files)
        check(milvus)
        uses: list[Callable[[], object]] = [
            lambda: check(files),
            lambda: ingested(files, source_of("KEN", "Training of judges.")),
        ]
        for use in uses:
            with pytest.raises(EngineMismatch, match=r"in the engine milvus, and the engine set is embedded"):
                use()
        assert check(milvus) == [BUILTIN]


def test_a_reader_follows_and_repairs_what_is_lost(home: Path, lite: Milvus, tiny: TinyEncoder) -> None:
    with closing(opened(home, lite, tiny)) as writer, closing(opened(home, lite, tiny)) as reader:
        check(reader)
        ingested(writer, source_of("KEN", "Training of judges."))
        assert check(reader) == [KENYA, BUILTIN]
        assert isinstance(writer.engine, MilvusEngine)
        for name in writer.engine.records.names():
            lite.drop(name)
        with pytest.raises(EngineDamaged, match="has lost the index"):
            check(reader)
        assert check(reader) == [KENYA, BUILTIN]
        assert len(tiny.encoded) == 1
