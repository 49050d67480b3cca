"""Citations of texts, looked up.

Each text is handed to the assistant. The work, and making its long result into text, is done in a thread of
the gate, since either would hold up the event loop.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated, TypedDict, TypeVar

from fastapi import APIRouter, Body, Response
from pydantic import AfterValidator, BaseModel

from assistant.api import citation_examples, examples
from assistant.api.citation_requests import (
    CitingText,
    ReferencesRequest,
    require_length,
)
from assistant.api.declared import BODY, GATE, STORE
from assistant.api.dependencies import TheAssistant, TheGate, TheRecord, printable
from assistant.api.openapi import error_responses
from assistant.checking.looked_up import ReferenceList

citations = APIRouter(prefix="/v1/citations", tags=["citations"])

_ERRORS = error_responses(*BODY, "text_too_long", *GATE, *STORE)
_Told = TypeVar("_Told", bound=BaseModel)


class _Part(TypedDict):
    offset: int
    markdown: bool


@citations.post(
    "/resolve",
    summary="Find and resolve the references of a text",
    response_description="The references in the order of the text, each with a verdict of its own.",
    responses=examples.shown(citation_examples.REFERENCES) | _ERRORS,
    response_model=ReferenceList,
)
async def resolve(
    request: Annotated[
        ReferencesRequest,
        AfterValidator(printable),
        Body(openapi_examples=citation_examples.RESOLVE_REQUESTS),
    ],
    assistant: TheAssistant,
    gate: TheGate,
    record: TheRecord,
) -> Response:
    """Find all references of a text, with where they stand and what they lead to, or why they lead nowhere.

    A reference that is wrong is no error of the request: `status` says what became of each. Those that stand
    before `offset` are told no more, but `ibid.` still stands for them.
    """
    require_length(request)
    found, body = await gate.run(_written(partial(assistant.resolve_all, request.text, **_part(request))))
    record.looked("reference", (each.status for each in found.references))
    return Response(body, media_type="application/json")


def _part(request: CitingText) -> _Part:
    """How a text is to be read, and from where on."""
    return {"offset": request.offset, "markdown": request.format == "markdown"}


def _written(look: Callable[[], _Told]) -> Callable[[], tuple[_Told, str]]:
    """Work whose result is made into the text of a response too."""

    def work() -> tuple[_Told, str]:
        told = look()
        return told, told.model_dump_json()

    return work
