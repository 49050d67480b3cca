"""Right citations, follow-ups, refusals and time to answer on all labelled questions.

python -m tests.benchmarks.answers [DATA FOLDER] [--home FOLDER] [--only figures|time] [--json]

The questions and dialogues on the built-in document are put to it alone, those on several documents to
it and the concluding observations of the data folder; these are read into `--home` where they are not
there yet, so that a second run with the same folder reads nothing. Shares are from 0 to 1; those that
nothing counts for are left out. Time is that of warm questions without turns before them, each by its
fastest of three rounds: at 43 paragraphs, and at about 10,000, for which documents are made of the real
ones.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from assistant.evaluation import Report, evaluate, report_of
from assistant.evaluation_text import figure_rows
from assistant.gold import GoldQuestion, read_gold
from assistant.service import Assistant
from assistant.settings import load_settings
from tests.benchmarks.answering_time import larger, time_row
from tests.benchmarks.crpd import open_crpd
from tests.benchmarks.table import show

GOLD = Path(__file__).parents[1] / "gold"
LARGE = 10_000  # paragraphs
TITLES = {
    "laos_opsc": "Questions on the built-in document",
    "laos_opsc_dialogues": "Dialogues on the built-in document",
    "laos_opsc_follow_ups": "Follow-ups on the built-in document",
    "crpd_questions": "Questions on several documents",
    "crpd_follow_ups": "Follow-ups on several documents",
}
"""The labelled questions by the names of their files."""

_IN_TURNS = ("laos_opsc_dialogues", "laos_opsc_follow_ups", "crpd_follow_ups")


def main() -> None:
    """Ask what is labelled, first the built-in document, then several, then take the time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--home", type=Path, help="where the documents are kept between runs")
    parser.add_argument("--only", choices=("figures", "time"), help="measure one of the two")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    shown = partial(show, as_json=given.json)
    sets = {name: read_gold(GOLD / f"{name}.jsonl") for name in TITLES}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        home = given.home or folder / "several"
        with (
            closing(Assistant.open(load_settings(home=folder / "built-in", cached_answers=0))) as small,
            closing(open_crpd(given.data, home)) as middle,
        ):
            if given.only != "time":
                _figures(small, middle, sets, shown)
            if given.only != "figures":
                built_in = _alone([*sets["laos_opsc"], *sets["laos_opsc_dialogues"]])
                times = [time_row(small, built_in)]
                with closing(larger(given.data, home, folder / "large", LARGE)) as large:
                    times.append(time_row(large, [*built_in, *_alone(sets["crpd_questions"])]))
                shown("Milliseconds from question to answer", times)


def _figures(
    small: Assistant,
    middle: Assistant,
    sets: Mapping[str, Sequence[GoldQuestion]],
    shown: Callable[[str, Sequence[dict[str, Any]]], None],
) -> None:
    reports = {}
    for name, title in TITLES.items():
        reports[name] = evaluate(small if name.startswith("laos") else middle, sets[name])
        shown(title, figure_rows(reports[name]))
    in_turns = {TITLES[name]: report for name, report in reports.items() if name in _IN_TURNS}
    shown("Follow-ups, by what they may be used for", _sets(in_turns))
    shown("Citations that pass each check", [_checks(TITLES[name], reports[name]) for name in TITLES])


def _checks(title: str, report: Report) -> dict[str, Any]:
    made = report.citations
    return {
        "questions": title,
        "citations": made.citations,
        "exist": made.exist,
        "verbatim": made.verbatim,
        "supported": made.supported,
    }


def _sets(reports: Mapping[str, Report]) -> list[dict[str, Any]]:
    """The follow-ups that rules may be chosen by, and those that only judge them."""
    rows = []
    for title, report in reports.items():
        for name in ("choose", "hold"):
            total = report_of([one for one in report.judged if one.gold.set == name]).total
            rows.append({"questions": title, "set": name, "number": total.questions, "right": total.right,
                         "alone": total.alone, "kept": total.kept})  # fmt: skip
    return rows


def _alone(questions: Sequence[GoldQuestion]) -> list[str]:
    """The last turns, each as it is asked without the turns before it."""
    return [question.alone or question.turns[-1] for question in questions]


if __name__ == "__main__":
    main()
