"""The paragraph behind a citation."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from tui.cited import CitedPlace, Line, lines_of
from tui.keys import OTHER_CITATIONS, key
from tui.notices import notice_of

if TYPE_CHECKING:
    from assistant.places import Place
    from assistant.service import Assistant


class CitationScreen(ModalScreen[None]):
    """Shows a cited paragraph whole, the quoted words marked, and leads on to the answer's others."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "Esc", "dismiss", "Close", "Back to the conversation."),
        # the text would take these keys to scroll sideways, which it never needs
        key("left", "←", "step(-1)", "Back", "The citation before.", priority=True, group=OTHER_CITATIONS),
        key("right", "→", "step(1)", "On", "The citation after.", priority=True, group=OTHER_CITATIONS),
    ]

    DEFAULT_CSS = """
    CitationScreen {
        align: center middle;

        #window {
            width: 92%; max-width: 100; height: auto; max-height: 85%;
            border: round $primary; background: $surface; padding: 0 1;
        }
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

    def __init__(self, assistant: Assistant, places: tuple[CitedPlace, ...], position: int) -> None:
        super().__init__()
        self._assistant = assistant
        self._places = places
        self._position = position
        self._window = VerticalScroll(id="window")
        self._heading = Static(id="heading", markup=False)
        self._text = Vertical(id="text")

    def compose(self) -> ComposeResult:
        """Label and position on the frame; heading and text in it."""
        with self._window:
            yield self._heading
            yield self._text
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Read the paragraph that was chosen."""
        self._window.focus()
        self._turn_to(self._position)

    def action_step(self, by: int) -> None:
        """Go to another citation of the same answer."""
        if 0 <= self._position + by < len(self._places):
            self._turn_to(self._position + by)

    def _turn_to(self, position: int) -> None:
        self._position = position
        place = self._places[position]
        self._window.border_title = Content(place.label)
        self._window.border_subtitle = f"{position + 1} of {len(self._places)}"
        self._read(place)

    @work(thread=True, exclusive=True)
    def _read(self, cited: CitedPlace) -> None:
        try:
            place = self._assistant.show(cited.slug, cited.eid)[0]
        except Exception as error:  # whatever it is, the window says it and the chat goes on
            self.post_message(self.Missed(cited, error))
        else:
            self.post_message(self.Found(cited, place))

    async def on_citation_screen_found(self, message: Found) -> None:
        """Show the paragraph, unless another was chosen meanwhile."""
        paragraph, header = message.place.paragraph, message.place.header
        lines = [_shown(line) for line in lines_of(paragraph, message.cited)]
        await self._show(message.cited, " › ".join(paragraph.section) or header.title, lines)

    async def on_citation_screen_missed(self, message: Missed) -> None:
        """Say why there is nothing to read."""
        notice = notice_of(message.error)
        await self._show(message.cited, notice.title, [Static(notice.text, classes="line", markup=False)])

    async def _show(self, cited: CitedPlace, heading: str, lines: list[Static]) -> None:
        if cited is not self._places[self._position]:
            return
        with self.app.batch_update():
            self._heading.update(heading)
            await self._text.remove_children()
            await self._text.mount_all(lines)
        self._window.scroll_home(animate=False)
        for line in self._text.query(".cited").results(Static):
            self.call_after_refresh(self._window.scroll_to_widget, line, animate=False)


def _shown(line: Line) -> Static:
    content = Content(line.text)
    for start, end in line.quoted:
        content = content.stylize("bold", start, end)
    shown = Static(content, classes="line cited" if line.is_cited else "line")
    shown.styles.margin = (0, 0, 1, 3 * line.depth)
    return shown
