"""Passages with more words than a row of Milvus has room for.

Milvus keeps no more than 65,535 bytes in a text that it can filter by (its longer kind, TEXT, knows no
`LIKE`). Where a row would have more, it has no words there at all: its vectors carry its scores as those of
any other, and its words stand in a table beside the records, where conditions are tried on them one by one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from corpus.errors import EngineDamaged
from index.conditions import AllOf, AnyOf, Not, Phrase, TermCondition, Word
from index.milvus.expressions import having_texts, phrase_texts
from index.milvus.records_file import RecordsFile
from index.milvus.rows import TEXT_BYTES, Row


class LongPassages:
    """The words of long passages, by the keys of their rows."""

    def __init__(self, file: RecordsFile) -> None:
        self._file = file

    def shortened(self, collection: str, rows: Iterable[Row]) -> Iterator[Row]:
        """Rows as a server takes them; the words of long ones are kept here before their rows go there."""
        for row in rows:
            yield self._shortened(collection, row) if _is_long(row) else row

    def restored(self, collection: str, rows: Iterable[Row]) -> Iterator[Row]:
        """Rows as they were before; raises `EngineDamaged` where the words of one are lost."""
        for row in rows:
            yield row if row["stems"] else self._restored(collection, row)

    def meeting(
        self,
        collection: str,
        generation: int,
        words: Sequence[Collection[str]],
        condition: TermCondition | None,
    ) -> list[str] | None:
        """The keys of the rows that have one term of each word and meet a condition.

        Those that were there for a generation are looked at; None where there were none.
        """
        sought, met = having_texts(words), meeting(condition or AllOf(()))
        looked_at, found = 0, []
        with self._file.reading() as connection:
            for row, stems, text in connection.execute(
                "SELECT row, stems, words FROM long_passages WHERE collection = ? AND generation <= ?",
                [collection, generation],
            ):
                looked_at += 1
                if all(any(stem in stems for stem in alike) for alike in sought) and met(text):
                    found.append(row)
        return found if looked_at else None

    def _shortened(self, collection: str, row: Row) -> Row:
        texts = {"stems": row["stems"], "words": row["words"]}
        with self._file.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO long_passages VALUES (?, ?, ?, ?, ?, ?)",
                [collection, row["row"], row["born"], row["document"], *texts.values()],
            )
        return {**row, **dict.fromkeys(texts, "")}

    def _restored(self, collection: str, row: Row) -> Row:
        with self._file.reading() as connection:
            found = connection.execute(
                "SELECT stems, words FROM long_passages WHERE collection = ? AND row = ?",
                [collection, row["row"]],
            ).fetchone()
        if found is None:
            raise EngineDamaged("The words of a long passage are lost.", "Run pilcrow engine rebuild.")
        return {**row, "stems": found[0], "words": found[1]}


def take_back(connection: sqlite3.Connection, collection: str, first: int) -> None:
    """Take back the words that were kept for a generation and those after it."""
    connection.execute(
        "DELETE FROM long_passages WHERE collection = ? AND generation >= ?", [collection, first]
    )


def forget(connection: sqlite3.Connection, collection: str, removed: Mapping[int, Collection[int]]) -> None:
    """Forget the words of documents, given by the generation that removed them."""
    connection.executemany(
        "DELETE FROM long_passages WHERE collection = ? AND generation < ? AND document = ?",
        [(collection, at, document) for at, some in removed.items() for document in some],
    )


def meeting(condition: TermCondition) -> Callable[[str], bool]:
    """Whether the words of a row meet a condition, as `index.milvus.expressions.meeting` asks a server."""
    match condition:
        case Word() | Phrase():
            texts = phrase_texts(condition)
            return lambda words: any(text in words for text in texts)
        case Not(part):
            met = meeting(part)
            return lambda words: not met(words)
        case AllOf(parts):
            each = [meeting(part) for part in parts]
            return lambda words: all(met(words) for met in each)
        case AnyOf(parts):
            each = [meeting(part) for part in parts]
            return lambda words: any(met(words) for met in each)


def _is_long(row: Row) -> bool:
    return any(len(row[field].encode()) > TEXT_BYTES for field in ("stems", "words"))
