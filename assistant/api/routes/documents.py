"""Documents that are held: listed, read, put and deleted, and their places.

What may block is a plain function, which the framework runs in a thread and not on the event loop.
"""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import TypeAdapter

from assistant import errors
from assistant.answer import LONGEST_VALUE, Filters
from assistant.api import document_examples, examples
from assistant.api.declared import FILE, MODEL, STORE
from assistant.api.dependencies import TheAssistant
from assistant.api.files import PUT_BODY, TheFile
from assistant.api.openapi import error_responses, headers_of
from assistant.api.paths import WHOLE
from assistant.api.places import ShownPlace, the_one
from assistant.api.preconditions import TheKnown, ThePreconditions, validators
from assistant.api.uploads import DOCUMENTS, TheUploads, require_body
from assistant.document_list import CURSOR, DocumentPage
from assistant.putting import PutOutcome
from corpus.model import Document

documents = APIRouter(prefix=DOCUMENTS, tags=["documents"])

_DOCUMENT = TypeAdapter(Document)
_ETAG = {"ETag": "Another for every other content."}
_NOT_MODIFIED = {304: {"description": "It is one that If-None-Match names.", "headers": headers_of(_ETAG)}}

Name = Annotated[
    str,
    Path(
        min_length=1,
        max_length=200,
        description="A slug, or a percent-encoded symbol.",
        examples=["crc-c-opsc-lao-co-1", "CRC%2FC%2FOPSC%2FLAO%2FCO%2F1"],
    ),
]
_Values = Annotated[
    list[Annotated[str, Query(max_length=LONGEST_VALUE)]], Query(default_factory=list, max_length=50)
]
_Years = Annotated[
    list[Annotated[int, Query(ge=1, le=9999)]],
    Query(default_factory=list, max_length=50, description="Years of adoption."),
]


async def _filters(
    state: _Values,
    committee: _Values,
    instrument: _Values,
    symbol: _Values,
    year: _Years,
) -> Filters:
    return Filters(
        states=tuple(state),
        committees=tuple(committee),
        instruments=tuple(instrument),
        symbols=tuple(symbol),
        years=tuple(year),
    )


@documents.get(
    "",
    name="list",
    summary="List or search documents",
    response_description="Some documents, and where to go on.",
    responses=examples.shown(document_examples.DOCUMENT_PAGE, {"Link": 'The next page, as `rel="next"`.'})
    | error_responses("request_invalid", *STORE),
)
def list_documents(
    request: Request,
    response: Response,
    assistant: TheAssistant,
    filters: Annotated[Filters, Depends(_filters)],
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[
        str | None,
        Query(max_length=500, pattern=CURSOR, description="The `next` of the page before."),
    ] = None,
    q: Annotated[
        str | None, Query(max_length=1000, description="Words that all are in a document's title or symbol.")
    ] = None,
) -> DocumentPage:
    """List the current editions by symbol and language.

    Filters are those of a question: all kinds must hold, and several values of one are alternatives. A word
    of `q` stands for all that begin with it. Documents that are taken in or removed meanwhile move no others
    from one page to another.
    """
    page = assistant.document_page(filters, q, limit, cursor)
    if page.next:
        asked = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
        response.headers["Link"] = (
            f'<{request.url.path}?{urlencode([*asked, ("cursor", page.next)])}>; rel="next"'
        )
    return page


@documents.get(
    "/{document:path}/paragraphs/{place}",
    summary="Read one place of a document",
    response_description="The place, and the whole paragraph it is in.",
    responses=examples.shown(examples.SHOWN_PLACE, _ETAG)
    | _NOT_MODIFIED
    | error_responses(
        errors.DocumentNotHeld,
        errors.NoSuchParagraph,
        "several_places",
        "request_invalid",
        *STORE,
    ),
    response_model=ShownPlace,
)
def show(
    document: Name,
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
    known: TheKnown,
    response: Response,
) -> ShownPlace | Response:
    """Read a paragraph or an item of the current edition."""
    try:
        found = assistant.show(document, place)
    except errors.PinpointInvalid as error:  # in a path it names nothing, as any other text would
        raise errors.NoSuchParagraph(error.message, error.mend) from None
    shown = the_one(place, found)
    if known.knows(found[0].header):
        return Response(status_code=304, headers=validators(found[0].header))
    response.headers.update(validators(found[0].header))
    return shown


@documents.get(
    WHOLE,
    name="read",
    summary="Read a whole document",
    response_description="The current edition: text, paragraphs, spans that cover every character, warnings.",
    responses=examples.shown(document_examples.DOCUMENT, _ETAG)
    | _NOT_MODIFIED
    | error_responses(errors.DocumentNotHeld, "request_invalid", *STORE),
    response_model=Document,
)
def read_document(document: Name, assistant: TheAssistant, known: TheKnown) -> Response:
    """Read the current edition of a document as `pilcrow parse --json` prints one."""
    header = assistant.header(document)
    if known.knows(header):
        return Response(status_code=304, headers=validators(header))
    header, whole = assistant.document_with_header(document)
    # made into text here: the framework would do it on the event loop, and a large one would hold up others
    return Response(_DOCUMENT.dump_json(whole), 200, validators(header), "application/json")


@documents.put(
    WHOLE,
    name="put",
    summary="Take in the file of a document",
    response_description="It was held, and was read anew or is unchanged.",
    responses=examples.shown(document_examples.PUT_OUTCOME)
    | {
        201: {
            "model": PutOutcome,
            "description": "It was not held before.",
            "headers": headers_of({"Location": "Where it is."}),
        }
    }
    | error_responses(
        *FILE, "precondition_failed", "request_invalid", "shutting_down", errors.PilcrowError, *STORE, *MODEL
    ),
    response_model=PutOutcome,
    openapi_extra=PUT_BODY,
)
async def put_document(
    document: Name,
    request: Request,
    assistant: TheAssistant,
    uploads: TheUploads,
    conditions: ThePreconditions,
    file: TheFile,
    override: Annotated[
        bool, Query(description="Whether the document gets the symbol of the path, whatever the file says.")
    ] = False,
) -> Response:
    """Take a file in, so that the next question finds it: PDF, DOCX, HTML or text, told apart by content.

    A file that says its symbol must be put under it. One that says none takes that of the path, or of the
    held document with this slug. The same file with the same parameters again changes nothing. Of several
    clients that change the collection at once, one does and the others are told to try again.
    """
    require_body(request)
    # asked first, so that nobody sends a large file for nothing, and again when nobody else can change it
    await uploads.apart(lambda: conditions.require(assistant.header_or_none(document)))
    async with uploads.received(request) as body:
        outcome = await uploads.apart(
            lambda: assistant.put(
                document,
                file.upload(body),
                override=override,
                check=conditions.require,
                progress=uploads.go_on,
            )
        )
    content = outcome.model_dump_json()
    if outcome.status != "added":
        return Response(content, 200, media_type="application/json")
    location = f"{request.scope.get('root_path', '')}{DOCUMENTS}/{outcome.document.slug}"
    return Response(content, 201, {"Location": location}, "application/json")


@documents.delete(
    WHOLE,
    name="delete",
    status_code=204,
    summary="Delete a document",
    response_description="It is deleted.",
    responses=error_responses(
        errors.DocumentNotHeld, "precondition_failed", "request_invalid", *STORE, *MODEL
    ),
)
def delete_document(
    document: Name,
    assistant: TheAssistant,
    conditions: ThePreconditions,
    all_editions: Annotated[bool, Query(description="Whether earlier editions are deleted too.")] = False,
) -> None:
    """Delete the current edition of a document in every language; it is neither searched nor cited then."""
    assistant.remove(document, all_editions=all_editions, check=conditions.require)
