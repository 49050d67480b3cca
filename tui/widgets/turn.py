"""One turn of the conversation: a question and what came of it."""

from __future__ import annotations

from asyncio import Lock, sleep
from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from tui.answer_blocks import Block, blocks_of
from tui.exchange import Exchange
from tui.finding import Match, Stretch, Wanted
from tui.printable import printable
from tui.widgets.text_block import TextBlock, with_found
from tui.wording import searched

_ASKED = "› "

WHILE_TOLD = 40
"""How many blocks of an answer are shown while it is being told: some screens full. Each one more makes every
later piece of the answer slower to lay out, and so each key that is typed meanwhile; the others come with
the whole answer."""

IN_ONE_GO = 24
"""How many blocks are added between two looks at the keyboard."""


class Turn(Vertical):
    """A question, a line on what was searched, and the answer, refusal or failure below it."""

    DEFAULT_CSS = """
    Turn {
        height: auto;
        max-width: 100;
        padding: 0 1;
        margin-bottom: 1;

        .question { text-style: bold; }
        .waiting { padding-left: 2; color: $text-muted; text-style: italic; }
        .searched { padding-left: 2; color: $text-muted; }
        .label { width: auto; padding: 0 1; margin: 1 0 0 2; text-style: bold; }
        .reason { padding-left: 2; margin-top: 1; }
        .refused { color: $text-warning; background: $warning-muted; }
        .failed { color: $text-error; background: $error-muted; }
        TextBlock { margin-left: 2; }
        .first { margin: 1 0 0 2; }
        .path { color: $text-muted; }
    }
    Turn.-chosen > .question { color: $text-accent; }
    """

    class PlaceChosen(Message):
        """A link of the answer was clicked: the exchange, and which of its places the link leads to."""

        def __init__(self, exchange: Exchange, position: int) -> None:
            super().__init__()
            self.exchange = exchange
            self.position = position

    def __init__(self, exchange: Exchange) -> None:
        super().__init__()
        self.exchange = exchange
        """What it shows."""
        self._notes: list[tuple[str, str]] = []
        self._wanted: Wanted | None = None
        self._current: Match | None = None
        self._syncing = Lock()

    def compose(self) -> ComposeResult:
        """All that there is of the exchange."""
        yield Static(self._question, classes="question")
        self._notes = list(_notes(self.exchange))
        yield from map(_note, self._notes)
        yield from map(_block, _with_looks(blocks_of(self.exchange.markdown))[:WHILE_TOLD])

    async def on_mount(self) -> None:
        """Bring the rest of a very long answer."""
        await self.sync()

    async def sync(self) -> None:
        """Show what the exchange has become, touching only what differs."""
        async with self._syncing:
            if not self.is_attached:
                return
            with self.app.batch_update():
                notes = list(_notes(self.exchange))
                if notes != self._notes:
                    self._notes = notes
                    await self.query(".note").remove()
                    await self.mount_all(map(_note, notes), after=0)
            blocks = _with_looks(blocks_of(self.exchange.markdown))
            await self._sync_blocks(blocks if self.exchange.is_settled else blocks[:WHILE_TOLD])
            if self._wanted is not None:
                self.find(self._wanted, self._current)

    def find(self, wanted: Wanted | None, current: Match | None) -> None:
        """Mark what is looked for, and the match that one is at; None marks nothing."""
        self._wanted = wanted
        self._current = current if current is not None and current.exchange is self.exchange else None
        self.query_one(".question", Static).update(self._question)
        for part, block in enumerate(self.query(TextBlock), 1):
            block.find(wanted.stretches(block.block.shown) if wanted else (), self._current_in(part))

    def row_of(self, match: Match) -> int:
        """In which of its rows a match is shown."""
        if match.part == 0:
            return 0
        blocks = self.query(TextBlock)
        block = blocks[min(match.part, len(blocks)) - 1]
        return block.virtual_region.y + block.line_of(match.stretch[0])

    @property
    def _question(self) -> Content:
        asked = self.exchange.question
        found = self._wanted.stretches(asked) if self._wanted else ()
        return with_found(Content(_ASKED + printable(asked)), found, self._current_in(0), len(_ASKED))

    def _current_in(self, part: int) -> Stretch | None:
        return self._current.stretch if self._current is not None and self._current.part == part else None

    def mark(self, position: int | None) -> TextBlock | None:
        """Mark the place that is being read, where its words are quoted; the first block that does so."""
        place = None if position is None else self.exchange.places[position]
        blocks = list(self.query(TextBlock))
        citing = [block for block in blocks if place and any(map(place.is_at, block.block.hrefs))]
        quoting = [block for block in citing if place and place.is_quoted_in(block.block.text)] or citing
        for block in blocks:
            block.mark(place.is_at if place and block in quoting else lambda href: False)
        return quoting[0] if quoting else None

    async def _sync_blocks(self, wanted: Sequence[tuple[Block, str]]) -> None:
        shown = list(self.query_children(TextBlock))
        for widget, (block, looks) in zip(shown, wanted, strict=False):
            widget.say(block)
            if set(looks.split()) != widget.classes:
                widget.set_classes(looks)
        for widget in shown[len(wanted) :]:
            await widget.remove()
        for first in range(len(shown), len(wanted), IN_ONE_GO):
            await self.mount_all(map(_block, wanted[first : first + IN_ONE_GO]))
            await sleep(0)
            if not self.is_attached:
                return

    def on_text_block_link_chosen(self, event: TextBlock.LinkChosen) -> None:
        """Open a place of this answer; of any other link, say the address."""
        event.stop()
        position = self.exchange.position_of(event.href, event.beside)
        if position is not None:
            self.post_message(self.PlaceChosen(self.exchange, position))
            return
        self.app.notify(printable(event.href), title="This link leads out of Pilcrow", markup=False)


def _notes(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """What stands between question and answer: each text with its looks."""
    told = exchange.answer or exchange.found
    if told is not None:
        yield searched(told), "searched"
    if exchange.failure is not None:
        yield f"Failed: {exchange.failure.title}", "label failed"
        yield exchange.failure.text, "reason"
    elif exchange.is_stopped:
        yield "Stopped", "label refused"
        yield "Nothing of it is kept.", "reason"
    elif exchange.answer is None:
        yield exchange.waiting, "waiting"
    elif exchange.answer.refused:
        yield "Not answered", "label refused"


def _note(note: tuple[str, str]) -> Widget:
    text, looks = note
    return Static(Content(printable(text)), classes=f"note {looks}")


def _block(shown: tuple[Block, str]) -> Widget:
    block, looks = shown
    return TextBlock(block, classes=looks)


def _with_looks(blocks: Sequence[Block]) -> list[tuple[Block, str]]:
    """Each block with its looks.

    What opens a thought stands below an empty line. The path of sections, which is in italics, is quiet and
    stands right below the title of its document.
    """
    shown: list[tuple[Block, str]] = []
    for block, before in zip(blocks, [None, *blocks], strict=False):
        is_path = _is_path(block)
        below_title = is_path and before is not None and before.depth == 0 and not _is_path(before)
        shown.append(
            (block, f"{'' if block.depth > 1 or below_title else 'first'} {'path' if is_path else ''}")
        )
    return shown


def _is_path(block: Block) -> bool:
    return block.depth == 0 and all(piece.emphasis for piece in block.pieces)
