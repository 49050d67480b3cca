"""A generation in Milvus, open for searching.

The server finds the best by each score in one request and sends their vectors; both scores of each are
computed from these here, so that a passage has the same scores in every search.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from cachetools import LRUCache

from corpus.errors import EngineDamaged
from index.conditions import Phrase, TermCondition
from index.embedding import Vectors
from index.engine import RAREST_WORDS, Candidates, EngineRecord, PassageFilter, Query, Scored
from index.lexical import weighted_words
from index.milvus.expressions import all_of, filtered, visible, worded
from index.milvus.long_passages import LongPassages
from index.milvus.records import Generation
from index.milvus.rows import DENSE, SPARSE, Row, plain, printed
from index.milvus.server import PAGE_ROWS, Milvus
from index.milvus.word_counts import WordCounts
from index.words import terms

VERIFIED_FOR = 60.0
"""For so many seconds the rows of an open generation are taken to be all there."""

_MOST_ASKED = PAGE_ROWS // 2  # passages by either score, so that all fit into one answer
_VECTORS_ASKED = 2_000  # passages by either score with their vectors, 64 MB where these have 4,096 numbers
_NUMBERS_ASKED = 1_000  # passages by their numbers in one request
_COUNTED = 10_000  # terms whose passages are counted once for all questions
_KEPT = 4_096  # passages whose vectors are kept
_KEPT_WEIGHTS = 64 * _KEPT  # words that they have together at most: some 30 MB
_FIELDS = ("number", DENSE, SPARSE)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a passage is scored by: its vector, and what its words weigh."""

    vector: Vectors
    weights: Mapping[int, float]


class Watch:
    """Verifies again what is open, before a search that comes a while after the last time."""

    def __init__(self, verify: Callable[[], None], clock: Callable[[], float]) -> None:
        """`verify` was just done; it raises what is wrong."""
        self._verify = verify
        self._clock = clock
        self._verified = clock()
        self._verifying = threading.Lock()

    def look(self) -> None:
        """Raise what is wrong, as of a minute ago at most; who comes while that is looked for goes on."""
        if not self._verifying.acquire(blocking=False):
            return
        try:
            now = self._clock()
            if abs(now - self._verified) >= VERIFIED_FOR:  # a clock may be set back
                self._verify()
                self._verified = now
        finally:
            self._verifying.release()


class MilvusSearcher:
    """One generation; what it was asked for lately is kept, since its rows do not change."""

    def __init__(
        self, generation: Generation, server: Milvus, words: WordCounts, long: LongPassages, watch: Watch
    ) -> None:
        self._generation = generation
        self._server = server
        self._words = words
        self._long = long
        self._watch = watch
        self._visible = visible(generation.number, generation.removed)
        self._counted = lru_cache(maxsize=_COUNTED)(self._count)
        self._kept: LRUCache[int, Weighed] = LRUCache(_KEPT_WEIGHTS, getsizeof=_size)
        self._keeping = threading.Lock()

    @property
    def record(self) -> EngineRecord:
        """What built it."""
        return self._generation.record

    def search(self, query: Query, where: PassageFilter, limit: int) -> Candidates:
        """The union of the best by either score, each with both."""
        self._watch.look()
        asked = self._weights(weighted_words(query))
        parts = [self._visible, *filtered(where), *self._worded((), query.condition)]
        found: Mapping[int, Weighed] = {}
        if limit and len(self):
            found = self._best(all_of(parts), query.vector, asked, limit)
            if not found and len(parts) == 1:
                raise self._lost()
        return Candidates(_scored(found, query.vector, asked), self._ceiling(query.text))

    def rescore(self, query: Query, passages: Sequence[int]) -> list[Scored]:
        """Both scores of these passages; raises `EngineDamaged` where the server lacks one of them."""
        self._watch.look()
        return _scored(self._weighed(passages), query.vector, self._weights(weighted_words(query)))

    def all_having(
        self,
        words: Sequence[Collection[str]],
        where: PassageFilter,
        condition: TermCondition | None = None,
    ) -> list[int]:
        """The numbers of all passages that have one term at least of each word, ascending."""
        self._watch.look()
        if not len(self):
            return []
        parts = [self._visible, *filtered(where), *self._worded(words, condition)]
        found = [int(row["number"]) for page in self._pages(all_of(parts), ["number"]) for row in page]
        return sorted(found)

    def passages_with(self, term: str) -> int:
        """How many passages have an indexed term."""
        return self._counted(plain(term))

    def with_phrase(self, text: str, limit: int) -> list[int]:
        """Passages in which the words of a text stand in this order, `limit` at most."""
        self._watch.look()
        if not limit or not len(self):
            return []
        where = all_of([self._visible, *self._worded((), Phrase(text))])
        found = self._server.some(self._generation.collection, where, ["number"], min(limit, PAGE_ROWS))
        return [int(row["number"]) for row in found]

    def sharing_words(self, text: str, limit: int) -> list[int]:
        """The passages with the highest BM25 for the rarest words of a text, the best first."""
        self._watch.look()
        counts = {word: count for word in set(terms(text)) if (count := self.passages_with(word))}
        rarest = sorted(counts, key=lambda word: (counts[word], word))[:RAREST_WORDS]
        asked = self._weights(dict.fromkeys(rarest, 1.0))
        if not asked or not limit:
            return []
        most = min(limit, PAGE_ROWS)
        name = self._generation.collection
        found = self._keep(self._server.best(name, self._visible, None, asked, most, _FIELDS))
        scores = {number: _lexical(one, asked) for number, one in found.items()}
        return sorted(scores, key=lambda number: (-scores[number], number))

    def words_beginning(self, letters: str, limit: int) -> list[str]:
        """The most frequent words that begin so."""
        return [
            printed(word)
            for word in self._words.words_beginning(
                self._generation.collection, self._generation.number, plain(letters), limit
            )
        ]

    def __len__(self) -> int:
        return self.record.passages

    def _worded(self, words: Sequence[Collection[str]], condition: TermCondition | None) -> list[str]:
        """What it takes to have one term of each word and to meet a condition, in this generation."""
        if not words and condition is None:
            return []
        one = self._generation
        long = self._long.meeting(one.collection, one.number, words, condition)
        return worded(words, condition, long)

    def _count(self, stem: str) -> int:
        return self._words.passages_with(self._generation.collection, self._generation.number, stem)

    def _weights(self, weighted: Mapping[str, float]) -> dict[int, float]:
        """What the words that are anywhere count for, by their numbers in sparse vectors."""
        words = {plain(word): weight for word, weight in weighted.items()}
        numbers = self._words.dimensions(words) if words else {}
        return {
            number: words[word] * self._rarity(count)
            for word, number in sorted(numbers.items())
            if (count := self._counted(word))
        }

    def _rarity(self, passages: int) -> float:
        """The inverse document frequency of BM25 of a word that so many passages have."""
        return math.log(1 + (len(self) - passages + 0.5) / (passages + 0.5))

    def _ceiling(self, text: str) -> float:
        """The BM25 of a passage of mean length that has every word of a text once."""
        return sum(
            self._rarity(self._counted(word)) for word in sorted({plain(term) for term in terms(text)})
        )

    def _pages(self, expression: str, fields: Sequence[str]) -> Iterable[list[Row]]:
        return self._server.rows(self._generation.collection, expression, fields)

    def _best(
        self, expression: str, vector: Vectors, asked: Mapping[int, float], limit: int
    ) -> Mapping[int, Weighed]:
        """The best by either score; of many their numbers first, since no answer holds all vectors."""
        if limit > _MOST_ASKED:
            return self._keep(row for page in self._pages(expression, _FIELDS) for row in page)
        name = self._generation.collection
        if limit > _VECTORS_ASKED:
            rows = self._server.best(name, expression, vector, asked, limit, ["number"])
            return self._weighed([int(row["number"]) for row in rows])
        return self._keep(self._server.best(name, expression, vector, asked, limit, _FIELDS))

    def _weighed(self, passages: Sequence[int]) -> dict[int, Weighed]:
        """What these passages are scored by, in order; raises `EngineDamaged` where one is lacking."""
        with self._keeping:
            found = {number: self._kept[number] for number in passages if number in self._kept}
        missing = [number for number in dict.fromkeys(passages) if number not in found]
        for start in range(0, len(missing), _NUMBERS_ASKED):
            some = sorted(missing[start : start + _NUMBERS_ASKED])
            where = all_of([self._visible, f"number in {some}"])
            found |= self._keep(self._server.some(self._generation.collection, where, _FIELDS, len(some)))
        if not found.keys() >= set(passages):
            raise self._lost()
        return {number: found[number] for number in passages}

    def _keep(self, rows: Iterable[Row]) -> dict[int, Weighed]:
        found = {
            int(row["number"]): Weighed(np.array(row[DENSE], dtype=np.float32), dict(row[SPARSE]))
            for row in rows
        }
        with self._keeping:
            for number, one in list(found.items())[-_KEPT:]:
                if _size(one) <= _KEPT_WEIGHTS:
                    self._kept[number] = one
        return found

    def _lost(self) -> EngineDamaged:
        return EngineDamaged(
            f"Milvus at {self._server.shown} has lost passages.", "Run pilcrow engine rebuild."
        )


def _scored(found: Mapping[int, Weighed], vector: Vectors, asked: Mapping[int, float]) -> list[Scored]:
    return [
        Scored(number, float((one.vector * vector).sum()), _lexical(one, asked))
        for number, one in found.items()
    ]


def _size(one: Weighed) -> int:
    return len(one.weights)


def _lexical(one: Weighed, asked: Mapping[int, float]) -> float:
    return sum(weight * one.weights[word] for word, weight in asked.items() if word in one.weights)
