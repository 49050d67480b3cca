"""Text that cannot do anything to the terminal but be read."""

from __future__ import annotations

import unicodedata

_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def printable(text: str, *, lines: bool = True) -> str:
    """A text, one character for one character, with what a terminal would obey made visible."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        c
        if (c == "\n" and lines) or unicodedata.category(c) not in _HIDDEN
        else " "
        if c in "\t\n"
        else "\ufffd"
        for c in text
    )
