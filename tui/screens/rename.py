"""Giving a conversation another title."""

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

MOST_CHARACTERS = 200
"""What the line takes; the title is cut to what the assistant allows."""


class RenameScreen(Modal[str | None]):
    """Takes a title and has it given; what is refused can be mended there. The result is the new title."""

    PLACE: ClassVar[Where] = "rename"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("rename")]

    DEFAULT_CSS = """
    RenameScreen {
        align: center middle;

        #rename {
            width: 92%; max-width: 92; height: auto;
            border: round $primary; background: $surface; padding: 0 1;
        }
        #refusal { color: $text-error; display: none; }
    }
    """

    class Renamed(Message, bubble=False):
        """The conversation has its new title."""

        def __init__(self, title: str) -> None:
            super().__init__()
            self.title = title

    class Refused(Message, bubble=False):
        """The conversation has its old title still."""

        def __init__(self, error: Exception) -> None:
            super().__init__()
            self.error = error

    def __init__(self, assistant: Assistant, conversation_id: str, title: str) -> None:
        super().__init__()
        self._assistant = assistant
        self._conversation_id = conversation_id
        self._box = PlainInput(
            title, placeholder="Title", most=MOST_CHARACTERS, left=("enter",), id="new-title"
        )
        self._refusal = Static(id="refusal", markup=False)

    def compose(self) -> ComposeResult:
        """The present title to be edited, and room for why it cannot be."""
        with Vertical(id="rename") as window:
            window.border_title = "Rename the conversation"
            yield self._box
            yield self._refusal
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Type at once."""
        self._box.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """What was refused is being mended."""
        self._refusal.display = False

    def action_rename(self) -> None:
        """Have the title given."""
        title = self._box.value

        def rename() -> Message:
            return self.Renamed(self._assistant.rename_conversation(self._conversation_id, title).title)

        in_background(self, rename, self.Refused)

    def on_rename_screen_renamed(self, message: Renamed) -> None:
        """Tell the new title."""
        self.dismiss(message.title)

    def on_rename_screen_refused(self, message: Refused) -> None:
        """Say why, in the assistant's words."""
        self._refusal.update(Content(printable(notice_of(message.error).text)))
        self._refusal.display = True
