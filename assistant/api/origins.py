"""What pages of other origins may do with a server: nothing, unless the settings name their origin."""

from __future__ import annotations

from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api.problems import respond_api

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
_SHOWN = ("ETag", "Link", "Location", "Retry-After", "X-Request-ID")


class OwnPagesOnly:
    """Refuses what a page of another origin would have a browser change.

    A browser sends the password it remembers with every request, whoever made it. It says of each where
    it comes from: in `Sec-Fetch-Site`, and where that is not sent, over plain HTTP, in `Origin`. What
    says nothing was not made by a page.
    """

    def __init__(self, app: ASGIApp, origins: Collection[str] = ()) -> None:
        self._app = app
        self._origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or self._is_own(scope):
            await self._app(scope, receive, send)
            return
        response = respond_api(
            scope,
            "cross_site",
            "A page of another origin made this request.",
            "Add its origin to PILCROW_CORS_ORIGINS, if it is trusted.",
        )
        await response(scope, receive, send)

    def _is_own(self, scope: Scope) -> bool:
        if scope.get("method") in _SAFE_METHODS:
            return True
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin in self._origins:
            return True
        if site := headers.get("sec-fetch-site"):
            return site in ("same-origin", "none")
        # the scheme is left out, which a proxy before the server may have changed
        return origin is None or origin.partition("://")[2] == headers.get("host")


class Cors(CORSMiddleware):
    """Lets pages of some origins ask in a browser, with a key that they send themselves.

    What a browser remembers, such as the password of HTTP Basic, is never sent for them.
    """

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        super().__init__(
            app,
            allow_origins=origins,
            allow_methods=_METHODS,
            allow_headers=("*",),  # clients made for OpenAI's API send some of their own
            expose_headers=_SHOWN,
            allow_private_network=True,
        )

    def preflight_response(self, request_headers: Headers) -> Response:
        """What a browser is told that asks beforehand; a refusal is a problem document."""
        response = super().preflight_response(request_headers)
        return response if response.status_code == 200 else _Refusal()


class _Refusal(Response):
    """The problem, made once it is known of which request."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = respond_api(
            scope,
            "preflight_refused",
            "Pages of this origin may not make this request.",
            "Add the origin to PILCROW_CORS_ORIGINS, if it is trusted.",
            {"Vary": "Origin"},
        )
        await response(scope, receive, send)
