"""What the tests of the corpus share: a catalog of their own, and the built-in document."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from corpus.catalog import Catalog, Change
from corpus.layout import Reading
from corpus.readers import read
from corpus.structure import Structure, structure
from tests.corpus.builtin_document import DATA, NAME
from tests.corpus.catalogs import new

# Without a deadline, since how long an example takes depends on what else the machine does.
settings.register_profile("corpus", deadline=None, max_examples=60)
settings.load_profile("corpus")


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


@pytest.fixture(scope="session")
def reading() -> Reading:
    """The document that ships with Pilcrow, as it is read."""
    return read(DATA, NAME)


@pytest.fixture(scope="session")
def parsed(reading: Reading) -> Structure:
    """The document that ships with Pilcrow, in its parts."""
    return structure(reading)
