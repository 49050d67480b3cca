"""What was tried in ranking: right paragraphs for questions, one part of the ranking changed at a time.

python -m tests.benchmarks.ranking [DATA FOLDER] [--home FOLDER] [--sample N] [--json]

The questions are those of `make bench-retrieval`: a sample of those in the words of headings, drawn by a
seed, and all rephrasings. All passages of a question's scope are scored once, and each way ranks them.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.service import Assistant
from index.embedded import EmbeddedSearcher
from tests.benchmarks.crpd import Question, heading_questions, open_crpd, rephrasings
from tests.benchmarks.learned_ranking import learned
from tests.benchmarks.ranking_ideas import IDEAS, ROLES
from tests.benchmarks.ranking_material import SHIPPED, Asked, Held, Remembering, asked, held, open_cache
from tests.benchmarks.ranking_ways import Way, find
from tests.benchmarks.retrieval import Found, drawn, row, search
from tests.benchmarks.table import show

_FIGURES = ("top 1", "top 5", "recall@10")
_ASKED_FOR = "recommend"  # the kind of question that asks for recommendations

Results = Mapping[str, Sequence[Found]]
"""What each way found, by its name."""


def main() -> None:
    """Rank for every question in every way and report, a table an idea."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--home", type=Path, help="where the documents are or will be held")
    parser.add_argument("--sample", type=int, default=200, help="questions of each kind on headings")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    questions = [*drawn(heading_questions(given.data), given.sample), *rephrasings(given.data)]
    with tempfile.TemporaryDirectory() as folder:
        home = given.home or Path(folder)
        assistant = open_crpd(given.data, home)
        for title, results in compared(assistant, home, questions):
            asks_first = results.keys() == {way.name for way in ROLES}
            rows = [_row(way, found, asks_first) for way, found in results.items()]
            show(
                f"{title}: {', '.join(_FIGURES)}",
                rows if given.json else [_in_short(one) for one in rows],
                as_json=given.json,
            )
        assistant.close()


def compared(
    assistant: Assistant, home: Path, questions: Sequence[Question]
) -> Iterator[tuple[str, Results]]:
    """Each idea with what its ways find."""
    encoder = Remembering(assistant.collection.encoder)
    with assistant.collection.view() as view:
        searcher = view.searcher
        if not isinstance(searcher, EmbeddedSearcher):
            raise TypeError("only the embedded engine says what BM25 alone gives")
        all_held = held(view, open_cache(home), encoder)
        read = list(asked(questions, view, searcher, encoder, all_held))
    shipped = _found(Way(SHIPPED), read, all_held)
    searched = [search(assistant, question) for question in questions]
    same = sum(one.places == other.places for one, other in zip(shipped, searched, strict=True))
    yield (
        f"Search and this benchmark, which give the same paragraphs for {same} of {len(questions)} questions",
        {"pilcrow search": searched, "ranked here, as shipped": shipped},
    )
    for title, ways in {**IDEAS, "What a role asked for gains": ROLES}.items():
        yield title, {way.name: _found(way, read, all_held) for way in ways}
    re_ranked = learned(read, all_held, searcher)
    yield "Re-rankers learned on other States", {SHIPPED: shipped, **re_ranked}


def _found(way: Way, questions: Sequence[Asked], held: Held) -> list[Found]:
    return [find(way, question, held) for question in questions]


def _row(way: str, found: Sequence[Found], asks_first: bool) -> dict[str, Any]:
    """The figures of a way by kind of question."""
    figures: dict[str, Any] = {"way": way}
    for kind in dict.fromkeys(one.question.kind for one in found):
        own = row(kind, [one for one in found if one.question.kind == kind])
        figures[f"{kind} ({own['number']})"] = {name: own[name] for name in _FIGURES}
        if asks_first and kind == _ASKED_FOR:
            figures["asks first"] = own["asks first"]
    return figures


def _in_short(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row whose figures of a kind share a cell."""
    return {
        name: " ".join(f"{figure:.3f}" for figure in value.values()) if isinstance(value, dict) else value
        for name, value in row.items()
    }


if __name__ == "__main__":
    main()
