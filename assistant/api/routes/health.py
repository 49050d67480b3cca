"""For whatever watches the server."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from assistant.api import examples
from assistant.api.declared import STORE
from assistant.api.dependencies import TheAssistant, TheWarmUp
from assistant.api.openapi import error_responses
from assistant.api.problems import MAX_BODY, MAX_TEXT, ApiError
from assistant.checking.looked_up import MOST_CITATIONS
from assistant.errors import PilcrowError
from assistant.info import Info

health = APIRouter(tags=["health"])


class Health(BaseModel):
    """That the server is alive, or ready."""

    status: str = "ok"


class Readiness(Health):
    """That questions are answered, and whether they can be kept."""

    store: Literal["writable", "read_only"] = Field(
        description="Whether conversations are kept and documents taken in."
    )


class Limits(BaseModel):
    """What a request may have at most."""

    question: int = Field(description="Characters of a question.")
    body: int = Field(description="Bytes of a body.")
    text: int = Field(description="Characters of a text whose citations are looked up.")
    citations: int = Field(description="Citations of a text that are looked up in one request.")


class ServerInfo(Info):
    """What is answered from, and what may be sent."""

    limits: Limits


@health.get(
    "/v1/info",
    summary="What is answered from, and limits",
    response_description="Version, what is held, index and model, limits.",
    responses=examples.shown(examples.INFO) | error_responses(*STORE),
)
def info(assistant: TheAssistant, request: Request) -> ServerInfo:
    """Tell what answers rest on: with the same generation and model the same question is answered alike."""
    limits = Limits(
        question=request.app.state.settings.max_question,
        body=MAX_BODY,
        text=MAX_TEXT,
        citations=MOST_CITATIONS,
    )
    return ServerInfo(**assistant.info().model_dump(), limits=limits)


@health.get("/livez", summary="Whether the server is alive", responses=error_responses("internal_error"))
async def livez() -> Health:
    """Answer always, whatever the state of model and store."""
    return Health()


@health.get(
    "/readyz",
    summary="Whether questions are answered without waiting",
    responses=error_responses("not_ready", "internal_error"),
)
def readyz(assistant: TheAssistant, warm_up: TheWarmUp, request: Request) -> Readiness:
    """Answer 200 when the model is loaded and the index fits it, and else 503 with the reasons.

    A server that is ending is not ready.
    """
    reasons = ["The server is ending."] if request.app.state.closing.begun else []
    if warm_up.failure:
        reasons.append(warm_up.failure)
    try:
        reasons += assistant.unready()
    except PilcrowError as error:
        reasons.append(str(error))
    if reasons:
        warm_up.again()
        detail = "Questions would wait, or fail."
        raise ApiError("not_ready", detail, reasons=list(dict.fromkeys(reasons)))
    return Readiness(store="read_only" if assistant.is_read_only else "writable")
