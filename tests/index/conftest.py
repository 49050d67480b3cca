"""What the tests of the index share: an encoder without a model, and homes that are made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.collection import Collection
from index.embedded import EmbeddedEngine
from tests.index.tiny_encoder import TinyEncoder
from tests.processes import Processes


@pytest.fixture
def tiny() -> TinyEncoder:
    return TinyEncoder()


def opened(home: Path, encoder: TinyEncoder, *, read_only: bool = False) -> Collection:
    """A collection over the embedded engine that encodes with this encoder."""
    return Collection(home, EmbeddedEngine(home / "index"), lambda _precision: encoder, read_only=read_only)


@pytest.fixture(scope="session")
def built_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the built-in document and its index; tests take copies."""
    home = tmp_path_factory.mktemp("built") / "home"
    collection = opened(home, TinyEncoder())
    with collection.view():
        pass
    collection.close()
    return home


@pytest.fixture
def home(tmp_path: Path, built_home: Path) -> Path:
    """A home of the test's own that holds the built-in document."""
    copy = tmp_path / "home"
    shutil.copytree(built_home, copy)
    return copy


@pytest.fixture(scope="session")
def processes() -> Iterator[Processes]:
    with Processes("index.collection", "index.embedded", "alembic.command") as started:
        yield started
