"""A piece of a document in the making, and what is known when the next line is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from corpus import markers
from corpus.layout import Line
from corpus.lookout import Lookout
from corpus.model import Warning
from corpus.numbering import Numbering

BlockKind = Literal[
    "masthead", "title", "heading", "paragraph", "item", "continuation", "footnote", "furniture",
    "unassigned",
]  # fmt: skip


_LAST_CALL = re.compile(r"\s?(?:\d{1,3}|[a-z]|\*{1,4})/?$")


@dataclass(slots=True)
class Block:
    """Lines that belong together; `marker` is the printed number with its punctuation.

    `level` is the depth of an item from 1, or of a heading from 1 (0 where it has no number). A
    paragraph without a `label` is one without a number. `parts` are runs of lines that the source
    sets apart from each other.
    """

    kind: BlockKind
    parts: list[list[Line]]
    marker: str = ""
    label: str = ""
    level: int = 0

    @property
    def lines(self) -> Iterator[Line]:
        """All its lines in order."""
        return (line for part in self.parts for line in part)

    @property
    def end(self) -> str:
        """The words that it ends with so far: two lines, since the last may be a mere `and`."""
        last = self.parts[-1][-1]
        text = " ".join(line.text for line in self.parts[-1][-2:])
        # a call at the very end is none of the words
        return _LAST_CALL.sub("", text) if last.calls and last.calls[-1][1] >= last.end - 2 else text


@dataclass(slots=True)
class Progress:
    """How far the lines have been read.

    `open` is the block that a continuation would continue, `title` the first line of the title.
    `headed` says that a heading has come, `closed` that the formula at the end of a resolution has.
    """

    out: Lookout
    numbering: Numbering = field(default_factory=Numbering)
    blocks: list[Block] = field(default_factory=list)
    warnings: list[Warning] = field(default_factory=list)
    open: Block | None = None
    title: Line | None = None
    headed: bool = False
    closed: bool = False

    @property
    def begun(self) -> bool:
        """Whether the masthead is over."""
        return self.headed or self.numbering.paragraph is not None

    @property
    def has_ended(self) -> bool:
        """Whether the text so far is at the end of a sentence or of a member of a list."""
        return self.open is None or markers.ENDED.search(self.open.end) is not None

    @property
    def is_unnumbered(self) -> bool:
        """Whether the text so far is a paragraph without a number."""
        return self.open is not None and self.open.kind == "paragraph" and not self.open.label

    def may_begin(self, line: Line, leads_on: re.Pattern[str] = markers.LEADS_ON) -> bool:
        """Whether a marker here can begin a unit, or is a number in the middle of a sentence.

        It is in a sentence where the text so far breaks off with what a number must follow:
        `article`, `5 June`. The paragraphs of a preamble end with a comma.
        """
        if not self.blocks or self.open is None:
            return True
        text = self.open.end
        ended = markers.ENDED.search(text) is not None
        breaks_off = leads_on.search(text) is not None and not ended
        in_preamble = self.is_unnumbered and self.numbering.paragraph is None
        if self.out.is_apart(line) and (not breaks_off or in_preamble):
            return True
        if self.blocks[-1].kind == "footnote" and not breaks_off:
            return True
        if line.page_top:
            return not breaks_off
        return ended and not markers.ABBREVIATED.search(text)

    def warn(self, code: str, message: str, line: Line) -> None:
        """Tell of something unusual at a line."""
        self.warnings.append(Warning(code, message, line.number, line.page))
