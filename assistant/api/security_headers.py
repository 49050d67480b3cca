"""What every response tells browsers to do and not to do with it."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

Raw = list[tuple[bytes, bytes]]

ALWAYS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    # with no referrer at all browsers would call the origin of the server's own forms "null"
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""The headers of every response; an unexpected error is answered outside all middleware."""

NOT_KEPT: Mapping[str, str] = {"Cache-Control": "no-store"}
"""The header of what no cache may keep."""

ON_PAGES: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""The headers of every page besides: nothing but our own files is loaded, and nobody may frame it."""

_ASKED_AGAIN = {"Cache-Control": "private, no-cache"}  # what has an ETag need not be sent twice


def _raw(headers: Mapping[str, str]) -> Raw:
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


_DATA = _raw({**ALWAYS, **NOT_KEPT})
_DATA_WITH_ETAG = _raw({**ALWAYS, **_ASKED_AGAIN})
_PAGE = _raw({**ALWAYS, **NOT_KEPT, **ON_PAGES})
_PAGE_WITH_ETAG = _raw({**ALWAYS, **_ASKED_AGAIN, **ON_PAGES})


class SecurityHeaders:
    """Adds what a response does not say by itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _completed(list(message.get("headers", ())))}
            await send(message)

        await self._app(scope, receive, marked)


def _completed(headers: Raw) -> Raw:
    said = dict(headers)
    if said.get(b"content-type", b"").startswith(b"text/html"):
        added = _PAGE_WITH_ETAG if b"etag" in said else _PAGE
    else:
        added = _DATA_WITH_ETAG if b"etag" in said else _DATA
    return headers + [header for header in added if header[0] not in said]
