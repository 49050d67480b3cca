"""How a server ends: nothing that it took is left unanswered, and it ends when told to."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

from assistant.service import Assistant
from tests.api.conftest import serving
from tests.api.problem_documents import problem
from tests.api.server_processes import SERVE, RunningServer, running_server, wait_for

SLOW = f"""
import logging
import time
from assistant.answer import AskRequest
from assistant.api import graceful
from assistant.service import Assistant
from assistant.streaming import Retrieval

asked, streamed = Assistant.ask, Assistant.stream
log = logging.getLogger("assistant")

def work(question):
    log.info("at work on %s", question)
    time.sleep(float(question.split()[0]))
    return AskRequest(question="para 34", store=False)

def stream(self, request, emit, **options):
    def slow(event):
        emit(event)
        if isinstance(event, Retrieval):
            work(request.question)
    return streamed(self, AskRequest(question="para 34", store=False), slow, **options)

Assistant.ask = lambda self, request, **options: asked(self, work(request.question), **options)
Assistant.stream = stream
{SERVE}
"""
HANGING = f"""
import logging
from assistant.api import graceful
from corpus import workers

graceful.SECONDS_TO_FINISH = 2
workers.Workers.__init__.__defaults__ = (None, None, "tests.corpus.hostile:parse")
answer = workers._Process.answer

def logged(self, source, **how):
    logging.getLogger("corpus").info("at work on %s", source.name)
    return answer(self, source, **how)

workers._Process.answer = logged
{SERVE}
"""
HURRIED = SLOW.replace("asked, streamed", "graceful.SECONDS_TO_FINISH = 2\nasked, streamed")


def at_work(server: RunningServer, question: str) -> Callable[[], bool]:
    return lambda: any(f"at work on {question}" in line for line in server.stderr)


def ask(server: RunningServer, question: str, path: str = "/v1/ask") -> httpx2.Response:
    return httpx2.post(f"{server.url}{path}", json={"question": question}, timeout=60)


def is_refused(server: RunningServer) -> bool:
    try:
        httpx2.get(f"{server.url}/livez", timeout=60)
    except httpx2.ConnectError:
        return True
    except httpx2.TransportError:
        pass
    return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_told_to_end_says_nothing_and_exits_with_0(
    home: Path, number: signal.Signals
) -> None:
    with running_server(home) as server:
        httpx2.get(f"{server.url}/livez", timeout=60)
        assert server.stop(number) == 0
    assert "Traceback" not in "".join(server.stderr)


def test_open_requests_are_answered_and_new_ones_refused(home: Path) -> None:
    with running_server(home, SLOW) as server, ThreadPoolExecutor(2) as threads:
        plain = threads.submit(ask, server, "2 seconds, plainly")
        told = threads.submit(ask, server, "2 seconds, streamed", "/v1/ask/stream")
        wait_for(at_work(server, "2 seconds, plainly"))
        wait_for(at_work(server, "2 seconds, streamed"))
        server.process.send_signal(signal.SIGTERM)
        wait_for(lambda: is_refused(server))
        assert not plain.done()
        assert plain.result(60).json()["citations"][0]["pinpoint"] == "34"
        assert plain.result().headers["connection"] == "close"
        assert "event: done" in told.result(60).text
        assert server.wait() == 0


def test_what_takes_too_long_is_told_so_whether_it_is_in_work_or_waits(home: Path) -> None:
    with (
        running_server(home, HURRIED, PILCROW_MAX_CONCURRENT="2") as server,
        ThreadPoolExecutor(3) as threads,
    ):
        plain = threads.submit(ask, server, "4 seconds, plainly")
        told = threads.submit(ask, server, "4 seconds, streamed", "/v1/ask/stream")
        wait_for(at_work(server, "4 seconds, plainly"))
        wait_for(at_work(server, "4 seconds, streamed"))
        waiting = threads.submit(ask, server, "4 seconds, later")
        time.sleep(0.3)  # on its way
        server.process.send_signal(signal.SIGTERM)
        for one in (plain, waiting):
            problem(one.result(60), 503, "shutting_down")
            assert one.result().headers["retry-after"]
        *_, last = told.result(60).text.strip().split("\n\n")
        event, data = last.split("\n")
        assert event == "event: error"
        assert json.loads(data.removeprefix("data: "))["code"] == "shutting_down"
        assert server.wait() == 0
    assert not at_work(server, "4 seconds, later")()


def test_a_file_that_takes_too_long_holds_nothing_up(home: Path) -> None:
    with (
        running_server(home, HANGING, PILCROW_MAX_FILE_SECONDS="600") as server,
        ThreadPoolExecutor(1) as one,
    ):
        # while it looks whether it can build the index, any other change is refused
        wait_for(lambda: any("warm-up failed" in line for line in server.stderr))
        address = f"{server.url}/v1/documents/CRC%2FC%2FKEN%2FCO%2F1?name=kenya.txt"
        put = one.submit(httpx2.put, address, content=b"sleep\n\n1. One.\n", timeout=60)
        wait_for(at_work(server, "kenya.txt"))
        server.process.send_signal(signal.SIGTERM)
        problem(put.result(60), 503, "shutting_down")
        assert server.wait() == 0
    assert "Traceback" not in "".join(server.stderr)


def test_who_sends_the_rest_too_late_is_told_so(home: Path) -> None:
    with running_server(home, HURRIED) as server:
        place = urlsplit(server.url)
        with socket.create_connection((place.hostname, place.port), timeout=60) as connection:
            head = "POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            connection.sendall(f'{head}Content-Length: 50\r\n\r\n{{"que'.encode())
            httpx2.get(f"{server.url}/livez", timeout=60)  # which has come later, and so that has come
            server.process.send_signal(signal.SIGTERM)
            response = http.client.HTTPResponse(connection)
            response.begin()
            assert (response.status, json.loads(response.read())["code"]) == (503, "shutting_down")
        assert server.wait() == 0
    assert "Traceback" not in "".join(server.stderr)


def test_a_second_signal_ends_it_at_once(home: Path) -> None:
    with running_server(home, SLOW) as server, ThreadPoolExecutor(1) as threads:
        asked = threads.submit(ask, server, "30 seconds")
        wait_for(at_work(server, "30 seconds"))
        server.process.send_signal(signal.SIGTERM)
        wait_for(lambda: is_refused(server))
        began = time.monotonic()
        assert server.stop(signal.SIGTERM) == 128 + signal.SIGTERM
        assert time.monotonic() - began < 20
        assert isinstance(asked.exception(60), httpx2.TransportError)


def test_under_load_every_request_that_was_taken_is_answered(home: Path) -> None:
    with running_server(home) as server:
        outcomes: Counter[str] = Counter()
        ended = threading.Event()
        threads = [threading.Thread(target=load, args=(server, outcomes, ended)) for _ in range(24)]
        for thread in threads:
            thread.start()
        wait_for(lambda: outcomes["answered"] > 100)
        assert server.stop(signal.SIGTERM) == 0
        ended.set()
        for thread in threads:
            thread.join()
    lines = [json.loads(line) for line in server.stderr]
    taken = [line["status"] for line in lines if line.get("route") == "/v1/ask"]
    assert set(taken) == {200}
    assert outcomes["answered"] == len(taken)
    assert outcomes["cut off"] == 0
    assert outcomes["refused"] == 24
    # who connects in the very moment in which the listener is closed can be told nothing
    assert outcomes["reset"] <= 1


def load(server: RunningServer, outcomes: Counter[str], ended: threading.Event) -> None:
    """Ask, over a new connection each time, until nobody listens."""
    body = json.dumps({"question": "para 34", "store": False})
    while not ended.is_set():
        connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=60)
        try:
            connection.request("POST", "/v1/ask", body, {"Content-Type": "application/json"})
        except OSError:
            outcomes["refused"] += 1
            return
        try:
            response = connection.getresponse()
            json.loads(response.read())
            outcomes["answered"] += response.status == 200
        except (http.client.RemoteDisconnected, ConnectionResetError):
            outcomes["reset"] += 1
        except (http.client.IncompleteRead, ValueError):
            outcomes["cut off"] += 1
        finally:
            connection.close()


def test_a_server_that_ends_is_not_ready_and_asks_for_no_more(own_assistant: Assistant) -> None:
    own_assistant.warm_up()
    with serving(own_assistant) as client:
        wait_for(lambda: client.get("/readyz").status_code == 200)
        assert "connection" not in client.get("/livez").headers
        app: Any = client.app
        app.state.closing.begin()
        response = client.get("/readyz")
        assert problem(response, 503, "not_ready")["reasons"] == ["The server is ending."]
        assert response.headers["connection"] == "close"
        assert client.get("/livez").status_code == 200
