"""Questions: each is handed to the assistant.

Its work is done in a thread, and begun when the gate has a place for it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import AfterValidator

from assistant import errors
from assistant.answer import Answer, AskRequest, Citation, SearchRequest, SearchResult
from assistant.api import examples
from assistant.api.declared import BODY, CONVERSATION_GATE, CONVERSATIONS, GATE, MODEL, QUESTION, STORE
from assistant.api.dependencies import TheAssistant, TheGate, TheOwner, TheRecord, printable
from assistant.api.handlers import broken_off
from assistant.api.openapi import error_responses, event_stream
from assistant.api.problems import Problem
from assistant.api.streams import AnswerStream
from assistant.streaming import Delta, Retrieval

_NAMES: dict[type, str] = {Retrieval: "retrieval", Delta: "delta", Citation: "citation"}

_ASK_ERRORS = error_responses(
    *BODY,
    *QUESTION,
    errors.ConversationNotHeld,
    *CONVERSATION_GATE,
    *CONVERSATIONS,
    *STORE,
    *MODEL,
)

questions = APIRouter(prefix="/v1", tags=["questions"])


TheQuestion = Annotated[
    AskRequest,
    AfterValidator(printable),
    Body(openapi_examples=examples.ASK_REQUESTS | examples.FOLLOW_UP),
]


@questions.post(
    "/ask",
    summary="Answer a question with verified citations",
    response_description="The answer, or a refusal (`refused` is true) with the nearest paragraphs.",
    responses=examples.shown(examples.ANSWER) | _ASK_ERRORS,
)
async def ask(
    request: TheQuestion,
    assistant: TheAssistant,
    owner: TheOwner,
    gate: TheGate,
    record: TheRecord,
) -> Answer:
    """Answer from the held documents: verbatim sentences, each with its paragraph.

    A question that the documents do not answer is refused with a reason, which is no error. Without
    `conversation_id` a conversation is opened; with it the question goes on with that one, after all
    questions that came before. With `store` false nothing is kept and `conversation_id` is null, as it is
    where the data folder cannot be written.
    """
    answer = await gate.run(partial(assistant.ask, request, owner=owner), _continued(request, owner))
    record.answered(answer)
    return answer


async def _answer_stream(
    asked: TheQuestion,
    request: Request,
    assistant: TheAssistant,
    owner: TheOwner,
    gate: TheGate,
    record: TheRecord,
) -> AsyncIterator[AnswerStream]:
    # the place is held as long as the thread works, which may be a moment longer than the client stays
    stream = AnswerStream(
        partial(gate.run, conversation=_continued(asked, owner)),
        partial(assistant.stream, asked, owner=owner),
        record.answered,
    )
    try:
        await stream.begin(request)
        yield stream
    finally:
        stream.stop()


@questions.post(
    "/ask/stream",
    response_class=EventSourceResponse,
    summary="Answer a question, told as it comes to be",
    response_description="Events: `retrieval`, `delta`s, `citation`s, then `done` or `error`.",
    responses=event_stream(
        {"retrieval": Retrieval, "delta": Delta, "citation": Citation, "done": Answer, "error": Problem},
        examples.EVENTS,
    )
    | _ASK_ERRORS,
)
async def ask_stream(
    stream: Annotated[AnswerStream, Depends(_answer_stream)], request: Request
) -> AsyncIterator[ServerSentEvent]:
    """Answer as `POST /v1/ask` does, in server-sent events.

    `retrieval` says what was searched and found. The texts of all `delta` events joined are the answer's
    text. Each `citation` is one of the answer's, checked, in their order. `done` is the whole answer as
    `POST /v1/ask` gives it, kept by then; `error` is a problem document, and ends the stream instead. What
    fails before the first event is an ordinary error response. A comment is sent every 15 seconds of
    silence. Hanging up stops the work, and nothing is kept.
    """
    async for event in stream.events():
        yield ServerSentEvent(event=_NAMES[type(event)], data=event)
    try:
        yield ServerSentEvent(event="done", data=await stream.answer())
    except Exception as error:
        yield ServerSentEvent(event="error", data=broken_off(request, error))


@questions.post(
    "/search",
    summary="Find paragraphs, without an answer",
    response_description="The paragraphs, best first.",
    responses=examples.shown(examples.SEARCH_RESULT)
    | error_responses(*BODY, *QUESTION, *GATE, *STORE, *MODEL),
)
async def search(
    request: Annotated[
        SearchRequest, AfterValidator(printable), Body(openapi_examples=examples.SEARCH_REQUESTS)
    ],
    assistant: TheAssistant,
    gate: TheGate,
) -> SearchResult:
    """Find the best paragraphs for a query, with their scores."""
    return await gate.run(partial(assistant.search, request))


def _continued(request: AskRequest, owner: str | None) -> str | None:
    """The conversation in which a question waits for its turn; one that is not kept only reads it.

    Of each owner, since nobody waits for a conversation that is not there for them.
    """
    known = request.conversation_id if request.store else None
    return None if known is None else f"{owner or ''} {known}"
