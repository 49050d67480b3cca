"""Two scores become one: a convex combination of normalised scores.

On ObliQA's 2,786 test questions recall@10 is 0.786 this way, against 0.767 for reciprocal rank
fusion, 0.766 for BM25 and 0.683 for dense search alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace

from index.engine import Candidates

DENSE_WEIGHT = 0.7
"""Chosen on the questions of `make bench-retrieval`; 0.7 to 0.8 differ little (`docs/retrieval.md`)."""

SECTION_WEIGHT = 0.4
"""What the best passages of a section count for in the score of each of them."""

SECTION_PASSAGES = 3
"""How many passages speak for a section; `docs/retrieval.md` has what other numbers and weights give."""


@dataclass(frozen=True, slots=True)
class Fused:
    """A passage with its raw scores and the one that ranks it, from 0 to 1."""

    passage: int
    score: float
    dense: float
    lexical: float


def fuse(candidates: Candidates, dense_weight: float = DENSE_WEIGHT) -> list[Fused]:
    """Rank candidates, best first; equal scores keep the order of the documents.

    A cosine counts as it is (below 0 as 0), and BM25 by its share of the ceiling (above it as 1).
    Neither is stretched to the range of the candidates: the best of a bad lot gains nothing by it,
    and scores of different questions can be compared.
    """
    ceiling = candidates.ceiling
    fused = [
        Fused(
            found.passage,
            dense_weight * max(found.dense, 0.0)
            + (1 - dense_weight) * (min(found.lexical / ceiling, 1.0) if ceiling else 0.0),
            found.dense,
            found.lexical,
        )
        for found in candidates.scored
    ]
    return sorted(fused, key=lambda f: (-f.score, f.passage))


def with_sections(
    fused: Sequence[Fused],
    section_of: Callable[[int], Hashable],
    weight: float = SECTION_WEIGHT,
    passages: int = SECTION_PASSAGES,
) -> list[Fused]:
    """Rank passages anew with what speaks for their sections, best first.

    Committees treat a subject under one heading, in a concern, a recommendation and its items. A
    passage near the question among others that are is more likely the right one than one alone, so
    each score becomes the weighted mean of itself and of the mean of the best of its section.
    """
    best: dict[Hashable, list[float]] = defaultdict(list)
    for found in sorted(fused, key=lambda f: -f.score):
        scores = best[section_of(found.passage)]
        if len(scores) < passages:
            scores.append(found.score)
    means = {section: sum(scores) / len(scores) for section, scores in best.items()}
    ranked = [
        replace(found, score=(1 - weight) * found.score + weight * means[section_of(found.passage)])
        for found in fused
    ]
    return sorted(ranked, key=lambda f: (-f.score, f.passage))
