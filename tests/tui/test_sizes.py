"""Windows of every size: nothing breaks, and where there is room for a line one can ask."""

from __future__ import annotations

from functools import partial

import pytest

from tests.tui.driving import ask, asked, is_painted, is_settled, prompt_of, rows_of, turns_of, wait_until
from tests.tui.scripted import ScriptedAssistant
from tui.app import ChatApp

TEXT = "**Title** · X\n\n*Section*\n\n" + "\n".join(
    f"- “statement {n} that is long enough to wrap” [para. {n}](/documents/slug#para_{n})" for n in range(30)
)


async def test_one_can_ask_in_twenty_columns_and_five_rows(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(20, 5)) as pilot:
        await pilot.press(*"why")
        await wait_until(pilot, partial(is_painted, app, "why"))
        await pilot.press("enter")
        await wait_until(pilot, lambda: turns_of(app) and is_settled(turns_of(app)[0]))
        await pilot.press("ctrl+end")
        await wait_until(pilot, partial(is_painted, app, "Answer to"))
        assert scripted.asked == ["why"]
        assert [len(row) for row in rows_of(app)] == [20] * 5


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (3, 1), (20, 5), (400, 3), (5, 100)])
async def test_no_size_breaks_it(scripted: ScriptedAssistant, size: tuple[int, int]) -> None:
    scripted.texts["q"] = TEXT
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=size) as pilot:
        await asked(pilot, app, "q")
        await pilot.press(
            "ctrl+o", "n", "escape", "f1", "escape", "ctrl+p", "escape", "pageup", "ctrl+end", "x"
        )
        await wait_until(pilot, lambda: prompt_of(app).text == "x")


async def test_it_grows_and_shrinks_while_it_answers_and_reads(scripted: ScriptedAssistant) -> None:
    scripted.texts["q"] = scripted.texts["slow"] = TEXT
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(120, 40)) as pilot:
        await asked(pilot, app, "q")
        await pilot.press("ctrl+o")
        scripted.gate.clear()
        await pilot.press("escape")
        turn = await ask(pilot, app, "slow")
        for size in ((80, 24), (20, 5), (1, 1), (200, 50), (100, 3), (120, 40)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        scripted.gate.set()
        for size in ((1, 1), (20, 5), (60, 20)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        await wait_until(pilot, lambda: is_settled(turn))
        await pilot.press("escape", "ctrl+end")  # where it is narrow, the source hides the conversation
        await wait_until(pilot, partial(is_painted, app, "statement 29"))
