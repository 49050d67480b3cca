"""The source: a cited paragraph in its document."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui.actions import Where
from tui.background import in_background
from tui.cited import CitedPlace, Line, lines_of
from tui.notices import notice_of
from tui.printable import printable

if TYPE_CHECKING:
    from assistant.places import Place
    from assistant.service import Assistant


class SourcePane(VerticalScroll):
    """Shows a cited paragraph whole, the quoted words marked."""

    PLACE: ClassVar[Where] = "source"

    DEFAULT_CSS = """
    SourcePane {
        border: round $surface-lighten-2; padding: 0 1;
        &:focus { border: round $primary; }

        #heading { color: $text-muted; margin-bottom: 1; }
        #text { height: auto; }
        .line { padding: 0 1 0 2; margin-bottom: 1; }
        .cited { border-left: outer $accent; padding-left: 1; }
    }
    """

    class Found(Message):
        """The paragraph of a place was read."""

        def __init__(self, cited: CitedPlace, place: Place) -> None:
            super().__init__()
            self.cited = cited
            self.place = place

    class Missed(Message):
        """The paragraph of a place could not be read."""

        def __init__(self, cited: CitedPlace, error: Exception) -> None:
            super().__init__()
            self.cited = cited
            self.error = error

    def __init__(self) -> None:
        super().__init__()
        self._reading: CitedPlace | None = None
        self._heading = Static(id="heading", markup=False)
        self._text = Vertical(id="text")

    def compose(self) -> ComposeResult:
        """The heading path, and the text below it."""
        yield self._heading
        yield self._text

    @property
    def reading(self) -> CitedPlace | None:
        """The place that is shown."""
        return self._reading

    @property
    def reading_text(self) -> str:
        """The words of the place that is shown."""
        return "\n".join(str(line.content) for line in self._text.query(".cited").results(Static))

    def show(self, assistant: Assistant, place: CitedPlace, position: int, count: int) -> None:
        """Show a place; it is the so-many-th (from 0) of those that an answer leads to."""
        self._reading = place
        self.border_title = Content(printable(place.label))
        self.border_subtitle = f"{position + 1} of {count}"

        def read() -> Message:
            return self.Found(place, assistant.show(place.slug, place.eid)[0])

        in_background(self, read, lambda error: self.Missed(place, error))

    async def on_source_pane_found(self, message: Found) -> None:
        """Show the paragraph, unless another was chosen meanwhile."""
        paragraph, header = message.place.paragraph, message.place.header
        lines = [_shown(line) for line in lines_of(paragraph, message.cited)]
        await self._show(message.cited, " › ".join(paragraph.section) or header.title, lines)

    async def on_source_pane_missed(self, message: Missed) -> None:
        """Say why there is nothing to read."""
        notice = notice_of(message.error)
        await self._show(message.cited, notice.title, [Static(Content(notice.text), classes="line")])

    async def _show(self, cited: CitedPlace, heading: str, lines: list[Static]) -> None:
        if cited is not self._reading:
            return
        with self.app.batch_update():
            self._heading.update(Content(printable(heading)))
            await self._text.remove_children()
            await self._text.mount_all(lines)
        self.scroll_home(animate=False)
        for line in self._text.query(".cited").results(Static):
            self.call_after_refresh(self.scroll_to_widget, line, animate=False)


def _shown(line: Line) -> Static:
    content = Content(printable(line.text))
    for start, end in line.quoted:
        content = content.stylize("bold", start, end)
    shown = Static(content, classes="line cited" if line.is_cited else "line")
    shown.styles.margin = (0, 0, 1, 3 * line.depth)
    return shown
