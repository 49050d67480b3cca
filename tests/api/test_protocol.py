"""What is answered to bytes that are no request of HTTP/1.1, by a real server."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from http.client import HTTPMessage, parse_headers
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

from assistant.api.problems import Problem
from tests.api.server_processes import RunningServer, running_server

HEAD = b"POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with running_server(tmp_path_factory.mktemp("protocol") / "home") as started:
        yield started
        assert started.stop() == 0
        assert "Traceback" not in "".join(started.stderr)


@dataclass(frozen=True)
class Answered:
    """One response as it came."""

    status: int
    headers: HTTPMessage
    body: bytes

    def json(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.body)
        return document


class Connection:
    """A connection over which any bytes can be sent."""

    def __init__(self, server: RunningServer) -> None:
        address = urlsplit(server.url)
        self._socket = socket.create_connection((address.hostname, address.port), timeout=60)
        self._file = self._socket.makefile("rb")

    def send(self, data: bytes) -> None:
        self._socket.sendall(data)

    def answered(self) -> Answered:
        """The next response."""
        _, status, _ = self._file.readline().decode().split(" ", 2)
        headers = parse_headers(self._file)
        return Answered(int(status), headers, self._file.read(int(headers["Content-Length"])))

    def is_closed(self) -> bool:
        """Whether the server sends no more."""
        return self._file.read(1) == b""

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._socket.close()


def sent(server: RunningServer, data: bytes) -> Answered:
    """The response to bytes as they are, which must be a problem."""
    with Connection(server) as connection:
        connection.send(data)
        response = connection.answered()
        assert connection.is_closed()
    document = response.json()
    Problem.model_validate(document)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Request-ID"] == document["request_id"]
    assert document["status"] == response.status
    return response


@pytest.mark.parametrize(
    "data",
    [
        b"no HTTP at all\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  # a browser that tries TLS
        b"GET /livez HTTP/1.1\r\n\r\n",  # without a host
        b"GET /livez HTTP/1.1\r\nHost: localhost\r\nno header\r\n\r\n",
        b"GET /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"GET /livez HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: fancy\r\n\r\n",
        b"GET /two words HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ],
)
def test_what_is_no_http_is_a_problem(server: RunningServer, data: bytes) -> None:
    response = sent(server, data)
    assert (response.status, response.json()["code"]) == (400, "malformed_http")


@pytest.mark.parametrize("rest", [b"X-Long: " + b"a" * 70_000, b"X-Many: a\r\n" * 7_000, b"a" * 70_000])
def test_headers_that_do_not_end_are_a_problem(server: RunningServer, rest: bytes) -> None:
    response = sent(server, b"GET /livez HTTP/1.1\r\nHost: localhost\r\n" + rest)
    assert (response.status, response.json()["code"]) == (431, "headers_too_large")


def test_rubbish_in_a_body_that_comes_in_pieces_is_a_problem(server: RunningServer) -> None:
    response = sent(server, HEAD + b"Transfer-Encoding: chunked\r\n\r\nno size\r\n")
    assert (response.status, response.json()["code"]) == (400, "malformed_http")


def test_rubbish_after_a_request_does_not_spoil_its_answer(server: RunningServer) -> None:
    with Connection(server) as connection:
        connection.send(b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\nrubbish\r\n\r\n")
        response = connection.answered()
        assert (response.status, response.json()) == (200, {"status": "ok"})
        response = connection.answered()
        assert (response.status, response.json()["code"]) == (400, "malformed_http")


def test_a_client_that_hangs_up_in_the_middle_disturbs_nobody(server: RunningServer) -> None:
    head = HEAD + b"Content-Length: 1000\r\n\r\n"
    for data in (b"", b"GET", head, head + b'{"question": "para'):
        with Connection(server) as connection:
            connection.send(data)
    assert httpx2.get(f"{server.url}/livez", timeout=60).status_code == 200


def test_clients_that_never_finish_their_request_keep_nobody_waiting(server: RunningServer) -> None:
    with ExitStack() as slow:
        for _ in range(200):
            slow.enter_context(Connection(server)).send(HEAD + b"Content-Length: 10\r\n\r\n{")
        asked = {"question": "para 34", "store": False}
        assert httpx2.post(f"{server.url}/v1/ask", json=asked, timeout=60).status_code == 200


def test_requests_that_are_sent_ahead_are_answered_in_order(server: RunningServer) -> None:
    with Connection(server) as connection:
        paths = ["/livez", "/nothing", "/v1/info", "/livez"]
        connection.send(
            b"".join(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() for path in paths)
        )
        assert [connection.answered().status for _ in paths] == [200, 404, 200, 200]


def test_requests_at_once_keep_their_own_ids(server: RunningServer) -> None:
    wrong: list[str] = []

    def ask(name: str) -> None:
        with httpx2.Client(base_url=server.url, timeout=60, headers={"X-Request-ID": name}) as client:
            for path in ("/nothing", "/livez", "/v1/conversations/0"):
                response = client.get(path)
                said = {response.headers["x-request-id"], response.json().get("request_id", name)}
                wrong.extend(said - {name})

    threads = [threading.Thread(target=ask, args=[f"client-{number}"]) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
