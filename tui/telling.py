"""How a screen tells of what went wrong."""

from __future__ import annotations

from textual.screen import Screen

from tui.notices import Notice
from tui.printable import printable


class Telling(Screen[None]):
    """A screen that shows notices."""

    def tell(self, notice: Notice) -> None:
        """Show a notice for a while."""
        text, title = printable(notice.text), printable(notice.title)
        self.notify(text, title=title, severity=notice.severity, timeout=15, markup=False)
