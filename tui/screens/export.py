"""Writing a conversation to a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
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
from tui.widgets.line_input import LONGEST_LINE
from tui.widgets.plain_input import PlainInput

if TYPE_CHECKING:
    from assistant.answer import Conversation
    from assistant.chat_settings import CitationStyle
    from assistant.service import Assistant

_ABOUT = (
    "Ends in .md: to read, each answer with its sources in full. Ends in .json: all that is known of it, "
    "as data."
)


class ExportScreen(Modal["str | None"]):
    """Asks for a path and writes the conversation to it; the result is where it is."""

    PLACE: ClassVar[Where] = "export"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("export")]

    DEFAULT_CSS = """
    ExportScreen {
        align: center middle;

        #window {
            width: 92%; max-width: 90; height: auto; max-height: 90%;
            border: round $primary; background: $surface; padding: 0 1;
        }
        #about { color: $text-muted; }
        #wrong { color: $text-error; }
        Input { border: round $primary; background: $surface; }
    }
    """

    class Written(Message):
        """The file is there."""

        def __init__(self, path: Path) -> None:
            super().__init__()
            self.path = path

    class NotWritten(Message):
        """The file could not be written."""

        def __init__(self, error: Exception) -> None:
            super().__init__()
            self.error = error

    def __init__(
        self, assistant: Assistant, read: Callable[[Assistant], Conversation], style: CitationStyle
    ) -> None:
        super().__init__()
        self._assistant = assistant
        self._read = read
        self._style = style
        self._replaces: str | None = None
        """A path that was told to be taken, which Enter replaces if it is sent again."""
        self._input = PlainInput(
            "conversation.md",
            placeholder="A path that ends in .md or .json",
            most=LONGEST_LINE,
            compact=False,
            select_on_focus=True,
        )
        self._wrong = Static(id="wrong", markup=False)

    def compose(self) -> ComposeResult:
        """A path to edit, and what is wrong with it."""
        with Vertical(id="window") as window:
            window.border_title = "Write the conversation to a file"
            yield Static(_ABOUT, id="about", markup=False)
            yield self._input
            yield self._wrong
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin with a free name in the folder where the chat was started."""
        self._input.value = str(_free(Path("conversation.md")))
        self._input.focus()

    async def action_write(self) -> None:
        """Send the path."""
        await self._input.action_submit()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write the file; one that is there is replaced when its name is sent twice."""
        event.stop()
        typed = event.value.strip()
        if not typed:
            return
        path, replace = Path(typed).expanduser(), typed == self._replaces
        read, assistant, style = self._read, self._assistant, self._style

        def write() -> Message:
            from assistant.transcript import check_transcript_target, write_transcript

            check_transcript_target(path, replace=replace)
            write_transcript(assistant.transcript(read(assistant), style), path, replace=replace)
            return self.Written(path.resolve())

        self._wrong.update(Content("Writing…"))
        in_background(self, write, self.NotWritten)

    def on_export_screen_written(self, message: Written) -> None:
        """Close, and say where the file is."""
        self.dismiss(str(message.path))

    def on_export_screen_not_written(self, message: NotWritten) -> None:
        """Say why not; a file that is there can be replaced."""
        typed = self._input.value.strip()
        path = Path(typed).expanduser()
        if path.is_file() and path.suffix.lower() in {".md", ".json"} and typed != self._replaces:
            self._replaces = typed
            self._wrong.update(Content(printable(f"{typed} is there already. Enter again replaces it.")))
        else:
            self._wrong.update(Content(printable(notice_of(message.error).text)))


def _free(path: Path) -> Path:
    """The path, with a number behind its name where there is a file already."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free
