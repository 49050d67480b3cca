"""Restricting the conversation: choosing, what a choice leaves, and the line that says so."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from assistant.answer import MOST_VALUES, Filters
from assistant.service import Assistant
from tests.tui.collected import CollectedAssistant, busy
from tests.tui.driving import asked, is_painted, is_told, opened, rows_of, text_of, wait_until
from tui.app import ChatApp
from tui.restriction import Choice
from tui.screens.restrict import RestrictScreen
from tui.widgets.row_list import RowList


@asynccontextmanager
async def restricting(
    collected: CollectedAssistant, filters: Filters | None = None, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[ChatApp, Pilot[None]]]:
    """The window of restrictions, opened by its key, with a restriction that is there already."""
    app = ChatApp(lambda: collected.as_assistant)
    async with app.run_test(size=size, notifications=True) as pilot:
        await opened(pilot, app)
        app.chat.restriction = filters
        await pilot.press("f4")
        await wait_until(pilot, lambda: isinstance(app.screen, RestrictScreen) and choices_of(app))
        yield app, pilot


async def choose(pilot: Pilot[None], app: ChatApp, *names: str) -> None:
    """Type names and choose what comes first."""
    for name in names:
        app.screen.query_one(Input).value = name
        await wait_until(pilot, partial(is_first, app, name))
        await pilot.press("enter")
    app.screen.query_one(Input).value = ""
    await pilot.pause()


def choices_of(app: ChatApp) -> Sequence[Choice]:
    """What is offered now."""
    return app.screen.query_one(RowList[Choice]).rows


def is_first(app: ChatApp, words: str) -> bool:
    """Whether the highlighted choice has words."""
    choice = app.screen.query_one(RowList[Choice]).highlighted
    return choice is not None and all(word in choice.found_by for word in words.lower().split())


async def test_what_is_chosen_binds_the_next_question(collected: CollectedAssistant) -> None:
    async with restricting(collected) as (app, pilot):
        await wait_until(pilot, lambda: is_painted(app, "questions are put to all 10 documents"))
        await choose(pilot, app, "Kenya", "Mexico", "2022")
        await wait_until(pilot, lambda: is_painted(app, "Leaves 1 of 10 documents."))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: is_painted(app, "Only: Kenya or Mexico · 2022 — F4 changes"))
        await asked(pilot, app, "what about education?")
        assert collected.requests[-1].filters == Filters(states=("Kenya", "Mexico"), years=(2022,))


async def test_what_is_chosen_is_seen_whatever_is_looked_for(collected: CollectedAssistant) -> None:
    async with restricting(collected) as (app, pilot):
        await choose(pilot, app, "Kenya", "2022")
        await wait_until(pilot, lambda: is_painted(app, "Kenya · 2022"))
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: not is_painted(app, "Kenya · 2022"))


async def test_what_leaves_nothing_says_so_at_once(collected: CollectedAssistant) -> None:
    async with restricting(collected) as (app, pilot):
        await choose(pilot, app, "Kenya", "2022")
        await wait_until(pilot, lambda: is_painted(app, "▲ Leaves none of 10 documents"))
        await choose(pilot, app, "2015")
        await wait_until(pilot, lambda: is_painted(app, "Leaves 1 of 10 documents."))


async def test_what_is_chosen_stands_on_top_and_can_be_taken_back(collected: CollectedAssistant) -> None:
    async with restricting(collected, Filters(states=("Thailand",))) as (app, pilot):
        await wait_until(pilot, lambda: is_painted(app, "› [x] State · Thailand"))
        await pilot.press("down", "space")
        await wait_until(pilot, lambda: is_painted(app, "› [ ] State · Thailand"))
        await wait_until(pilot, lambda: is_painted(app, "questions are put to all"))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: app.screen is app.chat)
        assert app.chat.restriction is None
        assert not app.chat.scope_line.display


async def test_what_is_not_held_any_more_can_be_taken_back(collected: CollectedAssistant) -> None:
    async with restricting(collected, Filters(symbols=("CRPD/C/XXX/CO/1",))) as (app, pilot):
        await wait_until(pilot, lambda: is_painted(app, "› [x] Document · CRPD/C/XXX/CO/1"))
        await wait_until(pilot, lambda: is_painted(app, "Leaves none"))
        await pilot.press("enter", "ctrl+s")
        await wait_until(pilot, lambda: app.screen is app.chat)
        assert app.chat.restriction is None


async def test_a_key_takes_all_back(collected: CollectedAssistant) -> None:
    async with restricting(collected, Filters(states=("Thailand", "Kenya"), years=(2015,))) as (app, pilot):
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: not is_painted(app, "[x]"))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: app.screen is app.chat)
        assert app.chat.restriction is None


async def test_escape_leaves_it_as_it_was(collected: CollectedAssistant) -> None:
    before = Filters(states=("Thailand",))
    async with restricting(collected, before) as (app, pilot):
        await choose(pilot, app, "Kenya")
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.chat)
        assert app.chat.restriction is before


async def test_a_click_chooses(collected: CollectedAssistant) -> None:
    async with restricting(collected) as (app, pilot):
        row = next(y for y, row in enumerate(rows_of(app)) if "State · China" in row)
        await pilot.click(offset=(12, row))
        await wait_until(pilot, lambda: is_painted(app, "[x] State · China"))


async def test_more_than_a_restriction_takes_is_said_and_not_applied(collected: CollectedAssistant) -> None:
    symbols = tuple(f"CRPD/C/KEN/CO/{number}" for number in range(10, 10 + MOST_VALUES))
    async with restricting(collected, Filters(symbols=symbols)) as (app, pilot):
        await choose(pilot, app, "mexico document")
        await wait_until(pilot, lambda: is_painted(app, "more than a restriction takes"))
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen, RestrictScreen)


async def test_why_there_is_nothing_to_choose_is_said(collected: CollectedAssistant) -> None:
    app = ChatApp(lambda: collected.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)

        def fail() -> None:
            raise busy()

        collected.opens = fail
        await pilot.press("f4")
        await wait_until(pilot, lambda: is_painted(app, "Another process is changing the collection."))


async def test_the_restriction_is_lifted_by_a_command(collected: CollectedAssistant) -> None:
    app = ChatApp(lambda: collected.as_assistant)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot, app)
        app.chat.restriction = Filters(states=("Kenya",))
        await wait_until(pilot, lambda: is_painted(app, "Only: Kenya"))
        await app.run_action("clear_restriction", app.chat)
        await wait_until(pilot, lambda: not is_painted(app, "Only: Kenya"))
        await app.run_action("clear_restriction", app.chat)
        await wait_until(pilot, lambda: is_told(app, "is not restricted"))


async def test_a_new_conversation_keeps_the_restriction_and_says_so(collected: CollectedAssistant) -> None:
    app = ChatApp(lambda: collected.as_assistant)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot, app)
        app.chat.restriction = Filters(states=("Kenya",))
        await asked(pilot, app, "what about education?")
        await pilot.press("ctrl+n")
        await wait_until(pilot, lambda: is_told(app, "restricted as before"))
        assert is_painted(app, "Only: Kenya")


async def test_the_line_fits_every_window_and_is_shortened_before_it_is_cut(
    collected: CollectedAssistant,
) -> None:
    app = ChatApp(lambda: collected.as_assistant)
    async with app.run_test(size=(200, 50)) as pilot:
        await opened(pilot, app)
        app.chat.restriction = Filters(states=tuple(f"State number {n}" for n in range(8)), years=(2015,))
        await wait_until(pilot, lambda: is_painted(app, "State number 0 or State number 1"))
        await pilot.resize_terminal(60, 24)
        await wait_until(pilot, lambda: is_painted(app, "Only: 8 States · 2015 — F4 changes"))
        await pilot.resize_terminal(20, 5)
        await pilot.pause()


@pytest.mark.parametrize("size", [(20, 5), (40, 10), (200, 50)])
async def test_works_in_a_window_of_any_size(collected: CollectedAssistant, size: tuple[int, int]) -> None:
    app = ChatApp(lambda: collected.as_assistant)
    async with app.run_test(size=size) as pilot:
        await opened(pilot, app)
        await pilot.press("f4")
        await wait_until(pilot, lambda: is_painted(app, "[ ] State"))
        await pilot.press("enter", "ctrl+s")
        await wait_until(pilot, lambda: app.screen is app.chat)
        assert app.chat.restriction == Filters(states=("China",))


async def test_an_answer_comes_from_what_the_conversation_is_restricted_to(assistant: Assistant) -> None:
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=(120, 30)) as pilot:
        await opened(pilot, app)
        await pilot.press("f4")
        await wait_until(pilot, lambda: is_painted(app, "State · Lao"))
        await choose(pilot, app, "Lao")
        await wait_until(pilot, lambda: is_painted(app, "Leaves 1 of 1 document."))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: is_painted(app, "Only: Lao People's Democratic Republic"))
        turn = await asked(pilot, app, "what did the Committee say about extradition?")
        assert "state: Lao People's Democratic Republic (given)" in text_of(turn)
