"""Checks of citations against the documents, by another way than the composer took.

The composer copies sentences that the parser cut. Here the source text itself is read again, at the
offsets a citation gives, and the accounts the parser gave of every character say where they lie.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence

from assistant.answer import Checks, Citation, Quoted, Statement
from assistant.entailment import carried
from corpus.catalog import Accounts, Snapshot

_HELD_ACCOUNTS = 256  # documents whose text is kept ready; a document never changes under its id


class Verifier:
    """Checks citations against the documents of a snapshot."""

    def __init__(self) -> None:
        self._accounts: OrderedDict[int, Accounts] = OrderedDict()
        self._lock = threading.Lock()

    def verified(
        self, snapshot: Snapshot, citations: Sequence[Citation], statements: Sequence[Statement]
    ) -> tuple[Citation, ...]:
        """The same citations with their checks; a failed one is shown, never dropped."""
        checked = []
        editions: dict[tuple[str, str], Accounts | None] = {}  # most citations are of the same few
        for index, citation in enumerate(citations):
            resting = [statement.text for statement in statements if index in statement.citations]
            key = (citation.symbol, citation.sha256)
            if key not in editions:
                editions[key] = self._edition(snapshot, citation)
            checks = _checks(editions[key], citation, resting)
            checked.append(citation.model_copy(update={"checks": checks}))
        return tuple(checked)

    def check(self, snapshot: Snapshot, citation: Citation, statements: Iterable[str]) -> Checks:
        """The three checks of one citation; `statements` are the sentences that rest on it.

        A statement is supported by words it repeats. One that says it in other words is judged by what
        of it the quoted words carry, those that govern an item among them, and gets None where that
        does not tell.
        """
        return _checks(self._edition(snapshot, citation), citation, statements)

    def _edition(self, snapshot: Snapshot, citation: Citation) -> Accounts | None:
        """The very edition that is cited: the same symbol, made from the same file."""
        for header in snapshot.find(citation.symbol, current_only=False):
            if header.source.sha256 == citation.sha256:
                return self._accounts_of(snapshot, header.id)
        return None

    def _accounts_of(self, snapshot: Snapshot, document_id: int) -> Accounts:
        with self._lock:
            if document_id in self._accounts:
                self._accounts.move_to_end(document_id)
                return self._accounts[document_id]
        accounts = snapshot.accounts(document_id)
        with self._lock:
            self._accounts[document_id] = accounts
            while len(self._accounts) > _HELD_ACCOUNTS:
                self._accounts.popitem(last=False)
        return accounts


def _checks(accounts: Accounts | None, citation: Citation, statements: Iterable[str]) -> Checks:
    if accounts is None:
        return Checks(exists=False, verbatim=False, supported=False)
    exists = any(span.eid == citation.eid for span in accounts.spans)
    verbatim = exists and _stands(accounts, {citation.eid}, citation)
    if citation.lead_in is not None:
        # an item is governed by the paragraph or an item above it
        levels = citation.eid.split("__")
        above = {"__".join(levels[:depth]) for depth in range(1, len(levels))}
        verbatim = verbatim and _stands(accounts, above, citation.lead_in)
    supported = _all_supported(statements, citation) if verbatim else False
    return Checks(exists=exists, verbatim=verbatim, supported=supported)


def _all_supported(statements: Iterable[str], citation: Citation) -> bool | None:
    """Whether the quoted words support all statements; one that they do not support decides."""
    said, governing = citation.quote, citation.lead_in.quote if citation.lead_in else ""
    letters = _letters(said)
    verdicts = {
        _letters(statement) in letters or carried(statement, said, governing).supported
        for statement in statements
    }
    return False if False in verdicts else None if None in verdicts else True


def _stands(accounts: Accounts, eids: set[str], quoted: Quoted | Citation) -> bool:
    """Whether the quoted words are what the source prints there, in one of those very places."""
    owned = eids | {f"{eid}__wrapup" for eid in eids}
    printed = []
    for span in accounts.spans:
        start, end = max(span.start, quoted.start), min(span.end, quoted.end)
        if start >= end or span.kind in ("furniture", "footnote", "unassigned"):
            continue  # what stands among the words of a place and belongs to none
        if span.eid not in owned:
            return False
        printed.append(accounts.text[start:end])
    return bool(quoted.quote) and _letters("".join(printed)) == _letters(quoted.quote)


def _letters(text: str) -> str:
    """A text without its white space and invisible characters, which line breaks put in and out."""
    return "".join(text.replace("\u00ad", "").replace("\u200b", "").replace("\ufeff", "").split())
