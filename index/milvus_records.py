"""What a data folder has in Milvus: its generations, and in how many passages each word is.

Milvus knows rows and no generations, and cannot say how frequent a word is or which words begin so. So
this is kept beside the catalog, in one SQLite file, generation by generation: what each adds to the
counts is entered with it, and a reader sums what was entered up to its own. It holds nothing that a
rebuild does not make again.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import EngineDamaged
from index.engine import EngineRecord
from index.milvus_long import TABLE, LongPassages
from index.milvus_rows import Growth

FILE = "milvus.sqlite"

_WAIT = 30.0  # seconds for another process to finish writing
_DAMAGED = (sqlite3.DatabaseError, json.JSONDecodeError, KeyError, TypeError)

_TABLES = """
CREATE TABLE IF NOT EXISTS home (path TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS collections (
    name TEXT PRIMARY KEY, mean_length REAL, condemned REAL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS generations (
    generation INTEGER PRIMARY KEY, collection TEXT NOT NULL, record TEXT, length INTEGER);
CREATE TABLE IF NOT EXISTS removed (
    collection TEXT, generation INTEGER, document INTEGER, since REAL,
    PRIMARY KEY (collection, generation, document)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stems (dimension INTEGER PRIMARY KEY, stem TEXT UNIQUE NOT NULL);
CREATE TABLE IF NOT EXISTS counts (
    collection TEXT, kind TEXT, word TEXT, generation INTEGER, passages INTEGER NOT NULL,
    PRIMARY KEY (collection, kind, word, generation)) WITHOUT ROWID;
"""

_BY_GENERATION = ("removed", "counts", "long_passages")  # of what was entered with it


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
    removed: Mapping[int, Collection[int]]
    """By generation the documents that it removed and whose rows are still there."""


class Records:
    """The file; it is opened for each use, and made when first written."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._home = str(folder.resolve())
        self.long = LongPassages(self._reading, self._writing)

    # -- reading

    def generation(self, number: int) -> Generation:
        """What is known of a generation; raises `EngineDamaged` where it cannot be opened."""
        with self._reading() as connection:
            row = connection.execute(
                "SELECT collection, record, length, mean_length FROM generations "
                "JOIN collections ON name = collection WHERE generation = ? AND record IS NOT NULL",
                [number],
            ).fetchone()
            if row is None:
                raise _missing(number)
            collection, record, length, mean_length = row
            removed: dict[int, list[int]] = defaultdict(list)
            for at, document in connection.execute(
                "SELECT generation, document FROM removed WHERE collection = ? AND generation <= ?",
                [collection, number],
            ):
                removed[at].append(document)
            found = EngineRecord.from_json(json.loads(record))
            return Generation(number, collection, found, length, mean_length, dict(removed))

    def passages_with(self, generation: Generation, stem: str) -> int:
        """How many passages of a generation have an indexed term."""
        with self._reading() as connection:
            (count,) = connection.execute(
                "SELECT COALESCE(SUM(passages), 0) FROM counts "
                "WHERE collection = ? AND kind = 'stem' AND word = ? AND generation <= ?",
                [generation.collection, stem, generation.number],
            ).fetchone()
            return int(count)

    def words_beginning(self, generation: Generation, letters: str, limit: int) -> list[str]:
        """The words as printed that begin so, the most frequent first."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT word FROM counts WHERE collection = ? AND kind = 'printed' "
                "AND word >= ? AND word < ? AND generation <= ? "
                "GROUP BY word HAVING SUM(passages) > 0 ORDER BY SUM(passages) DESC, word LIMIT ?",
                [generation.collection, letters, letters + chr(0x10FFFF), generation.number, limit],
            )
            return [word for (word,) in rows]

    def dimensions(self, stems: Iterable[str]) -> dict[str, int]:
        """The numbers of stems in sparse vectors; those that no passage ever had have none."""
        with self._reading() as connection:
            return _dimensions(connection, stems)

    # -- writing, by one process at a time

    def set_aside(self) -> None:
        """Begin anew, since what is there is damaged or of another data folder."""
        if self.path.exists():
            self.path.replace(self.path.with_suffix(".damaged"))

    def begin(self, number: int, base: Generation | None) -> str:
        """Enter a generation before anything of it is written; returns its collection."""
        with self._writing() as connection:
            name = base.collection if base else f"pilcrow_{secrets.token_hex(8)}"
            connection.execute("INSERT OR IGNORE INTO collections (name) VALUES (?)", [name])
            connection.execute(
                "INSERT OR REPLACE INTO generations (generation, collection) VALUES (?, ?)", [number, name]
            )
            for table in _BY_GENERATION:
                connection.execute(f"DELETE FROM {table} WHERE generation >= ?", [number])
        return name

    def numbered(self, stems: Collection[str]) -> dict[str, int]:
        """The numbers of stems in sparse vectors; those without one get one, for good."""
        with self._writing() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO stems (stem) VALUES (?)", [(stem,) for stem in sorted(stems)]
            )
            return _dimensions(connection, stems)

    def finish(
        self,
        generation: Generation,
        growth: Growth,
        remove: Collection[int],
        now: float,
    ) -> None:
        """Enter a generation whose rows are all written; from now on it can be opened."""
        number, collection = generation.number, generation.collection
        with self._writing() as connection:
            connection.execute(
                "UPDATE collections SET mean_length = ?, condemned = NULL WHERE name = ?",
                [generation.mean_length, collection],
            )
            connection.executemany(
                "INSERT OR REPLACE INTO removed VALUES (?, ?, ?, ?)",
                [(collection, number, document, now) for document in remove],
            )
            connection.executemany(
                "INSERT INTO counts VALUES (?, ?, ?, ?, ?)",
                [
                    (collection, kind, word, number, count)
                    for kind, words in growth.words.items()
                    for word, count in words.items()
                    if count
                ],
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
        with self._writing() as connection:
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
            for table in _BY_GENERATION:
                connection.execute(f"DELETE FROM {table} WHERE generation > ?", [number])
            return kept

    def beyond(self, number: int) -> bool:
        """Whether anything was begun after a generation."""
        with self._reading() as connection:
            return bool(
                connection.execute(
                    "SELECT COUNT(*) FROM generations WHERE generation > ?", [number]
                ).fetchone()[0]
            )

    def names(self) -> list[str]:
        """All collections that this data folder has made and that are not known to be dropped."""
        with self._reading() as connection:
            return [name for (name,) in connection.execute("SELECT name FROM collections ORDER BY name")]

    def condemned(self, before: float) -> list[str]:
        """The collections that nobody can have open that opened them before they were condemned."""
        with self._reading() as connection:
            rows = connection.execute("SELECT name FROM collections WHERE condemned <= ?", [before])
            return [name for (name,) in rows]

    def removed(self, collection: str, before: float) -> dict[int, list[int]]:
        """By generation the documents that it removed so long ago that nobody can have them open."""
        found: dict[int, list[int]] = defaultdict(list)
        with self._reading() as connection:
            for generation, document in connection.execute(
                "SELECT generation, document FROM removed WHERE collection = ? AND since <= ?",
                [collection, before],
            ):
                found[generation].append(document)
        return dict(found)

    def forget(self, collection: str, removed: Mapping[int, Collection[int]] | None = None) -> None:
        """Forget a collection that is dropped, or of one the removed documents whose rows are deleted."""
        with self._writing() as connection:
            if removed is not None:
                rows = [(collection, at, document) for at, some in removed.items() for document in some]
                for table, born in (("removed", "="), ("long_passages", "<")):
                    connection.executemany(
                        f"DELETE FROM {table} WHERE collection = ? AND generation {born} ? AND document = ?",
                        rows,
                    )
                return
            connection.execute("DELETE FROM collections WHERE name = ?", [collection])
            for table in ("generations", *_BY_GENERATION):
                connection.execute(f"DELETE FROM {table} WHERE collection = ?", [collection])

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        if not self.path.exists():
            raise EngineDamaged(
                "Nothing of this data folder is in Milvus yet.", "Run pilcrow engine rebuild."
            )
        try:
            with closing(sqlite3.connect(self.path, timeout=_WAIT)) as connection:
                self._require_own(connection)
                yield connection
        except _DAMAGED as error:
            raise EngineDamaged(f"{self.path} is damaged.", "Run pilcrow engine rebuild.") from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=_WAIT)) as connection:
                connection.executescript(_TABLES + TABLE)
                with connection:
                    if connection.execute("SELECT COUNT(*) FROM home").fetchone() == (0,):
                        connection.execute("INSERT INTO home VALUES (?)", [self._home])
                    self._require_own(connection)
                    yield connection
        except sqlite3.OperationalError as error:
            raise OSError(f"{self.path.name}: {error}") from error
        except _DAMAGED as error:
            raise EngineDamaged(f"{self.path} is damaged.", "Run pilcrow engine rebuild.") from error

    def _require_own(self, connection: sqlite3.Connection) -> None:
        """Keep a copied data folder from the collections of the one it is a copy of."""
        if connection.execute("SELECT path FROM home").fetchone() != (self._home,):
            raise EngineDamaged(
                f"{self.path} is of another data folder, whose collections it names.",
                "Run pilcrow engine rebuild.",
            )


def _dimensions(connection: sqlite3.Connection, stems: Iterable[str]) -> dict[str, int]:
    found = {}
    for stem in set(stems):
        if row := connection.execute("SELECT dimension FROM stems WHERE stem = ?", [stem]).fetchone():
            found[stem] = int(row[0])
    return found


def _missing(number: int) -> EngineDamaged:
    return EngineDamaged(f"Generation {number} is not in Milvus.", "Run pilcrow engine rebuild.")
