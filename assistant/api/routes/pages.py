"""Pages for people: a question with its answer, and a document to read.

They are no part of the API's description. What may block is done in a thread, questions and searches when
the gate has a place for them.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response

from assistant.answer import AskRequest
from assistant.api.dependencies import TheAssistant, TheGate
from assistant.api.pages.assets import PREFIX
from assistant.api.pages.finding import find_in
from assistant.api.pages.site import HTML, Site
from assistant.api.problems import ApiError
from assistant.service import Assistant
from corpus.pinpoint import Style

pages = APIRouter(tags=["pages"], include_in_schema=False)

_READ = ["GET", "HEAD"]
_KEPT_FOR_EVER = "public, max-age=31536000, immutable"  # a year, the longest there is
_ASK_AGAIN = "private, no-cache"
_NOT_KEPT = "no-store"  # what was asked stays between the reader and the server


async def _site(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


TheSite = Annotated[Site, Depends(_site)]


@pages.api_route("/", methods=_READ, name="home")
async def home(
    assistant: TheAssistant, gate: TheGate, site: TheSite, q: Annotated[str, Query()] = ""
) -> Response:
    """The page to ask on; with `q` it has the answer, and nothing of it is stored."""
    question = q.strip()
    if not question:
        page = await run_in_threadpool(lambda: site.home(assistant.documents()))
        return Response(page, media_type=HTML, headers={"Cache-Control": _ASK_AGAIN})
    request = AskRequest(question=question, store=False)
    page = await gate.run(lambda: site.home(assistant.documents(), question, assistant.ask(request)))
    return Response(page, media_type=HTML, headers={"Cache-Control": _NOT_KEPT})


@pages.api_route("/documents/{document:path}", methods=_READ, name="document")
async def document(
    document: Annotated[str, Path(min_length=1, max_length=200)],
    request: Request,
    assistant: TheAssistant,
    gate: TheGate,
    site: TheSite,
    q: Annotated[str, Query()] = "",
    style: Annotated[Style, Query()] = "un",
) -> Response:
    """The current edition of a document to read; with `q` it has what a search in it finds."""
    if query := q.strip():
        page = await gate.run(lambda: _searched(assistant, site, document, style, query))
        return Response(page, media_type=HTML, headers={"Cache-Control": _NOT_KEPT})
    known = request.headers.get("if-none-match", "")
    return await run_in_threadpool(_document_page, assistant, site, document, style, known)


@pages.api_route(PREFIX + "{name}", methods=_READ, name="static")
async def static(name: str, site: TheSite) -> Response:
    """A file that pages link to."""
    asset = site.assets.find(name)
    if asset is None:
        raise ApiError("no_such_route", "There is no such file.")
    return Response(asset.content, media_type=asset.media_type, headers={"Cache-Control": _KEPT_FOR_EVER})


def _searched(assistant: Assistant, site: Site, name: str, style: Style, query: str) -> bytes:
    header, held = assistant.document_with_header(name)
    return site.document(held, style, query, find_in(assistant, header, query))


def _document_page(assistant: Assistant, site: Site, name: str, style: Style, known: str) -> Response:
    """The page, made where it is not kept, or that the one whose tag is known is still the same."""
    tag = site.document_tag(assistant.header(name), style)
    if _names(known, tag):
        return Response(status_code=304, headers=_revalidated(tag))
    page = site.kept.get(tag)
    if page is None:
        header, held = assistant.document_with_header(name)  # it may have changed since
        tag = site.document_tag(header, style)
        page = site.kept.put(tag, site.document(held, style))
    return Response(page, media_type=HTML, headers=_revalidated(tag))


def _revalidated(tag: str) -> dict[str, str]:
    return {"Cache-Control": _ASK_AGAIN, "ETag": f'"{tag}"'}


def _names(known: str, tag: str) -> bool:
    """Whether an If-None-Match names a tag, weakly or not (RFC 9110, section 13.1.2)."""
    tags = [each.strip().removeprefix("W/").strip('"') for each in known.split(",")]
    return tag in tags or known.strip() == "*"
