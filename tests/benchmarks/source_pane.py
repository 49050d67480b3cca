"""What a long document costs in the source of the chat, beside a widget for each of its lines.

python -m tests.benchmarks.source_pane [DATA] [--rounds N] [--json]

Documents are made of the paragraphs of the seed document again and again. `opened` is from the call to
the cited paragraph on the screen, laying out and wrapping included; `widgets` the same for one widget a
line. The other columns are the longest that the window did not listen while a key was worked off. All are
processor time, which others on the machine do not change, and without the collection of garbage: that may
fall on any key, and takes as long as there is of the program.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.widgets import Static

from assistant.printed import printed
from assistant.service import Assistant
from corpus.model import Document, DocumentHeader, Metadata
from corpus.parse import load_source, parse_document
from tests.benchmarks.pages import SEED, lengthened
from tests.benchmarks.table import show
from tui.cited import CitedPlace
from tui.widgets.source import SourcePane

LENGTHS = (43, 70, 250, 1000)
SIZE = (100, 50)


def main() -> None:
    """Open each document in the pane, press keys in it, and open it as widgets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    seed = parse_document(load_source(given.data / SEED, Metadata(symbol="CRC/C/OPSC/LAO/CO/1")))
    rows = [asyncio.run(_row(lengthened(seed, length), given.rounds)) for length in LENGTHS]
    show(
        "A document in the source, milliseconds of processor time, the median of the rounds",
        rows,
        as_json=given.json,
    )


class _Pane(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.source = SourcePane()

    def compose(self) -> ComposeResult:
        yield self.source


class _Widgets(App[None]):
    def compose(self) -> ComposeResult:
        yield VerticalScroll()


async def _row(document: Document, rounds: int) -> dict[str, Any]:
    opened, widgets = [], []
    stalls: dict[str, list[float]] = {}
    for _ in range(rounds):
        app = _Pane()
        async with app.run_test(size=SIZE) as pilot:
            gc.disable()
            opened.append(await _opening(app, document))
            for key, stall in (await _keys(pilot, app, document)).items():
                stalls.setdefault(key, []).append(stall)
            gc.enable()
        widgets.append(await _as_widgets(document))
    return {
        "paragraphs": len(document.paragraphs),
        "opened": _median(opened),
        "widgets": _median(widgets),
        "widgets / opened": _median(widgets) / _median(opened),
        **{key: _median(times) for key, times in stalls.items()},
    }


def _cited(document: Document, at: int, position: int) -> CitedPlace:
    paragraph = document.paragraphs[at]
    return CitedPlace(f"place {position}", document.slug, paragraph.eid, (paragraph.text,))


async def _opening(app: _Pane, document: Document) -> float:
    header = _header(document)
    assistant = cast(Assistant, SimpleNamespace(document_with_header=lambda name: (header, document)))
    place = _cited(document, len(document.paragraphs) // 2, 0)
    begun = time.process_time()
    app.source.show(assistant, place, 0, 2)
    while not _is_painted(app, "1 of 2"):
        await asyncio.sleep(0.001)
    return 1000 * (time.process_time() - begun)


async def _keys(pilot: Pilot[None], app: _Pane, document: Document) -> dict[str, float]:
    source, view = app.source, app.source.view
    assistant = cast(Assistant, None)  # not asked: the document is there
    last = len(document.paragraphs) - 1

    async def pressed(key: str) -> None:
        source.focus()
        await pilot.press(key)

    async def other() -> None:
        source.show(assistant, _cited(document, last, 1), 1, 2)

    stalls = {
        "page down": await _stall(lambda: pressed("pagedown"), pilot),
        "end": await _stall(lambda: pressed("end"), pilot),
        "next place": await _stall(lambda: pressed("j"), pilot),
        "next citation": await _stall(other, pilot),
        "narrower": await _stall(lambda: pilot.resize_terminal(SIZE[0] - 20, SIZE[1]), pilot),
        "contents": await _stall(lambda: pressed("t"), pilot),
    }
    assert view.rows is not None
    return stalls


async def _stall(work: Callable[[], Awaitable[None]], pilot: Pilot[None]) -> float:
    """The most processor time in milliseconds between two turns of the event loop while something is done."""
    longest, is_done = 0.0, False

    async def watch() -> None:
        nonlocal longest
        before = time.thread_time()
        while not is_done:
            await asyncio.sleep(0)
            now = time.thread_time()
            longest, before = max(longest, now - before), now

    watching = asyncio.create_task(watch())
    await work()
    await pilot.pause(0.3)  # scrolling is a movement of a fifth of a second
    is_done = True
    await watching
    return 1000 * longest


async def _as_widgets(document: Document) -> float:
    app = _Widgets()
    lines = printed(_header(document), document).lines
    async with app.run_test(size=SIZE):
        gc.disable()
        begun = time.process_time()
        await app.query_one(VerticalScroll).mount_all(
            Static(f"{line.mark} {line.text}", markup=False) for line in lines
        )
        while not _is_painted(app, document.paragraphs[0].text[:20]):
            await asyncio.sleep(0.001)
        gc.enable()
        return 1000 * (time.process_time() - begun)


def _is_painted(app: App[None], text: str) -> bool:
    return any(text in strip.text for strip in app.screen._compositor.render_strips())


def _header(document: Document) -> DocumentHeader:
    names = "symbol slug title committee instrument states session adopted issued language edition source"
    parts = {name: getattr(document, name) for name in names.split()}
    return DocumentHeader(id=1, paragraphs=len(document.paragraphs), current=True, **parts)


def _median(times: list[float]) -> float:
    return sorted(times)[len(times) // 2]


if __name__ == "__main__":
    main()
