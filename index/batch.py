"""What an ingest has read and not yet published."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from corpus.catalog import Catalog, NewDocument
from corpus.errors import SourceRefused, UsageError
from corpus.ingest import Outcome, fingerprint
from corpus.model import Document
from corpus.parse import SourceFile, parse_document

Loaded = Callable[[], SourceFile]
"""Loads one file when its turn comes; raises a `SourceRefused`."""


class Batch:
    """Documents that will be published together, at most one of each symbol and language."""

    def __init__(self, catalog: Catalog, held_over: Sequence[tuple[Document, str]] = ()) -> None:
        with catalog.snapshot() as snapshot:
            self._next_id = snapshot.next_document_id
            self._held = {(h.symbol, h.language): h for h in snapshot.headers()}
            marks = {held: mark for mark, held in snapshot.fingerprints().items()}
        # of the latest edition of each document: its mark, and what an unchanged file is reported with
        self._marks = {key: marks[header.id] for key, header in self._held.items()}
        self._known = {marks[h.id]: (h.symbol, h.paragraphs) for h in self._held.values()}
        self.new: list[NewDocument] = []
        self.superseded: set[int] = set()
        self.repeats: list[tuple[Document, str]] = []
        self.size = 0
        for document, mark in held_over:
            self._add(document, mark)

    def take(self, load: Loaded) -> Outcome | None:
        """Load and parse one file; its outcome, or None where that is known once it is published."""
        name = getattr(load, "name", "")
        try:
            source = load()
            name = source.name
            mark = fingerprint(source)
            if mark in self._known:
                return Outcome(name, "unchanged", *self._known[mark])
            document = parse_document(source)
        except (SourceRefused, UsageError) as error:
            return Outcome(name, "refused", error=error)
        self._add(document, mark)
        return None

    def outcomes(self) -> Iterator[Outcome]:
        """What became of the documents of this batch."""
        for new in self.new:
            document = new.document
            known = (document.symbol, document.language) in self._held
            yield Outcome(
                document.source.name,
                "updated" if known else "added",
                document.symbol,
                len(document.paragraphs),
                document.warnings,
            )

    def _add(self, document: Document, mark: str) -> None:
        key = (document.symbol, document.language)
        self._known.pop(self._marks.get(key, ""), None)
        self._known[mark] = (document.symbol, len(document.paragraphs))
        self._marks[key] = mark
        if any((n.document.symbol, n.document.language) == key for n in self.new):
            self.repeats.append((document, mark))  # the later file is a later edition of the same text
            return
        if key in self._held:
            self.superseded.add(self._held[key].id)
        self.new.append(NewDocument(self._next_id, document, mark))
        self._next_id += 1
        self.size += sum(1 for paragraph in document.paragraphs for _ in paragraph.places())
