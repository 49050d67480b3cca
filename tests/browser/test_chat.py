"""The terminal chat in a browser, driven as a person would."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant.service import Assistant
from tests.homes import assistant_like
from tests.tui.web_servers import Served, ended

QUESTION = "what did the Committee say about extradition?"


@pytest.fixture
def chats(assistant: Assistant, home: Path) -> Iterator[Served]:
    """A server of chats over the built-in document."""
    with closing(assistant_like(assistant, home)) as made:
        made.documents()  # the folder is made with the vectors that are there already
    with closing(Served()) as served:
        yield served


def asked(assistant: Assistant, home: Path, seconds: float = 120.0) -> str:
    """The first question that is kept in a folder, sooner or later."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with closing(assistant_like(assistant, home)) as opened:
            latest = opened.latest_conversation()
            if latest is not None:
                return opened.conversation(latest).turns[0].answer.question
        time.sleep(0.5)
    raise AssertionError("nothing was asked")


def test_a_question_is_typed_without_a_click_and_asked(
    browser: Any, chats: Served, assistant: Assistant, home: Path
) -> None:
    page = browser.new_context().new_page()
    fetched: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    painted: list[bytes | str] = []  # what a page paints cannot be read from it
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: painted.append(frame)))
    page.goto(str(chats.address))
    assert page.url == str(chats.root)  # and the key is not in the history
    page.wait_for_selector("body.-first-byte .xterm-helper-textarea:focus", state="attached")
    while not any(isinstance(frame, bytes) and b"Pilcrow" in frame for frame in painted):
        page.wait_for_timeout(50)
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    assert asked(assistant, home) == QUESTION
    running = chats.chats()
    page.keyboard.press("Control+q")
    page.wait_for_selector("text=The chat has ended.")
    assert ended(running)
    page.click("text=Open it again")
    page.wait_for_selector("body.-first-byte")
    running = chats.chats()
    assert running
    page.close()
    assert ended(running)
    assert complaints == []
    assert all(url.startswith((chats.origin, "data:")) for url in fetched)
