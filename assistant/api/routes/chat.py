"""Questions of clients made for OpenAI's API: each is handed to the assistant.

What may block is a plain function, which the framework runs in a thread and not on the event loop.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Path, Request

from assistant import errors
from assistant.answer import AskRequest
from assistant.api import chat_examples, examples
from assistant.api.chat_request import MODEL, ChatRequest
from assistant.api.chat_response import ChatCompletion, Model, ModelList, completion
from assistant.api.declared import BODY, STORE
from assistant.api.declared import MODEL as MODEL_ERRORS
from assistant.api.dependencies import TheAssistant, TheBaseUrl
from assistant.api.openapi import error_responses
from assistant.api.problems import ApiError
from assistant.replay import answered_again

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


@chat.post(
    "/chat/completions",
    name="complete",
    summary="Answer the last message of a conversation",
    response_description="The answer, or a refusal, as the message of an assistant.",
    responses=examples.shown(chat_examples.COMPLETION)
    | error_responses(
        *BODY, "model_not_found", errors.QuestionEmpty, errors.QuestionTooLong, *STORE, *MODEL_ERRORS
    ),
)
def complete(
    request: Annotated[ChatRequest, Body(openapi_examples=chat_examples.CHAT_REQUESTS)],
    assistant: TheAssistant,
    base_url: TheBaseUrl,
) -> ChatCompletion:
    """Answer as /v1/ask does, for clients and chat interfaces made for OpenAI's API.

    The last message of a user is the question, and a follow-up to the messages of users before it, which
    are answered again: at most the last 20. Nothing is kept. Messages of other roles are not read, nor are
    fields that are not named here, such as `temperature`, `max_tokens` and `tools`: the answer quotes the
    documents, and the same question gets the same answer. Its links lead to this server, or to where
    `PILCROW_PUBLIC_URL` says. `usage` counts words.
    """
    _require(request.model)
    *earlier, question = request.questions
    answers = answered_again(earlier, lambda again, before: assistant.ask(again, earlier=before))
    answer = assistant.ask(AskRequest(question=question, store=False), earlier=answers)
    return completion(answer, request, base_url)


def _model(request: Request) -> Model:
    return Model(created=request.app.state.created)


def _require(model: str) -> None:
    if model != MODEL:
        raise ApiError("model_not_found", f"There is no model {model[:80]}.", f"Ask for {MODEL}.")
