"""What becomes of files that are to be taken in."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from corpus.errors import PilcrowError, SourceRefused, UsageError
from corpus.model import Document, Metadata, Warning
from corpus.parse import PARSER_VERSION, SourceFile
from corpus.workers import Parser

AHEAD_BYTES = 128 * 1024 * 1024
"""How much of files that wait for their turn is kept in memory, whatever their number."""

Status = Literal["added", "updated", "unchanged", "refused"]
Loaded = Callable[[], SourceFile]
"""Loads one file when its turn comes, under its `name` if it has one; raises a `SourceRefused`."""

_METADATA = TypeAdapter(Metadata)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file; `error` says why one was refused, `note` what else there is to know."""

    name: str
    status: Status
    symbol: str | None = None
    paragraphs: int = 0
    warnings: tuple[Warning, ...] = ()
    error: PilcrowError | None = None
    language: str | None = None
    searched: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """A file whose turn has come: what it holds, or why it cannot be read."""

    name: str
    mark: str = ""
    """Its fingerprint."""
    sha256: str = ""
    parsed: Callable[[], Document] | None = None
    """Waits for the document; raises a `SourceRefused` or `UsageError`."""
    error: PilcrowError | None = None


def source_paths(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that paths name: a folder stands for all files below it, hidden ones left out."""
    for path in paths:
        if path.is_dir():
            below = sorted(p for p in path.rglob("*") if p.is_file())
            yield from (p for p in below if not _hidden(p.relative_to(path)))
        else:
            yield path


def named_paths(paths: Sequence[Path]) -> list[tuple[str, Path]]:
    """The files that paths name, each under its path from the innermost folder that holds them all."""
    # absolute() keeps "..", and resolve() follows links to where the user has not pointed
    folders = [os.path.abspath(path if path.is_dir() else path.parent) for path in paths]  # noqa: PTH100
    try:
        above = os.path.commonpath(folders)
    except ValueError:  # on two drives, or none at all
        return [(str(path), path) for path in source_paths(paths)]
    return [(os.path.relpath(path, above), path) for path in source_paths(paths)]


def fingerprint(source: SourceFile) -> str:
    """The same exactly where ingesting again would change nothing: content, given metadata, parser."""
    return _mark(source.sha256, source.given)


def read_ahead(loads: Iterable[Loaded], parser: Parser, is_held: Callable[[str], bool]) -> Iterator[Read]:
    """Files in their order, those that follow being parsed meanwhile.

    `is_held` says of a fingerprint whether the file need not be parsed, by what is known so far. No
    more files are loaded ahead than keep the parser busy, so that thousands need no more memory.
    """
    waiting: deque[tuple[Read, int]] = deque()
    under_way: set[str] = set()
    size = 0
    for load in loads:
        read, size_of_it = _begun(load, parser, lambda mark: is_held(mark) or mark in under_way)
        under_way.add(read.mark)
        waiting.append((read, size_of_it))
        size += size_of_it
        while len(waiting) > parser.ahead or size > AHEAD_BYTES:
            first, size_of_it = waiting.popleft()
            size -= size_of_it
            yield first
    for first, _ in waiting:
        yield first


def _begun(load: Loaded, parser: Parser, is_held: Callable[[str], bool]) -> tuple[Read, int]:
    """A file, loaded and handed to the parser unless it is held; and the bytes that are kept for it."""
    name = getattr(load, "name", "")
    try:
        source = load()
    except (SourceRefused, UsageError) as error:
        return Read(name, error=error), 0
    sha256 = source.sha256
    mark = _mark(sha256, source.given)
    name = name or source.name
    if not is_held(mark):
        return Read(name, mark, sha256, parser.submit(source).result), len(source.data)
    # another file may take its place before its turn comes, and then it is wanted after all
    return Read(name, mark, sha256, lambda: parser.submit(load()).result()), 0


def _mark(sha256: str, given: Metadata) -> str:
    return hashlib.sha256(f"{PARSER_VERSION}\0{sha256}\0".encode() + _METADATA.dump_json(given)).hexdigest()


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
