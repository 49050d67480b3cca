"""For whatever watches the server."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from assistant.api.dependencies import TheAssistant, TheWarmUp
from assistant.api.openapi import error_responses
from assistant.api.problems import ApiError
from assistant.errors import PilcrowError

health = APIRouter(tags=["health"])


class Health(BaseModel):
    """That the server is alive, or ready."""

    status: str = "ok"


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
