"""How files arrive: in pieces, slowly, not at all, and several at once, over real connections."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import anyio
import pytest
import uvicorn
from starlette.requests import ClientDisconnect, Request

from assistant.api.app import create_app
from assistant.api.problems import ApiError
from assistant.api.uploads import AT_ONCE, Uploads
from assistant.errors import HomeUnusable, SourceTooLarge, WriterBusy
from assistant.putting import Upload
from assistant.settings import load_settings
from tests.api.conftest import LAOS
from tests.api.files import KENYA, UGANDA, own_assistant, path_of, text_of
from tests.threads import together

Message = dict[str, Any]


def body(*pieces: bytes) -> list[Message]:
    """The messages of a body in pieces."""
    return [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces] + [
        {"type": "http.request", "body": b"", "more_body": False}
    ]


def received(uploads: Uploads, messages: Sequence[Message], *, length: int | None = None) -> bytes:
    """What arrives of a body; after the last message nothing more does."""

    async def run() -> bytes:
        left = list(messages)

        async def receive() -> Message:
            if not left:
                await anyio.sleep_forever()
            return left.pop(0)

        headers = [] if length is None else [(b"content-length", str(length).encode())]
        request = Request({"type": "http", "method": "PUT", "headers": headers}, receive)
        async with uploads.received(request) as file:
            file.seek(0)
            return file.read()

    return anyio.run(run)


# -- one file


def test_a_file_arrives_as_it_was_sent(tmp_path: Path) -> None:
    pieces = [b"a" * 700_000, b"b" * 700_000, b"", b"c"]
    assert received(Uploads(tmp_path, 2**21), body(*pieces)) == b"".join(pieces)
    assert received(Uploads(tmp_path, 2**21), body()) == b""
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_too_large_is_refused_as_soon_as_that_is_known(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, 10, idle=5)
    assert received(uploads, body(b"a" * 10)) == b"a" * 10
    with pytest.raises(SourceTooLarge):
        received(uploads, [], length=11)  # before anything of it has arrived
    with pytest.raises(SourceTooLarge):
        received(uploads, body(b"a" * 6, b"a" * 5)[:-1])
    with pytest.raises(SourceTooLarge):
        received(uploads, body(b"a" * 11)[:-1], length=3)


def test_a_pause_that_is_too_long_ends_an_upload(tmp_path: Path) -> None:
    with pytest.raises(ApiError) as slow:
        received(Uploads(tmp_path, 10, idle=0.05), body(b"a")[:-1])
    assert slow.value.code == "upload_too_slow"
    with pytest.raises(ApiError) as long:
        received(Uploads(tmp_path, 10, longest=0.05), body(b"a")[:-1])
    assert long.value.code == "upload_too_slow"


def test_a_body_that_ends_too_early_makes_room_for_the_next(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, 10)
    for _ in range(AT_ONCE + 1):
        with pytest.raises(ClientDisconnect):
            received(uploads, [*body(b"a")[:-1], {"type": "http.disconnect"}])


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(HomeUnusable, match="cannot be kept"):
        received(Uploads(tmp_path / "gone", 10), body(b"a"))


def test_a_full_disk_is_told() -> None:
    class Full:
        def write(self, _: bytes) -> None:
            raise OSError(28, "No space left on device")

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_: object) -> None:
            pass

    class OnFullDisk(Uploads):
        def _file(self) -> Any:
            return Full()

    with pytest.raises(HomeUnusable, match="no space left on device"):
        received(OnFullDisk(Path("disk"), 10), body(b"a"))


def test_no_more_than_a_few_are_in_work(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, 10)

    async def run() -> None:
        async def wait() -> Message:
            await anyio.sleep_forever()
            raise AssertionError

        async def upload(receive: Callable[[], Any]) -> None:
            async with uploads.received(Request({"type": "http", "headers": []}, receive)):
                pass

        async with anyio.create_task_group() as tasks:
            for _ in range(AT_ONCE):
                tasks.start_soon(upload, wait)
            await anyio.wait_all_tasks_blocked()
            with pytest.raises(WriterBusy, match="being taken in"):
                await upload(wait)
            tasks.cancel_scope.cancel()

    anyio.run(run)
    assert received(uploads, body(b"a")) == b"a"


def test_what_is_in_work_is_left_where_the_server_closes(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path / "home", 2**20)
    with own_assistant(tmp_path / "home") as assistant:
        file = tmp_path / "kenya.txt"
        file.write_bytes(text_of(KENYA))
        uploads.stop()
        with file.open("rb") as opened, pytest.raises(ApiError) as caught:
            assistant.put(KENYA, Upload(opened, "kenya.txt"), progress=uploads.go_on)
        assert caught.value.code == "shutting_down"
        assert [header.symbol for header in assistant.documents()] == [LAOS]
        with pytest.raises(ApiError) as caught:
            received(uploads, body(b"a"))
        assert caught.value.code == "shutting_down"
        with file.open("rb") as opened:
            assert assistant.put(KENYA, Upload(opened, "kenya.txt")).status == "added"


def test_a_body_that_is_awaited_is_left_where_the_server_closes(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, 2**20)

    async def run() -> None:
        async def receive() -> Message:
            uploads.stop()
            await anyio.sleep_forever()
            raise AssertionError

        with anyio.fail_after(10), pytest.raises(ApiError) as caught:
            async with uploads.received(Request({"type": "http", "headers": []}, receive)):
                pass
        assert caught.value.code == "shutting_down"

    anyio.run(run)


# -- over real connections


class Connection:
    """A connection on which a test sends what it likes."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=30)

    def send(self, data: bytes) -> None:
        self._socket.sendall(data)

    def begin(self, document: str, length: int) -> None:
        """Send the head of a request, and go on once the server asks for the body."""
        self._head(document, length, "Expect: 100-continue\r\n")
        assert self._socket.recv(100).startswith(b"HTTP/1.1 100")

    def put(self, document: str, content: bytes, length: int | None = None) -> None:
        """Send a request, perhaps with another length than it has."""
        self._head(document, len(content) if length is None else length)
        self.send(content)

    def announce(self, document: str, length: int) -> None:
        """Send the head of a request, and wait for what the server says."""
        self._head(document, length, "Expect: 100-continue\r\n")

    def answer(self) -> tuple[int, dict[str, Any]]:
        """Status and document of the response."""
        with closing(http.client.HTTPResponse(self._socket)) as response:
            response.begin()
            return response.status, json.loads(response.read())

    def close(self) -> None:
        self._socket.close()

    def _head(self, document: str, length: int, more: str = "") -> None:
        head = (
            f"PUT {path_of(document)} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n{more}\r\n"
        )
        self.send(head.encode())


class Server:
    """A server that is running, and the connections to it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connections: list[Connection] = []

    def connection(self) -> Connection:
        """A new connection, closed with the server."""
        connection = Connection(self._port)
        self._connections.append(connection)
        return connection

    def put(self, document: str, content: bytes, length: int | None = None) -> tuple[int, dict[str, Any]]:
        """What a file is answered that is sent at once."""
        connection = self.connection()
        connection.put(document, content, length)
        return connection.answer()

    def get(self, path: str) -> tuple[int, Any]:
        with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)) as connection:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, json.loads(response.read())

    def held(self) -> list[str]:
        """The symbols of what is held."""
        return [document["symbol"] for document in self.get("/v1/documents")[1]["documents"]]

    def close(self) -> None:
        for connection in self._connections:
            connection.close()


@contextmanager
def server(home: Path, **settings: Any) -> Iterator[Server]:
    """A server over a data folder of a test's own."""
    with own_assistant(home) as assistant, socket.create_server(("127.0.0.1", 0)) as listener:
        app = create_app(lambda: assistant, load_settings(**settings))
        served = uvicorn.Server(uvicorn.Config(app, lifespan="on", log_level="critical"))
        thread = threading.Thread(target=served.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            until(lambda: served.started)
            with closing(Server(listener.getsockname()[1])) as running:
                yield running
        finally:
            served.should_exit = True
            thread.join()


def until(condition: Callable[[], bool]) -> None:
    """Wait for what must come about."""
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come about")


def test_reading_goes_on_while_all_uploads_are_in_work(tmp_path: Path) -> None:
    content = text_of(KENYA)
    with server(tmp_path / "home") as running:
        under_way = [running.connection() for _ in range(AT_ONCE)]
        for connection in under_way:
            connection.begin(KENYA, len(content))
            connection.send(content[:10])
        status, problem = running.put(UGANDA, content)
        assert (status, problem["code"]) == (503, "writer_busy")
        assert running.get(f"{path_of(LAOS)}/paragraphs/34")[0] == 200
        for connection in under_way:
            connection.send(content[10:])
        statuses = sorted(connection.answer()[0] for connection in under_way)
        # where they met at the end, one was told to try again
        assert statuses in ([200, 201], [201, 503])
        assert running.held() == [LAOS, KENYA]


def test_who_hangs_up_in_the_middle_makes_room_and_leaves_nothing(tmp_path: Path) -> None:
    content = text_of(KENYA)
    with server(tmp_path / "home") as running:
        for _ in range(AT_ONCE + 1):
            connection = running.connection()
            until(lambda: running.put(KENYA, b"")[0] == 422)  # there is room
            connection.begin(KENYA, len(content))
            connection.send(content[:20])
            connection.close()
        until(lambda: running.put(KENYA, b"")[0] == 422)
        assert running.held() == [LAOS]
        assert running.put(KENYA, content)[0] == 201


def test_a_length_that_is_told_too_short_takes_no_more_than_it_says(tmp_path: Path) -> None:
    content = text_of(KENYA, "Ferries carry no lifeboats.", "They sail.")
    short = len(text_of(KENYA, "Ferries carry no lifeboats."))
    with server(tmp_path / "home") as running:
        status, told = running.put(KENYA, content, short)
        assert (status, told["document"]["paragraphs"]) == (201, 1)
        assert running.held() == [LAOS, KENYA]


def test_a_large_file_is_refused_before_it_is_sent(tmp_path: Path) -> None:
    with server(tmp_path / "home", max_upload=1) as running:
        connection = running.connection()
        connection.announce(KENYA, 2**20 + 1)
        status, problem = connection.answer()
        assert (status, problem["code"]) == (413, "source_too_large")
        # a client that sends it all the same is answered too
        assert running.put(KENYA, b" " * 4 * 2**20)[0] == 413


def test_writers_at_once_are_served_or_told_to_try_again(tmp_path: Path) -> None:
    texts = [text_of(KENYA, f"Ferry {number} carries no lifeboats.") for number in range(8)]
    answers: list[tuple[int, str]] = []

    def upload(text: bytes) -> None:
        status, told = running.put(KENYA, text)
        answers.append((status, told.get("code", "")))

    with server(tmp_path / "home") as running:
        together(*(partial(upload, text) for text in texts))
        assert len(answers) == len(texts)
        assert set(answers) <= {(201, ""), (200, ""), (503, "writer_busy")}
        assert (201, "") in answers
        assert running.held() == [LAOS, KENYA]
