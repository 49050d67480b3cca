"""The window is painted before anything slow begins."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.tui.terminals import Terminal

SLOW = {
    "assistant.answer",
    "assistant.service",
    "faiss",
    "numpy",
    "pydantic",
    "pypdfium2",
    "sentence_transformers",
    "sqlalchemy",
    "sqlite3",
    "tantivy",
    "torch",
    "transformers",
}
# What is read, the moment the window has been painted: from then on nothing can be painted any more.
STOPPED = """
import json, os, sys, time
import assistant.cli
from tui.app import ChatApp

def stop(app):
    files = [os.path.realpath(f"/proc/self/fd/{number}") for number in os.listdir("/proc/self/fd")]
    with open(os.environ["FOUND"] + "~", "w") as found:
        json.dump({"modules": sorted(sys.modules), "files": files}, found)
    os.rename(found.name, os.environ["FOUND"])
    time.sleep(600)

ChatApp.on_ready = stop
assistant.cli.main()
"""


@pytest.mark.parametrize("arguments", [[], ["a question"], ["--continue"]], ids=str)
def test_the_window_is_painted_before_anything_slow_begins(
    arguments: list[str], home: Path, tmp_path: Path
) -> None:
    found = tmp_path / "found"
    with Terminal(
        [sys.executable, "-c", STOPPED, "chat", *arguments], environment={"FOUND": str(found)}
    ) as terminal:
        terminal.wait_until(found.exists)
        terminal.wait_for("Pilcrow", 5)
        terminal.wait_for("╰", 5)  # the frame of the prompt
        seen = json.loads(found.read_text())
    assert "textual.app" in seen["modules"]
    assert SLOW.isdisjoint(seen["modules"])
    assert seen["files"]
    assert not [name for name in seen["files"] if Path(name).is_relative_to(home)]
    assert not home.exists()
