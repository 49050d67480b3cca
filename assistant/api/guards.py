"""What stands before the routes, in its order."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import FastAPI

from assistant.api.authentication import RequireKey
from assistant.api.hosts import KnownHosts
from assistant.api.origins import Cors, OwnPagesOnly
from assistant.keys import Keys
from assistant.setting_types import host_of, origin_of
from assistant.settings import Settings


def add_guards(app: FastAPI, settings: Settings) -> None:
    """Let through only what the settings allow; raises `SettingsInvalid` for a file of keys that is wrong.

    A server without keys answers only who means it by a loopback name. With keys any host may be asked
    for, since no site knows one, unless the settings say which.
    """
    keys = Keys(settings)
    # what is added last comes first
    app.add_middleware(OwnPagesOnly, origins=(*settings.cors_origins, *_public_origin(settings)))
    if keys.required:
        app.add_middleware(RequireKey, keys=keys)
    if settings.cors_origins:
        app.add_middleware(Cors, origins=settings.cors_origins)
    if settings.allowed_hosts or not keys.required:
        app.add_middleware(KnownHosts, hosts=(*settings.allowed_hosts, *_public_host(settings)))


def _public_host(settings: Settings) -> Iterator[str]:
    """The host by which clients know the server, where the settings say."""
    if settings.public_url is not None and (host := host_of(settings.public_url.host or "")):
        yield host


def _public_origin(settings: Settings) -> Iterator[str]:
    """The origin of the server's own pages where a proxy before it asks for another host."""
    if settings.public_url is not None:
        yield origin_of(str(settings.public_url))
