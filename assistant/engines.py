"""Which engine searches the passages of a data folder."""

from __future__ import annotations

from pathlib import Path

from assistant.settings import Settings
from index.embedded import EmbeddedEngine
from index.engine import Engine
from index.milvus.engine import MilvusEngine
from index.milvus.server import Milvus

KINDS = (EmbeddedEngine.kind, MilvusEngine.kind)
"""The engines there are, as settings and records name them."""

INDEX = "index"
"""The folder of the embedded engine in a data folder."""

LITE = "milvus.db"
"""Where Milvus Lite keeps its files in a data folder, unless it is set."""


def engine_of(settings: Settings, home: Path, kind: str | None = None) -> Engine:
    """The engine of this kind over a data folder, by default of the kind that is set."""
    if (kind or settings.engine) == MilvusEngine.kind:
        return MilvusEngine(home, milvus_of(settings, home))
    return EmbeddedEngine(home / INDEX)


def milvus_of(settings: Settings, home: Path) -> Milvus:
    """The Milvus server that is set; it is connected to when first asked."""
    token = settings.milvus_token.get_secret_value() if settings.milvus_token else None
    return Milvus(settings.milvus_uri or str(home / LITE), token)
