import shutil
import sqlite3
from functools import partial
from pathlib import Path
from threading import Timer

import pytest

from corpus.catalog import Catalog, Change
from corpus.errors import CatalogDamaged, CatalogNewer, HomeUnusable
from tests.corpus.catalogs import builtin
from tests.processes import Processes, mark
from tests.threads import together

# -- opening


def test_a_held_catalog_opens_again_as_it_was(held: Catalog, path: Path) -> None:
    held.close()
    again = Catalog(path)
    with again.snapshot() as snapshot:
        assert (snapshot.generation, snapshot.seeded) == (1, True)
        assert snapshot.document(1) == builtin()
    again.close()


@pytest.mark.parametrize("one_home", [True, False], ids=["the same home", "homes of their own"])
def test_threads_that_open_new_homes_at_once_all_succeed(tmp_path: Path, one_home: bool) -> None:
    opened: list[int] = []

    def open_new(number: int) -> None:
        catalog = Catalog(tmp_path / ("catalog.db" if one_home else f"{number}.db"))
        with catalog.snapshot() as snapshot:
            opened.append(snapshot.next_document_id)
        catalog.close()

    together(*(partial(open_new, number) for number in range(6)))
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
    with Processes("tests.corpus.test_opening_catalogs", "alembic.command") as processes:
        for attempt in range(5):
            home = tmp_path / str(attempt)
            home.mkdir()
            path, go = home / "catalog.db", home / "go"
            started = [
                processes.start("tests.corpus.test_opening_catalogs:open_when_told", str(path), str(go))
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
        assert (snapshot.generation, snapshot.counts().documents) == (2, 0)
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
