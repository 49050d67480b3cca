"""What windows over the chat have in common."""

from __future__ import annotations

import asyncio
from typing import ClassVar, TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

Result = TypeVar("Result")


class Modal(ModalScreen[Result]):
    """A window that closes once, and only itself: Textual closes what lies on top, as often as it is told."""

    _late: tuple[Result | None] | None = None
    """What came of it while another window lay above it."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close with a result; below another window, when that is gone; where it is closed, do nothing."""
        if self.app.screen is self:  # `is_current` is true below a window that lets it be seen, too
            return super().dismiss(result)
        if self in self.app.screen_stack:
            self._late = (result,)
        return AwaitComplete(asyncio.sleep(0))

    def on_screen_resume(self) -> None:
        """Close where that was to be done meanwhile."""
        if self._late is not None:
            self.dismiss(*self._late)


class Window(Modal[Result]):
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
