"""How a SQLite file of ours is opened and brought up to date, and what its errors mean."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, Engine, MetaData, Select, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool, QueuePool

from corpus.errors import HomeUnusable, StoreError

if TYPE_CHECKING:
    from alembic.config import Config

_WAIT_FOR_LOCK = 30.0  # seconds
_MIGRATING = threading.Lock()  # Alembic keeps the migration under way in its module
_Read = TypeVar("_Read")

# What the folder, the disk or another process is the reason of; all else is the content of the file.
_UNUSABLE = {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
}


@dataclass(frozen=True)
class Schema:
    """What a file of ours holds, and what is said of one that holds something else."""

    name: str
    """As messages call it: `a catalog`."""
    tables: MetaData
    versions: str
    """Where its migrations are, as `package:folder`."""
    revisions: Sequence[str]
    """Its migrations, the oldest first."""
    damaged: type[StoreError]
    newer: type[StoreError]
    mend: str
    """What to do with a file that is damaged."""


class Database:
    """A SQLite file (WAL) at the newest revision of its schema; its errors are those of the schema."""

    def __init__(self, path: Path, schema: Schema, *, read_only: bool = False) -> None:
        """Open or create; raises `HomeUnusable` and what the schema has for damaged and newer files."""
        self.path = path
        self.read_only = read_only
        self._schema = schema
        self._engine = _connect(path, read_only=read_only)
        with self._errors():
            self._migrate()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection whose first query begins a consistent view."""
        with self._errors(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that holds the write lock from its beginning."""
        with self._errors(), _writing(self._engine) as connection:
            yield connection

    def all(self, connection: Connection, query: Select[Any], read: Callable[[Any], _Read]) -> list[_Read]:
        """What each row says; one that does not hold what it should is damage."""
        try:
            return [read(row) for row in connection.execute(query)]
        except (LookupError, TypeError, ValueError) as error:
            raise self.damaged("a row of it makes no sense") from error

    def damaged(self, reason: str) -> StoreError:
        """The error that says that the file is not what it should be."""
        return self._schema.damaged(
            f"{self.path} is not {self._schema.name} Pilcrow can read: {reason}.", self._schema.mend
        )

    def _migrate(self) -> None:
        with self._engine.connect() as connection:
            revision = _revision(connection)
        if revision == self._schema.revisions[-1]:
            return
        if revision is not None and revision not in self._schema.revisions:
            raise self._schema.newer(
                f"{self.path} was made by a newer Pilcrow (its schema is {revision}).",
                "Update with pip install --upgrade pilcrow.",
            )
        if self.read_only:
            raise HomeUnusable(
                f"{self.path} is not {self._schema.name} this version can read, and cannot be written.",
                "Make it writable, or set PILCROW_HOME to a folder that is.",
            )
        from alembic import command  # imported here, since a file that is up to date never needs it

        config = migrations(self._schema)
        # the write lock comes before the look, so that of two processes that open a new home one waits
        with _MIGRATING, _writing(self._engine) as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Report what SQLite says as `HomeUnusable` or as damage."""
        try:
            yield
        except UnicodeDecodeError as error:  # what it says of a damaged schema repeats bytes that are no text
            raise self.damaged("its schema is garbled") from error
        except DatabaseError as error:
            reason = " ".join(str(error.orig).split())[:100]  # some repeat the text they stumble over
            if not is_unusable(error.orig):
                raise self.damaged(reason) from error
            raise HomeUnusable(f"{self.path} cannot be used: {reason}.", mend(error.orig)) from error


def is_unusable(error: object) -> bool:
    """Whether an error of SQLite says that a file cannot be used now, and nothing of its content."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _UNUSABLE


def migrations(schema: Schema) -> Config:
    """What Alembic is told of a schema; the caller adds the connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "corpus:migrations")
    config.set_main_option("path_separator", "newline")  # a colon is part of where they are
    config.set_main_option("version_locations", schema.versions)
    config.attributes["tables"] = schema.tables
    return config


def mend(error: BaseException | None) -> str:
    """What to do where a file cannot be used."""
    if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL:
        return "Make room there and run the command again; what is held is unharmed."
    return "Check the folder, its permissions and the disk."


def _connect(path: Path, *, read_only: bool) -> Engine:
    """An engine over a file, made where it is not there and may be written."""
    address = f"{path.absolute().as_uri()}?mode="

    def open_file() -> sqlite3.Connection:
        mode = "rwc"
        if read_only:
            # without a write-ahead log a read-only folder can only be read as a file that never changes
            mode = "ro" if path.with_name(f"{path.name}-wal").exists() else "ro&immutable=1"
        return sqlite3.connect(
            address + mode, uri=True, timeout=_WAIT_FOR_LOCK, check_same_thread=False, isolation_level=None
        )

    # no limit: each request holds a connection and may need another, and those of SQLite are cheap
    pool = {"poolclass": NullPool} if read_only else {"poolclass": QueuePool, "max_overflow": -1}
    engine = create_engine("sqlite://", creator=open_file, **pool)

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        if not read_only:
            _log_ahead(connection)
            connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # the driver's own handling of transactions would begin them too late for a snapshot
        options = connection.get_execution_options()
        connection.exec_driver_sql(options.get("begin", "BEGIN"))

    return engine


@contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        writer = connection.execution_options(begin="BEGIN IMMEDIATE")
        with writer.begin():
            yield writer


def _revision(connection: Connection) -> str | None:
    """The migration a file is at, or None for a new one."""
    known = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    ).first()
    if not known:
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return row[0] if row else None


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Switch to a write-ahead log; SQLite itself does not wait while another process does the same."""
    deadline = time.monotonic() + _WAIT_FOR_LOCK
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return
