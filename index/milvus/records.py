"""What a data folder has in Milvus: its collections, and the generations in them.

Milvus knows rows and no generations, so this is kept beside the catalog.
"""

from __future__ import annotations

import json
import secrets
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from corpus.errors import EngineDamaged
from index.engine import EngineRecord
from index.milvus import long_passages, word_counts
from index.milvus.records_file import RecordsFile
from index.milvus.rows import PREFIX, Growth

_MARKS = 8  # of a collection that are known: a reader may just have read the one before


@dataclass(frozen=True)
class Generation:
    """A generation that can be opened, and where its rows are."""

    number: int
    collection: str
    record: EngineRecord
    length: int
    """How many indexed words its passages have together."""
    mean_length: float
    """By how many words a passage is of mean length, for all rows of the collection."""
    measured: int
    """How many passages there were when that was measured."""
    removed: Mapping[int, Collection[int]]
    """By generation the documents that it removed and whose rows are still there."""


class Records:
    """The collections and generations of a data folder."""

    def __init__(self, file: RecordsFile) -> None:
        self._file = file

    # -- reading

    def generation(self, number: int) -> Generation:
        """What is known of a generation; raises `EngineDamaged` where it cannot be opened."""
        with self._file.reading() as connection:
            row = connection.execute(
                "SELECT collection, record, length, mean_length, measured FROM generations "
                "JOIN collections ON name = collection WHERE generation = ? AND record IS NOT NULL",
                [number],
            ).fetchone()
            if row is None:
                raise _missing(number)
            collection, record, length, mean_length, measured = row
            removed: dict[int, list[int]] = defaultdict(list)
            for at, document in connection.execute(
                "SELECT generation, document FROM removed WHERE collection = ? AND generation <= ?",
                [collection, number],
            ):
                removed[at].append(document)
            found = EngineRecord.from_json(json.loads(record))
            return Generation(number, collection, found, length, mean_length, measured, dict(removed))

    # -- writing, by one process at a time

    def begin(self, number: int, base: Generation | None) -> str:
        """Enter a generation before anything of it is written; returns its collection."""
        with self._file.writing() as connection:
            name = base.collection if base else f"{PREFIX}{secrets.token_hex(8)}"
            connection.execute("INSERT OR IGNORE INTO collections (name) VALUES (?)", [name])
            connection.execute(
                "INSERT OR REPLACE INTO generations (generation, collection) VALUES (?, ?)", [number, name]
            )
            connection.execute("DELETE FROM removed WHERE generation >= ?", [number])
            word_counts.take_back(connection, name, number)
            long_passages.take_back(connection, name, number)
        return name

    def mark(self, collection: str) -> str:
        """A new mark for a collection, known before it is there."""
        mark = secrets.token_hex(16)
        with self._file.writing() as connection:
            connection.execute("INSERT INTO marks (mark, collection) VALUES (?, ?)", [mark, collection])
        return mark

    def finish(
        self,
        generation: Generation,
        growth: Growth,
        remove: Collection[int],
        now: float,
    ) -> None:
        """Enter a generation whose rows are all written; from now on it can be opened."""
        number, collection = generation.number, generation.collection
        with self._file.writing() as connection:
            connection.execute(
                "UPDATE collections SET mean_length = ?, measured = ?, condemned = NULL WHERE name = ?",
                [generation.mean_length, generation.measured, collection],
            )
            connection.executemany(
                "INSERT OR REPLACE INTO removed VALUES (?, ?, ?, ?)",
                [(collection, number, document, now) for document in remove],
            )
            word_counts.enter(connection, collection, number, growth, now)
            connection.execute(  # not before: those of writers that failed never came into the collection
                "DELETE FROM marks WHERE collection = ? AND number NOT IN "
                "(SELECT number FROM marks WHERE collection = ? ORDER BY number DESC LIMIT ?)",
                [collection, collection, _MARKS],
            )
            connection.execute(
                "UPDATE generations SET record = ?, length = ? WHERE generation = ?",
                [json.dumps(generation.record.to_json()), generation.length, number],
            )

    def keep(self, number: int, now: float) -> str | None:
        """Forget every generation but one; returns the collection it is in, None where it is none.

        The other collections are condemned, as of now where they were not before; what was never finished
        is so since ever.
        """
        with self._file.writing() as connection:
            row = connection.execute(
                "SELECT collection FROM generations WHERE generation = ? AND record IS NOT NULL", [number]
            ).fetchone()
            kept = row[0] if row else None
            connection.execute(
                "UPDATE collections SET condemned = CASE WHEN mean_length IS NULL THEN 0 ELSE ? END "
                "WHERE condemned IS NULL AND name IS NOT ?",
                [now, kept],
            )
            connection.execute("DELETE FROM generations WHERE generation != ?", [number])
            connection.execute("DELETE FROM removed WHERE generation > ?", [number])
            if kept is not None:
                word_counts.take_back(connection, kept, number + 1)
                long_passages.take_back(connection, kept, number + 1)
            return kept

    def beyond(self, number: int) -> bool:
        """Whether anything was begun after a generation."""
        with self._file.reading() as connection:
            return bool(
                connection.execute(
                    "SELECT COUNT(*) FROM generations WHERE generation > ?", [number]
                ).fetchone()[0]
            )

    def marks(self, collection: str) -> frozenset[str]:
        """The marks that this data folder gave a collection lately."""
        with self._file.reading() as connection:
            rows = connection.execute("SELECT mark FROM marks WHERE collection = ?", [collection])
            return frozenset(mark for (mark,) in rows)

    def names(self) -> list[str]:
        """All collections that this data folder has made and that are not known to be dropped."""
        with self._file.reading() as connection:
            return [name for (name,) in connection.execute("SELECT name FROM collections ORDER BY name")]

    def condemned(self, before: float) -> list[str]:
        """The collections that nobody can have open that opened them before they were condemned."""
        with self._file.reading() as connection:
            rows = connection.execute("SELECT name FROM collections WHERE condemned <= ?", [before])
            return [name for (name,) in rows]

    def removed(self, collection: str, before: float) -> dict[int, list[int]]:
        """By generation the documents that it removed so long ago that nobody can have them open."""
        found: dict[int, list[int]] = defaultdict(list)
        with self._file.reading() as connection:
            for generation, document in connection.execute(
                "SELECT generation, document FROM removed WHERE collection = ? AND since <= ?",
                [collection, before],
            ):
                found[generation].append(document)
        return dict(found)

    def forget(self, collection: str, removed: Mapping[int, Collection[int]] | None = None) -> None:
        """Forget a collection that is dropped, or of one the removed documents whose rows are deleted."""
        with self._file.writing() as connection:
            if removed is not None:
                connection.executemany(
                    "DELETE FROM removed WHERE collection = ? AND generation = ? AND document = ?",
                    [(collection, at, document) for at, some in removed.items() for document in some],
                )
                long_passages.forget(connection, collection, removed)
                return
            connection.execute("DELETE FROM collections WHERE name = ?", [collection])
            for table in ("marks", "generations", "removed", "counts", "counted", "long_passages"):
                connection.execute(f"DELETE FROM {table} WHERE collection = ?", [collection])


def _missing(number: int) -> EngineDamaged:
    return EngineDamaged(f"Generation {number} is not in Milvus.", "Run pilcrow engine rebuild.")
