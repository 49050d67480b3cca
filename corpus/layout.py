"""What a reader makes of a file: its text, and its lines with their positions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `start` to `end` includes its line break, so the lines partition the text.

    `indent` counts spaces in a text file. `page` is None where the format shows no pages.
    """

    text: str
    start: int
    end: int
    number: int
    indent: float
    page: int | None = None
    page_top: bool = False
    """Whether it is the first line of a page."""

    @property
    def blank(self) -> bool:
        """Whether nothing is printed on it."""
        return not self.text


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as a reader found it."""

    text: str
    lines: tuple[Line, ...]


class Reader(Protocol):
    """Turns the bytes of one file format into lines; raises a `SourceRefused`."""

    def __call__(self, data: bytes, name: str) -> Reading: ...
