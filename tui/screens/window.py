"""What windows over the chat have in common."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.screen import ModalScreen

Result = TypeVar("Result")


class Window(ModalScreen[Result]):
    """A window that fills the terminal; in a very small one frames and footer give way to what it says."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 (Textual reads them from the class and the instance)
    VERTICAL_BREAKPOINTS = [(0, "-short"), (12, "-tall")]  # noqa: RUF012
    WINDOW: ClassVar[str] = "window"
    """The class of its outer frame."""

    DEFAULT_CSS = """
    Window {
        background: $background;

        .window { height: 1fr; border: round $primary; padding: 0 1; background: $surface; }
        LineInput { margin-bottom: 1; }
        .told { height: auto; max-height: 4; color: $text-muted; padding: 0 1; }
        &.-short Footer { display: none; }
        &.-short .window { border: none; padding: 0; }
        &.-short LineInput { margin-bottom: 0; }
        &.-short .told { display: none; }
    }
    """
