"""Documents that are held, and their places.

What may block is a plain function, which the framework runs in a thread and not on the event loop.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from assistant import errors
from assistant.api import examples
from assistant.api.declared import STORE
from assistant.api.dependencies import TheAssistant
from assistant.api.openapi import error_responses
from assistant.api.places import ShownPlace, the_one

documents = APIRouter(prefix="/v1/documents", tags=["documents"])


@documents.get(
    "/{document:path}/paragraphs/{place}",
    summary="Read one place of a document",
    response_description="The place, and the whole paragraph it is in.",
    responses=examples.shown(examples.SHOWN_PLACE)
    | error_responses(
        errors.DocumentNotHeld,
        errors.NoSuchParagraph,
        "several_places",
        "request_invalid",
        *STORE,
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
    try:
        return the_one(place, assistant.show(document, place))
    except errors.PinpointInvalid as error:  # in a path it names nothing, as any other text would
        raise errors.NoSuchParagraph(error.message, error.mend) from None
