"""The window itself: its start, its keys, its help, and leaving it."""

from __future__ import annotations

import subprocess
import sys
from functools import partial

import pytest
from textual import events

from assistant.answer import AskRequest
from assistant.service import Assistant
from tests.tui.driving import asked, is_painted, prompt_of, rows_of, wait_until
from tests.tui.scripted import ScriptedAssistant
from tui.app import ChatApp

HEAVY = ("assistant.service", "assistant.answer", "sqlalchemy", "faiss", "pydantic", "numpy", "torch")


def test_importing_the_chat_loads_nothing_heavy() -> None:
    code = f"import sys, tui.app; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


async def test_the_keys_fit_in_eighty_columns(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "Enter Ask" in rows_of(app)[-1])
        for told in ("Ctrl+O Source", "Ctrl+P Commands", "F1 Help"):
            assert told in rows_of(app)[-1]


async def test_help_begins_with_what_has_the_focus_and_closes_again(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        for close in ("escape", "f1"):
            await pilot.press("f1")
            for key in ("Enter", "Ctrl+J, Shift+Enter", "↑", "Esc"):
                await wait_until(pilot, partial(is_painted, app, f"│ {key} "))
            await pilot.press(close)
            await wait_until(pilot, lambda: app.screen is app.chat)


async def test_control_q_leaves(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        await pilot.press("f1", "ctrl+q")
        await wait_until(pilot, lambda: not app.is_running)


async def test_without_colour_everything_is_still_said(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    question = "does it mention cryptocurrency?"
    nearest = assistant.ask(AskRequest(question=question, store=False)).passages[0]
    app = ChatApp(lambda: assistant, question)
    assert app.no_color
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: is_painted(app, "Not answered"))
        await pilot.press("ctrl+o")
        begins = nearest.text[:13]
        await wait_until(pilot, lambda: any("▌" in row and begins in row for row in rows_of(app)))


async def test_pasted_lines_stay_lines(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        await pilot.press(*"ab", "left")
        prompt_of(app).post_message(events.Paste("first line\r\nsecond  line\n"))
        await wait_until(pilot, lambda: prompt_of(app).text == "afirst line\nsecond  lineb")


async def test_what_is_pasted_beside_the_prompt_gets_into_it(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        await pilot.press("f6")
        assert not prompt_of(app).has_focus
        app.post_message(events.Paste("a question"))
        await wait_until(pilot, lambda: prompt_of(app).text == "a question")
        assert prompt_of(app).has_focus


async def test_a_click_on_the_conversation_leaves_typing_in_the_prompt(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        await asked(pilot, app, "a")
        await pilot.click("Turn")
        await pilot.press(*"can")
        await wait_until(pilot, lambda: prompt_of(app).text == "can")
