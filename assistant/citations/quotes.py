"""Where a quotation comes from: in what it cites, and in all that is held.

What is cited is compared directly, an earlier edition of it too. Elsewhere paragraphs are found by their
words first. A quotation is said to be altered only where it is beyond doubt which words it alters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Coverage
from assistant.citations import quote_reasons as reasons
from assistant.citations.candidates import Finder
from assistant.citations.cited_documents import CitedPlaces, cited_places
from assistant.citations.compared import Compared, Found
from assistant.citations.held_texts import HeldText, HeldTexts
from assistant.citations.likeness import (
    ANYWHERE,
    BEYOND_PIECES,
    CITED_DOCUMENT,
    CITED_PLACE,
    is_altered_from,
    is_joined,
    share_of,
)
from assistant.citations.quotation import Difference, QuoteMatch, QuoteVerdict
from assistant.citations.quotation_text import QuotationText, unquoted
from assistant.citations.quoted_places import place_of
from assistant.citations.resolution import Resolution
from assistant.citations.searching import Search, Searched
from assistant.citations.stitching import SHORTEST_PIECE, SHORTEST_PIECE_CITED, comparisons_of, pieces_of
from corpus.catalog import Snapshot
from corpus.holdings import Holdings

LONGEST_QUOTATION = 20_000
"""Characters; a longer one is not checked."""

FEWEST_WORDS = 4
FEWEST_CHARACTERS = 20
"""A quotation with fewer words or characters says too little to tell where it is from."""

FEW_WORDS = 8
"""Below so many words all places are listed, since such sequences often stand in several."""

MOST_PLACES = 5
MOST_PLACES_OF_FEW_WORDS = 50
"""How many places are told, and how many of a quotation of few words; others are counted."""


@dataclass(frozen=True)
class _Outcome:
    """What becomes of a quotation, before it is told."""

    verdict: QuoteVerdict
    reason: str
    found: Sequence[Found] = ()
    differences: tuple[Difference, ...] = ()
    likeness: float = 0.0
    more: int = 0


class Quoter:
    """Finds where quotations come from, in one view of the catalog."""

    def __init__(
        self, snapshot: Snapshot, holdings: Holdings, finder: Finder, texts: HeldTexts | None = None
    ) -> None:
        """`texts` keeps documents ready from one view to the next."""
        self._snapshot = snapshot
        self._holdings = holdings
        self._texts = texts or HeldTexts()
        self._search = Search(snapshot, holdings, finder, self._texts)

    def match(self, text: str, cited: Resolution | None = None) -> QuoteMatch:
        """Where the words of a quotation stand, and how they differ from what is printed there.

        `cited` is what the reference that it is given with leads to.
        """
        said = unquoted(text)
        if len(said) > LONGEST_QUOTATION:
            reason = f"It has more than {LONGEST_QUOTATION:,} characters."
            return self._told(text, _Outcome("not_checked", reason), 0)
        quotation = QuotationText(said)
        if quotation.length < FEWEST_WORDS or len(said) < FEWEST_CHARACTERS:
            return self._told(text, _Outcome("too_short", reasons.TOO_SHORT), 0)
        if quotation.has_too_many_marks:
            return self._told(text, _Outcome("not_checked", reasons.TOO_MANY_MARKS), 0)
        where = cited_places(cited, self._holdings)
        compared = Compared(quotation)
        outcome = self._in_cited(compared, where) if where else self._anywhere(compared)
        few = quotation.length < FEW_WORDS
        return self._told(text, outcome, MOST_PLACES_OF_FEW_WORDS if few else MOST_PLACES)

    # -- with a place that is cited

    def _in_cited(self, compared: Compared, where: CitedPlaces) -> _Outcome:
        now = [self._texts.of(self._snapshot, header) for header in where.headers]
        if found := [each for held in now for each in compared.standing(held, where.eids)]:
            return _as_cited(found, where)
        before = [self._texts.of(self._snapshot, header) for header in where.earlier(self._snapshot)]
        if found := [each for held in before for each in compared.standing(held, where.eids)]:
            return _as_cited(found, where)
        altered = _altered_from(compared, now, where)
        if altered is not None and altered.is_as_quoted:
            return _as_cited([altered], where)
        if outcome := _altered_or_stitched(compared.quotation, altered, now, SHORTEST_PIECE_CITED, where):
            return outcome
        searched = self._search.search(compared)
        others = [each for each in searched.found if each.held.header.id not in where.ids]
        if others:
            reason = reasons.elsewhere(others, where)
            return _outcome("elsewhere_in_corpus", reason, others, searched.more)
        return self._not_as_quoted(compared, searched, where)

    # -- without

    def _anywhere(self, compared: Compared) -> _Outcome:
        searched = self._search.search(compared)
        if searched.found:
            best = searched.found[0]
            reason = reasons.found(searched.found, searched.more)
            return _outcome(best.verdict, reason, searched.found, searched.more)
        return self._not_as_quoted(compared, searched, None)

    def _not_as_quoted(self, compared: Compared, searched: Searched, where: CitedPlaces | None) -> _Outcome:
        best = searched.near[0] if searched.near else None
        altered = best if best is not None and is_altered_from(best.comparison, ANYWHERE) else None
        if outcome := _altered_or_stitched(
            compared.quotation, altered, searched.texts, SHORTEST_PIECE, where
        ):
            return outcome
        return _Outcome("not_found", reasons.not_found(best, where))

    def _told(self, text: str, outcome: _Outcome, most: int) -> QuoteMatch:
        held = self._holdings.counts
        places = tuple(
            place_of(each.held, each.comparison, self._texts.accounts(self._snapshot, each.held.header))
            for each in outcome.found[:most]
        )
        return QuoteMatch(
            input=text,
            verdict=outcome.verdict,
            reason=outcome.reason,
            diff=outcome.differences,
            places=places,
            more=outcome.more + max(len(outcome.found) - most, 0),
            likeness=round(outcome.likeness, 3),
            coverage=Coverage(
                documents=held.documents,
                paragraphs=held.paragraphs,
                matching_documents=len({each.held.header.id for each in outcome.found}),
                not_searched=held.documents - held.searched,
            ),
        )


def _outcome(verdict: QuoteVerdict, reason: str, found: Sequence[Found], more: int = 0) -> _Outcome:
    best = found[0].comparison
    return _Outcome(verdict, reason, found, best.differences, best.likeness, more)


def _as_cited(found: Sequence[Found], where: CitedPlaces) -> _Outcome:
    """What becomes of a quotation that stands in the document cited."""
    there = [each for each in found if where.have(each.eids)]
    if there:
        return _outcome(there[0].verdict, reasons.as_cited(there[0], where), there)
    return _outcome("elsewhere_in_document", reasons.elsewhere(found, where), found)


def _altered_from(compared: Compared, texts: Sequence[HeldText], where: CitedPlaces) -> Found | None:
    """The words of the document cited that a quotation alters, those of the place cited before others."""
    if where.eids:
        near = [each for held in texts if (each := compared.nearest(held, where.eids))]
        if near and is_altered_from((best := _best(near)).comparison, CITED_PLACE):
            return best
    near = [each for held in texts if (each := compared.nearest(held))]
    if near and is_altered_from((best := _best(near)).comparison, CITED_DOCUMENT):
        return best
    return None


def _best(near: Sequence[Found]) -> Found:
    return max(near, key=lambda each: each.comparison.likeness)


def _altered_or_stitched(
    quotation: QuotationText,
    altered: Found | None,
    texts: Sequence[HeldText],
    shortest: int,
    where: CitedPlaces | None,
) -> _Outcome | None:
    """The place that a quotation alters, or the pieces that it joins, where they explain more of it."""
    joins = altered is not None and is_joined(altered.comparison)
    is_in_doubt = altered is None or joins or share_of(altered.comparison) < BEYOND_PIECES
    if is_in_doubt and (stitched := _stitched(quotation, texts, shortest)):
        return stitched
    if altered is None:
        return None
    if joins:
        return _outcome("stitched", reasons.joined(altered), [altered])
    return _outcome("altered", reasons.altered(altered, where), [altered])


def _stitched(quotation: QuotationText, texts: Sequence[HeldText], shortest: int) -> _Outcome | None:
    pieces = pieces_of(quotation, texts, shortest)
    if not pieces:
        return None
    comparisons = comparisons_of(quotation, pieces)
    found = [Found(piece.held, each) for piece, each in zip(pieces, comparisons, strict=True)]
    differences = tuple(difference for each in comparisons for difference in each.differences)
    likeness = sum(each.matched_words for each in comparisons) / max(quotation.words, 1)
    return _Outcome("stitched", reasons.stitched(found), found, differences, likeness)
