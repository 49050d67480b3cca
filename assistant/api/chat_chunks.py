"""Answers as OpenAI's chat completion chunks: a message piece by piece, as server-sent events."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import Literal

from fastapi.sse import format_sse_event
from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Answer
from assistant.api.chat_request import MODEL, ChatRequest
from assistant.api.chat_response import Annotation, AnswerFacts, Usage, facts_of, message_of, new_id, usage_of
from assistant.api.openai_errors import OpenAIError
from assistant.links import with_absolute_links
from assistant.streaming import Delta, Event


def _is_absent(value: object) -> bool:
    return value is None


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class ChunkDelta(_Frozen):
    """What a chunk adds to the message."""

    role: Literal["assistant"] | None = Field(None, exclude_if=_is_absent, description="In the first chunk.")
    content: str | None = Field(
        None, exclude_if=_is_absent, description="All joined are the content of the plain answer."
    )
    annotations: tuple[Annotation, ...] | None = Field(
        None, exclude_if=_is_absent, description="In the chunk with the `finish_reason`."
    )


class ChunkChoice(_Frozen):
    """The one choice, in part."""

    index: int = 0
    delta: ChunkDelta
    finish_reason: Literal["stop"] | None = None
    logprobs: None = None


class ChatCompletionChunk(_Frozen):
    """A piece of an answer."""

    id: str = Field(description="The same in all chunks of an answer.")
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    created: int = Field(description="In seconds since 1970; the same in all chunks of an answer.")
    model: Literal["pilcrow"] = MODEL
    choices: tuple[ChunkChoice, ...] = Field(description="One; none in the chunk with the `usage`.")
    usage: Usage | None = Field(None, exclude_if=_is_absent, description="In the last chunk, if asked for.")
    system_fingerprint: None = None
    pilcrow: AnswerFacts | None = Field(
        None, exclude_if=_is_absent, description="In the chunk with the `finish_reason`."
    )


class BrokenOff(_Frozen):
    """What ends a stream whose answer failed after it had begun."""

    error: OpenAIError


async def events(
    told: AsyncIterator[Event],
    end: Callable[[], Awaitable[Answer | OpenAIError]],
    request: ChatRequest,
    base: str,
) -> AsyncIterator[bytes]:
    """The chunks of an answer in the making, from what is told of it and what it comes to in the `end`.

    The links of the content begin with a base URL. Links stand within a line, and so within a delta.
    """
    chunk = partial(ChatCompletionChunk, id=new_id(), created=int(time.time()))
    yield _event(chunk(choices=_choice(ChunkDelta(role="assistant", content=""))))
    async for event in told:
        if isinstance(event, Delta):
            content = with_absolute_links(event.text, base)
            yield _event(chunk(choices=_choice(ChunkDelta(content=content))))
    answer = await end()
    if isinstance(answer, OpenAIError):
        yield _event(BrokenOff(error=answer))
        return
    message = message_of(answer, base)
    last = ChunkDelta(annotations=message.annotations)
    yield _event(chunk(choices=_choice(last, "stop"), pilcrow=facts_of(answer)))
    if request.stream_options and request.stream_options.include_usage:
        yield _event(chunk(choices=(), usage=usage_of(request, message.content)))
    yield format_sse_event(data_str="[DONE]")


def _choice(delta: ChunkDelta, finish_reason: Literal["stop"] | None = None) -> tuple[ChunkChoice]:
    return (ChunkChoice(delta=delta, finish_reason=finish_reason),)


def _event(data: BaseModel) -> bytes:
    return format_sse_event(data_str=data.model_dump_json())
