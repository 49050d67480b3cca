"""A short help: what the keys do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from tui.keys import key

_ABOUT = (
    "Pilcrow quotes the documents that are held and cites the numbered paragraph of every statement. "
    "Where they do not answer, it says so and shows the nearest paragraphs. Click a citation to read "
    "its paragraph."
)


class HelpScreen(ModalScreen[None]):
    """Lists the keys that the screens themselves declare, so that none is missing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "Esc", "dismiss", "Close", "Back to where you were.")
    ]

    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;

        #help {
            width: 92%; max-width: 76; height: auto; max-height: 85%;
            border: round $primary; background: $surface; padding: 0 1;
        }
        #about { margin-bottom: 1; }
    }
    """

    def __init__(self, bindings: Sequence[Binding]) -> None:
        super().__init__()
        self._bindings_told = bindings

    def compose(self) -> ComposeResult:
        """What Pilcrow does, and one line a key."""
        rows = [(self.app.get_key_display(binding), binding.tooltip) for binding in self._bindings_told]
        width = max(len(key) for key, _ in rows)
        with VerticalScroll(id="help") as window:
            window.border_title = "Help"
            yield Static(_ABOUT, id="about", markup=False)
            yield Static("\n".join(f"{key:<{width}}  {does}" for key, does in rows), markup=False)
        yield Footer(show_command_palette=False)
