"""What the chat does while the assistant is opened or answers, and when it fails."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest
from textual.pilot import Pilot

from assistant.errors import HomeUnusable, QuestionTooLong
from assistant.service import Assistant
from tests.tui.driving import (
    ask,
    asked,
    is_painted,
    is_settled,
    prompt_of,
    rows_of,
    status_of,
    text_of,
    turns_of,
    wait_until,
)
from tests.tui.scripted import PATIENCE, ScriptedAssistant
from tui.app import ChatApp
from tui.widgets.conversation import Conversation

LONG = "\n\n".join(f"Paragraph {number} of the answer." for number in range(40))


def opened_by(gate: Event, scripted: ScriptedAssistant) -> ChatApp:
    def open_assistant() -> Assistant:
        gate.wait(PATIENCE)
        return scripted.as_assistant

    return ChatApp(open_assistant)


async def filled(pilot: Pilot[None], app: ChatApp, scripted: ScriptedAssistant) -> Conversation:
    """The conversation, once an answer longer than the window stands in it."""
    scripted.texts["long"] = LONG
    turn = await ask(pilot, app, "long")
    await wait_until(pilot, lambda: is_settled(turn))
    return app.chat.query_one(Conversation)


async def test_the_window_is_painted_before_the_assistant_opens() -> None:
    painted_when_opened: list[bool] = []
    gate = Event()

    def open_assistant() -> Assistant:
        painted_when_opened.append(is_painted(app, "Ask about the documents"))
        gate.wait(PATIENCE)
        raise HomeUnusable("There is no folder.")

    app = ChatApp(open_assistant)
    async with app.run_test() as pilot:
        await wait_until(pilot, lambda: painted_when_opened)
        assert painted_when_opened == [True]
        assert status_of(app) == "Loading the model…"
        gate.set()


async def test_a_question_typed_early_is_answered_later(scripted: ScriptedAssistant) -> None:
    gate = Event()
    app = opened_by(gate, scripted)
    async with app.run_test() as pilot:
        turn = await ask(pilot, app, "early")
        assert not is_settled(turn)
        assert scripted.asked == []
        gate.set()
        await wait_until(pilot, lambda: is_settled(turn))
        assert "Answer to early" in text_of(turn)


async def test_the_prompt_says_that_it_is_answering_and_takes_more(scripted: ScriptedAssistant) -> None:
    scripted.gate.clear()
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        await wait_until(pilot, lambda: status_of(app).endswith("ready"))
        await ask(pilot, app, "first")
        await wait_until(pilot, lambda: is_painted(app, "Answering… ask the next"))
        assert status_of(app) == "2 documents · 1,043 paragraphs · answering…"
        await pilot.press(*"second", "enter")
        await wait_until(pilot, lambda: len(turns_of(app)) == 2)
        assert scripted.asked == ["first"]
        scripted.gate.set()
        await wait_until(pilot, lambda: all(map(is_settled, turns_of(app))))
        assert scripted.asked == ["first", "second"]
        assert ["Answer to first" in text_of(turn) for turn in turns_of(app)] == [True, False]
        await wait_until(pilot, lambda: prompt_of(app).border_title == "Ask")


async def test_a_failed_question_comes_back_with_a_notice(scripted: ScriptedAssistant) -> None:
    scripted.failures["long"] = QuestionTooLong("The question has [9] characters.", "Ask a shorter one.")
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        turn = await ask(pilot, app, "long")
        await wait_until(pilot, lambda: is_settled(turn))
        assert prompt_of(app).text == "long"
        (notice,) = app._notifications
        assert (notice.title, notice.severity) == ("The question is too long", "warning")
        assert notice.message == "The question has [9] characters. Ask a shorter one."
        assert notice.message in text_of(turn)
        await wait_until(pilot, lambda: sum("The question is too long" in row for row in rows_of(app)) == 2)
        # and the chat goes on
        turn = await ask(pilot, app, "short")
        await wait_until(pilot, lambda: is_settled(turn))
        assert "Answer to short" in text_of(turn)


async def test_a_failure_does_not_overwrite_what_is_being_typed(scripted: ScriptedAssistant) -> None:
    scripted.failures["first"] = ValueError("boom")
    scripted.gate.clear()
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        turn = await ask(pilot, app, "first")
        await pilot.press(*"draft")
        scripted.gate.set()
        await wait_until(pilot, lambda: is_settled(turn))
        assert prompt_of(app).text == "draft"
        assert "ValueError: boom" in text_of(turn)


async def test_opening_is_tried_again_by_the_next_question(scripted: ScriptedAssistant) -> None:
    gate = Event()
    attempts: list[int] = []

    def open_assistant() -> Assistant:
        attempts.append(1)
        gate.wait(PATIENCE)
        if len(attempts) == 1:
            raise HomeUnusable("The data folder cannot be created.", "Set PILCROW_HOME.")
        return scripted.as_assistant

    app = ChatApp(open_assistant)
    async with app.run_test() as pilot:
        turn = await ask(pilot, app, "question")
        gate.set()
        await wait_until(pilot, lambda: is_settled(turn))
        assert "Set PILCROW_HOME." in text_of(turn)
        await wait_until(pilot, lambda: status_of(app) == "not ready: the next question tries again")
        await wait_until(pilot, lambda: prompt_of(app).text == "question")
        await pilot.press("enter")
        await wait_until(pilot, lambda: len(turns_of(app)) == 2 and is_settled(turns_of(app)[1]))
        assert "Answer to question" in text_of(turns_of(app)[1])


async def test_documents_can_be_read_where_the_model_does_not_load(
    scripted: ScriptedAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(progress: object) -> None:
        raise HomeUnusable("The data folder is gone.")

    monkeypatch.setattr(scripted, "warm_up", fail)
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        await wait_until(pilot, lambda: status_of(app).startswith("not ready"))
        assert app.chat.assistant is scripted.as_assistant
        assert not scripted.closed


async def test_long_work_shows_how_far_it_is(
    scripted: ScriptedAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Event()

    def slow(progress: Callable[[str, int, int], None]) -> None:
        progress("encoding", 7, 88)
        gate.wait(PATIENCE)

    monkeypatch.setattr(scripted, "warm_up", slow)
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        await wait_until(pilot, lambda: "Preparing the documents: 7 of 88 passages…" in status_of(app))
        gate.set()
        await wait_until(pilot, lambda: status_of(app).endswith("ready"))


async def test_a_long_answer_is_shown_from_its_beginning(scripted: ScriptedAssistant) -> None:
    scripted.texts["long"] = LONG
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, app, "short")
        turn = await ask(pilot, app, "long")
        await wait_until(pilot, lambda: is_settled(turn))
        await wait_until(pilot, lambda: is_painted(app, "› long") and is_painted(app, "Paragraph 0 of"))


async def test_a_reader_who_scrolled_up_is_not_dragged_down(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        conversation = await filled(pilot, app, scripted)
        scripted.gate.clear()
        turn = await ask(pilot, app, "slow")
        await wait_until(pilot, lambda: conversation.scroll_y > 0 and conversation.is_vertical_scroll_end)
        conversation.scroll_to(y=3, animate=False)
        await wait_until(pilot, lambda: conversation.scroll_y == 3)
        scripted.gate.set()
        await wait_until(pilot, lambda: is_settled(turn))
        await wait_until(pilot, lambda: is_painted(app, "▼ New below · Ctrl+End"))
        assert conversation.scroll_y == 3
        await pilot.press("ctrl+end")
        await wait_until(pilot, lambda: is_painted(app, "Answer to slow"))
        await wait_until(pilot, lambda: not is_painted(app, "New below"))


async def test_a_click_on_what_is_new_goes_there(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        conversation = await filled(pilot, app, scripted)
        await wait_until(
            pilot, lambda: is_painted(app, "▼ New below")
        )  # the answer is longer than the window
        assert not conversation.is_vertical_scroll_end
        await pilot.click("#news")
        await wait_until(pilot, lambda: conversation.is_vertical_scroll_end)
        await wait_until(pilot, lambda: not is_painted(app, "New below"))


async def test_nothing_is_new_below_what_fits(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, app, "short")
        await wait_until(pilot, lambda: is_painted(app, "Answer to short"))
        await pilot.pause(0.1)
        assert not is_painted(app, "New below")


async def test_the_end_stays_in_sight_when_resized_while_answering(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(120, 40)) as pilot:
        conversation = await filled(pilot, app, scripted)
        scripted.gate.clear()
        await ask(pilot, app, "slow")
        await wait_until(pilot, lambda: is_painted(app, "› slow"))
        await pilot.resize_terminal(80, 24)
        await wait_until(pilot, lambda: len(rows_of(app)) == 24 and conversation.size.width < 80)
        await wait_until(pilot, lambda: is_painted(app, "› slow"), 5)
        scripted.gate.set()
        await wait_until(pilot, lambda: is_painted(app, "Answer to slow"))


async def test_page_keys_scroll_the_conversation_from_the_prompt(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        conversation = await filled(pilot, app, scripted)
        await pilot.press("pagedown")
        await wait_until(pilot, lambda: conversation.scroll_y > 10)
        await pilot.press("ctrl+home")
        await wait_until(pilot, lambda: conversation.scroll_y == 0)
        await pilot.press("ctrl+end", "pageup")
        await wait_until(pilot, lambda: 0 < conversation.scroll_y < conversation.max_scroll_y)
