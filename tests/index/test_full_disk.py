"""A disk that fills up while a change is made: the change is not, and all else is as it was."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Never

import faiss
import numpy as np
import pytest
from sqlalchemy.exc import OperationalError

from corpus import rows
from corpus.errors import HomeUnusable
from index.collection import Collection
from index.embedded import EmbeddedEngine
from index.lexical import LexicalIndex
from index.segment import Limits
from index.segment_writer import SegmentWriter
from index.vector_cache import VectorCache
from tests.index.homes import BUILTIN, check, generation, ingested
from tests.index.small_documents import KENYA, source_of


def full(*_arguments: object, **_more: object) -> Never:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def full_for_faiss(index: faiss.Index, target: object, *more: object) -> None:
    if not isinstance(target, str):  # into memory there is room
        return write_index(index, target, *more)
    raise RuntimeError("Error in write_index: write error in ivf.faiss: 0 != 512 (No space left on device)")


def full_for_sqlite(*_arguments: object) -> Never:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    raise error


def full_for_the_catalog(*_arguments: object) -> Never:
    try:
        full_for_sqlite()
    except sqlite3.OperationalError as error:
        raise OperationalError("INSERT", {}, error) from error


class FullIndex:
    """A tantivy index that cannot be written."""

    def writer(self, **_settings: object) -> FullIndex:
        return self

    def add_document(self, _document: object) -> None:
        pass

    def commit(self) -> Never:
        raise ValueError("An IO error occurred: 'No space left on device (os error 28)'")


def full_for_tantivy(index: LexicalIndex, *arguments: object) -> None:
    index._index = FullIndex()  # type: ignore[assignment]
    change(index, *arguments)


change: Callable[..., None] = LexicalIndex.change
write_index: Callable[..., None] = faiss.write_index


@pytest.mark.parametrize(
    ("target", "name", "fails"),
    [
        (SegmentWriter, "add", full),
        (faiss, "write_index", full_for_faiss),
        (np, "savez", full),
        (LexicalIndex, "change", full_for_tantivy),
        (os, "fsync", full),
        (Path, "rename", full),
        (VectorCache, "_insert", full_for_sqlite),
        (rows, "insert_document", full_for_the_catalog),
    ],
    ids=["vectors", "lists", "numbers", "terms", "manifest", "folder", "cache", "catalog"],
)
def test_a_full_disk_is_said_and_what_is_held_is_unharmed(
    collection: Collection, target: object, name: str, fails: Callable[..., object]
) -> None:
    collection.engine = EmbeddedEngine(collection.home / "index", Limits(exact=0))
    before = generation(collection)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(target, name, fails)
        with pytest.raises(HomeUnusable) as refused:
            ingested(collection, source_of("KEN", "Training of judges."))
    assert refused.value.mend == "Make room there and run the command again; what is held is unharmed."
    assert generation(collection) == before
    assert [path.name for path in (collection.home / "index").iterdir()] == [f"gen-{before:08}"]
    assert check(collection) == [BUILTIN]
    assert [outcome.status for outcome in ingested(collection, source_of("KEN", "Training of judges."))] == [
        "added"
    ]
    assert check(collection) == [KENYA, BUILTIN]
