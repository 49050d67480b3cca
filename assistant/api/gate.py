"""The gate before the work of questions: so many are in work, so many wait, and the rest are sent away.

Waiting costs no thread. Whoever comes first is let in first, but questions of one conversation go in one
at a time, and those of others pass them by.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.requests import ClientDisconnect, Request

from assistant.api.problems import ApiError
from assistant.errors import ConversationBusy

PATIENCE = 30.0
"""Seconds that a question waits; most clients give up by then."""

IN_CONVERSATION = 16
"""Questions that wait for one conversation; people ask one at a time."""

Gone = Callable[[], Awaitable[None]]
"""Returns when the client has hung up, and not before."""

_Result = TypeVar("_Result")


@dataclass(eq=False)
class _Ticket:
    """One question that waits."""

    conversation: str | None
    admitted: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Gate:
    """Lets so many questions work at once and so many wait; belongs to one event loop.

    `in_work` and `waiting` are how many do so now, `turned_away` counts by reason those who were.
    """

    def __init__(
        self,
        most_in_work: int,
        most_waiting: int,
        *,
        patience: float = PATIENCE,
        in_conversation: int = IN_CONVERSATION,
    ) -> None:
        self._most_in_work = most_in_work
        self._most_waiting = most_waiting
        self._patience = patience
        self._in_conversation = in_conversation
        self._threads = CapacityLimiter(most_in_work)
        self._queue: list[_Ticket] = []
        self._conversations: set[str] = set()
        self._inside: set[asyncio.Task[Any]] = set()
        self._recalled: set[asyncio.Task[Any]] = set()
        self.in_work = 0
        self.turned_away: Counter[str] = Counter()

    @property
    def waiting(self) -> int:
        """How many questions wait now."""
        return len(self._queue)

    async def run(
        self, work: Callable[[], _Result], conversation: str | None = None, gone: Gone | None = None
    ) -> _Result:
        """What `work` returns, done in a thread once there is a place; raises what `place` does."""
        async with self.place(conversation, gone) as place:
            return await place.run(work)

    def last_call(self) -> None:
        """End all that wait and all in work with `shutting_down`; their threads go on for nobody."""
        self._recalled = set(self._inside)
        for task in self._recalled:
            task.cancel()

    @asynccontextmanager
    async def place(
        self, conversation: str | None = None, gone: Gone | None = None
    ) -> AsyncGenerator[Place, None]:
        """A place among those in work, which is free again at the end of the block.

        Raises `ApiError` (`server_busy`, `conversation_full`, `shutting_down`), `ConversationBusy` and
        `ClientDisconnect`.
        """
        with self._recallable():
            if not self._is_free_for(conversation):
                await self._wait(_Ticket(conversation), gone)
            else:
                self._enter(conversation)
            try:
                yield Place(self._threads)
            finally:
                self._leave(conversation)

    @contextmanager
    def _recallable(self) -> Iterator[None]:
        """Lets `last_call` end what is done in the block."""
        task = asyncio.current_task()
        assert task is not None
        self._inside.add(task)
        try:
            yield
        except asyncio.CancelledError:
            if task not in self._recalled:
                raise
            task.uncancel()
            raise self._turned_away("shutting_down", "The server is ending.") from None
        finally:
            self._inside.discard(task)

    def _is_free_for(self, conversation: str | None) -> bool:
        return self.in_work < self._most_in_work and conversation not in self._conversations

    def _enter(self, conversation: str | None) -> None:
        self.in_work += 1
        if conversation is not None:
            self._conversations.add(conversation)

    def _leave(self, conversation: str | None) -> None:
        self.in_work -= 1
        if conversation is not None:
            self._conversations.discard(conversation)
        self._let_in()

    def _let_in(self) -> None:
        """Let in all that can go in, the first of them first."""
        for ticket in tuple(self._queue):
            if self.in_work >= self._most_in_work:
                return
            if self._is_free_for(ticket.conversation):
                self._queue.remove(ticket)
                self._enter(ticket.conversation)
                ticket.admitted.set_result(None)

    async def _wait(self, ticket: _Ticket, gone: Gone | None) -> None:
        """Return with a place, or raise without one."""
        self._require_room(ticket.conversation)
        self._queue.append(ticket)
        watch = asyncio.ensure_future(_never() if gone is None else gone())
        try:
            await asyncio.wait(
                {ticket.admitted, watch}, timeout=self._patience, return_when=asyncio.FIRST_COMPLETED
            )
            if not ticket.admitted.done():
                raise self._given_up(ticket, has_gone=watch.done())
        except BaseException:  # whoever is cancelled gives the place back too
            if ticket.admitted.done():
                self._leave(ticket.conversation)
            else:
                self._queue.remove(ticket)
            raise
        finally:
            watch.cancel()

    def _require_room(self, conversation: str | None) -> None:
        if conversation is not None:
            before = sum(ticket.conversation == conversation for ticket in self._queue)
            if before >= self._in_conversation:
                raise self._turned_away(
                    "conversation_full",
                    f"{before} questions of the conversation are waiting already.",
                    "Ask the next one when they are answered.",
                )
        if len(self._queue) >= self._most_waiting:
            raise self._turned_away("server_busy", "More questions are waiting than the server takes.")

    def _given_up(self, ticket: _Ticket, *, has_gone: bool) -> Exception:
        if has_gone:
            self.turned_away["client_gone"] += 1
            return ClientDisconnect()
        if ticket.conversation in self._conversations:
            self.turned_away[ConversationBusy.code] += 1
            return ConversationBusy(
                "Another question of the conversation is still being answered.", "Try again when it is."
            )
        return self._turned_away("server_busy", f"The question waited for {self._patience:.0f} seconds.")

    def _turned_away(self, code: str, detail: str, mend: str = "Try again a little later.") -> ApiError:
        self.turned_away[code] += 1
        return ApiError(code, detail, mend)


class Place:
    """A place at the gate, which entitles to one thread at a time."""

    def __init__(self, threads: CapacityLimiter) -> None:
        self._threads = threads

    async def run(self, work: Callable[[], _Result]) -> _Result:
        """What `work` returns, done in a thread."""
        return await to_thread.run_sync(work, limiter=self._threads)


class RequestGate:
    """The gate for one request, whose client leaves the queue by hanging up."""

    def __init__(self, gate: Gate, request: Request) -> None:
        self._gate = gate
        self._request = request

    async def run(self, work: Callable[[], _Result], conversation: str | None = None) -> _Result:
        """What `work` returns, done in a thread once there is a place; raises what `Gate.place` does."""
        return await self._gate.run(work, conversation, self._hung_up)

    @asynccontextmanager
    async def place(self, conversation: str | None = None) -> AsyncGenerator[Place, None]:
        """A place for work of several steps, such as a stream; raises what `Gate.place` does."""
        async with self._gate.place(conversation, self._hung_up) as place:
            yield place

    async def _hung_up(self) -> None:
        """Return when the client has; its body has been read by the time a question is known."""
        while (await self._request.receive())["type"] != "http.disconnect":
            pass


async def _never() -> None:
    await asyncio.Event().wait()
