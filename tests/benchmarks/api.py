"""The HTTP API under load: requests a second, times, memory, beside txtai's, and what a kill leaves.

python -m tests.benchmarks.api [DATA FOLDER] [--home FOLDER] [--only PART,PART] [--requests N]
                               [--soak SECONDS] [--kills N] [--env FOLDER] [--json]

`pilcrow serve` runs in a process of its own over some 10,000 paragraphs, for which documents are made of the
real ones; `--home` keeps them between runs. The parts are load, soak, rival and kills. Questions are those on
the headings of the real documents; they are asked with `store` false but where kills are. Each client sends
its next request when it has the answer to the one before. Client and server share the processor.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

from assistant.service import Assistant
from assistant.settings import load_settings
from index.embedding import SentenceTransformerEncoder
from index.micro_batches import TEXTS_A_BATCH
from index.model_files import find_model
from tests.benchmarks import api_kills, rival
from tests.benchmarks.answering_time import larger
from tests.benchmarks.api_servers import Server, pilcrow, txtai
from tests.benchmarks.crpd import heading_questions, open_crpd, rephrasings
from tests.benchmarks.http_load import Asked, load
from tests.benchmarks.table import share, show

CLIENTS = (1, 8, 32, 128)
PARAGRAPHS = 10_000
PARTS = ("load", "soak", "rival", "kills")
REPEATED = 40
"""Questions that are asked again and again where answers may be kept ones."""

_EVERY = 30.0  # seconds from one look at the memory to the next
_SOAK_CLIENTS = 8


def main() -> None:
    """Run the parts that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--home", type=Path, help="where the documents are kept between runs")
    parser.add_argument("--only", default=",".join(PARTS), help="parts with commas: load,soak,rival,kills")
    parser.add_argument("--requests", type=int, default=400, help="how many at each number of clients")
    parser.add_argument("--soak", type=float, default=600.0, help="seconds under load for memory")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--env", type=Path, default=rival.ENV, help="where txtai is installed")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    parts, shown = set(given.only.split(",")), partial(show, as_json=given.json)
    if unknown := parts - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    asked = [question.text for question in [*rephrasings(given.data), *heading_questions(given.data)]]
    questions = list(dict.fromkeys(asked))
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        home = _large(given.data, given.home or folder / "homes")
        if "load" in parts:
            shown("Encoding alone, one thread", list(_encoding(questions)))
            with pilcrow(home) as server:
                shown("Requests under load", list(_loads(server, questions, given.requests)))
        if "soak" in parts:
            with pilcrow(home) as server:
                shown("Memory under load", list(_soak(server, questions, given.soak)))
        if "rival" in parts and (python := rival.rival_python(given.env, "[api]")):
            shown("Search beside txtai", list(_rival(python, folder, home, questions, given.requests)))
        if "kills" in parts:
            shown("Killed under load", [api_kills.row(home, folder, questions, given.kills)])


def _large(data: Path, homes: Path) -> Path:
    """A data folder with about so many paragraphs, made where it is not there yet."""
    large = homes / "large"
    if not large.exists():
        open_crpd(data, homes / "several").close()
        larger(data, homes / "several", large, PARAGRAPHS).close()
    return large


def _encoding(questions: Sequence[str]) -> Iterator[dict[str, Any]]:
    """What the encoder could do if there were nothing but it."""
    encoder = SentenceTransformerEncoder(find_model(), "fp32")
    encoder.encode_queries(questions[:TEXTS_A_BATCH])
    for size in (1, TEXTS_A_BATCH):
        began, busy = time.perf_counter(), time.process_time()
        for start in range(0, 10 * TEXTS_A_BATCH, size):
            encoder.encode_queries(questions[start : start + size])
        texts, seconds = 10 * TEXTS_A_BATCH, time.perf_counter() - began
        yield {
            "texts a batch": size,
            "texts/s": texts / seconds,
            "CPU ms a text": 1000 * (time.process_time() - busy) / texts,
        }


def _loads(server: Server, questions: Sequence[str], number: int) -> Iterator[dict[str, Any]]:
    """Each route at each number of clients; distinct questions are asked once in all."""
    distinct = cycle(questions)
    _measured(server, "", [_ask(question) for question in islice(distinct, 60)], 4)  # to warm it
    ways: dict[str, Callable[[], list[Asked]]] = {
        "/v1/ask, distinct": lambda: [_ask(question) for question in islice(distinct, number)],
        "/v1/ask, repeated": lambda: [_ask(q) for q in islice(cycle(questions[:REPEATED]), number)],
        "/v1/search": lambda: [_search(question) for question in islice(distinct, number)],
    }
    for name, made in ways.items():
        alone: float | None = None
        for clients in CLIENTS:
            row = _measured(server, name, made(), clients)
            alone = alone or row["requests/s"]
            yield {**row, "ratio to one": row["requests/s"] / alone}


def _measured(server: Server, name: str, asked: Sequence[Asked], clients: int) -> dict[str, Any]:
    busy = server.cpu_seconds
    done = load(server.url, asked, clients)
    cpu = server.cpu_seconds - busy
    return {
        "route": name,
        "clients": clients,
        "requests": len(asked),
        "errors": done.errors,
        "requests/s": done.rate,
        "p50 ms": share(done.milliseconds, 50),
        "p95 ms": share(done.milliseconds, 95),
        "p99 ms": share(done.milliseconds, 99),
        "server CPU ms": 1000 * cpu / len(asked),
        "server cores": cpu / done.seconds,
        "resident MiB": server.resident_mib,
    }


def _soak(server: Server, questions: Sequence[str], seconds: float) -> Iterator[dict[str, Any]]:
    """Resident memory from time to time, and how much it grows a minute in the second half."""
    asked = cycle(questions)
    began, seen = time.monotonic(), list[tuple[float, int]]()
    total = errors = 0
    while (passed := time.monotonic() - began) < seconds:
        until = time.monotonic() + min(_EVERY, seconds - passed)
        while time.monotonic() < until:
            done = load(server.url, [_ask(question) for question in islice(asked, 64)], _SOAK_CLIENTS)
            total, errors = total + 64, errors + done.errors
        seen.append(((time.monotonic() - began) / 60, server.resident_mib))
        yield _memory(*seen[-1], total, errors, None)
    half = seen[len(seen) // 2 :]
    yield _memory(*half[-1], total, errors, _slope(half))


def _memory(minutes: float, mib: int, requests: int, errors: int, slope: float | None) -> dict[str, Any]:
    return {
        "minutes": minutes,
        "resident MiB": mib,
        "requests": requests,
        "errors": errors,
        "MiB a minute, second half": slope,
    }


def _slope(points: Sequence[tuple[float, int]]) -> float:
    """The least-squares slope of some points; 0 for a single one."""
    x = sum(point[0] for point in points) / len(points)
    y = sum(point[1] for point in points) / len(points)
    spread = sum((point[0] - x) ** 2 for point in points)
    return sum((px - x) * (py - y) for px, py in points) / spread if spread else 0.0


def _rival(
    python: Path, folder: Path, home: Path, questions: Sequence[str], number: int
) -> Iterator[dict[str, Any]]:
    """Both systems search the same paragraphs with the same model, taking turns at each number of clients."""
    with closing(Assistant.open(load_settings(home=home))) as assistant:
        rows = [text for _, text in rival.held_by(assistant).bare]
    distinct = cycle(questions)
    with pilcrow(home) as ours, txtai(python, folder, find_model().folder, rows) as theirs:
        for clients in CLIENTS:
            some = list(islice(distinct, number))
            yield _measured(ours, "Pilcrow /v1/search", [_search(each) for each in some], clients)
            path = "/search?limit=10&query="
            asked = [Asked("GET", path + quote(each)) for each in some]
            yield _measured(theirs, "txtai /search", asked, clients)


def _ask(question: str) -> Asked:
    return Asked.post("/v1/ask", {"question": question, "store": False})


def _search(question: str) -> Asked:
    return Asked.post("/v1/search", {"query": question, "k": rival.FIRST})


if __name__ == "__main__":
    main()
