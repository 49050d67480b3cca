"""What the browser of documents costs with few and with many documents, a key and a start.

python -m tests.benchmarks.documents_list [--rounds N] [--json]

`listed` makes what is searched, once, in a thread; `filtered` finds the documents for what is typed, in the
middle of three words; `drawn` fills the list of a window of 80 by 24 and paints it. Milliseconds, the median.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Callable
from statistics import median

from textual.app import App, ComposeResult

from corpus.model import DocumentHeader
from tests.benchmarks.table import show
from tests.corpus.headers import header
from tui.library import Entry, Library, Widths, row_of
from tui.widgets.row_list import RowList

HELD = (50, 1_000, 10_000)
TYPED = "crpd state 20"
STATES = [f"State {letter}{vowel}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for vowel in "aeiouy"]


def main() -> None:
    """Make, filter and draw lists of each length."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    rows = [asyncio.run(_row(_held(count), given.rounds)) for count in HELD]
    show("The browser of documents, milliseconds", rows, as_json=given.json)


def _held(count: int) -> list[DocumentHeader]:
    return [header(n, STATES[n % len(STATES)], f"S{n:05}", 2000 + n % 25) for n in range(1, count + 1)]


class _Window(App[None]):
    def __init__(self, widths: Widths) -> None:
        super().__init__()
        self.list: RowList[Entry] = RowList(lambda entry, width: row_of(entry, widths, "", width))

    def compose(self) -> ComposeResult:
        yield self.list


async def _row(held: list[DocumentHeader], rounds: int) -> dict[str, object]:
    library = Library(held)
    found = library.found(TYPED, "State")
    app = _Window(Widths.of(found))
    async with app.run_test(size=(80, 24)) as pilot:
        drawn = []
        for _ in range(rounds):
            begun = time.perf_counter()
            app.list.show(list(found))
            app.screen._compositor.render_strips()
            drawn.append(time.perf_counter() - begun)
            await pilot.pause()
    return {
        "documents": len(held),
        "found": len(found),
        "listed": _timed(lambda: Library(held), rounds),
        "filtered": _timed(lambda: library.found(TYPED, "State"), rounds),
        "drawn": round(median(drawn) * 1000, 2),
    }


def _timed(work: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return round(median(taken) * 1000, 2)


if __name__ == "__main__":
    main()
