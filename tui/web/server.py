"""Serving the chat to browsers on this machine: one process for each that opens it."""

from __future__ import annotations

import asyncio
import logging
import shlex
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import aiohttp_jinja2
from aiohttp import WSCloseCode, web
from textual_serve.app_service import AppService
from textual_serve.server import Server, to_int

from assistant.errors import UsageError
from assistant.setting_types import is_loopback
from tui.web.guard import Guard, add_headers

MOST_CHATS = 4
"""Chats open at once; each is a process with a model of its own, about 0.6 GB."""

SECONDS_TO_LEAVE = 5.0
"""How long a chat may take to end once its page is closed."""

_HERE = Path(__file__).parent
_COMMAND = "from assistant.cli import main; main()"
_log = logging.getLogger(__name__)


def serve(host: str, port: int, arguments: Sequence[str] = ()) -> None:
    """Serve `pilcrow chat` with its arguments until told to end; raises `UsageError` for a host or port."""
    listener = _listener(host, port)
    address, number = listener.getsockname()[:2]
    server = ChatServer(arguments)
    where = server.guard.address(address, number)
    told = f"Open {where}\nKeep the address to yourself: it opens your documents. Ctrl+C ends the chats."
    print(told, file=sys.stderr, flush=True)
    try:
        web.run_app(
            server.application(),
            sock=listener,
            print=lambda *_: None,
            access_log=None,  # it would tell the key
            shutdown_timeout=SECONDS_TO_LEAVE,
        )
    finally:
        listener.close()


def _listener(host: str, port: int) -> socket.socket:
    name = "127.0.0.1" if host.casefold() == "localhost" else host
    if not is_loopback(name):
        raise UsageError(
            f"The chat is served on loopback addresses only, and {host[:80]!r} is none.",
            "From elsewhere, tunnel to it: ssh -L PORT:127.0.0.1:PORT HOST.",
        )
    try:
        return socket.create_server((name, port), family=socket.AF_INET6 if ":" in name else socket.AF_INET)
    except OSError as error:
        reason = error.strerror or error
        raise UsageError(f"Port {port} of {name} cannot be served: {reason}.", "Set another port.") from error


def _full() -> bytes:
    return f"{MOST_CHATS} chats are open already. Close the page of one, then open this one again.".encode()


class ChatService(AppService):
    """One chat, which ends when its page does, whatever it is doing."""

    async def stop(self) -> None:
        """Ask the chat to end, and make it end if it does not."""
        with suppress(TimeoutError):
            await asyncio.wait_for(super().stop(), SECONDS_TO_LEAVE)
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()


class ChatServer(Server):
    """The page, its files, and a chat for each page that is open."""

    def __init__(self, arguments: Sequence[str]) -> None:
        chat = shlex.join([sys.executable, "-P", "-c", _COMMAND, "chat", *arguments])
        super().__init__(
            f"TEXTUAL_DRIVER=tui.web.driver:ServedDriver exec {chat}",
            title="Pilcrow",
            public_url="",  # the page is asked for by more names than one
            templates_path=_HERE / "templates",
        )
        self.guard = Guard()
        """Who is let in."""
        self._places = asyncio.Semaphore(MOST_CHATS)
        self._pages: set[web.WebSocketResponse] = set()

    async def application(self) -> web.Application:
        """The aiohttp application, guarded."""
        app = await self._make_app()
        app.router.add_static("/own", _HERE / "static")
        app.middlewares.append(self.guard.middleware())
        app.on_response_prepare.append(add_headers)
        return app

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing here: where the chat is opened is said once."""

    async def on_shutdown(self, app: web.Application) -> None:
        """End every chat."""
        closing = (page.close(code=WSCloseCode.GOING_AWAY) for page in set(self._pages))
        await asyncio.gather(*closing, return_exceptions=True)

    @aiohttp_jinja2.template("app_index.html")
    async def handle_index(self, request: web.Request) -> dict[str, Any]:
        """The page, whose addresses are those of the host it was asked for by."""
        return {
            "application": {"name": self.title},
            "app_websocket_url": f"ws://{request.host}/ws",
            "config": {"static": {"url": "/static/"}},
            "font_size": to_int(request.query.get("fontsize", ""), 16),
        }

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Run a chat for as long as its page is open."""
        page = web.WebSocketResponse(heartbeat=15)
        await page.prepare(request)
        try:
            # a page that is loaded anew asks before the chat it had has ended
            await asyncio.wait_for(self._places.acquire(), SECONDS_TO_LEAVE)
        except TimeoutError:
            await page.send_bytes(_full())
            await page.close(code=WSCloseCode.TRY_AGAIN_LATER)
            return page
        self._pages.add(page)
        chat = self._chat_of(page)
        try:
            await chat.start(
                to_int(request.query.get("width", ""), 80), to_int(request.query.get("height", ""), 24)
            )
            await self._process_messages(page, chat)
        except Exception:
            _log.exception("A chat ended.")
        finally:
            await chat.stop()
            self._pages.discard(page)
            self._places.release()
        return page

    def _chat_of(self, page: web.WebSocketResponse) -> ChatService:
        async def close() -> None:
            await page.close()

        return ChatService(
            self.command,
            write_bytes=page.send_bytes,
            write_str=page.send_str,
            close=close,
            download_manager=self.download_manager,
        )
