from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from index.milvus.engine import MilvusEngine
from index.milvus.server import Milvus
from tests.index.engine_reference import NewEngine
from tests.index.milvus.generations import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def engine(tmp_path: Path, lite: Milvus, clock: Clock) -> MilvusEngine:
    return MilvusEngine(tmp_path, lite, clock=clock)


@pytest.fixture
def new_engine(tmp_path: Path, lite: Milvus) -> NewEngine:
    folders = count()

    def new() -> MilvusEngine:
        folder = tmp_path / f"index {next(folders)}"
        folder.mkdir()
        return MilvusEngine(folder, lite)

    return new
