"""Where a quotation stands in all that is held: paragraphs found by its words, then their documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cachetools import LRUCache

from assistant.citations.candidates import Candidates, Finder, Key
from assistant.citations.compared import OTHERWISE, Compared, Found
from assistant.citations.held_texts import HeldText, HeldTexts
from assistant.citations.likeness import BEYOND_PIECES, share_of
from assistant.citations.matching import rank_of
from assistant.citations.printed_text import PrintedText
from assistant.citations.quotation_text import QuotationText
from assistant.citations.tokens import forms_of, key_of
from corpus.catalog import Snapshot
from corpus.holdings import Holdings
from corpus.model import DocumentHeader, Paragraph

_PASSAGES = 200  # that are looked at for one phrase
_PASSAGES_OF_FEW_WORDS = 1000  # and for one that may be printed in any paragraph
_FEW_WORDS = 8
_PASSAGES_WHERE_CUT = 4000  # and where that were not all, and none has it as it is quoted
_READ = 40  # paragraphs at least that are looked at for all of it, those first that have most of its phrases
_READ_OF_ALL = 120  # and that say which documents have most of it
_COMPARED = 12  # places of the same words that are compared in full; others are only counted
_COMPARED_BESIDE = 10  # and so many more than are told of a quotation of few words
_KEPT = 2000  # paragraphs whose letters are kept
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
    is_cut: bool = False
    """Whether more paragraphs have its words than were looked at, so that it may stand in another."""


class Search:
    """Looks for quotations in one view of what is held."""

    def __init__(
        self, snapshot: Snapshot, holdings: Holdings, finder: Finder, texts: HeldTexts, most_places: int
    ) -> None:
        """`most_places` are told of few words, so that hardly more are compared in full."""
        self._most = max(most_places + _COMPARED_BESIDE, _COMPARED)
        # letters and forms of the paragraphs that common words lead to again and again
        self._read: LRUCache[Key, tuple[str, str]] = LRUCache(_KEPT)
        self._snapshot = snapshot
        self._holdings = holdings
        self._finder = finder
        self._texts = texts

    def search(self, compared: Compared) -> Searched:
        """Where a quotation stands; where it does not as it is, what it is most like."""
        quotation = compared.quotation
        few = quotation.length < _FEW_WORDS
        having = self._having(quotation, _PASSAGES_OF_FEW_WORDS if few else _PASSAGES)
        read = max(having.whole, _READ)
        searched = self._in_paragraphs(compared, having.keys[:read])
        searched.is_cut = having.is_cut
        if searched.found and not (having.is_cut and searched.found[0].verdict == "altered_ok"):
            return searched
        searched = self._read_on(compared, having, read, searched)
        if searched.found:
            return searched
        likeliest = self._in_likeliest(compared, having.keys[:_READ_OF_ALL])
        likeliest.is_cut = searched.is_cut
        return likeliest

    def _having(self, quotation: QuotationText, most: int) -> Candidates:
        return self._finder.with_phrases(self._snapshot, self._holdings, quotation, most)

    def _read_on(self, compared: Compared, having: Candidates, read: int, before: Searched) -> Searched:
        """What the first paragraphs have, and those that were not read with them.

        The first may have the words in another case, or others of its phrases.
        """
        seen = set(having.keys[:read])
        if having.is_cut:
            having = self._having(compared.quotation, _PASSAGES_WHERE_CUT)
        keys = dict.fromkeys([*having.keys[: having.whole], *having.rarest])
        searched = self._in_paragraphs(compared, [key for key in keys if key not in seen])
        found = _in_order([*before.found, *searched.found])
        return Searched(found, before.more + searched.more, is_cut=having.is_cut)

    def _in_likeliest(self, compared: Compared, keys: Sequence[Key]) -> Searched:
        """The documents that have most of its phrases, then those that share its rarest words."""
        searched = self._in_documents(compared, keys)
        if searched.found or (searched.near and share_of(searched.near[0].comparison) >= BEYOND_PIECES):
            return searched
        sharing = self._finder.sharing_words(self._snapshot, self._holdings, compared.quotation, _ALIKE)
        return self._in_documents(compared, [*dict.fromkeys([*keys, *sharing.keys])])

    def _in_paragraphs(self, compared: Compared, keys: Sequence[Key]) -> Searched:
        """Paragraphs that have all of it by themselves, those first that print it as it is quoted."""
        if not compared.keys:
            return Searched()  # parted by marks, it is compared with whole documents only
        having: list[tuple[DocumentHeader, Paragraph]] = []
        ranks: list[int] = []
        for key, paragraph in self._snapshot.paragraphs_at(keys).items():
            letters, forms = self._letters_and_forms(key, paragraph)
            if any(each in letters for each in compared.keys):
                having.append((self._holdings.headers[key[0]], paragraph))
                ranks.append(compared.rank_in(forms))
        in_order = sorted(range(len(having)), key=ranks.__getitem__)
        most = self._most if compared.quotation.length < _FEW_WORDS else _COMPARED
        found = [
            each
            for header, paragraph in (having[at] for at in in_order[:most])
            for each in compared.plainly(HeldText(header, PrintedText([paragraph])))
        ]
        alike = sum(rank < OTHERWISE for rank in ranks) or len(having)
        return Searched(_in_order(found), more=max(alike - most, 0))

    def _letters_and_forms(self, key: Key, paragraph: Paragraph) -> tuple[str, str]:
        if key not in self._read:
            text = paragraph.full_text
            self._read[key] = key_of(text), forms_of(text)
        return self._read[key]

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
