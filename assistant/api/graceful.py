"""A server that ends when it is told to: open requests are answered first, for some seconds."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from types import FrameType

import uvicorn

from assistant.api.closing import Closing
from assistant.api.protocol import ProblemProtocol

SECONDS_TO_FINISH = 10
"""What open requests get when the server is told to end."""

_FOR_LAST_ANSWERS = 1.0  # of these seconds, for telling that there is no time left
_TO_ARRIVE = 0.3  # seconds for requests on their way over connections that are open


class GracefulServer(uvicorn.Server):
    """uvicorn's server, ended by SIGINT or SIGTERM with exit status 0, and by a second one at once."""

    def __init__(self, config: uvicorn.Config, closing: Closing) -> None:
        super().__init__(config)
        self._closing = closing

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end, or end at once: what is stored survives that, as it survives a power cut."""
        if self.should_exit:
            os._exit(128 + sig)
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more connections, answer what came over those that are open, and close them."""
        self._closing.begin()
        loop = asyncio.get_running_loop()
        await self._stop_listening(loop, sockets or [])
        await asyncio.sleep(_TO_ARRIVE)
        loop.call_later(SECONDS_TO_FINISH - _FOR_LAST_ANSWERS, self._closing.last_call)
        await super().shutdown(sockets)

    async def _stop_listening(self, loop: asyncio.AbstractEventLoop, sockets: list[socket.socket]) -> None:
        """Close the listeners without losing who has connected by then.

        A listener that is closed resets the connections that the system has made and the loop has not yet
        taken; under load the loop is some milliseconds behind.
        """
        with suppress(NotImplementedError):  # the loop of Windows has no readers
            for listener in sockets:
                loop.remove_reader(listener)
        await asyncio.sleep(0)  # those that it has taken get their transports, which a closed server refuses
        waiting = [connection for listener in sockets for connection in _accepted(listener)]
        for server in self.servers:
            server.close()
        for connection in waiting:
            await loop.connect_accepted_socket(self._protocol, connection)

    def _protocol(self) -> ProblemProtocol:
        return ProblemProtocol(self.config, self.server_state, self.lifespan.state)


def _accepted(listener: socket.socket) -> Iterator[socket.socket]:
    """The connections that wait to be accepted."""
    with suppress(OSError):  # there are no more, or the client has left
        while True:
            connection, _ = listener.accept()
            connection.setblocking(False)
            yield connection
