"""Only who means this server is answered.

A page of any site can have its own name lead to a loopback address and would then be of the same origin
as a server there (DNS rebinding); its requests still ask for that name.
"""

from __future__ import annotations

from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api.problems import respond_api
from assistant.setting_types import host_of, is_loopback


class KnownHosts:
    """Answers requests for loopback hosts and for those it is given, on any port."""

    def __init__(self, app: ASGIApp, hosts: Collection[str] = ()) -> None:
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or self._knows(Headers(scope=scope).getlist("host")):
            await self._app(scope, receive, send)
            return
        response = respond_api(
            scope,
            "host_not_allowed",
            "The request asks for a host that this server does not answer for.",
            "Ask for localhost, or add the host to PILCROW_ALLOWED_HOSTS.",
        )
        await response(scope, receive, send)

    def _knows(self, authorities: list[str]) -> bool:
        if len(authorities) != 1:
            return False
        host = host_of(authorities[0])
        return host is not None and (host in self._hosts or is_loopback(host))
