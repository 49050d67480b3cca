"""References, quotations and drafts, looked up and checked in one collection, without the model."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Citation
from assistant.checking.check import Checker
from assistant.checking.cited_draft import cited_draft
from assistant.checking.draft import Draft
from assistant.checking.listed_quotations import look_up_quotations
from assistant.checking.listed_references import look_up_references
from assistant.checking.looked_up import MOST_CITATIONS, CheckedText, QuotationList, ReferenceList
from assistant.checking.pinned import read_pins
from assistant.checking.reading import draft_of_text, read_draft
from assistant.checking.references import find_references
from assistant.checking.report import CheckReport
from assistant.citations.candidates import Finder
from assistant.citations.cited_sources import CitedSources, sources_of_answers, sources_of_references
from assistant.citations.held_texts import HeldTexts
from assistant.citations.quotation import QuoteMatch
from assistant.citations.quotes import MOST_PLACES, MOST_PLACES_OF_FEW_WORDS, Quoter
from assistant.citations.references import References
from assistant.citations.resolution import Resolution
from assistant.citations.resolve import Resolver
from assistant.places import references_to
from corpus.catalog import Snapshot
from corpus.layout import Reader
from corpus.parse import SourceFile
from corpus.pinpoint import Style
from corpus.readers import read
from index.collection import Collection


class Citing:
    """The part of the assistant that serves people who draft."""

    def __init__(self, collection: Collection, read_lines: Reader = read) -> None:
        """`read_lines` reads files that are no text, in another process where they are not trusted."""
        self.collection = collection
        self._read_lines = read_lines
        self._finder, self._texts = Finder(collection), HeldTexts()

    # -- references

    def cite(self, name: str, place: str) -> dict[Style, str]:
        """A full first reference to places of a document in every style; raises what `show` does."""
        self.collection.seed()
        with self.collection.catalog.snapshot() as snapshot:
            return references_to(snapshot, name, place)

    def resolve(self, text: str, after: str | None = None, *, note: int | None = None) -> Resolution:
        """What a reference in free text leads to: its places, or a verdict that says why there are none.

        `after` is the reference before it, for which `ibid.` stands; `note` is the number of the note with
        the first reference to the document, which later references of some styles point to.
        """
        self.collection.seed()
        with self.collection.catalog.snapshot() as snapshot:
            return Resolver(snapshot, self.collection.holdings(snapshot)).resolve(text, after, note)

    def resolve_all(
        self, text: str, *, offset: int = 0, limit: int = MOST_CITATIONS, markdown: bool = True
    ) -> ReferenceList:
        """All references of a text with what they lead to, at most `limit` from an offset on."""
        self.collection.seed()
        draft = draft_of_text(text, markdown=markdown)
        with self.collection.catalog.snapshot() as snapshot:
            resolver = Resolver(snapshot, self.collection.holdings(snapshot))
            return look_up_references(draft, resolver, offset, limit)

    def references(self, citation: Citation) -> dict[Style, str] | None:
        """A full first reference to what is cited in every style; None where that edition is held no more."""
        with self.collection.catalog.snapshot() as snapshot:
            return References(snapshot).of(citation)

    # -- quotations

    def quote(self, text: str, cited: str | None = None) -> QuoteMatch:
        """Where a quotation comes from, and how it differs from what is printed there.

        `cited` is the reference that it is given with, in free text: whether the words stand there is told.
        """
        self.collection.seed()
        with self.collection.catalog.snapshot() as snapshot:
            holdings = self.collection.holdings(snapshot)
            resolution = Resolver(snapshot, holdings).resolve(cited) if cited is not None else None
            return self._quoter(snapshot).match(text, resolution)

    def quote_all(
        self,
        text: str,
        *,
        cited: str | None = None,
        whole: bool = False,
        offset: int = 0,
        limit: int = MOST_CITATIONS,
        markdown: bool = True,
    ) -> QuotationList:
        """All quotations of a text with where they come from, at most `limit` from an offset on.

        With `whole` the text is itself one quotation, as is one that has none. `cited` is as in `quote`.
        """
        self.collection.seed()
        draft = draft_of_text(text, markdown=markdown)
        with self.collection.catalog.snapshot() as snapshot:
            resolver = Resolver(snapshot, self.collection.holdings(snapshot), styled=False)
            where = resolver.resolve(cited) if cited is not None else None
            quoter = self._quoter(snapshot)
            return look_up_quotations(draft, quoter, resolver, offset, limit, cited=where, whole=whole)

    def _quoter(self, snapshot: Snapshot, most_places: int = MOST_PLACES_OF_FEW_WORDS) -> Quoter:
        """What matches quotations in one view; the texts that it reads are kept for the next."""
        holdings = self.collection.holdings(snapshot)
        return Quoter(snapshot, holdings, self._finder, self._texts, most_places)

    # -- drafts, and what is cited in them and in answers

    def read_draft(self, source: SourceFile) -> Draft:
        """A file as a draft to check; an answer, a conversation or citations as JSON as what they cite.

        Raises a `SourceRefused` for a file that cannot be read.
        """
        return cited_draft(source.data, source.name) or read_draft(source.data, source.name, self._read_lines)

    def check(
        self, draft: Draft, citations: bytes | None = None, *, offset: int = 0, limit: int | None = None
    ) -> CheckReport:
        """Every reference of a draft resolved, every quotation compared, and what is wrong.

        `citations` are those exported when the draft was made, which say the editions that it cites. From an
        `offset` on so many references and quotations are checked as `limit` says; the report tells where to
        go on. Raises `UsageError` for citations that name no edition.
        """
        pins = read_pins(citations) if citations is not None else None
        self.collection.seed()
        with self.collection.catalog.snapshot() as snapshot:
            holdings = self.collection.holdings(snapshot)
            resolver = Resolver(snapshot, holdings, styled=False)
            checker = Checker(snapshot, holdings, resolver, self._quoter(snapshot, MOST_PLACES))
            return checker.check(draft, pins, offset=offset, limit=limit)

    def check_text(
        self, text: str, *, offset: int = 0, limit: int = MOST_CITATIONS, markdown: bool = True
    ) -> CheckedText:
        """A text checked as a draft, at most `limit` references and quotations from an offset on."""
        report = self.check(draft_of_text(text, markdown=markdown), offset=offset, limit=limit)
        return CheckedText(limit=limit, **dict(report))

    def sources(self, answers: Sequence[Answer]) -> CitedSources:
        """What answers cite, by document, to be exported."""
        with self.collection.catalog.snapshot() as snapshot:
            return sources_of_answers(answers, snapshot)

    def sources_of_draft(self, draft: Draft) -> CitedSources:
        """What the references of a draft lead to, by document, to be exported."""
        self.collection.seed()
        with self.collection.catalog.snapshot() as snapshot:
            resolver = Resolver(snapshot, self.collection.holdings(snapshot), styled=False)
            found = find_references(draft, resolver)
            return sources_of_references([reference.resolution for reference in found], snapshot)
