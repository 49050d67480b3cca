"""Adding documents from the chat."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from assistant.errors import HomeUnusable, SourceMissing, SourceScanned
from assistant.service import Assistant, Outcome
from index.home import locked
from tests.corpus.headers import header
from tests.tui.collected import CollectedAssistant, busy
from tests.tui.driving import asked, is_painted, is_told, opened, status_of, wait_until
from tui.app import ChatApp
from tui.screens.ingest import IngestScreen
from tui.widgets.row_list import RowList

ADDED = Outcome("kenya.txt", "added", "CRPD/C/KEN/CO/9", 65, searched=True)
SCAN = Outcome("scan.pdf", "refused", error=SourceScanned("scan.pdf is a scan.", "Run text recognition."))


@asynccontextmanager
async def adding(
    assistant: Assistant, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[ChatApp, Pilot[None]]]:
    """The window that asks for a path."""
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=size, notifications=True) as pilot:
        await opened(pilot, app)
        await app.run_action("ingest", app.chat)
        await wait_until(pilot, lambda: isinstance(app.screen, IngestScreen) and app.screen.query(Input))
        yield app, pilot


async def add(pilot: Pilot[None], app: ChatApp, path: object) -> None:
    app.screen.query_one(Input).value = str(path)
    await pilot.press("enter")


async def test_each_file_is_told_and_the_rest_goes_on(collected: CollectedAssistant) -> None:
    collected.outcomes = [ADDED, SCAN]
    async with adding(collected.as_assistant) as (app, pilot):
        collected.headers.append(header(90, "Kenya", "KEN", 2020))
        await add(pilot, app, "~/some where")
        await wait_until(pilot, lambda: is_painted(app, "2 files: 1 added, 1 refused"))
        assert collected.paths == [Path("~/some where").expanduser()]
        assert is_painted(app, "added      kenya.txt: CRPD/C/KEN/CO/9, 65 paragraphs")
        assert is_painted(app, "refused    scan.pdf: is a scan. Run text recognition.")
        await wait_until(pilot, lambda: status_of(app).startswith("11 documents"))
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.chat)


async def test_it_goes_on_while_one_chats_and_is_found_again(collected: CollectedAssistant) -> None:
    collected.outcomes = [ADDED, SCAN]
    collected.step.clear()
    async with adding(collected.as_assistant) as (app, pilot):
        await add(pilot, app, "folder")
        await wait_until(pilot, lambda: is_painted(app, "of 2 files done"))
        await pilot.press("f9")
        await wait_until(pilot, lambda: app.screen is app.chat)
        await wait_until(pilot, lambda: "adding 2 files" in status_of(app))
        await asked(pilot, app, "what about education?")
        await app.run_action("ingest", app.chat)
        await wait_until(pilot, lambda: is_painted(app, "kenya.txt"))
        assert app.chat.is_adding
        await pilot.press("f9")
        collected.step.set()
        await wait_until(pilot, lambda: is_told(app, "2 files: 1 added, 1 refused"))
        await wait_until(pilot, lambda: status_of(app).endswith("100 paragraphs · ready"))
        assert "adding" not in status_of(app)


async def test_what_is_published_is_counted_while_the_rest_is_added(collected: CollectedAssistant) -> None:
    collected.outcomes = [ADDED, SCAN]
    collected.step.clear()
    async with adding(collected.as_assistant) as (app, pilot):
        collected.headers.append(header(90, "Kenya", "KEN", 2020))
        await add(pilot, app, "folder")
        await wait_until(pilot, lambda: status_of(app).startswith("11 documents"))
        assert app.chat.is_adding
        collected.step.set()


async def test_what_another_process_added_is_said_with_the_next_answer(
    collected: CollectedAssistant,
) -> None:
    app = ChatApp(lambda: collected.as_assistant)
    async with app.run_test() as pilot:
        await opened(pilot, app)
        assert status_of(app).startswith("10 documents")
        turn = await asked(pilot, app, "what about education?")
        assert turn.exchange.answer is not None
        now = turn.exchange.answer.coverage
        assert now.documents != 10
        await wait_until(pilot, lambda: status_of(app).startswith(f"{now.documents} documents"))


async def test_escape_stops_it_and_what_is_listed_stays(collected: CollectedAssistant) -> None:
    collected.outcomes = [ADDED, SCAN]
    collected.step.clear()
    async with adding(collected.as_assistant) as (app, pilot):
        await add(pilot, app, "folder")
        await wait_until(pilot, lambda: is_painted(app, "of 2 files done"))
        await pilot.press("escape")
        await wait_until(pilot, lambda: is_painted(app, "Stopping…"))
        collected.step.set()
        await wait_until(pilot, lambda: is_painted(app, "Stopped: 1 file: 1 added"))
        assert collected.ingest_closed.is_set()
        assert not is_painted(app, "scan.pdf")
        assert isinstance(app.screen, IngestScreen)
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.chat)


async def test_the_path_comes_back_where_adding_was_stopped(collected: CollectedAssistant) -> None:
    collected.outcomes = [ADDED, SCAN]
    collected.step.clear()
    async with adding(collected.as_assistant) as (app, pilot):
        await add(pilot, app, "~/some where")
        await wait_until(pilot, lambda: is_painted(app, "of 2 files done"))
        assert not is_painted(app, "Complete")
        await pilot.press("escape")
        collected.step.set()
        await wait_until(pilot, lambda: is_painted(app, "Stopped: 1 file: 1 added"))
        assert app.screen.query_one(Input).value == "~/some where"
        await wait_until(pilot, lambda: is_painted(app, "Complete"))


async def test_the_path_comes_back_where_nothing_is_there_and_not_where_all_is_done(
    collected: CollectedAssistant,
) -> None:
    collected.outcomes = [Outcome("none.pdf", "refused", error=SourceMissing("none.pdf is missing."))]
    async with adding(collected.as_assistant) as (app, pilot):
        await add(pilot, app, "none.pdf")
        await wait_until(pilot, lambda: is_painted(app, "1 file: 1 refused"))
        assert app.screen.query_one(Input).value == "none.pdf"
        collected.outcomes = [ADDED]
        await add(pilot, app, "kenya.txt")
        await wait_until(pilot, lambda: is_painted(app, "1 file: 1 added"))
        assert not app.screen.query_one(Input).value


async def test_the_files_are_gone_through_from_the_path_and_the_highlighted_one_is_whole(
    collected: CollectedAssistant,
) -> None:
    collected.outcomes = [ADDED, SCAN]
    async with adding(collected.as_assistant) as (app, pilot):
        await add(pilot, app, "folder")
        await wait_until(pilot, lambda: is_painted(app, "2 files: 1 added, 1 refused"))
        files = app.screen.query_one(RowList)
        await pilot.press("down", "home")
        await wait_until(pilot, lambda: is_painted(app, "› added"))
        await pilot.press("down")
        await wait_until(pilot, lambda: is_painted(app, "› refused"))
        assert files.has_focus
        await pilot.press("up", "up")
        await wait_until(pilot, lambda: app.screen.query_one(Input).has_focus)


async def test_one_key_goes_from_the_chat_to_adding_and_back(collected: CollectedAssistant) -> None:
    async with adding(collected.as_assistant) as (app, pilot):
        await pilot.press("f9")
        await wait_until(pilot, lambda: app.screen is app.chat)
        await pilot.press("f9")
        await wait_until(pilot, lambda: isinstance(app.screen, IngestScreen))


async def test_another_lot_can_be_added_afterwards(collected: CollectedAssistant) -> None:
    collected.outcomes = [SCAN]
    async with adding(collected.as_assistant) as (app, pilot):
        await add(pilot, app, "scan.pdf")
        await wait_until(pilot, lambda: is_painted(app, "1 file: 1 refused"))
        collected.outcomes = [ADDED]
        await add(pilot, app, "kenya.txt")
        await wait_until(pilot, lambda: is_painted(app, "1 file: 1 added"))
        assert not is_painted(app, "scan.pdf")


@pytest.mark.parametrize(
    ("error", "title", "text"),
    [
        (busy(), "The collection is being changed", "Try again when it is done."),
        (
            HomeUnusable("The folder cannot be written.", "Make it writable."),
            "The data folder cannot be used",
            "Make it writable.",
        ),
        (RuntimeError("bad luck"), "Unexpected error", "RuntimeError: bad luck"),
    ],
)
async def test_what_fails_says_why_and_keeps_what_is_listed(
    collected: CollectedAssistant, error: Exception, title: str, text: str
) -> None:
    collected.outcomes, collected.breaks = [ADDED], error
    async with adding(collected.as_assistant) as (app, pilot):
        await add(pilot, app, "folder")
        await wait_until(pilot, lambda: is_painted(app, title))
        assert is_painted(app, text)
        assert is_painted(app, "1 file: 1 added")
        assert app.screen.query_one(Input).value == "folder"


async def test_what_fails_while_one_chats_is_told_there(collected: CollectedAssistant) -> None:
    collected.outcomes, collected.breaks = [ADDED], busy()
    collected.step.clear()
    async with adding(collected.as_assistant) as (app, pilot):
        await add(pilot, app, "folder")
        await pilot.press("f9")
        collected.step.set()
        await wait_until(pilot, lambda: is_told(app, "The collection is being changed"))


async def test_tab_completes_the_path_and_names_what_there_is(
    collected: CollectedAssistant, tmp_path: Path
) -> None:
    for name in ("plan.pdf", "plain.pdf", "other.pdf"):
        (tmp_path / name).touch()
    async with adding(collected.as_assistant) as (app, pilot):
        path = app.screen.query_one(Input)
        path.value = f"{tmp_path}/p"
        await pilot.press("tab")
        await wait_until(pilot, lambda: path.value == f"{tmp_path}/pla")
        await wait_until(pilot, lambda: is_painted(app, "plain.pdf  plan.pdf"))
        await pilot.press(*"n", "tab")
        await wait_until(pilot, lambda: path.value == f"{tmp_path}/plan.pdf")


async def test_a_dropped_path_is_understood(collected: CollectedAssistant, tmp_path: Path) -> None:
    file = tmp_path / "some where.txt"
    file.touch()
    collected.outcomes = [ADDED]
    async with adding(collected.as_assistant) as (app, pilot):
        app.screen.query_one(Input).post_message(events.Paste(f"'{file}'\r\n"))
        await wait_until(pilot, lambda: app.screen.query_one(Input).value)
        await pilot.press("enter")
        await wait_until(pilot, lambda: is_painted(app, "1 file: 1 added"))
        assert collected.paths == [file]


async def test_what_is_pasted_is_not_obeyed_and_a_megabyte_is_cut(collected: CollectedAssistant) -> None:
    async with adding(collected.as_assistant) as (app, pilot):
        path = app.screen.query_one(Input)
        path.post_message(events.Paste("\x1b]0;owned\x07" + "x" * 2**20))
        await wait_until(pilot, lambda: path.value)
        assert len(path.value) <= 4096
        assert not any(sign in path.value for sign in "\x1b\x07")


async def test_an_empty_path_adds_nothing(collected: CollectedAssistant) -> None:
    async with adding(collected.as_assistant) as (app, pilot):
        await add(pilot, app, "   ")
        await pilot.pause()
        assert app.chat.intake is None


@pytest.mark.parametrize("size", [(20, 5), (40, 10), (200, 50)])
async def test_works_in_a_window_of_any_size(collected: CollectedAssistant, size: tuple[int, int]) -> None:
    collected.outcomes = [ADDED, SCAN]
    async with adding(collected.as_assistant, size) as (app, pilot):
        await add(pilot, app, "folder")
        await wait_until(pilot, lambda: is_painted(app, "refused"))
        await pilot.resize_terminal(*reversed(size))
        await pilot.pause()


# -- over a real assistant


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a document and a file that is none."""
    folder = tmp_path / "to add"
    folder.mkdir()
    (folder / "empty.pdf").touch()
    (folder / "kenya.txt").write_text(
        "CRC/C/OPSC/KEN/CO/1\n\nConcluding observations on the report submitted by Kenya\n\n"
        "I. Introduction\n\n1. The Committee considered the report.\n\n"
        "2. The Committee recommends that the State party train its judges.\n",
        encoding="utf-8",
    )
    return folder


async def test_a_folder_is_added_and_asked_about(own_assistant: Assistant, folder: Path) -> None:
    async with adding(own_assistant, (120, 30)) as (app, pilot):
        await add(pilot, app, folder)
        await wait_until(pilot, lambda: is_painted(app, "2 files: 1 added, 1 refused"), 120)
        await wait_until(pilot, lambda: status_of(app).startswith("2 documents"))
        await add(pilot, app, folder)
        await wait_until(pilot, lambda: is_painted(app, "2 files: 1 unchanged, 1 refused"))
        await pilot.press("escape", "f3")
        await wait_until(pilot, lambda: is_painted(app, "CRC/C/OPSC/KEN/CO/1"))


async def test_what_is_not_there_or_empty_says_so(own_assistant: Assistant, tmp_path: Path) -> None:
    (tmp_path / "hollow").mkdir()
    async with adding(own_assistant, (120, 30)) as (app, pilot):
        await add(pilot, app, tmp_path / "gone.pdf")
        await wait_until(pilot, lambda: is_painted(app, "refused    gone.pdf: There is no file"))
        await add(pilot, app, tmp_path / "hollow")
        await wait_until(pilot, lambda: is_painted(app, "There are no files in it."))


async def test_one_writer_at_a_time(own_assistant: Assistant, folder: Path, home: Path) -> None:
    own_assistant.warm_up()
    with locked(home, 0):
        async with adding(own_assistant, (120, 30)) as (app, pilot):
            await add(pilot, app, folder)
            await wait_until(pilot, lambda: is_painted(app, "The collection is being changed"))


async def test_a_read_only_folder_says_so(own_assistant: Assistant, folder: Path) -> None:
    own_assistant.warm_up()
    own_assistant.collection.read_only = True
    async with adding(own_assistant, (120, 30)) as (app, pilot):
        await add(pilot, app, folder)
        await wait_until(pilot, lambda: is_painted(app, "The data folder cannot be used"))
