"""Loading the model while the server already listens."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from assistant.errors import PilcrowError

_RETRY_AFTER = 30.0  # seconds; a server that gets no questions while unready must recover by itself
_WAIT_FOR_END = 60.0  # seconds a closing server waits; a process that ends while torch is imported aborts
_log = logging.getLogger(__name__)

Work = Callable[[Callable[[str, int, int], None]], None]
"""Warms up, reporting its progress to what it is given."""


class WarmUp:
    """Warms up in a thread of its own, again and again until that succeeds."""

    def __init__(self, work: Work, retry_after: float = _RETRY_AFTER) -> None:
        self.failure: str | None = None
        """Why the last attempt failed; None before the first has ended and after one succeeded."""
        self._work = work
        self._retry_after = retry_after
        self._stopping = threading.Event()
        self._sooner = threading.Event()
        self._logged: str | None = None
        self._beginning = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="warm-up", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def again(self) -> None:
        """Try once more now, whether an attempt failed or something was lost since; who asks says what."""
        with self._beginning:
            self._sooner.set()
            if not self._thread.is_alive() and not self._stopping.is_set():
                self._thread = threading.Thread(target=self._try, name="warm-up again", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Make no further attempt, give up building an index, and wait for the thread to end."""
        self._stopping.set()
        self._sooner.set()
        if self._thread.is_alive():
            _log.warning("Closing as soon as the model is loaded.")
        self._thread.join(_WAIT_FOR_END)

    def _try(self) -> None:
        try:
            self._work(self._go_on)
        except _Stopped:
            return
        except Exception as error:
            self._log_once("Warming up again failed: %s", type(error).__name__)
        else:
            self._logged = None

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._work(self._go_on)
            except _Stopped:
                return
            except PilcrowError as error:
                self.failure = str(error)
                self._log_once("The warm-up failed: %s", self.failure)
            except Exception:
                self.failure = "The warm-up failed; the server's log says how."
                _log.exception("The warm-up failed.")
            else:
                self.failure = self._logged = None
                return
            self._sooner.clear()
            if not self._stopping.is_set():
                self._sooner.wait(self._retry_after)

    def _log_once(self, text: str, failure: str) -> None:
        """A failure that goes on is one line, however often somebody asks whether it does."""
        if failure != self._logged:
            _log.error(text, failure)
            self._logged = failure

    def _go_on(self, _phase: str, _done: int, _total: int) -> None:
        """Progress is where work of minutes can be left."""
        if self._stopping.is_set():
            raise _Stopped


class _Stopped(Exception):
    """The server is closing."""
