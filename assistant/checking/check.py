"""Drafts checked: every reference resolved, every quotation compared with what it belongs to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from assistant.answer import Coverage
from assistant.checking.ascribed import ascribed_acts
from assistant.checking.assembling import Page, ReportAssembly
from assistant.checking.cited_draft import CitedCheck, CitedDraft
from assistant.checking.draft import Draft
from assistant.checking.editions import Editions
from assistant.checking.findings import Remark, pinpoints_of
from assistant.checking.force import ascribed_in, mismatch_of
from assistant.checking.pinned import Pins
from assistant.checking.printed_acts import printed_acts
from assistant.checking.quotation_check import BEYOND, MOST_QUOTATIONS, QuotationCheck, language_warnings
from assistant.checking.quotations import FoundQuotation, find_quotations, quotation_warnings
from assistant.checking.references import FoundCitations, FoundReference, find_citations
from assistant.checking.report import CheckReport, EditionCheck
from assistant.checking.surroundings import Surroundings, disjoint
from assistant.citations.quotes import Quoter
from assistant.citations.resolution import Resolution
from assistant.citations.resolve import Resolver
from corpus.catalog import Snapshot
from corpus.holdings import Holdings
from corpus.organs import committee_of
from corpus.symbol import Symbol

_MOST_CITED = 20  # references that one act may be cited to; a list of them cites no act in particular


class Checker:
    """Checks drafts against one view of the catalog."""

    def __init__(self, snapshot: Snapshot, holdings: Holdings, resolver: Resolver, quoter: Quoter) -> None:
        self._snapshot = snapshot
        self._holdings = holdings
        self._resolver = resolver
        self._quoter = quoter
        self._editions = Editions(snapshot)

    def check(
        self, draft: Draft, pins: Pins | None = None, *, offset: int = 0, limit: int | None = None
    ) -> CheckReport:
        """Check a draft, which `pins` say the editions of that it was made against.

        From an `offset` on so many references and quotations are checked as `limit` says; what stands
        before it still counts for `ibid.` and for quotations.
        """
        if isinstance(draft, CitedDraft):
            return self._check_cited(draft, offset, limit)
        cited = find_citations(draft, self._resolver)
        found = find_quotations(draft)
        references, quotations = cited.references, compared_quotations(found, cited)
        page = Page.of(references, quotations, offset, limit)
        stretches = [stretch for each in quotations for stretch in each.stretches]
        around = Surroundings(draft, references, cited.others, stretches)
        pinned = [self._pinned(each.resolution, pins or Pins()) for each in references]
        check = QuotationCheck(around, references, pinned, self._quoter, self._editions)
        results = check.check_all([each for each in quotations if page.has(each.start)])
        assembly = ReportAssembly(draft, references, pinned, results, page)
        for start, end, of, remark in self._force(around, references, page):
            assembly.add(remark, start, end, reference=of[0])
        beyond = [BEYOND] if len(results) > MOST_QUOTATIONS else []
        warnings = [*beyond, *quotation_warnings(draft, found), *language_warnings(results)]
        return assembly.report(self._coverage(references), warnings)

    def _check_cited(self, draft: CitedDraft, offset: int, limit: int | None) -> CheckReport:
        check = CitedCheck(draft, self._resolver, self._quoter, self._editions)
        page = Page.of(check.references, [each.found for each in check.quotations], offset, limit)
        quotations = [each for each in check.quotations if page.has(each.found.start)]
        assembly = ReportAssembly(draft, check.references, check.pinned, quotations, page)
        return assembly.report(self._coverage(check.references))

    def _pinned(self, resolution: Resolution, pins: Pins) -> EditionCheck | None:
        """What became of the places of a reference since the edition that the draft was made against."""
        symbol = resolution.candidates[0].symbol if len(resolution.candidates) == 1 else resolution.symbol
        places = [place.eid for place in resolution.places]
        sha256 = pins.edition(symbol, places) if symbol else None
        if symbol is None or sha256 is None:
            return self._of_earlier(symbol, resolution)
        cited = self._editions.places_cited(symbol, sha256, pinpoints_of(resolution)) or places
        return self._editions.check(symbol, sha256, [(eid, pins.quote(symbol, eid)) for eid in cited])

    def _of_earlier(self, symbol: str | None, resolution: Resolution) -> EditionCheck | None:
        """What became of a number that the current edition does not have and an earlier one has."""
        if symbol is None or resolution.verdict not in ("no_such_paragraph", "resolved_parent"):
            return None
        earlier = self._editions.earlier_numbered(symbol, pinpoints_of(resolution))
        if earlier is None:
            return None
        return self._editions.check(symbol, earlier[0], [(eid, None) for eid in earlier[1]])

    def _force(
        self, around: Surroundings, references: Sequence[FoundReference], page: Page
    ) -> Iterator[tuple[int, int, tuple[int, ...], Remark]]:
        """The acts that the draft ascribes to committees and that are printed otherwise."""
        for part in around.draft.parts:
            for act in ascribed_in(part, around, ascribed_acts()):
                if not page.has(act.start) or len(act.references) > _MOST_CITED:
                    continue
                resolutions = [references[index].resolution for index in act.references]
                if not all(_is_of_committee(each) for each in resolutions):
                    continue
                printed = printed_acts(self._snapshot, resolutions)
                if printed is not None and (remark := mismatch_of(act.ascription, printed)):
                    yield act.start, act.end, act.references, remark

    def _coverage(self, references: Sequence[FoundReference]) -> Coverage:
        held = self._holdings.counts
        cited = {each.resolution.candidates[0].symbol for each in references if each.resolution.is_resolved}
        return Coverage(
            documents=held.documents,
            paragraphs=held.paragraphs,
            matching_documents=len(cited),
            not_searched=held.documents - held.searched,
        )


def compared_quotations(quotations: Sequence[FoundQuotation], cited: FoundCitations) -> list[FoundQuotation]:
    """The quotations that are compared: none within another, and no titles of what is cited."""
    spans = [(each.start, each.end) for each in cited.references]
    spans += [(each.start, each.end) for each in cited.others]
    names = disjoint([*spans, *(title for each in cited.references for title in each.titles)])

    def is_name(quotation: FoundQuotation) -> bool:
        at = bisect_right(names, quotation.start, key=lambda span: span[0]) - 1
        return at >= 0 and quotation.end <= names[at][1]

    return [each for each in quotations if each.outer is None and not is_name(each)]


def _is_of_committee(resolution: Resolution) -> bool:
    return resolution.is_resolved and committee_of(Symbol.parse(resolution.candidates[0].symbol)) is not None
