import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from socket import gethostname
from unittest.mock import ANY

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedded import EmbeddedEngine
from index.embedding import Vectors
from index.engine import Query
from index.milvus.engine import GRACE, MilvusEngine
from index.milvus.records_file import FILE
from index.milvus.rows import TEXT_BYTES, plain, printed
from index.milvus.server import Milvus
from index.passages import Passage
from tests.index.engine_contract import EngineContract, Step, any_changes
from tests.index.engine_reference import ALL, NewEngine, build, passages_from, query_of
from tests.index.listing_contract import ListingContract
from tests.index.long_passages_contract import LongPassagesContract
from tests.index.milvus.generations import Clock, collection_of, collections, holds, make_folder
from tests.index.tiny_encoder import TinyEncoder
from tests.index.words_contract import WordsContract


class TestMilvusEngine(LongPassagesContract, ListingContract, WordsContract, EngineContract):
    @pytest.fixture
    def new_engine(self, new_engine: NewEngine) -> NewEngine:
        return new_engine

    @any_changes(6)
    def test_any_sequence_of_changes_is_searched_exactly(
        self, new_engine: NewEngine, steps: list[Step], queries: list[Query]
    ) -> None:
        self.search_exactly(new_engine(), steps, queries)


@pytest.mark.parametrize(("most", "vectors"), [(2, 2_000), (8, 2)])
def test_more_passages_than_one_answer_holds_are_all_found(
    engine: MilvusEngine, monkeypatch: pytest.MonkeyPatch, most: int, vectors: int
) -> None:
    monkeypatch.setattr("index.milvus.server.PAGE_ROWS", 4)
    monkeypatch.setattr("index.milvus.server.WIDE_PAGE_ROWS", 3)
    monkeypatch.setattr("index.milvus.search._MOST_ASKED", most)
    monkeypatch.setattr("index.milvus.search._VECTORS_ASKED", vectors)
    held = passages_from(1, [f"training of {number} judges" for number in range(11)])
    holds(build(engine, 1, held), held)
    remaining = passages_from(2, ["adoption"] * 4)
    searcher = build(engine, 2, remaining, base=1, remove=[1])
    holds(searcher, remaining)
    assert (searcher.passages_with("judg"), searcher.words_beginning("j", 9)) == (0, [])


def test_passages_have_the_scores_that_the_embedded_engine_gives_them(
    engine: MilvusEngine, tmp_path: Path
) -> None:
    lengths = [*range(1, 60), 75, 99, 150, 400, 1234, 43_210]
    held = passages_from(1, [f"judges training {'dams ' * (n // 9)}{'law ' * n}" for n in lengths])
    numbers = [int(passage.key) for passage in held]
    query = query_of("training of judges at dams", "law")
    scores = [
        [scored.lexical for scored in build(one, 1, held).rescore(query, numbers)]
        for one in (engine, EmbeddedEngine(tmp_path / "embedded"))
    ]
    assert scores[0] == pytest.approx(scores[1], rel=1e-5)


@pytest.mark.parametrize("room", [TEXT_BYTES, 60])
def test_scores_follow_how_long_passages_are_on_average(
    engine: MilvusEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    """What begins with few and long passages scores as the embedded engine when many short ones have come."""
    monkeypatch.setattr("index.milvus.long_passages.TEXT_BYTES", room)
    files = EmbeddedEngine(tmp_path / "embedded")
    query = query_of("training of judges at dams", "law")
    steps: list[tuple[list[Passage], list[int]]] = [
        (passages_from(1, [f"judges {'dams ' * 7}{'law ' * n}" for n in range(60, 70)]), []),
        (passages_from(2, [f"training {'law ' * (n % 3)}at dams" for n in range(9)]), []),
        (passages_from(3, [f"training {'judges ' * (n % 4)}law" for n in range(40)]), []),
        (passages_from(4, ["training"]), [1]),
        (passages_from(5, ["law"] * 3), [3]),
    ]
    held: list[Passage] = []
    collections = []
    for generation, (added, removed) in enumerate(steps, 1):
        held = [one for one in held if one.key.document not in removed] + added
        base = generation - 1 or None
        # the embedded engine counts removed passages too until it merges files, and is built anew instead
        whole = build(files, generation, held)
        searcher = build(engine, generation, added, base=base, remove=removed)
        numbers = [int(passage.key) for passage in held]
        scores = [[one.lexical for one in each.rescore(query, numbers)] for each in (searcher, whole)]
        is_exact = scores[0] == pytest.approx(scores[1], rel=1e-5)
        collections.append(collection_of(engine, generation))
        assert is_exact == (generation not in (2, 4))
        assert searcher.all_having([{"dam"}, {"law"}], ALL) == whole.all_having([{"dam"}, {"law"}], ALL)
        engine.sweep(generation)
    holds(searcher, held)
    assert len(dict.fromkeys(collections)) == 3


@given(st.text(), st.text())
def test_what_has_a_meaning_in_expressions_is_written_otherwise(word: str, rest: str) -> None:
    assert not set(plain(word)) & set(" |%_\\\"'")
    assert printed(plain(word)) == word
    assert plain(word + rest).startswith(plain(word))


# -- rows that nobody can have open


def test_removed_rows_go_when_nobody_can_have_them_open(
    engine: MilvusEngine, lite: Milvus, clock: Clock
) -> None:
    build(engine, 1, [*passages_from(1, ["judges"] * 3), *passages_from(2, ["training"])])
    build(engine, 2, passages_from(3, ["adoption"]), base=1, remove=[1])
    name = collection_of(engine, 2)
    engine.sweep(2)
    assert lite.count(name, "number >= 0") == 5
    clock.now += GRACE
    engine.sweep(2)
    assert lite.count(name, "number >= 0") == 2
    after = [*passages_from(2, ["training"]), *passages_from(3, ["adoption"])]
    holds(engine.open(2), after)
    holds(build(engine, 3, passages_from(1, ["judges"]), base=2), [*after, *passages_from(1, ["judges"])])


def test_what_is_built_anew_leaves_the_collection_before_to_who_has_it_open(
    engine: MilvusEngine, lite: Milvus, clock: Clock
) -> None:
    before = build(engine, 1, passages_from(1, ["judges"]))
    build(engine, 2, passages_from(1, ["training"]))
    names = [collection_of(engine, number) for number in (1, 2)]
    engine.sweep(2)
    holds(before, passages_from(1, ["judges"]))
    assert collections(lite, names) == names
    clock.now += GRACE
    engine.sweep(2)
    assert collections(lite, names) == names[1:]


def test_what_was_not_published_goes_at_once(
    engine: MilvusEngine, lite: Milvus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.milvus.lengths.MEASURED", 1)
    build(engine, 1, passages_from(1, ["judges"]))
    build(engine, 2, passages_from(2, ["training"]), base=1)
    engine.sweep(1)
    assert lite.count(collection_of(engine, 1), "number >= 0") == 1

    def breaks_off() -> Iterable[tuple[list[Passage], Vectors]]:
        yield passages_from(2, ["training"]), TinyEncoder().encode_queries(["training"])
        raise OSError("no more")

    with pytest.raises(OSError, match="no more"):
        engine.build(2, base=None, add=breaks_off(), remove=(), encoder=TinyEncoder().identity)
    (unfinished,) = {name for name in engine.records.names() if name != collection_of(engine, 1)}
    assert collections(lite, [unfinished]) == [unfinished]
    engine.sweep(1)
    assert collections(lite, [unfinished]) == []
    holds(engine.open(1), passages_from(1, ["judges"]))


@pytest.mark.parametrize("lock", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_records_that_cannot_be_written_now_are_swept_later(
    engine: MilvusEngine, lite: Milvus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lock: str
) -> None:
    build(engine, 1, passages_from(1, ["judges"]))
    build(engine, 2, passages_from(2, ["training"]), base=1)
    monkeypatch.setattr("index.milvus.records_file._WAIT", 0.01)
    with closing(sqlite3.connect(tmp_path / FILE)) as other:
        other.execute(lock)
        engine.sweep(1)
    assert lite.count(collection_of(engine, 1), "number >= 0") == 2
    engine.sweep(1)
    assert lite.count(collection_of(engine, 1), "number >= 0") == 1


def test_what_else_is_on_a_server_is_told(tmp_path: Path, lite: Milvus, clock: Clock) -> None:
    server = Milvus(str(tmp_path / "own.db"))  # where the collections of other tests are not
    mine, theirs = (
        MilvusEngine(make_folder(tmp_path, name), server, clock=clock) for name in ("mine", "theirs")
    )
    build(mine, 1, passages_from(1, ["judges"]))
    build(theirs, 1, passages_from(1, ["judges", "training"]))
    before = mine.remarks(1)
    owner = f"{tmp_path / 'theirs'} on {gethostname()}"
    assert before == [("other collection", f"{collection_of(theirs, 1)}: 2 rows of {owner}")]

    build(mine, 2, passages_from(2, ["training"]), base=1, remove=[1])
    mine.sweep(2)
    assert mine.remarks(2)[0] == ("rows to delete", ANY)
    assert mine.remarks(2)[0].text.startswith("1 row of what was removed")
    clock.now += GRACE
    mine.sweep(2)
    build(mine, 3, passages_from(2, ["training"]))
    mine.sweep(3)
    assert mine.remarks(3)[0].subject == "collections to delete"
    clock.now += GRACE
    mine.sweep(3)
    assert mine.remarks(3) == before
    server.close()
