"""The conversations that are kept: renamed, and deleted when that is confirmed."""

from __future__ import annotations

from threading import Event

import pytest
from textual.widgets import Input

from tests.tui.driving import (
    ask,
    asked,
    is_painted,
    is_settled,
    prompt_of,
    status_of,
    turns_of,
    wait_until,
)
from tests.tui.keeping import KeepingAssistant
from tests.tui.scripted import PATIENCE
from tests.tui.talking import command, listed, title_of
from tui.app import ChatApp
from tui.screens.confirm import ConfirmScreen
from tui.screens.conversations import ConversationsScreen
from tui.screens.rename import RenameScreen

# -- renaming


async def test_renames_in_the_list_and_what_is_open(keeping: KeepingAssistant) -> None:
    known = keeping.keep("first title")
    app = ChatApp(lambda: keeping.as_assistant, conversation_id=known)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: title_of(app) == "first title")
        await listed(pilot, app, "● first title")
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: isinstance(app.screen, RenameScreen))
        assert app.screen.query_one(Input).value == "first title"
        await pilot.press("ctrl+u", *"second", "enter")
        await wait_until(pilot, lambda: is_painted(app, "● second "))
        assert isinstance(app.screen, ConversationsScreen)
        await pilot.press("escape")
        assert title_of(app) == "second"
    assert keeping.conversation(known).title == "second"


async def test_an_empty_title_is_refused_in_the_assistants_words(keeping: KeepingAssistant) -> None:
    known = keeping.keep("title")
    app = ChatApp(lambda: keeping.as_assistant, conversation_id=known)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: title_of(app) == "title")
        await command(pilot, app, "rename this")
        await pilot.press("ctrl+u", "enter")
        await wait_until(pilot, lambda: is_painted(app, "A title has at least one word. Give one."))
        await pilot.press("x")
        await wait_until(pilot, lambda: not is_painted(app, "A title has"))
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.chat)
    assert keeping.conversation(known).title == "title"


# -- deleting


async def test_deletes_what_is_chosen_only_when_it_is_confirmed(keeping: KeepingAssistant) -> None:
    kept, gone = keeping.keep("kept"), keeping.keep("gone", "and more")
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await listed(pilot, app, "kept", "gone")
        for keys in (("enter",), ("escape",)):
            await command(pilot, app, "delete this")
            assert is_painted(app, "“gone” and its 2 turns cannot be had back.")
            await pilot.press(*keys)
            await wait_until(pilot, lambda: isinstance(app.screen, ConversationsScreen))
            assert keeping.store.count() == 2
        await command(pilot, app, "delete this")
        await pilot.press("right", "enter")
        await wait_until(pilot, lambda: not is_painted(app, "gone"))
        assert is_painted(app, "kept")
    assert [one.id for one in keeping.conversations().conversations] == [kept]
    assert gone != kept


async def test_deleting_the_open_one_begins_a_new_one(keeping: KeepingAssistant) -> None:
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, app, "a")
        await wait_until(pilot, lambda: title_of(app) == "a")
        await command(pilot, app, "delete this")
        await pilot.press("tab", "enter")
        await wait_until(pilot, lambda: turns_of(app) == [])
        assert title_of(app) == ""
        assert keeping.store.count() == 0
        await asked(pilot, app, "b")
    assert keeping.conversation_ids == [None, None]


async def test_what_is_asked_while_it_is_being_deleted_is_not_lost(
    keeping: KeepingAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    deleting, delete = Event(), keeping.delete_conversation
    monkeypatch.setattr(
        keeping, "delete_conversation", lambda known: deleting.wait(PATIENCE) and delete(known)
    )
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, app, "first")
        app.chat.action_delete_conversation()
        await wait_until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("tab", "enter")
        await wait_until(pilot, lambda: app.screen is app.chat)
        keeping.gate.clear()
        await ask(pilot, app, "second")
        await wait_until(pilot, keeping.told.is_set)
        deleting.set()
        await wait_until(pilot, lambda: [t.exchange.question for t in turns_of(app)] == ["second"])
        keeping.gate.set()
        await wait_until(pilot, lambda: is_settled(turns_of(app)[0]))
        assert prompt_of(app).text == "second"  # there was nothing left to go on with
        prompt_of(app).clear()
        await asked(pilot, app, "second")
        assert status_of(app).endswith("ready")
        assert title_of(app) == "second"


async def test_one_that_is_being_answered_in_is_not_deleted(keeping: KeepingAssistant) -> None:
    known = keeping.keep("a")
    app = ChatApp(lambda: keeping.as_assistant, conversation_id=known)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await wait_until(pilot, lambda: title_of(app) == "a" and app.chat.is_ready)
        keeping.gate.clear()
        await ask(pilot, app, "slow")
        app.chat.action_delete_conversation()
        await wait_until(pilot, lambda: [n.message for n in app._notifications] != [])
        assert app.screen is app.chat
        keeping.gate.set()


async def test_one_that_is_gone_already_is_told(keeping: KeepingAssistant) -> None:
    gone = keeping.keep("gone")
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await listed(pilot, app, "gone")
        keeping.store.delete(gone)
        await command(pilot, app, "delete this")
        await pilot.press("right", "enter")
        await wait_until(
            pilot, lambda: [n.title for n in app._notifications] == ["The conversation is not held"]
        )


async def test_asks_before_deleting_in_a_very_small_window(keeping: KeepingAssistant) -> None:
    known = keeping.keep("a")
    app = ChatApp(lambda: keeping.as_assistant, conversation_id=known)
    async with app.run_test(size=(20, 5)) as pilot:
        await wait_until(pilot, lambda: title_of(app) == "a")
        app.chat.action_delete_conversation()
        await wait_until(pilot, lambda: is_painted(app, "Cancel"))
        await pilot.press("down")
        await wait_until(pilot, lambda: is_painted(app, "Delete "))
        await pilot.press("enter")
        await wait_until(pilot, lambda: turns_of(app) == [])


async def test_one_that_begins_where_another_was_deleted_has_its_own_title(keeping: KeepingAssistant) -> None:
    known = keeping.keep("a")
    app = ChatApp(lambda: keeping.as_assistant, conversation_id=known)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: title_of(app) == "a" and app.chat.is_ready)
        keeping.store.delete(known)
        await asked(pilot, app, "b")
        await wait_until(pilot, lambda: title_of(app) == "unsaved")
        await asked(pilot, app, "c")
        await wait_until(pilot, lambda: title_of(app) == "c")
        app.chat.action_delete_conversation()
        await wait_until(pilot, lambda: is_painted(app, "“c” and its 1 turn cannot"))
