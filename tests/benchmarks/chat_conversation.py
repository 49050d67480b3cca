"""How long a kept conversation takes to be on the screen, and words in it to be found, by its turns.

python -m tests.benchmarks.chat_conversation [DATA FOLDER] [--documents N] [--json]

The conversations are made of answers to questions on real concluding observations; the window has no
terminal. Of each figure the best of the rounds counts: what else the machine does only adds to it.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Input, Static

from assistant.answer import Answer, AskRequest
from assistant.service import Assistant
from assistant.settings import load_settings
from assistant.store import STORE_NAME, ConversationStore
from corpus.model import Metadata
from tests.benchmarks.table import show
from tests.tui.driving import is_painted, wait_until
from tui.app import ChatApp

TURNS = (50, 500)
ROUNDS = 3
SIZE = (120, 40)
QUESTIONS = (
    "What did the Committee recommend on education?",
    "What did the Committee say about accessibility?",
    "and what did it recommend?",
    "sign language",
    "Which States were told to withdraw reservations?",
    "para. 22",
    "What is the capital of France?",
    "all paragraphs on women with disabilities",
    "deinstitutionalization",
    "What about access to justice?",
)
RARE, COMMON = "capital of France", "Committee"
LAST = "The last words of all"


def main() -> None:
    """Keep one conversation of each length, then open and search it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--documents", type=int, default=12)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant.open(load_settings(home=Path(folder)))
        files = sorted((given.data / "corpus" / "crpd").glob("*.pdf"))[: given.documents]
        for _ in assistant.ingest(files, Metadata()):
            pass
        assistant.warm_up()
        answers = [assistant.ask(AskRequest(question=question, store=False)) for question in QUESTIONS]
        store = ConversationStore(Path(folder) / STORE_NAME)
        rows = [_measured(assistant, _kept(store, answers, turns), turns) for turns in TURNS]
        size = sum(len(answer.model_dump_json()) for answer in answers) / len(answers) / 1024
        first, last = rows[0], rows[-1]
        rows.append({"turns": "ratio"} | {key: last[key] / first[key] for key in first if key != "turns"})
        title = f"A kept conversation, {size:.0f} KiB a turn, seconds"
        show(title, rows, as_json=given.json)
        store.close()
        assistant.close()


def _kept(store: ConversationStore, answers: list[Answer], turns: int) -> str:
    known = str(store.begin(answers[0]).conversation_id)
    for number in range(1, turns - 1):
        store.append(known, answers[number % len(answers)])
    store.append(known, answers[0].model_copy(update={"text": LAST}))
    return known


def _measured(assistant: Assistant, known: str, turns: int) -> dict[str, Any]:
    read = min(_seconds(partial(assistant.conversation, known)) for _ in range(ROUNDS))
    rounds = [asyncio.run(_in_window(assistant, known, turns)) for _ in range(ROUNDS)]
    return {
        "turns": str(turns),
        "read": read,
        **{name: min(one[name] for one in rounds) for name in rounds[0]},
    }


async def _in_window(assistant: Assistant, known: str, turns: int) -> dict[str, float]:
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=SIZE) as pilot:
        await wait_until(pilot, lambda: app.chat.is_ready)
        conversation = app.chat.conversation
        began = time.perf_counter()
        await app.chat.open_talk(known)
        await wait_until(pilot, lambda: len(conversation.exchanges) == turns and is_painted(app, LAST))
        opened = time.perf_counter() - began
        await pilot.press("ctrl+f")
        return {
            "open to painted": opened,
            "find a phrase": await _found(pilot, app, RARE),
            "find a word of every turn": await _found(pilot, app, COMMON),
            "and again": await _found(pilot, app, COMMON + " "),
            "next match": await _stepped(pilot, app),
        }


async def _found(pilot: Pilot[None], app: ChatApp, text: str) -> float:
    """From the last key to the number of matches; the pause after which one looks is in it."""
    box = app.chat.find_bar.query_one("#find-text", Input)
    count = app.chat.find_bar.query_one("#find-count", Static)
    box.value = ""
    await wait_until(pilot, lambda: str(count.content) == "")
    began = time.perf_counter()
    box.value = text
    await wait_until(pilot, lambda: " of " in str(count.content))
    return time.perf_counter() - began


async def _stepped(pilot: Pilot[None], app: ChatApp) -> float:
    began = time.perf_counter()
    before = app.chat.find_bar.position
    await pilot.press("enter")
    await wait_until(pilot, lambda: app.chat.find_bar.position != before)
    return time.perf_counter() - began


def _seconds(use: Callable[[], object]) -> float:
    began = time.perf_counter()
    use()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
