"""How the tests of conversations open their list, and read what it says."""

from __future__ import annotations

from textual.pilot import Pilot
from textual.widgets import Static

from tests.tui.driving import is_painted, rows_of, wait_until
from tui.app import ChatApp
from tui.screens.confirm import ConfirmScreen
from tui.screens.rename import RenameScreen


def rows(app: ChatApp) -> list[str]:
    """What the list says, row by row, without its frame."""
    return [row.strip(" │") for row in rows_of(app) if " turn" in row]


def title_of(app: ChatApp) -> str:
    return str(app.chat.query_one("#talk", Static).content)


async def listed(pilot: Pilot[None], app: ChatApp, *texts: str) -> None:
    """Open the list, and wait until it says something."""
    await wait_until(pilot, lambda: app.chat.assistant is not None)
    await pilot.press("f2")
    await wait_until(pilot, lambda: all(is_painted(app, text) for text in texts))


async def command(pilot: Pilot[None], app: ChatApp, name: str) -> None:
    """Do what the palette has under a name."""
    screen = app.screen
    await pilot.press("ctrl+p")
    await wait_until(pilot, lambda: app.screen is not screen)
    await pilot.press(*name)
    await wait_until(pilot, lambda: is_painted(app, "for good") or is_painted(app, "another title"))
    await pilot.press("enter")
    await wait_until(pilot, lambda: isinstance(app.screen, RenameScreen | ConfirmScreen))
