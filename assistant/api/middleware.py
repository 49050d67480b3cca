"""What holds for every request and response, whatever the route."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.problems import MAX_PATH, body_limit, path_too_long, too_large
from assistant.api.uploads import DOCUMENTS, declared_length


class BodyLimit:
    """Answers a body that is too large with a problem document; files that are put have a limit of their own.

    FastAPI's own `max_body_size` replaces any answer to it by plain text.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _is_file(scope):
            await self._app(scope, receive, send)
            return
        most = body_limit(scope)
        if declared_length(Headers(scope=scope)) > most:
            await too_large(scope)(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > most:
                # of all exceptions the framework lets only its own through while it reads a body
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return message

        await self._app(scope, counted, send)


class PathLimit:
    """Answers a path that is too long with a problem document; nothing reads it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _path_length(scope) > MAX_PATH:
            await path_too_long(scope)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


class HeadAsGet:
    """Answers HEAD as GET is answered, without the body, wherever there is a GET."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        # in place, since whoever counts requests finds the route there
        scope["method"] = "GET"
        await self._app(scope, receive, without_body)


def _path_length(scope: Scope) -> int:
    return len(scope.get("raw_path") or quote(scope["path"])) + len(scope["query_string"])


def _is_file(scope: Scope) -> bool:
    """Whether the body is the file of a document, which its route counts."""
    path: str = scope["path"]
    return scope["method"] == "PUT" and path.startswith(f"{DOCUMENTS}/")
