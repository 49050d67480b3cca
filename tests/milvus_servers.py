"""Milvus Lite as a server on a port, and what can go wrong between a client and it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from corpus.errors import EngineUnreachable
from index.milvus.server import Milvus, Patience

BRIEF = Patience(glance=1.0, connect=1.0, read=2.0, write=3.0)
"""How long tests wait for a server that does not answer."""

_HASTY = Patience(glance=0.3, connect=0.3, read=0.3, write=0.3)
_CHUNK = 65_536


def eventually(ask: Callable[[], object]) -> object:
    """What is answered as soon as the client has found the server again."""
    end = time.monotonic() + 20
    while True:
        try:
            return ask()
        except EngineUnreachable:
            assert time.monotonic() < end
            time.sleep(0.05)


@contextmanager
def hasty(server: Milvus) -> Iterator[None]:
    """Wait for a server only for a moment, while it is known not to answer."""
    patience, server._patience = server._patience, _HASTY
    try:
        yield
    finally:
        server._patience = patience


class LiteServer:
    """A server over a folder, that can be stopped and started again on the same port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = 0
        self._server: Any = None
        self._database: Any = None

    def start(self) -> None:
        """Begin, on the port of before."""
        from milvus_lite.adapter.grpc.server import start_server_in_thread

        self._server, self._database, self.port = start_server_in_thread(str(self.folder), port=self.port)

    def stop(self) -> None:
        """End; what is in the folder stays."""
        if self._server is not None:
            self._server.stop(grace=0).wait()
            self._database.close()
            self._server = None

    def release(self, collection: str) -> None:
        """Put a collection away, as a server does that has no memory left for it."""
        self._database.get_collection(collection).release()


class Proxy:
    """Passes bytes on between clients and a server, until it is told to do otherwise."""

    def __init__(self, port: int) -> None:
        self._server_port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._shut = threading.Event()
        self._moving = threading.Event()
        self._moving.set()
        self._left: int | None = None
        self._once = False
        self._late = 0.0
        self.passed = 0
        """How many bytes of the server's were passed on."""
        self.taken = 0
        """How many connections were taken."""
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def uri(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Break what is open, and take nothing new."""
        self._shut.set()
        self._break()

    def stall(self) -> None:
        """Take everything and pass nothing on."""
        self._moving.clear()

    def delay(self, seconds: float) -> None:
        """Pass each piece on only after so long."""
        self._late = seconds

    def truncate(self, count: int, *, once: bool = False) -> None:
        """Pass so many more bytes of the server's on, and then break; `once` for the open connection only."""
        self._left, self._once = count, once

    def heal(self) -> None:
        """Pass everything on again, for those who connect anew."""
        self._break()
        self._left = None
        self._late = 0.0
        self._shut.clear()
        self._moving.set()

    def close(self) -> None:
        self._shut.set()
        self._moving.set()
        self._listener.close()
        self._break()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self.taken += 1
                if self._shut.is_set():
                    client.close()
                    continue
                try:
                    server = socket.create_connection(("127.0.0.1", self._server_port))
                except OSError:  # it is stopped
                    client.close()
                    continue
                with self._lock:
                    self._open += [client, server]
                for source, target in ((client, server), (server, client)):
                    threading.Thread(target=self._pass, args=(source, target), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        from_server = source.getpeername()[1] == self._server_port
        with suppress(OSError):
            while data := source.recv(_CHUNK):
                self._moving.wait()
                time.sleep(self._late)
                if from_server and not self._pass_answer(data, target):
                    break
                if not from_server:
                    target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _pass_answer(self, data: bytes, target: socket.socket) -> bool:
        """Pass on what may still be passed of the server's; whether more may."""
        left = self._left
        if left is not None:
            data = data[:left]
            self._left = left - len(data)
        target.sendall(data)
        self.passed += len(data)
        if self._left == 0:
            self._left = None if self._once else 0
            return False
        return True

    def _break(self) -> None:
        with self._lock:
            broken, self._open = self._open, []
        for end in broken:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextmanager
def served(folder: Path) -> Iterator[LiteServer]:
    """A server, for as long as it is needed."""
    server = LiteServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def proxied(folder: Path) -> Iterator[tuple[LiteServer, Proxy]]:
    """A server and what stands before it."""
    with served(folder) as server, closing(Proxy(server.port)) as proxy:
        yield server, proxy
