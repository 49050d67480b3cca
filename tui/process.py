"""The chat as a process: what it needs to start, and how it ends."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Thread, Timer
from types import FrameType
from typing import Any, NoReturn

from textual.app import App

from assistant.errors import UsageError

SECONDS_TO_LEAVE = 3.0
"""How long the window may take to give the terminal back once a signal says so; it may be gone itself."""

_ASK_INSTEAD = "Without one, ask with: pilcrow ask QUESTION"


def check_terminal() -> None:
    """Raise `UsageError` where no window can be painted or nobody can type into it."""
    if os.environ.get("TEXTUAL_DRIVER"):  # what is painted goes elsewhere, as to a browser
        return
    # Textual reads the first, asks the second for its size and paints on the third.
    streams = {"input": sys.__stdin__, "output": sys.__stdout__, "error output": sys.__stderr__}
    for name, stream in streams.items():
        if stream is None or not stream.isatty():
            raise UsageError(f"The chat needs a terminal, and its {name} is none.", _ASK_INSTEAD)
    if os.environ.get("TERM") == "dumb":
        raise UsageError("The chat needs a terminal that can be painted on, and TERM is dumb.", _ASK_INSTEAD)


def run_app(app: App[Any]) -> None:
    """Run an app until it ends, a signal ends it or its terminal is gone.

    Its return code after a signal is the shells' 128 and more, and that of SIGHUP without a terminal.
    """

    async def run() -> None:
        loop = asyncio.get_running_loop()

        def end(code: int) -> None:
            deadline = Timer(SECONDS_TO_LEAVE, os._exit, [code])
            deadline.daemon = True
            deadline.start()
            loop.call_soon_threadsafe(app.exit, None, code)

        _on_signals(end)
        if not os.environ.get("TEXTUAL_DRIVER"):
            Thread(target=_on_hang_up, args=(end,), daemon=True).start()
        await app.run_async()

    asyncio.run(run())


def _on_signals(end: Callable[[int], None]) -> None:
    def handle(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_IGN)  # a terminal that goes says so twice
        end(128 + number)

    for name in ("SIGHUP", "SIGINT", "SIGTERM"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handle)


def _on_hang_up(end: Callable[[int], None]) -> None:
    """Wait for the terminal to go: with the signal ignored, as under nohup, Textual would read on and on."""
    if sys.__stdin__ is None or not hasattr(select, "poll"):  # Windows has none
        return
    poller = select.poll()
    poller.register(sys.__stdin__, 0)  # a hang-up is reported unasked
    if any(seen & select.POLLHUP for _, seen in poller.poll()):
        end(128 + signal.SIGHUP)


def leave(code: int) -> NoReturn:
    """End at once: a model's threads hold an orderly exit up by seconds, or end it with an abort.

    The data folder survives that as it survives any process that dies.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # the terminal may be gone
            stream.flush()
    os._exit(code)
