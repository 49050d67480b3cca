"""Chat completions, as the official client of OpenAI sees them and as they come over the wire."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import openai
import pytest
from openai import AsyncOpenAI, OpenAI
from openai.types.chat import ChatCompletion, ChatCompletionChunk
from starlette.testclient import TestClient

from assistant.api.openai_errors import OpenAIError
from assistant.api.problems import MAX_CONVERSATION
from assistant.errors import SettingsInvalid
from assistant.service import Assistant
from assistant.settings import load_settings
from tests.api.composers import PATIENCE, Composer
from tests.api.conftest import LAOS, serving
from tests.api.posting import posted
from tests.api.problem_documents import problem
from tests.api.servers import Served

PATH = "/v1/chat/completions"
EXTRADITION = "What did the Committee say about extradition?"
SAID_AFTER_IT = "What did the Committee recommend on extradition?"
QUESTIONS = [EXTRADITION, "para 22 (c)", "every paragraph on trafficking", "volcanoes?", "hello"]


@pytest.fixture(scope="module")
def server(assistant: Assistant) -> Iterator[Served]:
    with Served(assistant) as started:
        yield started


@pytest.fixture
def official(server: Served) -> Iterator[OpenAI]:
    with client_of(server) as opened:
        yield opened


def client_of(server: Served) -> OpenAI:
    return OpenAI(base_url=f"{server.url}/v1", api_key="none", max_retries=0)


def user(content: Any) -> Any:
    return {"role": "user", "content": content}


def asked(official: OpenAI, *questions: str, **more: Any) -> ChatCompletion:
    """A conversation with the answers between its questions that an interface would send along."""
    messages: list[Any] = [user(questions[0])]
    for question in questions[1:]:
        messages += [{"role": "assistant", "content": "What it was told."}, user(question)]
    completion: ChatCompletion = official.chat.completions.create(model="pilcrow", messages=messages, **more)
    return completion


def streamed(official: OpenAI, question: str, **more: Any) -> list[ChatCompletionChunk]:
    return list(
        official.chat.completions.create(model="pilcrow", messages=[user(question)], stream=True, **more)
    )


def content_of(completion: ChatCompletion) -> str:
    content = completion.choices[0].message.content
    assert content is not None
    return content


def facts_of(completion: ChatCompletion | ChatCompletionChunk) -> dict[str, Any]:
    """What an answer says of itself, without what differs each time."""
    facts: dict[str, Any] = (completion.model_extra or {})["pilcrow"]
    return {name: value for name, value in facts.items() if name != "timings_ms"}


def complete(client: TestClient, **body: Any) -> dict[str, Any]:
    return posted(client, PATH, **{"messages": [user(EXTRADITION)], **body})


# -- answers


def test_there_is_one_model(official: OpenAI) -> None:
    (model,) = official.models.list().data
    assert (model.id, model.object, model.owned_by) == ("pilcrow", "model", "pilcrow")
    assert official.models.retrieve("pilcrow") == model


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_that_of_ask_with_links_that_lead_to_the_server(
    official: OpenAI, client: TestClient, server: Served, question: str
) -> None:
    answer = posted(client, "/v1/ask", question=question, store=False)
    completion = asked(official, question)
    content = content_of(completion)
    assert content == answer["text"].replace("](/", f"]({server.url}/")
    choice = completion.choices[0]
    assert (choice.index, choice.finish_reason, choice.message.refusal) == (0, "stop", None)
    cited = [(annotation.model_extra or {})["citation"] for annotation in choice.message.annotations or []]
    assert cited == answer["citations"]
    facts = facts_of(completion)
    assert facts == {name: answer[name] for name in facts}
    assert set(facts) == {"searched_for", "refused", "refusal_reason", "filters", "coverage"}


def test_an_annotation_says_where_in_the_content_its_link_is(official: OpenAI, server: Served) -> None:
    completion = asked(official, EXTRADITION)
    annotations = completion.choices[0].message.annotations
    assert annotations is not None
    assert [a.url_citation.title for a in annotations] == [f"{LAOS}, para. 33", f"{LAOS}, para. 34"]
    for annotation in annotations:
        citation, link = (annotation.model_extra or {})["citation"], annotation.url_citation
        assert link.url == server.url + citation["href"]
        place = citation["label"].removeprefix(f"{LAOS}, ")
        text = content_of(completion)[link.start_index : link.end_index]
        assert text == f"[{place}, {citation['edition']}]({link.url})"


def test_words_are_counted(official: OpenAI) -> None:
    completion = asked(official, "extradition", "and what did it recommend?")
    assert completion.usage is not None
    assert completion.usage.prompt_tokens == 1 + len("What it was told.".split()) + 5
    assert completion.usage.completion_tokens == len(content_of(completion).split())
    assert completion.usage.total_tokens == (
        completion.usage.prompt_tokens + completion.usage.completion_tokens
    )


def test_a_question_goes_on_with_those_before_it(official: OpenAI) -> None:
    completion = asked(official, EXTRADITION, "and what did it recommend?")
    assert facts_of(completion)["searched_for"] == SAID_AFTER_IT
    assert content_of(completion) == content_of(asked(official, SAID_AFTER_IT))


def test_what_is_no_question_does_not_hinder_those_after_it(official: OpenAI) -> None:
    completion = asked(official, EXTRADITION, "", "?!", "ab " * 2000, "and what did it recommend?")
    assert facts_of(completion)["searched_for"] == SAID_AFTER_IT


def test_an_answer_that_is_said_again_is_not_read(client: TestClient) -> None:
    """What the assistant is said to have said may be cut or changed: only questions are taken."""
    history = [user("adoption"), {"role": "assistant", "content": "Extradition, para. 34."}]
    after = complete(client, messages=[*history, user("and what did it recommend?")])
    assert after["pilcrow"]["searched_for"] == "What did the Committee recommend on adoption?"


def test_the_last_message_of_a_user_is_the_question_whatever_follows(client: TestClient) -> None:
    messages = [
        {"role": "system", "content": "You are a pirate."},
        {"role": "developer", "content": [{"type": "text", "text": "Speak of adoption."}]},
        user(EXTRADITION),
        {"role": "assistant", "content": None, "tool_calls": [{"id": "1", "type": "function"}]},
        {"role": "tool", "tool_call_id": "1", "content": "Adoption."},
    ]
    assert complete(client, messages=messages)["choices"] == complete(client)["choices"]


def test_the_parts_of_a_message_are_its_lines(client: TestClient) -> None:
    parts = [
        {"type": "text", "text": "What did the Committee say"},
        {"type": "text", "text": "about extradition?"},
    ]
    assert complete(client, messages=[user(parts)])["pilcrow"]["searched_for"] == EXTRADITION


def test_a_refusal_is_a_message(official: OpenAI) -> None:
    completion = asked(official, "What is the boiling point of tungsten?")
    facts = facts_of(completion)
    assert (facts["refused"], facts["refusal_reason"]) == (True, "not_answered")
    assert completion.choices[0].finish_reason == "stop"
    assert completion.choices[0].message.annotations == []


def test_what_interfaces_ask_for_themselves_is_refused(official: OpenAI) -> None:
    task = "Create a concise, 3-5 word title with an emoji for the chat history, as JSON."
    assert facts_of(asked(official, EXTRADITION, task))["refused"]


def test_what_other_models_are_told_is_passed_over(official: OpenAI) -> None:
    told = {
        "temperature": 1.3, "top_p": 0.2, "max_tokens": 1, "max_completion_tokens": 1, "seed": 4,
        "stop": ["the"], "presence_penalty": 2, "logprobs": True, "user": "someone",
        "metadata": {"chat": "1"}, "response_format": {"type": "json_object"}, "tool_choice": "none",
        "tools": [{"type": "function", "function": {"name": "look", "parameters": {}}}],
        "n": 1, "stream": False, "extra_body": {"mirostat": 2, "chat_id": None},
    }  # fmt: skip
    completion = asked(official, EXTRADITION, **told)
    assert content_of(completion) == content_of(asked(official, EXTRADITION))


def test_half_a_surrogate_pair_hinders_no_answer(client: TestClient) -> None:
    """Clients cut texts between the halves of an emoji."""
    cut = {"role": "assistant", "content": "\ud83d"}
    body = json.dumps({"messages": [user("adoption \ud83d"), cut, user(f"{EXTRADITION} \ud83d")]})
    response = client.post(PATH, content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 200
    assert not response.json()["pilcrow"]["refused"]


def test_nothing_is_kept(own_assistant: Assistant) -> None:
    with serving(own_assistant) as client:
        complete(client, messages=[user("adoption"), user(EXTRADITION)])
        complete(client, stream_options={})
    assert own_assistant.conversations().conversations == ()


# -- links


@pytest.mark.parametrize("url", ["https://un.example", "https://un.example/pilcrow/"])
def test_links_lead_to_where_the_server_is_said_to_be(assistant: Assistant, url: str) -> None:
    with serving(assistant, public_url=url) as client:
        choice = complete(client)["choices"][0]
    base = url.rstrip("/")
    links = [annotation["url_citation"]["url"] for annotation in choice["message"]["annotations"]]
    assert [link.split("#")[0] for link in links] == [f"{base}/documents/crc-c-opsc-lao-co-1"] * 2
    assert all(f"]({link})" in choice["message"]["content"] for link in links)


@pytest.mark.parametrize(
    "url",
    [
        "un.example",
        "ftp://un.example",
        "https://un.example/?a=1",
        "https://un.example/#a",
        "https://a:b@c",
        "",
    ],
)
def test_a_place_that_begins_no_link_is_a_wrong_setting(url: str) -> None:
    with pytest.raises(SettingsInvalid, match="public_url"):
        load_settings(public_url=url)


# -- streams


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_stream_is_the_answer_piece_by_piece(official: OpenAI, question: str) -> None:
    plain = asked(official, question)
    chunks = streamed(official, question)
    assert {(chunk.id, chunk.created, chunk.model, chunk.object) for chunk in chunks} == {
        (chunks[0].id, chunks[0].created, "pilcrow", "chat.completion.chunk")
    }
    assert chunks[0].choices[0].delta.role == "assistant"
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == content_of(plain)
    assert [chunk.choices[0].finish_reason for chunk in chunks] == [*[None] * (len(chunks) - 1), "stop"]
    annotations = [a.model_dump() for a in plain.choices[0].message.annotations or []]
    assert (chunks[-1].choices[0].delta.model_extra or {})["annotations"] == annotations
    assert facts_of(chunks[-1]) == facts_of(plain)


def test_a_stream_counts_words_if_asked_to(official: OpenAI) -> None:
    chunks = streamed(official, EXTRADITION, stream_options={"include_usage": True})
    assert (chunks[-1].choices, chunks[-1].usage) == ([], asked(official, EXTRADITION).usage)
    assert all(chunk.usage is None for chunk in chunks[:-1])
    assert all(chunk.usage is None for chunk in streamed(official, EXTRADITION))


def test_a_stream_is_not_held_back_and_says_its_end(client: TestClient) -> None:
    response = client.post(PATH, json={"messages": [user(EXTRADITION)], "stream": True})
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["x-accel-buffering"] == "no"
    assert response.headers["cache-control"] == "no-cache"
    assert response.text.endswith("\n\ndata: [DONE]\n\n")


def test_a_stream_goes_on_with_the_questions_before(client: TestClient) -> None:
    messages = [user(EXTRADITION), user("and what did it recommend?")]
    response = client.post(PATH, json={"messages": messages, "stream": True})
    last = json.loads(response.text.split("\n\n")[-3].removeprefix("data: "))
    assert last["pilcrow"]["searched_for"] == SAID_AFTER_IT


def test_what_fails_before_the_first_chunk_is_an_ordinary_error(official: OpenAI) -> None:
    with pytest.raises(openai.UnprocessableEntityError) as caught:
        streamed(official, " ")
    assert caught.value.code == "question_empty"


def test_what_fails_later_is_the_clients_error(held_up: Assistant, composer: Composer) -> None:
    composer.error = RuntimeError("a secret of the server")
    composer.may.set()
    with Served(held_up) as server, client_of(server) as official, pytest.raises(openai.APIError) as caught:
        streamed(official, EXTRADITION)
    assert not isinstance(caught.value, openai.APIStatusError)
    assert (caught.value.code, caught.value.type) == ("internal_error", "server_error")
    assert "secret" not in str(caught.value.body)


def test_a_silent_stream_is_kept_open_by_comments(
    held_up: Assistant, composer: Composer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.api.routes.chat.PING_INTERVAL", 0.02)
    with Served(held_up) as server, client_of(server) as official:
        chat = official.chat.completions.with_streaming_response
        with chat.create(model="pilcrow", messages=[user(EXTRADITION)], stream=True) as response:
            lines = response.iter_lines()
            assert sum(line == ": ping" for line in (next(lines) for _ in range(20))) > 5
            composer.may.set()
            assert [line for line in lines if line][-1] == "data: [DONE]"


async def test_work_for_a_client_that_hangs_up_is_stopped(held_up: Assistant, composer: Composer) -> None:
    stopped = watched(held_up)
    with Served(held_up) as server:
        async with AsyncOpenAI(base_url=f"{server.url}/v1", api_key="none", max_retries=0) as official:
            stream = await official.chat.completions.create(
                model="pilcrow", messages=[user(EXTRADITION)], stream=True
            )
            first = await anext(aiter(stream))
            assert first.choices[0].delta.role == "assistant"
            await stream.close()
        server.wait_until_idle()
        composer.may.set()
        assert stopped.wait(PATIENCE)


def test_questions_before_are_not_answered_for_a_client_that_hung_up(
    held_up: Assistant, composer: Composer
) -> None:
    stopped = watched(held_up)
    with Served(held_up) as server:
        with client_of(server).with_options(timeout=0.2) as official, pytest.raises(openai.APITimeoutError):
            asked(official, "adoption", "grooming", EXTRADITION)
        server.wait_until_idle()
        composer.may.set()
        assert stopped.wait(PATIENCE)
    assert composer.count == 1


def watched(assistant: Assistant) -> threading.Event:
    """Set when work of an assistant is stopped."""
    stopped = threading.Event()
    stream = assistant.stream

    def stoppable(*arguments: Any, **options: Any) -> Any:
        try:
            return stream(*arguments, **options)
        except BaseException:
            stopped.set()
            raise

    assistant.stream = stoppable  # type: ignore[method-assign]
    return stopped


# -- errors


def test_the_official_client_tells_what_is_wrong(official: OpenAI) -> None:
    with pytest.raises(openai.NotFoundError, match=r"There is no model gpt-4\. Ask for pilcrow\.") as caught:
        official.chat.completions.create(model="gpt-4", messages=[user(EXTRADITION)])
    assert (caught.value.code, caught.value.type) == ("model_not_found", "invalid_request_error")
    with pytest.raises(openai.NotFoundError, match="There is no model openai/pilcrow"):
        official.models.retrieve("openai/pilcrow")
    with pytest.raises(openai.UnprocessableEntityError, match="less than or equal to 1") as invalid:
        asked(official, EXTRADITION, n=2)
    assert (invalid.value.code, invalid.value.param) == ("request_invalid", "n")
    with pytest.raises(openai.UnprocessableEntityError, match="the limit is 2,000"):
        asked(official, "ab " * 1000)


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
