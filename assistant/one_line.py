"""Text that a terminal shows on one line and never obeys."""

from __future__ import annotations


def one_line(text: str) -> str:
    """A text without what would move the cursor or break the line: file names may hold anything."""
    return "".join(character if character.isprintable() else "�" for character in text)
