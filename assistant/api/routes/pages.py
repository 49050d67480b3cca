"""Pages for people: a question with its answer, and a document to read.

They are no part of the API's description. What may block is done in a thread, questions and searches when
the gate has a place for them.
"""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response

from assistant.answer import Answer, AskRequest, Filters
from assistant.api.dependencies import TheAssistant, TheGate, TheRecord
from assistant.api.pages.assets import PREFIX
from assistant.api.pages.finding import find_in
from assistant.api.pages.site import HTML, LONGEST_LIST, Site
from assistant.api.preconditions import names_tag
from assistant.api.problems import ApiError
from assistant.document_list import CURSOR
from assistant.service import Assistant
from corpus.pinpoint import Style

pages = APIRouter(tags=["pages"], include_in_schema=False)

_KEPT_FOR_EVER = "public, max-age=31536000, immutable"  # a year, the longest there is


async def _site(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


TheSite = Annotated[Site, Depends(_site)]


@pages.get("/", name="home")
async def home(
    assistant: TheAssistant,
    gate: TheGate,
    record: TheRecord,
    site: TheSite,
    q: Annotated[str, Query()] = "",
    after: Annotated[str | None, Query(pattern=CURSOR, max_length=2000)] = None,
) -> Response:
    """The page to ask on; with `q` it has the answer, and nothing of it is stored.

    `after` goes on with the list of documents, where it is longer than a page.
    """
    question = q.strip()
    answer = None
    if question:
        answer = await gate.run(partial(assistant.ask, AskRequest(question=question, store=False)))
        record.answered(answer)
    page = await run_in_threadpool(_home_page, assistant, site, question, answer, after)
    return Response(page, media_type=HTML)


@pages.get("/documents/{document:path}", name="document")
async def document(
    document: Annotated[str, Path(min_length=1, max_length=200)],
    assistant: TheAssistant,
    gate: TheGate,
    site: TheSite,
    q: Annotated[str, Query()] = "",
    style: Annotated[Style, Query()] = "un",
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """The current edition of a document to read; with `q` it has what a search in it finds."""
    if query := q.strip():
        page = await gate.run(lambda: _searched(assistant, site, document, style, query))
        return Response(page, media_type=HTML)
    return await run_in_threadpool(_document_page, assistant, site, document, style, if_none_match)


@pages.get(PREFIX + "{name}", name="static")
async def static(name: str, site: TheSite) -> Response:
    """A file that pages link to."""
    asset = site.assets.find(name)
    if asset is None:
        raise ApiError("no_such_route", "There is no such file.")
    return Response(asset.content, media_type=asset.media_type, headers={"Cache-Control": _KEPT_FOR_EVER})


def _home_page(
    assistant: Assistant, site: Site, question: str, answer: Answer | None, after: str | None
) -> bytes:
    listed = assistant.document_page(Filters(), limit=LONGEST_LIST, cursor=after)
    return site.home(listed, assistant.info().documents, question, answer)


def _searched(assistant: Assistant, site: Site, name: str, style: Style, query: str) -> bytes:
    header, held = assistant.document_with_header(name)
    return site.document(held, style, query, find_in(assistant, header, query))


def _document_page(assistant: Assistant, site: Site, name: str, style: Style, known: str | None) -> Response:
    """The page, made where it is not kept, or that the one whose tag is known is still the same."""
    tag = site.document_tag(assistant.header(name), style)
    if names_tag(known, tag):
        return Response(status_code=304, headers={"ETag": tag})
    page = site.kept.get(tag)
    if page is None:
        header, held = assistant.document_with_header(name)  # it may have changed since
        tag = site.document_tag(header, style)
        page = site.kept.put(tag, site.document(held, style))
    return Response(page, media_type=HTML, headers={"ETag": tag})
