"""Answers as OpenAI's chat completions: what its clients read, and what only Pilcrow says."""

from __future__ import annotations

import secrets
import time
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Answer, AppliedFilter, Citation, Coverage, RefusalReason
from assistant.api.chat_request import MODEL, ChatRequest
from assistant.links import citation_links, with_absolute_links


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Model(_Frozen):
    """The one model, which is no language model."""

    id: Literal["pilcrow"] = MODEL
    object: Literal["model"] = "model"
    created: int = Field(description="When the server started, in seconds since 1970.")
    owned_by: Literal["pilcrow"] = "pilcrow"


class ModelList(_Frozen):
    """All models there are."""

    object: Literal["list"] = "list"
    data: tuple[Model, ...]


class UrlCitation(_Frozen):
    """A link in the content."""

    start_index: int = Field(description="Where the link begins in the content, in Unicode code points.")
    end_index: int = Field(description="One past its last code point.")
    title: str = Field(description="The citation's `label`.")
    url: str = Field(description="Where the link leads: the citation's `href` made absolute.")


class Annotation(_Frozen):
    """A citation with its link in the content."""

    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitation
    citation: Citation


class Usage(_Frozen):
    """Words, since there are no tokens."""

    prompt_tokens: int = Field(description="The words of all messages.")
    completion_tokens: int = Field(description="The words of the content.")
    total_tokens: int


class AnswerFacts(_Frozen):
    """What an answer says of itself, as in the answer of /v1/ask."""

    searched_for: str
    refused: bool
    refusal_reason: RefusalReason | None
    filters: tuple[AppliedFilter, ...]
    coverage: Coverage
    timings_ms: dict[str, float]


class AssistantMessage(_Frozen):
    """The answer."""

    role: Literal["assistant"] = "assistant"
    content: str = Field(description="The answer's Markdown with absolute links.")
    refusal: None = None
    annotations: tuple[Annotation, ...] = Field(description="The citations, in the order of their links.")


class Choice(_Frozen):
    """The one choice."""

    index: int = 0
    message: AssistantMessage
    finish_reason: Literal["stop"] = "stop"
    logprobs: None = None


class ChatCompletion(_Frozen):
    """An answer in one piece."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int = Field(description="In seconds since 1970.")
    model: Literal["pilcrow"] = MODEL
    choices: tuple[Choice]
    usage: Usage
    system_fingerprint: None = None
    pilcrow: AnswerFacts


def new_id() -> str:
    """An id for an answer, which leads nowhere."""
    return f"chatcmpl-{secrets.token_hex(12)}"


def completion(answer: Answer, request: ChatRequest, base: str) -> ChatCompletion:
    """An answer to a request, its links beginning with a base URL."""
    message = message_of(answer, base)
    return ChatCompletion(
        id=new_id(),
        created=int(time.time()),
        choices=(Choice(message=message),),
        usage=usage_of(request, message.content),
        pilcrow=facts_of(answer),
    )


def message_of(answer: Answer, base: str) -> AssistantMessage:
    """The message that an answer is, its links beginning with a base URL."""
    content = with_absolute_links(answer.text, base)
    links = citation_links(content, answer.citations, base)
    annotations = tuple(
        Annotation(
            url_citation=UrlCitation(
                start_index=link.start, end_index=link.end, title=link.citation.label, url=link.href
            ),
            citation=link.citation,
        )
        for link in links
    )
    return AssistantMessage(content=content, annotations=annotations)


def usage_of(request: ChatRequest, content: str) -> Usage:
    """How many words were sent and are answered."""
    sent, answered = request.words, len(content.split())
    return Usage(prompt_tokens=sent, completion_tokens=answered, total_tokens=sent + answered)


def facts_of(answer: Answer) -> AnswerFacts:
    """What an answer says of itself."""
    return AnswerFacts(
        searched_for=answer.searched_for,
        refused=answer.refused,
        refusal_reason=answer.refusal_reason,
        filters=answer.filters,
        coverage=answer.coverage,
        timings_ms=answer.timings_ms,
    )
