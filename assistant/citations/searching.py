"""Where a quotation stands in all that is held: paragraphs found by its words, then their documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.citations.candidates import Finder, Key
from assistant.citations.compared import Compared, Found
from assistant.citations.held_texts import HeldText, HeldTexts
from assistant.citations.likeness import BEYOND_PIECES, share_of
from assistant.citations.matching import rank_of
from assistant.citations.printed_text import PrintedText
from assistant.citations.quotation_text import QuotationText
from assistant.citations.tokens import key_of
from corpus.catalog import Snapshot
from corpus.holdings import Holdings

_PASSAGES = 200  # that are looked at for one phrase
_PASSAGES_OF_FEW_WORDS = 1000  # and for one that may be printed in any paragraph
_FEW_WORDS = 8
_READ = 40  # paragraphs that are looked at for all of it, those first that have most of its phrases
_READ_OF_ALL = 120  # and that say which documents have most of it
_READ_OF_FEW_WORDS = 400
_COMPARED = 12  # places of the same words that are compared in full; others are only counted
_COMPARED_OF_FEW_WORDS = 60
_ALIKE = 30  # passages that share the rarest words
_DOCUMENTS = 3  # that are compared as a whole
_FURTHER_DOCUMENTS = 2  # that may have a piece of it
_FEWEST_LACKING = 5  # phrases of three words of it that they have at least


@dataclass
class Searched:
    """What a search found, the best first, and the documents that share most with the quotation."""

    found: list[Found] = field(default_factory=list)
    more: int = 0
    near: list[Found] = field(default_factory=list)
    texts: list[HeldText] = field(default_factory=list)


class Search:
    """Looks for quotations in one view of what is held."""

    def __init__(self, snapshot: Snapshot, holdings: Holdings, finder: Finder, texts: HeldTexts) -> None:
        self._snapshot = snapshot
        self._holdings = holdings
        self._finder = finder
        self._texts = texts

    def search(self, compared: Compared) -> Searched:
        """Where a quotation stands; where it does not as it is, what it is most like."""
        quotation = compared.quotation
        few = quotation.length < _FEW_WORDS
        most, read = (_PASSAGES_OF_FEW_WORDS, _READ_OF_FEW_WORDS) if few else (_PASSAGES, _READ)
        having = self._finder.with_phrases(self._snapshot, self._holdings, quotation, most)
        keys = having.keys[:read]
        searched = self._in_paragraphs(compared, keys)
        if searched.found:
            searched.more += max(having.whole - read, 0)
            return searched
        keys = having.keys[:_READ_OF_ALL]
        searched = self._in_documents(compared, keys)
        if searched.found or (searched.near and share_of(searched.near[0].comparison) >= BEYOND_PIECES):
            return searched
        sharing = self._finder.sharing_words(self._snapshot, self._holdings, quotation, _ALIKE)
        return self._in_documents(compared, [*dict.fromkeys([*keys, *sharing.keys])])

    def _in_paragraphs(self, compared: Compared, keys: Sequence[Key]) -> Searched:
        """Paragraphs that have all of it by themselves."""
        wanted = compared.keys
        having = [
            (self._holdings.headers[document_id], paragraph)
            for (document_id, _), paragraph in self._snapshot.paragraphs_at(keys).items()
            for key in [key_of(paragraph.full_text)]
            if any(each in key for each in wanted)
        ]
        most = _COMPARED_OF_FEW_WORDS if compared.quotation.length < _FEW_WORDS else _COMPARED
        found = [
            each
            for header, paragraph in having[:most]
            for each in compared.plainly(HeldText(header, PrintedText([paragraph])))
        ]
        return Searched(_in_order(found), more=max(len(having) - most, 0))

    def _in_documents(self, compared: Compared, keys: Sequence[Key]) -> Searched:
        texts = [
            self._texts.of(self._snapshot, self._holdings.headers[document_id])
            for document_id in self._likeliest(compared.quotation, keys)
        ]
        found = [each for held in texts[:_DOCUMENTS] for each in compared.standing(held)]
        if found:
            return Searched(_in_order(found), texts=texts)
        near = filter(None, (compared.nearest(held) for held in texts[:_DOCUMENTS]))
        in_order = sorted(near, key=lambda each: -share_of(each.comparison))
        return Searched([each for each in in_order if each.is_as_quoted], near=in_order, texts=texts)

    def _likeliest(self, quotation: QuotationText, keys: Sequence[Key]) -> list[int]:
        """The documents whose paragraphs have most of the phrases of three words that it has.

        After them come those that have most of what the first ones lack: it may be put together of several.
        """
        words = [key_of(part.form) for part in quotation.parts if part.kind == "word"]
        threes = {"".join(three) for three in zip(words, words[1:], words[2:], strict=False)} or set(words)
        shared: dict[int, set[str]] = {}
        for (document_id, _), paragraph in self._snapshot.paragraphs_at(keys).items():
            key = key_of(f"{paragraph.full_text} {' '.join(paragraph.section)}")
            shared.setdefault(document_id, set()).update(three for three in threes if three in key)
        likeliest = sorted(shared, key=lambda each: (-len(shared[each]), each))[:_DOCUMENTS]
        lacking = threes.difference(*(shared[each] for each in likeliest[:1]))
        while shared and lacking and len(likeliest) < _DOCUMENTS + _FURTHER_DOCUMENTS:
            best = max(shared, key=lambda each: len(shared[each] & lacking))
            if len(shared[best] & lacking) < _FEWEST_LACKING:
                break
            likeliest += [best] if best not in likeliest else []
            lacking -= shared[best]
        return likeliest


def _in_order(found: Sequence[Found]) -> list[Found]:
    """The best first, of a document those that come first, and of documents by symbol."""
    return sorted(
        found,
        key=lambda each: (*rank_of(each.comparison)[:3], each.held.header.symbol, each.held.header.language),
    )
