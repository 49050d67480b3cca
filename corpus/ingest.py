"""What becomes of files that are to be taken in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from corpus.errors import PilcrowError
from corpus.model import Metadata, Warning
from corpus.parse import PARSER_VERSION, SourceFile

Status = Literal["added", "updated", "unchanged", "refused"]
_METADATA = TypeAdapter(Metadata)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file; `error` says why one was refused."""

    name: str
    status: Status
    symbol: str | None = None
    paragraphs: int = 0
    warnings: tuple[Warning, ...] = ()
    error: PilcrowError | None = None


def source_paths(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that paths name: a folder stands for all files below it, hidden ones left out."""
    for path in paths:
        if path.is_dir():
            below = sorted(p for p in path.rglob("*") if p.is_file())
            yield from (p for p in below if not _hidden(p.relative_to(path)))
        else:
            yield path


def fingerprint(source: SourceFile) -> str:
    """The same exactly where ingesting again would change nothing: content, given metadata, parser."""
    given = _METADATA.dump_json(source.given)
    return hashlib.sha256(f"{PARSER_VERSION}\0{source.sha256}\0".encode() + given).hexdigest()


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
