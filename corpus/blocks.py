"""Lines become blocks: each numbered paragraph, item, heading, footnote or notice in one piece.

What begins a block is decided by its marker and by the sequence the marker stands in. A blank line
helps and never decides alone: page breaks swallow blank lines between paragraphs and put them into
the middle of sentences. A number is a paragraph's only at the start of a line, as the expected one
(small gaps are allowed and reported) and with a capital after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus import markers
from corpus.furniture import is_furniture
from corpus.layout import Line
from corpus.markers import reads_as_heading
from corpus.model import Warning
from corpus.numbering import Numbering, is_item_label

BlockKind = Literal[
    "masthead", "title", "heading", "paragraph", "item", "continuation", "footnote", "furniture",
    "unassigned",
]  # fmt: skip


@dataclass(slots=True)
class Block:
    """Lines that belong together; `marker` is the printed number with its punctuation.

    `level` is the depth of an item from 1, or of a heading from 1 (0 where it has no number).
    `parts` are runs of lines that the source sets apart from each other.
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
        return " ".join(line.text for line in self.parts[-1][-2:])


class Blocks:
    """The blocks of a document's lines, found in one pass; `warnings` tells what was unusual."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = [line for line in lines if not line.blank]
        self._after_blank = _after_blank(lines)
        self._furniture = _furniture(lines)
        self._last_of = _last_line_of_each_number(self._lines)
        self._numbering = Numbering()
        self.warnings: list[Warning] = []
        self.blocks: list[Block] = []
        self._open: Block | None = None  # the block that a continuation would continue
        self._titled = self._headed = False
        self._labels: set[str] = set()
        index = 0
        while index < len(self._lines):
            index = self._take(index)
        self._name_title()

    def _take(self, index: int) -> int:
        """Put the line at `index` (and those a heading needs) into a block; the next index."""
        line = self._lines[index]
        if line.number in self._furniture:
            self.blocks.append(Block("furniture", [[line]]))
            return index + 1
        if block := self._footnote(line) or self._paragraph(index) or self._item(index):
            self._start(block)
            return index + 1
        if heading := self._numbered_heading(index) or self._plain_heading(index):
            self._start(heading)
            if markers.ANNEX.match(line.text):
                self._numbering = Numbering(self._numbering.paragraph, annex=True)
            return index + sum(len(part) for part in heading.parts)
        self._continue(line)
        return index + 1

    def _start(self, block: Block) -> None:
        self.blocks.append(block)
        if block.kind == "heading":
            self._open, self._headed = None, True
        elif block.kind == "footnote":
            pass  # what comes after it goes on with what came before it
        else:
            self._open = block

    def _continue(self, line: Line) -> None:
        before = self.blocks[-1] if self.blocks else None
        apart = self._begins_apart(line)
        if before and before.kind == "footnote" and not apart and not line.page_top:
            before.parts[-1].append(line)
        elif self._open is None:
            self._add_loose(line, before, apart)
        elif not apart or not markers.ENDED.search(self._open.end) or line.text[:1].islower():
            self._open.parts[-1].append(line)
        elif self._open.kind in ("paragraph", "item", "continuation"):
            if self._numbering.items:  # text after a list belongs to the paragraph, not to the item
                self._start(Block("continuation", [[line]]))
            else:
                self._open.parts.append([line])
        else:
            self._add_loose(line, before, apart)

    def _add_loose(self, line: Line, before: Block | None, apart: bool) -> None:
        """A line outside every paragraph: the masthead at first, later a thing to report."""
        begun = self._headed or self._numbering.paragraph is not None
        kind: BlockKind = "unassigned" if begun else "masthead"
        if before and before.kind in (kind, "title") and not apart:
            before.parts[-1].append(line)
            return
        if kind == "masthead" and not self._titled and markers.TITLE.match(line.text):
            kind, self._titled = "title", True
        if kind == "unassigned":
            shown = repr(line.text[:60])
            self._warn("unassigned_text", f"text outside every numbered paragraph: {shown}", line)
        self.blocks.append(Block(kind, [[line]]))

    def _name_title(self) -> None:
        """Where no line looks like a title, the last notice before the text is taken for it."""
        masthead = [block for block in self.blocks if block.kind == "masthead"]
        if not self._titled and masthead:
            masthead[-1].kind = "title"

    # -- what a line may begin

    def _footnote(self, line: Line) -> Block | None:
        match = markers.FOOTNOTE.match(line.text)
        return Block("footnote", [[line]], match["marker"], match["marker"]) if match else None

    def _paragraph(self, index: int) -> Block | None:
        line = self._lines[index]
        match = markers.PARAGRAPH.match(line.text)
        if not match or not (self._may_begin(index) or self._is_nowhere_else(index, match)):
            return None
        number, suffix = int(match["number"]), (match["suffix"] or "").strip()
        label = f"{number} {suffix}" if len(suffix) > 1 else f"{number}{suffix}"
        last = self._numbering.paragraph
        if number != (last if suffix else (last or 0) + 1):
            problem = None if suffix else self._unexpected(index, number)
            if not problem:
                self._report_number(line, label)
                return None
            self._warn(*problem, line)
        elif suffix and label in self._labels:
            self._warn("number_repeated", f"paragraph {label} is printed twice", line)
        self._labels.add(label)
        self._numbering.paragraph = number
        self._numbering.items = []
        self._numbering.annex = False
        return Block("paragraph", [[line]], match["marker"], label)

    def _is_nowhere_else(self, index: int, match: re.Match[str]) -> bool:
        """Whether the expected number stands here only, though the text before it has no end."""
        expected = (self._numbering.paragraph or 0) + 1
        text = self._open.end if self._open else ""
        return (
            int(match["number"]) == expected
            and not self._comes_later(index, expected)
            and not markers.LEADS_ON.search(text)
            and not markers.ABBREVIATED.search(text)
        )

    def _unexpected(self, index: int, number: int) -> tuple[str, str] | None:
        """Why a number out of sequence is a paragraph's all the same, as a warning, or None."""
        if not self._begins_apart(self._lines[index]):
            return None
        last = self._numbering.paragraph or 0
        if number == 1 and (self._numbering.annex or self._restarts(index, last)):
            return "number_restart", f"numbering begins again at 1 after {last}"
        if number == last:
            return "number_repeated", f"paragraph {number} is printed twice"
        missing = range(last + 1, number)
        if 0 < len(missing) <= markers.MAX_GAP and not self._comes_later(index, last + 1):
            shown = str(missing[0]) if len(missing) == 1 else f"{missing[0]} to {missing[-1]}"
            return "number_gap", f"no paragraph {shown} before paragraph {number}"
        return None

    def _restarts(self, index: int, last: int) -> bool:
        """Whether the numbers go on from 1 here and nowhere from the last one."""
        return self._comes_later(index, 2) and not self._comes_later(index, last + 1)

    def _comes_later(self, index: int, number: int) -> bool:
        """Whether a line after this one begins with the number, as a paragraph's would."""
        return self._last_of.get(number, index) > index

    def _report_number(self, line: Line, label: str) -> None:
        """A number set apart that is no paragraph's may be one all the same, so it is told."""
        if self._begins_apart(line) and self._numbering.paragraph is not None:
            self._warn("number_out_of_sequence", f"{label}. does not begin a paragraph here", line)

    def _item(self, index: int) -> Block | None:
        line = self._lines[index]
        match = self._item_marker(line)
        if not match or self._open is None or not self._may_begin(index, markers.REFERS_ON):
            return None
        label = match["label"]
        depth = self._numbering.next_item(label, lambda: self._next_label(index))
        if depth is None and self._begins_apart(line) and is_item_label(label):
            self._warn("item_sequence", f"item ({label}) is out of sequence", line)
            depth = self._numbering.irregular_item(label)
        return Block("item", [[line]], match["marker"], label, depth) if depth else None

    def _item_marker(self, line: Line) -> re.Match[str] | None:
        """The marker of an item: a capital follows it, or the line is set apart."""
        match = markers.ITEM.match(line.text)
        if match and (self._begins_apart(line) or markers.ITEM_OPENING.match(line.text, match.end())):
            return match
        return None

    def _next_label(self, index: int) -> str | None:
        following = (self._item_marker(self._lines[later]) for later in range(index + 1, len(self._lines)))
        return next((match["label"] for match in following if match), None)

    def _numbered_heading(self, index: int) -> Block | None:
        line = self._lines[index]
        match = markers.HEADING.match(line.text)
        if not match or not self._may_begin(index):
            return None
        lines = self._heading_lines(index)
        if not reads_as_heading(_text_of(lines)):
            return None
        return self._heading_in_sequence(match, lines)

    def _heading_in_sequence(self, match: re.Match[str], lines: list[Line]) -> Block | None:
        number = match["number"]
        found = self._numbering.next_heading(number)
        if found is None:
            return None
        if found.problem:
            self._warn(*found.problem, lines[0])
        return Block("heading", [lines], match["marker"], number, found.level)

    def _plain_heading(self, index: int) -> Block | None:
        """A heading without a number: set apart, not a sentence, and followed by a paragraph."""
        line = self._lines[index]
        if not self._begins_apart(line) or not re.match(markers.OPENING, line.text):
            return None
        if not self._past_title(line):
            return None
        if self._open and not markers.ENDED.search(self._open.end) and not line.indent:
            return None
        lines = self._heading_lines(index)
        is_annex = markers.ANNEX.match(line.text) is not None
        annex = is_annex or self._numbering.annex
        if not reads_as_heading(_text_of(lines)) or not self._text_follows(index + len(lines), annex):
            return None
        return Block("heading", [lines], level=1 if is_annex else 0)

    def _past_title(self, line: Line) -> bool:
        """Whether the title is above, so that the line is not the title itself."""
        if self._titled or self._numbering.paragraph is not None:
            return True
        return self._headed and not markers.TITLE.match(line.text)

    def _heading_lines(self, index: int) -> list[Line]:
        """The line at `index` and those that go on with it: up to a blank line or a marker."""
        lines = [self._lines[index]]
        for position in range(index + 1, len(self._lines)):
            line = self._lines[position]
            marked = any(
                p.match(line.text)
                for p in (markers.PARAGRAPH, markers.ITEM, markers.FOOTNOTE, markers.HEADING)
            )
            apart = self._begins_apart(line) or line.page_top
            if apart or marked or line.number in self._furniture:
                break
            lines.append(line)
        return lines

    def _text_follows(self, index: int, annex: bool, depth: int = 0) -> bool:
        """Whether the next paragraph comes here, or after no more than three other headings."""
        while index < len(self._lines) and self._lines[index].number in self._furniture:
            index += 1
        if index >= len(self._lines) or depth > 3:
            return False
        line = self._lines[index]
        match = markers.PARAGRAPH.match(line.text)
        if match:
            last = self._numbering.paragraph or 0
            return annex or last < int(match["number"]) <= last + 1 + markers.MAX_GAP
        lines = self._heading_lines(index)
        if not re.match(markers.OPENING, line.text) or not reads_as_heading(_text_of(lines)):
            return False
        return self._text_follows(index + len(lines), annex, depth + 1)

    # -- what the surroundings say

    def _begins_apart(self, line: Line) -> bool:
        """Whether the source sets the line apart from the one before it."""
        return line.number in self._after_blank or (line.page_top and line.indent > 0)

    def _may_begin(self, index: int, leads_on: re.Pattern[str] = markers.LEADS_ON) -> bool:
        """Whether a marker here can begin a unit, or is a number in the middle of a sentence.

        It is in a sentence where the text so far breaks off with what a number must follow:
        `article`, `5 June`.
        """
        line = self._lines[index]
        if not self.blocks or self._open is None:
            return True
        text = self._open.end
        ended = markers.ENDED.search(text) is not None
        breaks_off = leads_on.search(text) is not None and not ended
        if self._begins_apart(line) and not breaks_off:
            return True
        if self.blocks[-1].kind == "footnote":
            return True
        if line.page_top:
            return not breaks_off
        return ended and not markers.ABBREVIATED.search(text)

    def _warn(self, code: str, message: str, line: Line) -> None:
        self.warnings.append(Warning(code, message, line.number, line.page))


def _text_of(lines: Sequence[Line]) -> str:
    return " ".join(line.text for line in lines)


def _after_blank(lines: Sequence[Line]) -> frozenset[int]:
    """Numbers of the lines with a blank line before them, the first line among them."""
    pairs = zip((None, *lines), lines, strict=False)
    return frozenset(line.number for before, line in pairs if before is None or before.blank)


def _last_line_of_each_number(lines: Sequence[Line]) -> dict[int, int]:
    """For each number that begins a line as a paragraph's would, where it does so last."""
    matches = ((position, markers.PARAGRAPH.match(line.text)) for position, line in enumerate(lines))
    return {int(match["number"]): position for position, match in matches if match}


def _furniture(lines: Sequence[Line]) -> frozenset[int]:
    printed = [line for line in lines if not line.blank]
    found = set()
    for position, line in enumerate(printed):
        neighbours = printed[position - 1 : position] + printed[position + 1 : position + 2]
        edge = line.page is not None and (len(neighbours) < 2 or any(n.page != line.page for n in neighbours))
        if is_furniture(line, page_edge=edge):
            found.add(line.number)
    return frozenset(found)
