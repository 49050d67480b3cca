"""The chat over data folders that lack something, are locked, or cannot be written."""

from __future__ import annotations

import shutil

import pytest
from filelock import FileLock

from assistant.errors import EngineMismatch, WriterBusy
from assistant.service import Assistant
from index.collection import Collection
from index.embedded import EmbeddedEngine
from tests.tui.driving import asked, prompt_of, status_of, text_of, wait_until
from tests.tui.scripted import ScriptedAssistant
from tui.app import ChatApp

EXTRADITION = "what did the Committee say about extradition?"


async def test_an_index_that_is_gone_is_built_again(own_assistant: Assistant) -> None:
    own_assistant.warm_up()
    shutil.rmtree(own_assistant.collection.home / "index")
    app = ChatApp(lambda: own_assistant)
    async with app.run_test() as pilot:
        assert "lacks a specific law" in text_of(await asked(pilot, app, EXTRADITION))


async def test_asking_does_not_wait_for_who_changes_the_documents(own_assistant: Assistant) -> None:
    own_assistant.warm_up()
    app = ChatApp(lambda: own_assistant)
    with FileLock(own_assistant.collection.home / "writer.lock"):
        async with app.run_test() as pilot:
            assert "lacks a specific law" in text_of(await asked(pilot, app, EXTRADITION))


async def test_follow_ups_are_understood_where_nothing_can_be_kept(own_assistant: Assistant) -> None:
    own_assistant.warm_up()
    home = own_assistant.collection.home
    encoder = own_assistant.collection.encoder
    reader = Assistant(Collection(home, EmbeddedEngine(home / "index"), lambda _: encoder, read_only=True))
    app = ChatApp(lambda: reader)
    async with app.run_test() as pilot:
        await asked(pilot, app, EXTRADITION)
        turn = await asked(pilot, app, "and what did it recommend?")
        assert "para_34" in [place.eid for place in turn.exchange.places]
        assert app.chat.conversation_id is None
    reader.close()
    assert own_assistant.latest_conversation() is None


async def test_an_index_of_another_model_says_what_to_run(scripted: ScriptedAssistant) -> None:
    scripted.failures["q"] = EngineMismatch("The index is of another model.", "Run pilcrow engine rebuild.")
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        turn = await asked(pilot, app, "q")
        assert "Run pilcrow engine rebuild." in text_of(turn)
        assert prompt_of(app).text == "q"


async def test_an_index_that_another_process_builds_is_waited_for_by_the_next_question(
    scripted: ScriptedAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts: list[int] = []

    def warm_up(progress: object) -> None:
        attempts.append(1)
        if len(attempts) == 1:
            raise WriterBusy("Another process is changing the collection.", "Try again when it is done.")

    monkeypatch.setattr(scripted, "warm_up", warm_up)
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        await wait_until(pilot, lambda: status_of(app).startswith("not ready"))
        assert "Answer to q" in text_of(await asked(pilot, app, "q"))
        assert len(attempts) == 2
