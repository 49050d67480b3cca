"""Columns of text in rows of a list."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from tui.printable import printable


def cell(text: str, width: int) -> str:
    """A text that takes exactly so many columns of the terminal, cut with … where it is longer."""
    text = printable(text, lines=False)
    if cell_len(text) > width > 0:
        return set_cell_size(text, width - 1) + "…"
    return set_cell_size(text, width)
