import random
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from threading import Barrier, Thread, Timer
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, inspect
from sqlalchemy.exc import StatementError

from corpus.catalog import HEAD_REVISION, Catalog, Change, NewDocument, Snapshot
from corpus.errors import CatalogDamaged, CatalogNewer, HomeUnusable, StoreError
from corpus.model import (
    Document,
    Footnote,
    Item,
    Metadata,
    Paragraph,
    Reference,
    Section,
    Sentence,
    Source,
    Span,
    Warning,
)
from corpus.parse import SourceFile, builtin_sources, parse_document
from corpus.schema import metadata
from tests.processes import Processes, mark

SYMBOL = "CRC/C/OPSC/LAO/CO/1"


@cache
def builtin() -> Document:
    return parse_document(builtin_sources()[0])


def document_of(symbol: str, *paragraphs: str) -> Document:
    text = "\n\n".join(f"{number}. {words}" for number, words in enumerate(paragraphs, 1))
    return parse_document(SourceFile("a.txt", text.encode(), Metadata(symbol=symbol)))


def new(number: int, document: Document | None = None) -> NewDocument:
    return NewDocument(number, document or builtin(), f"fingerprint {number}")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "catalog.db"


@pytest.fixture
def catalog(path: Path) -> Iterator[Catalog]:
    opened = Catalog(path)
    yield opened
    opened.close()


@pytest.fixture
def held(catalog: Catalog) -> Catalog:
    """A catalog that holds the built-in document as number 1."""
    catalog.publish(Change(add=[new(1)], seeded=True), 1, {"kind": "test"})
    return catalog


# -- what is held


def test_a_new_catalog_holds_nothing(catalog: Catalog) -> None:
    with catalog.snapshot() as snapshot:
        assert snapshot.headers(current_only=False) == []
        assert snapshot.counts() == (0, 0)
        assert (snapshot.generation, snapshot.engine) == (0, None)
        assert (snapshot.next_document_id, snapshot.seeded) == (1, False)


def test_a_document_survives_a_round_trip(held: Catalog) -> None:
    with held.snapshot() as snapshot:
        assert snapshot.document(1) == builtin()
        assert snapshot.paragraphs(1) == list(builtin().paragraphs)
        accounts = snapshot.accounts(1)
    assert (accounts.text, accounts.spans) == (builtin().text, builtin().spans)


def test_a_header_says_what_the_document_says(held: Catalog) -> None:
    with held.snapshot() as snapshot:
        header = snapshot.header(1)
        assert snapshot.headers() == [header]
    for name in (
        "symbol", "slug", "title", "committee", "instrument", "states", "session", "adopted", "issued",
        "language", "edition", "source", "url",
    ):  # fmt: skip
        assert getattr(header, name) == getattr(builtin(), name)
    assert (header.paragraphs, header.current, header.year) == (43, True, 2015)


_texts = st.text(max_size=12)
_maybe = st.none() | _texts
_sentences = st.lists(st.from_type(Sentence), max_size=2).map(tuple)
_items = st.recursive(
    st.builds(Item, text=_texts, sentences=_sentences, items=st.just(())),
    lambda below: st.builds(Item, text=_texts, items=st.lists(below, max_size=2).map(tuple)),
    max_leaves=4,
)
_paragraphs = st.builds(
    Paragraph,
    items=st.lists(_items, max_size=2).map(tuple),
    section=st.lists(_texts, max_size=2).map(tuple),
    sentences=_sentences,
)


def _tuples(kind: type) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.from_type(kind), max_size=2).map(tuple)


_documents = st.builds(
    Document,
    states=st.lists(_texts, max_size=2).map(tuple),
    adopted=st.none() | st.dates(),
    issued=st.none() | st.dates(),
    source=st.builds(Source),
    spans=_tuples(Span),
    sections=_tuples(Section),
    paragraphs=st.lists(_paragraphs, min_size=1, max_size=3).map(
        lambda found: tuple(replace(p, ordinal=n, eid=f"para_{n}") for n, p in enumerate(found))
    ),
    footnotes=_tuples(Footnote),
    references=_tuples(Reference),
    warnings=_tuples(Warning),
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(document=_documents)
def test_any_document_survives_a_round_trip(catalog: Catalog, document: Document) -> None:
    with catalog.snapshot() as snapshot:
        number, generation = snapshot.next_document_id, snapshot.generation
    catalog.publish(Change(add=[new(number, document)]), generation + 1, None)
    with catalog.snapshot() as snapshot:
        assert snapshot.document(number) == document
        header = snapshot.header(number)
    assert (header.symbol, header.title, header.states) == (document.symbol, document.title, document.states)
    assert (header.adopted, header.source) == (document.adopted, document.source)


def test_a_document_is_found_by_symbol_and_by_slug(held: Catalog) -> None:
    with held.snapshot() as snapshot:
        (header,) = snapshot.headers()
        assert snapshot.find(SYMBOL) == snapshot.find("crc-c-opsc-lao-co-1") == [header]
        assert snapshot.find("CRC/C/OPSC/LAO/CO/2") == []


def test_paragraphs_are_found_by_place_among_many(held: Catalog) -> None:
    keys = [(1, ordinal) for ordinal in range(1200)] + [(2, 0)]
    with held.snapshot() as snapshot:
        found = snapshot.paragraphs_at(keys)
        assert snapshot.paragraphs_at([]) == {}
    assert found == {(1, p.ordinal): p for p in builtin().paragraphs}


def test_counts_are_of_what_is_current(catalog: Catalog) -> None:
    catalog.publish(Change(add=[new(1), new(2, document_of("CRC/C/KEN/CO/1", "One.", "Two."))]), 1, None)
    catalog.publish(Change(supersede=[1]), 2, None)
    with catalog.snapshot() as snapshot:
        assert snapshot.counts() == (1, 2)
        assert snapshot.fingerprints() == {"fingerprint 2": 2}


# -- what a publication does


def test_a_newer_edition_takes_the_place_of_the_held_one(held: Catalog) -> None:
    held.publish(Change(add=[new(2)], supersede=[1]), 2, None)
    with held.snapshot() as snapshot:
        assert [(h.id, h.current) for h in snapshot.headers(current_only=False)] == [(2, True), (1, False)]
        assert [h.id for h in snapshot.find(SYMBOL, current_only=False)] == [2, 1]
        assert [h.id for h in snapshot.find(SYMBOL)] == [2]
        assert snapshot.document(1) == builtin()


def test_a_removed_document_leaves_nothing_behind(held: Catalog, path: Path) -> None:
    held.publish(Change(remove=[1]), 2, None)
    with held.snapshot() as snapshot:
        assert snapshot.headers(current_only=False) == []
        assert snapshot.find(SYMBOL, current_only=False) == []
        assert snapshot.seeded
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM paragraphs").fetchone() == (0,)
    connection.close()


def test_the_id_of_a_removed_document_is_not_given_again(held: Catalog) -> None:
    held.publish(Change(remove=[1]), 2, None)
    with held.snapshot() as snapshot:
        assert snapshot.next_document_id == 2


def test_documents_and_generation_become_visible_together(held: Catalog) -> None:
    with held.snapshot() as before:
        held.publish(Change(add=[new(2, document_of("CRC/C/KEN/CO/1", "One."))]), 2, {"kind": "next"})
        assert (before.generation, before.engine) == (1, {"kind": "test"})
        assert [h.id for h in before.headers()] == [1]
        assert before.counts() == (1, 43)
    with held.snapshot() as after:
        assert (after.generation, after.engine) == (2, {"kind": "next"})
        assert [h.id for h in after.headers()] == [2, 1]


@pytest.mark.parametrize("generation", [-1, 0, 1, 3])
def test_a_generation_must_follow_the_held_one(held: Catalog, generation: int) -> None:
    with pytest.raises(StoreError, match=f"Generation {generation} cannot follow 1"):
        held.publish(Change(remove=[1]), generation, None)
    with held.snapshot() as snapshot:
        assert snapshot.document(1) == builtin()


def test_a_publication_that_fails_changes_nothing(held: Catalog) -> None:
    change = Change(add=[new(2, document_of("CRC/C/KEN/CO/1", "One."))], remove=[1], seeded=True)
    with pytest.raises(StatementError):
        held.publish(change, 2, {"kind": object()})
    with pytest.raises(StoreError):
        held.publish(replace(change, add=[*change.add, *change.add]), 2, None)
    with held.snapshot() as snapshot:
        assert (snapshot.generation, snapshot.next_document_id) == (1, 2)
        assert [h.id for h in snapshot.headers(current_only=False)] == [1]
        assert snapshot.document(1) == builtin()


def test_of_two_writers_of_one_generation_one_fails(held: Catalog, path: Path) -> None:
    both = Barrier(2)
    ended: list[str] = []

    def publish(number: int) -> None:
        other = Catalog(path)
        both.wait()
        try:
            other.publish(Change(add=[new(number)]), 2, None)
            ended.append("published")
        except StoreError:
            ended.append("refused")
        other.close()

    _in_threads(publish, 2, 3)
    assert sorted(ended) == ["published", "refused"]
    with held.snapshot() as snapshot:
        assert len(snapshot.headers()) == 2


# -- the schema


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "corpus:migrations")
    return config


def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def test_the_head_is_the_newest_migration() -> None:
    assert _script().get_heads() == [HEAD_REVISION]


def test_the_migrations_make_the_schema_that_is_used(catalog: Catalog, path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []
    engine.dispose()


@pytest.mark.parametrize("revision", [script.revision for script in _script().walk_revisions()])
def test_a_catalog_of_any_known_revision_is_brought_up_to_date(path: Path, revision: str) -> None:
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()
    opened = Catalog(path)
    with opened.snapshot() as snapshot:
        assert snapshot.generation == 0
    opened.close()


def test_the_migrations_can_be_undone(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")
    config = _config()
    for step, revision in ((command.upgrade, "head"), (command.downgrade, "base")):
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            step(config, revision)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()


# -- opening


def test_a_held_catalog_opens_again_as_it_was(held: Catalog, path: Path) -> None:
    held.close()
    again = Catalog(path)
    with again.snapshot() as snapshot:
        assert (snapshot.generation, snapshot.seeded) == (1, True)
        assert snapshot.document(1) == builtin()
    again.close()


def _in_threads(function: Any, *arguments: object) -> None:
    threads = [Thread(target=function, args=[argument]) for argument in arguments]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize("one_home", [True, False], ids=["the same home", "homes of their own"])
def test_threads_that_open_new_homes_at_once_all_succeed(tmp_path: Path, one_home: bool) -> None:
    together = Barrier(6)
    opened: list[int] = []

    def open_new(number: int) -> None:
        together.wait()
        catalog = Catalog(tmp_path / ("catalog.db" if one_home else f"{number}.db"))
        with catalog.snapshot() as snapshot:
            opened.append(snapshot.next_document_id)
        catalog.close()

    _in_threads(open_new, *range(6))
    assert opened == [1] * 6


def test_a_new_catalog_waits_for_another_that_is_written(path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("CREATE TABLE other (name TEXT)")
    other.execute("BEGIN IMMEDIATE")
    leaving = Timer(0.2, lambda: other.execute("COMMIT"))
    leaving.start()
    Catalog(path).close()
    leaving.join()
    other.close()


def open_when_told(path: str, go: str) -> None:
    """Run in another process: open a catalog as soon as a file appears."""
    mark("ready")
    while not Path(go).exists():
        pass
    catalog = Catalog(Path(path))
    with catalog.snapshot() as snapshot:
        mark(f"generation {snapshot.generation}")


def test_processes_that_open_a_new_home_at_once_all_succeed(tmp_path: Path) -> None:
    with Processes("tests.corpus.test_catalog", "alembic.command") as processes:
        for attempt in range(5):
            home = tmp_path / str(attempt)
            home.mkdir()
            path, go = home / "catalog.db", home / "go"
            started = [
                processes.start("tests.corpus.test_catalog:open_when_told", str(path), str(go))
                for _ in range(4)
            ]
            assert all(process.wait_for("ready") for process in started)
            go.touch()
            assert [process.wait() for process in started] == [0] * 4
            assert all("generation 0" in process.seen for process in started)


def test_a_catalog_of_a_newer_version_is_refused(held: Catalog, path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'm999'")
    connection.close()
    with pytest.raises(CatalogNewer, match="m999"):
        Catalog(path)


@pytest.mark.parametrize(
    "content",
    [b"Not a database. " * 100, b"{}", b"SQLite format 3\0" + b"\xff" * 4096],
    ids=["text", "short", "only the beginning of a database"],
)
def test_a_file_that_is_no_database_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(CatalogDamaged, match=r"catalog\.db is not a catalog"):
        Catalog(path)
    assert path.read_bytes() == content


def test_a_database_of_something_else_is_refused(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE documents (name TEXT)")
    connection.close()
    with pytest.raises(CatalogDamaged):
        Catalog(path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(HomeUnusable, match="missing"):
        Catalog(tmp_path / "missing" / "catalog.db")
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeUnusable):
        Catalog(tmp_path / "file" / "catalog.db")
    with pytest.raises(HomeUnusable):
        Catalog(tmp_path)


# -- damage


def read_everything(path: Path) -> None:
    catalog = Catalog(path)
    try:
        with catalog.snapshot() as snapshot:
            snapshot.counts(), snapshot.fingerprints(), snapshot.find(SYMBOL)
            for header in snapshot.headers(current_only=False):
                _read_document(snapshot, header.id)
    finally:
        catalog.close()


def _read_document(snapshot: Snapshot, number: int) -> None:
    snapshot.document(number), snapshot.accounts(number), snapshot.paragraphs_at([(number, 0)])


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a catalog that holds a document."""
    path = tmp_path_factory.mktemp("held") / "catalog.db"
    catalog = Catalog(path)
    catalog.publish(Change(add=[new(1)], seeded=True), 1, {"kind": "test"})
    catalog.close()
    return path.read_bytes()


@pytest.mark.parametrize("share", [0.01, 0.2, 0.5, 0.9, 0.99])
def test_a_truncated_catalog_is_damaged(content: bytes, path: Path, share: float) -> None:
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(CatalogDamaged, match="Move it away"):
        read_everything(path)


def test_an_altered_row_is_damaged(content: bytes, path: Path) -> None:
    for original, altered in ((b'"ordinal"', b'"ordinals'), (b'"spans"', b'"spams"'), (b'"en"', b'"e\xff"')):
        assert original in content
        path.write_bytes(content.replace(original, altered))
        with pytest.raises(CatalogDamaged) as caught:
            read_everything(path)
        assert len(str(caught.value)) < 400 + len(str(path))


def test_a_catalog_without_its_row_is_damaged(held: Catalog, path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM collection")
    connection.close()
    with pytest.raises(CatalogDamaged, match="a row of it is missing"), held.snapshot():
        pass


@pytest.mark.parametrize("seed", range(60))
def test_whatever_is_damaged_is_read_or_reported(content: bytes, path: Path, seed: int) -> None:
    chance = random.Random(seed)
    damaged = bytearray(content)
    for _ in range(chance.randrange(1, 4)):
        start = chance.randrange(len(damaged))
        length = chance.choice([1, 1, 10, 1000, 4096])
        damaged[start : start + length] = chance.randbytes(len(damaged[start : start + length]))
    path.write_bytes(damaged)
    reported = str(path)
    try:
        read_everything(path)
    except CatalogDamaged as error:
        reported = str(error)
    assert str(path) in reported
    assert "\n" not in reported


# -- reading only


def test_a_held_catalog_is_read_without_writing(held: Catalog, path: Path) -> None:
    held.close()
    before = {p.name: p.read_bytes() for p in path.parent.iterdir()}
    reader = Catalog(path, read_only=True)
    with reader.snapshot() as snapshot:
        assert snapshot.document(1) == builtin()
    with pytest.raises(HomeUnusable, match="readonly"):
        reader.publish(Change(remove=[1]), 2, None)
    reader.close()
    assert {p.name: p.read_bytes() for p in path.parent.iterdir()} == before


def test_a_reader_follows_a_writer_that_comes_after_it(held: Catalog, path: Path) -> None:
    held.close()
    reader = Catalog(path, read_only=True)
    with reader.snapshot() as snapshot:
        assert snapshot.generation == 1
    writer = Catalog(path)
    writer.publish(Change(remove=[1]), 2, None)
    with reader.snapshot() as snapshot:
        assert (snapshot.generation, snapshot.counts()) == (2, (0, 0))
    writer.close()
    with reader.snapshot() as snapshot:
        assert snapshot.generation == 2
    reader.close()


def test_a_catalog_that_is_not_there_is_not_made_by_reading(path: Path) -> None:
    with pytest.raises(HomeUnusable):
        Catalog(path, read_only=True)
    path.touch()
    with pytest.raises(HomeUnusable, match="cannot be written"):
        Catalog(path, read_only=True)
    assert path.read_bytes() == b""


@pytest.mark.parametrize("read_only", [False, True])
def test_a_home_may_have_any_name(held: Catalog, path: Path, tmp_path: Path, read_only: bool) -> None:
    held.close()
    home = tmp_path / "Données? 100 % & more #1;mode=memory"
    home.mkdir()
    shutil.copy(path, home / "catalog.db")
    opened = Catalog(home / "catalog.db", read_only=read_only)
    with opened.snapshot() as snapshot:
        assert snapshot.generation == 1
    opened.close()
