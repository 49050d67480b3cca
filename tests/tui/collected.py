"""A stand-in for the assistant that holds documents, and takes files in as it is told to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from threading import Event

from assistant.answer import Coverage, Filters
from assistant.draft import coverage_of
from assistant.errors import DocumentNotHeld, WriterBusy
from assistant.facets import Facets, facets_of
from assistant.scope import scope_of
from assistant.service import Document, DocumentHeader, Metadata, Outcome
from corpus.holdings import Holdings
from corpus.parse import builtin_sources, parse_document
from tests.corpus.headers import HELD, header
from tests.tui.scripted import PATIENCE, ScriptedAssistant

LAOS = "crc-c-opsc-lao-co-1"
"""The only document of which there is a text."""


@cache
def text_of_laos() -> Document:
    return parse_document(builtin_sources()[0])


def headers_held() -> list[DocumentHeader]:
    """Nine documents on eight States, and one that is not searched."""
    laos, *others = HELD.headers.values()
    document = text_of_laos()
    laos = replace(laos, symbol=document.symbol, slug=document.slug, title=document.title)
    return [laos, *others, header(10, "Côte d’Ivoire", "CIV", 2021, searched=False)]


class CollectedAssistant(ScriptedAssistant):
    """Holds headers; `ingest` yields `outcomes`, each when `steps` lets it, and then raises `breaks`."""

    def __init__(self) -> None:
        super().__init__()
        self.headers = headers_held()
        self.outcomes: list[Outcome] = []
        self.breaks: Exception | None = None
        self.opens: Callable[[], None] = lambda: None
        """Runs before the documents are read."""
        self.step = Event()
        """Lets the ingest go on behind its first outcome."""
        self.step.set()
        self.paths: list[Path] = []
        self.ingest_closed = Event()
        self.removed: list[str] = []

    def documents(self) -> list[DocumentHeader]:  # type: ignore[override]
        self.opens()
        return list(self.headers)

    @property
    def holdings(self) -> Holdings:
        return Holdings(self.headers)

    def facets(self) -> Facets:
        return facets_of(self.holdings)

    def coverage(self, filters: Filters) -> Coverage:
        return coverage_of(self.holdings, scope_of(self.holdings, filters))

    def document_with_header(self, name: str) -> tuple[DocumentHeader, Document]:
        if name != LAOS:
            raise DocumentNotHeld(f"No document {name} is held.", "See what is with pilcrow documents.")
        return self.headers[0], text_of_laos()

    def ingest(
        self,
        paths: Sequence[Path],
        given: Metadata,
        progress: Callable[[str, int, int], None] | None = None,
    ) -> Iterator[Outcome]:
        assert given == Metadata()
        self.paths = list(paths)
        try:
            for done, outcome in enumerate(self.outcomes, 1):
                if progress:
                    progress("reading", done, len(self.outcomes))
                    progress("encoding", 3, 4)
                yield outcome
                self.step.wait(PATIENCE)
            if self.breaks:
                raise self.breaks
        finally:
            self.ingest_closed.set()

    def remove(self, name: str) -> list[DocumentHeader]:
        if name in self.failures:
            raise self.failures[name]
        self.removed.append(name)
        gone = [each for each in self.headers if each.slug == name]
        self.headers = [each for each in self.headers if each.slug != name]
        return gone


def busy() -> WriterBusy:
    return WriterBusy("Another process is changing the collection.", "Try again when it is done.")
