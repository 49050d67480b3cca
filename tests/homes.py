"""Data folders of tests, made without encoding what was encoded before."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from assistant.service import Assistant
from index.collection import Collection
from index.embedded import EmbeddedEngine
from index.embedding import Encoder


def assistant_like(other: Assistant, home: Path, **options: Any) -> Assistant:
    """An assistant over a new folder, with the model of another one and a copy of its vectors."""
    home.mkdir(parents=True, exist_ok=True)
    held = other.collection.home / "vectors.db"
    with closing(sqlite3.connect(held)) as source, closing(sqlite3.connect(home / "vectors.db")) as copy:
        source.backup(copy)
    collection = Collection(home, EmbeddedEngine(home / "index"), lambda _: other.collection.encoder)
    return Assistant(collection, **options)


def assistant_without_model(home: Path) -> Assistant:
    """An assistant over a new folder that fails where the model is asked for."""

    def refuse(_: object) -> Encoder:
        raise AssertionError("the model is asked for")

    return Assistant(Collection(home, EmbeddedEngine(home / "index"), refuse))
