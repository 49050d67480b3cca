"""Serving the API on this machine."""

from __future__ import annotations

import ipaddress
import logging
import socket
import sys
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

from assistant.api.app import create_app
from assistant.api.graceful import SECONDS_TO_FINISH, GracefulServer
from assistant.api.logs import logs_json, logs_to_stderr
from assistant.api.problems import MAX_PATH
from assistant.api.protocol import ProblemProtocol
from assistant.errors import SettingsInvalid
from assistant.service import Assistant
from assistant.setting_types import is_loopback
from assistant.settings import Settings

_log = logging.getLogger(__name__)


def serve(open_assistant: Callable[[], Assistant], settings: Settings) -> None:
    """Serve until told to end; raises `SettingsInvalid` for what cannot be served so."""
    address = served_address(settings)
    app = create_app(lambda: assistant, settings)
    with _listener(address, settings.port) as listener, logs_to_stderr(settings):
        # opened here, so that a store that cannot be used is an error of the caller and no stack trace
        assistant = open_assistant()
        server = GracefulServer(_config(app), app.state.closing)
        _announce(_address(listener), settings)
        if not is_loopback(listener.getsockname()[0]):
            _log.warning("Keys and answers are not encrypted: let a proxy with TLS stand before it.")
        server.run(sockets=[listener])


def served_address(settings: Settings) -> str:
    """Where to listen: on a loopback address, and with a key wherever the settings say.

    Raises `SettingsInvalid`: without a key nothing but this machine may reach the API.
    """
    host = settings.host
    if not settings.api_key and not settings.api_keys_file:
        return loopback_address(host)
    if not host.strip():
        raise SettingsInvalid(
            "The host is empty.", "Set it to an address of this machine, or 0.0.0.0 for all."
        )
    return "127.0.0.1" if host.casefold() == "localhost" else host


def loopback_address(host: str) -> str:
    """The address of a loopback host; raises `SettingsInvalid` for any other, names included."""
    # a name is not looked up, since what it means is not ours to know
    name = "127.0.0.1" if host.casefold() == "localhost" else host
    if not is_loopback(name):
        raise SettingsInvalid(
            f"Without a key Pilcrow serves loopback addresses only, and {host[:80]!r} is none.",
            "Set the host to 127.0.0.1, ::1 or localhost, or set PILCROW_API_KEY.",
        )
    return str(ipaddress.ip_address(name))


def _listener(address: str, port: int) -> socket.socket:
    try:
        found = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, place = found[0]
        both = address == "::" and socket.has_dualstack_ipv6()
        listener = socket.create_server(place, family=family, backlog=128, dualstack_ipv6=both)
        # connections inherit it: otherwise a body waits 40 ms for the acknowledgement of its headers, since
        # asyncio sets it only where a socket names its protocol, which those of create_server do not
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SettingsInvalid(
            f"Port {port} of {address} cannot be served: {reason}.", "Set another port or host."
        ) from error


def _config(app: FastAPI) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=ProblemProtocol,
        h11_max_incomplete_event_size=2 * MAX_PATH,  # a request line with all headers
        lifespan="on",
        ws="none",
        log_config=None,  # all records go where ours go
        log_level="warning",
        access_log=False,  # it tells what is asked for
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
    )


def _announce(address: str, settings: Settings) -> None:
    """Say where the server listens, in a line that is data where the log is."""
    words = f"Pilcrow listens on {address}; Ctrl+C stops it."
    if logs_json(settings):
        _log.info(words)
    else:
        print(words, file=sys.stderr, flush=True)


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
