"""BM25 over any terms, for measuring what other terms and constants would give; all scores at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.floating[Any]]
"""One row a query, one column a text."""


class Bm25:
    """The formula of tantivy and Lucene, with the exact length of each text."""

    def __init__(self, texts: Sequence[Sequence[str]], k1: float = 1.2, b: float = 0.75) -> None:
        self._held = len(texts)
        lengths = np.array([len(terms) for terms in texts], dtype=np.float32)
        damping = k1 * (1 - b + b * lengths / max(float(lengths.mean()), 1.0))
        postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, terms in enumerate(texts):
            for term, times in Counter(terms).items():
                postings[term].append((number, times))
        self._weights: dict[str, tuple[NDArray[np.int64], Scores]] = {}
        for term, entries in postings.items():
            numbers = np.array([number for number, _ in entries], dtype=np.int64)
            counts = np.array([times for _, times in entries], dtype=np.float32)
            weights = self._rarity(len(entries)) * counts * (k1 + 1) / (counts + damping[numbers])
            self._weights[term] = numbers, weights.astype(np.float32)

    def scores(self, queries: Sequence[Sequence[str]]) -> Scores:
        """The BM25 of every text for every query; a term counts once however often it is asked."""
        scores = np.zeros((len(queries), self._held), dtype=np.float32)
        for row, terms in zip(scores, queries, strict=True):
            for term in set(terms):
                if term in self._weights:
                    numbers, weights = self._weights[term]
                    row[numbers] += weights
        return scores

    def ceilings(self, queries: Sequence[Sequence[str]]) -> Scores:
        """The BM25 of a text of average length that has every term of a query once, one row a query."""
        sums = [sum(self._rarity(self._texts_with(term)) for term in set(terms)) for terms in queries]
        return np.maximum(np.array(sums, dtype=np.float32), 1e-6).reshape(-1, 1)

    def _texts_with(self, term: str) -> int:
        return len(self._weights[term][0]) if term in self._weights else 0

    def _rarity(self, found: int) -> float:
        return float(np.log(1 + (self._held - found + 0.5) / (found + 0.5)))
