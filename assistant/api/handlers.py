"""What is raised while a request is handled becomes a problem document."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine, Mapping
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Match

from assistant.api.logs import tell_broken_off, words_of
from assistant.api.problems import (
    KINDS,
    UNEXPECTED,
    ApiError,
    InvalidField,
    Kind,
    Problem,
    problem_of,
    respond,
    respond_api,
    too_large,
)
from assistant.errors import PilcrowError

Handler = Callable[[Request, Any], Coroutine[Any, Any, Response]]

_MOST_FIELDS = 20  # a body with thousands of unknown fields does not get as many lines back
_LONGEST_FIELD = 80
_METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")
CLIENT_CLOSED_REQUEST = 499
"""The status that nginx made customary for a client that hung up; none is registered."""
_log = logging.getLogger(__name__)


async def pilcrow_error(request: Request, error: PilcrowError) -> Response:
    """An error raised on purpose; one without an entry in the table counts as unexpected."""
    kind = KINDS.get(type(error))
    if kind is None:
        raise error
    if kind.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error(words_of(error, in_full=request.app.state.settings.log_questions))
    return respond(request.scope, error.code, kind, error.message, error.mend)


async def api_error(request: Request, error: ApiError) -> Response:
    """An error that only the API has."""
    return respond_api(request.scope, error.code, error.detail, error.mend, **error.members)


async def http_exception(request: Request, error: HTTPException) -> Response:
    """What the framework raises: no route, no such method, a body that cannot be read."""
    scope, headers = request.scope, error.headers
    if error.status_code == HTTPStatus.NOT_FOUND:
        mend = "The routes are listed in /openapi.json."
        return respond_api(scope, "no_such_route", "There is nothing at this path.", mend, headers)
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = ", ".join(sorted(_methods(request)))
        return respond_api(
            scope,
            "method_not_allowed",
            f"The path does not take {request.method}.",
            f"It takes {allowed}.",
            {"Allow": allowed},
        )
    if error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return too_large(scope)
    if error.status_code == HTTPStatus.BAD_REQUEST:
        return respond_api(scope, "malformed_json", "The body cannot be read as JSON.", headers=headers)
    phrase = HTTPStatus(error.status_code).phrase
    return respond(
        scope, f"http_{error.status_code}", Kind(error.status_code, phrase), phrase, headers=headers
    )


async def validation_error(request: Request, error: RequestValidationError) -> Response:
    """A request that does not fit its schema, field by field; what was sent is not repeated."""
    found = error.errors()
    if found[0]["type"] == "json_invalid":
        position = found[0]["loc"][-1]
        detail = f"The body is not JSON from character {position} on: {found[0]['ctx']['error']}."
        return respond_api(request.scope, "malformed_json", detail)
    if isinstance(error.body, bytes):  # the framework left it unread
        return respond_api(
            request.scope,
            "unsupported_media_type",
            "The body is not declared as JSON.",
            "Send it with Content-Type: application/json.",
        )
    fields = [InvalidField(field=_path(one["loc"]), message=one["msg"]) for one in found[:_MOST_FIELDS]]
    first = ": ".join(part for part in (fields[0].field, fields[0].message) if part)
    detail = first + (f", and {len(found) - 1} more." if len(found) > 1 else ".")
    mend = "The schema is in /openapi.json."
    return respond_api(request.scope, "request_invalid", detail, mend, fields=fields)


async def unexpected(request: Request, _: Exception) -> Response:
    """Anything else; the server's log has the traceback, and the client gets none of it."""
    return respond_api(request.scope, "internal_error", UNEXPECTED)


def broken_off(request: Request, error: Exception) -> Problem:
    """What tells the client of a stream, and the log, that its answer has failed after it had begun."""
    tell_broken_off(error, in_full=request.app.state.settings.log_questions)
    return problem_of(request.scope, error)


async def client_gone(_: Request, __: ClientDisconnect) -> Response:
    """Nobody is there to be answered; the status is for whoever counts them."""
    return Response(status_code=CLIENT_CLOSED_REQUEST)


def _methods(request: Request) -> set[str]:
    """The methods that the path takes; the framework names those of one route only."""
    taken = {
        method
        for method in _METHODS
        for route in request.app.routes
        if route.matches({**request.scope, "method": method})[0] is Match.FULL
    }
    return taken | {"HEAD"} if "GET" in taken else taken  # answered as GET by a layer around the routes


def _path(location: tuple[str | int, ...]) -> str:
    """Where a field is, without the part of the request it is in."""
    return ".".join(str(part)[:_LONGEST_FIELD] for part in location[1:])


HANDLERS: Mapping[int | type[Exception], Handler] = {
    PilcrowError: pilcrow_error,
    ApiError: api_error,
    HTTPException: http_exception,
    RequestValidationError: validation_error,
    ClientDisconnect: client_gone,
    Exception: unexpected,
}
