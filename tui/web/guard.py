"""Who may use the chat in a browser: whoever was given its address, and nobody else.

The chat reads files and changes what is held. Other people on this machine reach its port too, and so do
the pages of any site that a browser on it has open; neither know the key in the address.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from assistant.setting_types import host_of, is_loopback

HEADERS: Mapping[str, str] = {
    # xterm.js styles its cells from its script
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "font-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""The headers of every response: nothing but our own files is loaded, nothing is kept or framed."""


class Guard:
    """Lets in who asks this machine by its own name, with the key, and from no page of another origin."""

    def __init__(self) -> None:
        self.key = secrets.token_urlsafe(24)
        """What the address carries once and a cookie from then on; it is another with every start."""

    def address(self, host: str, port: int) -> str:
        """Where the chat is opened, for the person who started it and nobody else."""
        return f"http://{f'[{host}]' if ':' in host else host}:{port}/?key={self.key}"

    def middleware(self) -> Middleware:
        """The guard before every route of an aiohttp application."""

        @web.middleware
        async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
            refusal = self._refusal(request)
            if refusal is not None:
                return refusal
            given = request.query.get("key")
            if given is not None and request.path == "/":
                return self._remembered(request) if self._is_key(given) else _refused(_NO_KEY)
            if not self._is_key(request.cookies.get(_cookie(request), "")):
                return _refused(_NO_KEY)
            return await handler(request)

        return guarded

    def _refusal(self, request: web.Request) -> web.Response | None:
        hosts = request.headers.getall("Host", [])
        host = host_of(hosts[0]) if len(hosts) == 1 else None
        if host is None or not is_loopback(host):  # a name of others may lead here (DNS rebinding)
            return _refused("The request asks for another host than this machine.")
        origin = request.headers.get("Origin")
        if origin is None and "Upgrade" not in request.headers:  # an address that was typed or followed
            return None
        # cookies are sent to every port of a host, so that a page of another port would send ours
        if origin != f"http://{request.host}":
            return _refused("A page of another origin made the request.")
        return None

    def _is_key(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(), self.key.encode())

    def _remembered(self, request: web.Request) -> web.Response:
        """Take the key out of the address, where it would stay in the history of the browser."""
        response = web.Response(status=303, headers={"Location": "/"})
        response.set_cookie(_cookie(request), self.key, httponly=True, samesite="Strict", path="/")
        return response


_NO_KEY = "Open the address that pilcrow chat --web printed; it carries the key."


def _cookie(request: web.Request) -> str:
    """Its name, which tells servers on different ports apart."""
    return f"pilcrow-chat-{request.url.port}"


def _refused(why: str) -> web.Response:
    return web.Response(status=403, text=f"{why}\n")


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Tell browsers what they may do with a response; for the signal `on_response_prepare`."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
