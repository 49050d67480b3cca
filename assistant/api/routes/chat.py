"""Questions of clients made for OpenAI's API: each is handed to the assistant, in a thread of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path, Request
from fastapi.sse import EventSourceResponse

from assistant import errors
from assistant.answer import Answer
from assistant.api import chat_examples, examples
from assistant.api.chat_chunks import BrokenOff, ChatCompletionChunk, events
from assistant.api.chat_request import MODEL, ChatRequest
from assistant.api.chat_response import ChatCompletion, Model, ModelList, completion
from assistant.api.declared import BODY, GATE, STORE
from assistant.api.declared import MODEL as MODEL_ERRORS
from assistant.api.dependencies import TheAssistant, TheBaseUrl, TheGate, TheRecord
from assistant.api.handlers import broken_off
from assistant.api.openai_errors import OpenAIError
from assistant.api.openapi import data_stream, error_responses
from assistant.api.pings import PING_INTERVAL, with_pings
from assistant.api.problems import ApiError
from assistant.api.streams import AnswerStream
from assistant.replay import answer_last

UNBUFFERED = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
"""What keeps proxies from holding a stream back, as the framework says for routes that always stream."""

_PLAIN = examples.shown(chat_examples.COMPLETION)[200]["content"]
_STREAMED = data_stream((ChatCompletionChunk, BrokenOff), "[DONE]", chat_examples.STREAM)
_ANSWERED: dict[int | str, dict[str, Any]] = {200: {"content": _PLAIN | _STREAMED}}

chat = APIRouter(prefix="/v1", tags=["openai"])


@chat.get(
    "/models",
    name="models",
    summary="List the models",
    response_description="The one there is.",
    responses=examples.shown(chat_examples.MODELS) | error_responses("internal_error"),
)
async def list_models(request: Request) -> ModelList:
    """Name the one model that answers."""
    return ModelList(data=(_model(request),))


@chat.get(
    "/models/{model:path}",
    name="model",
    summary="Read about a model",
    response_description="The model.",
    responses=examples.shown(chat_examples.MODEL)
    | error_responses("model_not_found", "request_invalid", "internal_error"),
)
async def show_model(
    model: Annotated[str, Path(max_length=200, examples=[MODEL])], request: Request
) -> Model:
    """Describe the one model there is."""
    _require(model)
    return _model(request)


@dataclass(frozen=True)
class _Chat:
    """What was sent, and the answer in the making."""

    sent: ChatRequest
    stream: AnswerStream


async def _begun(
    sent: Annotated[ChatRequest, Body(openapi_examples=chat_examples.CHAT_REQUESTS)],
    request: Request,
    assistant: TheAssistant,
    gate: TheGate,
    record: TheRecord,
) -> AsyncIterator[_Chat]:
    _require(sent.model)
    work = partial(answer_last, sent.questions, assistant.stream)
    stream = AnswerStream(gate.run, work, record.answered)
    try:
        await stream.begin(request)
        yield _Chat(sent, stream)
    finally:
        stream.stop()


@chat.post(
    "/chat/completions",
    name="complete",
    response_model=ChatCompletion,
    summary="Answer the last message of a conversation",
    response_description="The answer, or a refusal, as the message of an assistant; with `stream` in chunks.",
    responses=_ANSWERED
    | error_responses(
        *BODY,
        "model_not_found",
        errors.QuestionEmpty,
        errors.QuestionTooLong,
        *GATE,
        *STORE,
        *MODEL_ERRORS,
    ),
)
async def complete(
    chat: Annotated[_Chat, Depends(_begun)], request: Request, base_url: TheBaseUrl
) -> ChatCompletion | EventSourceResponse:
    """Answer as `POST /v1/ask` does, for clients and chat interfaces made for OpenAI's API.

    The last message of a user is the question, and a follow-up to the messages of users before it, which
    are answered again: at most the last 20. Nothing is kept. Messages of other roles are not read, nor are
    fields that are not named here, such as `temperature`, `max_tokens` and `tools`: the answer quotes the
    documents, and the same question gets the same answer. Its links lead to this server, or to where
    `PILCROW_PUBLIC_URL` says. `usage` counts words.

    With `stream` the chunks are server-sent events without a name, the last of them `[DONE]`. What fails
    before the first chunk is an ordinary error response; what fails later is a chunk with an `error`. A
    comment is sent every 15 seconds of silence. Hanging up stops the work.
    """
    if not chat.sent.stream:
        return completion(await chat.stream.answer(), chat.sent, base_url)

    async def answer_or_error() -> Answer | OpenAIError:
        try:
            return await chat.stream.answer()
        except Exception as error:
            told = broken_off(request, error).error
            assert told is not None  # on this path
            return told

    chunks = events(chat.stream.events(), answer_or_error, chat.sent, base_url)
    return EventSourceResponse(with_pings(chunks, PING_INTERVAL), headers=UNBUFFERED)


def _model(request: Request) -> Model:
    return Model(created=request.app.state.created)


def _require(model: str) -> None:
    if model != MODEL:
        raise ApiError("model_not_found", f"There is no model {model[:80]}.", f"Ask for {MODEL}.")
