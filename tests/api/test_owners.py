"""Conversations over HTTP of a server with several keys: each key has its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.answer import Answer, AskRequest
from assistant.keys import line_of
from assistant.service import Assistant
from assistant.settings import load_settings
from tests.api.conftest import serving
from tests.api.problem_documents import problem
from tests.api.test_keys import KEY, OTHER, basic, bearer

DESK, LIBRARY = bearer(KEY), {"X-API-Key": OTHER}
NOWHERE = "0123456789abcdef"


@pytest.fixture
def own(home: Path, monkeypatch: pytest.MonkeyPatch) -> Assistant:
    """An assistant that loads no model: places are looked up without one."""
    made = Assistant.open(load_settings(home=home))
    monkeypatch.setattr(made, "warm_up", lambda _: None)
    return made


@pytest.fixture
def two_keys(own: Assistant, tmp_path: Path) -> Iterator[TestClient]:
    file = tmp_path / "keys"
    file.write_text(f"{line_of('desk', KEY)}\n{line_of('library', OTHER)}\n", encoding="utf-8")
    with serving(own, api_keys_file=file) as opened:
        yield opened


def ask(client: TestClient, key: dict[str, str], question: str, **more: Any) -> str:
    response = client.post("/v1/ask", json={"question": question, **more}, headers=key)
    assert response.status_code == 200, response.text
    known: str = response.json()["conversation_id"]
    return known


def titles(client: TestClient, key: dict[str, str], **parameters: Any) -> list[str]:
    response = client.get("/v1/conversations", params=parameters, headers=key)
    assert response.status_code == 200
    return [summary["title"] for summary in response.json()["conversations"]]


def test_each_key_finds_its_own_conversations(two_keys: TestClient) -> None:
    ask(two_keys, DESK, "para 33", conversation_id=ask(two_keys, DESK, "para 34"))
    ask(two_keys, LIBRARY, "para 22")
    assert titles(two_keys, DESK) == titles(two_keys, DESK, q="para") == ["para 34"]
    assert titles(two_keys, LIBRARY) == titles(two_keys, LIBRARY, q="para") == ["para 22"]
    assert titles(two_keys, LIBRARY, q="34") == []


def test_somebody_elses_conversation_is_answered_as_one_that_is_not_there(two_keys: TestClient) -> None:
    known = ask(two_keys, DESK, "para 34")

    def answers(conversation_id: str) -> list[tuple[int, str]]:
        path = f"/v1/conversations/{conversation_id}"
        library = {**LIBRARY, "X-Request-ID": "the-same"}
        responses = [two_keys.get(path, headers=library), two_keys.delete(path, headers=library)]
        for store in (True, False):
            body = {"question": "and the next one?", "conversation_id": conversation_id, "store": store}
            responses += [
                two_keys.post(path, json=body, headers=library) for path in ("/v1/ask", "/v1/ask/stream")
            ]
        for response in responses:
            problem(response, 404, "conversation_not_held")
        return [(one.status_code, one.text.replace(conversation_id, "ID")) for one in responses]

    assert answers(known) == answers(NOWHERE)
    held = two_keys.get(f"/v1/conversations/{known}", headers=DESK).json()
    assert [turn["answer"]["question"] for turn in held["turns"]] == ["para 34"]
    assert two_keys.delete(f"/v1/conversations/{known}", headers=DESK).status_code == 204


def test_nobody_waits_for_somebody_elses_conversation(
    two_keys: TestClient, own: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = ask(two_keys, DESK, "para 34")
    begun, let_go = threading.Event(), threading.Event()
    answering = own.ask

    def wait(request: AskRequest, **more: Any) -> Answer:
        if more["owner"] == "desk":
            begun.set()
            assert let_go.wait(60)
        return answering(request, **more)

    monkeypatch.setattr(own, "ask", wait)
    with ThreadPoolExecutor(1) as thread:
        try:
            waiting = thread.submit(ask, two_keys, DESK, "para 33", conversation_id=known)
            assert begun.wait(60)
            body = {"question": "para 33", "conversation_id": known}
            problem(two_keys.post("/v1/ask", json=body, headers=LIBRARY), 404, "conversation_not_held")
            assert not waiting.done()
        finally:
            let_go.set()
        assert waiting.result(60) == known


def test_a_stream_is_kept_for_whoever_asked(two_keys: TestClient) -> None:
    for key, question in ((DESK, "para 34"), (LIBRARY, "para 22")):
        response = two_keys.post("/v1/ask/stream", json={"question": question}, headers=key)
        assert "event: done" in response.text
    assert titles(two_keys, DESK) == ["para 34"]
    assert titles(two_keys, LIBRARY) == ["para 22"]


def test_a_new_key_of_the_same_name_goes_on_with_its_conversations(own: Assistant, tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text(line_of("desk", KEY), encoding="utf-8")
    with serving(own, api_keys_file=file) as opened:
        known = ask(opened, DESK, "para 34")
        file.write_text(f"{line_of('desk', KEY)}\n{line_of('desk', OTHER)}\n", encoding="utf-8")
        assert ask(opened, bearer(OTHER), "para 33", conversation_id=known) == known
        file.write_text(line_of("desk", OTHER), encoding="utf-8")
        assert titles(opened, bearer(OTHER)) == ["para 34"]
        problem(opened.get("/v1/conversations", headers=DESK), 401, "unauthorized")


def test_the_command_line_and_a_server_without_keys_share_what_has_no_owner(
    own: Assistant, home: Path
) -> None:
    known = own.ask(AskRequest(question="para 34")).conversation_id
    with serving(own) as opened:
        assert titles(opened, {}) == ["para 34"]
        assert ask(opened, {}, "para 33", conversation_id=known) == known
    again = Assistant.open(load_settings(home=home))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(again, "warm_up", lambda _: None)
        with serving(again, api_key=KEY) as opened:
            assert titles(opened, DESK) == []
            problem(opened.get(f"/v1/conversations/{known}", headers=DESK), 404, "conversation_not_held")
            ask(opened, basic(KEY), "para 22")
            assert titles(opened, DESK) == ["para 22"]
            assert [one.title for one in again.conversations().conversations] == ["para 34"]


def test_a_client_cannot_say_whose_it_is(own: Assistant) -> None:
    own.ask(AskRequest(question="para 34"), owner="desk")
    with serving(own) as opened:
        for headers in ({"X-Owner": "desk"}, bearer("desk"), basic(KEY, "desk")):
            assert titles(opened, headers) == []
        body = {"question": "para 33", "owner": "desk"}
        problem(opened.post("/v1/ask", json=body), 422, "request_invalid")
