"""Files of this machine, loaded one by one when their turn comes, or parsed without being kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.readers import Readers
from assistant.settings import Settings
from corpus.model import Document, Metadata
from corpus.parse import SourceFile, load_source


@dataclass(frozen=True)
class FileLoad:
    """Loads a file when its turn comes; `name` tells it apart from the others."""

    name: str
    path: Path
    given: Metadata

    def __call__(self) -> SourceFile:
        """The file's bytes with what was given of it; raises a `SourceRefused`."""
        return load_source(self.path, self.given)


def parse_file(path: Path, given: Metadata, settings: Settings) -> Document:
    """A file as Pilcrow would read it, nothing stored; raises a `SourceRefused`."""
    source = load_source(path, given)
    with Readers(settings)() as workers:
        return workers.submit(source).result()
