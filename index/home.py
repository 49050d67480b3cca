"""The data folder: made where it is missing, changed by one writer at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import HomeUnusable, StoreError, WriterBusy


def make_folder(home: Path) -> None:
    """Create the folder; raises `HomeUnusable`."""
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HomeUnusable(
            f"The data folder {home} cannot be created: {error.strerror or error}.",
            "Set PILCROW_HOME to a folder that can be written.",
        ) from error


def locked(home: Path, wait: float) -> AbstractContextManager[None]:
    """Hold the writer lock; raises `WriterBusy`."""
    busy = WriterBusy(
        f"Another process is changing the collection in {home}.",
        "Try again when it is done.",
    )
    return holding(home / "writer.lock", wait, busy)


@contextmanager
def holding(path: Path, wait: float, busy: StoreError) -> Iterator[None]:
    """Hold a file lock, which the system releases when a process dies; raises `busy` after the wait."""
    # of its own, so that two threads exclude each other and either may end in another thread
    lock = FileLock(path, thread_local=False)
    try:
        lock.acquire(timeout=wait)
    except Timeout:
        raise busy from None
    except OSError as error:
        raise HomeUnusable(
            f"{path.parent} cannot be written: {error.strerror or error}.",
            "Check its permissions.",
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def storing(home: Path) -> Iterator[None]:
    """Say what a failed write means: nothing is published yet, so nothing is lost."""
    try:
        yield
    except OSError as error:
        raise HomeUnusable(
            f"The index in {home} cannot be written: {(error.strerror or str(error)).lower()}.",
            "Make room there and run the command again; what is held is unharmed.",
        ) from error


def unwritable(home: Path, why: str) -> HomeUnusable:
    """The error that says why a folder cannot be changed."""
    return HomeUnusable(f"{home} {why}.", "Make it writable, or set PILCROW_HOME to a folder that is.")
