"""A server that ends when it is told to: open requests are answered first, for some seconds."""

from __future__ import annotations

import asyncio
import os
import socket
from types import FrameType

import uvicorn

from assistant.api.closing import Closing

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
        for server in self.servers:
            server.close()
        await asyncio.sleep(_TO_ARRIVE)
        asyncio.get_running_loop().call_later(SECONDS_TO_FINISH - _FOR_LAST_ANSWERS, self._closing.last_call)
        await super().shutdown(sockets)
