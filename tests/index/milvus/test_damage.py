"""What is lost, altered or of others in Milvus or its records: told, and never searched."""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest

from corpus.errors import EngineDamaged, EngineMismatch, EngineRefused, EngineUnreachable, HomeUnusable
from index.embedding import Vectors
from index.milvus.engine import GRACE, MilvusEngine
from index.milvus.records_file import FILE
from index.milvus.rows import Row, head_row
from index.milvus.search import VERIFIED_FOR
from index.milvus.server import Milvus
from index.passages import Passage, PassageKey
from tests.index.engine_reference import ALL, build, passages_from
from tests.index.milvus.generations import QUERIES, Clock, collection_of, collections, holds
from tests.index.tiny_encoder import TinyEncoder


def test_rows_that_somebody_deletes_are_missed(engine: MilvusEngine, lite: Milvus) -> None:
    searcher = build(engine, 1, passages_from(1, ["judges", "training"]))
    lite.delete(collection_of(engine, 1), "number > 0")
    for _ in range(2):
        with pytest.raises(EngineDamaged, match=r"has \d of 2 passages.*pilcrow engine rebuild"):
            engine.open(1)
        with pytest.raises(EngineDamaged, match="of 2 passages"):
            build(engine, 2, passages_from(2, ["adoption"]), base=1)
    with pytest.raises(EngineDamaged, match="has lost passages"):
        searcher.rescore(QUERIES[0], [int(PassageKey(1, 0)), int(PassageKey(1, 1))])


def test_rows_that_somebody_deletes_are_missed_by_who_has_them_open(
    engine: MilvusEngine, lite: Milvus, clock: Clock
) -> None:
    held = passages_from(1, ["judges", "training"])
    searcher = build(engine, 1, held)
    lite.delete(collection_of(engine, 1), f"number == {int(held[0].key)}")
    clock.now += VERIFIED_FOR
    for use in (
        lambda: searcher.search(QUERIES[0], ALL, 5),
        lambda: searcher.rescore(QUERIES[0], [int(held[1].key)]),
        lambda: searcher.all_having([{"train"}], ALL),
        lambda: searcher.with_phrase("training", 5),
        lambda: searcher.sharing_words("training", 5),
    ):
        with pytest.raises(EngineDamaged, match=r"has 1 of 2 passages.*pilcrow engine rebuild"):
            use()


def test_rows_that_are_lost_are_missed_as_the_others_are_copied(engine: MilvusEngine, lite: Milvus) -> None:
    build(engine, 1, passages_from(1, ["law " * 40] * 4))
    lite.delete(collection_of(engine, 1), f"number == {int(PassageKey(1, 2))}")
    with pytest.raises(EngineDamaged, match="has 3 of 4 passages"):
        build(engine, 2, passages_from(2, ["judges"] * 9), base=1)


def test_a_collection_that_somebody_drops_is_missed(engine: MilvusEngine, lite: Milvus) -> None:
    searcher = build(engine, 1, passages_from(1, ["judges", "training"]))
    lite.drop(collection_of(engine, 1))
    for use in (
        lambda: engine.open(1),
        lambda: searcher.search(QUERIES[0], ALL, 5),
        lambda: searcher.all_having([{"judg"}], ALL),
        lambda: build(engine, 2, passages_from(2, ["adoption"]), base=1),
    ):
        with pytest.raises(EngineDamaged, match="has lost the index"):
            use()
    holds(build(engine, 2, passages_from(2, ["adoption"])), passages_from(2, ["adoption"]))


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"x" * 5000])
def test_records_that_are_damaged_are_begun_anew(
    engine: MilvusEngine, tmp_path: Path, content: bytes
) -> None:
    build(engine, 1, passages_from(1, ["judges"]))
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(EngineDamaged, match="pilcrow engine rebuild"):
        engine.open(1)
    engine.sweep(1)
    holds(build(engine, 2, passages_from(1, ["judges"])), passages_from(1, ["judges"]))


def test_records_of_an_earlier_form_are_begun_anew(engine: MilvusEngine, tmp_path: Path) -> None:
    build(engine, 1, passages_from(1, ["judges"]))
    with closing(sqlite3.connect(tmp_path / FILE)) as records:
        records.execute("PRAGMA user_version = 0")
    with pytest.raises(EngineDamaged, match="pilcrow engine rebuild"):
        engine.open(1)
    engine.sweep(1)
    holds(build(engine, 2, passages_from(1, ["judges"])), passages_from(1, ["judges"]))


def test_what_a_failed_writer_sent_and_is_taken_late_is_noticed(
    engine: MilvusEngine, lite: Milvus, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(engine, 1, passages_from(1, ["judges"]))
    late: list[Row] = []

    def is_slow(_server: Milvus, _name: str, rows: Iterable[Row]) -> None:
        late.extend(row for row in rows if row["number"] >= 0)
        if late:
            raise EngineUnreachable("Milvus does not answer in time.", "Try again.")

    with monkeypatch.context() as patched:
        patched.setattr(Milvus, "upsert", is_slow)
        with pytest.raises(EngineUnreachable):
            build(engine, 2, passages_from(2, ["adoption"]), base=1)
    searcher = build(engine, 2, passages_from(2, ["training"]), base=1)
    lite.upsert(collection_of(engine, 2), late)
    clock.now += VERIFIED_FOR
    with pytest.raises(EngineDamaged, match="has 3 of 2 passages"):
        searcher.search(QUERIES[0], ALL, 5)


def test_records_that_another_process_holds_are_not_taken_for_damaged(
    engine: MilvusEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = passages_from(1, ["judges"])
    searcher = build(engine, 1, held)
    monkeypatch.setattr("index.milvus.records_file._WAIT", 0.1)
    with closing(sqlite3.connect(tmp_path / FILE)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for use in (lambda: engine.open(1), lambda: searcher.passages_with("judg")):
            with pytest.raises(HomeUnusable, match=r"cannot be read: database is locked"):
                use()
    holds(searcher, held)


def test_writers_that_fail_again_and_again_leave_the_collection_known(
    engine: MilvusEngine, lite: Milvus, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(engine, 1, passages_from(1, ["judges"]))

    def full(_name: str, _rows: Iterable[object]) -> None:
        raise EngineRefused("It is full.", "")

    monkeypatch.setattr(lite, "upsert", full)
    for _ in range(20):
        with pytest.raises(EngineRefused):
            build(engine, 2, passages_from(2, ["training"]), base=1)
        engine.sweep(1)
    monkeypatch.undo()
    holds(engine.open(1), passages_from(1, ["judges"]))


def test_a_copy_of_a_data_folder_leaves_the_rows_of_the_first_alone(
    tmp_path: Path, lite: Milvus, clock: Clock
) -> None:
    (tmp_path / "first").mkdir()
    first = MilvusEngine(tmp_path / "first", lite, clock=clock)
    build(first, 1, passages_from(1, ["judges"]))
    copytree(tmp_path / "first", tmp_path / "second")
    second = MilvusEngine(tmp_path / "second", lite, clock=clock)
    with pytest.raises(EngineDamaged, match="is of another data folder"):
        second.open(1)
    clock.now += GRACE
    second.sweep(0)
    holds(build(second, 2, passages_from(2, ["adoption"])), passages_from(2, ["adoption"]))
    holds(first.open(1), passages_from(1, ["judges"]))


def test_a_data_folder_that_was_copied_under_the_same_path_makes_rows_of_its_own(
    engine: MilvusEngine, tmp_path: Path, lite: Milvus, clock: Clock
) -> None:
    build(engine, 1, passages_from(1, ["judges"]))
    copied = (tmp_path / FILE).read_bytes()
    build(engine, 2, passages_from(2, ["training"]), base=1)
    engine.sweep(2)
    theirs = collection_of(engine, 2)
    own = (tmp_path / FILE).read_bytes()

    (tmp_path / FILE).write_bytes(copied)
    copy = MilvusEngine(tmp_path, lite, clock=clock)
    for use in (
        lambda: copy.open(1),
        lambda: copy.check(1),
        lambda: build(copy, 2, passages_from(3, ["adoption"]), base=1),
    ):
        with pytest.raises(EngineDamaged, match=r"belongs to a copy of this data folder.*engine rebuild"):
            use()
    holds(build(copy, 2, passages_from(3, ["adoption"])), passages_from(3, ["adoption"]))
    copy.sweep(2)
    clock.now += GRACE
    copy.sweep(2)
    assert copy.records.names() == [collection_of(copy, 2)]
    copy.clear()

    (tmp_path / FILE).write_bytes(own)
    assert collections(lite, [theirs]) == [theirs]
    holds(engine.open(2), [*passages_from(1, ["judges"]), *passages_from(2, ["training"])])


@pytest.mark.parametrize("measured", [1, 100])
def test_a_copy_that_writes_at_the_same_time_keeps_a_generation_from_being_published(
    engine: MilvusEngine, lite: Milvus, monkeypatch: pytest.MonkeyPatch, measured: int
) -> None:
    """It writes after this has begun to, or before."""
    monkeypatch.setattr("index.milvus.lengths.MEASURED", measured)
    build(engine, 1, passages_from(1, ["judges"]))
    encoder = TinyEncoder()

    def meanwhile() -> Iterable[tuple[Sequence[Passage], Vectors]]:
        yield passages_from(2, ["training"]), encoder.encode_queries(["training"])
        lite.upsert(collection_of(engine, 1), [head_row("another's", "another", encoder.identity.dimension)])
        yield passages_from(3, ["training"]), encoder.encode_queries(["training"])

    with pytest.raises(EngineDamaged, match="belongs to a copy"):
        engine.build(2, base=1, add=meanwhile(), remove=(), encoder=encoder.identity)
    with pytest.raises(EngineDamaged, match="is not in Milvus"):
        engine.open(2)


def test_words_of_many_small_changes_are_counted_together_when_nobody_reads_them_apart(
    engine: MilvusEngine, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.milvus.word_counts._APART", 3)

    def entered() -> int:
        with closing(sqlite3.connect(tmp_path / FILE)) as connection:
            return int(connection.execute("SELECT COUNT(*) FROM counts").fetchone()[0])

    held = passages_from(1, ["judges"])
    build(engine, 1, held)
    for number in range(2, 7):
        more = passages_from(number, ["training of judges"] * number)
        early = build(engine, number, more, base=number - 1, remove=[number - 1])
        held = more
        engine.sweep(number)
    before = entered()
    clock.now += GRACE
    last = build(engine, 7, [], base=6)
    engine.sweep(7)
    assert entered() < before / 3
    for searcher in (early, last, engine.open(7)):
        assert (searcher.passages_with("judg"), searcher.words_beginning("tr", 3)) == (6, ["training"])
        holds(searcher, held)


def test_an_index_of_another_version_is_refused_before_its_rows_are_read(
    engine: MilvusEngine, lite: Milvus, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(engine, 1, passages_from(1, ["judges"]))
    lite.drop(collection_of(engine, 1))
    for module in ("index.milvus.engine", "index.engine"):
        monkeypatch.setattr(f"{module}.SCHEMA_VERSION", 99)
    with pytest.raises(EngineMismatch, match=r"another version of Pilcrow.*pilcrow engine rebuild"):
        engine.open(1).record.require(TinyEncoder().identity)
