"""What else is in a Milvus than the passages of a generation, which is no error."""

from __future__ import annotations

from collections.abc import Iterator

from index.engine import Remark
from index.milvus.records import Generation, Records
from index.milvus.server import Milvus

_MOST_OTHERS = 20  # collections of other data folders that are named


def remarks(server: Milvus, records: Records, generation: Generation) -> Iterator[Remark]:
    """Rows and collections that are yet to be deleted, and collections of other data folders."""
    if glimpse := server.glimpse(generation.collection):
        beyond = glimpse[0] - generation.record.passages
        if beyond > 0:
            yield Remark(
                "rows to delete",
                f"{_rows(beyond)} of what was removed or not published; "
                "a change that comes ten minutes later or more deletes them",
            )
    there = server.names()
    own = set(records.names())
    if former := own.intersection(there) - {generation.collection}:
        yield Remark("collections to delete", f"{len(former)} of indexes before; a later change deletes them")
    others = [name for name in there if name not in own]
    for name in others[:_MOST_OTHERS]:
        yield Remark("other collection", f"{name}: {_told_of(server, name)}")
    if len(others) > _MOST_OTHERS:
        yield Remark("other collections", f"{len(others) - _MOST_OTHERS} more")


def _told_of(server: Milvus, name: str) -> str:
    found = server.glimpse(name)
    if found is None:
        return "of another data folder, which has it not open for searching"
    rows, owner = found
    return f"{_rows(rows)} of {owner or 'another data folder'}"


def _rows(count: int) -> str:
    return f"{count:,} {'row' if count == 1 else 'rows'}"
