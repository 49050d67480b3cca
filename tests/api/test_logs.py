"""What the server writes to its log, and what it never does."""

from __future__ import annotations

import json
import logging
import re
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

from assistant.api.logs import logs_to_stderr, words_of
from assistant.api.request_ids import current_request_id
from assistant.errors import CatalogDamaged, HomeUnusable
from assistant.service import Assistant
from assistant.settings import load_settings
from tests.api.conftest import serving
from tests.api.posting import posted
from tests.api.server_processes import SERVE, RunningServer, running_server

CANARY = "zanzibarcanary"
FAILING = f"""
import logging
from assistant.service import Assistant

asked = Assistant.ask

def ask(self, request, *arguments, **options):
    if "explode" in request.question:
        try:
            raise KeyError(request.question)
        except KeyError as error:
            raise ExceptionGroup(request.question, [ValueError(request.question)]) from error
    if "damaged" in request.question:
        from assistant.errors import ConversationsDamaged
        try:
            raise ValueError(request.question)
        except ValueError as error:
            raise ConversationsDamaged(f"The file says {{request.question}}.") from error
    return asked(self, request, *arguments, **options)

Assistant.ask = ask
{SERVE}
"""


def lines_of(server: RunningServer) -> list[dict[str, Any]]:
    return [json.loads(line) for line in server.stderr]


def raw(server: RunningServer, data: bytes) -> bytes:
    """What a server answers to bytes as they are."""
    address = urlsplit(server.url)
    assert address.hostname
    assert address.port
    with socket.create_connection((address.hostname, address.port), timeout=30) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        with suppress(ConnectionResetError):  # the server does not read what is too long to its end
            while chunk := connection.recv(65536):
                answer += chunk
    return answer


def ask_everything(server: RunningServer) -> set[int]:
    """Requests of all kinds, with the canary wherever a client can put a word; the statuses they got."""
    headers = {"User-Agent": CANARY, "Referer": f"http://{CANARY}/", "Authorization": f"Bearer {CANARY}"}
    statuses = set()
    with httpx2.Client(base_url=server.url, timeout=60, headers=headers) as client:

        def send(method: str, path: str, **options: Any) -> None:
            statuses.add(client.request(method, path, **options).status_code)

        known = client.post("/v1/ask", json={"question": "para 34"}).json()["conversation_id"]
        for route in ("/v1/ask", "/v1/ask/stream"):
            send("POST", route, json={"question": f"para 34 {CANARY}"})
            send("POST", route, json={"question": f"para 35 {CANARY}", "conversation_id": known})
            send("POST", route, json={"question": f"para 999 {CANARY}", "store": False})
            send("POST", route, json={"question": f"extradition, {CANARY}"})
            send("POST", route, json={"question": f"{CANARY} " * 1000})
            send("POST", route, json={"question": "x", "conversation_id": CANARY})
            send("POST", route, json={"question": "x", CANARY: CANARY})
            send("POST", route, json={"question": "x", "filters": {"symbols": [CANARY], "roles": [CANARY]}})
            send("POST", route, json={"question": "para 34", "filters": {"states": [CANARY]}})
            send("POST", route, content=f'{{"question": "{CANARY}'.encode())
        send("POST", "/v1/ask", json={"question": f"explode {CANARY}"})
        send("POST", "/v1/ask", json={"question": f"damaged {CANARY}"})
        send("POST", "/v1/search", json={"query": CANARY})
        for path in ("resolve", "quote", "check"):
            route = f"/v1/citations/{path}"
            send("POST", route, json={"text": f"{CANARY}: “{CANARY}” (CRC/C/{CANARY.upper()}/CO/1, para. 3)"})
            send("POST", route, json={"text": CANARY * 20_000})
            send("POST", route, json={"text": "x", "format": CANARY})
        for path in (
            f"/{CANARY}",
            f"/v1/{CANARY}?q={CANARY}",
            f"/v1/conversations?q={CANARY}",
            f"/v1/conversations?limit={CANARY}",
            f"/v1/conversations/{CANARY}",
            f"/v1/conversations/{known}?{CANARY}={CANARY}",
            f"/v1/documents/{CANARY}/paragraphs/{CANARY}",
            f"/v1/documents/crc-c-opsc-lao-co-1/paragraphs/{CANARY}",
            f"/livez?{CANARY}",
            f"/?q={CANARY}",
            "/?q=para+34",
            f"/documents/{CANARY}?q={CANARY}",
            f"/documents/crc-c-opsc-lao-co-1?q={CANARY}",
            f"/v1/documents/{CANARY}",
            f"/v1/documents?state={CANARY}",
        ):
            for method in ("GET", "HEAD", "DELETE", "OPTIONS", "POST"):
                send(method, path)
        send(CANARY.upper(), "/livez")
        send("PUT", f"/v1/documents/{CANARY}", content=f"1. {CANARY}".encode())
        for stream in (False, True):
            messages = [{"role": "user", "content": f"para 34 {CANARY}"}]
            send("POST", "/v1/chat/completions", json={"model": CANARY, "messages": messages})
            chat = {"model": "pilcrow", "messages": messages, "stream": stream}
            send("POST", "/v1/chat/completions", json=chat)
        assert CANARY not in client.get("/metrics").text
    for data in (
        f"{CANARY}\r\n\r\n",
        f"GET /{CANARY} HTTP/9.9\r\n\r\n",
        f"GET /{CANARY} HTTP/1.1\r\nHost: {CANARY}\r\n{CANARY}\r\n\r\n",
        f"GET /{CANARY * 10_000} HTTP/1.1\r\nHost: localhost\r\n\r\n",
        f"POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{CANARY}",
        f"GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade\r\nUpgrade: {CANARY}\r\n\r\n",
    ):
        raw(server, data.encode())
    return statuses


@pytest.mark.parametrize("log_format", ["json", "text"])
def test_no_word_of_a_client_is_ever_logged(home: Path, log_format: str) -> None:
    settings = {"PILCROW_LOG_FORMAT": log_format, "PILCROW_LOG_LEVEL": "debug"}
    with running_server(home, FAILING, **settings) as server:
        statuses = ask_everything(server)
        assert server.stop() == 0
    assert {200, 404, 405, 422, 500, 503} <= statuses
    log = "".join(server.stderr)
    assert CANARY not in log.casefold()
    # what happened is there all the same
    assert "ExceptionGroup" in log
    assert "KeyError" in log
    assert "conversations_damaged, from ValueError" in log
    assert "answered" in log
    assert "model_missing" in log


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/ask/stream"])
def test_no_word_of_a_question_that_is_answered_is_logged(
    own_assistant: Assistant, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = load_settings(log_format="json", log_level="debug")
    with serving(own_assistant) as client, logs_to_stderr(settings):
        known = posted(client, "/v1/ask", question="extradition")["conversation_id"]
        for question in (
            f"What did the Committee recommend on extradition, {CANARY}?",
            f"every paragraph with {CANARY}",
            f"how many paragraphs mention {CANARY} or extradition?",
            f'"{CANARY}" OR extradition NOT {CANARY}s',
            f"what about {CANARY}?",
            f"compare {CANARY} and Laos on extradition",
            f"CRC/C/{CANARY.upper()}/CO/1 para. 3",
            f"what is {CANARY}?",
        ):
            asked = {"question": question, "conversation_id": known}
            assert client.post(path, json=asked).status_code == 200
    log = capsys.readouterr().err
    assert "outcome" in log
    assert CANARY not in log.casefold()


def test_where_questions_may_be_logged_they_and_the_words_of_errors_are(home: Path) -> None:
    with running_server(home, FAILING, PILCROW_LOG_QUESTIONS="true") as server:
        for question in ("para 34", f"explode {CANARY}2", f"damaged {CANARY}3"):
            httpx2.post(f"{server.url}/v1/ask", json={"question": question, "store": False}, timeout=60)
        server.stop()
    lines = lines_of(server)
    assert [line["question"] for line in lines if "question" in line] == ["para 34"]
    assert any(f"{CANARY}2" in line.get("traceback", "") for line in lines)
    assert any(f"{CANARY}3" in line["message"] for line in lines)


def test_each_request_gets_a_line_with_what_came_of_it(home: Path) -> None:
    path = "/v1/documents/crc-c-opsc-lao-co-1/paragraphs/34"
    with running_server(home) as server, httpx2.Client(base_url=server.url, timeout=60) as client:
        place = client.get(path, headers={"X-Request-ID": "one"})
        client.post("/v1/ask", json={"question": "para 34"}, headers={"X-Request-ID": "two"})
        client.post("/v1/ask", json={"question": "para 999"}, headers={"X-Request-ID": "three"})
        client.get("/nothing", headers={"X-Request-ID": "four"})
        text = {"text": "CRC/C/OPSC/LAO/CO/1, para. 34; CRC/C/OPSC/LAO/CO/1, para. 99."}
        client.post("/v1/citations/check", json=text, headers={"X-Request-ID": "five"})
        client.get("/livez", headers={"X-Request-ID": "probe"})
        server.stop()
    lines = {line["request_id"]: line for line in lines_of(server) if "route" in line}
    assert list(lines) == ["one", "two", "three", "four", "five"]
    one = lines["one"]
    assert (one["level"], one["method"], one["status"]) == ("INFO", "GET", 200)
    assert one["route"] == "/v1/documents/{document}/paragraphs/{place}"
    assert one["bytes"] == len(place.content)
    assert 0 < one["duration_ms"] < 60_000
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*", one["timestamp"])
    assert "outcome" not in one
    assert lines["two"]["outcome"] == "answered"
    assert lines["two"]["phases_ms"]["total"] > 0
    assert lines["three"]["outcome"] == "no_such_paragraph"
    assert (lines["four"]["route"], lines["four"]["status"]) == ("none", 404)
    assert (lines["five"]["references"], lines["five"]["findings"]) == (2, 1)
    assert "quotations" not in lines["five"]


def test_a_line_says_whose_key_it_was_and_never_the_key(home: Path) -> None:
    secret, wrong = "the-one-secret-key-0123", "another-secret-key-0123"
    with running_server(home, PILCROW_API_KEY=secret) as server:
        for key in (secret, wrong):
            httpx2.get(f"{server.url}/v1/info", headers={"X-API-Key": key}, timeout=60)
        server.stop()
    known, unknown = (line for line in lines_of(server) if "route" in line)
    assert (known["status"], unknown["status"]) == (200, 401)
    assert known["key"].startswith("key:")
    assert "key" not in unknown
    assert not any(key in line for key in (secret, wrong) for line in server.stderr)


def test_every_line_is_json_where_nobody_reads_at_a_terminal(home: Path) -> None:
    with running_server(home) as server:
        raw(server, b"no HTTP\r\n\r\n")  # uvicorn has something to say of it
        server.stop()
    lines = lines_of(server)
    assert {"timestamp", "level", "logger", "message"} <= set.intersection(*(set(line) for line in lines))
    assert any(line["logger"].startswith("uvicorn") for line in lines)


def test_probes_are_not_told_of_unless_they_fail(home: Path) -> None:
    with running_server(home) as server:
        for path in ("livez", "metrics", "readyz"):
            httpx2.get(f"{server.url}/{path}", timeout=60)
        server.stop()
    assert [(line["route"], line["status"]) for line in lines_of(server) if "route" in line] == [
        ("/readyz", 503)
    ]


def test_text_is_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    token = current_request_id.set("mine")
    with logs_to_stderr(load_settings(log_format="text")):
        logging.getLogger("assistant.api").info(
            "It works.", extra={"outcome": "answered", "note": "two words"}
        )
    current_request_id.reset(token)
    line = capsys.readouterr().err
    time, rest = line[:19], line[19:]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", time)
    assert rest == " INFO    It works. outcome=answered note='two words' request_id=mine\n"


def test_the_level_is_that_of_pilcrow_and_libraries_warn_only(capsys: pytest.CaptureFixture[str]) -> None:
    with logs_to_stderr(load_settings(log_format="json", log_level="debug")):
        for name in ("assistant.one", "index.two", "corpus.three", "sqlalchemy.engine", "httpx"):
            logging.getLogger(name).debug("said")
    said = [json.loads(line)["logger"] for line in capsys.readouterr().err.splitlines()]
    assert said == ["assistant.one", "index.two", "corpus.three"]
    with logs_to_stderr(load_settings(log_format="json", log_level="error")):
        logging.getLogger("assistant.one").warning("said")
    assert capsys.readouterr().err == ""


def test_logging_is_as_it_was_when_serving_has_ended() -> None:
    root = logging.getLogger()
    before = list(root.handlers), root.level
    with logs_to_stderr(load_settings()):
        assert root.handlers != before[0]
    assert (root.handlers, root.level) == before


def test_an_exception_outside_of_requests_is_told_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    with logs_to_stderr(load_settings(log_format="json")):
        try:
            raise RuntimeError("the disk is full")
        except RuntimeError:
            logging.getLogger("assistant").exception("The warm-up failed.")
    assert "RuntimeError: the disk is full" in json.loads(capsys.readouterr().err)["traceback"]


def test_words_that_come_from_elsewhere_are_left_out() -> None:
    def chained(error: Exception, cause: Exception | None) -> Exception:
        error.__cause__ = cause
        return error

    own = HomeUnusable("The disk is full.", "Make room.")
    assert words_of(chained(own, None), in_full=False) == "home_unusable: The disk is full. Make room."
    assert words_of(chained(own, OSError(28, "full")), in_full=False).endswith("Make room.")
    damaged = chained(CatalogDamaged("It says secret."), ValueError("secret"))
    assert words_of(damaged, in_full=False) == "catalog_damaged, from ValueError"
    assert words_of(damaged, in_full=True) == "catalog_damaged: It says secret."
    assert words_of(ValueError("secret"), in_full=False) == "ValueError"


def test_importing_the_api_sets_up_no_logging() -> None:
    code = (
        "import logging, assistant.api.server, assistant.api.app\n"
        "print(logging.getLogger().handlers, logging.getLogger('assistant').level)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[] 0\n"
