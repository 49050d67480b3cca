"""Chromium, driven as a reader would; tests here are skipped where it or its driver is not installed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from assistant.service import Assistant
from tests.api.servers import Served

_CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

Opened = Callable[..., Any]
"""Opens a page at a path, in a browser with the options that a context of Playwright takes."""


@pytest.fixture(scope="module")
def server(assistant: Assistant) -> Iterator[Served]:
    """A server over the built-in document."""
    with Served(assistant) as served:
        yield served


# for one module only: while Playwright is started, no other event loop can run in this thread
@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser without a window."""
    if _CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Any, server: Served) -> Iterator[Opened]:
    """Opens pages, which must load and run without a complaint in the console."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def opened(path: str, **options: Any) -> Any:
        context = browser.new_context(base_url=server.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [complaint for complaint in complaints if "404" not in complaint] == []
