"""Windows over the chat close once, and none closes another."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from textual.widgets import OptionList

from assistant.service import Assistant
from tests.tui.driving import asked, opened, status_of, wait_until
from tests.tui.keeping import KeepingAssistant
from tests.tui.scripted import PATIENCE
from tui.app import ChatApp
from tui.screens.help import HelpScreen
from tui.screens.rename import RenameScreen
from tui.screens.styles import StylesScreen


async def test_what_is_done_below_another_window_closes_when_that_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping, renaming = KeepingAssistant(tmp_path), Event()
    rename, titles = keeping.rename_conversation, list[str]()

    def slowly(known: str, title: str) -> object:
        renaming.wait(PATIENCE)
        titles.append(title)
        return rename(known, title)

    monkeypatch.setattr(keeping, "rename_conversation", slowly)
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test() as pilot:
        await asked(pilot, app, "first")
        app.chat.action_rename_conversation()
        await wait_until(pilot, lambda: isinstance(app.screen, RenameScreen))
        window = app.screen
        await pilot.press("x", "enter", "f1")
        await wait_until(pilot, lambda: isinstance(app.screen, HelpScreen))
        renaming.set()
        await wait_until(pilot, lambda: getattr(window, "_late", None))
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.chat)
        assert app.chat.talk_title == titles[0]
        await asked(pilot, app, "second")


async def test_choosing_twice_closes_once(assistant: Assistant) -> None:
    app = ChatApp(lambda: assistant)
    async with app.run_test() as pilot:
        await opened(pilot, app)
        app.chat.action_choose_style()
        await wait_until(pilot, lambda: isinstance(app.screen, StylesScreen) and app.screen.query(OptionList))
        styles = app.screen.query_one(OptionList)
        await wait_until(pilot, lambda: styles.highlighted is not None)
        for _ in range(3):  # as Enter does that is held down
            styles.action_select()
        await wait_until(pilot, lambda: app.screen is app.chat)
        await asked(pilot, app, "what did the Committee say about extradition?")
        assert status_of(app).endswith("ready")
