from __future__ import annotations

from typing import Any

import openai
import pytest
from openai import OpenAI
from starlette.testclient import TestClient

from assistant.api.openai_errors import OpenAIError
from assistant.api.problems import MAX_CONVERSATION
from assistant.service import Assistant
from tests.api.chats import (
    EXTRADITION,
    KEY,
    PATH,
    asked,
    client_of,
    complete,
    facts_of,
    streamed,
    user,
)
from tests.api.problem_documents import problem
from tests.api.servers import Served


def test_the_key_of_the_official_client_is_the_servers(assistant: Assistant) -> None:
    with Served(assistant, api_key=KEY) as server:
        with client_of(server, KEY) as official:
            assert not facts_of(asked(official, EXTRADITION))["refused"]
            assert streamed(official, EXTRADITION)
            assert official.models.retrieve("pilcrow").id == "pilcrow"
        with client_of(server, KEY[::-1]) as official:
            for ask in (asked, streamed):
                with pytest.raises(openai.AuthenticationError) as caught:
                    ask(official, EXTRADITION)
                assert (caught.value.code, caught.value.type) == ("unauthorized", "authentication_error")


def test_the_official_client_tells_what_is_wrong(official: OpenAI) -> None:
    with pytest.raises(openai.NotFoundError, match=r"There is no model gpt-4\. Ask for pilcrow\.") as caught:
        official.chat.completions.create(model="gpt-4", messages=[user(EXTRADITION)])
    assert (caught.value.code, caught.value.type) == ("model_not_found", "invalid_request_error")
    with pytest.raises(openai.NotFoundError, match="There is no model openai/pilcrow"):
        official.models.retrieve("openai/pilcrow")
    with pytest.raises(openai.UnprocessableEntityError, match="Input should be 1") as invalid:
        asked(official, EXTRADITION, n=2)
    assert (invalid.value.code, invalid.value.param) == ("request_invalid", "n")
    with pytest.raises(openai.UnprocessableEntityError, match="the limit is 2,000"):
        asked(official, "ab " * 1000)


@pytest.mark.parametrize(
    "wrong", [{"n": 2}, {"n": "1"}, {"stream": 1}, {"stream_options": {"include_usage": 0}}]
)
def test_what_bears_on_the_answer_must_fit(client: TestClient, wrong: dict[str, Any]) -> None:
    problem(client.post(PATH, json={"messages": [user(EXTRADITION)], **wrong}), 422, "request_invalid")


@pytest.mark.parametrize(
    ("messages", "field", "says"),
    [
        ([], "messages", "at least 1 item"),
        ([{"role": "system", "content": "x"}], "messages", "No message is a user's"),
        ([{"role": "pirate", "content": "x"}], "messages.0.role", "'system', 'developer'"),
        ([{"content": "x"}], "messages.0.role", "required"),
        ([user({"text": "x"})], "messages.0.content", "valid list"),
        ([user([{"text": "x"}])], "messages.0.content.0.type", "required"),
        ([user([{"type": "text", "text": "x"}, {"type": "image_url", "image_url": {"url": "data:"}}])],
         "messages.0", "reads text only, and a part is of type image_url"),
        ([user("x")] * 1001, "messages", "at most 1000 items"),
    ],
)  # fmt: skip
def test_messages_that_are_none_are_an_error(
    client: TestClient, messages: Any, field: str, says: str
) -> None:
    found = problem(client.post(PATH, json={"messages": messages}), 422, "request_invalid")
    assert [one["field"] for one in found["fields"]] == [field]
    assert says in found["fields"][0]["message"]
    assert found["error"]["param"] == field


def test_every_problem_of_these_routes_has_the_error_of_openai(client: TestClient) -> None:
    json_type = {"Content-Type": "application/json"}
    for response, status, code, kind in (
        (client.post(PATH, content=b"{", headers=json_type), 400, "malformed_json", "invalid_request_error"),
        (client.post(PATH, data={"messages": "x"}), 415, "unsupported_media_type", "invalid_request_error"),
        (client.get(PATH), 405, "method_not_allowed", "invalid_request_error"),
        (client.post("/v1/chat/completion"), 404, "no_such_route", "invalid_request_error"),
        (client.get("/v1/models/"), 404, "model_not_found", "invalid_request_error"),
        (client.delete("/v1/models/pilcrow"), 405, "method_not_allowed", "invalid_request_error"),
    ):
        found = problem(response, status, code)
        message = " ".join(part for part in (found["detail"], found.get("mend", "")) if part)
        assert found["error"] == {"message": message, "type": kind, "code": code}


def test_an_error_of_the_server_is_one_of_openais(
    client: TestClient, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("a secret of the server")

    monkeypatch.setattr(assistant, "stream", fail)
    response = client.post(PATH, json={"messages": [user(EXTRADITION)]})
    error = OpenAIError.model_validate(problem(response, 500, "internal_error")["error"])
    assert (error.type, error.code) == ("server_error", "internal_error")
    assert "secret" not in response.text


def test_other_routes_have_plain_problems(client: TestClient) -> None:
    assert "error" not in problem(client.get("/v1/chats"), 404, "no_such_route")
    assert "error" not in problem(client.post("/v1/ask", json={}), 422, "request_invalid")


def test_a_conversation_may_be_longer_than_other_bodies(client: TestClient) -> None:
    answer = {"role": "assistant", "content": "a" * 600_000}
    complete(client, messages=[user("adoption"), answer, user(EXTRADITION)])
    body = b'{"messages": "' + b"a" * MAX_CONVERSATION + b'"}'
    response = client.post(PATH, content=body, headers={"Content-Type": "application/json"})
    assert "1024 KiB" in problem(response, 413, "body_too_large")["detail"]
