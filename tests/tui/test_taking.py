"""Citations, quotations, answers and conversations are taken along."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from assistant.answer import AskRequest
from assistant.service import Assistant
from tests.tui.driving import asked, is_painted, is_told, wait_until
from tests.tui.scripted import PATIENCE, ScriptedAssistant
from tui import taking
from tui.app import ChatApp
from tui.cited import CitedPlace
from tui.clipboard import Copied

LAO = "crc-c-opsc-lao-co-1"
EXTRADITION = "what did the Committee say about extradition?"


@pytest.fixture
def copies(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is copied, in place of the clipboard of whoever runs the tests."""
    texts: list[str] = []

    async def copy(app: object, text: str) -> Copied:
        texts.append(text)
        return Copied("system", "Copied to the clipboard of this machine.")

    monkeypatch.setattr(taking, "copy", copy)
    return texts


async def read_first(pilot: Pilot[None], app: ChatApp) -> None:
    await asked(pilot, app, EXTRADITION)
    await pilot.press("ctrl+o")
    await wait_until(pilot, lambda: app.chat.reading is not None and is_painted(app, "lacks a specific law"))


async def test_the_citation_that_is_read_is_copied(assistant: Assistant, copies: list[str]) -> None:
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await read_first(pilot, app)
        await pilot.press("c")
        await wait_until(pilot, lambda: copies == ["CRC/C/OPSC/LAO/CO/1, para. 33."])
        await pilot.press("n", "c")
        await wait_until(pilot, lambda: copies[1:] == ["CRC/C/OPSC/LAO/CO/1, para. 34."])
        await wait_until(pilot, lambda: is_painted(app, "clipboard of this machine"))


async def test_a_quotation_is_copied_as_it_is_printed(assistant: Assistant, copies: list[str]) -> None:
    citation = assistant.ask(AskRequest(question=EXTRADITION, store=False)).citations[0]
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=(120, 40)) as pilot:
        await read_first(pilot, app)
        await pilot.press("y")
        await wait_until(pilot, lambda: copies == [f"“{citation.quote}” (CRC/C/OPSC/LAO/CO/1, para. 33)"])


async def test_a_quotation_has_the_words_that_were_read_when_it_was_asked_for(
    assistant: Assistant, copies: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cited, cite = Event(), assistant.cite
    monkeypatch.setattr(assistant, "cite", lambda *place: cited.wait(PATIENCE) and cite(*place))
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: app.chat.assistant is not None)
        app.chat.open_source(LAO, "33")
        await wait_until(pilot, lambda: app.chat.source.reading_text)
        words = app.chat.source.reading_text
        await pilot.press("y", "j")
        await wait_until(pilot, lambda: app.chat.source.reading_text not in ("", words))
        cited.set()
        await wait_until(pilot, lambda: copies == [f"“{words}” (CRC/C/OPSC/LAO/CO/1, para. 33)"])


async def test_no_words_are_quoted_from_the_document_that_was_open_before(
    assistant: Assistant, copies: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Event()
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await wait_until(pilot, lambda: app.chat.assistant is not None)
        app.chat.open_source(LAO)
        await wait_until(pilot, lambda: app.chat.source.document is not None)
        monkeypatch.setattr(assistant, "document_with_header", lambda name: read.wait(PATIENCE))
        app.chat.source.show(assistant, CitedPlace("X, para. 34", "x", "para_34"), 0, 1)
        await pilot.press("y")
        await wait_until(pilot, lambda: is_told(app, "The words of this place are not there."))
        assert copies == []
        read.set()


async def test_words_are_copied_with_those_that_govern_them(assistant: Assistant, copies: list[str]) -> None:
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=(120, 40)) as pilot:
        turn = await asked(pilot, app, "recommendations on training")
        position = next(n for n, place in enumerate(turn.exchange.places) if len(place.quotes) > 1)
        app.chat.read(turn.exchange, position)
        await pilot.press("y")
        await wait_until(pilot, lambda: len(copies) == 1)
        assert copies[0].startswith("“The Committee recommends that the State party: … ")


async def test_all_citations_of_an_answer_are_copied_one_a_line(
    assistant: Assistant, copies: list[str]
) -> None:
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=(120, 40)) as pilot:
        await asked(pilot, app, EXTRADITION)
        app.chat.action_copy_all_citations()
        await wait_until(pilot, lambda: len(copies) == 1)
        assert copies[0].splitlines() == [f"CRC/C/OPSC/LAO/CO/1, para. {n}." for n in (33, 34)]


async def test_the_short_form_is_copied(assistant: Assistant, copies: list[str]) -> None:
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=(120, 40)) as pilot:
        await read_first(pilot, app)
        app.chat.action_copy_label()
        await wait_until(pilot, lambda: copies == ["CRC/C/OPSC/LAO/CO/1, para. 33"])


async def test_an_answer_is_copied_with_its_sources(assistant: Assistant, copies: list[str]) -> None:
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=(120, 40)) as pilot:
        await asked(pilot, app, EXTRADITION)
        await pilot.press("f6", "a")
        await wait_until(pilot, lambda: len(copies) == 1)
        assert "lacks a specific law on extradition" in copies[0]
        assert "CRC/C/OPSC/LAO/CO/1, para. 34." in copies[0].partition("Sources:")[2]


async def test_the_style_that_is_chosen_is_used_and_remembered(
    assistant: Assistant, copies: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PILCROW_HOME", str(tmp_path))
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=(120, 40)) as pilot:
        await read_first(pilot, app)
        app.chat.action_choose_style()
        await wait_until(pilot, lambda: is_painted(app, "UN (in use)") and is_painted(app, "UN Doc"))
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: app.screen is app.chat)
        await pilot.press("c")
        await wait_until(pilot, lambda: len(copies) == 1)
        assert copies == [assistant.cite("crc-c-opsc-lao-co-1", "33")["oscola"]]
    assert ChatApp(lambda: assistant).chat.style == "oscola"


async def test_what_was_read_in_an_edition_that_is_gone_is_named_and_not_cited_from_another(
    assistant: Assistant, copies: list[str]
) -> None:
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=(120, 40)) as pilot:
        await read_first(pilot, app)
        await pilot.press("j", "j")
        place = app.chat.reading[0] if app.chat.reading else None
        assert place is not None
        assert place.sha256 == assistant.header(place.slug).source.sha256
        gone = replace(place, sha256="0" * 64)
        assert taking._reference(assistant, gone, None, "oscola") == place.label
        assert taking._reference(assistant, place, None, "oscola") != place.label


async def test_without_a_citation_there_is_nothing_to_copy(
    scripted: ScriptedAssistant, copies: list[str]
) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(notifications=True) as pilot:
        await asked(pilot, app, "a")
        await pilot.press("f6", "c", "y")
        await wait_until(pilot, lambda: [n.title for n in app._notifications] == ["Nothing to copy"] * 2)
        assert copies == []


async def test_a_copy_that_went_nowhere_says_so(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nowhere(app: object, text: str) -> Copied:
        return Copied("nowhere", "It is too long.")

    monkeypatch.setattr(taking, "copy", nowhere)
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await asked(pilot, app, EXTRADITION)
        await pilot.press("f6", "a")
        await wait_until(pilot, lambda: [n.title for n in app._notifications] == ["Not copied"])


@pytest.mark.parametrize("ending", ["md", "json"])
async def test_a_conversation_is_written_to_a_file(
    own_assistant: Assistant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ending: str
) -> None:
    monkeypatch.chdir(tmp_path)
    app = ChatApp(lambda: own_assistant)
    async with app.run_test(size=(120, 40)) as pilot:
        await asked(pilot, app, EXTRADITION)
        await asked(pilot, app, "and what did it recommend?")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: app.screen.query(Input))
        path = app.screen.query_one(Input)
        assert path.value == "conversation.md"
        await wait_until(pilot, lambda: is_painted(app, "Enter Write"))
        path.value = f"talk.{ending}"
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.screen is app.chat)
    written = (tmp_path / f"talk.{ending}").read_text(encoding="utf-8")
    if ending == "md":
        assert "## 2. and what did it recommend?" in written
    else:
        assert len(json.loads(written)["turns"]) == 2


async def test_a_file_that_is_there_is_replaced_only_when_told_twice(
    own_assistant: Assistant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    kept = tmp_path / "conversation.md"
    kept.write_text("kept")
    app = ChatApp(lambda: own_assistant)
    async with app.run_test(size=(120, 40)) as pilot:
        await asked(pilot, app, EXTRADITION)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: app.screen.query(Input))
        path = app.screen.query_one(Input)
        assert path.value == "conversation-2.md"
        path.value = "conversation.md"
        await pilot.press("enter")
        await wait_until(pilot, lambda: "is there already" in wrong(app))
        assert kept.read_text() == "kept"
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.screen is app.chat)
        assert "extradition" in kept.read_text(encoding="utf-8")


async def test_a_file_that_cannot_be_written_says_why(own_assistant: Assistant, tmp_path: Path) -> None:
    app = ChatApp(lambda: own_assistant)
    async with app.run_test(size=(120, 40)) as pilot:
        await asked(pilot, app, EXTRADITION)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: app.screen.query(Input))
        for typed, said in ((str(tmp_path / "no" / "a.md"), "no such folder"), ("talk.doc", ".md")):
            app.screen.query_one(Input).value = typed
            await pilot.press("enter")
            await wait_until(pilot, lambda said=said: said in wrong(app))  # type: ignore[misc]
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.chat)


def wrong(app: ChatApp) -> str:
    return str(app.screen.query_one("#wrong", Static).content)
