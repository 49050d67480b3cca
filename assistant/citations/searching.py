"""Where a quotation stands in all that is held: paragraphs found by its words, then their documents."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from assistant.citations.candidates import Finder, Key
from assistant.citations.comparing import Comparison
from assistant.citations.held_texts import HeldText, HeldTexts
from assistant.citations.likeness import share_of
from assistant.citations.matching import fitted_to, rank_of, standing_in, verdict_of
from assistant.citations.printed_text import PrintedText
from assistant.citations.quotation import QuoteVerdict
from assistant.citations.quotation_text import QuotationText
from assistant.citations.tokens import key_of
from corpus.catalog import Snapshot
from corpus.holdings import Holdings

_PASSAGES = 200  # that are looked at for one phrase
_PASSAGES_OF_FEW_WORDS = 1000  # and for one that may be printed in any paragraph
_FEW_WORDS = 8
_COMPARED = 60  # places of the same words that are compared in full; others are only counted
_ALIKE = 30  # passages that share the rarest words
_DOCUMENTS = 4  # that are compared as a whole


@dataclass(frozen=True)
class Found:
    """A text in which a quotation stands, or which it may alter."""

    held: HeldText
    comparison: Comparison

    @property
    def verdict(self) -> QuoteVerdict:
        """What its differences make of it."""
        return verdict_of(self.comparison)

    @property
    def is_as_quoted(self) -> bool:
        """Whether all differences are of form, or marked."""
        return self.verdict != "altered"

    @property
    def eids(self) -> list[str]:
        """The places."""
        return [self.held.printed.stretches[index].eid for index in self.comparison.stretches]


@dataclass
class Searched:
    """What a search found, the best first, and the documents that share most with the quotation."""

    found: list[Found] = field(default_factory=list)
    more: int = 0
    near: list[Found] = field(default_factory=list)
    texts: list[HeldText] = field(default_factory=list)


def standing(quotation: QuotationText, held: HeldText, eids: Collection[str] | None = None) -> list[Found]:
    """Where a quotation stands in a text as it is quoted, the best first.

    Where it has marks, the places with these ids are looked at before all others.
    """
    found = _plainly(_readings(quotation), held)
    if not found and (quotation.has_marks or quotation.has_labels):
        for stretches in (_stretches(held, eids), None):
            comparison = fitted_to(quotation, held, stretches) if stretches != [] else None
            if comparison is not None and verdict_of(comparison) != "altered":
                return [Found(held, comparison)]
    return found


def nearest(quotation: QuotationText, held: HeldText, eids: Collection[str] | None = None) -> Found | None:
    """The place of a text that a quotation is most like, be it in the places with these ids only."""
    stretches = _stretches(held, eids) if eids is not None else None
    found = standing_in(quotation, held) if stretches is None else []
    comparison = found[0] if found else fitted_to(quotation, held, stretches)
    return Found(held, comparison) if comparison is not None else None


def _stretches(held: HeldText, eids: Collection[str] | None) -> list[int]:
    """The stretches of some places, with what stands below them."""
    return [
        index
        for index, stretch in enumerate(held.printed.stretches)
        if any(stretch.eid == eid or stretch.eid.startswith(f"{eid}__") for eid in eids or ())
    ]


class Search:
    """Looks for quotations in one view of what is held."""

    def __init__(self, snapshot: Snapshot, holdings: Holdings, finder: Finder, texts: HeldTexts) -> None:
        self._snapshot = snapshot
        self._holdings = holdings
        self._finder = finder
        self._texts = texts

    def search(self, quotation: QuotationText) -> Searched:
        """Where a quotation stands; where it does not as it is, what it is most like."""
        most = _PASSAGES_OF_FEW_WORDS if quotation.length < _FEW_WORDS else _PASSAGES
        keys = self._finder.with_phrases(self._snapshot, self._holdings, quotation, most)
        searched = self._in_paragraphs(quotation, keys)
        if searched.found:
            return searched
        searched = self._in_documents(quotation, keys)
        if searched.found:
            return searched
        alike = self._finder.sharing_words(self._snapshot, self._holdings, quotation, _ALIKE)
        searched = self._in_documents(quotation, [*dict.fromkeys([*keys, *alike])])
        if not searched.found:
            near = [nearest(quotation, held) for held in searched.texts]
            searched.near = sorted(
                (each for each in near if each), key=lambda each: -share_of(each.comparison)
            )
            searched.found = [each for each in searched.near if each.is_as_quoted]
        return searched

    def _in_paragraphs(self, quotation: QuotationText, keys: Sequence[Key]) -> Searched:
        """Paragraphs that have all of it by themselves."""
        readings = [reading for reading in _readings(quotation) if len(reading.segments) == 1]
        wanted = {key_of("".join(part.form for part in reading.segments[0])) for reading in readings}
        having = [
            (self._holdings.headers[document_id], paragraph)
            for (document_id, _), paragraph in self._snapshot.paragraphs_at(keys).items()
            for key in [key_of(paragraph.full_text)]
            if any(each in key for each in wanted)
        ]
        found = [
            each
            for header, paragraph in having[:_COMPARED]
            for each in _plainly(readings, HeldText(header, PrintedText([paragraph])))
        ]
        return Searched(_in_order(found), more=max(len(having) - _COMPARED, 0))

    def _in_documents(self, quotation: QuotationText, keys: Sequence[Key]) -> Searched:
        texts = [
            self._texts.of(self._snapshot, self._holdings.headers[document_id])
            for document_id in self._likeliest(quotation, keys)
        ]
        found = [each for held in texts for each in standing(quotation, held)]
        return Searched(_in_order(found), texts=texts)

    def _likeliest(self, quotation: QuotationText, keys: Sequence[Key]) -> list[int]:
        """The documents whose paragraphs have most of the phrases of three words that it has."""
        words = [key_of(part.form) for part in quotation.parts if part.kind == "word"]
        threes = {"".join(three) for three in zip(words, words[1:], words[2:], strict=False)} or set(words)
        shared: dict[int, set[str]] = {}
        for (document_id, _), paragraph in self._snapshot.paragraphs_at(keys).items():
            key = key_of(f"{paragraph.full_text} {' '.join(paragraph.section)}")
            shared.setdefault(document_id, set()).update(three for three in threes if three in key)
        return sorted(shared, key=lambda each: (-len(shared[each]), each))[:_DOCUMENTS]


def _readings(quotation: QuotationText) -> list[QuotationText]:
    """A quotation with its marks, and as a text that prints them itself."""
    return [quotation, QuotationText(quotation.text, marks=False)] if quotation.has_marks else [quotation]


def _plainly(readings: Sequence[QuotationText], held: HeldText) -> list[Found]:
    found = [Found(held, each) for reading in readings for each in standing_in(reading, held)]
    return [each for each in found if each.is_as_quoted]


def _in_order(found: Sequence[Found]) -> list[Found]:
    """The best first, of a document those that come first, and of documents by symbol."""
    return sorted(
        found,
        key=lambda each: (*rank_of(each.comparison)[:3], each.held.header.symbol, each.held.header.language),
    )
