"""Whose a collection is: a mark in it that every writer renews, and that a data folder knows of its own.

A copy of a data folder, on another machine say, names the same collections. Were both to write into one,
each would find rows of the other under its own numbers. So the first of them that writes leaves a mark
that only it knows; the other finds that, leaves the collection alone and makes its own.
"""

from __future__ import annotations

import socket
from pathlib import Path

from corpus.errors import EngineDamaged
from index.milvus.records import Records
from index.milvus.rows import head_row
from index.milvus.server import Milvus


class Owner:
    """A data folder, as the owner of collections."""

    def __init__(self, folder: Path, server: Milvus, records: Records) -> None:
        self._name = f"{folder.resolve()} on {socket.gethostname()}"
        self._server = server
        self._records = records

    def take(self, collection: str, dimension: int) -> None:
        """Renew the mark, before anything else is written."""
        mark = self._records.mark(collection)
        self._server.upsert(collection, [head_row(mark, self._name, dimension)])

    def require(self, collection: str, *, glance: bool = False) -> None:
        """Raise `EngineDamaged` where a collection is not there or another has written into it."""
        mark = self._server.mark_of(collection, glance=glance)
        # known marks are read after it, so that none that was renewed meanwhile is missed
        if mark not in self._records.marks(collection):
            raise EngineDamaged(
                f"The index in Milvus at {self._server.shown} belongs to a copy of this data folder."
                if mark
                else f"Milvus at {self._server.shown} has lost the index.",
                "Run pilcrow engine rebuild.",
            )

    def may_drop(self, collection: str) -> bool:
        """Whether nobody else has written into a collection, as far as it is there."""
        try:
            mark = self._server.mark_of(collection)
        except EngineDamaged:
            return True
        return mark is None or mark in self._records.marks(collection)
