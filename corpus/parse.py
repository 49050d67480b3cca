"""A file's bytes become a document, or a refusal that says why."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from corpus.errors import NoParagraphs, SourceMissing, SourceOverLimit, SourceTooLarge, SourceUnreadable
from corpus.layout import Reading
from corpus.metadata import find_metadata, read_metadata
from corpus.model import Document, Metadata, Source
from corpus.organs import organ_of
from corpus.readers import read
from corpus.references import find_references
from corpus.structure import structure
from corpus.symbol import Symbol

PARSER_VERSION = 4
"""Part of what makes a document unchanged: raise it when a change here moves text or ids."""

MAX_SOURCE_BYTES = 64 * 1024 * 1024
"""No UN document comes near it; a text of this size would hold some 20,000 pages."""

MAX_PAGES = 5000
"""No document that is cited by its paragraphs comes near it."""

_NOTHING_GIVEN = Metadata()


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The bytes of a file, with what is given about them."""

    name: str
    data: bytes
    given: Metadata = field(default_factory=Metadata)

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def load_source(path: Path, given: Metadata = _NOTHING_GIVEN) -> SourceFile:
    """Read a file into memory; raises a `SourceRefused` that says why it cannot be."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_SOURCE_BYTES + 1)  # a device has no size and may have no end
    except FileNotFoundError:
        raise SourceMissing(f"There is no file {path}.", "Check the path.") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SourceUnreadable(
            f"{path} cannot be opened: {reason}.", "Check it and its permissions."
        ) from None
    if len(data) > MAX_SOURCE_BYTES:
        raise SourceTooLarge(
            f"{path} has more than the {MAX_SOURCE_BYTES // 2**20} MiB that are read.", "Split it."
        )
    return SourceFile(path.name, data, given)


def builtin_sources() -> list[SourceFile]:
    """The documents that ship with Pilcrow."""
    folder = files("corpus").joinpath("builtin")
    sources = []
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".txt"):
            given = read_metadata(
                folder.joinpath(f"{entry.name.removesuffix('.txt')}.toml").read_text(encoding="utf-8")
            )
            sources.append(SourceFile(entry.name, entry.read_bytes(), given))
    return sources


def read_source(source: SourceFile, max_pages: int = MAX_PAGES) -> Reading:
    """The lines of one file; raises a `SourceRefused` for what cannot be read, or has too many pages."""
    reading = read(source.data, source.name)
    if reading.lines and (reading.lines[-1].page or 0) > max_pages:
        raise SourceOverLimit(
            f"{source.name} has more than the {max_pages:,} pages that are read.",
            "Split it, or raise PILCROW_MAX_FILE_PAGES.",
        )
    return reading


def parse_document(source: SourceFile, max_pages: int = MAX_PAGES) -> Document:
    """Parse one file; raises a `SourceRefused` for what cannot become a document."""
    reading = read_source(source, max_pages)
    found = structure(reading)
    if not found.paragraphs:
        raise NoParagraphs(
            f"{source.name} has no numbered paragraphs.",
            "Pilcrow reads documents whose paragraphs are numbered 1., 2., 3. …",
        )
    metadata = find_metadata(reading, found.title, source.given, source.name)
    known = metadata.metadata
    symbol = Symbol.parse(known.symbol or "")
    return Document(
        symbol=str(symbol),
        slug=symbol.slug,
        title=known.title or str(symbol),
        committee=known.committee,
        instrument=known.instrument,
        states=known.states,
        session=known.session,
        adopted=known.adopted,
        issued=known.issued,
        language=known.language or "en",
        edition=known.edition or "issued",
        source=Source(source.name, source.sha256),
        text=reading.text,
        spans=found.spans,
        sections=found.sections,
        paragraphs=found.paragraphs,
        footnotes=found.footnotes,
        references=find_references(
            reading.text,
            found.spans,
            symbol,
            organ_of(symbol),
            lines=reading.lines,
            paragraphs=found.paragraphs,
            footnotes=found.footnotes,
        ),
        warnings=(*found.warnings, *metadata.warnings),
        other_symbols=metadata.other_symbols,
    )
