"""The clients of the API's benchmark send every request once and count what came of it."""

import asyncio
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.benchmarks.api import _slope
from tests.benchmarks.http_load import Asked, Client, fetch, load


class Echo(BaseHTTPRequestHandler):
    """Says back what was sent; 500 under /fails, and hangs up under /ends."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/ends":
            self.close_connection = True
            return
        self.send_response(500 if self.path == "/fails" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed."""


@pytest.fixture
def url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("clients", [1, 7])
def test_each_request_is_sent_once_by_any_number_of_clients(url: str, clients: int) -> None:
    asked = [Asked.post("/fine", {"n": n}) for n in range(20)]
    asked += [Asked.post("/fails", {}), Asked.post("/ends", {}), Asked.post("/fine", {})]
    done = load(url, asked, clients)
    assert (len(done.milliseconds), done.errors, done.clients) == (23, 2, clients)
    assert done.rate == pytest.approx(23 / done.seconds)


def test_a_client_keeps_its_connection_and_reads_whole_bodies(url: str) -> None:
    async def twice() -> list[tuple[int, bytes]]:
        client = Client(url)
        try:
            return [await client.send(Asked("POST", "/fine", body)) for body in (b"a" * 100_000, b"b")]
        finally:
            client.close()

    assert asyncio.run(twice()) == [(200, b"a" * 100_000), (200, b"b")]
    assert fetch(url, Asked.post("/fails", [])) == (500, b"[]")


def test_the_slope_is_that_of_the_line_nearest_to_the_points() -> None:
    assert _slope([(0, 100), (1, 102), (2, 104)]) == pytest.approx(2)
    assert _slope([(0, 100), (1, 100)]) == 0
    assert _slope([(3, 100)]) == 0
