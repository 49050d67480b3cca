"""A terminal that a program runs in: what a person types, and every byte that the program writes."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
from contextlib import suppress
from time import monotonic
from types import TracebackType


class Terminal:
    """Runs a Python module or script in a pseudo-terminal of a given size, until it is left."""

    def __init__(self, *arguments: str, columns: int = 100, rows: int = 30, **variables: str) -> None:
        self._ours, inside = pty.openpty()
        self.written = bytearray()
        """All that the program has written so far."""
        self.resize(columns, rows)
        self._process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=inside,
            stdout=inside,
            stderr=inside,
            env={**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **variables},
            start_new_session=True,
        )
        os.close(inside)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._ours)

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size, as a window manager does."""
        fcntl.ioctl(self._ours, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, text: str) -> None:
        """Send what a keyboard would."""
        with suppress(OSError):  # a program that is gone is not there to press a key in
            os.write(self._ours, text.encode())

    def paste(self, text: str) -> None:
        """Send what a terminal sends of a paste."""
        waiting = f"\x1b[200~{text}\x1b[201~".encode()
        while waiting:
            ready, writable, _ = select.select([self._ours], [self._ours], [], 30)
            assert ready or writable, "the program takes nothing more"
            if ready:
                self.read(0)
            elif writable:
                waiting = waiting[os.write(self._ours, waiting[:1024]) :]

    def read(self, seconds: float) -> bytes | None:
        """What is written next, empty where nothing is in time; None where the program is gone."""
        ready, _, _ = select.select([self._ours], [], [], seconds)
        if not ready:
            return b""
        try:
            piece = os.read(self._ours, 65536)
        except OSError:  # how Linux says that the other end is closed
            return None
        self.written += piece
        return piece or None

    def read_until(self, text: str, seconds: float = 60.0) -> bytes:
        """Read until a text is written from here on; what was written meanwhile."""
        began, deadline, wanted = len(self.written), monotonic() + seconds, text.encode()
        while self.written.find(wanted, began) < 0:
            piece = self.read(max(0.0, deadline - monotonic()))
            assert piece, f"{text!r} was not written: {self.written[-1000:]!r}"
        return bytes(self.written[began:])

    def read_to_the_end(self, seconds: float = 30.0) -> int:
        """Read until the program is gone; its exit code."""
        deadline = monotonic() + seconds
        while (piece := self.read(max(0.0, deadline - monotonic()))) is not None:
            assert piece, f"it did not end: {self.written[-1000:]!r}"
        return self._process.wait(seconds)


def read_until(terminal: int, text: str | None, seconds: float) -> str:
    """What is written to a terminal, until it has a text or, without one, until its program is gone."""
    deadline, written = monotonic() + seconds, b""
    while text is None or text.encode() not in written:
        ready, _, _ = select.select([terminal], [], [], max(0.0, deadline - monotonic()))
        assert ready, f"waited {seconds} s in vain; written so far: {written[-500:]!r}"
        try:
            chunk = os.read(terminal, 65536)
        except OSError:  # how Linux says that the other end is closed
            chunk = b""
        if not chunk:
            assert text is None, f"it ended without {text!r}: {written[-500:]!r}"
            break
        written += chunk
    return written.decode(errors="replace")
