"""What keeping a question costs beside only answering it, and how long conversations take to find.

python -m tests.benchmarks.conversations [--conversations N] [--json]
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import mean
from typing import Any

from assistant.answer import Answer, AskRequest
from assistant.service import Assistant
from assistant.settings import load_settings
from assistant.store import STORE_NAME, ConversationStore
from tests.benchmarks.table import share, show

QUESTIONS = (
    "What did the Committee say about extradition?",
    "What did the Committee recommend on birth registration?",
    "adoption",
    "What about hydropower dams?",
    "para 22 (c)",
    "What is the capital of France?",
)
TURNS = (1, 20, 500)
ROUNDS = 5
TURNS_EACH = 5


def main() -> None:
    """Ask the same questions kept and not, one after the other, then look among many conversations."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=2000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant.open(load_settings(home=Path(folder)))
        assistant.warm_up()
        answers = [assistant.ask(AskRequest(question=question)) for question in QUESTIONS]
        store = ConversationStore(Path(folder) / STORE_NAME)
        show("Asking", _asking(assistant, store, answers), as_json=given.json)
        assistant.close()
        store.close()
    with tempfile.TemporaryDirectory() as folder:
        store = ConversationStore(Path(folder) / STORE_NAME)
        count = given.conversations
        rows = _finding(store, answers, count)
        show(f"{count:,} conversations of {TURNS_EACH} turns", rows, as_json=given.json)
        store.close()


def _asking(assistant: Assistant, store: ConversationStore, answers: list[Answer]) -> list[dict[str, Any]]:
    """Questions after as many turns, at hand or loaded, with the answer kept nowhere or in its place.

    Of each question the fastest of its rounds counts: what else the machine does only adds to it.
    """
    rows = []
    for turns in (0, *TURNS):
        at_hand, kept = [], []
        for question in QUESTIONS:
            times: list[tuple[float, float]] = []
            for _ in range(ROUNDS):
                known = _conversation(store, answers, turns) if turns else None  # what is kept adds to it
                before = store.recent(known) if known else ()
                unkept = AskRequest(question=question, store=False)
                asked = AskRequest(question=question, conversation_id=known)
                times.append(
                    (
                        _ms(partial(assistant.ask, unkept, earlier=before)),
                        _ms(partial(assistant.ask, asked)),
                    )
                )
            at_hand.append(min(alone for alone, _ in times))
            kept.append(min(both for _, both in times))
        only, both = mean(at_hand), mean(kept)
        rows.append(
            {
                "turns before": turns,
                "only answered, ms": only,
                "loaded and kept, ms": both,
                "more, ms": both - only,
                "ratio": both / only,
            }
        )
    return rows


def _finding(store: ConversationStore, answers: list[Answer], count: int) -> list[dict[str, Any]]:
    """How long it takes to list, search and read among many."""
    chance = random.Random(0)
    began = time.perf_counter()
    known = [_conversation(store, chance.sample(answers, len(answers)), TURNS_EACH) for _ in range(count)]
    each = (time.perf_counter() - began) * 1000 / (count * TURNS_EACH)
    uses: dict[str, Callable[[], object]] = {
        "list the latest 20": lambda: store.page(20),
        "search one word": lambda: store.search("extradition", 20),
        "search three words": lambda: store.search("recommend birth registration", 20),
        "search a word of every turn": lambda: store.search("the", 20),
        "load what a follow-up needs": lambda: store.recent(chance.choice(known)),
        "read a conversation": lambda: store.conversation(chance.choice(known)),
    }
    rows = []
    for name, use in uses.items():
        times = [_ms(use) for _ in range(20)]
        rows.append({"what": name, "p50 ms": share(times, 50), "p95 ms": share(times, 95)})
    size = store.path.stat().st_size / 2**20
    return [*rows, {"what": f"store a turn ({size / count / TURNS_EACH * 1024:.0f} KiB each)",
                    "p50 ms": each, "p95 ms": None}]  # fmt: skip


def _conversation(store: ConversationStore, answers: list[Answer], turns: int) -> str:
    known = str(store.begin(answers[0]).conversation_id)
    for number in range(1, turns):
        store.append(known, answers[number % len(answers)])
    return known


def _ms(use: Callable[[], object]) -> float:
    began = time.perf_counter()
    use()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
