"""Chats with a server by the official client of OpenAI, and over the wire."""

from __future__ import annotations

from typing import Any

from openai import OpenAI
from openai.types.chat import ChatCompletion, ChatCompletionChunk
from starlette.testclient import TestClient

from tests.api.posting import posted
from tests.api.servers import Served

PATH = "/v1/chat/completions"
KEY = "a-key-of-more-than-16-characters"
EXTRADITION = "What did the Committee say about extradition?"
SAID_AFTER_IT = "What did the Committee recommend on extradition?"
QUESTIONS = [EXTRADITION, "para 22 (c)", "every paragraph on trafficking", "volcanoes?", "hello"]


def client_of(server: Served, key: str = "none") -> OpenAI:
    return OpenAI(base_url=f"{server.url}/v1", api_key=key, max_retries=0)


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
