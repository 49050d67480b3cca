"""How well Pilcrow tells the questions that documents answer from those they do not.

python -m tests.benchmarks.refusal [DATA FOLDER] [--home FOLDER] [--svg FILE] [--costly EVERY] [--json]

The questions are put to the built-in document alone, to the concluding observations of the data folder
(read into `--home` where they are not there yet), and to each of these as if it were the only one. AUROC is
the share of pairs, an answerable question and an unanswerable one, that a score puts in the right order.
Curves give the share of answerable questions that are answered where a share of unanswerable ones is. Of
the public sets, whose passages and questions are of other kinds, only curves are given. `--costly 4` compares
features on every fourth question only, with those that need vectors of sentences and tokens (minutes).
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from assistant.refusal import THRESHOLD
from assistant.service import Assistant
from assistant.settings import load_settings
from tests.benchmarks.crpd import open_crpd
from tests.benchmarks.refusal_evidence import SHIPPED, Asked, alone, asked
from tests.benchmarks.refusal_fit import (
    Fit,
    Score,
    answered,
    auroc,
    by_evidence,
    by_feature,
    curve,
    fit,
    threshold_for,
)
from tests.benchmarks.refusal_pools import pools
from tests.benchmarks.refusal_questions import Labelled, on_several_documents, on_the_built_in_document
from tests.benchmarks.refusal_vectors import Vectors
from tests.benchmarks.scale_plot import plot
from tests.benchmarks.table import show

BUILT_IN, SEVERAL, ALONE = "built-in document", "48 documents", "each as if alone"
SHARES = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5)
CHOSEN = 0.1
"""The share of unanswerable questions answered at which thresholds are compared."""

_ABSENT = ("absent, treaties", "absent, near", "absent, everyday")
_PAIRS: Sequence[tuple[str, str, str, Sequence[str]]] = (
    ("direct", BUILT_IN, "direct", ("unanswerable",)),
    ("paraphrased", BUILT_IN, "paraphrased", ("unanswerable",)),
    ("headings", SEVERAL, "headings", _ABSENT),
    ("seen", SEVERAL, "rephrased, seen", _ABSENT),
    ("unseen", SEVERAL, "rephrased, unseen", _ABSENT),
    ("fresh", SEVERAL, "rephrased, fresh", _ABSENT),
    ("no State", SEVERAL, "no State named", _ABSENT),
    ("fresh / elsewhere", SEVERAL, "rephrased, fresh", ("absent, elsewhere",)),
    ("fresh, alone", ALONE, "rephrased, fresh", (*_ABSENT, "absent, elsewhere")),
)
"""Sets whose separation is shown: a name, the collection, the answerable kind and the unanswerable ones."""

NOT_DRAWN = "others"
"""Curves that are in the table only."""

Collections = Mapping[str, Sequence[Asked]]


def main() -> None:
    """Ask every question once, then fit, compare and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--home", type=Path, help="where the documents are kept between runs")
    parser.add_argument("--costly", type=int, metavar="EVERY")
    parser.add_argument("--svg", type=Path, help="where the curves are drawn")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    shown = partial(show, as_json=given.json)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        found = _ask_all(given.data, given.home or folder / "several", folder, given.costly)
        public = {} if given.costly else pools(given.data, folder)
    chosen = {name: [one for one in asked if one.question.choosing] for name, asked in found.items()}
    fits = {
        "all three": fit(chosen, SHIPPED),
        BUILT_IN: fit({BUILT_IN: chosen[BUILT_IN]}, SHIPPED),
        SEVERAL: fit({name: chosen[name] for name in (SEVERAL, ALONE)}, SHIPPED),
    }
    shown("AUROC of features and of what is made of them", _separation(found, fits))
    if given.costly:
        return
    shown("Weights, by what they are fitted on", _weights(fits))
    shown(f"Thresholds that answer {CHOSEN} of the unanswerable questions chosen by", _thresholds(chosen))
    shown(f"Refused and answered at {THRESHOLD}", _errors(found))
    curves = _curves(found, public)
    shown("Answerable questions answered, where a share of the unanswerable ones is", _curve_rows(curves))
    if given.svg:
        drawn = {title: dict(lines) for title, lines in curves.items() if title != NOT_DRAWN}
        plot(given.svg, drawn, logarithmic=False)


def _ask_all(data: Path, home: Path, folder: Path, costly: int | None) -> dict[str, list[Asked]]:
    vectors, every = Vectors.load() if costly else None, costly or 1
    with closing(Assistant.open(load_settings(home=folder / "built-in"))) as assistant:
        built_in, _ = _ask(assistant, on_the_built_in_document()[::every], vectors)
    with closing(open_crpd(data, home)) as assistant:
        for header in assistant.documents():
            if not header.symbol.startswith("CRPD/"):
                assistant.remove(header.symbol)
        several, sizes = _ask(assistant, on_several_documents(data)[::every], vectors)
    by_itself = [alone(one, sizes[one.document]) for one in several if one.document is not None]
    return {BUILT_IN: built_in, SEVERAL: several, ALONE: by_itself}


def _ask(
    assistant: Assistant, questions: Sequence[Labelled], vectors: Vectors | None
) -> tuple[list[Asked], dict[int, int]]:
    """What speaks for an answer to each question, and how many passages each document has."""
    with assistant.collection.view() as view:
        sizes = {
            header.id: sum(len(list(p.places())) for p in view.snapshot.paragraphs(header.id))
            for header in view.snapshot.headers()
        }
        return [asked(view, assistant.collection.encoder, q, vectors) for q in questions], sizes


def _of(asked: Sequence[Asked], *kinds: str) -> list[Asked]:
    return [one for one in asked if one.question.kind in kinds]


def _separation(found: Collections, fits: Mapping[str, Fit]) -> list[dict[str, Any]]:
    names = dict.fromkeys(
        name for asked in found.values() for one in asked for f in one.features for name in f
    )
    scores: dict[str, Score] = {name: by_feature(name) for name in names}
    scores |= {f"the three, fitted on {name}": fitted.score for name, fitted in fits.items()}
    scores["evidence, as shipped"] = by_evidence
    return [
        {"feature": name}
        | {
            title: auroc(_of(found[where], answerable), _of(found[where], *unanswerable), score)
            for title, where, answerable, unanswerable in _PAIRS
        }
        for name, score in scores.items()
    ]


def _weights(fits: Mapping[str, Fit]) -> list[dict[str, Any]]:
    return [
        {"fitted on": name, **fitted.weights}
        | {f"intercept, {where}": fitted.intercepts.get(where) for where in (BUILT_IN, SEVERAL, ALONE)}
        for name, fitted in fits.items()
    ]


def _thresholds(chosen: Collections) -> list[dict[str, Any]]:
    rows = []
    for name, found in chosen.items():
        kinds = {o.question.kind for o in found if not o.question.answerable} - {"absent, elsewhere"}
        passages = [support.passages for one in found for support in one.supports]
        threshold = threshold_for(_of(found, *kinds), CHOSEN, by_evidence)
        size = sum(passages) / len(passages)
        rows.append({"collection": name, "passages, mean": size, "threshold": threshold})
    return rows


def _errors(found: Collections) -> list[dict[str, Any]]:
    rows = []
    for name, questions in found.items():
        for kind in dict.fromkeys(one.question.kind for one in questions):
            for choosing in (True, False):
                some = [one for one in _of(questions, kind) if one.question.choosing is choosing]
                if some:
                    share = answered(some, THRESHOLD, by_evidence)
                    is_answerable = some[0].question.answerable
                    rows.append(
                        {
                            "collection": name,
                            "kind": kind,
                            "used": "to choose" if choosing else "for figures",
                            "questions": len(some),
                            "answerable refused": 1 - share if is_answerable else None,
                            "unanswerable answered": None if is_answerable else share,
                        }
                    )
    return rows


_Curves = dict[str, list[tuple[str, list[tuple[float, float]]]]]


def _curves(found: Collections, public: Collections) -> _Curves:
    """Curves by picture and line."""
    draw: Callable[[Sequence[Asked], Sequence[Asked]], list[tuple[float, float]]] = partial(
        curve, score=by_evidence, shares=SHARES
    )
    own = [
        (title, draw(_of(found[where], answerable), _of(found[where], *unanswerable)))
        for title, where, answerable, unanswerable in _PAIRS
    ]
    others = [
        (
            name,
            draw(
                [a for a in asked if a.question.answerable], [a for a in asked if not a.question.answerable]
            ),
        )
        for name, asked in public.items()
    ]
    pictured = {"paraphrased", "fresh", "fresh, alone"}
    return {
        "UN documents": [line for line in own if line[0] in pictured],
        "public sets": others,
        NOT_DRAWN: [line for line in own if line[0] not in pictured],
    }


def _curve_rows(curves: _Curves) -> list[dict[str, Any]]:
    return [
        {"questions": name} | {f"{share:g}": value for share, value in line}
        for lines in curves.values()
        for name, line in lines
    ]


if __name__ == "__main__":
    main()
