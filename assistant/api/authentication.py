"""Nothing but the probes is answered without a key, where the server has keys."""

from __future__ import annotations

import base64
import binascii

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api.problems import respond_api
from assistant.keys import Keys

PROBES = frozenset({"/livez", "/readyz"})
"""The paths that are answered without a key."""

_PAGES = ("/documents/", "/static/")
_BASIC = 'Basic realm="Pilcrow", charset="UTF-8"'
_BEARER = 'Bearer realm="Pilcrow"'


class RequireKey:
    """Answers only who sends a key, and notes whose it is as the `owner` in the request's state.

    It stands before the routes, so that a path is closed unless it is one of the probes.
    """

    def __init__(self, app: ASGIApp, keys: Keys) -> None:
        self._app = app
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or _is_probe(scope):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        key = sent_key(headers)
        owner = self._keys.owner_of(key) if key else None
        if owner is None:
            response = respond_api(
                scope,
                "unauthorized",
                "The request has no key that counts here.",
                "Send one as Authorization: Bearer KEY, as X-API-Key, or as the password of HTTP Basic.",
                {"WWW-Authenticate": _challenge(scope["path"], headers)},
            )
            await response(scope, receive, send)
            return
        scope.setdefault("state", {})["owner"] = owner
        await self._app(scope, receive, send)


def sent_key(headers: Headers) -> str | None:
    """The key of a request: its `X-API-Key` where there is one, or else what `Authorization` says.

    None where there is none, or several of which one would have to be chosen.
    """
    if keys := headers.getlist("x-api-key"):
        return keys[0] if len(keys) == 1 else None
    said = headers.getlist("authorization")
    if len(said) != 1:
        return None
    scheme, _, credentials = said[0].partition(" ")
    credentials = credentials.strip()
    if scheme.casefold() == "bearer":
        return credentials
    return _password(credentials) if scheme.casefold() == "basic" else None


def _password(credentials: str) -> str | None:
    """The password of HTTP Basic (RFC 7617); the user's name may be any or none."""
    try:
        decoded = base64.b64decode(credentials, validate=True).decode()
    except (binascii.Error, ValueError):
        return None
    return decoded.partition(":")[2]


def _is_probe(scope: Scope) -> bool:
    return scope["path"] in PROBES and scope.get("method") in ("GET", "HEAD")


def _challenge(path: str, headers: Headers) -> str:
    """Basic, for which browsers ask a person, on pages, for what they load, and for what is typed.

    Elsewhere a program asks, perhaps in a page of another origin, where such a window would confuse.
    """
    own = headers.get("sec-fetch-site") in ("same-origin", "none")
    return _BASIC if own or path == "/" or path.startswith(_PAGES) else _BEARER
