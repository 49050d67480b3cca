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
from assistant.settings import Settings

_LOOPBACK_V4 = ipaddress.ip_network("127.0.0.0/8")
_LOOPBACK_V6 = ipaddress.ip_address("::1")
_log = logging.getLogger(__name__)


def serve(open_assistant: Callable[[], Assistant], settings: Settings) -> None:
    """Serve until told to end; raises `SettingsInvalid` for an address that cannot be served."""
    with _listener(loopback_address(settings.host), settings.port) as listener, logs_to_stderr(settings):
        # opened here, so that a store that cannot be used is an error of the caller and no stack trace
        assistant = open_assistant()
        app = create_app(lambda: assistant, settings)
        server = GracefulServer(_config(app), app.state.closing)
        _announce(_address(listener), settings)
        server.run(sockets=[listener])


def loopback_address(host: str) -> str:
    """The address of a loopback host; raises `SettingsInvalid` for any other, names included.

    The API has no authentication, so nothing but this machine may reach it.
    """
    # a name is not looked up, since what it means is not ours to know
    name = "127.0.0.1" if host.casefold() == "localhost" else host
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        address = None
    if address is None or not (address in _LOOPBACK_V4 or address == _LOOPBACK_V6):
        raise SettingsInvalid(
            f"Pilcrow serves loopback addresses only, and {host[:80]!r} is none.",
            "Set the host to 127.0.0.1, ::1 or localhost.",
        )
    return str(address)


def _listener(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        return socket.create_server((address, port), family=family, backlog=128)
    except OSError as error:
        reason = error.strerror or error
        raise SettingsInvalid(
            f"Port {port} of {address} cannot be served: {reason}.", "Set another port."
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
