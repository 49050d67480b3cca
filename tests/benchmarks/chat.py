"""How soon the chat shows what one does: a key while an answer streams, a page of a long conversation.

python -m tests.benchmarks.chat [--statements N] [--turns N] [--json]
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from textual.pilot import Pilot

from tests.benchmarks.bare_terminal import BareTerminal
from tests.benchmarks.chat_answers import long_answer
from tests.benchmarks.table import share, show
from tests.tui.scripted import ScriptedAssistant
from tui.app import ChatApp
from tui.exchange import Exchange

SIZE = (120, 40)
STREAMING = 8.0
"""Seconds for which the long answer streams."""
BETWEEN_KEYS = 0.07
"""Seconds between two keys: somebody who types fast."""
KEYS = "абвгдежзиклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
"""Letters that are nowhere else on the screen, so that each is seen when it is written."""


def main() -> None:
    """Type into a terminal, then look at the window in this process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=300)
    parser.add_argument("--turns", type=int, default=500)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    show(
        f"From key to its letter in the terminal, milliseconds; an answer of {given.statements} statements",
        echoes(given.statements),
        as_json=given.json,
    )
    show(
        f"What is shown at once, milliseconds; {given.turns} turns",
        asyncio.run(looks(given.statements, given.turns)),
        as_json=given.json,
    )


def echoes(statements: int) -> list[dict[str, Any]]:
    """Keys typed before anything is asked, while the answer streams, and below the whole answer."""
    rows = []
    arguments = ("-m", "tests.benchmarks.chat_answers", str(statements), str(STREAMING))
    with BareTerminal(*arguments, columns=SIZE[0], rows=SIZE[1]) as terminal:
        terminal.read_until("ready")
        settle(terminal)
        rows.append(_row("nothing asked yet", _typed(terminal)))
        terminal.type("\x15")
        settle(terminal)
        terminal.type("a question\r")
        terminal.read_until("answering…")
        began = time.perf_counter()
        rows.append(_row("while the answer streams", _typed(terminal)))
        assert time.perf_counter() - began < STREAMING, f"not typed while it streamed: {rows[-1]}"
        terminal.type("\x15")
        terminal.read_until("ready", 120)
        settle(terminal)
        rows.append(_row("below the whole answer", _typed(terminal)))
    return rows


def settle(terminal: BareTerminal) -> None:
    """Give it time to paint."""
    until = time.perf_counter() + 2  # the cursor blinks for ever
    while (left := until - time.perf_counter()) > 0:
        terminal.read(left)


def _typed(terminal: BareTerminal) -> list[float]:
    taken = []
    for key in KEYS:
        began = time.perf_counter()
        terminal.type(key)
        terminal.read_until(key)
        taken.append(time.perf_counter() - began)
        while (left := began + BETWEEN_KEYS - time.perf_counter()) > 0:
            terminal.read(left)
    return taken


async def looks(statements: int, turns: int) -> list[dict[str, Any]]:
    """A long answer at once, pages of a long conversation, another width: until painted, and for how long
    nothing else could be done meanwhile.
    """
    app = ChatApp(lambda: ScriptedAssistant().as_assistant)
    app.animation_level = "none"  # else what glides counts as not painted
    async with app.run_test(size=SIZE) as pilot:
        conversation = app.chat.conversation
        answer = long_answer("a long question", statements)
        exchanges = [Exchange(f"question {n}", long_answer(f"question {n}", 3)) for n in range(turns)]

        async def page(direction: int) -> None:
            app.chat.action_scroll_page(direction)

        rows = [
            await _timed(pilot, "a long answer", lambda: conversation.add(Exchange("long", answer))),
            await _timed(pilot, "it is resized", lambda: pilot.resize_terminal(100, 40)),
            await _timed(pilot, "a page back in it", lambda: page(-1)),
            await _timed(pilot, "a conversation is opened", lambda: conversation.show_all(exchanges)),
        ]
        pages = [await _timed(pilot, "", lambda: page(-1)) for _ in range(40)]
        for quantity, percent in (("p50", 50), ("p95", 95), ("max", 100)):
            row = {
                name: share([each[name] for each in pages], percent) for name in ("painted", "longest stall")
            }
            rows.append({"what": f"a page back in it, {quantity}", **row})
        rows.append(await _timed(pilot, "it is resized", lambda: pilot.resize_terminal(*SIZE)))
    return rows


async def _timed(pilot: Pilot[None], what: str, act: Callable[[], Awaitable[object]]) -> dict[str, Any]:
    await pilot.pause()
    stalls = [0.0]
    watching = asyncio.create_task(_watch(stalls))
    await asyncio.sleep(0)
    began = time.perf_counter()
    await act()
    await pilot.pause()
    taken = time.perf_counter() - began
    await asyncio.sleep(0)
    watching.cancel()
    return {"what": what, "painted": taken * 1000, "longest stall": max(stalls) * 1000}


async def _watch(stalls: list[float]) -> None:
    """Note for how long the event loop does not come round."""
    before = time.perf_counter()
    while True:
        await asyncio.sleep(0.001)
        now = time.perf_counter()
        stalls.append(now - before - 0.001)
        before = now


def _row(name: str, seconds: list[float]) -> dict[str, Any]:
    taken = [1000 * each for each in seconds]
    return {"keys": name, "p50": share(taken, 50), "p95": share(taken, 95), "max": max(taken)}


if __name__ == "__main__":
    main()
