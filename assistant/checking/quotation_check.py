"""Quotations compared with the references they belong to, and what is to be said of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.checking.editions import Editions
from assistant.checking.findings import (
    Remark,
    remark_on_edition,
    remark_on_first_letter,
    remark_on_misplaced,
    remark_on_quotation,
)
from assistant.checking.quotations import FoundQuotation
from assistant.checking.references import FoundReference
from assistant.checking.report import EditionCheck
from assistant.checking.surroundings import Surroundings
from assistant.checking.tying import Tie, tie
from assistant.citations.quotation import QuoteMatch, QuoteVerdict
from assistant.citations.quotes import Quoter
from assistant.citations.resolution import Resolution, Verdict
from corpus.language import is_plainly_not_english

FEWEST_WORDS = 8
"""Words below which a quotation that stands apart from its reference may be a term, and not its words."""
MOST_QUOTATIONS = 5000
"""Quotations of a draft that are compared: one that is altered takes some 15 ms."""
BEYOND = f"Only the first {MOST_QUOTATIONS:,} quotations of a draft are compared."

_MOST_TRIED = 8  # references behind one quotation, and
_IN_HELD: tuple[Verdict, ...] = ("resolved", "resolved_parent", "no_such_paragraph")
_OF_CITED: tuple[QuoteVerdict, ...] = ("altered", "stitched", "elsewhere_in_document")
_HEADING = re.compile(
    r"\b(?:sub-?)?(?:headings?|headed|sections?|chapters?|parts?|titles?|titled|entitled|clusters?|rubrics?"
    r"|topics?|under|named|called)\b",
    re.IGNORECASE,
)
_NEAR = 60  # characters beside a quotation in which it is said to be a heading
_OPENS_QUOTATION = " \t\r\n“‘„«‹\"'([*_>"
_BEGINS_BEHIND = ".!?:;…—–-)]"  # a sentence or a quotation that stands by itself
_NAME_OPENS = re.compile(r"[(\[]\s?(?:[\w’',]{1,12}\s){0,4}[“‘\"'«]$")
_NAME_CLOSES = re.compile(r"[”’\"'»]\s?[)\]]")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_MOSTLY = 0.7


@dataclass(frozen=True)
class QuotationResult:
    """What became of a quotation: `reference` is the position of the one it belongs to."""

    found: FoundQuotation
    text: str
    reference: int | None
    match: QuoteMatch
    edition: EditionCheck | None
    remarks: tuple[Remark, ...]
    in_other_language: bool = False
    """Whether what it cites is held in other languages only, so that its words cannot stand there."""


class QuotationCheck:
    """Compares the quotations of one draft; `editions` of its references are known already."""

    def __init__(
        self,
        around: Surroundings,
        references: Sequence[FoundReference],
        pinned: Sequence[EditionCheck | None],
        quoter: Quoter,
        editions: Editions,
    ) -> None:
        self._around = around
        self._references = references
        self._pinned = pinned
        self._quoter = quoter
        self._editions = editions

    def check_all(self, quotations: Sequence[FoundQuotation]) -> list[QuotationResult]:
        """Check the quotations, and say of those beyond `MOST_QUOTATIONS` that they are not compared."""
        checked = [self.check(each) for each in quotations[:MOST_QUOTATIONS]]
        return checked + [self._beyond(each) for each in quotations[MOST_QUOTATIONS:]]

    def _beyond(self, quotation: FoundQuotation) -> QuotationResult:
        match = self._quoter.not_checked(quotation.text, BEYOND)
        return QuotationResult(quotation, quotation.text, None, match, None, ())

    def check(self, quotation: FoundQuotation) -> QuotationResult:
        """Tie a quotation to its reference, compare it, and say what is wrong."""
        tied = tie(quotation, self._around)
        text = quotation.text
        index, match = self._matched(tied, text)
        if tied.words_end is not None and not match.is_found:
            # a block ends with its source, unless the document itself prints a reference there
            text = self._words(quotation, tied.words_end)
            index, match = self._matched(tied, text)
        edition = self._edition(match, index)
        if self._is_in_other_language(text, index, match):
            return QuotationResult(quotation, text, index, match, edition, (), in_other_language=True)
        remarks = tuple(self._remarks(quotation, text, tied, index, match, edition))
        return QuotationResult(quotation, text, index, match, edition, remarks)

    def _matched(self, tied: Tie, text: str) -> tuple[int | None, QuoteMatch]:
        """The reference whose places have the words, else the nearest, unless one is not known.

        Behind a malformed one, which may be what is meant, no other is said to have the wrong number.
        """
        tried: list[tuple[int, QuoteMatch]] = []
        unknown: list[int] = []
        is_behind_malformed = False
        for index in tied.references[:_MOST_TRIED]:
            resolution = self._references[index].resolution
            if not _is_held(resolution):
                unknown.append(index)
                is_behind_malformed |= resolution.verdict == "malformed"
                continue
            match = self._quoter.match(text, resolution)
            if match.is_found:
                return index, match
            if not (is_behind_malformed and match.verdict == "elsewhere_in_document"):
                tried.append((index, match))
        best = min(tried, key=lambda each: each[1].verdict not in _OF_CITED, default=None)
        doubtful = bool(unknown) or tied.unknown or len(tied.references) > _MOST_TRIED
        if best is not None and (best[1].verdict in _OF_CITED or not doubtful):
            return best
        return (unknown[0] if unknown else None), self._quoter.match(text)

    def _is_in_other_language(self, text: str, index: int | None, match: QuoteMatch) -> bool:
        """Whether words that are not in the cited document are a version of it that is not held."""
        cited = self._references[index].resolution.candidates if index is not None else ()
        if not cited or match.verdict not in ("not_found", "elsewhere_in_corpus"):
            return False
        held = self._editions.languages(cited[0].symbol)
        return held == {"en"} if is_plainly_not_english(text) else bool(held) and "en" not in held

    def _words(self, quotation: FoundQuotation, end: int) -> str:
        part = self._around.draft.part_at(end - 1)
        shown = self._around.visible(part, quotation.start, end) if part is not None else quotation.text
        return " ".join(shown.split()) or quotation.text

    def _edition(self, match: QuoteMatch, index: int | None) -> EditionCheck | None:
        """What became of words that stand in an earlier edition only, or stood there where they are cited."""
        if not match.places:
            return None
        place = match.places[0]
        if match.is_found and not any(each.current for each in match.places):
            cited = [(eid, place.quote) for eid in place.eids[:1]]
            return self._editions.check(place.symbol, place.sha256, cited)
        if match.verdict != "elsewhere_in_document" or index is None:
            return None
        pinned, resolution = self._pinned[index], self._references[index].resolution
        eids = [each.eid for each in resolution.places]
        if pinned is not None and pinned.state == "current":
            return None
        earlier = self._editions.earlier_with(place.symbol, eids, place.quote)
        return self._editions.check(place.symbol, earlier[0], [earlier[1:]]) if earlier else None

    def _remarks(
        self,
        quotation: FoundQuotation,
        text: str,
        tied: Tie,
        index: int | None,
        match: QuoteMatch,
        edition: EditionCheck | None,
    ) -> Iterator[Remark]:
        cited = self._references[index].resolution if index is not None else None
        pinned = self._pinned[index] if index is not None else None
        if cited is None and tied.unknown:
            return
        if cited is not None and not _is_held(cited):
            misplaced = remark_on_misplaced(match, cited) if tied.sure and not is_name(text) else None
            yield from (misplaced,) if misplaced is not None else ()
            return
        if edition is not None:
            if changed := remark_on_edition(None if remark_on_edition(pinned) else edition):
                yield changed
            return
        if cited is not None and _is_heading_only(match):
            if not self._is_called_heading(quotation):
                message = (
                    f"The words are a heading of {match.places[0].symbol}; none of its paragraphs says them."
                )
                yield Remark("heading_only", "warning", message)
            return
        moved = pinned is not None and pinned.state == "moved" and match.verdict == "elsewhere_in_document"
        if moved or (cited is not None and not tied.sure and _may_be_term(text, match)):
            return
        remark = remark_on_quotation(match, cited, sure=tied.sure)
        if remark is None and cited is not None and self._is_within_sentence(quotation):
            remark = remark_on_first_letter(match)
        if remark is not None and not (match.verdict == "not_found" and self._is_name_given(quotation)):
            yield remark

    def _is_within_sentence(self, quotation: FoundQuotation) -> bool:
        """Whether a quotation goes on with a sentence, which decides on the case of its first letter."""
        part = self._around.draft.part_at(quotation.start)
        if quotation.block or part is None:
            return False
        head = self._around.visible(part, max(part.start, quotation.start - _NEAR), quotation.start)
        before = head.rstrip(_OPENS_QUOTATION)
        return bool(before) and before[-1] not in _BEGINS_BEHIND

    def _is_called_heading(self, quotation: FoundQuotation) -> bool:
        """Whether the draft says beside a quotation that it is a heading."""
        text, start, end = self._around.draft.text, quotation.start, quotation.end
        beside = f"{text[max(0, start - _NEAR) : start]} {text[end : end + _NEAR]}"
        return _HEADING.search(beside) is not None

    def _is_name_given(self, quotation: FoundQuotation) -> bool:
        """Whether a quotation fills a pair of brackets: (“the 2015 observations”) is a name for later."""
        text, start, end = self._around.draft.text, quotation.start, quotation.end
        return (
            _NAME_OPENS.search(text, max(0, start - _NEAR), start) is not None
            and _NAME_CLOSES.match(text, end) is not None
        )


def language_warnings(results: Sequence[QuotationResult]) -> Iterator[str]:
    """How many quotations are in another language than what is held of the document that they cite."""
    number = sum(result.in_other_language for result in results)
    if number:
        told = "1 quotation is" if number == 1 else f"{number:,} quotations are"
        yield f"{told} in another language than what is held of the document cited, and not compared with it."


def _is_held(resolution: Resolution) -> bool:
    return resolution.verdict in _IN_HELD


def _is_heading_only(match: QuoteMatch) -> bool:
    found = match.is_found or match.verdict == "elsewhere_in_document"
    return found and bool(match.places) and all(place.heading for place in match.places)


def _may_be_term(text: str, match: QuoteMatch) -> bool:
    """Whether words that are not in the cited document may be a term or a title, beside which it is cited."""
    if match.verdict not in ("not_found", "elsewhere_in_corpus"):
        return False
    return len(text.split()) < FEWEST_WORDS or is_name(text)


def is_name(text: str) -> bool:
    """Whether a text is written like the name of something: “Optional Protocol to the Convention on …”."""
    words = text.split()
    capital = [word[0].isupper() for word in _LONG_WORD.findall(text)]
    opens = len(words) > 1 and all(word[0].isupper() and word[1:].islower() for word in words[:2])
    return opens or sum(capital) >= _MOSTLY * len(capital)
