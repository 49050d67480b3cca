from __future__ import annotations

from pathlib import Path

import pytest

from index.milvus.engine import MilvusEngine
from index.milvus.server import Milvus
from tests.index.milvus.generations import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def engine(tmp_path: Path, lite: Milvus, clock: Clock) -> MilvusEngine:
    return MilvusEngine(tmp_path, lite, clock=clock)
