"""A document at a glance, beside the list of documents."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.outline import Outline
from tui.printable import printable
from tui.widgets.text_block import Hanging


class OutlinePane(VerticalScroll):
    """Title, what is known of the document, and its headings with their paragraphs."""

    DEFAULT_CSS = """
    OutlinePane {
        border: round $surface-lighten-2; padding: 0 1;
        &:focus { border: round $primary; }

        #title { text-style: bold; }
        #facts { color: $text-muted; margin-bottom: 1; }
        #headings { height: auto; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._title = Static(id="title", markup=False)
        self._facts = Static(id="facts", markup=False)
        self._headings = Vertical(id="headings")

    def compose(self) -> ComposeResult:
        """Title, facts, headings."""
        yield self._title
        yield self._facts
        yield self._headings

    async def show(self, outline: Outline) -> None:
        """Show another document."""
        width = max((len(heading.paragraphs) for heading in outline.headings), default=0)
        lines = [
            Static(
                Hanging(
                    f"{printable(heading.paragraphs):>{width}}  {'  ' * heading.depth}",
                    Content(printable(heading.title, lines=False)),
                )
            )
            for heading in outline.headings
        ]
        with self.app.batch_update():
            await self.say(outline.title, "\n".join(outline.facts))
            await self._headings.mount_all(lines)

    async def say(self, title: str, text: str) -> None:
        """Show a title and a text, and no headings."""
        self._title.update(Content(printable(title)))
        self._facts.update(Content(printable(text)))
        await self._headings.remove_children()
        self.scroll_home(animate=False)
