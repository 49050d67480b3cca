"""What a thread tells while it works becomes the events of a response; work for nobody is stopped."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable

from anyio import CancelScope
from starlette.requests import ClientDisconnect, Request

from assistant.answer import Answer
from assistant.api.logs import tell_broken_off
from assistant.streaming import Emit, Event, Phase

_LOOK_AGAIN = 0.5  # seconds after which a client that left before the first event is noticed

Run = Callable[[Callable[[], Answer]], Awaitable[Answer]]
"""Runs work in a thread."""


class AnswerStream:
    """An answer in the making: its events, then the answer itself."""

    def __init__(
        self, run: Run, work: Callable[[Emit], Answer], answered: Callable[[Answer], None] = lambda _: None
    ) -> None:
        """`answered` is told of the answer when it is there, once."""
        self._run = run
        self._work = work
        self._answered = answered
        self._told: asyncio.Queue[Event | None] = asyncio.Queue()  # None when the work has ended
        self._first: Event | None = None
        self._gone = threading.Event()
        self._scope = CancelScope()
        self._task: asyncio.Task[Answer | None] | None = None

    async def begin(self, request: Request) -> None:
        """Start, and wait for the first event, so that what fails before it is an ordinary error.

        Raises what the work raises, and `ClientDisconnect` when the client leaves.
        """
        loop = asyncio.get_running_loop()

        def emit(event: Event) -> None:
            if self._gone.is_set():
                raise _NobodyListens
            if not isinstance(event, Phase):
                loop.call_soon_threadsafe(self._told.put_nowait, event)

        self._task = asyncio.create_task(self._do(emit))
        self._task.add_done_callback(self._ended)
        while True:
            try:
                self._first = await asyncio.wait_for(self._told.get(), _LOOK_AGAIN)
                break
            except TimeoutError:
                if await request.is_disconnected():
                    raise ClientDisconnect from None
        if self._first is None:
            await self._task

    async def events(self) -> AsyncIterator[Event]:
        """All events from the first on."""
        event = self._first
        while event is not None:
            yield event
            event = await self._told.get()

    async def answer(self) -> Answer:
        """The answer, once the events have ended; raises what the work raised."""
        assert self._task is not None
        answer = await self._task
        if answer is None:
            raise ClientDisconnect
        return answer

    def stop(self) -> None:
        """Stop the work wherever it is; nothing is kept of it. Without effect once it is done."""
        self._gone.set()
        self._scope.cancel()

    def _ended(self, task: asyncio.Task[Answer | None]) -> None:
        self._told.put_nowait(None)
        # asked for in any case: of an error that nobody asks for the loop's own log repeats the words
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Exception) and self._gone.is_set():
            tell_broken_off(error, in_full=False)

    async def _do(self, emit: Emit) -> Answer | None:
        with self._scope:
            try:
                answer = await self._run(lambda: self._work(emit))
                self._answered(answer)
                return answer
            except _NobodyListens:
                pass
        return None


class _NobodyListens(Exception):
    """Raised in the thread whose client is gone."""
