"""Questions: each is handed to the assistant.

What may block is a plain function, which the framework runs in a thread and not on the event loop.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body
from pydantic import AfterValidator

from assistant import errors
from assistant.answer import Answer, AskRequest, SearchRequest, SearchResult
from assistant.api import examples
from assistant.api.declared import BODY, CONVERSATIONS, MODEL, QUESTION, STORE
from assistant.api.dependencies import TheAssistant, TheOwner, printable
from assistant.api.openapi import error_responses

questions = APIRouter(prefix="/v1", tags=["questions"])


@questions.post(
    "/ask",
    summary="Answer a question with verified citations",
    response_description="The answer, or a refusal (`refused` is true) with the nearest paragraphs.",
    responses=examples.shown(examples.ANSWER)
    | error_responses(
        *BODY,
        *QUESTION,
        errors.ConversationNotHeld,
        errors.ConversationBusy,
        *CONVERSATIONS,
        *STORE,
        *MODEL,
    ),
)
def ask(
    request: Annotated[
        AskRequest,
        AfterValidator(printable),
        Body(openapi_examples=examples.ASK_REQUESTS | examples.FOLLOW_UP),
    ],
    assistant: TheAssistant,
    owner: TheOwner,
) -> Answer:
    """Answer from the held documents: verbatim sentences, each with its paragraph.

    A question that the documents do not answer is refused with a reason, which is no error. Without
    `conversation_id` a conversation is opened; with it the question goes on with that one, after all
    questions that came before. With `store` false nothing is kept and `conversation_id` is null, as it is
    where the data folder cannot be written.
    """
    return assistant.ask(request, owner=owner)


@questions.post(
    "/search",
    summary="Find paragraphs, without an answer",
    response_description="The paragraphs, best first.",
    responses=examples.shown(examples.SEARCH_RESULT) | error_responses(*BODY, *QUESTION, *STORE, *MODEL),
)
def search(
    request: Annotated[
        SearchRequest, AfterValidator(printable), Body(openapi_examples=examples.SEARCH_REQUESTS)
    ],
    assistant: TheAssistant,
) -> SearchResult:
    """Find the best paragraphs for a query, with their scores."""
    return assistant.search(request)
