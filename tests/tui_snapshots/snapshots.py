"""The window as it was looked at and found good. Not named test_*, since a picture changes with Textual:
`make test-snapshots` compares, `make test-snapshots RENEW=--renew` keeps what is drawn now.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from assistant.service import Assistant
from tests.tui.driving import asked, is_painted, status_of, wait_until
from tests.tui_snapshots.picture import FROM_SURROUNDINGS, picture_of, steady
from tui.app import ChatApp

KEPT = Path(__file__).with_name("pictures")
EXTRADITION = "what did the Committee say about extradition?"


@pytest.fixture(autouse=True)
def _of_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Colours and settings of the chat, not those of whoever looks."""
    for name in FROM_SURROUNDINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PILCROW_HOME", str(tmp_path))


async def compare(name: str, app: ChatApp, pilot: Pilot[None], request: pytest.FixtureRequest) -> None:
    """Compare the window, once nothing moves, with a picture; one that differs is put beside it."""
    drawn, before = picture_of(app), ""
    while drawn != before:
        await pilot.pause(0.5)
        drawn, before = picture_of(app), drawn
    kept = KEPT / f"{name}.svg"
    if request.config.getoption("--renew"):
        kept.write_text(drawn, encoding="utf-8", newline="\n")
    if not kept.exists() or kept.read_text(encoding="utf-8") != drawn:
        other = kept.with_suffix(".new.svg")
        other.write_text(drawn, encoding="utf-8", newline="\n")
        pytest.fail(f"the window looks different: {other}")


async def opened(pilot: Pilot[None], app: ChatApp) -> None:
    await wait_until(pilot, lambda: status_of(app).endswith("ready"))


async def read_source(pilot: Pilot[None], app: ChatApp) -> None:
    """Read the second citation and then the first, so that it is scrolled to in a pane that is laid out."""
    for key, told in (("ctrl+o", "1 of 2"), ("n", "2 of 2"), ("p", "1 of 2")):
        await pilot.press(key)
        await wait_until(pilot, partial(is_painted, app, told))
        await pilot.pause(1)


async def test_welcome(assistant: Assistant, request: pytest.FixtureRequest) -> None:
    app = steady(ChatApp(lambda: assistant))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await compare("welcome", app, pilot, request)


async def test_answer_beside_its_source(assistant: Assistant, request: pytest.FixtureRequest) -> None:
    app = steady(ChatApp(lambda: assistant))
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, app)
        await asked(pilot, app, EXTRADITION)
        await read_source(pilot, app)
        await compare("answer_with_source", app, pilot, request)


async def test_refusal(assistant: Assistant, request: pytest.FixtureRequest) -> None:
    app = steady(ChatApp(lambda: assistant))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await asked(pilot, app, "does it mention cryptocurrency?")
        await compare("refusal", app, pilot, request)


async def test_narrow_source(assistant: Assistant, request: pytest.FixtureRequest) -> None:
    app = steady(ChatApp(lambda: assistant))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await asked(pilot, app, EXTRADITION)
        await read_source(pilot, app)
        await compare("narrow_source", app, pilot, request)


async def test_light_theme(assistant: Assistant, request: pytest.FixtureRequest) -> None:
    app = steady(ChatApp(lambda: assistant))
    async with app.run_test(size=(120, 40)) as pilot:
        app.theme = "textual-light"
        await opened(pilot, app)
        await asked(pilot, app, EXTRADITION)
        await compare("light_theme", app, pilot, request)


async def test_palette(assistant: Assistant, request: pytest.FixtureRequest) -> None:
    app = steady(ChatApp(lambda: assistant))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await pilot.press("ctrl+p", *"copy")
        app.screen.query_one(Input).cursor_blink = False
        await compare("palette", app, pilot, request)
