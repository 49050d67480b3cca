"""A file that is put under the name of a document, and must be of that document."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import IO

from pydantic import BaseModel, ConfigDict, Field

from assistant.document_list import HeldDocument
from corpus.catalog import Snapshot, find_document
from corpus.errors import DocumentNotHeld, SymbolDiffers, SymbolInvalid, SymbolUnknown
from corpus.ingest import Outcome, Status
from corpus.model import Document, DocumentHeader, Metadata, Warning
from corpus.parse import SourceFile
from corpus.symbol import Symbol
from index.collection import Collection, Progress

Check = Callable[[DocumentHeader | None], None]
"""Shown what is held under a name, while nobody else can change it; may raise."""


@dataclass(frozen=True)
class Upload:
    """A file that was sent, what it is to be called and what is given about it."""

    file: IO[bytes]
    name: str
    given: Metadata = field(default_factory=Metadata)


class PutOutcome(BaseModel):
    """What became of a file that was put."""

    model_config = ConfigDict(frozen=True)

    status: Status = Field(description="Never `refused`, which is an error.")
    note: str = Field(description="What else there is to know, such as which edition it replaces.")
    document: HeldDocument = Field(description="The current edition.")
    warnings: tuple[Warning, ...] = Field(description="What a reader of it should know of.")


@dataclass(frozen=True)
class _Name:
    """What a file is put under: a symbol, or the slug of one that may be held."""

    text: str
    symbol: Symbol | None
    """What it is given where it names none."""
    is_slug: bool

    @classmethod
    def read(cls, text: str, snapshot: Snapshot) -> _Name:
        try:
            symbol = Symbol.parse(text)
        except SymbolInvalid:
            slug = text.strip().lower()
            held = snapshot.find(slug)
            return cls(slug, Symbol.parse(held[0].symbol) if held else None, is_slug=True)
        return cls(str(symbol), symbol, is_slug=False)

    def is_one_of(self, symbols: tuple[str, ...]) -> bool:
        """Whether it names a document that has these symbols."""
        if self.is_slug:
            return self.text in (Symbol.parse(symbol).slug for symbol in symbols)
        return self.text in symbols


class Putting:
    """Takes one file in, where it is of the document it is put under."""

    def __init__(self, collection: Collection, name: str, *, override: bool, check: Check | None) -> None:
        self._collection = collection
        self._asked = name
        self._override = override
        self._check = check

    def put(self, upload: Upload, progress: Progress | None = None) -> PutOutcome:
        """Take the file in; raises what `Assistant.put` does."""
        if not self._override:
            try:
                return self._taken(upload, progress, given=False)
            except SymbolUnknown:
                if self._name().symbol is None:
                    raise self._unnamed(upload) from None
        return self._taken(upload, progress, given=True)

    def _taken(self, upload: Upload, progress: Progress | None, *, given: bool) -> PutOutcome:
        """Take it in by its own symbol, or by the one of the path where that is `given`."""

        def load() -> SourceFile:
            # asked here, where nobody else can change what is held
            if self._check:
                self._check(self._held())
            told = upload.given
            if given:
                symbol = self._name().symbol
                if symbol is None:
                    raise self._unnamed(upload)
                told = replace(told, symbol=str(symbol))
            upload.file.seek(0)
            return SourceFile(upload.name, upload.file.read(), told)

        def accept(document: Document) -> None:
            self._require(upload, (document.symbol, *document.other_symbols))

        ingest = self._collection.ingest([load], progress, accept=None if given else accept, reinstate=True)
        with closing(ingest) as outcomes:
            outcome = next(outcomes)
            if outcome.error is not None:
                raise outcome.error
            # nobody else can change what is held until the outcomes are closed
            header, document = self._current(outcome)
        if not given:  # a file that is held already was not read
            self._require(upload, (document.symbol, *document.other_symbols))
        return PutOutcome(
            status=outcome.status,
            note=outcome.note,
            document=HeldDocument.model_validate(header),
            warnings=document.warnings,
        )

    def _current(self, outcome: Outcome) -> tuple[DocumentHeader, Document]:
        """The current edition of what a file became."""
        with self._collection.catalog.snapshot() as snapshot:
            under = snapshot.find(str(outcome.symbol))
            key = (outcome.symbol, outcome.language)
            header = next(header for header in under if (header.symbol, header.language) == key)
            return header, snapshot.document(header.id)

    def _require(self, upload: Upload, symbols: tuple[str, ...]) -> None:
        """Raise `SymbolDiffers` unless the file is put under one of its symbols."""
        name = self._name()
        if not name.is_one_of(symbols):
            raise SymbolDiffers(
                f"{upload.name} is {symbols[0]}, and it is put under {self._asked.strip()}.",
                "Put it under its own symbol, or say override to give it the one of the path.",
            )

    def _held(self) -> DocumentHeader | None:
        with self._collection.catalog.snapshot() as snapshot:
            try:
                return find_document(snapshot, self._asked)[0]
            except DocumentNotHeld:
                return None

    def _name(self) -> _Name:
        with self._collection.catalog.snapshot() as snapshot:
            return _Name.read(self._asked, snapshot)

    def _unnamed(self, upload: Upload) -> SymbolUnknown:
        return SymbolUnknown(
            f"{self._asked[:80]} is no symbol and no held document, so {upload.name} cannot take its symbol.",
            "Put it under its symbol, percent-encoded, such as CRC%2FC%2FOPSC%2FLAO%2FCO%2F1.",
        )
