from __future__ import annotations

import json
import socket
import threading
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.answer import AskRequest
from assistant.api.problems import Problem
from assistant.service import Assistant
from tests.api.composers import PATIENCE, Composer
from tests.api.conftest import serving
from tests.api.posting import posted
from tests.api.problem_documents import problem
from tests.api.servers import Served

QUESTION = "What did the Committee recommend about extradition?"

Events = list[tuple[str, dict[str, Any]]]


def events_of(text: str) -> Events:
    """The events of a stream: its blocks, comments left out."""
    found: Events = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if fields:
            found.append((fields["event"], json.loads(fields["data"])))
    return found


def streamed(client: TestClient, **body: Any) -> Events:
    response = client.post("/v1/ask/stream", json=body)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["x-accel-buffering"] == "no"
    return events_of(response.text)


@pytest.mark.parametrize(
    "question", [QUESTION, "para 22 (c)", "every paragraph on trafficking", "volcanoes?", "hello"]
)
def test_a_stream_says_what_the_plain_answer_says(client: TestClient, question: str) -> None:
    events = streamed(client, question=question, store=False)
    plain = posted(client, "/v1/ask", question=question, store=False)
    names = [name for name, _ in events]
    deltas, citations = names.count("delta"), names.count("citation")
    assert names == ["retrieval", *["delta"] * deltas, *["citation"] * citations, "done"]
    done = events[-1][1]
    assert "".join(data["text"] for name, data in events if name == "delta") == done["text"]
    assert [data for name, data in events if name == "citation"] == done["citations"]
    retrieval = events[0][1]
    assert retrieval == {name: done[name] for name in retrieval}
    assert done.pop("timings_ms")["total"] > 0
    plain.pop("timings_ms")
    assert done == plain


def test_a_stream_goes_on_with_a_conversation(client: TestClient) -> None:
    _, first = streamed(client, question="what did the Committee say about extradition?")[-1]
    identity = first["conversation_id"]
    _, second = streamed(client, question="and what did it recommend?", conversation_id=identity)[-1]
    assert second["searched_for"] == "What did the Committee recommend on extradition?"
    assert client.get(f"/v1/conversations/{identity}").json()["turn_count"] == 2


def test_what_fails_before_the_first_event_is_an_ordinary_error(client: TestClient) -> None:
    problem(client.post("/v1/ask/stream", json={"question": " "}), 422, "question_empty")
    unknown = {"question": "and?", "conversation_id": "0" * 16}
    problem(client.post("/v1/ask/stream", json=unknown), 404, "conversation_not_held")
    problem(client.post("/v1/ask/stream", json={}), 422, "request_invalid")
    problem(client.post("/v1/ask/stream", content=b"{"), 415, "unsupported_media_type")


def test_what_fails_later_ends_the_stream_with_a_problem(held_up: Assistant, composer: Composer) -> None:
    composer.error = RuntimeError("a secret of the server")
    composer.may.set()
    with serving(held_up) as client:
        events = streamed(client, question=QUESTION)
    assert [name for name, _ in events] == ["retrieval", "error"]
    told = Problem.model_validate(events[-1][1])
    assert (told.code, told.status, told.instance) == ("internal_error", 500, "/v1/ask/stream")
    assert "secret" not in json.dumps(events)
    assert held_up.conversations().conversations == ()


def test_a_silent_stream_is_kept_open_by_comments(
    held_up: Assistant, composer: Composer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fastapi.routing._PING_INTERVAL", 0.02)
    with Served(held_up) as server, server.connected() as connection:
        _send(connection, {"question": QUESTION})
        assert composer.reached.wait(PATIENCE)
        received = _until(connection, b": ping")
        assert b"event: retrieval" in received
        assert b"event: done" not in received
        composer.may.set()
        assert b"event: done" in _until(connection, b"event: done")


def test_work_for_a_client_that_hangs_up_is_stopped(held_up: Assistant, composer: Composer) -> None:
    stopped = threading.Event()
    stream = held_up.stream

    def watched(*arguments: Any, **options: Any) -> Any:
        try:
            return stream(*arguments, **options)
        except BaseException:
            stopped.set()
            raise

    held_up.stream = watched  # type: ignore[method-assign]
    with Served(held_up) as server:
        with server.connected() as connection:
            _send(connection, {"question": QUESTION})
            _until(connection, b"event: retrieval")
        server.wait_until_idle()
        composer.may.set()
        assert stopped.wait(PATIENCE)
        assert held_up.conversations().conversations == ()
        answer = held_up.ask(AskRequest(question=QUESTION))  # what was held is free again
        assert answer.conversation_id


def test_the_place_in_a_conversation_is_free_again_after_a_client_hung_up(
    held_up: Assistant, composer: Composer
) -> None:
    composer.may.set()
    identity = held_up.ask(AskRequest(question=QUESTION)).conversation_id
    composer.may.clear()
    composer.reached.clear()
    with Served(held_up) as server:
        with server.connected() as connection:
            _send(connection, {"question": "and adoption?", "conversation_id": identity})
            _until(connection, b"event: retrieval")
        server.wait_until_idle()
        composer.may.set()
        held_up.ask(AskRequest(question="and adoption?", conversation_id=identity))
    assert identity is not None
    assert held_up.conversation(identity).turn_count == 2


def _send(connection: socket.socket, body: dict[str, Any]) -> None:
    content = json.dumps(body).encode()
    head = (
        "POST /v1/ask/stream HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    connection.sendall(head.encode() + content)


def _until(connection: socket.socket, mark: bytes) -> bytes:
    """What a server sends up to a mark."""
    received = b""
    while mark not in received:
        part = connection.recv(65536)
        assert part, received
        received += part
    return received
