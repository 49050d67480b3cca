"""Light re-rankers learned from labelled questions, measured on States they were not trained on.

They see what the ranking that ships has to go by and what else is at hand without another model. It is
a measurement: nothing that is learned here is kept.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from corpus.model import Role
from index.embedded import EmbeddedSearcher
from index.fusion import Fused, fuse, with_sections
from index.words import terms
from tests.benchmarks.ranking_material import Asked, Held, Scores
from tests.benchmarks.ranking_ways import Way, candidates_of, cosines, found
from tests.benchmarks.retrieval import Found

_FOLDS = 5
_RIGHT, _WRONG = 3, 20  # passages of a question that are compared in training, the best of each
_EARLY = 0.06  # the share of a document's paragraphs that introduce it
_HEADINGS = frozenset({"recommend", "say"})
_SEEN = frozenset({"rephrased, seen"})
_TRAINED = {"headings": _HEADINGS, "seen rephrasings": _SEEN, "both": _HEADINGS | _SEEN}
_SHIPPED = Way("as shipped")
_FEW = ("cosine", "words", "role", "section 3")

Table = NDArray[np.float64]
Scorer = Callable[[Table], Scores]


@dataclass(frozen=True)
class Example:
    """A question with the features of its candidates, best first as shipped, and which are right."""

    asked: Asked
    passages: Sequence[int]
    features: Table
    right: NDArray[np.bool_]


class Features:
    """The features of passages for a question, by name."""

    def __init__(self, held: Held, searcher: EmbeddedSearcher) -> None:
        self._held = held
        self._searcher = searcher
        self._in_heading = [frozenset(terms(heading)) for heading in held.headings]
        self._in_text = [frozenset(terms(passage.text or passage.lead_in)) for passage in held.passages]
        self._last: dict[int, int] = {}
        for document, ordinal in held.places:
            self._last[document] = max(self._last.get(document, 0), ordinal)

    def examples(self, questions: Sequence[Asked]) -> list[Example]:
        """Every question as an example."""
        return [self._example(asked) for asked in questions]

    @property
    def names(self) -> tuple[str, ...]:
        """The features in order."""
        return (
            "cosine", "words", "role", "section 3", "section 1",
            "cosine of the heading", "cosine of the text", "cosine without State", "cosine to the question",
            "heading has", "heading is", "text has",
            "item", "length", "early", "positive", "context", "concern", "asks",
        )  # fmt: skip

    def _example(self, asked: Asked) -> Example:
        held = self._held
        candidates = candidates_of(_SHIPPED, asked, held)
        fused = fuse(candidates)
        order = [one.passage for one in with_sections(fused, held.section_of)]
        by_number = {one.passage: one for one in candidates.scored}
        rows = [held.rows[passage] for passage in order]
        at = np.searchsorted(asked.rows, rows)
        three, one = (self._sections(fused, count) for count in (3, 1))
        ceiling = candidates.ceiling or 1.0
        columns: list[Any] = [
            [by_number[passage].dense for passage in order],
            [min(by_number[passage].lexical / ceiling, 1.0) for passage in order],
            [asked.role in held.roles[held.key(row)] for row in rows],
            [three[passage] for passage in order],
            [one[passage] for passage in order],
            *(
                cosines(way, asked, held)[at]
                for way in (
                    Way("", forms={"heading": 1.0}),
                    Way("", forms={"text": 1.0}),
                    Way("", forms={"heading and text": 1.0}),
                    Way("", query="whole"),
                )
            ),
            *self._shared(asked, rows),
            *self._structure(rows),
        ]
        right = [held.places[held.key(row)] in asked.question.right for row in rows]
        return Example(asked, order, np.array(columns, dtype=np.float64).T, np.array(right))

    def _sections(self, fused: Sequence[Fused], passages: int) -> dict[int, float]:
        """What speaks for the section of each passage, and nothing else."""
        alone = with_sections(fused, self._held.section_of, 1.0, passages)
        return {one.passage: one.score for one in alone}

    def _shared(self, asked: Asked, rows: Sequence[int]) -> list[list[float]]:
        """The shares, by rarity, of the topic in heading and text, and of the heading in the topic."""
        topic = frozenset(terms(asked.topic))
        wider = topic.union(*(terms(variant) for variant in asked.variants))
        rarity = {term: self._rarity(term) for term in topic}
        whole = sum(rarity.values()) or 1.0
        headings = [self._in_heading[row] for row in rows]
        return [
            [sum(rarity[term] for term in topic & heading) / whole for heading in headings],
            [len(heading & wider) / max(1, len(heading)) for heading in headings],
            [sum(rarity[term] for term in topic & self._in_text[row]) / whole for row in rows],
        ]

    def _structure(self, rows: Sequence[int]) -> list[list[float]]:
        passages = [self._held.passages[row] for row in rows]
        roles = [frozenset(passage.roles) for passage in passages]
        asks = {Role.RECOMMENDATION, Role.REQUEST}
        return [
            [float(passage.key.place > 0) for passage in passages],
            [math.log1p(len(passage.text or passage.lead_in)) for passage in passages],
            [float(passage.key.ordinal < _EARLY * self._last[passage.key.document]) for passage in passages],
            *([float(role in own) for own in roles] for role in (Role.POSITIVE, Role.CONTEXT, Role.CONCERN)),
            [float(bool(own & asks)) for own in roles],
        ]

    def _rarity(self, term: str) -> float:
        held, found = len(self._searcher), self._searcher.passages_with(term)
        return math.log(1 + (held - found + 0.5) / (found + 0.5))


def learned(questions: Sequence[Asked], held: Held, searcher: EmbeddedSearcher) -> dict[str, list[Found]]:
    """What each re-ranker finds first, by its name; every question by one not trained on its State."""
    features = Features(held, searcher)
    examples = features.examples(questions)
    few = [features.names.index(name) for name in _FEW]
    fewer = [replace(example, features=example.features[:, few]) for example in examples]
    results = {}
    for trained_on, kinds in _TRAINED.items():
        for name, own, train in (
            (f"linear, {len(few)} features", fewer, linear),
            (f"linear, {len(features.names)} features", examples, linear),
            (f"trees, {len(features.names)} features", examples, trees),
        ):
            results[f"{name}, on {trained_on}"] = _cross_validated(own, kinds, train, held)
    return results


def linear(examples: Sequence[Example]) -> Scorer:
    """Weights by which right passages exceed wrong ones: a logistic regression of differences."""
    differences, weights = [], []
    for example in examples:
        right, wrong = np.flatnonzero(example.right)[:_RIGHT], np.flatnonzero(~example.right)[:_WRONG]
        if len(right) and len(wrong):
            pairs = example.features[right][:, None, :] - example.features[wrong][None, :, :]
            differences.append(pairs.reshape(-1, example.features.shape[1]))
            weights.append(np.full(len(differences[-1]), 100 / len(differences[-1])))
    one_way = np.concatenate(differences)
    both = np.concatenate([one_way, -one_way])
    scale = both.std(axis=0) + 1e-9
    which = np.repeat([1, 0], len(one_way))
    model = LogisticRegression(fit_intercept=False, max_iter=500)
    model.fit(both / scale, which, sample_weight=np.tile(np.concatenate(weights), 2))
    coefficients = model.coef_[0] / scale
    return lambda table: np.asarray(table @ coefficients, dtype=np.float64)


def trees(examples: Sequence[Example]) -> Scorer:
    """Gradient-boosted trees that tell right passages from wrong ones; each question counts the same."""
    model = HistGradientBoostingClassifier(max_iter=100, max_leaf_nodes=15, random_state=1)
    model.fit(
        np.concatenate([example.features for example in examples]),
        np.concatenate([example.right for example in examples]),
        sample_weight=np.concatenate(
            [np.full(len(example.right), 1 / len(example.right)) for example in examples]
        ),
    )
    return lambda table: np.asarray(model.decision_function(table), dtype=np.float64)


def _cross_validated(
    examples: Sequence[Example],
    kinds: Collection[str],
    train: Callable[[Sequence[Example]], Scorer],
    held: Held,
) -> list[Found]:
    states = [min(example.asked.question.symbols) for example in examples]
    results: dict[int, Found] = {}
    for inside, outside in GroupKFold(_FOLDS).split(examples, groups=states):
        score = train([examples[n] for n in inside if examples[n].asked.question.kind in kinds])
        for n in outside:
            results[int(n)] = _first(examples[n], score(examples[n].features), held)
    return [results[n] for n in range(len(examples))]


def _first(example: Example, scores: Scores, held: Held) -> Found:
    order = np.argsort(-scores, kind="stable")
    fused = [Fused(example.passages[n], float(scores[n]), 0.0, 0.0) for n in order]
    return found(fused, example.asked, held, role_bonus=0.0)
