"""What a page holds: pieces of text with their places, and the rows they make."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_MARK = re.compile(r"\d{1,3}|[a-z]{1,2}|\*{1,4}")

_WIDE_GAP = 2.0  # sizes of the letters
_MARKER = 6  # characters that a number may have, which stands before a paragraph with a gap behind it


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a line: its box in points from the lower left, and `raised` marks by position."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool = False
    italic: bool = False
    raised: tuple[tuple[int, int], ...] = ()
    spaced: bool = False
    """Whether wide gaps part it, as they do the cells of a table."""

    def with_hyphen(self) -> Fragment:
        """The same with the hyphen that ends it."""
        return replace(self, text=f"{self.text}-")

    def followed_by(self, other: Fragment) -> Fragment:
        """One piece with another to the right of it in the same row."""
        lifted = other.size < 0.8 * self.size and other.bottom > self.bottom + 0.1 * self.size
        mark = _MARK.fullmatch(other.text) is not None and lifted
        gap = other.left - self.right
        space = "" if gap < (0.5 if mark else 0.12) * self.size else " "
        leads = self.size < 0.8 * other.size and _MARK.fullmatch(self.text) is not None
        raised = ((0, len(self.text)),) if leads else self.raised
        shift = len(self.text) + len(space)
        others = ((0, len(other.text)),) if mark else other.raised
        main = self if len(self.text) >= len(other.text) else other
        return Fragment(
            f"{self.text}{space}{other.text}",
            self.left, min(self.bottom, other.bottom), max(self.right, other.right),
            main.top, main.size, main.bold, self.italic,
            (*raised, *((start + shift, end + shift) for start, end in others)),
            self.spaced or other.spaced or (gap > _WIDE_GAP * self.size and len(self.text) > _MARKER),
        )  # fmt: skip

    @property
    def is_mark(self) -> bool:
        """Whether it is nothing but what a footnote may be marked with."""
        return _MARK.fullmatch(self.text) is not None

    @property
    def mark(self) -> str | None:
        """The raised mark it begins with, as a footnote does."""
        if self.raised and self.raised[0][0] == 0:
            return self.text[: self.raised[0][1]]
        return None


@dataclass(slots=True)
class Page:
    """One page as it was read: `broken` where it could not be, `picture` where it has nothing else."""

    number: int
    width: float
    height: float
    fragments: list[Fragment]
    broken: bool = False
    picture: bool = False


@dataclass(slots=True)
class Row:
    """One printed line: what it is to be on its page."""

    piece: Fragment
    page: int
    margin: bool = False
    note: str | None = None
    note_start: bool = False
    apart: bool | None = None
    page_top: bool = False
