"""What the tests of the index share: an encoder without a model, and homes that are made once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.collection import Collection
from index.milvus.engine import MilvusEngine
from index.milvus.server import Milvus
from tests.index.homes import copied, opened
from tests.index.tiny_encoder import TinyEncoder
from tests.milvus_servers import BRIEF, Proxy
from tests.processes import Processes


@pytest.fixture
def tiny() -> TinyEncoder:
    return TinyEncoder()


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
    return copied(built_home, tmp_path)


@pytest.fixture
def new_home(tmp_path: Path) -> Path:
    """A folder that is not there yet."""
    return tmp_path / "new" / "home"


@pytest.fixture
def collection(home: Path, tiny: TinyEncoder) -> Iterator[Collection]:
    """A collection that holds the built-in document and its index."""
    with closing(opened(home, tiny)) as one:
        yield one


@pytest.fixture(scope="session")
def lite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Milvus]:
    """Milvus Lite, the same for all tests that have it installed: collections keep them apart."""
    pytest.importorskip("pymilvus")
    pytest.importorskip("milvus_lite")
    with closing(Milvus(str(tmp_path_factory.mktemp("milvus") / "lite.db"))) as server:
        yield server


@pytest.fixture(scope="session")
def processes() -> Iterator[Processes]:
    with Processes("tests.index.homes", "tests.index.interrupted", "alembic.command") as started:
        yield started


@pytest.fixture
def in_milvus(home: Path, proxy: Proxy, tiny: TinyEncoder) -> Iterator[Collection]:
    """A collection that holds the built-in document, whose index is built in Milvus behind the proxy."""
    engine = MilvusEngine(home, Milvus(proxy.uri, patience=BRIEF))
    with closing(Collection(home, engine, lambda _precision: tiny)) as one:
        yield one
