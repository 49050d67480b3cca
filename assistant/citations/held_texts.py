"""Held documents as texts that quotations are compared with, kept while many are."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from cachetools import LRUCache

from assistant.citations.printed_text import PrintedText
from corpus.catalog import Accounts, Snapshot
from corpus.model import DocumentHeader

KEPT_CHARACTERS = 8_000_000
"""How much text is kept ready, some 160 documents of 50,000 characters; what is made of it takes ten bytes
for each character, and fifty where words were compared."""


@dataclass(frozen=True)
class HeldText:
    """A document, or some paragraphs of it, as a quotation is compared with it."""

    header: DocumentHeader
    printed: PrintedText
    calls: frozenset[str] = frozenset()
    """The marks of its footnotes."""


class HeldTexts:
    """The texts of documents by their ids; safe to use from several threads."""

    def __init__(self, most: int = KEPT_CHARACTERS) -> None:
        self._texts: LRUCache[int, HeldText] = LRUCache(most, lambda held: len(held.printed.text) + 1)
        self._accounts: LRUCache[int, Accounts] = LRUCache(most, lambda held: len(held.text) + 1)
        self._lock = threading.Lock()

    def of(self, snapshot: Snapshot, header: DocumentHeader) -> HeldText:
        """The whole of a document."""
        with self._lock:
            held = self._texts.get(header.id)
        if held is None or held.header != header:
            document = snapshot.document(header.id)
            marks = frozenset(note.mark for note in document.footnotes)
            held = HeldText(header, PrintedText.of(document), marks)
            with self._lock:
                if len(held.printed.text) < self._texts.maxsize:
                    self._texts[header.id] = held
        return held

    def accounts(self, snapshot: Snapshot, header: DocumentHeader) -> Accounts:
        """The source of a document and what each stretch of it is."""
        with self._lock:
            accounts = self._accounts.get(header.id)
        if accounts is None:
            accounts = snapshot.accounts(header.id)
            with self._lock:
                if len(accounts.text) < self._accounts.maxsize:
                    self._accounts[header.id] = accounts
        return accounts
