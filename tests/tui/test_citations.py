"""Every citation of an answer can be opened, by mouse and by keyboard."""

from __future__ import annotations

from functools import partial

import pytest

from assistant.answer import AskRequest
from assistant.printed import PrintedDocument, printed
from assistant.service import Assistant
from tests.answers import answer_to
from tests.tui.driving import (
    ask,
    asked,
    is_painted,
    is_settled,
    marked_words,
    place_of,
    prompt_of,
    text_of,
    wait_until,
)
from tests.tui.scripted import ScriptedAssistant
from tui.app import ChatApp
from tui.cited import CitedPlace, cited_places, marks_of
from tui.widgets.text_block import TextBlock
from tui.widgets.turn import Turn

EXTRADITION = "what did the Committee say about extradition?"
LISTED = "recommendations on training"
REFUSED = "does it mention cryptocurrency?"


def title_of(app: ChatApp) -> str:
    return str(app.chat.source.border_title)


def is_marked(app: ChatApp, words: str) -> bool:
    return words in marked_words(app)


def is_read(app: ChatApp, place: CitedPlace, turn: Turn) -> bool:
    return app.chat.reading == (place, turn.exchange)


@pytest.mark.parametrize("question", [EXTRADITION, LISTED, "paragraph 16", "what about corporal punishment?"])
def test_every_citation_has_a_place(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(AskRequest(question=question, store=False))
    places = cited_places(answer)
    assert [place.label for place in places[: len(answer.citations)]] == [c.label for c in answer.citations]
    assert not answer.citations or len(places) == len(answer.citations)


async def test_every_citation_opens_by_keyboard(assistant: Assistant) -> None:
    cited = assistant.ask(AskRequest(question=LISTED, store=False)).citations
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=(80, 50)) as pilot:
        await asked(pilot, app, LISTED)
        await pilot.press("ctrl+o")
        opened = []
        for citation in cited:
            await wait_until(pilot, partial(is_marked, app, citation.quote))
            opened.append(title_of(app))
            await pilot.press("n")
        assert opened == [citation.label for citation in cited]
        assert len(opened) == 7


async def test_walking_the_citations_stops_at_the_ends(assistant: Assistant) -> None:
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, app, EXTRADITION)
        await pilot.press("ctrl+o", "p")
        await wait_until(pilot, lambda: title_of(app) == "CRC/C/OPSC/LAO/CO/1, para. 33")
        await pilot.press("n", "n", "n")
        await wait_until(pilot, lambda: title_of(app) == "CRC/C/OPSC/LAO/CO/1, para. 34")
        await pilot.press("p")
        await wait_until(pilot, lambda: title_of(app) == "CRC/C/OPSC/LAO/CO/1, para. 33")


async def test_of_a_paragraph_cited_twice_each_link_opens_its_own_words(assistant: Assistant) -> None:
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=(120, 40)) as pilot:
        turn = await asked(pilot, app, "list all paragraphs on data collection")
        places = [place for place in turn.exchange.places if place.eid == "para_8"]
        assert len({place.quote for place in places}) == 2
        blocks = [b for b in turn.query(TextBlock) if any(map(places[0].is_at, b.block.hrefs))]
        for place, block in zip(places, blocks, strict=True):
            block.action_choose_link(block.block.hrefs[0])
            await wait_until(pilot, partial(is_read, app, place, turn))
            assert [block for block in turn.query(TextBlock) if block._marked] == [block]


async def test_a_place_of_a_list_is_opened_under_the_name_of_its_document(assistant: Assistant) -> None:
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, app, "how many paragraphs mention children?")
        await pilot.press("ctrl+o")
        await wait_until(pilot, lambda: title_of(app) == "CRC/C/OPSC/LAO/CO/1, para. 3")


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_after_another_question_its_citations_are_the_next(
    assistant: Assistant, size: tuple[int, int]
) -> None:
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=size) as pilot:
        await asked(pilot, app, EXTRADITION)
        await pilot.press("ctrl+o", "n")
        await wait_until(pilot, lambda: title_of(app) == "CRC/C/OPSC/LAO/CO/1, para. 34")
        await pilot.press("escape")
        await asked(pilot, app, "paragraph 16")
        await pilot.press("f8")
        await wait_until(pilot, lambda: title_of(app).startswith("CRC/C/OPSC/LAO/CO/1, para. 16"))
        await pilot.press("f5")
        await wait_until(pilot, lambda: "paragraph 16" in prompt_of(app).text)


async def test_a_clicked_link_opens_its_paragraph(assistant: Assistant) -> None:
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=(80, 40)) as pilot:
        await asked(pilot, app, EXTRADITION)
        await wait_until(pilot, lambda: is_painted(app, "para. 34"))
        x, y = place_of(app, "para. 34")
        await pilot.click(offset=(x + 1, y))
        await wait_until(pilot, lambda: is_painted(app, "34. The Committee recommends"))
        assert title_of(app) == "CRC/C/OPSC/LAO/CO/1, para. 34"
        assert is_painted(app, "… › Extradition")
        assert is_painted(app, "2 of 2")
        await pilot.press("escape", "x")
        await wait_until(pilot, lambda: is_painted(app, "┃ x"))


async def test_the_nearest_paragraphs_of_a_refusal_open_too(assistant: Assistant) -> None:
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=(80, 40)) as pilot:
        turn = await asked(pilot, app, REFUSED)
        await pilot.press("ctrl+o")
        await wait_until(pilot, lambda: is_painted(app, "1 of 3"))
        assert title_of(app) == turn.exchange.places[0].label


async def test_a_paragraph_is_scrolled_to_what_is_cited(assistant: Assistant) -> None:
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=(80, 16)) as pilot:
        await asked(pilot, app, "paragraph 16 (d)")
        await pilot.press("ctrl+o")
        await wait_until(pilot, lambda: is_painted(app, "(d) Seek technical assistance"))


async def test_without_an_answer_there_is_nothing_to_open(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(notifications=True) as pilot:
        await pilot.press("ctrl+o")
        await wait_until(pilot, lambda: len(app._notifications) == 1)
        assert not app.chat.is_reading


async def test_a_paragraph_that_is_gone_says_so(scripted: ScriptedAssistant) -> None:
    scripted.texts["q"] = "See [para. 1](/documents/a-b#para_1)."
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, app, "q")
        await pilot.press("ctrl+o")
        await wait_until(pilot, lambda: is_painted(app, "No document a-b is held."))
        await pilot.press("escape")
        await wait_until(pilot, lambda: not app.chat.is_reading)


async def test_an_answer_arrives_under_an_open_paragraph(scripted: ScriptedAssistant) -> None:
    scripted.texts["q"] = "See [para. 1](/documents/a-b#para_1)."
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, app, "q")
        scripted.gate.clear()
        turn = await ask(pilot, app, "slow")
        await pilot.press("ctrl+o")
        await wait_until(pilot, lambda: app.chat.is_reading)
        scripted.gate.set()
        await wait_until(pilot, lambda: is_settled(turn))
        app.chat.remove_class("-reading")
        await wait_until(pilot, lambda: is_painted(app, "Answer to slow"))


async def test_a_link_out_of_pilcrow_says_its_address(scripted: ScriptedAssistant) -> None:
    scripted.texts["q"] = "See [there](https://www.ohchr.org/en)."
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await asked(pilot, app, "q")
        await wait_until(pilot, lambda: is_painted(app, "See [there]"))
        x, y = place_of(app, "there")
        await pilot.click(offset=(x + 1, y))
        await wait_until(
            pilot, lambda: [n.message for n in app._notifications] == ["https://www.ohchr.org/en"]
        )


async def test_words_in_angle_brackets_stay_on_the_screen(scripted: ScriptedAssistant) -> None:
    scripted.texts["q"] = "“children <b>under</b> 18”"
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        turn = await asked(pilot, app, "q")
        assert "<b>" in text_of(turn)
        await wait_until(pilot, lambda: is_painted(app, "children <b>under</b> 18"))


@pytest.fixture
def document(assistant: Assistant) -> PrintedDocument:
    return printed(*assistant.document_with_header("crc-c-opsc-lao-co-1"))


def marked(document: PrintedDocument, eid: str, *quotes: str) -> list[tuple[str, list[str]]]:
    """The printed mark of each marked line, with the words of it that are marked besides."""
    marks = marks_of(document, CitedPlace("", "crc-c-opsc-lao-co-1", eid, quotes))
    lines = [(document.lines[index], marks.quoted.get(index, ())) for index in sorted(marks.lines)]
    return [(line.mark, [line.text[start:end] for start, end in cuts]) for line, cuts in lines]


def test_only_the_quoted_words_are_marked(document: PrintedDocument) -> None:
    quotes = ("The Committee recommends that the State party:", "such training")
    assert marked(document, "para_16__subpara_b", *quotes) == [("16.", [quotes[0]]), ("(b)", [quotes[1]])]


def test_a_place_without_a_quotation_is_marked_whole(document: PrintedDocument) -> None:
    assert marked(document, "para_16__subpara_b") == [("(b)", [])]
    assert [mark for mark, _ in marked(document, "para_16")] == ["16.", "(a)", "(b)", "(c)", "(d)"]


def test_the_same_words_in_another_place_are_not_marked(document: PrintedDocument) -> None:
    assert marked(document, "para_16__subpara_c", "training") == [("(c)", ["training"])]


def test_a_place_that_has_not_all_quoted_words_is_marked_whole(document: PrintedDocument) -> None:
    assert marked(document, "para_33", "no such words") == [("33.", [])]
    assert marks_of(document, CitedPlace("", "", "para_33", ("no such words",))).misses_quotes


def test_a_link_that_is_cited_is_not_counted_twice(assistant: Assistant) -> None:
    answer = assistant.ask(AskRequest(question=EXTRADITION, store=False))
    text = f"{answer.text} [para. 9](/documents/crc-c-opsc-lao-co-1#para_9)"
    again = answer_to("q", text, citations=answer.citations)
    assert [place.eid for place in cited_places(again)] == ["para_33", "para_34", "para_9"]


async def test_the_source_takes_the_share_of_the_window_that_is_set(
    scripted: ScriptedAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PILCROW_CHAT_SOURCE_WIDTH", "30")
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(200, 24)) as pilot:
        app.chat.add_class("-reading")
        await wait_until(pilot, lambda: app.chat.source.outer_size.width == 60)
        assert app.chat.conversation.outer_size.width == 140
        await pilot.resize_terminal(80, 24)
        await wait_until(pilot, lambda: app.chat.source.outer_size.width == 80)


async def test_one_goes_from_answer_to_answer(assistant: Assistant) -> None:
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=(120, 24)) as pilot:
        for question in (EXTRADITION, "does it mention cryptocurrency?", "paragraph 9"):
            await asked(pilot, app, question)
        await pilot.press("f6")
        for key, label in (("]", "9"), ("]", "9"), ("[", None), ("[", "33"), ("[", "33"), ("]", None)):
            await pilot.press(key)
            if label:
                expected = f"CRC/C/OPSC/LAO/CO/1, para. {label}"
                await wait_until(pilot, partial(lambda said: title_of(app) == said, expected))
