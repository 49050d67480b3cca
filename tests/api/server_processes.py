"""Servers in processes of their own, for what only a real one shows."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

SERVE = """
from assistant.api.server import serve
from assistant.service import Assistant
from assistant.settings import load_settings
serve(lambda: Assistant.open(load_settings()), load_settings(port=0))
"""
_PATIENCE = 60.0  # seconds until a server that does nothing fails the test


class RunningServer:
    """A server under way: where it is, and what it has written so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.stderr: list[str] = []
        """The lines of its standard error."""
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()
        wait_for(lambda: self._announced() or process.poll() is not None)
        announced = self._announced()
        assert announced, self.stderr
        self.url = announced[0]

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal and wait for the end; the exit status."""
        self.process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        """The exit status, once it has ended."""
        status = self.process.wait(_PATIENCE)
        self._reader.join(_PATIENCE)
        return status

    def _announced(self) -> re.Match[str] | None:
        return re.search(r"http://127\.0\.0\.1:\d+", "".join(self.stderr))

    def _read(self) -> None:
        assert self.process.stderr
        with suppress(ValueError):  # closed by whoever has killed it
            self.stderr.extend(self.process.stderr)


@contextmanager
def running_server(home: Path, code: str = SERVE, **variables: str) -> Iterator[RunningServer]:
    """A server over a data folder, without a model unless `PILCROW_MODEL` says one.

    Places are looked up without one, so that the server's own ways are seen and not the time a model takes.
    """
    environment = {
        **os.environ,
        "PILCROW_HOME": str(home),
        "PILCROW_MODEL": str(home / "nothing"),
        **variables,
    }
    with subprocess.Popen(
        [sys.executable, "-c", code],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield RunningServer(process)
        finally:
            process.kill()


def wait_for(state: Callable[[], object]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + _PATIENCE
    while not state():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.005)
