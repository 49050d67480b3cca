"""What an ingest has read and not yet published."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from corpus.catalog import Change
from corpus.errors import SourceRefused, UsageError
from corpus.ingest import Outcome, Read
from corpus.model import Document
from corpus.rows import Edition, NewDocument
from index.ledger import Ledger, replaced
from index.passages import Passage, passages_of

STEP_PASSAGES = (1024, 16_384)
"""The fewest and the most passages after which an ingest publishes what it has.

Between them it is an eighth of what is held. Each publication syncs its files to disk and leaves small
segments to merge, so steps that grow with what is held keep that work in proportion to the documents;
the most bounds memory, and the fewest lets somebody who watches see the first documents soon. A process
that dies loses what it parsed since the last step, and at most some hundred vectors: the others are in
the cache.
"""

_LETTERS_A_PASSAGE = 4096  # a document of few and endless paragraphs fills memory too


class Batch:
    """Documents that will be published together, and what is said of the files read so far."""

    def __init__(self, ledger: Ledger, accept: Callable[[Document], None] | None = None) -> None:
        """`accept` is shown each document before it is entered, and refuses it by a `SourceRefused`."""
        self._ledger = ledger
        self._accept = accept
        self._new: dict[int, NewDocument] = {}
        self._supersede: set[int] = set()
        self._remove: set[int] = set()
        self._outcomes: list[Outcome] = []
        self.size = 0
        """How many passages it has, or what takes as much memory."""

    def take(self, read: Read) -> None:
        """Decide what becomes of one file, waiting until it is parsed where it must be."""
        self._outcomes.append(self._taken(read))

    @property
    def changes(self) -> bool:
        """Whether there is anything to publish."""
        return bool(self._new)

    @property
    def change(self) -> Change:
        """What its publication does."""
        return Change(add=list(self._new.values()), supersede=self._supersede, remove=self._remove)

    def passages(self) -> list[Passage]:
        """What the index gets."""
        return [p for new in self._new.values() if new.searched for p in passages_of(new.id, new.document)]

    def outcomes(self) -> Iterator[Outcome]:
        """What became of the files, each told once; true as soon as the batch is published."""
        told, self._outcomes = self._outcomes, []
        yield from told

    def _taken(self, read: Read) -> Outcome:
        if read.error is not None:
            return Outcome(read.name, "refused", error=read.error)
        if self._ledger.settles(read.mark):
            return self._ledger.unchanged(read)
        assert read.parsed is not None
        try:
            document = read.parsed()
            if self._accept:
                self._accept(document)
        except (SourceRefused, UsageError) as error:
            return Outcome(read.name, "refused", error=error)
        return self._entered(document, read)

    def _entered(self, document: Document, read: Read) -> Outcome:
        ledger, key = self._ledger, (document.symbol, document.language)
        current = ledger.current(key)
        again = ledger.same_file(key, read.sha256)
        if again and current and current not in again and not ledger.reinstate:
            return ledger.held_as(read, again[-1])
        # what is read anew from the same file, by another parser or told otherwise, is no other edition
        for edition in again:
            ledger.forget(edition)
            self._drop(edition)
        notes = ["read anew"] if current in again else []
        if current and current not in again:
            notes.append(replaced(current))
            ledger.supersede(current)
            self._set_aside(current)
        edition = ledger.edition(document, read)
        ledger.keep(edition)
        self._new[edition.id] = NewDocument(edition.id, document, read.mark, searched=edition.searched)
        self.size += len(document.text) // _LETTERS_A_PASSAGE
        self.size += sum(1 for paragraph in document.paragraphs for _ in paragraph.places())
        notes.append(ledger.not_searched(edition))
        return Outcome(
            read.name,
            "updated" if current else "added",
            document.symbol,
            len(document.paragraphs),
            document.warnings,
            language=document.language,
            searched=edition.searched,
            note="; ".join(filter(None, notes)),
        )

    def _drop(self, edition: Edition) -> None:
        if self._new.pop(edition.id, None) is None:
            self._remove.add(edition.id)

    def _set_aside(self, edition: Edition) -> None:
        if edition.id in self._new:
            self._new[edition.id] = replace(self._new[edition.id], current=False, searched=False)
        else:
            self._supersede.add(edition.id)


def step(held: int) -> int:
    """After how many passages to publish, where so many are held."""
    fewest, most = STEP_PASSAGES
    return max(fewest, min(most, held // 8))
