"""How long questions take while documents are put, beside the same files taken in by another process.

python -m tests.benchmarks.uploads [DATA] [--files N] [--json]

DATA holds `corpus/crpd`. A server answers one client that asks without pause, each time another question:
while nothing else is done, while files are put to it one after the other, and while `pilcrow ingest` takes
other files into the same folder. What another process takes from the processors nobody can help; the rest
is what uploads cost.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from corpus.own_symbol import symbol_in_name
from index.model_files import DEFAULT_MODEL
from tests.api.server_processes import RunningServer, running_server, wait_for
from tests.benchmarks.table import share, show

_INGEST = (
    "import sys; from assistant.cli import main; sys.argv = ['pilcrow', 'ingest', *sys.argv[1:]]; main()"
)
_TOPICS = (
    "extradition", "adoption", "birth registration", "education", "tourism", "training", "data", "budget",
    "legislation", "dissemination", "prevention", "assistance",
)  # fmt: skip
_IDLE = 10.0  # seconds that are measured while nothing else is done


def main() -> None:
    """Ask in each of the three situations, and show how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--files", type=int, default=8, help="how many files are taken in each way")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    files = [path for path in sorted((given.data / "corpus" / "crpd").glob("*.pdf")) if _symbol(path)]
    ways, count = files[: 2 * given.files], given.files
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with running_server(home, PILCROW_MODEL=os.environ.get("PILCROW_MODEL", DEFAULT_MODEL)) as server:
            wait_for(lambda: _is_ready(server))
            questions = _questions()
            for _ in range(20):
                _ask(server, next(questions))
            rows = [
                _measured("nothing else", server, questions, lambda: time.sleep(_IDLE)),
                _measured("files are put", server, questions, lambda: _put_all(server, ways[:count])),
                _measured("another process", server, questions, lambda: _ingest(home, ways[count:])),
            ]
    for row in rows:
        row["beside nothing else"] = round(row["p50 ms"] / rows[0]["p50 ms"], 2)
    show(f"Questions while {count} files are taken in", rows, as_json=given.json)


def _measured(
    name: str, server: RunningServer, questions: Iterator[str], work: Callable[[], None]
) -> dict[str, Any]:
    """How long questions take until some work is done."""
    over, taken = threading.Event(), list[float]()

    def ask() -> None:
        while not over.is_set():
            taken.append(_ask(server, next(questions)))

    client = threading.Thread(target=ask)
    began = time.perf_counter()
    client.start()
    try:
        work()
    finally:
        seconds = time.perf_counter() - began
        over.set()
        client.join()
    return {
        "meanwhile": name,
        "seconds": round(seconds, 1),
        "questions": len(taken),
        "p50 ms": round(share(taken, 50), 1),
        "p95 ms": round(share(taken, 95), 1),
        "longest ms": round(max(taken), 1),
        "server MB": _resident(server),
    }


def _questions() -> Iterator[str]:
    """Questions that nobody has asked before, so that none is answered from memory."""
    for words in permutations(_TOPICS, 3):
        yield f"What did the Committee recommend on {words[0]}, {words[1]} and {words[2]}?"


def _ask(server: RunningServer, question: str) -> float:
    """How many milliseconds an answer takes."""
    body = json.dumps({"question": question, "store": False}).encode()
    request = Request(f"{server.url}/v1/ask", body, {"Content-Type": "application/json"})
    began = time.perf_counter()
    with urlopen(request, timeout=60) as response:
        response.read()
    return (time.perf_counter() - began) * 1000


def _put_all(server: RunningServer, files: list[Path]) -> None:
    for path in files:
        url = f"{server.url}/v1/documents/{quote(_symbol(path), safe='')}"
        with urlopen(Request(url, path.read_bytes(), method="PUT"), timeout=120) as response:
            response.read()


def _ingest(home: Path, files: list[Path]) -> None:
    environment = {**os.environ, "PILCROW_HOME": str(home)}
    command = [sys.executable, "-c", _INGEST, *map(str, files)]
    subprocess.run(command, env=environment, check=True, capture_output=True)


def _symbol(path: Path) -> str:
    """The symbol that a file is named for, if it is."""
    return str(symbol_in_name(path.name) or "")


def _is_ready(server: RunningServer) -> bool:
    try:
        with urlopen(f"{server.url}/readyz", timeout=60):
            return True
    except HTTPError as error:
        error.close()
        return False


def _resident(server: RunningServer) -> int | None:
    """The memory of the server in MB, where the system says it."""
    status = Path(f"/proc/{server.process.pid}/status")
    if not status.exists():
        return None
    (kilobytes,) = (line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(kilobytes) // 1000


if __name__ == "__main__":
    main()
