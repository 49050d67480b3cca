"""Ways of ranking the passages of a question's scope: as shipped, or with one part of it another.

Each goes through the product's own `fuse` and `with_sections`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.retrieval import ROLE_BONUS
from corpus.model import Role
from index.engine import Candidates, Scored
from index.fusion import DENSE_WEIGHT, SECTION_PASSAGES, SECTION_WEIGHT, Fused, fuse, with_sections
from tests.benchmarks.ranking_material import SHIPPED, Asked, Held, Key, Rows, Scores
from tests.benchmarks.retrieval import Found

PARAGRAPHS = 10
"""How many paragraphs are ranked."""

CANDIDATES = 80
"""Passages taken by each score, as many as the assistant asks of its engine for ten paragraphs."""

_ASKS = frozenset({Role.RECOMMENDATION, Role.REQUEST})
_RRF = 60  # the constant of Cormack, Clarke and Büttcher, 2009

Fusion = Callable[[Candidates], list[Fused]]
Scale = Callable[[Candidates], Candidates]


@dataclass(frozen=True)
class Way:
    """One way of ranking; what it does not name is as shipped."""

    name: str
    query: str = SHIPPED
    """Whose vector is compared."""
    words: str = SHIPPED
    """Whose words are searched."""
    forms: Mapping[str, float] = field(default_factory=lambda: {SHIPPED: 1.0})
    """The forms of a passage by their shares of its cosine."""
    dense_weight: float = DENSE_WEIGHT
    scale: Scale | None = None
    """How the scores are brought on one scale; None for that of `fuse`."""
    fusion: Fusion | None = None
    """How two scores become one; None for `fuse`."""
    section_weight: float = SECTION_WEIGHT
    section_passages: int = SECTION_PASSAGES
    role_bonus: float = ROLE_BONUS


def find(way: Way, asked: Asked, held: Held) -> Found:
    """The first paragraphs for a question."""
    return found(ranked(way, asked, held), asked, held, way.role_bonus)


def ranked(way: Way, asked: Asked, held: Held) -> list[Fused]:
    """The best passages, best first."""
    candidates = candidates_of(way, asked, held)
    if way.scale:
        candidates = way.scale(candidates)
    fused = way.fusion(candidates) if way.fusion else fuse(candidates, way.dense_weight)
    return with_sections(fused, held.section_of, way.section_weight, way.section_passages)


def candidates_of(way: Way, asked: Asked, held: Held) -> Candidates:
    """The best passages by either score, with both, in no order: what an engine would find."""
    dense, words = cosines(way, asked, held), asked.words[way.words]
    best = {*_best(dense), *(n for n in _best(words.scores) if words.scores[n] > 0)}
    scored = [
        Scored(int(held.passages[asked.rows[n]].key), float(dense[n]), float(words.scores[n]))
        for n in sorted(best)
    ]
    return Candidates(scored, words.ceiling)


def cosines(way: Way, asked: Asked, held: Held) -> Scores:
    """How near each passage of the scope is to the question."""
    vector = asked.vectors[way.query]
    total = np.zeros(len(asked.rows))
    for form, share in way.forms.items():
        total += share * (held.vectors[form][asked.rows] @ vector)
    return total


def found(fused: Sequence[Fused], asked: Asked, held: Held, role_bonus: float) -> Found:
    """The first paragraphs of ranked passages, as `assistant.retrieval.find` chooses them."""
    best: dict[Key, Fused] = {}
    for one in fused:
        best.setdefault(held.key(held.rows[one.passage]), one)
    scores = {
        key: one.score + (role_bonus if asked.role in held.roles[key] else 0.0)
        for key, one in list(best.items())[: 2 * PARAGRAPHS]
    }
    first = sorted(scores, key=lambda key: (-scores[key], key))[:PARAGRAPHS]
    places = tuple(held.places[key] for key in first)
    roles = held.passages[held.rows[best[first[0]].passage]].roles if first else ()
    return Found(asked.question, places, bool(_ASKS.intersection(roles)))


def reciprocal_ranks(candidates: Candidates) -> list[Fused]:
    """Fusion by ranks instead of scores, on a scale to 1 as `fuse` has it."""
    scored = candidates.scored
    by_cosine = _ranks([one.dense for one in scored])
    by_words = _ranks([one.lexical for one in scored])
    return [
        Fused(
            one.passage,
            (_RRF + 1) / 2 * (1 / (_RRF + dense) + (1 / (_RRF + words) if one.lexical else 0.0)),
            one.dense,
            one.lexical,
        )
        for one, dense, words in zip(scored, by_cosine, by_words, strict=True)
    ]


def by_maximum(candidates: Candidates) -> Candidates:
    """BM25 as a share of the best passage's."""
    return Candidates(candidates.scored, max((one.lexical for one in candidates.scored), default=0.0))


def both_stretched(candidates: Candidates) -> Candidates:
    """Both scores stretched to the range from 0 to 1."""
    dense = _stretched([one.dense for one in candidates.scored])
    words = _stretched([one.lexical for one in candidates.scored])
    scored = [
        Scored(one.passage, *scores) for one, *scores in zip(candidates.scored, dense, words, strict=True)
    ]
    return Candidates(scored, 1.0)


def _best(scores: Scores) -> Rows:
    return np.argsort(-scores, kind="stable")[:CANDIDATES]


def _ranks(scores: Sequence[float]) -> list[int]:
    order = np.argsort(-np.array(scores), kind="stable")
    ranks = np.empty(len(scores), dtype=int)
    ranks[order] = np.arange(1, len(scores) + 1)
    return [int(rank) for rank in ranks]


def _stretched(scores: Sequence[float]) -> list[float]:
    low, high = min(scores, default=0.0), max(scores, default=0.0)
    return [(score - low) / (high - low) if high > low else 0.0 for score in scores]
