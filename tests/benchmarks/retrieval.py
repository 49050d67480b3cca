"""Right paragraphs for questions in the words of headings, and in people's own.

python -m tests.benchmarks.retrieval [DATA FOLDER] [--home FOLDER] [--sample N] [--misses] [--json]
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answer import SearchRequest
from assistant.service import Assistant
from corpus.pinpoint import Pinpoint
from tests.benchmarks.crpd import Place, Question, heading_questions, open_crpd, rephrasings
from tests.benchmarks.table import show

_NEAR = 2  # paragraphs between a near miss and a right one


@dataclass(frozen=True)
class Found:
    """What a search found for a question: paragraphs, best first."""

    question: Question
    places: tuple[Place, ...]
    asks_first: bool
    """Whether the first paragraph recommends or requests something."""


def main() -> None:
    """Search for every question and report by kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--home", type=Path, help="where the documents are or will be held")
    parser.add_argument("--sample", type=int, help="ask only so many questions of each kind, drawn by a seed")
    parser.add_argument("--misses", action="store_true", help="print the questions that are not right")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    questions = [*heading_questions(given.data), *rephrasings(given.data)]
    if given.sample:
        questions = drawn(questions, given.sample)
    with tempfile.TemporaryDirectory() as folder:
        assistant = open_crpd(given.data, given.home or Path(folder))
        found = [search(assistant, question) for question in questions]
        assistant.close()
    kinds = dict.fromkeys(question.kind for question in questions)
    rows = [row(kind, [f for f in found if f.question.kind == kind]) for kind in kinds]
    show(f"Right paragraphs for {len(questions)} questions", rows, as_json=given.json)
    if given.misses:
        for one in found:
            if not one.places or one.places[0] not in one.question.right:
                print(
                    one.question.kind,
                    "|",
                    one.question.text,
                    "|",
                    one.places[:3],
                    "|",
                    sorted(one.question.right),
                )


def drawn(questions: Sequence[Question], number: int) -> list[Question]:
    """So many questions of each kind."""
    chance = random.Random(1)
    kinds = dict.fromkeys(question.kind for question in questions)
    by_kind = {kind: [question for question in questions if question.kind == kind] for kind in kinds}
    return [q for own in by_kind.values() for q in chance.sample(own, min(number, len(own)))]


def search(assistant: Assistant, question: Question) -> Found:
    """The first ten paragraphs."""
    passages = assistant.search(SearchRequest(query=question.text, k=10)).passages
    hits = [passage for passage in passages if passage.relation == "hit"]
    places = tuple((passage.symbol, Pinpoint.parse(passage.pinpoint).label) for passage in hits)
    asks = bool(hits) and bool({"recommendation", "request"} & set(hits[0].roles))
    return Found(question, places, asks)


def row(kind: str, found: Sequence[Found]) -> dict[str, Any]:
    """The figures of one kind of question."""
    return {
        "questions": kind,
        "number": len(found),
        "top 1": _share([_rank(one) == 0 for one in found]),
        "top 5": _share([_rank(one) < 5 for one in found]),
        "recall@10": sum(map(_recall, found)) / len(found),
        "wrong State first": _share(
            [bool(one.places) and one.places[0][0] not in one.question.symbols for one in found]
        ),
        "near miss first": _share([_is_near(one) for one in found]),
        "asks first": _share([one.asks_first for one in found]),
    }


def _rank(found: Found) -> int:
    return next((rank for rank, place in enumerate(found.places) if place in found.question.right), 99)


def _recall(found: Found) -> float:
    """The share of the right paragraphs that are among the first ten, of as many as can be."""
    right = found.question.right
    return len(right & set(found.places)) / min(len(right), 10)


def _is_near(found: Found) -> bool:
    """Whether the first paragraph is not right and one within two numbers of it is."""
    if not found.places or found.places[0] in found.question.right:
        return False
    symbol, label = found.places[0]
    numbers = [int(n) for s, n in found.question.right if s == symbol and n.isdigit()]
    return label.isdigit() and any(abs(int(label) - number) <= _NEAR for number in numbers)


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values)


if __name__ == "__main__":
    main()
