"""Long answers and long conversations: only what is looked at costs anything, and nothing is lost."""

from __future__ import annotations

from textual import events

from tests.answers import answer_to
from tests.tui.driving import asked, is_settled, prompt_of, text_of, turns_of, wait_until
from tests.tui.scripted import ScriptedAssistant
from tui.app import ChatApp
from tui.exchange import Exchange
from tui.widgets.conversation import AT_MOST, AT_ONCE
from tui.widgets.text_block import TextBlock
from tui.widgets.turn import WHILE_TOLD

LINK = "[para. 3](/documents/crc-c-1#para_3)"


def listed(statements: int) -> str:
    return "\n".join(f"- **Concern** (notes): “statement {n}” {LINK}" for n in range(statements))


async def test_keys_that_come_together_are_done_in_their_order(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        for key in ("x", "ctrl+u", *"first", "enter", *"second"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await wait_until(pilot, lambda: turns_of(app) and is_settled(turns_of(app)[0]))
        assert scripted.asked == ["first"]
        assert prompt_of(app).text == "second"


async def test_a_very_long_answer_is_whole_once_it_is_settled(scripted: ScriptedAssistant) -> None:
    scripted.texts["all"] = listed(300)
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        turn = await asked(pilot, app, "all")
        await wait_until(pilot, lambda: len(turn.query(TextBlock)) == 300)
        assert "statement 299" in text_of(turn)


async def test_while_it_is_told_some_screens_of_a_long_answer_are_shown(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        exchange = Exchange("all")
        await app.chat.conversation.add(exchange)
        (turn,) = turns_of(app)
        for told in (10, 200):
            exchange.text = listed(told)
            await app.chat.conversation.sync(exchange)
            assert len(turn.query(TextBlock)) == min(told, WHILE_TOLD)
        exchange.answer = answer_to("all", listed(200))
        await app.chat.conversation.sync(exchange)
        await wait_until(pilot, lambda: len(turn.query(TextBlock)) == 200)


async def test_of_a_long_conversation_only_the_turns_around_the_reader_are_there(
    scripted: ScriptedAssistant,
) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        app.animation_level = "none"
        conversation = app.chat.conversation
        exchanges = [Exchange(f"question {n}", answer_to("q", listed(3))) for n in range(AT_MOST + AT_ONCE)]
        await conversation.show_all(exchanges)
        await pilot.pause()
        assert [turn.exchange for turn in turns_of(app)] == exchanges[-AT_ONCE:]
        while turns_of(app)[0].exchange is not exchanges[0]:
            await pilot.press("pageup")
            await pilot.pause()
            assert len(turns_of(app)) <= AT_MOST
        while turns_of(app)[-1].exchange is not exchanges[-1]:
            await pilot.press("pagedown")
            await pilot.pause()
            shown = [exchanges.index(turn.exchange) for turn in turns_of(app)]
            assert shown == list(range(shown[0], shown[-1] + 1))
            assert len(shown) <= AT_MOST
