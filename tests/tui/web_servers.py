"""Servers of chats as processes of their own, and what becomes of their chats."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

from yarl import URL

_SERVE = "import tui.web.server as s; s.MOST_CHATS = s.SECONDS_TO_LEAVE = 2; s.serve('127.0.0.1', 0)"


class Served:
    """A server of chats as a process of its own."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _SERVE], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        )
        assert self.process.stderr
        told = self.process.stderr.readline()
        address = re.fullmatch(r"Open (\S+)\n", told)
        assert address, told
        self.address = URL(address[1])
        self.root = self.address.with_query(None)

    @property
    def origin(self) -> str:
        return str(self.root.origin())

    def chats(self) -> set[int]:
        """The chats that run."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return {int(pid) for pid in children.read_text().split()}

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stderr
        self.process.stderr.close()


def is_running(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status")
    try:
        return "State:\tZ" not in status.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def ended(pids: set[int], seconds: float = 30.0) -> bool:
    """Whether processes end, sooner or later."""
    deadline = monotonic() + seconds
    while any(map(is_running, pids)) and monotonic() < deadline:
        sleep(0.02)
    return not any(map(is_running, pids))
