"""The conversations that are kept: listed and gone on with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from assistant.answer import Conversation
from assistant.errors import ConversationsDamaged
from assistant.service import Assistant
from tests.answers import answer_to
from tests.tui.driving import (
    ask,
    asked,
    is_painted,
    is_settled,
    prompt_of,
    rows_of,
    status_of,
    turns_of,
    wait_until,
)
from tests.tui.keeping import KeepingAssistant
from tests.tui.scripted import PATIENCE, ScriptedAssistant
from tests.tui.talking import listed, rows, title_of
from tui.app import ChatApp
from tui.screens.conversations import PAGE, ConversationsScreen

# -- the list


async def test_lists_title_turns_and_time_the_latest_first(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    times = iter([now - timedelta(days=400), now - timedelta(days=1), now, now])
    keeping = KeepingAssistant(tmp_path, clock=lambda: next(times))
    for questions in (["old"], ["middle"], ["new", "newer"]):
        keeping.keep(*questions)
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await listed(pilot, app, "2 turns")
        new, middle, old = rows(app)
        assert new.startswith("new ")
        assert "2 turns  today " in new
        assert middle.startswith("middle ")
        assert "1 turn  yesterday " in middle
        assert old.startswith("old ")
        assert old.endswith(str((now - timedelta(days=400)).astimezone().year))


async def test_marks_the_one_that_is_open(keeping: KeepingAssistant) -> None:
    keeping.keep("other")
    known = keeping.keep("this")
    app = ChatApp(lambda: keeping.as_assistant, conversation_id=known)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: title_of(app) == "this")
        await listed(pilot, app, "● this", "  other")
        assert not is_painted(app, "● other")


async def test_brings_the_next_page_when_one_comes_to_the_end(keeping: KeepingAssistant) -> None:
    for number in range(PAGE + 30):
        keeping.keep(f"conversation number {number}")
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await listed(pilot, app, f"number {PAGE + 29} ")
        assert not is_painted(app, "number 0 ")
        await pilot.press("down", "end")
        await wait_until(pilot, lambda: len(keeping.cursors) == 2)
        await wait_until(pilot, lambda: app.screen.query_one("TalkList").option_count == PAGE + 30)  # type: ignore[attr-defined]
        await pilot.press("end")
        await wait_until(pilot, lambda: is_painted(app, "number 0 "))
        assert keeping.cursors[0] is None
        assert len(keeping.cursors) == 2


async def test_says_that_nothing_is_kept_yet(keeping: KeepingAssistant) -> None:
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await listed(pilot, app, "No conversation is kept yet. Ask something")
        await pilot.press("enter", "down", "ctrl+r")
        assert isinstance(app.screen, ConversationsScreen)


async def test_says_why_nothing_can_be_kept(keeping: KeepingAssistant) -> None:
    keeping.is_read_only = True
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await listed(pilot, app, "No conversation is kept: the data folder cannot be written.")


async def test_says_what_is_wrong_with_a_damaged_store(
    keeping: KeepingAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_: object) -> None:
        raise ConversationsDamaged("The file is [damaged].", "Move it away.")

    monkeypatch.setattr(keeping, "conversations", damaged)
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await listed(pilot, app, "The conversations are damaged.", "The file is [damaged]. Move it away.")
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.chat)


async def test_works_in_a_very_small_window(keeping: KeepingAssistant) -> None:
    keeping.keep("tiny")
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(20, 5)) as pilot:
        await listed(pilot, app, "tiny", "1 turn · today")
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.screen is app.chat and turns_of(app))


async def test_no_title_reaches_the_terminal_uninterpreted(keeping: KeepingAssistant) -> None:
    known = keeping.keep("a")
    keeping.rename_conversation(known, "[bold]title\u202e gnihtemos[/bold]")
    app = ChatApp(lambda: keeping.as_assistant, conversation_id=known)
    async with app.run_test(size=(80, 24)) as pilot:
        await listed(pilot, app, "[bold]title\ufffd gnih")
        await pilot.press("escape")
        await wait_until(pilot, lambda: is_painted(app, "[bold]title\ufffd"))
        assert not any("\u202e" in row for row in rows_of(app))


async def test_is_not_there_before_the_data_folder_is_open() -> None:
    def fail() -> Assistant:
        raise ConversationsDamaged("No.")

    app = ChatApp(fail)
    async with app.run_test(notifications=True) as pilot:
        await wait_until(pilot, lambda: status_of(app).startswith("not ready"))
        await pilot.press("f2")
        await wait_until(
            pilot, lambda: any("once the data folder is open" in n.message for n in app._notifications)
        )
        assert app.screen is app.chat


# -- going on


async def test_goes_on_with_the_chosen_one(keeping: KeepingAssistant) -> None:
    known = keeping.keep("before", "and then?")
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await listed(pilot, app, "before")
        await pilot.press("enter")
        await wait_until(pilot, lambda: len(turns_of(app)) == 2)
        assert title_of(app) == "before"
        assert prompt_of(app).has_focus
        await wait_until(pilot, lambda: app.chat.is_ready and not app.chat.is_working)
        await ask(pilot, app, "further")
        await wait_until(pilot, lambda: all(map(is_settled, turns_of(app))))
    assert [turn.answer.question for turn in keeping.conversation(known).turns][-1] == "further"


async def test_opens_at_the_turn_that_was_found(keeping: KeepingAssistant) -> None:
    questions = [f"question {number}" for number in range(40)]
    questions[3] = "what about the needle?"
    keeping.keep(*questions)
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await listed(pilot, app, "question 0")
        await pilot.press(*"needle")
        await wait_until(pilot, lambda: is_painted(app, "in turn 4"))
        await pilot.press("enter")
        await wait_until(pilot, lambda: is_painted(app, "› what about the needle?"))
        await wait_until(pilot, lambda: is_painted(app, "1 of 2"))


async def test_a_turn_that_failed_does_not_shift_those_that_are_found(keeping: KeepingAssistant) -> None:
    keeping.failures["broken"] = OSError("x")
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, app, "first")
        await asked(pilot, app, "broken")
        prompt_of(app).clear()
        await asked(pilot, app, "third")
        await listed(pilot, app, "first")
        await pilot.press(*"third")
        await wait_until(pilot, lambda: is_painted(app, "in turn 2"))
        await pilot.press("enter")
        await wait_until(pilot, lambda: is_painted(app, "1 of 2"))
        match = app.chat.conversation._current
        assert match is not None
        assert (match.exchange.question, match.part) == ("third", 0)


async def test_a_turn_that_came_from_elsewhere_is_looked_for_in_those_that_are_here(
    keeping: KeepingAssistant,
) -> None:
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, app, "first")
        keeping.store.append(str(app.chat.conversation_id), answer_to("elsewhere", "Told."))
        await listed(pilot, app, "first")
        await pilot.press(*"elsewhere")
        await wait_until(pilot, lambda: is_painted(app, "in turn 2"))
        await pilot.press("enter")
        await wait_until(pilot, lambda: is_painted(app, "nothing found"))


async def test_a_click_goes_on_too(keeping: KeepingAssistant) -> None:
    keeping.keep("one")
    keeping.keep("two")
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await listed(pilot, app, "one", "two")
        row = next(y for y, text in enumerate(rows_of(app)) if "  one" in text)
        await pilot.click(offset=(10, row))
        await wait_until(pilot, lambda: title_of(app) == "one")


async def test_one_that_was_deleted_elsewhere_leaves_the_open_one(keeping: KeepingAssistant) -> None:
    gone = keeping.keep("gone")
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await asked(pilot, app, "open")
        await listed(pilot, app, "gone", "● open")
        keeping.store.delete(gone)
        await pilot.press("down", "enter")
        await wait_until(
            pilot, lambda: [n.title for n in app._notifications] == ["The conversation is not held"]
        )
        assert [turn.exchange.question for turn in turns_of(app)] == ["open"]
        assert title_of(app) == "open"


async def test_waits_for_the_answer_that_is_being_made_and_says_so(keeping: KeepingAssistant) -> None:
    keeping.keep("other")
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await wait_until(pilot, lambda: app.chat.is_ready)
        keeping.gate.clear()
        await ask(pilot, app, "slow")
        await ask(pilot, app, "queued")
        await listed(pilot, app, "other")
        await pilot.press("enter")
        await wait_until(pilot, lambda: [n.title for n in app._notifications] == ["Still answering"])
        assert [turn.exchange.question for turn in turns_of(app)] == ["slow", "queued"]
        keeping.gate.set()
        await wait_until(pilot, lambda: title_of(app) == "other")
        assert [turn.exchange.question for turn in turns_of(app)] == ["other"]
    latest = keeping.conversation(str(keeping.latest_conversation()))
    assert [turn.answer.question for turn in latest.turns] == ["slow", "queued"]


async def test_stopping_the_answer_opens_the_other_one(keeping: KeepingAssistant) -> None:
    keeping.keep("other")
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: app.chat.is_ready)
        keeping.gate.clear()
        await ask(pilot, app, "slow")
        await wait_until(pilot, keeping.told.is_set)
        await listed(pilot, app, "other")
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.screen is app.chat)
        await pilot.press("escape")
        keeping.gate.set()
        await wait_until(pilot, lambda: title_of(app) == "other")
        await ask(pilot, app, "next")
        await wait_until(pilot, lambda: all(map(is_settled, turns_of(app))))


async def test_conversations_can_be_read_where_the_model_does_not_load(
    keeping: KeepingAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping.keep("other")
    failures = [ConversationsDamaged("No model."), None]

    def warm_up(progress: object) -> None:
        if failure := failures.pop(0):
            raise failure

    monkeypatch.setattr(keeping, "warm_up", warm_up)
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: status_of(app).startswith("not ready"))
        await listed(pilot, app, "other")
        await pilot.press("enter")
        await wait_until(pilot, lambda: title_of(app) == "other")
        await asked(pilot, app, "and now?")
        assert failures == []


async def test_one_that_is_being_read_when_the_model_is_loaded_is_read_once(
    keeping: KeepingAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, gate, read = keeping.keep("a"), Event(), []

    def conversation(conversation_id: str) -> Conversation:
        gate.wait(PATIENCE)
        read.append(conversation_id)
        return keeping.store.conversation(conversation_id)

    monkeypatch.setattr(keeping, "conversation", conversation)
    app = ChatApp(lambda: keeping.as_assistant, conversation_id=known)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: app.chat.is_ready)
        gate.set()
        await wait_until(pilot, lambda: title_of(app) == "a")
        await asked(pilot, app, "b")
    assert read == [known]


async def test_what_is_not_kept_says_so_in_place_of_a_title(scripted: ScriptedAssistant) -> None:
    scripted.is_read_only = True
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        assert title_of(app) == ""
        await asked(pilot, app, "a")
        await wait_until(pilot, lambda: title_of(app) == "unsaved")
        app.chat.action_rename_conversation()
        app.chat.action_delete_conversation()
        await wait_until(pilot, lambda: len(app._notifications) == 2)
        assert app.screen is app.chat


# -- with the real assistant


async def test_a_real_conversation_is_found_opened_and_gone_on_with(own_assistant: Assistant) -> None:
    app = ChatApp(lambda: own_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, app, "what did the Committee say about extradition?")
        await pilot.press("ctrl+n")
        await wait_until(pilot, lambda: turns_of(app) == [])
        await listed(pilot, app, "what did the Committee say")
        await pilot.press(*"lacks")
        await wait_until(pilot, lambda: is_painted(app, "in turn 1"))
        await pilot.press("enter")
        await wait_until(pilot, lambda: is_painted(app, "1 of "))
        await pilot.press("escape")
        turn = await asked(pilot, app, "and what did it recommend?")
        assert "para_34" in [place.eid for place in turn.exchange.places]
