"""How a server ends: no longer ready, its connections closed one by one, and a last call for long work."""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Closing:
    """Whether a server is ending, and who is to be told when its time is nearly up."""

    def __init__(self) -> None:
        self.begun = False
        self._at_last_call: list[Callable[[], None]] = []

    def begin(self) -> None:
        """From now on every response is the last one of its connection."""
        self.begun = True

    def at_last_call(self, callback: Callable[[], None]) -> None:
        """Have something done when what is still in work must come to an answer."""
        self._at_last_call.append(callback)

    def last_call(self) -> None:
        """Say that the time is nearly up."""
        for callback in self._at_last_call:
            callback()


class LastResponses:
    """Tells clients of a server that is ending not to send more on the same connection."""

    def __init__(self, app: ASGIApp, closing: Closing) -> None:
        self._app = app
        self._closing = closing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start" and self._closing.begun:
                MutableHeaders(scope=message)["Connection"] = "close"
            await send(message)

        await self._app(scope, receive, marked)
