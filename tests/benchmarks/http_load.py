"""Many clients at once over real HTTP, with little work of their own: the server is what is measured."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_PATIENCE = 120.0  # seconds for one response


@dataclass
class Load:
    """What came of some requests: milliseconds each, and how many were no success."""

    clients: int
    seconds: float = 0.0
    milliseconds: list[float] = field(default_factory=list)
    errors: int = 0

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.milliseconds) / self.seconds if self.seconds else 0.0


@dataclass(frozen=True)
class Asked:
    """One request: a method with a path, and the JSON or text that is sent."""

    method: str
    path: str
    body: bytes = b""

    @classmethod
    def post(cls, path: str, content: object) -> Asked:
        """JSON that is posted."""
        return cls("POST", path, json.dumps(content).encode())


class Client:
    """One connection that is kept alive, as a client library keeps it."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, asked: Asked) -> tuple[int, bytes]:
        """Status and body of the response; raises `OSError` or `EOFError` where there is none."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams
        kind = "application/json" if asked.method == "POST" else "application/octet-stream"
        head = f"{asked.method} {asked.path} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\n"
        head += f"Content-Type: {kind}\r\nContent-Length: {len(asked.body)}\r\n\r\n"
        writer.write(head.encode() + asked.body)
        await writer.drain()
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection") == "close":
            self.close()
        return int(lines[0].split()[1]), body

    def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


def load(url: str, asked: Sequence[Asked], clients: int) -> Load:
    """Send all requests once, so many at a time, each client its next one as soon as it has its answer."""
    return asyncio.run(_load(url, iter(asked), clients))


async def _load(url: str, asked: Iterator[Asked], clients: int) -> Load:
    done = Load(clients)

    async def one() -> None:
        client = Client(url)
        for each in asked:
            began = time.perf_counter()
            try:
                status, _ = await asyncio.wait_for(client.send(each), _PATIENCE)
            except (OSError, EOFError, TimeoutError):
                status = 0
                client.close()
            done.milliseconds.append(1000 * (time.perf_counter() - began))
            done.errors += not 200 <= status < 300
        client.close()

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(clients)))
    done.seconds = time.perf_counter() - began
    return done


def fetch(url: str, asked: Asked) -> tuple[int, bytes]:
    """One request by itself; raises `OSError` or `EOFError` where there is no response."""

    async def alone() -> tuple[int, bytes]:
        client = Client(url)
        try:
            return await asyncio.wait_for(client.send(asked), _PATIENCE)
        finally:
            client.close()

    return asyncio.run(alone())
