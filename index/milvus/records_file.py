"""The file beside the catalog that has what Milvus does not: `milvus.sqlite` in the data folder.

It holds nothing that a rebuild does not make again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from corpus.database import is_unusable, mend
from corpus.errors import EngineDamaged, HomeUnusable

FILE = "milvus.sqlite"

_WAIT = 30.0  # seconds for another process to finish writing
_DAMAGED = (sqlite3.DatabaseError, json.JSONDecodeError, KeyError, TypeError)

_FORM = 1  # raised when the tables change; a file of another form is made anew
_TABLES = """
CREATE TABLE IF NOT EXISTS home (path TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS collections (
    name TEXT PRIMARY KEY, mean_length REAL, measured INTEGER, condemned REAL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS marks (number INTEGER PRIMARY KEY, mark TEXT NOT NULL, collection TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS generations (
    generation INTEGER PRIMARY KEY, collection TEXT NOT NULL, record TEXT, length INTEGER);
CREATE TABLE IF NOT EXISTS removed (
    collection TEXT, generation INTEGER, document INTEGER, since REAL,
    PRIMARY KEY (collection, generation, document)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stems (dimension INTEGER PRIMARY KEY, stem TEXT UNIQUE NOT NULL);
CREATE TABLE IF NOT EXISTS counts (
    collection TEXT, kind TEXT, word TEXT, generation INTEGER, passages INTEGER NOT NULL,
    PRIMARY KEY (collection, kind, word, generation)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS counted (
    collection TEXT, generation INTEGER, since REAL NOT NULL,
    PRIMARY KEY (collection, generation)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS long_passages (
    collection TEXT, row TEXT, generation INTEGER NOT NULL, document INTEGER NOT NULL,
    stems TEXT NOT NULL, words TEXT NOT NULL, PRIMARY KEY (collection, row));
"""


class RecordsFile:
    """The file; it is opened for each use, and made when first written."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._home = str(folder.resolve())

    def set_aside(self) -> None:
        """Begin anew, since what is there is damaged or of another data folder."""
        if self.path.exists():
            self.path.replace(self.path.with_suffix(".damaged"))

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """What was written last.

        Raises `EngineDamaged` where that is not what it should be or is of another folder, and
        `HomeUnusable` where it cannot be read now.
        """
        if not self.path.exists():
            raise EngineDamaged(
                "Nothing of this data folder is in Milvus yet.", "Run pilcrow engine rebuild."
            )
        try:
            with closing(sqlite3.connect(self.path, timeout=_WAIT)) as connection:
                self._require_usable(connection)
                yield connection
        except _DAMAGED as error:
            if is_unusable(error):
                raise HomeUnusable(f"{self.path} cannot be read: {error}.", mend(error)) from error
            raise EngineDamaged(f"{self.path} is damaged.", "Run pilcrow engine rebuild.") from error

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction; raises `OSError` where the disk is full, and `EngineDamaged`."""
        try:
            with closing(sqlite3.connect(self.path, timeout=_WAIT)) as connection:
                connection.executescript(_TABLES)
                with connection:
                    if connection.execute("SELECT COUNT(*) FROM home").fetchone() == (0,):
                        connection.execute("INSERT INTO home VALUES (?)", [self._home])
                        connection.execute(f"PRAGMA user_version = {_FORM}")
                    self._require_usable(connection)
                    yield connection
        except _DAMAGED as error:
            if is_unusable(error):
                raise OSError(f"{self.path.name}: {error}") from error
            raise EngineDamaged(f"{self.path} is damaged.", "Run pilcrow engine rebuild.") from error

    def _require_usable(self, connection: sqlite3.Connection) -> None:
        """Raise `EngineDamaged` for another form, and for a copy, which must leave the collections alone."""
        if connection.execute("PRAGMA user_version").fetchone() != (_FORM,):
            raise EngineDamaged(
                f"{self.path} is of another version of Pilcrow.", "Run pilcrow engine rebuild."
            )
        if connection.execute("SELECT path FROM home").fetchone() != (self._home,):
            raise EngineDamaged(
                f"{self.path} is of another data folder, whose collections it names.",
                "Run pilcrow engine rebuild.",
            )
