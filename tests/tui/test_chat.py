"""Questions and answers in the chat, over the real assistant."""

from __future__ import annotations

from assistant.service import Assistant
from tests.tui.driving import (
    ask,
    is_painted,
    is_settled,
    prompt_of,
    status_of,
    text_of,
    turns_of,
    wait_until,
)
from tui.app import ChatApp

EXTRADITION = "what did the Committee say about extradition?"


async def test_says_what_is_held_when_ready(assistant: Assistant) -> None:
    app = ChatApp(lambda: assistant)
    async with app.run_test() as pilot:
        await wait_until(pilot, lambda: status_of(app) == "1 document · 43 paragraphs · ready")


async def test_answers_with_the_paragraphs_that_answer(assistant: Assistant) -> None:
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        turn = await ask(pilot, app, EXTRADITION)
        await wait_until(pilot, lambda: is_settled(turn))
        assert [place.eid for place in turn.exchange.places] == ["para_33", "para_34"]
        assert "lacks a specific law on extradition" in text_of(turn)
        assert f"Searched “{EXTRADITION}” · in 1 document" in text_of(turn)
        assert prompt_of(app).text == ""


async def test_says_that_what_is_held_needs_no_search(assistant: Assistant) -> None:
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        turn = await ask(pilot, app, "which documents do you have on Laos?")
        await wait_until(pilot, lambda: is_settled(turn))
        assert "Answered without a search · state: Laos (inferred)" in text_of(turn)
        assert "1 document on Laos" in text_of(turn)


async def test_asks_the_question_it_is_started_with(assistant: Assistant) -> None:
    app = ChatApp(lambda: assistant, EXTRADITION)
    async with app.run_test() as pilot:
        await wait_until(pilot, lambda: turns_of(app) and is_settled(turns_of(app)[0]))
        assert turns_of(app)[0].exchange.question == EXTRADITION


async def test_labels_a_refusal_and_shows_the_nearest(assistant: Assistant) -> None:
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=(80, 40)) as pilot:
        turn = await ask(pilot, app, "does it mention cryptocurrency?")
        await wait_until(pilot, lambda: is_settled(turn))
        await wait_until(pilot, lambda: is_painted(app, "Not answered"))
        assert "Nearest paragraphs:" in text_of(turn)
        assert len(turn.exchange.places) == 3


async def test_an_answer_is_not_labelled_a_refusal(assistant: Assistant) -> None:
    app = ChatApp(lambda: assistant)
    async with app.run_test() as pilot:
        turn = await ask(pilot, app, EXTRADITION)
        await wait_until(pilot, lambda: is_settled(turn))
        assert "Not answered" not in text_of(turn)


async def test_two_questions_in_a_row_stay_in_order(assistant: Assistant) -> None:
    app = ChatApp(lambda: assistant)
    async with app.run_test() as pilot:
        await ask(pilot, app, EXTRADITION)
        await ask(pilot, app, "paragraph 9")
        await wait_until(pilot, lambda: all(map(is_settled, turns_of(app))))
        first, second = turns_of(app)
        assert [place.eid for place in first.exchange.places] == ["para_33", "para_34"]
        assert [place.eid for place in second.exchange.places] == ["para_9"]


async def test_an_empty_question_does_nothing(assistant: Assistant) -> None:
    app = ChatApp(lambda: assistant, " ")
    async with app.run_test() as pilot:
        await wait_until(pilot, lambda: status_of(app).endswith("ready"))
        for typed in ("", "   "):
            prompt_of(app).put(typed)
            await pilot.press("enter")
        await pilot.pause()
        assert turns_of(app) == []
        assert status_of(app).endswith("ready")
