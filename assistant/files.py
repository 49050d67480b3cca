"""Files that are written for people: there whole or not at all, under a name that says their format."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from corpus.errors import ExportFormatUnknown, ExportUnwritable


def check_target(path: Path, endings: Iterable[str], *, replace: bool = True) -> None:
    """Raise `ExportFormatUnknown` or `ExportUnwritable` where a file cannot be written to a path.

    `endings` are those of the formats that can be; a file that is there is refused unless it may be
    replaced.
    """
    known = list(endings)
    if path.suffix.lower() not in known:
        raise ExportFormatUnknown(
            f"{path.name} has no ending that says what it shall be.", f"Name it {' or '.join(known)}."
        )
    if path.is_dir():
        raise unwritable(path, "it is a folder")
    if not path.parent.is_dir():
        raise unwritable(path, "there is no such folder")
    if path.exists() and not path.is_file():
        raise unwritable(path, "it is no file")  # a device that a link leads to would be replaced by one
    if path.exists() and not replace:
        raise unwritable(path, "it is there already", "Name another file, or have this one replaced.")
    if path.exists() and not os.access(path, os.W_OK):
        raise unwritable(path, "the file may not be changed")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file; one that is there keeps its mode and is replaced when all is written.

    Raises `ExportUnwritable`.
    """
    target = Path(os.path.realpath(path))  # what a link points to, so that the link stays one
    part = target.with_name(f".pilcrow-{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, part)
        part.replace(target)
    except OSError as error:
        raise unwritable(path, error.strerror or str(error)) from error
    finally:
        part.unlink(missing_ok=True)


def unwritable(path: Path, reason: str, mend: str = "Name another file.") -> ExportUnwritable:
    """That a file cannot be written, why, and what to do."""
    return ExportUnwritable(f"{path} cannot be written: {reason}.", mend)
