"""A server that is killed under load and started again: nothing stored is lost, and no answer is wrong.

Clients ask and have their answers kept, while one document is put in and deleted again and again. What was
delivered as kept must be there afterwards, and each answer must be one of the two that are right: that with
the document, or that without it.
"""

from __future__ import annotations

import json
import random
import shutil
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.benchmarks.api_servers import Server, pilcrow
from tests.benchmarks.http_load import Asked, fetch

_CHECKED = 12  # questions whose answers are compared
_CLIENTS = 4
_LONGEST = 6.0  # seconds from the begin of the load to the kill
_DOCUMENT = "/v1/documents/CRC/C/XYZ/CO/9"
_TEXT = (
    b"1. The Committee is concerned about badgers.\n\n2. The Committee recommends that badgers be protected."
)


def row(home: Path, folder: Path, questions: Sequence[str], kills: int, seed: int = 1) -> dict[str, Any]:
    """Kill so many servers over a copy of a home and count what came of it."""
    chance, copy = random.Random(seed), folder / "killed"
    shutil.copytree(home, copy, ignore=shutil.ignore_patterns("*.lock"))
    asked = list(questions[:: max(1, len(questions) // _CHECKED)][:_CHECKED])
    with pilcrow(copy) as server:
        right = [_answers(server, asked)]
        _must(fetch(server.url, Asked("PUT", _put(), _TEXT)), 201)
        right.append(_answers(server, asked))
        _must(fetch(server.url, Asked("DELETE", _path())), 204)
    found: Counter[str] = Counter()
    for _ in range(kills):
        kept = _killed(copy, questions, chance)
        found["delivered as kept"] += len(kept)
        with pilcrow(copy) as server:
            found["lost"] += sum(not _is_there(server, each) for each in kept)
            again = _answers(server, asked)
            found["compared"] += len(asked)
            found["wrong"] += min(sum(a != b for a, b in zip(again, one, strict=True)) for one in right)
    counts = ("delivered as kept", "lost", "compared", "wrong")
    return {"kills": kills, **{name: found[name] for name in counts}}


def _killed(home: Path, questions: Sequence[str], chance: random.Random) -> list[dict[str, Any]]:
    """Let clients ask until the server is killed at some moment; the answers that were delivered as kept."""
    kept: list[dict[str, Any]] = []
    over = threading.Event()

    def asks(seed: int) -> None:
        own = random.Random(seed)
        while not over.is_set():
            with suppress(OSError, EOFError):
                status, body = fetch(server.url, Asked.post("/v1/ask", {"question": own.choice(questions)}))
                if status == 200:
                    kept.append(json.loads(body))

    def changes() -> None:
        while not over.is_set():
            for asked in (Asked("PUT", _put(), _TEXT), Asked("DELETE", _path())):
                with suppress(OSError, EOFError):
                    fetch(server.url, asked)

    with pilcrow(home) as server:
        threads = [threading.Thread(target=asks, args=(chance.random(),)) for _ in range(_CLIENTS)]
        threads.append(threading.Thread(target=changes))
        for thread in threads:
            thread.start()
        time.sleep(_LONGEST * chance.random())
        server.kill()
        over.set()
        for thread in threads:
            thread.join()
    return [answer for answer in kept if answer["conversation_id"]]


def _answers(server: Server, questions: Sequence[str]) -> list[dict[str, Any]]:
    """The answers to some questions, without their times."""
    answers = []
    for question in questions:
        asked = Asked.post("/v1/ask", {"question": question, "store": False})
        answer = json.loads(_must(fetch(server.url, asked), 200))
        answer.pop("timings_ms")
        answers.append(answer)
    return answers


def _is_there(server: Server, answer: dict[str, Any]) -> bool:
    """Whether an answer is in its conversation as it was delivered."""
    status, body = fetch(server.url, Asked("GET", f"/v1/conversations/{answer['conversation_id']}"))
    return status == 200 and answer in [turn["answer"] for turn in json.loads(body)["turns"]]


def _must(response: tuple[int, bytes], status: int) -> bytes:
    if response[0] != status:
        raise RuntimeError(f"{response[0]} instead of {status}: {response[1][:300]!r}")
    return response[1]


def _path() -> str:
    return _DOCUMENT


def _put() -> str:
    return f"{_DOCUMENT}?name=badgers.txt"
