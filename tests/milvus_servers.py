"""Milvus Lite as a server on a port, and what can go wrong between a client and it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

_CHUNK = 65_536


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

    def truncate(self, count: int) -> None:
        """Pass so many more bytes of the server's on, and then break."""
        self._left = count

    def heal(self) -> None:
        """Pass everything on again, for those who connect anew."""
        self._break()
        self._left = None
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
                if from_server and self._left is not None:
                    data, self._left = data[: self._left], max(0, self._left - len(data))
                    target.sendall(data)
                    if not self._left:
                        break
                else:
                    target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _break(self) -> None:
        with self._lock:
            broken, self._open = self._open, []
        for end in broken:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextmanager
def proxied(folder: Path) -> Iterator[tuple[LiteServer, Proxy]]:
    """A server and what stands before it."""
    server = LiteServer(folder)
    server.start()
    proxy = Proxy(server.port)
    try:
        yield server, proxy
    finally:
        proxy.close()
        server.stop()
