"""Reading in the source: the whole document, moving about in it, and editions that differ."""

from __future__ import annotations

from functools import partial

import pytest
from textual.events import MouseScrollDown
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from assistant.service import Assistant
from corpus.model import Document, DocumentHeader
from tests.tui.driving import asked, is_framed, is_painted, marked_words, place_of, rows_of, wait_until
from tests.tui.scripted import ScriptedAssistant
from tui.app import ChatApp
from tui.cited import CitedPlace
from tui.clipboard import Copied
from tui.screens.contents import ContentsScreen
from tui.screens.go_to import GoToScreen
from tui.widgets.source import SourcePane

LAO = "crc-c-opsc-lao-co-1"
SYMBOL = "CRC/C/OPSC/LAO/CO/1"
EXTRADITION = CitedPlace(
    f"{SYMBOL}, para. 33", LAO, "para_33", ("a specific law on extradition",), sha256=None
)


def app_on(assistant: Assistant | ScriptedAssistant) -> ChatApp:
    return ChatApp(lambda: assistant)  # type: ignore[arg-type, return-value]


async def opened(pilot: Pilot[None], app: ChatApp, pinpoint: str | None = None) -> SourcePane:
    """The built-in document, opened without a citation."""
    await wait_until(pilot, lambda: app.chat.assistant is not None)
    app.chat.open_source(LAO, pinpoint)
    await wait_until(pilot, lambda: app.chat.source.document is not None and app.chat.is_reading)
    await wait_until(pilot, lambda: app.chat.source.view.rows and is_framed(app, SYMBOL))
    return app.chat.source


async def cited(pilot: Pilot[None], app: ChatApp, place: CitedPlace, position: int = 0) -> SourcePane:
    """A citation, opened as that of an answer with two."""
    await wait_until(pilot, lambda: app.chat.assistant is not None)
    assert app.chat.assistant is not None
    app.chat.add_class("-reading")
    app.chat.source.show(app.chat.assistant, place, position, 2)
    app.chat.source.focus()
    await wait_until(pilot, lambda: is_painted(app, f"{position + 1} of 2"))
    return app.chat.source


def is_scrolled_to(app: ChatApp, row: float) -> bool:
    return app.chat.source.view.scroll_y == row


def text_rows(app: ChatApp) -> list[str]:
    """The rows of the text as they are painted, without the frame."""
    region = app.chat.source.view.region
    return [row[region.x : region.right - 1].rstrip() for row in rows_of(app)[region.y : region.bottom]]


async def test_the_whole_document_is_read_from_its_first_to_its_last_line(assistant: Assistant) -> None:
    app = app_on(assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        source = await opened(pilot, app)
        view = source.view
        assert view.rows is not None
        total, seen = len(view.rows.rows), list(text_rows(app))
        while view.scroll_y < view.max_scroll_y:
            before, below = view.scroll_y, min(view.scroll_y + len(text_rows(app)), view.max_scroll_y)
            view.scroll_to(y=below, animate=False)
            await wait_until(pilot, partial(is_scrolled_to, app, below))
            seen += text_rows(app)[-int(below - before) :]
        assert len(seen) == total
        words = " ".join(" ".join(seen).split())
        assert source.document is not None
        for line in source.document.lines:
            assert " ".join(f"{line.mark} {line.text}".split()) in words


async def test_pages_and_edges_are_reached_with_the_keys_and_the_wheel(assistant: Assistant) -> None:
    app = app_on(assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        view = (await opened(pilot, app)).view
        await pilot.press("end")
        await wait_until(pilot, lambda: view.scroll_y == view.max_scroll_y > 0)
        await pilot.press("pageup")
        await wait_until(pilot, lambda: view.scroll_y < view.max_scroll_y)
        await pilot.press("home")
        await wait_until(pilot, lambda: view.scroll_y == 0)
        await pilot._post_mouse_events([MouseScrollDown], view)
        await wait_until(pilot, lambda: view.scroll_y > 0)


async def test_the_heading_path_follows_what_is_read(assistant: Assistant) -> None:
    app = app_on(assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        view = (await opened(pilot, app, "15")).view
        await wait_until(pilot, lambda: is_painted(app, "General measures of implementation › Training"))
        await pilot.press("end")
        await wait_until(pilot, lambda: view.scroll_y == view.max_scroll_y)
        await wait_until(pilot, lambda: "Follow-up and dissemination" in rows_of(app)[2])


async def test_another_citation_of_the_document_is_only_moved_to(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    plain = assistant.document_with_header

    def counted(name: str) -> tuple[DocumentHeader, Document]:
        read.append(name)
        return plain(name)

    monkeypatch.setattr(assistant, "document_with_header", counted)
    app = app_on(assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        source = await cited(pilot, app, EXTRADITION)
        assert marked_words(app).startswith("33. ")
        at = source.view.scroll_y
        await cited(pilot, app, CitedPlace(f"{SYMBOL}, para. 34", LAO, "para_34", ("The Committee",)), 1)
        assert marked_words(app).startswith("34. ")
        assert source.view.scroll_y == at
        await cited(pilot, app, CitedPlace(f"{SYMBOL}, para. 2", LAO, "para_2"))
        await wait_until(pilot, lambda: is_painted(app, "▌ 2. The Committee welcomes"))
        assert read == [LAO]


async def test_the_frame_says_edition_page_and_which_citation_it_is(assistant: Assistant) -> None:
    app = app_on(assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await cited(pilot, app, EXTRADITION)
        assert is_framed(app, f"{SYMBOL}, para. 33")
        assert is_painted(app, "─ advance unedited · page 8 · 1 of 2 ─╯")


async def test_the_next_place_is_marked_and_can_be_copied(assistant: Assistant) -> None:
    app = app_on(assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        source = await cited(pilot, app, EXTRADITION)
        assert source.reading_text == "a specific law on extradition"
        await pilot.press("j")
        await wait_until(pilot, lambda: is_framed(app, f"{SYMBOL}, para. 34"))
        assert source.reading is not None
        assert (source.reading.slug, source.reading.eid) == (LAO, "para_34")
        assert source.reading_text.startswith("The Committee recommends that the State party adopt")
        assert not is_painted(app, "1 of 2")
        await pilot.press("k")
        await wait_until(pilot, lambda: is_painted(app, "1 of 2"))
        assert source.reading == EXTRADITION


async def test_the_next_place_begins_where_one_has_scrolled_to(assistant: Assistant) -> None:
    app = app_on(assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        source = await cited(pilot, app, EXTRADITION)
        await pilot.press("home")
        await wait_until(pilot, lambda: source.view.scroll_y == 0)
        await pilot.press("j")
        await wait_until(pilot, lambda: marked_words(app).startswith("1. "))
        await pilot.press("k")
        assert marked_words(app).startswith("1. ")


async def test_a_click_marks_the_place_under_it(assistant: Assistant) -> None:
    app = app_on(assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        source = await opened(pilot, app, "16")
        await wait_until(pilot, lambda: is_painted(app, "(a) Allocate"))
        x, y = place_of(app, "(a) Allocate")
        await pilot.click(offset=(x + 6, y))
        await wait_until(pilot, lambda: is_framed(app, f"{SYMBOL}, para. 16 (a)"))
        assert source.reading_text.startswith("Allocate adequate resources")


async def test_words_are_selected_with_the_mouse_without_their_breaks(assistant: Assistant) -> None:
    app = app_on(assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        source = await opened(pilot, app, "33")
        await wait_until(pilot, lambda: is_painted(app, "33. The Committee"))
        x, y = place_of(app, "Committee is seriously")
        x2, y2 = place_of(app, "specific law on extradition")
        await pilot.mouse_down(offset=(x, y))
        await pilot.hover(offset=(x2 + len("specific law"), y2))
        await pilot.mouse_up(offset=(x2 + len("specific law"), y2))
        selected = app.screen.get_selected_text() or ""
        assert selected.strip() == (
            "Committee is seriously concerned that the State party lacks a specific law"
        )
        assert source.reading is not None
        assert source.reading.eid == "para_33"


@pytest.mark.parametrize(
    ("typed", "label"),
    [("22 (c)", "para. 22 (c)"), ("para. 22(c)", "para. 22 (c)"), ("22 c", "para. 22 (c)"),
     ("33-34", "para. 33"), (f"{SYMBOL}, para. 16 (d)", "para. 16 (d)")],
)  # fmt: skip
async def test_what_is_typed_is_gone_to(assistant: Assistant, typed: str, label: str) -> None:
    app = app_on(assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await pilot.press("g")
        await wait_until(pilot, lambda: isinstance(app.screen, GoToScreen))
        app.screen.query_one(Input).value = typed
        await pilot.press("enter")
        await wait_until(pilot, lambda: is_framed(app, f"{SYMBOL}, {label}"))
        assert app.screen is app.chat


async def test_a_number_that_is_not_there_says_the_last_and_can_be_changed(assistant: Assistant) -> None:
    app = app_on(assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        source = await opened(pilot, app, "5")
        await pilot.press("g", "9", "9", "enter")
        await wait_until(pilot, lambda: is_painted(app, "has no para. 99. Its paragraphs end"))
        assert isinstance(app.screen, GoToScreen)
        await pilot.press("backspace")
        await wait_until(pilot, lambda: not is_painted(app, "has no para. 99"))
        await pilot.press("enter")
        await wait_until(pilot, lambda: is_framed(app, f"{SYMBOL}, para. 9"))
        await pilot.press("g", "escape")
        await wait_until(pilot, lambda: app.screen is app.chat)
        assert source.reading is not None
        assert source.reading.eid == "para_9"


async def test_the_contents_go_to_a_heading_that_is_found_by_typing(assistant: Assistant) -> None:
    app = app_on(assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        source = await opened(pilot, app, "33")
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, ContentsScreen))
        headings = app.screen.query_one(OptionList)
        assert source.heading is not None
        assert headings.highlighted == source.heading
        await wait_until(pilot, lambda: is_painted(app, "Extradition  33–34"))
        await pilot.press("up")
        assert headings.highlighted == source.heading - 1
        await pilot.press(*"gener train")
        await wait_until(pilot, lambda: headings.option_count == 1)
        await pilot.press("enter")
        await wait_until(pilot, lambda: is_framed(app, f"{SYMBOL}, para. 15"))
        assert is_painted(app, "General measures of implementation › Training")


async def test_contents_without_a_match_go_nowhere(assistant: Assistant) -> None:
    app = app_on(assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, "33")
        await pilot.press("t", *"zzz", "enter", "down", "pagedown", "pageup")
        assert isinstance(app.screen, ContentsScreen)
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.chat)


async def test_a_clicked_heading_is_gone_to(assistant: Assistant) -> None:
    app = app_on(assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await pilot.press("t")
        await wait_until(pilot, lambda: is_painted(app, "III. Data  7–8"))
        await pilot.click(offset=place_of(app, "III. Data  7–8"))
        await wait_until(pilot, lambda: is_framed(app, f"{SYMBOL}, para. 7"))


async def test_the_address_of_the_document_is_copied(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies: list[str] = []

    async def copy(app: ChatApp, text: str) -> Copied:
        copies.append(text)
        return Copied("system", "Copied.")

    monkeypatch.setattr("tui.taking.copy", copy)
    app = app_on(assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await pilot.press("o")
        await wait_until(pilot, lambda: copies == [assistant.header(LAO).url])


async def test_a_document_opened_at_its_beginning_has_no_place_to_copy(assistant: Assistant) -> None:
    app = app_on(assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        source = await opened(pilot, app)
        assert source.reading is None
        assert source.reading_text == ""
        assert source.view.scroll_y == 0
        await pilot.press("j")
        await wait_until(pilot, lambda: source.reading is not None and source.reading.eid == "para_1")


async def test_a_place_that_cannot_be_opened_says_why(assistant: Assistant) -> None:
    app = app_on(assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: app.chat.assistant is not None)
        app.chat.open_source(LAO, "99")
        await wait_until(pilot, lambda: is_painted(app, "has no para. 99"))
        app.chat.open_source(SYMBOL, "22 (c)")
        await wait_until(pilot, lambda: is_framed(app, f"{SYMBOL}, para. 22 (c)"))


@pytest.mark.parametrize("size", [(44, 20), (140, 40), (200, 50)])
async def test_what_is_read_stays_in_sight_when_the_window_changes(
    assistant: Assistant, size: tuple[int, int]
) -> None:
    app = app_on(assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        source = await cited(pilot, app, EXTRADITION)
        await pilot.resize_terminal(*size)
        await wait_until(pilot, lambda: is_painted(app, "▌ 33. The Committee is"))
        assert source.view.rows is not None
        assert source.view.rows.width == source.view.columns


async def test_after_scrolling_away_a_resize_keeps_the_top_line(assistant: Assistant) -> None:
    app = app_on(assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        source = await cited(pilot, app, EXTRADITION)
        source.view.go_to_line(source.document.headings[5].line)  # type: ignore[union-attr]
        await wait_until(pilot, lambda: source.heading == 5)
        for size in ((60, 24), (120, 30), (70, 20)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            await wait_until(pilot, lambda: source.view.rows.width == source.view.columns)  # type: ignore[union-attr]
            assert source.heading == 5


async def test_a_window_of_twenty_by_five_is_read_too(assistant: Assistant) -> None:
    app = app_on(assistant)
    async with app.run_test(size=(20, 5)) as pilot:
        await wait_until(pilot, lambda: app.chat.assistant is not None)
        app.chat.open_source(LAO, "33")
        await wait_until(pilot, lambda: is_painted(app, "33. The"))
        for key in ("j", "t", "escape", "g", "escape", "end"):
            await pilot.press(key)
        await wait_until(pilot, lambda: app.chat.source.view.scroll_y == app.chat.source.view.max_scroll_y)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (CitedPlace("p", LAO, "para_33", ("on extradition",), "0" * 64),
         "Cited from an earlier edition: the words quoted are in this one too."),
        (CitedPlace("p", LAO, "para_33", ("on cryptography",), "0" * 64),
         "Cited from an earlier edition: the words quoted are not in this one."),
        (CitedPlace("p", LAO, "para_99", ("on cryptography",), "0" * 64),
         "This edition has no such place. “on cryptography”"),
    ],
)  # fmt: skip
async def test_another_edition_than_was_cited_is_told(
    assistant: Assistant, place: CitedPlace, said: str
) -> None:
    app = app_on(assistant)
    async with app.run_test(size=(90, 24)) as pilot:
        await cited(pilot, app, place)
        await wait_until(pilot, partial(is_painted, app, said))
        await cited(pilot, app, EXTRADITION)
        await wait_until(pilot, lambda: not is_painted(app, said))


async def test_of_a_document_that_is_gone_the_quotation_is_kept(scripted: ScriptedAssistant) -> None:
    app = app_on(scripted)
    async with app.run_test(size=(80, 24)) as pilot:
        source = await cited(pilot, app, CitedPlace("A/1, para. 1", "a-1", "para_1", ("its own words",)))
        await wait_until(pilot, lambda: is_painted(app, "No document a-1 is held."))
        assert is_painted(app, "“its own words”")
        assert source.reading_text == "its own words"
        for key in ("j", "t", "o", "end"):  # there is nothing to move about in
            await pilot.press(key)
        assert source.document is None


async def test_what_a_document_says_is_not_obeyed(assistant: Assistant) -> None:
    app = app_on(assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await cited(pilot, app, CitedPlace("[b]\x1b]0;x\x07", LAO, "para_33", ("\x1b[31mred[/]",)))
        await wait_until(pilot, lambda: is_painted(app, "[31mred[/]"))
        assert "\x1b" not in "".join(rows_of(app))
        assert "\x07" not in "".join(rows_of(app))


async def test_a_paragraph_is_opened_with_what_is_above_it(assistant: Assistant) -> None:
    app = app_on(assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        source = await cited(pilot, app, EXTRADITION)
        await wait_until(pilot, lambda: "▌ 33. The Committee" in "\n".join(text_rows(app)))
        before = [row for row in text_rows(app) if "Extradition" in row]
        assert before
        assert source.view.rows is not None
        assert source.view.rows.width == source.view.columns


async def test_from_further_on_one_comes_back_to_the_last_citation(assistant: Assistant) -> None:
    app = app_on(assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, app, "what did the Committee say about extradition?")
        await pilot.press("ctrl+o", "n")
        await wait_until(pilot, lambda: is_painted(app, "2 of 2"))
        await pilot.press("j")
        await wait_until(pilot, lambda: is_framed(app, f"{SYMBOL}, para. 35"))
        await pilot.press("n")
        await wait_until(pilot, lambda: is_framed(app, f"{SYMBOL}, para. 34"))
        assert is_painted(app, "2 of 2")
