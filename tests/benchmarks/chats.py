"""What it costs that a client of OpenAI's API sends its whole conversation with every question.

python -m tests.benchmarks.chats [DATA FOLDER] [--home FOLDER] [--json]

Conversations are made of labelled questions on the concluding observations of the data folder, which are
read into `--home` where they are not there yet. Each has so many questions, of which all but the last are
answered again. Beside it stand the same last question alone, as `POST /v1/ask` has it, and what becomes of
an answer on its way out: links made absolute, citations found in the text, JSON. Every conversation is
asked once before it is timed; times are those of the faster of two rounds.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from assistant.answer import AskRequest
from assistant.api.chat_request import ChatRequest
from assistant.api.chat_response import completion
from assistant.gold import read_gold
from assistant.replay import answer_last
from assistant.service import Assistant
from assistant.store import RECENT
from assistant.streaming import Event
from tests.benchmarks.answers import GOLD
from tests.benchmarks.crpd import open_crpd
from tests.benchmarks.table import share, show

BASE = "http://127.0.0.1:8642"
CONVERSATIONS = 8
APART = 5  # questions from where one conversation begins to where the next one does
LENGTHS = (1, 2, 5, RECENT + 1)
ROUNDS = 2


def main() -> None:
    """Time conversations of several lengths."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--home", type=Path, help="where the documents are kept between runs")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    questions = [gold.turns[0] for gold in read_gold(GOLD / "crpd_questions.jsonl")]
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_crpd(given.data, given.home or Path(folder) / "home")) as assistant,
    ):
        assistant.warm_up()
        rows = [_row(assistant, questions, length) for length in LENGTHS]
    show("Conversations that come with every question", rows, as_json=given.json)


def _row(assistant: Assistant, questions: Sequence[str], length: int) -> dict[str, Any]:
    starts = range(0, CONVERSATIONS * APART, APART)
    times = [_times(assistant, _chat(questions[start : start + length])) for start in starts]
    whole, alone, out = zip(*times, strict=True)
    return {
        "questions": length,
        "p50 ms": share(whole, 50),
        "p95 ms": share(whole, 95),
        "the last alone": share(alone, 50),
        "ratio": share(whole, 50) / share(alone, 50),
        "on its way out": share(out, 50),
    }


def _times(assistant: Assistant, chat: ChatRequest) -> tuple[float, float, float]:
    """The milliseconds of a chat, of its last question alone, and of what becomes of the answer."""
    asked = partial(answer_last, chat.questions, assistant.stream, _unheard)
    alone = partial(assistant.ask, AskRequest(question=chat.questions[-1], store=False))
    answer = asked()
    alone()
    # side by side, so that what else the machine does counts for each
    rounds = [
        (_ms(asked), _ms(alone), _ms(lambda: completion(answer, chat, BASE).model_dump_json()))
        for _ in range(ROUNDS)
    ]
    whole, single, out = zip(*rounds, strict=True)
    return min(whole), min(single), min(out)


def _chat(questions: Sequence[str]) -> ChatRequest:
    return ChatRequest.model_validate(
        {"messages": [{"role": "user", "content": question} for question in questions]}
    )


def _ms(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _unheard(_: Event) -> None:
    pass


if __name__ == "__main__":
    main()
