"""How the tests of the chat wait for things, and read what a person would see."""

from __future__ import annotations

import re
from collections.abc import Callable
from time import monotonic

from textual.pilot import Pilot
from textual.widgets import Static

from tui.app import ChatApp
from tui.widgets.prompt import Prompt
from tui.widgets.text_block import TextBlock
from tui.widgets.turn import Turn


async def wait_until(pilot: Pilot[None], predicate: Callable[[], object], seconds: float = 30.0) -> None:
    """Let the app go on until something is so; how long that takes is nobody's promise."""
    deadline = monotonic() + seconds
    while not predicate():
        assert monotonic() < deadline, "it did not become so"
        await pilot.pause(0.01)


def prompt_of(app: ChatApp) -> Prompt:
    return app.chat.query_one(Prompt)


def turns_of(app: ChatApp) -> list[Turn]:
    return list(app.chat.query(Turn))


def status_of(app: ChatApp) -> str:
    return str(app.chat.query_one("#status", Static).content)


def text_of(turn: Turn) -> str:
    """All that a turn says."""
    return "\n".join(
        widget.block.text if isinstance(widget, TextBlock) else str(widget.content)
        for widget in turn.query("*")
        if isinstance(widget, TextBlock | Static)
    )


def rows_of(app: ChatApp) -> list[str]:
    """The rows of the window as they are painted."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


def is_painted(app: ChatApp, text: str) -> bool:
    return any(text in row for row in rows_of(app))


def is_framed(app: ChatApp, title: str) -> bool:
    """Whether a frame has a title, which others may follow, whether or not it has the focus."""
    edge = re.compile(f"[─━] {re.escape(title)}[ ,]")
    return any(edge.search(row) for row in rows_of(app))


def marked_words(app: ChatApp) -> str:
    """What is marked in the source, a line of the document a line."""
    view = app.chat.source.view
    lines = sorted(view.marks.lines)
    return "\n".join(f"{view.rows.marks[i]} {view.rows.texts[i]}" for i in lines) if view.rows else ""


def place_of(app: ChatApp, text: str) -> tuple[int, int]:
    """Column and row of the first place where a text is painted."""
    for y, row in enumerate(rows_of(app)):
        if text in row:
            return row.index(text), y
    raise AssertionError(f"{text!r} is not painted")


async def ask(pilot: Pilot[None], app: ChatApp, question: str) -> Turn:
    """Type a question, send it, and wait for its turn."""
    before = len(turns_of(app))
    prompt_of(app).put(question)
    await pilot.press("enter")
    await wait_until(pilot, lambda: len(turns_of(app)) == before + 1)
    return turns_of(app)[-1]


def is_settled(turn: Turn) -> bool:
    """Whether a turn has its answer, refusal, failure or stop, and shows it."""
    notes = turn.query(".note")  # for a moment there are none, when others take their place
    return turn.exchange.is_settled and bool(notes) and not notes.filter(".waiting")


async def asked(pilot: Pilot[None], app: ChatApp, question: str) -> Turn:
    """Ask a question and wait until it is answered."""
    turn = await ask(pilot, app, question)
    await wait_until(pilot, lambda: is_settled(turn))
    return turn


async def opened(pilot: Pilot[None], app: ChatApp) -> None:
    """Wait until what is held can be looked at."""
    await wait_until(pilot, lambda: app.chat.is_ready)


def is_told(app: ChatApp, text: str) -> bool:
    """Whether a notice says something."""
    return any(text in f"{notice.title}: {notice.message}" for notice in app._notifications)
