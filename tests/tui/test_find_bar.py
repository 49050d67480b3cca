"""Finding words in the conversation that is open."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Static

from tests.tui.driving import asked, is_painted, prompt_of, rows_of, turns_of, wait_until
from tests.tui.keeping import KeepingAssistant
from tui.app import ChatApp

NUMBERS = [f"question {number}" for number in range(30)]


@pytest.fixture
def keeping(tmp_path: Path) -> KeepingAssistant:
    return KeepingAssistant(tmp_path)


def count_of(app: ChatApp) -> str:
    return str(app.chat.find_bar.query_one("#find-count", Static).content)


def styled(app: ChatApp, attribute: str) -> list[str]:
    """The pieces of the window that are painted underlined or reversed."""
    strips: list[Strip] = app.screen._compositor.render_strips()
    return [
        segment.text
        for strip in strips
        for segment in strip
        if segment.style is not None and getattr(segment.style, attribute)
    ]


async def found(pilot: Pilot[None], app: ChatApp, text: str, count: str) -> None:
    await pilot.press("ctrl+f", *text)
    await wait_until(pilot, lambda: count_of(app) == count)


async def test_finds_in_questions_and_answers_and_goes_from_match_to_match(keeping: KeepingAssistant) -> None:
    keeping.texts["b"] = "Nothing on traïning."
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        for question in ("TRAINING?", "b", "c"):
            await asked(pilot, app, question)
        await found(pilot, app, "training", "1 of 3")
        await wait_until(pilot, lambda: "TRAINING" in styled(app, "reverse"))
        assert {"TRAINING", "traïning"} <= set(styled(app, "underline"))
        for key, count in (("enter", "2 of 3"), ("down", "3 of 3"), ("down", "1 of 3"), ("up", "3 of 3")):
            await pilot.press(key)
            await wait_until(pilot, lambda count=count: count_of(app) == count)  # type: ignore[misc]
        await wait_until(pilot, lambda: "traïning" in styled(app, "reverse"))
        await pilot.press("escape", *"next")
        assert prompt_of(app).text == "next"
        await wait_until(pilot, lambda: not is_painted(app, "Find "))
        assert not set(styled(app, "reverse") + styled(app, "underline")) & {"TRAINING", "traïning"}


async def test_finds_what_is_not_on_the_screen(keeping: KeepingAssistant) -> None:
    known = keeping.keep("wanted?", *NUMBERS, says="Here is a needle, {}")
    app = ChatApp(lambda: keeping.as_assistant, conversation_id=known)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: is_painted(app, "question 29"))
        assert not any(turn.exchange.question == "wanted?" for turn in turns_of(app))
        await found(pilot, app, "wanted?", "2 of 2")
        await wait_until(pilot, lambda: is_painted(app, "Here is a needle, wanted?"))


async def test_a_match_far_down_a_long_answer_is_brought_into_sight(keeping: KeepingAssistant) -> None:
    keeping.texts["q"] = "\n\n".join([*["padding"] * 40, " ".join([*["word"] * 300, "needle"])])
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, app, "q")
        await pilot.press("ctrl+home")
        await found(pilot, app, "needle", "1 of 1")
        await wait_until(pilot, lambda: "needle" in styled(app, "reverse"))


async def test_begins_where_one_reads(keeping: KeepingAssistant) -> None:
    known = keeping.keep(*NUMBERS)
    app = ChatApp(lambda: keeping.as_assistant, conversation_id=known)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: is_painted(app, "› question 29"))
        await pilot.press("ctrl+f", *"answer to")
        await wait_until(pilot, lambda: count_of(app).endswith(" of 30"))
        assert int(count_of(app).split()[0]) > 15
        assert is_painted(app, "› question 29")


async def test_says_that_only_the_words_are_there_or_nothing(keeping: KeepingAssistant) -> None:
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, app, "education in Kenya")
        await found(pilot, app, "kenya educ", "its words: 1 of 4")
        await found(pilot, app, "uganda", "nothing found")
        await pilot.press("enter", "up")
        assert count_of(app) == "nothing found"


async def test_a_slash_finds_where_nothing_is_typed(keeping: KeepingAssistant) -> None:
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash")
        assert prompt_of(app).text == "/"
        assert not app.chat.find_bar.display
        await pilot.press("f6", "slash")
        await wait_until(pilot, lambda: is_painted(app, "in this conversation"))


async def test_finds_in_the_conversation_that_the_source_covers(keeping: KeepingAssistant) -> None:
    keeping.texts["q"] = "See [para. 1](/documents/a-b#para_1)."
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, app, "q")
        await pilot.press("ctrl+o")
        await wait_until(pilot, lambda: not is_painted(app, "› q"))
        await found(pilot, app, "[para. 1]", "1 of 1")
        await wait_until(pilot, lambda: "[para. 1]" in styled(app, "reverse"))


async def test_another_conversation_ends_the_finding(keeping: KeepingAssistant) -> None:
    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, app, "a")
        await found(pilot, app, "answer", "1 of 1")
        await pilot.press("ctrl+n")
        await wait_until(pilot, lambda: not app.chat.find_bar.display)
        await pilot.press(*"typed")
        assert prompt_of(app).text == "typed"


async def test_a_turn_that_comes_into_sight_is_marked_too(keeping: KeepingAssistant) -> None:
    known = keeping.keep(*NUMBERS)
    app = ChatApp(lambda: keeping.as_assistant, conversation_id=known)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: is_painted(app, "› question 29"))
        await pilot.press("ctrl+f", *"answer to question")
        await wait_until(pilot, lambda: count_of(app).endswith(" of 30"))
        await pilot.press("ctrl+home")
        await wait_until(pilot, lambda: is_painted(app, "› question 0"))
        await wait_until(pilot, lambda: "Answer to question" in styled(app, "underline"))


async def test_nothing_that_is_pasted_reaches_the_terminal(keeping: KeepingAssistant) -> None:
    from textual import events

    app = ChatApp(lambda: keeping.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+f")
        box = app.chat.find_bar.query_one("#find-text")
        box.post_message(events.Paste("\x1b]0;x\x07" + "long \n" * 100_000))
        await wait_until(pilot, lambda: any("long long" in row for row in rows_of(app)))
        assert not any("\x1b" in row or "\x07" in row for row in rows_of(app))
        assert len(box.value) == 200  # type: ignore[attr-defined]
