"""The line that says what the conversation is restricted to, as long as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from tui.restriction import said

if TYPE_CHECKING:
    from assistant.answer import Filters


class ScopeLine(Widget):
    """What every question is put to, in so many columns as there are."""

    DEFAULT_CSS = """
    ScopeLine {
        height: 1; padding: 0 2; display: none;
        background: $warning-muted; color: $text-warning; text-style: bold;
        &.-binds { display: block; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._filters: Filters | None = None

    def say(self, filters: Filters | None) -> None:
        """Say another restriction; nothing where there is none."""
        self._filters = filters
        self.set_class(filters is not None and bool(said(filters, 80)), "-binds")
        self.refresh()

    def render(self) -> Content:
        """The restriction, as far as it fits."""
        return Content(said(self._filters, self.content_size.width) if self._filters else "")
