"""How the SQLite file under the catalog is opened, and what its errors mean."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool, QueuePool

from corpus.errors import CatalogDamaged, HomeUnusable

_WAIT_FOR_LOCK = 30.0  # seconds

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


def connect(path: Path, *, read_only: bool) -> Engine:
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
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that holds the write lock from its beginning."""
    with engine.connect() as connection:
        writer = connection.execution_options(begin="BEGIN IMMEDIATE")
        with writer.begin():
            yield writer


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Report what the database says as `HomeUnusable` or `CatalogDamaged`."""
    try:
        yield
    except UnicodeDecodeError as error:  # what it says of a damaged schema repeats bytes that are no text
        raise damaged(path, "its schema is garbled") from error
    except DatabaseError as error:
        reason = " ".join(str(error.orig).split())[:100]  # some repeat the text they stumble over
        if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF not in _UNUSABLE:
            raise damaged(path, reason) from error
        raise HomeUnusable(f"{path} cannot be used: {reason}.", mend(error.orig)) from error


def mend(error: BaseException | None) -> str:
    """What to do where the file cannot be used."""
    if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL:
        return "Make room there and run the command again; what is held is unharmed."
    return "Check the folder, its permissions and the disk."


def damaged(path: Path, reason: str) -> CatalogDamaged:
    """The error that says so."""
    return CatalogDamaged(
        f"{path} is not a catalog Pilcrow can read: {reason}.",
        "Move it away and ingest the documents again, or restore a copy of it.",
    )


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
