"""The conversations that are kept: searched as one types."""

from __future__ import annotations

from textual.widgets import Input

from tests.tui.driving import (
    is_painted,
    wait_until,
)
from tests.tui.keeping import KeepingAssistant
from tests.tui.talking import listed, rows, title_of
from tui.app import ChatApp


async def test_searches_once_for_what_was_typed(keeping: KeepingAssistant) -> None:
    keeping.keep("on training", "and children?")
    keeping.keep("on schools")
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await listed(pilot, app, "on training", "on schools")
        await pilot.press(*"child")
        await wait_until(pilot, lambda: not is_painted(app, "on schools"))
        assert [row.split("  ")[:2] for row in rows(app)] == [["on training", "in turn 2"]]
        assert keeping.searched[-1] == "child"
        assert len(keeping.searched) < len("child")


async def test_an_outdated_result_is_dropped(keeping: KeepingAssistant) -> None:
    keeping.keep("on training")
    keeping.keep("on schools")
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await listed(pilot, app, "on training")
        keeping.looking.clear()
        await pilot.press(*"schools")
        await wait_until(pilot, lambda: keeping.searched == ["schools"])
        app.screen.query_one("#search", Input).value = "training"
        await wait_until(pilot, lambda: keeping.searched == ["schools", "training"])
        keeping.looking.set()
        await wait_until(pilot, lambda: [row.split("  ")[0] for row in rows(app)] == ["on training"])
        await pilot.pause(0.1)
        assert [row.split("  ")[0] for row in rows(app)] == ["on training"]


async def test_says_that_nothing_has_the_words_and_lists_all_again(keeping: KeepingAssistant) -> None:
    keeping.keep("on training")
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await listed(pilot, app, "on training")
        await pilot.press(*"zz")
        await wait_until(pilot, lambda: is_painted(app, "No conversation has every word of “zz”."))
        await pilot.press("backspace", "backspace")
        await wait_until(pilot, lambda: is_painted(app, "on training"))


async def test_keys_lead_from_the_box_to_the_list_and_back(keeping: KeepingAssistant) -> None:
    for question in ("one", "two", "three"):
        keeping.keep(question)
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await listed(pilot, app, "one", "two", "three")
        await pilot.press("down")
        assert app.screen.focused is app.screen.query_one("TalkList")
        await pilot.press("t", "x", "backspace", "w")
        await wait_until(pilot, lambda: app.screen.query_one("#search", Input).value == "tw")
        await wait_until(pilot, lambda: not is_painted(app, "one"))
        await pilot.press("down", "up", "up")
        assert app.screen.focused is app.screen.query_one("#search")
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: title_of(app) == "two")


async def test_enter_waits_for_what_is_typed(keeping: KeepingAssistant) -> None:
    keeping.keep("on training")
    keeping.keep("on schools")
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await listed(pilot, app, "on training", "on schools")
        await pilot.press(*"training", "enter")
        await wait_until(pilot, lambda: title_of(app) == "on training")
