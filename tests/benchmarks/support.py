"""How well claims that a text supports are told from those it supports in part or not at all.

python -m tests.benchmarks.support [DATA FOLDER] [--json]

The claims are those of WiCE's development part. Those about one half of the articles choose weights and
limits, those about the other half are only counted. A claim is judged by the sentences that annotators gave
for it (the best set of several), and where there are none, by the three that share most of its words; and
once more by these three in every case, which is what somebody who only searched would quote.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score

from assistant.entailment import SUPPORTED_FROM, Carried, carried
from index.words import terms
from tests.benchmarks.table import show

LABELS = ("supported", "partially_supported", "not_supported")
WRONG = 0.1
"""The share of claims on the wrong side of a limit at which limits are compared."""

_NEAREST = 3  # sentences that are taken where annotators gave none
_FEATURES: dict[str, Callable[[Carried], float]] = {
    "words": lambda c: -len(c.words),
    "names": lambda c: -len(c.names),
    "numbers": lambda c: -len(c.numbers),
    "share of words": lambda c: c.share,
    "alike": lambda c: c.alike,
    "score": lambda c: c.score,
}


@dataclass(frozen=True)
class Claim:
    """A claim with its label, by what annotators quote and by what is nearest."""

    label: str
    choosing: bool
    given: Carried
    found: Carried


def main() -> None:
    """Judge every claim, then fit, compare and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    shown = partial(show, as_json=given.json)
    claims = _claims(given.data / "eval" / "wice" / "dev.jsonl")
    chosen = [claim for claim in claims if claim.choosing]
    rest = [claim for claim in claims if not claim.choosing]
    shown("Weights and limits on the half that chooses, and on the other", [_fit(chosen), _fit(rest)])
    shown("AUROC on the half that does not choose", [_separation(rest)])
    shown(
        "Verdicts on that half",
        [row for quoted in ("given", "found") for row in _verdicts(rest, quoted)],
    )
    shown("The same as a decision", [_decision(rest, quoted) for quoted in ("given", "found")])


def _claims(path: Path) -> list[Claim]:
    claims = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        nearest = _joined(row["evidence"], _nearest(row["claim"], row["evidence"]))
        sets = [_joined(row["evidence"], places) for places in row["supporting_sentences"] if places]
        judged = [carried(row["claim"], quoted) for quoted in sets or [nearest]]
        title = row["meta"]["claim_title"].encode()
        claims.append(
            Claim(
                row["label"],
                sha256(title).digest()[0] % 2 == 0,
                max(judged, key=lambda one: one.score),
                carried(row["claim"], nearest),
            )
        )
    return claims


def _nearest(claim: str, sentences: Sequence[str]) -> list[int]:
    said = set(terms(claim))
    shared = [len(said & set(terms(sentence))) for sentence in sentences]
    return sorted(range(len(sentences)), key=lambda place: -shared[place])[:_NEAREST]


def _joined(sentences: Sequence[str], places: Sequence[int]) -> str:
    return "\n".join(sentences[place] for place in sorted(set(places)))


def _fit(claims: Sequence[Claim]) -> dict[str, Any]:
    """Weights by logistic regression, and the limits that the shipped weights would choose."""
    counts = ("words", "names", "numbers")
    table = np.array([[_FEATURES[name](claim.given) for name in counts] for claim in claims])
    labels = [claim.label == "supported" for claim in claims]
    model = LogisticRegression().fit(table, labels)
    others = sorted(claim.given.score for claim in claims if claim.label != "supported")
    true = sorted(claim.given.score for claim in claims if claim.label == "supported")
    shares = sorted(claim.given.share for claim in claims if claim.label == "supported")
    return (
        {"claims": len(claims)}
        | dict(zip(counts, map(float, model.coef_[0]), strict=True))
        | {
            "supported from": others[-1 - int(WRONG * len(others))],
            "unsupported below": true[int(WRONG * len(true))],
            "share of words, lowest": min(shares),
            "share of words, tenth": shares[int(WRONG * len(shares))],
        }
    )


def _separation(claims: Sequence[Claim]) -> dict[str, Any]:
    labels = [claim.label == "supported" for claim in claims]
    return {
        name: float(roc_auc_score(labels, [of(c.given) for c in claims])) for name, of in _FEATURES.items()
    } | {"score, by what is found": float(roc_auc_score(labels, [c.found.score for c in claims]))}


def _verdicts(claims: Sequence[Claim], quoted: str) -> list[dict[str, Any]]:
    rows = []
    for label in LABELS:
        verdicts = [getattr(claim, quoted).supported for claim in claims if claim.label == label]
        shares = {
            name: sum(v is value for v in verdicts) / len(verdicts)
            for name, value in (("true", True), ("cannot tell", None), ("false", False))
        }
        rows.append({"quoted": quoted, "claims are": label, "number": len(verdicts)} | shares)
    return rows


def _decision(claims: Sequence[Claim], quoted: str) -> dict[str, Any]:
    labels = [claim.label == "supported" for claim in claims]
    verdicts = [getattr(claim, quoted).supported is True for claim in claims]
    told = sum(verdicts)
    return {
        "quoted": quoted,
        "limit": SUPPORTED_FROM,
        "accuracy": float(np.mean([v is one for v, one in zip(verdicts, labels, strict=True)])),
        "F1": float(f1_score(labels, verdicts)),
        "precision": sum(v and one for v, one in zip(verdicts, labels, strict=True)) / told if told else None,
        "recall": sum(v and one for v, one in zip(verdicts, labels, strict=True)) / sum(labels),
    }


if __name__ == "__main__":
    main()
