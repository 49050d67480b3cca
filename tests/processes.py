"""Processes of a test's own: begun in milliseconds, followed by the marks they set, and killed at will.

`python -m tests.processes MODULE…` imports the modules once and forks for every call it is asked for.
"""

from __future__ import annotations

import importlib
import json
import os
import select
import signal
import subprocess
import sys
import traceback
from collections import defaultdict
from contextlib import suppress
from queue import Queue
from threading import Thread
from types import TracebackType

_PATIENCE = 60.0  # seconds until a process that says nothing fails the test
_CHUNK = 65536  # bytes read at a time


class Processes:
    """Runs functions of modules, each call in a process forked for it."""

    def __init__(self, *modules: str) -> None:
        self._forker = subprocess.Popen(
            [sys.executable, "-m", "tests.processes", *modules],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._marks: defaultdict[int, Queue[str]] = defaultdict(Queue)
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def start(self, function: str, *arguments: str | int) -> Process:
        """Call a function, named `module:function`, in a new process."""
        assert self._forker.stdin
        self._forker.stdin.write(json.dumps([function, *arguments]) + "\n")
        self._forker.stdin.flush()
        pid = int(self._marks[self._forker.pid].get(timeout=_PATIENCE))
        return Process(pid, self._marks[pid])

    def _read(self) -> None:
        assert self._forker.stdout
        for line in self._forker.stdout:
            pid, mark = line.split(maxsplit=1)
            self._marks[int(pid)].put(mark.strip())

    def __enter__(self) -> Processes:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._forker.stdin
        assert self._forker.stdout
        self._forker.stdin.close()
        self._forker.wait(_PATIENCE)
        self._reader.join()
        self._forker.stdout.close()


class Process:
    """One call under way."""

    def __init__(self, pid: int, marks: Queue[str]) -> None:
        self.pid = pid
        self._marks = marks
        self.seen: list[str] = []

    def wait_for(self, mark: str) -> bool:
        """Follow the process up to a mark; False where it ended without setting it."""
        while (seen := self._marks.get(timeout=_PATIENCE)) != mark:
            self.seen.append(seen)
            if seen.startswith("ended"):
                return False
        self.seen.append(seen)
        return True

    def kill(self) -> None:
        """End it without warning, and wait until it has."""
        with suppress(ProcessLookupError):  # it ended by itself
            os.kill(self.pid, signal.SIGKILL)
        self.wait()

    def wait(self) -> int:
        """Its exit status, that of a signal negative."""
        while not (self.seen and self.seen[-1].startswith("ended")):
            self.seen.append(self._marks.get(timeout=_PATIENCE))
        return int(self.seen[-1].split()[1])


def mark(word: str, pid: int | None = None) -> None:
    """Tell the test where this process is."""
    os.write(1, f"{pid or os.getpid()} {word}\n".encode())


def stay() -> None:
    """Go no further, until killed."""
    while True:
        signal.pause()


def _serve() -> None:
    for module in sys.argv[1:]:
        importlib.import_module(module)
    # Requests and deaths are read in one place: a signal handler that did the work could interrupt itself.
    deaths, death = os.pipe()
    os.set_blocking(death, False)
    signal.signal(signal.SIGCHLD, lambda _signal, _frame: None)
    signal.set_wakeup_fd(death)
    running: set[int] = set()
    unread = b""
    while True:
        ready, _, _ = select.select([0, deaths], [], [])
        if deaths in ready:
            os.read(deaths, _CHUNK)
            _bury(running)
        if 0 in ready:
            if not (chunk := os.read(0, _CHUNK)):
                break
            *requests, unread = (unread + chunk).split(b"\n")
            for request in requests:
                running.add(_fork(request))
    for pid in running:
        os.kill(pid, signal.SIGKILL)


def _bury(running: set[int]) -> None:
    while running:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if not pid:
            return
        running.discard(pid)
        mark(f"ended {os.waitstatus_to_exitcode(status)}", pid)


def _fork(request: bytes) -> int:
    pid = os.fork()
    if not pid:
        _call(*json.loads(request))
    mark(str(pid))
    return pid


def _call(name: str, *arguments: str | int) -> None:
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    status = 1
    try:
        module, function = name.split(":")
        getattr(importlib.import_module(module), function)(*arguments)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


if __name__ == "__main__":
    _serve()
