"""Copying, and saying where the copy went: to this machine, to tmux, to the terminal or to the browser.

The tools of the system are run here and not through pyperclip, which waits for them without a limit
(wl-copy can hang), takes their failures for success and lets them write over the window.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from textual.app import App

Way = Literal["system", "tmux", "terminal", "browser", "nowhere"]

PATIENCE = 1.0
"""How many seconds a tool may take; those that copy give control back at once."""

TERMINAL_LIMIT = 74_994
"""How many bytes every terminal that knows OSC 52 takes: Base64 of more exceeds 100,000 with its frame,
where hterm and those that follow it stop."""

_REMOTE = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")
# without a type wl-copy asks xdg-mime for one, which can hang
_WAYLAND = (("wl-copy", "--type", "text/plain"),)
_X11 = (("xclip", "-selection", "clipboard", "-in"), ("xsel", "--clipboard", "--input"))
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Copied:
    """Which way a copy went, and what the user is told of it: no more than can be known."""

    way: Way
    said: str

    @property
    def is_done(self) -> bool:
        """Whether it went anywhere."""
        return self.way != "nowhere"


async def copy(app: App[Any], text: str) -> Copied:
    """Copy a text without its controls, by the surest way there is; takes some seconds at most.

    The clipboard of this machine is used only where the user sits at it: in a session over SSH it is
    another one's. Nothing longer than `TERMINAL_LIMIT` is sent to a terminal.
    """
    text = _plain(text)
    if not text:
        return Copied("nowhere", "There is nothing to copy.")
    if app.is_web:
        App.copy_to_clipboard(app, text)
        return Copied("browser", "Sent to the browser's clipboard, if the browser allows it.")
    environ = await asyncio.to_thread(_environment)
    in_tmux = "TMUX" in environ and await _run(["tmux", "load-buffer", "-w", "-"], text, environ)
    failed: list[str] = []
    for tool in _tools(environ):
        if await _run(tool, text, environ):
            return Copied("system", f"Copied to the clipboard of this machine{' and to tmux' * in_tmux}.")
        failed.append(tool[0])
    return _through_tmux(text) if in_tmux else _through_terminal(app, text, failed, environ)


def _through_tmux(text: str) -> Copied:
    if _is_long(text):
        return Copied("tmux", "Copied to tmux; it is too long for the clipboard of many terminals.")
    return Copied("tmux", "Copied to tmux and sent to the terminal's clipboard, if the terminal allows it.")


def _through_terminal(app: App[Any], text: str, failed: Sequence[str], environ: Mapping[str, str]) -> Copied:
    why = f"{' and '.join(failed)} did not take it. " if failed else ""
    if _is_long(text):
        size = f"{len(text.encode()) / 1000:,.0f} kB, and many take {TERMINAL_LIMIT // 1000} kB"
        return Copied("nowhere", f"{why}Too long for the terminal's clipboard ({size}): export it to a file.")
    # the method of the base, so that an app may come here from its own
    App.copy_to_clipboard(app, text)
    allows = "GNU screen and the terminal allow" if "STY" in environ else "the terminal allows"
    return Copied("terminal", f"{why}Sent to the terminal's clipboard (OSC 52), if {allows} it.")


def _plain(text: str) -> str:
    """Lines and tabs and nothing else that a shell would obey when it is pasted; it can be encoded."""
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.encode("utf-8", "replace").decode()


def _is_long(text: str) -> bool:
    return len(text.encode()) > TERMINAL_LIMIT


def _tools(environ: Mapping[str, str]) -> list[Sequence[str]]:
    """The tools that reach the clipboard in front of the user, the surest first."""
    if any(environ.get(name) for name in _REMOTE):
        return []
    tools: list[Sequence[str]] = [("pbcopy",)] if sys.platform == "darwin" else []
    if environ.get("WAYLAND_DISPLAY"):
        tools += _WAYLAND
    if environ.get("DISPLAY"):
        tools += _X11
    return [tool for tool in tools if shutil.which(tool[0], path=environ.get("PATH"))]


def _environment() -> dict[str, str]:
    """The variables of this process; in tmux those of whoever is attached now, who may be elsewhere."""
    environ = dict(os.environ)
    if sys.platform == "darwin":
        environ["LC_CTYPE"] = "UTF-8"  # or pbcopy takes the text for Mac Roman
    if "TMUX" not in environ:
        return environ
    try:
        told = subprocess.run(
            ["tmux", "show-environment"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            errors="replace",
            timeout=PATIENCE,
            check=True,
        ).stdout.splitlines()
    except (OSError, subprocess.SubprocessError):
        return environ
    if any(line.lstrip("-").startswith("SSH_CONNECTION") for line in told):
        # of the three, the one that tmux keeps up to date
        environ = {name: value for name, value in environ.items() if name not in _REMOTE}
    for line in told:
        name, is_set, value = line.lstrip("-").partition("=")
        if name in (*_REMOTE, "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY"):
            environ.pop(name, None)
            if is_set:
                environ[name] = value
    return environ


async def _run(command: Sequence[str], text: str, environ: Mapping[str, str]) -> bool:
    return await asyncio.to_thread(_is_taken, command, text, environ)


def _is_taken(command: Sequence[str], text: str, environ: Mapping[str, str]) -> bool:
    """Whether a tool takes a text in time; what it leaves running to serve it outlives the window."""
    try:
        done = subprocess.run(
            command,
            input=text.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environ,
            timeout=PATIENCE,
            start_new_session=True,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
