"""In how many passages each word is, and the numbers that stand for words in sparse vectors.

Milvus cannot say how frequent a word is, or which words begin so. What each generation adds to the counts is
entered with it, and a reader sums what was entered up to its own. What nobody reads apart any more is
summed once for all, so that many small changes do not make the sums longer and longer.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable

from index.milvus.records_file import RecordsFile
from index.milvus.rows import Growth

_APART = 64  # generations that are counted apart until they are summed


class WordCounts:
    """The counts of the words of collections, by generation."""

    def __init__(self, file: RecordsFile) -> None:
        self._file = file

    def passages_with(self, collection: str, generation: int, stem: str) -> int:
        """How many passages of a generation have an indexed term."""
        with self._file.reading() as connection:
            (count,) = connection.execute(
                "SELECT COALESCE(SUM(passages), 0) FROM counts "
                "WHERE collection = ? AND kind = 'stem' AND word = ? AND generation <= ?",
                [collection, stem, generation],
            ).fetchone()
            return int(count)

    def words_beginning(self, collection: str, generation: int, letters: str, limit: int) -> list[str]:
        """The words as printed that begin so, the most frequent first."""
        with self._file.reading() as connection:
            rows = connection.execute(
                "SELECT word FROM counts WHERE collection = ? AND kind = 'printed' "
                "AND word >= ? AND word < ? AND generation <= ? "
                "GROUP BY word HAVING SUM(passages) > 0 ORDER BY SUM(passages) DESC, word LIMIT ?",
                [collection, letters, letters + chr(0x10FFFF), generation, limit],
            )
            return [word for (word,) in rows]

    def dimensions(self, stems: Iterable[str]) -> dict[str, int]:
        """The numbers of stems in sparse vectors; those that no passage ever had have none."""
        with self._file.reading() as connection:
            return _dimensions(connection, stems)

    # -- writing, by one process at a time

    def numbered(self, stems: Collection[str]) -> dict[str, int]:
        """The numbers of stems in sparse vectors; those without one get one, for good."""
        with self._file.writing() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO stems (stem) VALUES (?)", [(stem,) for stem in sorted(stems)]
            )
            return _dimensions(connection, stems)

    def sum_up(self, collection: str, before: float) -> None:
        """Add up the counts of generations that nobody can read apart, where they are many.

        Whoever has an earlier generation open than one entered by then, opened it too long ago.
        """
        with self._file.writing() as connection:
            number, last = connection.execute(
                "SELECT COUNT(*), MAX(generation) FROM counted WHERE collection = ? AND since <= ?",
                [collection, before],
            ).fetchone()
            if number > _APART:
                summed = [collection, last]
                connection.execute(
                    "CREATE TEMPORARY TABLE summed AS "
                    "SELECT kind, word, SUM(passages) AS passages FROM counts "
                    "WHERE collection = ? AND generation <= ? GROUP BY kind, word HAVING SUM(passages) != 0",
                    summed,
                )
                connection.execute("DELETE FROM counts WHERE collection = ? AND generation <= ?", summed)
                connection.execute("INSERT INTO counts SELECT ?, kind, word, ?, passages FROM summed", summed)
                connection.execute("DELETE FROM counted WHERE collection = ? AND generation < ?", summed)


def enter(
    connection: sqlite3.Connection, collection: str, generation: int, growth: Growth, now: float
) -> None:
    """Enter what a generation adds, in the transaction that makes it one that can be opened."""
    connection.executemany(
        "INSERT INTO counts VALUES (?, ?, ?, ?, ?)",
        [
            (collection, kind, word, generation, count)
            for kind, words in growth.words.items()
            for word, count in words.items()
            if count
        ],
    )
    connection.execute("INSERT OR REPLACE INTO counted VALUES (?, ?, ?)", [collection, generation, now])


def take_back(connection: sqlite3.Connection, collection: str, first: int) -> None:
    """Take back what was entered for a generation and those after it."""
    beyond = [collection, first]
    found = connection.execute(
        "SELECT COUNT(*) FROM counted WHERE collection = ? AND generation >= ?", beyond
    )
    if found.fetchone() != (0,):  # or all words would be looked through for nothing
        for table in ("counts", "counted"):
            connection.execute(f"DELETE FROM {table} WHERE collection = ? AND generation >= ?", beyond)


def _dimensions(connection: sqlite3.Connection, stems: Iterable[str]) -> dict[str, int]:
    found = {}
    for stem in set(stems):
        if row := connection.execute("SELECT dimension FROM stems WHERE stem = ?", [stem]).fetchone():
            found[stem] = int(row[0])
    return found
