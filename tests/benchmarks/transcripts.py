"""What it costs to file a long conversation, and to cite a place, beside looking everything up each time.

python -m tests.benchmarks.transcripts [--turns N] [--json]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.answer import Answer, AskRequest, Conversation, Turn
from assistant.citations.references import References
from assistant.citations.styles import STYLES, CitedDocument, first_reference
from assistant.service import Assistant
from assistant.settings import load_settings
from corpus.model import pinpoint_of
from tests.benchmarks.table import show

QUESTIONS = (
    "What did the Committee say about extradition?",
    "What did the Committee recommend on birth registration?",
    "list every paragraph that mentions children",
    "para 22 (c)",
    "What is the capital of France?",
)
SYMBOL, PLACE = "CRC/C/OPSC/LAO/CO/1", "22 (c)"
ROUNDS = 7


def main() -> None:
    """Make transcripts of the same conversation, and references to the same place, in two ways each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=500)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant.open(load_settings(home=Path(folder)))
        answers = [assistant.ask(AskRequest(question=question, store=False)) for question in QUESTIONS]
        rows = _filing(assistant, _conversation(answers, given.turns))
        cited = sum(len(answers[number % len(answers)].citations) for number in range(given.turns))
        show(f"A conversation of {given.turns:,} turns and {cited:,} citations", rows, as_json=given.json)
        show("Six references to a place", _citing(assistant), as_json=given.json)
        assistant.close()


def _filing(assistant: Assistant, conversation: Conversation) -> list[dict[str, Any]]:
    """A whole transcript, its JSON, and its references alone: from what is known and each looked up."""
    transcript = assistant.transcript(conversation)
    citations = [citation for turn in conversation.turns for citation in turn.answer.citations]
    with assistant.collection.catalog.snapshot() as snapshot:
        known = References(snapshot)
        return _compared(
            {
                "references, each looked up": lambda: [References(snapshot).of(one) for one in citations],
                "references, each place once": lambda: [known.of(one) for one in citations],
                "transcript as Markdown and data": lambda: assistant.transcript(conversation, "oscola"),
                "the data as JSON": lambda: transcript.json,
            }
        )


def _citing(assistant: Assistant) -> list[dict[str, Any]]:
    """References to a place, from the whole document and from what is kept of it."""

    def from_the_text() -> object:
        document = assistant.document(SYMBOL)
        cited = CitedDocument.of(document, document.other_symbols)
        found = assistant.show(SYMBOL, PLACE)[0]
        places = [pinpoint_of(found.paragraph, found.place)]
        return {style: first_reference(cited, places, style) for style in STYLES}

    assert from_the_text() == assistant.cite(SYMBOL, PLACE)
    return _compared(
        {"from the whole document": from_the_text, "cite": lambda: assistant.cite(SYMBOL, PLACE)}
    )


def _compared(uses: dict[str, Callable[[], object]]) -> list[dict[str, Any]]:
    """The fastest of some rounds of each, which take turns, beside the first of them."""
    best = dict.fromkeys(uses, float("inf"))
    for _ in range(ROUNDS):
        for name, use in uses.items():
            began = time.perf_counter()
            use()
            best[name] = min(best[name], (time.perf_counter() - began) * 1000)
    first = next(iter(best.values()))
    return [{"what": name, "ms": ms, "ratio to the first": ms / first} for name, ms in best.items()]


def _conversation(answers: list[Answer], count: int) -> Conversation:
    now = datetime.now(UTC)
    turns = tuple(
        Turn(number=number, answered=now, answer=answers[(number - 1) % len(answers)])
        for number in range(1, count + 1)
    )
    return Conversation(id="", title=QUESTIONS[0], created=now, updated=now, turn_count=count, turns=turns)


if __name__ == "__main__":
    main()
