"""The registry of actions: what is in it can be done, and what can be done is in it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.tui.actions_table import PAGE, with_table
from tests.tui.driving import ask, asked, is_painted, prompt_of, rows_of, turns_of, wait_until
from tests.tui.scripted import ScriptedAssistant
from tui.actions import ACTIONS, PLACES, Action, key_display, place_of, reachable
from tui.app import ChatApp


def called(action: Action) -> str:
    return action.call.partition("(")[0]


def test_every_action_has_an_id_of_its_own() -> None:
    assert [name for name, times in Counter(a.id for a in ACTIONS).items() if times > 1] == []


def test_no_key_does_two_things_in_one_place() -> None:
    keys = Counter((a.where, key) for a in ACTIONS for key in a.keys.split(",") if key)
    assert [key for key, times in keys.items() if times > 1] == []


def test_every_action_is_told_in_a_sentence_and_can_be_reached() -> None:
    for action in ACTIONS:
        assert action.where in PLACES
        assert action.does.endswith(".")
        assert action.keys or action.in_palette, action.id


def test_the_documents_tell_of_every_action() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_table(page), "run python -m tests.tui.actions_table"


async def test_every_action_of_the_chat_is_there(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        await pilot.pause()
        nodes = {place_of(node): node for node in (app, app.chat, *app.chat.query("*"))}
        for action in ACTIONS:
            if action.where in nodes:
                assert hasattr(nodes[action.where], f"action_{called(action)}"), action.id


async def test_the_palette_finds_what_has_no_key(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("ctrl+p")
        await wait_until(pilot, lambda: is_painted(app, "Copy all citations"))
        await pilot.press(*"new conv")
        await wait_until(pilot, lambda: is_painted(app, "New conversation (Ctrl+N)"))
        await wait_until(pilot, lambda: not is_painted(app, "Copy all citations"))


async def test_what_the_palette_offers_is_done(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(100, 40)) as pilot:
        await asked(pilot, app, "a")
        await pilot.press("ctrl+p")
        await wait_until(pilot, lambda: app.screen.query(Input))
        await pilot.press(*"new conversation")
        await wait_until(pilot, lambda: is_painted(app, "New conversation (Ctrl+N)"))
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.screen is app.chat and turns_of(app) == [])


async def test_all_that_the_palette_offers_has_a_place_to_be_done(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        await pilot.pause()
        offered = {action.id for action, _ in reachable(app.chat)}
        assert {"new_conversation", "copy_citation", "choose_style", "export", "theme", "quit"} <= offered
        assert "send" not in offered


async def test_letters_are_typed_in_the_prompt_and_keys_elsewhere(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        await asked(pilot, app, "a")
        await pilot.press(*"pencyag[]")
        assert prompt_of(app).text == "pencyag[]"
        prompt_of(app).clear()
        await pilot.press("f6", "e")
        await wait_until(pilot, lambda: prompt_of(app).text == "a")


async def test_keys_can_be_given_to_actions(
    scripted: ScriptedAssistant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PILCROW_HOME", str(tmp_path))
    (tmp_path / "config.toml").write_text('[chat.keys]\nnew_conversation = "f10"\nnothing = "f8"\n')
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await wait_until(pilot, lambda: any("no action nothing" in n.message for n in app._notifications))
        await asked(pilot, app, "a")
        await pilot.press("ctrl+n")
        await pilot.pause(0.1)
        assert len(turns_of(app)) == 1
        await pilot.press("f10")
        await wait_until(pilot, lambda: turns_of(app) == [])
        await pilot.press("f1")
        await wait_until(pilot, lambda: any(row.split()[1:2] == ["F10"] for row in rows_of(app)))


async def test_a_theme_that_is_chosen_is_there_the_next_time(
    scripted: ScriptedAssistant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PILCROW_HOME", str(tmp_path))
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        await ask(pilot, app, "a")
        app.theme = "nord"
        await wait_until(pilot, lambda: (tmp_path / "chat.json").is_file())
    assert ChatApp(lambda: scripted.as_assistant).theme == "nord"


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("ctrl+o", "Ctrl+O"),
        ("f8", "F8"),
        ("left_square_bracket", "["),
        ("n", "n"),
        ("pageup", "PgUp"),
        ("ctrl+end", "Ctrl+End"),
        ("shift+enter", "Shift+Enter"),
        ("up", "↑"),
    ],
)
def test_keys_are_shown_as_people_write_them(key: str, shown: str) -> None:
    assert key_display(key) == shown
