"""Folders of files that never change once written: linked, listed in a manifest and checked by it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.errors import EngineDamaged

MANIFEST = "manifest.json"

CHECKED_BYTES = 64 * 1024 * 1024
"""Files up to this size are checked by content, larger ones by size: hashing a gigabyte takes a second."""

Identity = tuple[int, int, int, int]
"""Device, number, size and time of change of a file: another content has another one."""


def identity(path: Path) -> Identity:
    """What tells whether a file is still the one it was."""
    found = path.stat()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def link_all(source: Path, target: Path) -> None:
    """Give a folder, which must be there, the files of another; lock files are no part of it."""
    for path in source.iterdir():
        if not path.name.endswith(".lock"):
            _link(path, target / path.name)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # another file system, or one without hard links
        target.write_bytes(source.read_bytes())


class Manifests:
    """Writes and checks manifests; a file that was checked once is read again only if it changed.

    So a reader that follows from one generation to the next reads what is new and no more.
    """

    def __init__(self) -> None:
        self._digests: dict[Identity, str] = {}

    def write(self, folder: Path, record: dict[str, Any]) -> None:
        """List the files of a folder with a record, and make them durable; raises `OSError`."""
        digests: dict[Identity, str] = {}
        files = {}
        for path in _files(folder):
            entry: dict[str, Any] = {"bytes": path.stat().st_size}
            if entry["bytes"] <= CHECKED_BYTES:
                entry["sha256"] = self._digest(path, digests)
            files[path.relative_to(folder).as_posix()] = entry
            if path.stat().st_nlink == 1:  # a linked one is durable already
                _sync(path)
        content = {"record": record, "files": files}
        manifest = folder / MANIFEST
        with manifest.open("w", encoding="utf-8") as file:
            json.dump({**content, "sha256": _digest_of(content)}, file, indent=1)
        _sync(manifest)
        for inside in {path.parent for path in _files(folder)}:
            sync_folder(inside)
        self._digests = digests

    def checked(self, folder: Path) -> dict[str, Any]:
        """The record of a folder whose files are all there and unaltered; raises `EngineDamaged`."""
        damaged = EngineDamaged(f"The index in {folder} is damaged.", "Run pilcrow engine rebuild.")
        digests: dict[Identity, str] = {}
        try:
            manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            if manifest.pop("sha256") != _digest_of(manifest):
                raise damaged
            for name, expected in manifest["files"].items():
                path = folder / name
                if path.stat().st_size != expected["bytes"]:
                    raise damaged
                if "sha256" in expected and self._digest(path, digests) != expected["sha256"]:
                    raise damaged
            record: dict[str, Any] = manifest["record"]
        except FileNotFoundError:
            raise EngineDamaged(
                f"The index in {folder} is not complete.", "Run pilcrow engine rebuild."
            ) from None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            raise damaged from None
        self._digests = digests
        return record

    def _digest(self, path: Path, seen: dict[Identity, str]) -> str:
        key = identity(path)
        digest = self._digests.get(key) or _sha256(path)
        seen[key] = digest
        return digest


def _files(folder: Path) -> Iterator[Path]:
    names = sorted(path for path in folder.rglob("*") if path.is_file())
    return (path for path in names if not path.name.endswith(".lock"))


def _digest_of(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    """Make the content of a file durable."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make renames and new names in a folder durable, where the platform can."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
