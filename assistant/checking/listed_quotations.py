"""The quotations of a text looked up: where they stand, and where their words come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.checking.check import compared_quotations
from assistant.checking.draft import Draft
from assistant.checking.looked_up import LookedUpQuotation, QuotationList
from assistant.checking.pages import coverage_of, length_of, part_from
from assistant.checking.quotations import FoundQuotation, find_quotations, quotation_warnings
from assistant.checking.references import find_citations
from assistant.citations.quotes import Quoter
from assistant.citations.resolution import Resolution
from assistant.citations.resolve import Resolver


def look_up_quotations(
    draft: Draft,
    quoter: Quoter,
    resolver: Resolver,
    offset: int,
    limit: int,
    *,
    cited: Resolution | None = None,
    whole: bool = False,
) -> QuotationList:
    """The quotations of a text from an offset on, at most so many, said to stand where `cited` leads.

    A text without any is itself one, and so is any with `whole`.
    """
    found = [] if whole else compared_quotations(find_quotations(draft), find_citations(draft, resolver))
    warnings = quotation_warnings(draft, found)
    quoted = list(map(_marked, found)) or list(_whole(draft))

    def tell(quotation: _Quoted) -> LookedUpQuotation:
        match = quoter.match(quotation.text, cited)
        part = draft.part_at(quotation.start)
        return LookedUpQuotation(
            start=quotation.start,
            end=quotation.end,
            line=draft.line_of(quotation.start),
            page=part.page if part else None,
            note=part.note if part else None,
            text=quotation.text,
            block=quotation.block,
            status=match.verdict,
            match=match,
        )

    told, next_offset = part_from(offset, limit, quoted, tell, lambda each: length_of(each.match.places))
    return QuotationList(
        limit=limit,
        next_offset=next_offset,
        warnings=(*draft.warnings, *warnings),
        coverage=coverage_of(resolver.holdings, (place for each in told for place in each.match.places)),
        quotations=told,
    )


@dataclass(frozen=True)
class _Quoted:
    """Words that are quoted, and where they stand in the text."""

    start: int
    end: int
    text: str
    block: bool = False


def _marked(quotation: FoundQuotation) -> _Quoted:
    return _Quoted(quotation.start, quotation.end, quotation.text, quotation.block)


def _whole(draft: Draft) -> Iterator[_Quoted]:
    """A text as one quotation, without what belongs to it as a note."""
    printed = [
        (part, text) for part in draft.parts if part.note is None and (text := draft.printed(part).text)
    ]
    if printed:
        text = "\n".join(text for _, text in printed)
        yield _Quoted(min(p.start for p, _ in printed), max(p.end for p, _ in printed), text)
