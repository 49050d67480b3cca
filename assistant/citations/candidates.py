"""Which paragraphs a quotation may be of, found by its words alone and without the model."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.citations.quotation_text import Part, QuotationText
from corpus.catalog import Snapshot
from corpus.holdings import Holdings
from index.collection import Collection
from index.passages import Passage, PassageKey, passages_of
from index.text_index import TextIndex

PHRASE_WORDS = 7
"""Words of the phrases that are looked for."""

MOST_PHRASES = 6
MOST_TEXTS = 3
"""How many phrases, and how many stretches by their rarest words, one quotation is looked for by."""

TEXT_WORDS = 60
"""Words of these stretches."""

Key = tuple[int, int]
"""A paragraph: document id and ordinal."""


@dataclass(frozen=True)
class Candidates:
    """Paragraphs, the likeliest first; `whole` of them were found by all that was looked for.

    `rarest` are those with the phrase that fewest have, which whatever has all of a quotation is among;
    `is_cut` says that there are more, since every phrase is in more passages than were asked for.
    """

    keys: list[Key]
    whole: int
    rarest: Sequence[Key] = ()
    is_cut: bool = False


class WordIndex(Protocol):
    """What finds passages by their words: a searcher of the engine, or an index of texts."""

    def with_phrase(self, text: str, limit: int) -> list[int]:
        """Passages in which the words of a text stand in this order."""
        ...

    def sharing_words(self, text: str, limit: int) -> list[int]:
        """The passages that share the rarest words of a text, the best first."""
        ...


class Finder:
    """Finds paragraphs in the engine's index, and in one of its own for documents that this does not have.

    Nothing is built for it that takes the model; its own index is made when it is first needed, and again
    when other documents are held.
    """

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._own: tuple[int, bool, TextIndex | None] | None = None
        self._making = threading.Lock()

    def with_phrases(
        self, snapshot: Snapshot, holdings: Holdings, quotation: QuotationText, most: int
    ) -> Candidates:
        """The paragraphs that have one of the phrases of a quotation."""
        looked_for = phrases(quotation)
        found: list[list[int]] = []
        rarest: list[int] = []
        is_cut = False

        def with_each(index: WordIndex) -> list[list[int]]:
            return [sorted(index.with_phrase(phrase, most)) for phrase in looked_for]

        for having in self._told(snapshot, holdings, with_each):
            found += having
            shortest: list[int] = min((each for each in having if each), key=len, default=[])
            rarest += shortest
            is_cut = is_cut or min(map(len, having), default=0) == most
        candidates = _candidates(found, holdings, len(looked_for))
        among = _candidates([rarest], holdings, 1)
        return Candidates(candidates.keys, candidates.whole, among.keys, is_cut)

    def sharing_words(
        self, snapshot: Snapshot, holdings: Holdings, quotation: QuotationText, most: int
    ) -> Candidates:
        """The paragraphs that share the rarest words of a quotation."""
        texts = _texts(quotation)

        def sharing(index: WordIndex) -> list[list[int]]:
            return [index.sharing_words(text, most) for text in texts]

        found = [each for told in self._told(snapshot, holdings, sharing) for each in told]
        return _candidates(found, holdings, len(texts))

    def _told(
        self, snapshot: Snapshot, holdings: Holdings, ask: Callable[[WordIndex], list[list[int]]]
    ) -> Iterator[list[list[int]]]:
        """What the engine's index tells, and one of the other documents; where that fails, one of all."""
        told = self._collection.told(snapshot, ask)
        if told is not None:
            yield told
        own = self._index_of_others(snapshot, holdings, has_engine=told is not None)
        if own is not None:
            yield ask(own)

    def _index_of_others(
        self, snapshot: Snapshot, holdings: Holdings, *, has_engine: bool
    ) -> TextIndex | None:
        with self._making:
            if self._own is None or self._own[:2] != (snapshot.generation, has_engine):
                others = [
                    header.id
                    for header in holdings.headers.values()
                    if not has_engine or header.id not in holdings.searched
                ]
                index = TextIndex(_passages(snapshot, others)) if others else None
                self._own = (snapshot.generation, has_engine, index)
            return self._own[2]


def phrases(quotation: QuotationText) -> list[str]:
    """Runs of words of a quotation: of each stretch between its marks the beginning, the middle, the end.

    One that is short enough is one phrase by itself.
    """
    found: dict[str, None] = {}
    for run in _unmarked(quotation.parts):
        words = len(run)
        if words <= PHRASE_WORDS + 1:
            starts = [0]
        else:
            last = words - PHRASE_WORDS
            starts = sorted({0, last // 2, last})
        for start in starts:
            size = words if words <= PHRASE_WORDS + 1 else PHRASE_WORDS
            found[" ".join(part.form for part in run[start : start + size])] = None
    return _spread([phrase for phrase in found if " " in phrase], MOST_PHRASES)


def _texts(quotation: QuotationText) -> list[str]:
    words = [part.form for part in quotation.parts if part.kind == "word"]
    texts = [" ".join(words[start : start + TEXT_WORDS]) for start in range(0, len(words), TEXT_WORDS)]
    return _spread(texts, MOST_TEXTS)


def _unmarked(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """The runs of plain words: signs do not end them, marks do."""
    run: list[Part] = []
    for part in parts:
        if part.kind == "word":
            run.append(part)
        elif part.kind != "sign" and run:
            yield run
            run = []
    if run:
        yield run


def _spread(values: Sequence[str], most: int) -> list[str]:
    """So many values at most, from beginning to end."""
    if len(values) <= most:
        return list(values)
    return [values[index * (len(values) - 1) // (most - 1)] for index in range(most)]


def _passages(snapshot: Snapshot, document_ids: Iterable[int]) -> Iterator[Passage]:
    for document_id in document_ids:
        yield from passages_of(document_id, snapshot.document(document_id))


def _candidates(found: Sequence[Sequence[int]], holdings: Holdings, wanted: int) -> Candidates:
    """The paragraphs of passages, those first that were found most often, then the first of each search."""
    counts: dict[Key, int] = {}
    places: dict[Key, int] = {}
    for numbers in found:
        keys = (PassageKey.from_int(number) for number in numbers)
        for place, key in enumerate(dict.fromkeys((key.document, key.ordinal) for key in keys)):
            if key[0] in holdings.headers:
                counts[key] = counts.get(key, 0) + 1
                places[key] = min(place, places.get(key, place))
    ordered = sorted(counts, key=lambda key: (-counts[key], places[key]))
    return Candidates(ordered, sum(count >= wanted for count in counts.values()))
