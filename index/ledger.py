"""What is held, in the order in which files change it: what becomes of each file is decided here."""

from __future__ import annotations

from collections.abc import Collection as AbstractCollection
from collections.abc import Iterable
from dataclasses import replace

from corpus.ingest import Outcome, Read
from corpus.model import Document
from corpus.rows import Edition


class Ledger:
    """The held editions, those that are not published yet among them."""

    def __init__(
        self,
        held: Iterable[Edition],
        next_id: int,
        languages: AbstractCollection[str],
        *,
        reinstate: bool = False,
    ) -> None:
        """With `reinstate` the file of an earlier edition makes that the current one again."""
        self._by_mark: dict[str, Edition] = {}
        self._by_key: dict[tuple[str, str], dict[int, Edition]] = {}
        self._next_id = next_id
        self.languages = languages
        """Those that the model serves."""
        self.reinstate = reinstate
        for edition in held:
            self.keep(edition)

    def settles(self, mark: str) -> bool:
        """Whether a file with this fingerprint changes nothing."""
        held = self._by_mark.get(mark)
        if held is None or (self.reinstate and not held.current):
            return False
        return self.current(held.key) is not None

    def current(self, key: tuple[str, str]) -> Edition | None:
        """The current edition of a symbol and language."""
        return next((e for e in self._by_key.get(key, {}).values() if e.current), None)

    def same_file(self, key: tuple[str, str], sha256: str) -> list[Edition]:
        """The editions of a document that were read from a file with this content."""
        return [e for e in self._by_key.get(key, {}).values() if e.sha256 == sha256]

    def edition(self, document: Document, read: Read) -> Edition:
        """A document that is about to become the current edition."""
        self._next_id += 1
        return Edition(
            id=self._next_id - 1,
            symbol=document.symbol,
            language=document.language,
            current=True,
            searched=document.language in self.languages,
            fingerprint=read.mark,
            sha256=read.sha256,
            name=read.name,
            paragraphs=len(document.paragraphs),
            ingested=None,
        )

    def keep(self, edition: Edition) -> None:
        """Enter an edition, or what has become of it."""
        self._by_mark[edition.fingerprint] = edition
        self._by_key.setdefault(edition.key, {})[edition.id] = edition

    def supersede(self, edition: Edition) -> None:
        """A newer edition takes its place."""
        self.keep(replace(edition, current=False, searched=False))

    def forget(self, edition: Edition) -> None:
        """It is held no more."""
        del self._by_key[edition.key][edition.id]
        if self._by_mark[edition.fingerprint].id == edition.id:
            del self._by_mark[edition.fingerprint]

    def unchanged(self, read: Read) -> Outcome:
        """What is said of a file that is held already."""
        return self.held_as(read, self._by_mark[read.mark])

    def held_as(self, read: Read, held: Edition) -> Outcome:
        """What is said of a file that is held as this edition."""
        current = self.current(held.key)
        if not held.current and current:
            note = f"an earlier edition; the current one is from {current.name}"
        elif held.ingested is None:
            note = f"the same as {held.name}"
        else:
            note = self.not_searched(held)
        return Outcome(
            read.name, "unchanged", held.symbol, held.paragraphs,
            language=held.language, searched=held.searched, note=note,
        )  # fmt: skip

    def not_searched(self, edition: Edition) -> str:
        """Why an edition is not searched, if it is not."""
        if edition.searched:
            return ""
        if edition.language in self.languages:
            return "not searched until pilcrow engine rebuild is run"
        return f"held and not searched, since the model does not serve its language ({edition.language})"


def replaced(edition: Edition) -> str:
    """What a new edition takes the place of, in words."""
    if edition.ingested is None:
        return f"replaces the edition from {edition.name}, given before it"
    return f"replaces the edition from {edition.name} of {edition.ingested.isoformat()}"
