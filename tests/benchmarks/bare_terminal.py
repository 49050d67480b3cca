"""A terminal that draws nothing, so that reading it costs nothing: keys go in, bytes come back."""

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


class BareTerminal:
    """Runs Python in a pseudo-terminal of a given size, until it is left."""

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

    def __enter__(self) -> BareTerminal:
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
