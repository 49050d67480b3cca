"""What the benchmark of refusals computes, on evidence made up for it."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

import pytest

from assistant.refusal import Support
from tests.benchmarks.refusal_evidence import Asked, alone
from tests.benchmarks.refusal_fit import (
    REFUSED,
    answered,
    auroc,
    by_evidence,
    by_feature,
    curve,
    fit,
    threshold_for,
)
from tests.benchmarks.refusal_questions import Labelled


def asked(answerable: bool, *cosines: float, other: float = 0.0) -> Asked:
    question = Labelled("yes" if answerable else "no", "?", answerable, True)
    features = [{"cosine": cosine, "other": other} for cosine in cosines]
    return Asked(question, [Support(cosine, cosine, 0.5, 100) for cosine in cosines], features)


def test_a_question_counts_by_its_best_paragraph_and_one_that_a_rule_refuses_is_last() -> None:
    score = by_feature("cosine")
    assert score(asked(True, 0.2, 0.7, 0.4)) == 0.7
    assert score(asked(True)) == by_evidence(asked(True)) == REFUSED


def test_auroc_is_the_share_of_pairs_in_the_right_order() -> None:
    right, wrong = [asked(True, 0.5), asked(True, 0.1)], [asked(False, 0.3), asked(False)]
    assert auroc(right, wrong, by_feature("cosine")) == pytest.approx(3 / 4)


def test_a_threshold_answers_no_more_than_the_share_it_is_for() -> None:
    some = [asked(False, number / 10) for number in range(10)]
    score = by_feature("cosine")
    for share in (0.1, 0.3, 0.5):
        assert answered(some, threshold_for(some, share, score), score) == pytest.approx(share)
    assert curve([asked(True, 0.85)], some, score, (0.05, 0.2)) == [(0.05, 0.0), (0.2, 1.0)]


def test_weights_tell_what_separates_from_what_does_not() -> None:
    chance = random.Random(1)
    questions = [
        asked(label, chance.gauss(0.6 if label else 0.4, 0.1), other=chance.random())
        for label in (True, False)
        for _ in range(60)
    ]
    # the same questions in a collection where all are nearer: intercepts take that up
    nearer = [
        Asked(one.question, one.supports, [{**f, "cosine": f["cosine"] + 0.3} for f in one.features])
        for one in questions
    ]
    fitted = fit({"one": questions, "nearer": nearer}, ("cosine", "other"))
    assert fitted.weights["cosine"] > 5 * abs(fitted.weights["other"])
    assert fitted.intercepts["nearer"] < fitted.intercepts["one"] < 0


def test_a_document_taken_alone_has_its_own_size_and_nobody_vouches() -> None:
    one = Asked(asked(True, 0.4).question, [Support(0.4, 0.9, 0.5, 7_000)], [{"cosine": 0.4, "vouched": 0.9}])
    by_itself = alone(one, 150)
    assert by_itself.supports[0] == Support(0.4, 0.4, 0.5, 150)
    assert by_itself.features[0]["vouched"] == 0.4


def test_no_absent_question_both_chooses_and_is_counted() -> None:
    kinds = tomllib.loads(Path(__file__).with_name("absent.toml").read_text(encoding="utf-8"))
    texts = [text for halves in kinds.values() for half in halves.values() for text in half]
    assert len(texts) == len(set(texts)) >= 120
    assert all(len(halves["choosing"]) == len(halves["figures"]) for halves in kinds.values())
