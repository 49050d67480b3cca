"""Going to a paragraph by the number that is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, Input, Static

from tui.actions import Where, bindings_of
from tui.background import in_background
from tui.notices import notice_of
from tui.printable import printable
from tui.screens.window import Modal
from tui.widgets.plain_input import PlainInput

if TYPE_CHECKING:
    from assistant.service import Assistant

_LONGEST = 200  # characters that are typed of a place: symbols and numbers are shorter


class GoToScreen(Modal[tuple[str, str] | None]):
    """Takes what people type for a place; gives back its document and its id, once there is such a place.

    The id is empty where a document was named without a place.
    """

    PLACE: ClassVar[Where] = "go_to"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("go_to")]

    DEFAULT_CSS = """
    GoToScreen {
        align: center middle;

        #go-to {
            width: 92%; max-width: 64; height: auto; max-height: 90%;
            border: round $primary; background: $surface; padding: 0 1;
        }
        Input, Input:focus { border: none; height: 1; padding: 0; background: $surface; }
        #why { height: auto; color: $text-warning; display: none; }
    }
    """

    class Located(Message):
        """The place that was typed is there."""

        def __init__(self, slug: str, eid: str) -> None:
            super().__init__()
            self.slug = slug
            self.eid = eid

    class NotLocated(Message):
        """The place that was typed is not there."""

        def __init__(self, error: Exception) -> None:
            super().__init__()
            self.error = error

    def __init__(self, assistant: Assistant, slug: str | None) -> None:
        super().__init__()
        self._assistant = assistant
        self._slug = slug
        self._why = Static(id="why", markup=False)

    def compose(self) -> ComposeResult:
        """What is typed, and why it is not there."""
        with Vertical(id="go-to") as window:
            window.border_title = "Go to"
            yield PlainInput(placeholder="22 (c), or SYMBOL, para. 34", most=_LONGEST)
            yield self._why
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """One types at once."""
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Look whether there is such a place."""
        typed, assistant, slug = event.value.strip(), self._assistant, self._slug
        if not typed:
            return

        def locate() -> Message:
            header, places = assistant.find_places(typed, slug)
            return self.Located(header.slug, places[0].place.eid if places else "")

        in_background(self, locate, self.NotLocated)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say nothing of what is being changed."""
        self._why.display = False

    def on_go_to_screen_located(self, message: Located) -> None:
        """Go there."""
        self.dismiss((message.slug, message.eid))

    def on_go_to_screen_not_located(self, message: NotLocated) -> None:
        """Say why not, and let it be typed again."""
        self._why.update(Content(printable(notice_of(message.error).text)))
        self._why.display = True
