"""The chat as a process in a terminal: its keys are pressed and its screen is read as a person would."""

from __future__ import annotations

import fcntl
import os
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from time import monotonic
from types import TracebackType

import pyte

CHAT = (sys.executable, "-c", "from assistant.cli import main; main()", "chat")
"""The command `pilcrow chat`."""

_KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "f1": "\x1bOP",
    **{f"ctrl+{letter}": chr(ord(letter) - ord("a") + 1) for letter in "abcdefghijklmnopqrstuvwxyz"},
}
_KEYBOARD_GIVEN_BACK = b"\x1b[<u"  # pyte would print a part of it
_PRIVATE = 5  # bits by which pyte shifts the number of a private mode
_ALTERNATE_SCREEN, _PASTE, _CURSOR, _MOUSE = 1049, 2004, 25, (1000, 1003, 1006, 1015)
# A leader of a session that opens a terminal gets it for its own, and hears when it is gone.
_IN_ITS_TERMINAL = ("/bin/sh", "-c", 'exec "$@" <>"$0" >&0 2>&1')


class Terminal:
    """A process in a terminal of its own, which a test reads, types in, resizes and takes away."""

    def __init__(
        self,
        command: Sequence[str] = CHAT,
        columns: int = 80,
        rows: int = 24,
        environment: Mapping[str, str | None] | None = None,
    ) -> None:
        """Start a command; what the environment gives as None is not set."""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.written = b""
        """All that the process has written."""
        # the other end is held open too, so that what is written last can still be read
        self._end, self._inside = os.openpty()
        self._is_open = True
        self.resize(columns, rows)
        given = {
            **os.environ,
            "TERM": "xterm-256color",
            "COLUMNS": None,
            "LINES": None,
            **(environment or {}),
        }
        self.process = subprocess.Popen(
            [*_IN_ITS_TERMINAL, os.ttyname(self._inside), *command],
            env={name: value for name, value in given.items() if value is not None},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        """The process."""

    # -- reading

    @property
    def text(self) -> str:
        """The rows of the screen."""
        return "\n".join(row.rstrip() for row in self._screen.display)

    def wait_for(self, text: str, seconds: float = 60.0) -> None:
        """Read until the screen shows a text."""
        self.wait_until(lambda: text in self.text, seconds)

    def wait_until(self, predicate: Callable[[], object], seconds: float = 60.0) -> None:
        """Read until something is so."""
        deadline = monotonic() + seconds
        while not predicate():
            assert monotonic() < deadline, f"it did not become so; the screen shows:\n{self.text}"
            if not self._read_for(0.1) and self.process.poll() is not None:
                assert predicate(), f"the process has ended; the screen shows:\n{self.text}"

    def wait(self, seconds: float = 30.0) -> int:
        """Read until the process ends; its exit code, that of a signal negative."""
        deadline = monotonic() + seconds
        while self.process.poll() is None:
            assert monotonic() < deadline, f"it has not ended; the screen shows:\n{self.text}"
            self._read_for(0.02)
        while self._read_for(0.02):
            pass
        return self.process.returncode

    @property
    def is_given_back(self) -> bool:
        """Whether the terminal is as a shell needs it: its modes are what they were before the chat."""
        on = {mode for mode in (_ALTERNATE_SCREEN, _PASTE, *_MOUSE) if self._has(mode)}
        return not on and self._has(_CURSOR) and self._echoes()

    def _has(self, mode: int) -> bool:
        return mode << _PRIVATE in self._screen.mode

    def _echoes(self) -> bool:
        return bool(termios.tcgetattr(self._end)[3] & termios.ECHO)

    def _read_for(self, seconds: float) -> bool:
        """Take in what is written; whether there was anything."""
        if not self._is_open or not select.select([self._end], [], [], seconds)[0]:
            return False
        chunk = os.read(self._end, 65536)
        self.written += chunk
        self._stream.feed(chunk.replace(_KEYBOARD_GIVEN_BACK, b""))
        return True

    # -- acting

    def enter(self, text: str) -> None:
        """Type a text as it is."""
        os.write(self._end, text.encode())

    def press(self, *names: str) -> None:
        """Press keys."""
        for name in names:
            self.enter(_KEYS[name])

    def paste(self, text: str) -> None:
        """Paste a text as terminals do that were asked to mark it."""
        self.enter(f"\x1b[200~{text}\x1b[201~")

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size; the process is told."""
        fcntl.ioctl(self._end, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._screen.resize(rows, columns)

    def signal(self, number: signal.Signals) -> None:
        """Send the process a signal."""
        self.process.send_signal(number)

    def take_away(self) -> None:
        """Close the window while the process runs."""
        self._is_open = False
        os.close(self._end)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self._inside)
        if self._is_open:
            self.take_away()


def left_after(text: str, script: str) -> tuple[int, str]:
    """Run a window, press Ctrl+Q when it has written a text; its exit code and what it wrote."""
    with Terminal([sys.executable, "-c", script]) as terminal:
        terminal.wait_until(lambda: text.encode() in terminal.written)
        terminal.press("ctrl+q")
        code = terminal.wait()
        return code, terminal.written.decode(errors="replace")
