"""The routes: each hands its request to the assistant.

What may block is a plain function, which the framework runs in a thread and not on the event loop.
"""

from __future__ import annotations

from typing import Annotated, TypeVar

from fastapi import APIRouter, Body, Depends, Path, Query, Request
from pydantic import AfterValidator, BaseModel
from pydantic_core import PydanticSerializationError

from assistant import errors
from assistant.answer import (
    Answer,
    AskRequest,
    Conversation,
    ConversationPage,
    SearchRequest,
    SearchResult,
)
from assistant.api import examples
from assistant.api.openapi import error_responses
from assistant.api.places import ShownPlace, the_one
from assistant.api.problems import ApiError
from assistant.api.warm_up import WarmUp
from assistant.errors import PilcrowError
from assistant.service import Assistant

Printable = TypeVar("Printable", AskRequest, SearchRequest)


class Health(BaseModel):
    """That the server is alive, or ready."""

    status: str = "ok"


async def _assistant(request: Request) -> Assistant:
    assistant: Assistant = request.state.assistant
    return assistant


async def _warm_up(request: Request) -> WarmUp:
    warm_up: WarmUp = request.state.warm_up
    return warm_up


def _printable(request: Printable) -> Printable:
    """JSON can spell half of a surrogate pair, which no answer could repeat."""
    try:
        request.model_dump_json()
    except PydanticSerializationError:
        raise ValueError("Strings must be text that has a UTF-8 form") from None
    return request


TheAssistant = Annotated[Assistant, Depends(_assistant)]
TheWarmUp = Annotated[WarmUp, Depends(_warm_up)]

_BODY = ("malformed_json", "body_too_large", "unsupported_media_type", "request_invalid")
_QUESTION = (errors.QuestionEmpty, errors.QuestionTooLong, errors.FilterInvalid)
_STORE = (
    errors.HomeUnusable,
    errors.CatalogDamaged,
    errors.CatalogNewer,
    errors.StoreError,
    errors.WriterBusy,
    "internal_error",
)
_MODEL = (
    errors.EngineDamaged,
    errors.EngineMismatch,
    errors.ModelMissing,
    errors.ModelAltered,
    errors.ModelUnusable,
)

_CONVERSATIONS = (errors.ConversationsDamaged, errors.ConversationsNewer)
_CONVERSATIONS_ONLY = (*_CONVERSATIONS, errors.HomeUnusable, errors.StoreError, "internal_error")
_LARGEST = 2**63 - 1  # SQLite's largest integer

questions = APIRouter(prefix="/v1", tags=["questions"])
conversations = APIRouter(prefix="/v1/conversations", tags=["conversations"])
documents = APIRouter(prefix="/v1/documents", tags=["documents"])
health = APIRouter(tags=["health"])


@questions.post(
    "/ask",
    summary="Answer a question with verified citations",
    response_description="The answer, or a refusal (`refused` is true) with the nearest paragraphs.",
    responses=examples.shown(examples.ANSWER)
    | error_responses(
        *_BODY,
        *_QUESTION,
        errors.ConversationNotHeld,
        errors.ConversationBusy,
        *_CONVERSATIONS,
        *_STORE,
        *_MODEL,
    ),
)
def ask(
    request: Annotated[
        AskRequest,
        AfterValidator(_printable),
        Body(openapi_examples=examples.ASK_REQUESTS | examples.FOLLOW_UP),
    ],
    assistant: TheAssistant,
) -> Answer:
    """Answer from the held documents: verbatim sentences, each with its paragraph.

    A question that the documents do not answer is refused with a reason, which is no error. Without
    `conversation_id` a conversation is opened; with it the question goes on with that one, after all
    questions that came before. With `store` false nothing is kept and `conversation_id` is null, as it is
    where the data folder cannot be written.
    """
    return assistant.ask(request)


@questions.post(
    "/search",
    summary="Find paragraphs, without an answer",
    response_description="The paragraphs, best first.",
    responses=examples.shown(examples.SEARCH_RESULT) | error_responses(*_BODY, *_QUESTION, *_STORE, *_MODEL),
)
def search(
    request: Annotated[
        SearchRequest, AfterValidator(_printable), Body(openapi_examples=examples.SEARCH_REQUESTS)
    ],
    assistant: TheAssistant,
) -> SearchResult:
    """Find the best paragraphs for a query, with their scores."""
    return assistant.search(request)


ConversationId = Annotated[str, Path(max_length=100, examples=[examples.CONVERSATION_ID])]


@conversations.get(
    "",
    name="list",
    summary="List or search conversations",
    response_description="Some conversations, and where to go on.",
    responses=examples.shown(examples.CONVERSATION_PAGE)
    | error_responses("request_invalid", *_CONVERSATIONS_ONLY),
)
def list_conversations(
    assistant: TheAssistant,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[
        int | None, Query(ge=0, le=_LARGEST, description="The `next` of the page before.")
    ] = None,
    q: Annotated[
        str | None, Query(max_length=1000, description="Words that are all said in a conversation.")
    ] = None,
) -> ConversationPage:
    """List the conversations, the latest first; those with all words of `q`, the best first.

    A word stands for all that begin with it, and counts most in a title and more in a question than in
    an answer.
    """
    if q and q.strip():
        return assistant.search_conversations(q, limit, cursor)
    return assistant.conversations(limit, cursor)


@conversations.get(
    "/{conversation_id}",
    name="show",
    summary="Read a conversation",
    response_description="All its turns, the first one first.",
    responses=examples.shown(examples.CONVERSATION)
    | error_responses(errors.ConversationNotHeld, "request_invalid", *_CONVERSATIONS_ONLY),
)
def show_conversation(conversation_id: ConversationId, assistant: TheAssistant) -> Conversation:
    """Read a conversation with its answers as they were given: documents may have changed since."""
    return assistant.conversation(conversation_id)


@conversations.delete(
    "/{conversation_id}",
    name="delete",
    status_code=204,
    summary="Delete a conversation",
    response_description="It is deleted.",
    responses=error_responses(errors.ConversationNotHeld, "request_invalid", *_CONVERSATIONS_ONLY),
)
def delete_conversation(conversation_id: ConversationId, assistant: TheAssistant) -> None:
    """Delete a conversation with all its turns; a question of it that is still in work is an error then."""
    assistant.delete_conversation(conversation_id)


@documents.get(
    "/{document:path}/paragraphs/{place}",
    summary="Read one place of a document",
    response_description="The place, and the whole paragraph it is in.",
    responses=examples.shown(examples.SHOWN_PLACE)
    | error_responses(
        errors.DocumentNotHeld,
        errors.NoSuchParagraph,
        "several_places",
        errors.PinpointInvalid,
        "request_invalid",
        *_STORE,
    ),
)
def show(
    document: Annotated[
        str,
        Path(
            min_length=1,
            max_length=200,
            description="A slug, or a percent-encoded symbol.",
            examples=["crc-c-opsc-lao-co-1", "CRC%2FC%2FOPSC%2FLAO%2FCO%2F1"],
        ),
    ],
    place: Annotated[
        str,
        Path(
            max_length=100,
            description="A machine id, or a printed number. One place: ranges and lists are answered "
            "with their candidates, as is a number that is printed twice.",
            examples=["para_22__subpara_c", "22 (c)"],
        ),
    ],
    assistant: TheAssistant,
) -> ShownPlace:
    """Read a paragraph or an item of the current edition."""
    return the_one(place, assistant.show(document, place))


@health.get("/livez", summary="Whether the server is alive", responses=error_responses("internal_error"))
async def livez() -> Health:
    """Answer always, whatever the state of model and store."""
    return Health()


@health.get(
    "/readyz",
    summary="Whether questions are answered without waiting",
    responses=error_responses("not_ready", "internal_error"),
)
def readyz(assistant: TheAssistant, warm_up: TheWarmUp) -> Health:
    """Answer 200 when the model is loaded and the index fits it, and else 503 with the reasons."""
    reasons = [warm_up.failure] if warm_up.failure else []
    try:
        reasons += assistant.unready()
    except PilcrowError as error:
        reasons.append(str(error))
    if reasons:
        detail = "Questions would wait, or fail."
        raise ApiError("not_ready", detail, reasons=list(dict.fromkeys(reasons)))
    return Health()
