"""Answers stream in, can be stopped, and go on with what was said before."""

from __future__ import annotations

from threading import Event
from time import monotonic, sleep

import pytest
from textual.pilot import Pilot

from assistant.answer import Filters
from assistant.errors import ConversationNotHeld, QuestionTooLong
from assistant.service import Assistant
from assistant.streaming import pieces
from tests.tui.driving import (
    ask,
    asked,
    is_painted,
    is_settled,
    prompt_of,
    status_of,
    text_of,
    turns_of,
    wait_until,
)
from tests.tui.scripted import PATIENCE, ScriptedAssistant
from tui import background
from tui.app import ChatApp

EXTRADITION = "what did the Committee say about extradition?"


async def holding(pilot: Pilot[None], app: ChatApp, scripted: ScriptedAssistant, question: str) -> None:
    """Ask a question and wait until its answer hangs in the middle."""
    await wait_until(pilot, lambda: app.chat.is_ready)
    scripted.gate.clear()
    await ask(pilot, app, question)
    await wait_until(pilot, scripted.told.is_set)


async def test_what_was_searched_is_shown_before_the_answer(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await holding(pilot, app, scripted, "slow")
        await wait_until(pilot, lambda: is_painted(app, "Answered without a search"))
        assert not is_painted(app, "Answer to slow")
        scripted.gate.set()
        await wait_until(pilot, lambda: is_painted(app, "Answer to slow"))


async def test_an_answer_comes_piece_by_piece(
    scripted: ScriptedAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "BETWEEN_TELLINGS", 0.0)
    text = "\n\n".join(f"Piece {n}." for n in range(5))
    scripted.texts["long"] = text
    so_far = ["".join(list(pieces(text))[: n + 1]) for n in range(9)]
    seen: list[str] = []

    def wait_for_piece() -> None:
        deadline = monotonic() + PATIENCE
        while turns_of(app)[0].exchange.text != so_far[len(seen)]:
            assert monotonic() < deadline
            sleep(0.01)
        seen.append(so_far[len(seen)])

    scripted.between = wait_for_piece
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        turn = await asked(pilot, app, "long")
        assert text_of(turn).endswith("Piece 0.\nPiece 1.\nPiece 2.\nPiece 3.\nPiece 4.")
    assert seen == so_far


async def test_escape_stops_the_answer_and_gives_the_question_back(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await holding(pilot, app, scripted, "slow")
        await pilot.press("escape")
        scripted.gate.set()
        await wait_until(pilot, lambda: prompt_of(app).text == "slow")
        assert "Stopped" in text_of(turns_of(app)[0])
        assert "Answer to slow" not in text_of(turns_of(app)[0])
        await wait_until(pilot, lambda: status_of(app).endswith("ready"))
        # and the next question is a first one, since nothing was kept
        prompt_of(app).clear()
        await asked(pilot, app, "next")
        assert scripted.conversation_ids == [None, None]


async def test_stopping_one_answer_leaves_the_next_question(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        await holding(pilot, app, scripted, "first")
        second = await ask(pilot, app, "second")
        await pilot.press("escape")
        scripted.gate.set()
        await wait_until(pilot, lambda: is_settled(second))
        assert turns_of(app)[0].exchange.is_stopped
        assert "Answer to second" in text_of(second)


async def test_escape_takes_back_what_waits_for_the_model(
    scripted: ScriptedAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scripted, "warm_up", lambda progress: scripted.gate.wait(30))
    scripted.gate.clear()
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        await ask(pilot, app, "early")
        await pilot.press("escape")
        await wait_until(pilot, lambda: prompt_of(app).text == "early")
        scripted.gate.set()
        await wait_until(pilot, lambda: app.chat.is_ready)
        assert scripted.asked == []


async def test_the_search_can_be_edited_and_run_again(assistant: Assistant) -> None:
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=(80, 40)) as pilot:
        await asked(pilot, app, EXTRADITION)
        turn = await asked(pilot, app, "and what did it recommend?")
        searched = turn.exchange.answer.searched_for if turn.exchange.answer else ""
        assert "extradition" in searched
        await pilot.press("f5")
        assert prompt_of(app).text == searched
        await pilot.press(*" again", "enter")
        await wait_until(pilot, lambda: len(turns_of(app)) == 3 and is_settled(turns_of(app)[2]))
        assert turns_of(app)[2].exchange.question == f"{searched} again"


async def test_editing_the_search_keeps_what_was_typed(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        await asked(pilot, app, "first")
        await pilot.press(*"draft", "f5")
        assert prompt_of(app).text == "first"
        await pilot.press("up")
        assert prompt_of(app).text == "draft"


async def test_asked_questions_are_recalled_and_the_draft_is_kept(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        await asked(pilot, app, "first")
        await asked(pilot, app, "second")
        await pilot.press(*"draft", "up")
        assert prompt_of(app).text == "second"
        await pilot.press("up", "up")
        assert prompt_of(app).text == "first"
        await pilot.press("down", "down")
        assert prompt_of(app).text == "draft"


async def test_control_j_makes_a_line_and_up_moves_in_it(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        await asked(pilot, app, "first")
        await pilot.press("a", "ctrl+j", "b", "up", "c")
        assert prompt_of(app).text == "ac\nb"
        await pilot.press("enter")
        await wait_until(pilot, lambda: scripted.asked[-1] == "ac\nb")


async def test_where_nothing_is_kept_the_answers_before_come_along(scripted: ScriptedAssistant) -> None:
    scripted.is_read_only = True
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        for question in "abc":
            await asked(pilot, app, question)
    assert scripted.earlier == [[], ["a"], ["a", "b"]]
    assert scripted.conversation_ids == [None, None, None]


async def test_what_is_kept_does_not_come_along_twice(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        for question in "abc":
            await asked(pilot, app, question)
    assert scripted.earlier == [[], [], []]


async def test_a_new_conversation_begins_with_nothing(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        await asked(pilot, app, "a")
        await pilot.press("ctrl+n")
        await wait_until(pilot, lambda: turns_of(app) == [])
        await asked(pilot, app, "b")
    assert scripted.conversation_ids == [None, None]


async def test_no_conversation_begins_while_one_is_being_answered(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(notifications=True) as pilot:
        await holding(pilot, app, scripted, "slow")
        await pilot.press("ctrl+n")
        await wait_until(pilot, lambda: len(app._notifications) == 1)
        assert len(turns_of(app)) == 1
        scripted.gate.set()


async def test_a_question_is_put_under_the_restriction_it_was_sent_with(scripted: ScriptedAssistant) -> None:
    sent, later = Filters(states=("Kenya",)), Filters(states=("China",))
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        await holding(pilot, app, scripted, "first")
        app.chat.restriction = sent
        second = await ask(pilot, app, "second")
        app.chat.restriction = later
        scripted.gate.set()
        await wait_until(pilot, lambda: is_settled(second))
        await asked(pilot, app, "third")
    assert [request.filters for request in scripted.requests] == [Filters(), sent, later]


async def test_questions_that_come_at_once_are_all_asked(
    scripted: ScriptedAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scripted, "warm_up", lambda progress: scripted.gate.wait(PATIENCE))
    scripted.gate.clear()
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        for question in "abc":  # as the command line asks one while another is typed
            app.run_worker(app.chat.take(question))
        await wait_until(pilot, lambda: [turn.exchange.question for turn in turns_of(app)] == ["a", "b", "c"])
        scripted.gate.set()
        await wait_until(pilot, lambda: all(map(is_settled, turns_of(app))))
    assert scripted.asked == ["a", "b", "c"]


# -- going on with what is kept


async def test_the_first_question_comes_back_where_nothing_can_be_opened() -> None:
    def broken() -> Assistant:
        raise OSError("no such disk")

    app = ChatApp(broken, EXTRADITION, go_on=True)
    async with app.run_test() as pilot:
        await wait_until(pilot, lambda: turns_of(app) and is_settled(turns_of(app)[0]))
        assert "Failed" in text_of(turns_of(app)[0])
        assert prompt_of(app).text == EXTRADITION


async def test_what_is_asked_of_a_conversation_that_is_being_read_is_put_under_its_restriction(
    own_assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    restriction, read, conversation = Filters(states=("Laos",)), Event(), own_assistant.conversation
    first = ChatApp(lambda: own_assistant)
    async with first.run_test() as pilot:
        first.chat.restriction = restriction
        await asked(pilot, first, EXTRADITION)
    monkeypatch.setattr(
        own_assistant, "conversation", lambda known: read.wait(PATIENCE) and conversation(known)
    )
    again = ChatApp(lambda: own_assistant, go_on=True)
    async with again.run_test(size=(80, 40)) as pilot:
        turn = await ask(pilot, again, "and what did it recommend?")
        read.set()
        await wait_until(pilot, lambda: len(turns_of(again)) == 2 and is_settled(turns_of(again)[1]))
        assert turn.exchange.restriction == restriction
        assert "state: Laos (given)" in text_of(turns_of(again)[1])


async def test_the_latest_conversation_is_gone_on_with(own_assistant: Assistant) -> None:
    first = ChatApp(lambda: own_assistant)
    async with first.run_test() as pilot:
        await asked(pilot, first, EXTRADITION)
    again = ChatApp(lambda: own_assistant, "and what did it recommend?", go_on=True)
    async with again.run_test(size=(80, 40)) as pilot:
        await wait_until(pilot, lambda: len(turns_of(again)) == 2 and is_settled(turns_of(again)[1]))
        assert "lacks a specific law" in text_of(turns_of(again)[0])
        assert "para_34" in [place.eid for place in turns_of(again)[1].exchange.places]
        assert [place.eid for place in turns_of(again)[0].exchange.places] == ["para_33", "para_34"]
        await pilot.press("up", "up")
        assert prompt_of(again).text == EXTRADITION


async def test_a_conversation_is_there_before_the_model_is(
    own_assistant: Assistant, monkeypatch: pytest.MonkeyPatch, scripted: ScriptedAssistant
) -> None:
    first = ChatApp(lambda: own_assistant)
    async with first.run_test() as pilot:
        await asked(pilot, first, EXTRADITION)
    scripted.gate.clear()
    monkeypatch.setattr(own_assistant, "warm_up", lambda progress: scripted.gate.wait(30))
    again = ChatApp(lambda: own_assistant, go_on=True)
    async with again.run_test(size=(80, 40)) as pilot:
        await wait_until(pilot, lambda: len(turns_of(again)) == 1)
        assert not again.chat.is_ready
        await pilot.press("ctrl+o")
        await wait_until(pilot, lambda: is_painted(again, "33. The Committee is seriously concerned"))
        scripted.gate.set()
        await wait_until(pilot, lambda: again.chat.is_ready)


async def test_a_restriction_comes_back_with_its_conversation(own_assistant: Assistant) -> None:
    restriction = Filters(states=("Laos",), years=(2015,))
    first = ChatApp(lambda: own_assistant)
    async with first.run_test() as pilot:
        await wait_until(pilot, lambda: first.chat.is_ready)
        first.chat.restriction = restriction
        turn = await asked(pilot, first, EXTRADITION)
        assert "state: Laos (given)" in text_of(turn)
    again = ChatApp(lambda: own_assistant, go_on=True)
    async with again.run_test() as pilot:
        await wait_until(pilot, lambda: len(turns_of(again)) == 1)
        assert again.chat.restriction == restriction


async def test_a_question_for_a_conversation_that_is_not_there_can_be_recalled(
    own_assistant: Assistant,
) -> None:
    app = ChatApp(lambda: own_assistant, EXTRADITION, conversation_id="0" * 32)
    async with app.run_test(notifications=True) as pilot:
        await pilot.press(*"mine")
        await wait_until(pilot, lambda: len(app._notifications) == 1)
        assert prompt_of(app).text == "mine"
        await pilot.press("up")
        assert prompt_of(app).text == EXTRADITION


async def test_a_conversation_that_is_not_there_says_so(own_assistant: Assistant) -> None:
    app = ChatApp(lambda: own_assistant, conversation_id="0" * 32)
    async with app.run_test(notifications=True) as pilot:
        await wait_until(pilot, lambda: len(app._notifications) == 1)
        await asked(pilot, app, EXTRADITION)


async def test_what_is_asked_of_a_conversation_that_is_not_there_is_given_back(
    own_assistant: Assistant,
) -> None:
    app = ChatApp(lambda: own_assistant, EXTRADITION, conversation_id="0" * 32)
    async with app.run_test(notifications=True) as pilot:
        await wait_until(pilot, lambda: len(app._notifications) == 1 and app.chat.is_ready)
        await wait_until(pilot, lambda: prompt_of(app).text == EXTRADITION)
        assert not turns_of(app)
        assert own_assistant.latest_conversation() is None
        await pilot.press("enter")
        await wait_until(pilot, lambda: turns_of(app) and is_settled(turns_of(app)[0]))


async def test_without_any_conversation_continuing_begins_one(own_assistant: Assistant) -> None:
    app = ChatApp(lambda: own_assistant, EXTRADITION, go_on=True)
    async with app.run_test(notifications=True) as pilot:
        await wait_until(pilot, lambda: turns_of(app) and is_settled(turns_of(app)[0]))
        assert [n.title for n in app._notifications] == ["The conversation is not held"]


@pytest.mark.parametrize(
    "failure", [QuestionTooLong("Too long."), ConversationNotHeld("Gone."), OSError("x")]
)
async def test_after_a_failure_in_the_middle_of_an_answer_nothing_of_it_stays(
    scripted: ScriptedAssistant, failure: Exception
) -> None:
    scripted.failures["q"] = failure
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        turn = await asked(pilot, app, "q")
        assert "Failed" in text_of(turn)
        assert "Answer to q" not in text_of(turn)
        assert prompt_of(app).text == "q"
