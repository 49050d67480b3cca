"""The servers that `tests.benchmarks.api` asks: `pilcrow serve`, and txtai's own API over the same rows."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from index.model_files import DEFAULT_MODEL
from tests.api.server_processes import running_server
from tests.benchmarks.http_load import Asked, fetch

_SERVE = """
import sys
from assistant.cli import main
sys.argv = ["pilcrow", "serve", "--port", "0"]
main()
"""
_QUIET = {"PILCROW_LOG_FORMAT": "text", "PILCROW_LOG_LEVEL": "error"}
_TICKS = os.sysconf("SC_CLK_TCK")
_PATIENCE = 300.0  # seconds until a server that is not ready fails the benchmark


class Server:
    """A server under way, and what it takes."""

    def __init__(self, url: str, pid: int) -> None:
        self.url, self._pid = url, pid

    @property
    def cpu_seconds(self) -> float:
        """Processor time it has taken, of all its threads and of the processes it started."""
        return sum(map(_cpu_seconds, self._pids()))

    @property
    def resident_mib(self) -> int:
        """Its resident memory, with that of the processes it started."""
        return sum(map(_resident_mib, self._pids()))

    def _pids(self) -> list[int]:
        children = Path(f"/proc/{self._pid}/task").glob("*/children")
        return [self._pid, *(int(pid) for listed in children for pid in listed.read_text().split())]

    def kill(self) -> None:
        """End it as a power cut would."""
        os.kill(self._pid, 9)


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _resident_mib(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS"))


@contextmanager
def pilcrow(home: Path, **variables: str) -> Iterator[Server]:
    """`pilcrow serve` over a data folder, when it is ready to answer."""
    variables = {"PILCROW_MODEL": DEFAULT_MODEL, **_QUIET, **variables}
    with running_server(home, _SERVE, **variables) as running:
        server = Server(running.url, running.process.pid)
        _wait(server.url, Asked("GET", "/readyz"))
        yield server


@contextmanager
def txtai(python: Path, folder: Path, model: Path, rows: Sequence[str]) -> Iterator[Server]:
    """txtai's API over an index of these rows, hybrid search and its defaults otherwise."""
    job = folder / "rows.json"
    job.write_text(json.dumps({"model": str(model), "rows": rows, "index": str(folder / "index")}))
    config = folder / "txtai.yml"
    config.write_text(f"path: {folder / 'index'}\nembeddings:\n  path: {model}\n  hybrid: true\n")
    build = str(Path(__file__).with_name("rival_txtai_index.py"))
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
    subprocess.run([str(python), build, str(job)], check=True, env=environment, stdout=sys.stderr)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(python), "-m", "uvicorn", "txtai.api:app", "--port", str(port), "--log-level", "error"]
    with subprocess.Popen(command, env={**environment, "CONFIG": str(config)}) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url, Asked("GET", "/count"))
            yield Server(url, process.pid)
        finally:
            process.kill()


def _wait(url: str, asked: Asked) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            if fetch(url, asked)[0] == 200:
                return
        except (OSError, EOFError):
            pass
        if time.monotonic() > deadline:
            raise TimeoutError(f"{url} is not ready.")
        time.sleep(0.2)
