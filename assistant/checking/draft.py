"""A draft to be checked: its text, the parts it is made of, and the notes it calls."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from corpus.source_text import SourceText

DraftFormat = Literal["markdown", "text", "docx", "html", "pdf"]
PartKind = Literal["heading", "text", "quote", "cell", "note"]

_LINE_BREAK = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a draft that reads on by itself: a paragraph, a heading, a cell, one paragraph of a note.

    `hidden` are stretches within it that are not printed (Markdown's signs, addresses of links, marks that
    call notes), and `spaces` are stretches that print as a space (`<br>`, `&nbsp;`). `note` is the mark of
    the note that it belongs to. `quote` parts are block quotations.
    """

    kind: PartKind
    start: int
    end: int
    hidden: tuple[tuple[int, int], ...] = ()
    note: str | None = None
    line: int = 1
    page: int | None = None
    spaces: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class NoteCall:
    """Where the text calls a note; `position` is just behind the word it stands at."""

    position: int
    mark: str


@dataclass(frozen=True)
class Draft:
    """A draft as it was read. All offsets count code points of `text`.

    `text` is the file itself for plain text and Markdown, and what a reader sees for other formats. The
    parts are in reading order, each note where it is called first; between them stands what is not read.
    No two overlap, but for a note that is typed where it is called: the part around it leaves it out.
    """

    name: str
    format: DraftFormat
    text: str
    parts: tuple[Part, ...]
    calls: tuple[NoteCall, ...] = ()
    warnings: tuple[str, ...] = ()
    sha256: str = ""

    def printed(self, part: Part) -> SourceText:
        """The text of a part as it is printed: signs left out, lines joined, spaces single."""
        edges = [part.start, *(edge for space in part.spaces for edge in space), part.end]
        return SourceText(self.text, zip(edges[::2], edges[1::2], strict=True), part.hidden)

    def part_at(self, position: int) -> Part | None:
        """The part in which a position stands."""
        at = bisect_right(self._starts, position) - 1
        while at >= 0:
            if position < self._ordered[at].end:
                return self._ordered[at]
            at = self._around[at]
        return None

    def notes_called(self, start: int, end: int) -> Iterator[str]:
        """The marks of the notes that are called from within a stretch, or right at its end."""
        for call in self.calls:
            if start <= call.position <= end:
                yield call.mark

    def line_of(self, position: int) -> int:
        """The line, from 1, on which a position stands."""
        return bisect_right(self._line_starts, position)

    @cached_property
    def _ordered(self) -> list[Part]:
        return sorted(self.parts, key=lambda part: (part.start, -part.end))

    @cached_property
    def _starts(self) -> list[int]:
        return [part.start for part in self._ordered]

    @cached_property
    def _around(self) -> list[int]:
        """For each part the one that it stands within, -1 for none."""
        around: list[int] = []
        for index, part in enumerate(self._ordered):
            outer = index - 1
            while outer >= 0 and self._ordered[outer].end <= part.start:
                outer = around[outer]
            around.append(outer)
        return around

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_BREAK.finditer(self.text))]
