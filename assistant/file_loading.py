"""Files of this machine: loaded when their turn comes, parsed without being kept, or read as drafts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.checking.draft import Draft
from assistant.checking.reading import read_draft
from assistant.readers import Readers
from assistant.settings import Settings
from corpus.layout import Reading
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


def load_draft(path: Path, settings: Settings) -> Draft:
    """The draft in a file; raises a `SourceRefused`."""
    source = load_source(path)
    return draft_of_bytes(source.data, source.name, settings)


def draft_of_bytes(data: bytes, name: str, settings: Settings) -> Draft:
    """The draft that bytes are; unless they are text another process reads them. Raises a `SourceRefused`."""

    def read_apart(data: bytes, name: str) -> Reading:
        with Readers(settings)() as workers:
            return workers.read(SourceFile(name, data)).result()

    return read_draft(data, name, read_apart)
