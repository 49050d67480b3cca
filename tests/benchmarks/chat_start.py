"""How long the chat takes until its window is painted, beside Textual itself in the same run.

python -m tests.benchmarks.chat_start [--rounds N] [--json]
"""

from __future__ import annotations

import argparse
import os
import pty
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from statistics import median

from tests.benchmarks.table import show

PYTHON = [sys.executable, "-c"]
SMALLEST = """
from textual.app import App
from textual.widgets import Footer, Input, Static
class Smallest(App):
    def compose(self):
        yield Static("Pilcrow")
        yield Input()
        yield Footer()
Smallest().run()
"""
PAINTED = b"Pilcrow"
"""What both windows show in their first row."""


def main() -> None:
    """Start each in a process and a terminal of its own, taking turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    commands: dict[str, tuple[list[str], bytes | None]] = {
        "python, to its end": ([*PYTHON, "pass"], None),
        "import textual.app, to its end": ([*PYTHON, "import textual.app"], None),
        "pilcrow --help, to its end": ([*PYTHON, "from assistant.cli import main; main()", "--help"], None),
        "import tui.app, to its end": ([*PYTHON, "import tui.app"], None),
        "a window of three Textual widgets, painted": ([*PYTHON, SMALLEST], PAINTED),
        "pilcrow chat, painted": ([*PYTHON, "from assistant.cli import main; main()", "chat"], PAINTED),
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "PILCROW_HOME": home, "HF_HUB_OFFLINE": "1", "TERM": "xterm-256color"}
        for round_ in range(given.rounds + 1):
            for name, (command, shown) in commands.items():
                seconds = seconds_until(shown, command, environment)
                if round_:  # the first reads the files into memory
                    taken[name].append(seconds)
    smallest = min(taken["a window of three Textual widgets, painted"])
    rows = [
        {
            "command": name,
            "best seconds": min(seconds),
            "median seconds": median(seconds),
            "best, as ratio to the window": min(seconds) / smallest,
        }
        for name, seconds in taken.items()
    ]
    show("The chat's window, from process start", rows, as_json=given.json)


def seconds_until(shown: bytes | None, command: Sequence[str], environment: dict[str, str]) -> float:
    """How long a command takes to write some words into a terminal, or without them to end."""
    terminal, inside = pty.openpty()
    began = time.perf_counter()
    with subprocess.Popen(
        command, stdin=inside, stdout=inside, stderr=inside, env=environment, start_new_session=True
    ) as process:
        os.close(inside)
        written = b""
        try:
            while shown is None or shown not in written:
                try:
                    chunk = os.read(terminal, 65536)
                except OSError:  # how Linux says that the other end is closed
                    chunk = b""
                if not chunk:
                    assert shown is None, written[-500:]
                    process.wait()
                    break
                written += chunk
            return time.perf_counter() - began
        finally:
            process.kill()
            os.close(terminal)


if __name__ == "__main__":
    main()
