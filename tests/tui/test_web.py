"""The chat in a browser: who is let in, and when its processes end."""

from __future__ import annotations

import asyncio
import re
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import closing

import aiohttp
import pytest
from textual_serve.download_manager import DownloadManager
from yarl import URL

from assistant.errors import UsageError
from tests.tui.web_servers import Served, ended, is_running
from tui.web import server as server_module
from tui.web.server import ChatService, serve


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with closing(Served()) as started:
        yield started


@pytest.fixture
def own_served() -> Iterator[Served]:
    """A server that a test may end."""
    with closing(Served()) as started:
        yield started


@pytest.fixture
async def stranger() -> AsyncIterator[aiohttp.ClientSession]:
    """A client that reaches the port."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        yield session


@pytest.fixture
async def guest(stranger: aiohttp.ClientSession, served: Served) -> aiohttp.ClientSession:
    """A client that opened the address."""
    async with stranger.get(served.address) as page:
        assert page.status == 200
    return stranger


async def opened(guest: aiohttp.ClientSession, served: Served) -> aiohttp.ClientWebSocketResponse:
    """A page with its chat painted."""
    connection = await guest.ws_connect(served.root / "ws", origin=served.origin)
    async with asyncio.timeout(60):
        while b"Pilcrow" not in await connection.receive_bytes():
            pass
    return connection


# -- who is let in


@pytest.mark.parametrize("path", ["/", "/ws", "/static/js/textual.js", "/own/chat.js", "/?key=", "/?key=x"])
async def test_nothing_is_shown_without_the_key(
    stranger: aiohttp.ClientSession, served: Served, path: str
) -> None:
    async with stranger.get(served.root.join(URL(path))) as refused:
        assert refused.status == 403
        assert "carries the key" in await refused.text()


async def test_the_key_goes_from_the_address_into_a_cookie(
    stranger: aiohttp.ClientSession, served: Served
) -> None:
    async with stranger.get(served.address, allow_redirects=False) as sent_on:
        assert sent_on.status == 303
        assert sent_on.headers["Location"] == "/"
        assert "HttpOnly" in sent_on.headers["Set-Cookie"]
        assert "SameSite=Strict" in sent_on.headers["Set-Cookie"]


async def test_the_page_takes_nothing_from_elsewhere(guest: aiohttp.ClientSession, served: Served) -> None:
    async with guest.get(served.root) as page:
        text = await page.text()
        policy = page.headers["Content-Security-Policy"]
    addresses = re.findall(r"""(?<![-\w])(?:href|src|url)\s*(?:=|\()\s*"([^"]*)""", text)
    assert len(addresses) >= 7
    assert all(address.startswith(("/", "./", "data:")) and address[:2] != "//" for address in addresses)
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy
    for address in {address for address in addresses if address.startswith("/")}:
        async with guest.get(served.root.join(URL(address))) as file:
            assert file.status == 200
            assert await file.read()


@pytest.mark.parametrize("host", ["pilcrow.example", "127.0.0.1.example:1", "192.168.1.2", ""])
async def test_another_host_is_refused(guest: aiohttp.ClientSession, served: Served, host: str) -> None:
    async with guest.get(served.root, headers={"Host": host}) as refused:
        assert refused.status in (400, 403)


@pytest.mark.parametrize(
    "origin", ["http://pilcrow.example", "http://127.0.0.1:1", "http://localhost", "null"]
)
async def test_pages_of_other_origins_open_no_chat(
    guest: aiohttp.ClientSession, served: Served, origin: str
) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await guest.ws_connect(served.root / "ws", origin=origin)
    assert refused.value.status == 403
    assert not served.chats()


async def test_a_connection_of_no_page_opens_no_chat(guest: aiohttp.ClientSession, served: Served) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await guest.ws_connect(served.root / "ws")
    assert refused.value.status == 403
    assert not served.chats()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "pilcrow.example", ""])
def test_other_machines_are_not_served(host: str) -> None:
    with pytest.raises(UsageError, match="loopback addresses only"):
        serve(host, 0)


def test_a_port_that_cannot_be_served_is_told(served: Served) -> None:
    port = served.root.port
    assert port
    with pytest.raises(UsageError, match=f"Port {port} of 127.0.0.1 cannot be served"):
        serve("localhost", port)


# -- chats


async def test_each_page_has_a_chat_of_its_own_until_it_is_closed(
    guest: aiohttp.ClientSession, served: Served
) -> None:
    first = await opened(guest, served)
    chat = served.chats()
    second = await opened(guest, served)
    other = served.chats() - chat
    assert (len(chat), len(other)) == (1, 1)
    await second.close()
    assert ended(other)
    assert all(map(is_running, chat))
    await first.close()
    assert ended(chat)


async def test_no_more_chats_are_opened_than_memory_is_for(
    guest: aiohttp.ClientSession, served: Served
) -> None:
    pages = [await opened(guest, served) for _ in range(2)]
    third = await guest.ws_connect(served.root / "ws", origin=served.origin)
    assert b"2 chats are open already" in await third.receive_bytes()
    assert (await third.receive()).type == aiohttp.WSMsgType.CLOSE
    assert len(served.chats()) == 2
    await pages[0].close()
    again = await opened(guest, served)
    for page in (*pages, third, again):
        await page.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL], ids=lambda n: n.name)
async def test_chats_end_with_the_server(
    stranger: aiohttp.ClientSession, own_served: Served, number: signal.Signals
) -> None:
    async with stranger.get(own_served.address) as shown:
        assert shown.status == 200
    page = await opened(stranger, own_served)
    chats = own_served.chats()
    assert chats
    own_served.process.send_signal(number)
    async with asyncio.timeout(30):
        while (await page.receive()).type not in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED):
            pass
    await page.close()
    own_served.process.wait(30)
    assert ended(chats)


async def test_a_chat_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "SECONDS_TO_LEAVE", 0.2)

    async def nothing(*_: object) -> None:
        pass

    stuck = ChatService(
        "exec sleep 600",
        write_bytes=nothing,
        write_str=nothing,
        close=nothing,
        download_manager=DownloadManager(),
    )
    await stuck.start(80, 24)
    assert stuck._process is not None
    pid = stuck._process.pid
    assert is_running(pid)
    await stuck.stop()
    assert ended({pid}, 0.0)
