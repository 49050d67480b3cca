import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, closing
from functools import partial
from itertools import count
from pathlib import Path
from shutil import copytree
from socket import gethostname
from unittest.mock import ANY

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import EngineDamaged, EngineMismatch, EngineRefused, EngineUnreachable, HomeUnusable
from index.collection import Collection
from index.embedded import EmbeddedEngine
from index.embedding import Vectors
from index.engine import Engine, Query, Searcher
from index.milvus.engine import GRACE, MilvusEngine
from index.milvus.records_file import FILE
from index.milvus.rows import TEXT_BYTES, Row, head_row, plain, printed
from index.milvus.search import VERIFIED_FOR
from index.milvus.server import Milvus
from index.passages import Passage, PassageKey
from tests.index.engine_contract import EngineContract, Step, any_changes
from tests.index.engine_reference import ALL, NewEngine, Reference, build, check_all, passages_from, query_of
from tests.index.histories import HISTORIES, Home, run
from tests.index.homes import BUILTIN, BUILTIN_PASSAGES, check, ingested
from tests.index.listing_contract import ListingContract
from tests.index.long_passages_contract import LongPassagesContract
from tests.index.small_documents import KENYA, source_of
from tests.index.tiny_encoder import TinyEncoder
from tests.index.words_contract import WordsContract
from tests.threads import together

QUERIES = [query_of("training of judges")]


class Clock:
    """A time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def engine(tmp_path: Path, lite: Milvus, clock: Clock) -> MilvusEngine:
    return MilvusEngine(tmp_path, lite, clock=clock)


class TestMilvusEngine(LongPassagesContract, ListingContract, WordsContract, EngineContract):
    @pytest.fixture
    def new_engine(self, tmp_path: Path, lite: Milvus) -> NewEngine:
        folders = count()

        def new() -> MilvusEngine:
            folder = tmp_path / f"index {next(folders)}"
            folder.mkdir()
            return MilvusEngine(folder, lite)

        return new

    @any_changes(6)
    def test_any_sequence_of_changes_is_searched_exactly(
        self, new_engine: NewEngine, steps: list[Step], queries: list[Query]
    ) -> None:
        self.search_exactly(new_engine(), steps, queries)


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


# -- what is not as it should be


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


# -- collections


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
