from __future__ import annotations

import json

import pytest
from openai import OpenAI
from starlette.testclient import TestClient

from assistant.service import Assistant
from tests.api.chats import (
    EXTRADITION,
    PATH,
    QUESTIONS,
    SAID_AFTER_IT,
    asked,
    complete,
    content_of,
    facts_of,
    user,
)
from tests.api.conftest import LAOS, serving
from tests.api.posting import posted
from tests.api.servers import Served


def test_there_is_one_model(official: OpenAI) -> None:
    (model,) = official.models.list().data
    assert (model.id, model.object, model.owned_by) == ("pilcrow", "model", "pilcrow")
    assert official.models.retrieve("pilcrow") == model


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_that_of_ask_with_links_that_lead_to_the_server(
    official: OpenAI, client: TestClient, socket_server: Served, question: str
) -> None:
    answer = posted(client, "/v1/ask", question=question, store=False)
    completion = asked(official, question)
    content = content_of(completion)
    assert content == answer["text"].replace("](/", f"]({socket_server.url}/")
    choice = completion.choices[0]
    assert (choice.index, choice.finish_reason, choice.message.refusal) == (0, "stop", None)
    cited = [(annotation.model_extra or {})["citation"] for annotation in choice.message.annotations or []]
    assert cited == answer["citations"]
    facts = facts_of(completion)
    assert facts == {name: answer[name] for name in facts}
    assert set(facts) == {"searched_for", "refused", "refusal_reason", "filters", "coverage"}


def test_an_annotation_says_where_in_the_content_its_link_is(official: OpenAI, socket_server: Served) -> None:
    completion = asked(official, EXTRADITION)
    annotations = completion.choices[0].message.annotations
    assert annotations is not None
    assert [a.url_citation.title for a in annotations] == [f"{LAOS}, para. 33", f"{LAOS}, para. 34"]
    for annotation in annotations:
        citation, link = (annotation.model_extra or {})["citation"], annotation.url_citation
        assert link.url == socket_server.url + citation["href"]
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


@pytest.mark.parametrize("url", ["https://un.example", "https://un.example/pilcrow/"])
def test_links_lead_to_where_the_server_is_said_to_be(assistant: Assistant, url: str) -> None:
    with serving(assistant, public_url=url) as client:
        choice = complete(client)["choices"][0]
    base = url.rstrip("/")
    links = [annotation["url_citation"]["url"] for annotation in choice["message"]["annotations"]]
    assert [link.split("#")[0] for link in links] == [f"{base}/documents/crc-c-opsc-lao-co-1"] * 2
    assert all(f"]({link})" in choice["message"]["content"] for link in links)
