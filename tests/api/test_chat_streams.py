from __future__ import annotations

import json
import threading
from typing import Any

import openai
import pytest
from openai import AsyncOpenAI, OpenAI
from starlette.testclient import TestClient

from assistant.service import Assistant
from tests.api.chats import (
    EXTRADITION,
    PATH,
    QUESTIONS,
    SAID_AFTER_IT,
    asked,
    client_of,
    content_of,
    facts_of,
    streamed,
    user,
)
from tests.api.composers import PATIENCE, Composer
from tests.api.servers import Served


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
