"""Copying by every way there is, and what is said of it."""

from __future__ import annotations

import asyncio
import base64
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
from textual.app import App

from tests.tui.terminals import Terminal, left_after
from tui import clipboard
from tui.clipboard import TERMINAL_LIMIT, Copied, copy

TEXT = "“adoption” — 收养, para. 22 (c)\nsecond line"
VARIABLES = "TMUX TMUX_PANE STY DISPLAY WAYLAND_DISPLAY SSH_CONNECTION SSH_CLIENT SSH_TTY".split()


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The only folder where programs are found; nothing says yet where the user sits."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def make_tool(folder: Path, name: str, does: str = "") -> Path:
    """A program that keeps what it was given, and the file it keeps it in."""
    kept = folder / f"{name} was given"
    tool = folder / name
    tool.write_text(f'#!/bin/sh\n/bin/cat > "{kept}"\n{does}\n')
    tool.chmod(0o755)
    return kept


def copied(app: App[None], text: str = TEXT) -> Copied:
    return asyncio.run(copy(app, text))


@pytest.mark.parametrize(
    ("display", "tool"), [("WAYLAND_DISPLAY", "wl-copy"), ("DISPLAY", "xclip"), ("DISPLAY", "xsel")]
)
def test_at_a_display_the_clipboard_of_the_machine_is_used(
    tools: Path, monkeypatch: pytest.MonkeyPatch, display: str, tool: str
) -> None:
    monkeypatch.setenv(display, ":0")
    kept = make_tool(tools, tool)
    app: App[None] = App()
    assert copied(app) == Copied("system", "Copied to the clipboard of this machine.")
    assert kept.read_text("utf-8") == TEXT
    assert app.clipboard == ""


def test_on_macos_its_tool_is_used_and_told_the_encoding(
    tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    kept = make_tool(tools, "pbcopy", f'echo "$LC_CTYPE" > "{tools / "encoding"}"')
    assert copied(App()).way == "system"
    assert kept.read_text("utf-8") == TEXT
    assert (tools / "encoding").read_text() == "UTF-8\n"


@pytest.mark.parametrize("variable", ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"])
def test_over_ssh_no_tool_copies_on_the_wrong_machine(
    tools: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, "here")
    for display in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.setenv(display, ":0")
    kept = [make_tool(tools, name) for name in ("xclip", "xsel", "wl-copy")]
    app: App[None] = App()
    assert copied(app) == Copied(
        "terminal", "Sent to the terminal's clipboard (OSC 52), if the terminal allows it."
    )
    assert app.clipboard == TEXT
    assert not any(each.exists() for each in kept)


def test_without_a_display_no_tool_is_tried(tools: Path) -> None:
    kept = make_tool(tools, "xclip")
    assert copied(App()).way == "terminal"
    assert not kept.exists()


@pytest.mark.parametrize("does", ["exit 1", "exec /bin/sleep 60"])
def test_a_tool_that_fails_or_hangs_is_named_and_the_terminal_used(
    tools: Path, monkeypatch: pytest.MonkeyPatch, does: str
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(clipboard, "PATIENCE", 0.2)
    make_tool(tools, "xclip", does)
    app: App[None] = App()
    result = copied(app)
    assert result.way == "terminal"
    assert result.said.startswith("xclip did not take it. Sent to the terminal's clipboard")
    assert app.clipboard == TEXT


def test_what_a_tool_leaves_running_is_not_waited_for(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    left = tools / "left"
    make_tool(tools, "xclip", f'/bin/sleep 60 & echo $! > "{left}"')
    try:
        assert copied(App()).way == "system"
    finally:
        os.kill(int(left.read_text()), 9)


def test_the_next_tool_is_tried(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    make_tool(tools, "xclip", "exit 1")
    kept = make_tool(tools, "xsel")
    assert copied(App()).way == "system"
    assert kept.read_text("utf-8") == TEXT


def test_what_a_terminal_would_cut_is_not_sent(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app: App[None] = App()
    assert copied(app, "é" * (TERMINAL_LIMIT // 2)).way == "terminal"
    result = copied(App(), "é" * (TERMINAL_LIMIT // 2) + "x")
    assert not result.is_done
    assert "75 kB" in result.said
    assert "export it to a file" in result.said
    monkeypatch.setenv("DISPLAY", ":0")
    kept = make_tool(tools, "xclip")
    assert copied(App(), "é" * TERMINAL_LIMIT).is_done
    assert len(kept.read_bytes()) == 2 * TERMINAL_LIMIT


def test_screen_is_told_of(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STY", "1.host")
    assert copied(App()).said.endswith("if GNU screen and the terminal allow it.")


async def test_in_a_browser_its_clipboard_is_asked(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(App, "is_web", True)
    kept = make_tool(tools, "xclip")
    app: App[None] = App()
    result = await copy(app, TEXT)
    assert result == Copied("browser", "Sent to the browser's clipboard, if the browser allows it.")
    assert app.clipboard == TEXT
    assert not kept.exists()


def test_nothing_is_not_copied(tools: Path) -> None:
    assert copied(App(), "\x1b") == Copied("nowhere", "There is nothing to copy.")


def test_a_shell_that_it_is_pasted_into_is_given_lines_and_nothing_else(tools: Path) -> None:
    app: App[None] = App()
    copied(app, "one\r\ntwo\rthree\tfour\x1b[31m\x00\x9b\ud800five")
    assert app.clipboard == "one\ntwo\nthree\tfour[31m?five"


# -- real terminals

COPYING = """
from textual.app import App
from tui.clipboard import copy

class Copying(App):
    async def on_ready(self):
        self.notify((await copy(self, {text!r})).way)

Copying().run()
"""


def sent(written: str) -> list[str]:
    """The texts that a terminal was asked to put on its clipboard."""
    return [
        base64.b64decode(text).decode()
        for text in re.findall("\x1b]52;[^;]*;([^\x07\x1b]*)[\x07\x1b]", written)
    ]


def test_the_terminal_is_sent_the_text(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "there")
    code, written = left_after("terminal", COPYING.format(text=TEXT))
    assert code == 0
    assert sent(written) == [TEXT]


@pytest.fixture
def attached(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, Terminal]]:
    """The socket of a tmux of our own, and the terminal in which somebody is attached to it."""
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    # the path of a socket must be short
    with tempfile.TemporaryDirectory(prefix="pilcrow") as folder:
        socket = Path(folder) / "s"
        tmux(socket, "-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "exec cat")
        with Terminal(["tmux", "-S", str(socket), "attach"]) as terminal:
            try:
                deadline = monotonic() + 30
                while not tmux(socket, "list-clients"):
                    assert monotonic() < deadline, "nobody is attached"
                    sleep(0.05)
                monkeypatch.setenv("TMUX", f"{socket},1,0")
                monkeypatch.setenv("TMUX_PANE", tmux(socket, "display-message", "-p", "#{pane_id}").strip())
                yield socket, terminal
            finally:
                tmux(socket, "kill-server")


def tmux(socket: Path, *arguments: str) -> str:
    return subprocess.run(
        ["tmux", "-S", str(socket), *arguments], capture_output=True, text=True, check=True, timeout=30
    ).stdout


@pytest.mark.parametrize("setting", ["off", "external", "on"])
def test_tmux_keeps_the_text_and_hands_it_to_the_terminal(
    attached: tuple[Path, Terminal], setting: str
) -> None:
    socket, terminal = attached
    tmux(socket, "set-option", "-s", "set-clipboard", setting)
    assert copied(App()) == Copied(
        "tmux", "Copied to tmux and sent to the terminal's clipboard, if the terminal allows it."
    )
    assert tmux(socket, "show-buffer") == TEXT
    terminal.wait_until(lambda: base64.b64encode(TEXT.encode()) + b"\a" in terminal.written)
    assert sent(terminal.written.decode()) == [TEXT]


def test_in_tmux_a_long_text_is_kept(attached: tuple[Path, Terminal]) -> None:
    socket, _ = attached
    text = "x" * (TERMINAL_LIMIT + 1)
    assert copied(App(), text).said == "Copied to tmux; it is too long for the clipboard of many terminals."
    assert tmux(socket, "show-buffer") == text


def test_in_tmux_it_counts_where_the_user_is_attached_from(
    attached: tuple[Path, Terminal], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    socket, _ = attached
    kept = make_tool(tmp_path, "xclip")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    tmux(socket, "set-environment", "DISPLAY", ":0")
    # begun at the machine, now attached from afar
    tmux(socket, "set-environment", "SSH_CONNECTION", "there")
    assert copied(App()).way == "tmux"
    assert not kept.exists()
    # begun from afar, now attached at the machine
    monkeypatch.setenv("SSH_CONNECTION", "there")
    monkeypatch.setenv("SSH_TTY", "there")
    tmux(socket, "set-environment", "-r", "SSH_CONNECTION")
    assert copied(App()) == Copied("system", "Copied to the clipboard of this machine and to tmux.")
    assert kept.read_text("utf-8") == TEXT


def test_without_a_tmux_that_answers_the_terminal_is_used(
    tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMUX", "/nowhere,1,0")
    make_tool(tools, "tmux", "exit 1")
    assert copied(App()).way == "terminal"
