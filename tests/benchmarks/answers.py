"""Right paragraphs, right places, refusals and time to answer on labelled questions.

python -m tests.benchmarks.answers [GOLD.jsonl] [--json]
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import asdict
from pathlib import Path

from assistant.answer import AskRequest
from assistant.evaluation import evaluate, read_gold
from assistant.service import Assistant
from assistant.settings import load_settings
from tests.benchmarks.table import share, show

GOLD = Path(__file__).parents[1] / "gold" / "laos_opsc.jsonl"


def main() -> None:
    """Ask every question once for the figures and once more, warm, for the time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="?", type=Path, default=GOLD)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    questions = read_gold(given.gold)
    with tempfile.TemporaryDirectory() as home:
        assistant = Assistant.open(load_settings(home=Path(home)))
        report = evaluate(assistant, questions)
        totals = [
            assistant.ask(AskRequest(question=gold.turns[-1], store=False)).timings_ms["total"]
            for gold in questions
        ]
        assistant.close()
    rows = [{"kind": kind, **asdict(figures)} for kind, figures in report.kinds.items()]
    show(f"Answers to {len(questions)} labelled questions", rows, as_json=given.json)
    held = report.citations - report.broken_citations
    show(
        "Citations and time",
        [
            {
                "citations": report.citations,
                "exist and are verbatim": held / report.citations,
                "p50 ms": share(totals, 50),
                "p95 ms": share(totals, 95),
            }
        ],
        as_json=given.json,
    )


if __name__ == "__main__":
    main()
