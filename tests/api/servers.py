"""A real server in a thread of the test, for what only connections show."""

from __future__ import annotations

import socket
import threading
import time
from types import TracebackType
from typing import Any

import uvicorn

from assistant.api.app import create_app
from assistant.service import Assistant
from assistant.settings import load_settings

_PATIENCE = 30.0  # seconds


class Served:
    """Serves an assistant on a free port of this machine while the `with` block lasts."""

    def __init__(self, assistant: Assistant, **settings: Any) -> None:
        app = create_app(lambda: assistant, load_settings(**settings))
        self._server = uvicorn.Server(uvicorn.Config(app, lifespan="on", ws="none", log_level="warning"))
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True
        )
        # its end closes the assistant, which belongs to the test
        self._close, self._assistant = assistant.close, assistant

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def connected(self) -> socket.socket:
        """A connection to it."""
        connection = socket.create_connection(self._socket.getsockname(), timeout=_PATIENCE)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def wait_until_idle(self) -> None:
        """Wait until no connection is open and no response is in work."""
        state = self._server.server_state
        self._wait(lambda: not state.connections and not state.tasks)

    def _wait(self, reached: Any) -> None:
        end = time.monotonic() + _PATIENCE
        while not reached():
            assert time.monotonic() < end
            time.sleep(0.005)

    def __enter__(self) -> Served:
        self._assistant.close = lambda: None  # type: ignore[method-assign]
        self._thread.start()
        self._wait(lambda: self._server.started)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join(_PATIENCE)
        self._socket.close()
        self._assistant.close = self._close  # type: ignore[method-assign]
        assert not self._thread.is_alive()
