"""Weights of features fitted by logistic regression, and how well they tell questions apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from tests.benchmarks.refusal_evidence import Asked

Score = Callable[[Asked], float]
REFUSED = float("-inf")
"""The score of a question that a rule refuses, whatever the evidence."""

_ROUNDS = 5  # the paragraph that speaks for a question is chosen anew by the weights, until they settle
_INTERCEPT_SCALE = 0.3  # how little an intercept is held back by the penalty, beside a weight


@dataclass(frozen=True)
class Fit:
    """The weights of some features, fitted with an intercept for each collection."""

    weights: Mapping[str, float]
    intercepts: Mapping[str, float]

    def score(self, asked: Asked) -> float:
        """The best of the paragraphs found, without an intercept."""
        return best_of(asked, lambda feature: sum(w * feature[n] for n, w in self.weights.items()))


def best_of(asked: Asked, score: Callable[[Mapping[str, float]], float]) -> float:
    """The highest score of a question's paragraphs; of none, that of a refusal."""
    return max(map(score, asked.features), default=REFUSED)


def by_evidence(asked: Asked) -> float:
    """What Pilcrow decides by: the evidence for the best paragraph."""
    return max((support.evidence for support in asked.supports), default=REFUSED)


def by_feature(name: str) -> Score:
    """The best paragraph by one feature alone."""
    return lambda asked: best_of(asked, lambda feature: feature[name])


def fit(collections: Mapping[str, Sequence[Asked]], names: Sequence[str]) -> Fit:
    """Fit weights on collections that count alike; in each the kinds of question of either answer do.

    Collections differ in how near their unanswerable questions are, which intercepts take up, so that
    weights tell questions of the same collection apart. A question is represented by its best paragraph.
    """
    weights = dict.fromkeys(names, 1.0)
    intercepts: dict[str, float] = {}
    for _ in range(_ROUNDS):
        rows, labels, counts = [], [], []
        for place, asked in enumerate(collections.values()):
            shares = _shares(asked)
            for one in asked:
                if one.features:
                    best = max(one.features, key=lambda f: sum(w * f[n] for n, w in weights.items()))
                    own = [float(place == other) for other in range(len(collections))]
                    rows.append([best[name] for name in names] + own)
                    labels.append(one.question.answerable)
                    counts.append(shares[one.question.kind])
        table = np.array(rows)
        scale = table.std(axis=0)
        scale[len(names) :] = _INTERCEPT_SCALE
        share = np.array(counts) * len(counts) / sum(counts)
        model = LogisticRegression(fit_intercept=False, max_iter=2000)
        model.fit(table / scale, labels, sample_weight=share)
        found = model.coef_[0] / scale
        weights = dict(zip(names, map(float, found), strict=False))
        intercepts = dict(zip(collections, map(float, found[len(names) :]), strict=True))
    return Fit(weights, intercepts)


def auroc(answerable: Sequence[Asked], unanswerable: Sequence[Asked], score: Score) -> float:
    """The share of pairs of either kind that a score puts in the right order."""
    values = [score(asked) for asked in (*answerable, *unanswerable)]
    lowest = min((value for value in values if value != REFUSED), default=0.0) - 1
    finite = [lowest if value == REFUSED else value for value in values]
    return float(roc_auc_score([True] * len(answerable) + [False] * len(unanswerable), finite))


def threshold_for(unanswerable: Sequence[Asked], share: float, score: Score) -> float:
    """The lowest threshold at which at most a share of the questions is answered."""
    values = sorted(map(score, unanswerable), reverse=True)
    return float(np.nextafter(values[int(share * len(values))], np.inf))


def answered(asked: Sequence[Asked], threshold: float, score: Score) -> float:
    """The share of questions that a threshold answers."""
    return sum(score(one) >= threshold for one in asked) / len(asked)


def curve(
    answerable: Sequence[Asked], unanswerable: Sequence[Asked], score: Score, shares: Sequence[float]
) -> list[tuple[float, float]]:
    """For shares of unanswerable questions answered, the share of answerable ones that then are."""
    return [
        (share, answered(answerable, threshold_for(unanswerable, share, score), score)) for share in shares
    ]


def _shares(asked: Sequence[Asked]) -> dict[str, float]:
    """What a question of each kind counts for, so that kinds count alike and either answer does."""
    labels = {one.question.kind: one.question.answerable for one in asked}
    return {
        kind: 1
        / sum(one.question.kind == kind for one in asked)
        / sum(other == label for other in labels.values())
        for kind, label in labels.items()
    }
