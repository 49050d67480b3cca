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
    CheckRequest,
    CitingText,
    QuotationsRequest,
    ReferencesRequest,
    require_length,
)
from assistant.api.declared import BODY, GATE, STORE
from assistant.api.dependencies import TheAssistant, TheGate, TheRecord, printable
from assistant.api.openapi import error_responses
from assistant.checking.looked_up import CheckedText, QuotationList, ReferenceList

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


@citations.post(
    "/quote",
    summary="Find where the quotations of a text come from",
    response_description="The quotations in the order of the text, each with a verdict of its own.",
    responses=examples.shown(citation_examples.QUOTATIONS) | _ERRORS,
    response_model=QuotationList,
)
async def quote(
    request: Annotated[
        QuotationsRequest,
        AfterValidator(printable),
        Body(openapi_examples=citation_examples.QUOTE_REQUESTS),
    ],
    assistant: TheAssistant,
    gate: TheGate,
    record: TheRecord,
) -> Response:
    """Find where quotations come from, exact or altered, and how they differ from what is printed there.

    The quotations of a text are what stands between quotation marks and in block quotations; a text without
    any is itself one. A quotation that is altered or not found is no error of the request.
    """
    require_length(request)
    look = partial(
        assistant.quote_all, request.text, cited=request.cited, whole=request.whole, **_part(request)
    )
    found, body = await gate.run(_written(look))
    record.looked("quotation", (each.status for each in found.quotations))
    return Response(body, media_type="application/json")


@citations.post(
    "/check",
    summary="Check the references and quotations of a draft",
    response_description="What was checked, in the order of the text, and what its author should look at.",
    responses=examples.shown(citation_examples.CHECKED) | _ERRORS,
    response_model=CheckedText,
)
async def check(
    request: Annotated[
        CheckRequest,
        AfterValidator(printable),
        Body(openapi_examples=citation_examples.CHECK_REQUESTS),
    ],
    assistant: TheAssistant,
    gate: TheGate,
    record: TheRecord,
) -> Response:
    """Resolve every reference of a draft, and compare every quotation with what it belongs to.

    `findings` are what is wrong or in doubt; what is not held is in `not_held` and never a finding. What a
    finding or a quotation on this part belongs to is told too, though it stands before `offset`.
    """
    require_length(request)
    report, body = await gate.run(_written(partial(assistant.check_text, request.text, **_part(request))))
    record.looked("reference", (each.resolution.verdict for each in report.references))
    record.looked("quotation", (each.match.verdict for each in report.quotations))
    record.looked("finding", (finding.code for finding in report.findings))
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
