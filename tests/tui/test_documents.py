"""The browser of documents."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from threading import Event

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from assistant.answer import Filters
from assistant.errors import CatalogDamaged
from assistant.service import Assistant
from tests.corpus.headers import header
from tests.tui.collected import LAOS, CollectedAssistant, busy
from tests.tui.driving import asked, is_painted, is_told, opened, rows_of, status_of, wait_until
from tests.tui.scripted import PATIENCE
from tui.app import ChatApp
from tui.screens.documents import DocumentsScreen
from tui.widgets.outline import OutlinePane

KENYA = "CRPD/C/KEN/CO/2"


@asynccontextmanager
async def browsing(
    collected: CollectedAssistant, size: tuple[int, int] = (80, 24), typed: str = ""
) -> AsyncIterator[tuple[ChatApp, Pilot[None]]]:
    """The browser, opened by its key, with something typed in its filter and the list in focus."""
    app = ChatApp(lambda: collected.as_assistant)
    async with app.run_test(size=size, notifications=True) as pilot:
        await opened(pilot, app)
        await pilot.press("f3")
        await wait_until(pilot, lambda: is_painted(app, "documents · by State"))
        if typed:
            app.screen.query_one(Input).value = typed
            await wait_until(pilot, lambda: is_painted(app, " of 1"))
        await pilot.press("down")
        await pilot.pause()
        yield app, pilot


def listed(app: ChatApp) -> list[str]:
    """The States of the list, from the highlighted row of the window down."""
    screen = app.screen
    assert isinstance(screen, DocumentsScreen)
    return [entry.states for entry in screen._list.rows]


async def test_lists_what_is_held_by_state_with_what_one_must_know(collected: CollectedAssistant) -> None:
    async with browsing(collected) as (app, _):
        assert is_painted(app, "10 documents · by State")
        assert listed(app) == sorted(listed(app), key=lambda state: state.replace("ô", "o"))
        (row,) = (row for row in rows_of(app) if "Côte" in row)
        assert "not searched" in row
        assert any(KENYA in row and "CRPD 2015   10 ¶" in row for row in rows_of(app))


async def test_typing_leaves_what_has_all_words(collected: CollectedAssistant) -> None:
    async with browsing(collected, typed="cote 2021") as (app, pilot):
        assert listed(app) == ["Côte d’Ivoire"]
        await pilot.press("slash", *"zzz")
        await wait_until(pilot, lambda: is_painted(app, "No document has all these words."))


async def test_letters_are_typed_in_the_filter_and_keys_in_the_list(collected: CollectedAssistant) -> None:
    async with browsing(collected) as (app, pilot):
        await pilot.press("slash", *"rstop")
        assert app.screen.query_one(Input).value == "rstop"
        assert app.screen is not app.chat


async def test_sorts_by_date_and_back_and_keeps_the_highlight(collected: CollectedAssistant) -> None:
    async with browsing(collected) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, DocumentsScreen)
        before = screen._list.highlighted
        await pilot.press("o")
        await wait_until(pilot, lambda: is_painted(app, "by date"))
        assert listed(app)[0] == "Democratic People’s Republic of Korea"
        assert screen._list.highlighted is before
        await pilot.press("o")
        await wait_until(pilot, lambda: is_painted(app, "by State"))


async def test_the_highlighted_document_is_shown_at_a_glance_where_there_is_room(
    collected: CollectedAssistant,
) -> None:
    async with browsing(collected, (120, 40), typed="laos co/1 opsc") as (app, pilot):
        await wait_until(pilot, lambda: is_painted(app, "adopted 5 June 2015"))
        for told in ("sixty-ninth session", "43 paragraphs", "2–3  I. Introduction"):
            assert is_painted(app, told), told
        assert not app.screen.query_one(OutlinePane).has_focus


async def test_where_there_is_no_room_the_contents_come_with_a_key_and_go_with_escape(
    collected: CollectedAssistant,
) -> None:
    async with browsing(collected, typed="opsc") as (app, pilot):
        assert not app.screen.query_one(OutlinePane).display
        await pilot.press("t")
        await wait_until(pilot, lambda: is_painted(app, "2–3  I. Introduction"))
        await pilot.press("escape")
        await wait_until(pilot, lambda: is_painted(app, "of 10 documents") and not is_painted(app, "2–3  I."))
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.chat)


async def test_enter_opens_the_document(collected: CollectedAssistant) -> None:
    async with browsing(collected, typed="opsc") as (app, pilot):
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.screen is app.chat and app.chat.is_reading)
        await wait_until(pilot, lambda: is_painted(app, "1. The Committee considered"))


async def test_enter_in_the_filter_opens_the_document_too(collected: CollectedAssistant) -> None:
    async with browsing(collected, typed="opsc") as (app, pilot):
        await pilot.press("slash", "enter")
        await wait_until(pilot, lambda: app.screen is app.chat and app.chat.is_reading)


async def test_a_document_is_opened_at_a_paragraph(collected: CollectedAssistant) -> None:
    async with browsing(collected, typed="opsc") as (app, pilot):
        await pilot.press("g", *"34", "enter")
        await wait_until(pilot, lambda: app.screen is app.chat and app.chat.is_reading)
        await wait_until(pilot, lambda: is_painted(app, "34."))


async def test_a_paragraph_that_is_not_there_is_said_and_the_list_stays(
    collected: CollectedAssistant,
) -> None:
    async with browsing(collected, typed="opsc") as (app, pilot):
        await pilot.press("g", *"999", "enter")
        await wait_until(pilot, lambda: is_told(app, "No document crc-c-opsc"))
        assert app.screen is not app.chat


@pytest.mark.parametrize(
    ("key", "filters"),
    [
        ("r", Filters(symbols=(KENYA,))),
        ("s", Filters(states=("Kenya",))),
        ("c", Filters(committees=("Committee on the Rights of Persons with Disabilities",))),
        ("y", Filters(years=(2015,))),
    ],
)
async def test_the_conversation_is_restricted_to_what_the_document_is(
    collected: CollectedAssistant, key: str, filters: Filters
) -> None:
    async with browsing(collected, typed="kenya") as (app, pilot):
        await pilot.press(key)
        await wait_until(pilot, lambda: app.screen is app.chat)
        assert app.chat.restriction == filters
        await wait_until(pilot, lambda: is_painted(app, "Only: ") and is_painted(app, "F4 changes"))
        await asked(pilot, app, "what about education?")
        assert collected.requests[-1].filters == filters


async def test_marked_documents_are_what_is_restricted_to(collected: CollectedAssistant) -> None:
    async with browsing(collected, typed="mexico") as (app, pilot):
        await pilot.press("space", "space")
        await wait_until(pilot, lambda: is_painted(app, "2 marked"))
        assert sum("[x]" in row for row in rows_of(app)) == 2
        await pilot.press("up", "space")  # takes one back
        await wait_until(pilot, lambda: is_painted(app, "1 marked"))
        await pilot.press("r")
        await wait_until(pilot, lambda: app.screen is app.chat)
        assert app.chat.restriction == Filters(symbols=("CRPD/C/MEX/CO/5",))


async def test_a_restriction_to_what_is_not_searched_is_not_made(collected: CollectedAssistant) -> None:
    async with browsing(collected, typed="ivoire") as (app, pilot):
        await pilot.press("r")
        await wait_until(pilot, lambda: is_told(app, "held for look-up"))
        assert app.screen is not app.chat
        assert app.chat.restriction is None


async def test_more_documents_than_a_restriction_takes_are_refused(collected: CollectedAssistant) -> None:
    collected.headers += [header(number, "Kenya", "KEN", 2015) for number in range(1000, 1251)]
    async with browsing(collected) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, DocumentsScreen)
        screen._marked = {entry.slug: entry for entry in screen._list.rows}
        await pilot.press("r")
        await wait_until(pilot, lambda: is_told(app, "more than a restriction takes"))
        assert app.chat.restriction is None


async def remove(pilot: Pilot[None], app: ChatApp) -> None:
    """Choose the removal as the palette does, and wait for the question."""
    await app.run_action("remove", app.screen)
    await wait_until(pilot, lambda: is_painted(app, "y  yes"))


async def test_a_document_is_removed_after_it_was_named_and_confirmed(collected: CollectedAssistant) -> None:
    async with browsing(collected, typed="kenya") as (app, pilot):
        await remove(pilot, app)
        assert is_painted(app, f"Remove {KENYA}, Concluding observations on Kenya?")
        await pilot.press("y")
        await wait_until(pilot, lambda: is_painted(app, "0 of 9 documents"))
        assert collected.removed == ["crpd-c-ken-co-2"]
        await wait_until(pilot, lambda: status_of(app).startswith("9 documents"))


@pytest.mark.parametrize("key", ["n", "escape", "enter"])
async def test_a_document_stays_unless_its_removal_is_confirmed(
    collected: CollectedAssistant, key: str
) -> None:
    async with browsing(collected, typed="kenya") as (app, pilot):
        await remove(pilot, app)
        await pilot.press(key)
        await wait_until(pilot, lambda: isinstance(app.screen, DocumentsScreen))
        assert collected.removed == []


async def test_a_removal_that_fails_is_told(collected: CollectedAssistant) -> None:
    collected.failures["crpd-c-ken-co-2"] = busy()
    async with browsing(collected, typed="kenya") as (app, pilot):
        await remove(pilot, app)
        await pilot.press("y")
        await wait_until(pilot, lambda: is_told(app, "The collection is being changed"))
        assert len(collected.headers) == 10


async def test_what_cannot_be_read_is_said(collected: CollectedAssistant) -> None:
    app = ChatApp(lambda: collected.as_assistant)
    async with app.run_test(notifications=True) as pilot:
        await opened(pilot, app)

        def fail() -> None:
            raise CatalogDamaged("The catalog is damaged.", "Run pilcrow doctor.")

        collected.opens = fail
        await pilot.press("f3")
        await wait_until(pilot, lambda: is_told(app, "Run pilcrow doctor."))


async def test_before_anything_is_open_it_is_said(collected: CollectedAssistant) -> None:
    gate = Event()

    def wait() -> None:
        gate.wait(PATIENCE)

    collected.opens = wait
    app = ChatApp(lambda: collected.as_assistant)
    async with app.run_test(notifications=True) as pilot:
        for key in ("f3", "f4"):
            await pilot.press(key)
        await wait_until(pilot, lambda: is_told(app, "The documents are not open yet."))
        assert app.screen is app.chat
        gate.set()


async def test_an_empty_collection_says_how_to_fill_it(collected: CollectedAssistant) -> None:
    collected.headers = []
    app = ChatApp(lambda: collected.as_assistant)
    async with app.run_test(notifications=True) as pilot:
        await opened(pilot, app)
        await pilot.press("f3")
        await wait_until(pilot, lambda: is_painted(app, "No documents are held; a adds some."))
        await pilot.press("a")
        await wait_until(pilot, lambda: is_painted(app, "Add documents"))


async def test_nothing_a_document_is_called_is_obeyed(collected: CollectedAssistant) -> None:
    evil = "\x1b]0;owned\x07[bold]\u202eState\nX"
    collected.headers.append(replace(header(77, evil, "KEN", 2015), title=evil, edition="\x1b[2J"))
    async with browsing(collected, (120, 30), typed="owned") as (app, pilot):
        await wait_until(pilot, lambda: is_painted(app, "[bold]"))
        await app.run_action("remove", app.screen)
        await wait_until(pilot, lambda: is_painted(app, "y  yes"))
        assert not any(sign in row for row in rows_of(app) for sign in "\x1b\x07\u202e")


@pytest.mark.parametrize("size", [(20, 5), (40, 10), (80, 24), (200, 50)])
async def test_works_in_a_window_of_any_size(collected: CollectedAssistant, size: tuple[int, int]) -> None:
    app = ChatApp(lambda: collected.as_assistant)
    async with app.run_test(size=size, notifications=True) as pilot:
        await opened(pilot, app)
        await pilot.press("f3")
        await wait_until(pilot, lambda: isinstance(app.screen, DocumentsScreen) and listed(app))
        await wait_until(pilot, lambda: any("›" in row for row in rows_of(app)))
        await pilot.press("down", "t", "space", "escape")
        await pilot.resize_terminal(*reversed(size))
        await pilot.resize_terminal(*size)
        await pilot.pause()


async def test_lists_and_opens_the_built_in_document(assistant: Assistant) -> None:
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, app)
        await pilot.press("f3")
        await wait_until(pilot, lambda: is_painted(app, "2–3  I. Introduction"))
        await pilot.press("down", "g", *"22 (c)", "enter")
        await wait_until(pilot, lambda: app.chat.is_reading and is_painted(app, "22."))
        assert app.chat.source.reading is not None
        assert app.chat.source.reading.slug == LAOS
