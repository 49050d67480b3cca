import sqlite3
from pathlib import Path

import pytest

from corpus.catalog import Catalog, Change, Snapshot
from corpus.errors import CatalogDamaged
from tests.corpus.catalogs import SYMBOL, new
from tests.damage import damaged


def read_everything(path: Path) -> None:
    catalog = Catalog(path)
    try:
        with catalog.snapshot() as snapshot:
            snapshot.counts(), snapshot.editions(), snapshot.find(SYMBOL)
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
    path.write_bytes(damaged(content, seed))
    reported = str(path)
    try:
        read_everything(path)
    except CatalogDamaged as error:
        reported = str(error)
    assert str(path) in reported
    assert "\n" not in reported
