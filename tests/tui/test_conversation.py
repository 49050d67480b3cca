"""What is asked in the chat goes on with what was asked before."""

from __future__ import annotations

from textual.pilot import Pilot

from assistant.errors import ConversationNotHeld, QuestionTooLong
from assistant.service import Assistant
from tests.tui.driving import ask, is_settled, text_of, turns_of, wait_until
from tests.tui.scripted import ScriptedAssistant
from tui.app import ChatApp


async def hold(pilot: Pilot[None], app: ChatApp, *questions: str) -> None:
    """Ask one question after the other, each once the one before is answered."""
    for question in questions:
        await ask(pilot, app, question)
        await wait_until(pilot, lambda: all(map(is_settled, turns_of(app))))


async def test_every_question_goes_on_with_the_conversation_of_the_last_answer(
    scripted: ScriptedAssistant,
) -> None:
    scripted.failures["b"] = QuestionTooLong("The question is too long.")
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        await hold(pilot, app, *"abcd")
    assert scripted.conversation_ids == [None, "conversation 1", "conversation 1", "conversation 1"]


async def test_a_conversation_that_was_deleted_elsewhere_is_left_behind(scripted: ScriptedAssistant) -> None:
    scripted.failures["b"] = ConversationNotHeld("There is no conversation 1.")
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        await hold(pilot, app, *"abcd")
    assert scripted.conversation_ids == [None, "conversation 1", None, "conversation 2"]


async def test_a_follow_up_is_understood_and_kept(assistant: Assistant) -> None:
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=(80, 40)) as pilot:
        await hold(pilot, app, "what did the Committee say about extradition?", "and what did it recommend?")
        assert "para_34" in [place.eid for place in turns_of(app)[1].exchange.places]
        assert "extradition" in text_of(turns_of(app)[1])
    held = assistant.conversation(str(assistant.latest_conversation()))
    assert [turn.answer.question for turn in held.turns][1:] == ["and what did it recommend?"]
