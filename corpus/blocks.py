"""Lines become blocks: each numbered paragraph, item, heading, footnote or notice in one piece.

What begins a block is decided by its marker and by the sequence the marker stands in. Space above a
line helps and never decides alone: page breaks swallow the space between paragraphs and put it into
the middle of sentences. A number is a paragraph's only at the start of a line, as the expected one
(small gaps are allowed and reported) and with a capital after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus import markers
from corpus.layout import Line
from corpus.lookout import Lookout, text_of
from corpus.markers import reads_as_heading, reads_as_text
from corpus.model import Warning
from corpus.numbering import Numbering, is_item_label

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


class Blocks:
    """The blocks of a document's lines, found in one pass; `warnings` tells what was unusual."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._out = Lookout(lines)
        self._lines = self._out.lines
        self._numbering = Numbering()
        self.warnings: list[Warning] = []
        self.blocks: list[Block] = []
        self._open: Block | None = None  # the block that a continuation would continue
        self._note: Block | None = None  # the footnote that its next line would continue
        self._titled = self._headed = self._closed = False
        self._title: Line | None = None  # its first line
        self._masthead_end = self._out.masthead_end()
        self._scattered = self._out.scattered_number()
        self._labels: set[str] = set()
        index = 0
        while index < len(self._lines):
            index = self._take(index)

    def _take(self, index: int) -> int:
        """Put the line at `index` (and those a heading needs) into a block; the next index."""
        line = self._lines[index]
        if self._out.is_furniture(line):
            self.blocks.append(Block("furniture", [[line]]))
            return index + 1
        if line.note is not None:
            self._add_note_line(line)
            return index + 1
        if self._is_small_print(line):
            self._add_small_print(line)
            return index + 1
        heading = self._digit_heading(index)
        if block := not heading and (self._footnote(line) or self._paragraph(index) or self._item(index)):
            self._start(block)
            return index + 1
        if heading := heading or self._heading(index):
            self._start(heading)
            if markers.ANNEX.match(line.text):
                self._numbering = Numbering(self._numbering.paragraph, annex=True)
            return index + sum(len(part) for part in heading.parts)
        self._continue(index)
        return index + 1

    def _start(self, block: Block) -> None:
        self.blocks.append(block)
        if block.kind == "heading":
            self._open, self._headed = None, True
        elif block.kind != "footnote":  # what comes after one goes on with what came before it
            self._open = block
        if block.kind in ("heading", "paragraph"):
            self._closed = False

    def _add_note_line(self, line: Line) -> None:
        """A line that the layout or the format shows to be of a footnote."""
        if line.note_start or self._note is None or self._note.label != line.note:
            label = line.note or ""
            marker = re.match(rf"{re.escape(label)}[/).]?", line.text)
            self._note = Block("footnote", [[line]], marker[0] if marker else "", label)
            self.blocks.append(self._note)
        else:
            self._note.parts[-1].append(line)

    def _is_small_print(self, line: Line) -> bool:
        """Whether the line is of a table: set small, and neither marked nor in the masthead."""
        begun = self._headed or self._numbering.paragraph is not None
        marked = any(p.match(line.text) for p in (markers.PARAGRAPH, markers.ITEM, markers.FOOTNOTE))
        of_note = self.blocks and self.blocks[-1].kind == "footnote" and not self._out.is_apart(line)
        return begun and self._out.is_small(line) and not marked and not of_note

    def _add_small_print(self, line: Line) -> None:
        before = self.blocks[-1]
        if before.kind == "unassigned":
            before.parts[-1].append(line)
            return
        shown = repr(line.text[:60])
        self._warn("small_print", f"text set small, perhaps a table, in no paragraph: {shown}", line)
        self.blocks.append(Block("unassigned", [[line]]))

    def _continue(self, index: int) -> None:
        line = self._lines[index]
        before = self.blocks[-1] if self.blocks else None
        apart = self._out.is_apart(line)
        if before and before.kind == "footnote" and self._goes_on_with_note(before, line, apart):
            before.parts[-1].append(line)
        elif self._opens_preamble(line, apart) or self._opens_unnumbered(index, apart):
            self._start(Block("paragraph", [[line]]))
        elif self._open is None or self._closes(line, apart):
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

    def _goes_on_with_note(self, note: Block, line: Line, apart: bool) -> bool:
        if apart or line.page_top or next(note.lines).note is not None:
            return False
        return line.size is None or line.size == next(note.lines).size

    def _closes(self, line: Line, apart: bool) -> bool:
        """Whether the line is of the formula at the end of a resolution."""
        if self._closed:
            return True
        begun = self._open is not None and self._open.kind in ("paragraph", "item", "continuation")
        self._closed = apart and begun and markers.CLOSING.fullmatch(line.text) is not None
        return self._closed

    def _opens_preamble(self, line: Line, apart: bool) -> bool:
        """Whether a resolution begins here with the name of the organ."""
        return apart and self._numbering.paragraph is None and markers.ORGAN.fullmatch(line.text) is not None

    def _opens_unnumbered(self, index: int, apart: bool) -> bool:
        """Whether a paragraph without a number begins here: text under a heading, or more of it."""
        line = self._lines[index]
        if self._closed or not re.match(markers.OPENING, line.text):
            return False
        if self._open is None:
            return self._headed and reads_as_text(text_of(self._out.group(index)))
        unnumbered = self._open.kind == "paragraph" and not self._open.label
        apart = apart or (line.page_top and (self._out.is_indented(line) or line.italic))
        return unnumbered and apart and markers.ENDED_OR_COMMA.search(self._open.end) is not None

    def _add_loose(self, line: Line, before: Block | None, apart: bool) -> None:
        """A line outside every paragraph: the masthead at first, later a thing to report."""
        begun = self._headed or self._numbering.paragraph is not None
        kind: BlockKind = "unassigned" if begun and not self._closed else "masthead"
        if before and before.kind in (kind, "title") and not apart:
            before.parts[-1].append(line)
            return
        if kind == "masthead" and not self._titled and not begun and markers.TITLE.match(line.text):
            kind, self._titled, self._title = "title", True, line
        if kind == "unassigned":
            shown = repr(line.text[:60])
            self._warn("unassigned_text", f"text outside every numbered paragraph: {shown}", line)
        self.blocks.append(Block(kind, [[line]]))

    # -- what a line may begin

    def _footnote(self, line: Line) -> Block | None:
        match = markers.FOOTNOTE.match(line.text)
        return Block("footnote", [[line]], match["marker"], match["marker"]) if match else None

    def _paragraph(self, index: int) -> Block | None:
        line = self._lines[index]
        match = markers.PARAGRAPH.match(line.text)
        if not match or not (self._may_begin(index) or self._is_nowhere_else(index, match)):
            return None
        number, label = markers.number_of(match), markers.label_of(match)
        expected = self._numbering.expects(number, suffixed=match["suffix"] is not None)
        if not expected:
            problem = None if match["suffix"] else self._unexpected(index, number)
            if not problem:
                self._report_number(line, label)
                return None
            self._warn(*problem, line)
        elif label in self._labels and match["suffix"]:
            self._warn("number_repeated", f"paragraph {label} is printed twice", line)
        self._labels.add(label)
        self._numbering.take(number)
        return Block("paragraph", [[line]], match["marker"], label)

    def _is_nowhere_else(self, index: int, match: re.Match[str]) -> bool:
        """Whether the expected number stands here only, though the text before it has no end."""
        number = markers.number_of(match)
        text = self._open.end if self._open else ""
        return (
            self._numbering.expects(number)
            and not self._out.comes_later(index, number)
            and not markers.LEADS_ON.search(text)
            and not markers.ABBREVIATED.search(text)
        )

    def _unexpected(self, index: int, number: tuple[int, int]) -> tuple[str, str] | None:
        """Why a number out of sequence is a paragraph's all the same, as a warning, or None."""
        if not self._out.is_apart(self._lines[index]):
            return None
        if number[1] and number[0] == self._scattered:
            return "number_out_of_order", f"{markers.shown(number)} stands in a list of another order"
        last = self._numbering.paragraph or 0
        if number == (1, 0) and (self._numbering.annex or self._restarts(index, last)):
            return "number_restart", f"numbering begins again at 1 after {last}"
        if number == (last, self._numbering.decimal):
            return "number_repeated", f"paragraph {markers.shown(number)} is printed twice"
        missing = self._numbering.missing_before(number)
        if missing and not self._out.comes_later(index, missing[0]):
            first, final = markers.shown(missing[0]), markers.shown(missing[-1])
            span = first if len(missing) == 1 else f"{first} to {final}"
            return "number_gap", f"no paragraph {span} before paragraph {markers.shown(number)}"
        return None

    def _restarts(self, index: int, last: int) -> bool:
        """Whether the numbers go on from 1 here and nowhere from the last one."""
        comes_later = self._out.comes_later
        return comes_later(index, (2, 0)) and not comes_later(index, (last + 1, 0))

    def _report_number(self, line: Line, label: str) -> None:
        """A number set apart that is no paragraph's may be one all the same, so it is told."""
        if self._out.is_apart(line) and self._numbering.paragraph is not None:
            self._warn("number_out_of_sequence", f"{label}. does not begin a paragraph here", line)

    def _item(self, index: int) -> Block | None:
        line = self._lines[index]
        match = self._item_marker(line)
        if not match or self._open is None or not self._may_begin(index, markers.REFERS_ON):
            return None
        label = match["label"]
        depth = self._numbering.next_item(label, lambda: self._next_label(index))
        if depth is None and self._out.is_apart(line) and is_item_label(label):
            self._warn("item_sequence", f"item ({label}) is out of sequence", line)
            depth = self._numbering.irregular_item(label)
        return Block("item", [[line]], match["marker"], label, depth) if depth else None

    def _item_marker(self, line: Line) -> re.Match[str] | None:
        """The marker of an item: a capital follows it, or the line is set apart."""
        match = markers.ITEM.match(line.text)
        if match and (self._out.is_apart(line) or markers.ITEM_OPENING.match(line.text, match.end())):
            return match
        return None

    def _next_label(self, index: int) -> str | None:
        following = (self._item_marker(self._lines[later]) for later in range(index + 1, len(self._lines)))
        return next((match["label"] for match in following if match), None)

    # -- headings

    def _heading(self, index: int) -> Block | None:
        if index < self._masthead_end and not self._stands_out(index):
            return None
        return self._declared_heading(index) or self._numbered_heading(index) or self._plain_heading(index)

    def _declared_heading(self, index: int) -> Block | None:
        """A line that the format itself calls a heading, below the title."""
        line = self._lines[index]
        if line.heading is None or not self._past_title(line):
            return None
        match = markers.HEADING.match(line.text)
        numbered = self._heading_in_sequence(match, [line]) if match else None
        if numbered:
            numbered.level = line.heading
        return numbered or Block("heading", [[line]], level=line.heading)

    def _numbered_heading(self, index: int) -> Block | None:
        match = markers.HEADING.match(self._lines[index].text)
        if not match or not self._may_begin(index):
            return None
        lines = self._out.group(index)
        return self._heading_in_sequence(match, lines) if reads_as_heading(text_of(lines)) else None

    def _heading_in_sequence(self, match: re.Match[str], lines: list[Line]) -> Block | None:
        number = match["number"]
        found = self._numbering.next_heading(number)
        if found is None:
            return None
        if found.problem:
            self._warn(*found.problem, lines[0])
        return Block("heading", [lines], match["marker"], number, found.level)

    def _digit_heading(self, index: int) -> Block | None:
        """A heading numbered `1.` below lettered ones: the paragraph below it has the number expected."""
        match = markers.PARAGRAPH.match(self._lines[index].text)
        if not match or not match["number"] or match["decimal"] or not self._out.is_apart(self._lines[index]):
            return None
        lines = self._out.group(index)
        follows = self._next_number(index + len(lines))
        if not follows or not self._numbering.expects(follows):
            return None
        number = int(match["number"])
        if not reads_as_heading(text_of(lines)) or not self._numbering.next_digit_heading(number):
            return None
        return Block("heading", [lines], match["marker"], match["number"], 3)

    def _plain_heading(self, index: int) -> Block | None:
        """A heading without a number: set apart, not a sentence, and followed by a paragraph."""
        line = self._lines[index]
        # the space above the first line of a page is lost, so there the words alone must do
        apart = self._out.is_apart(line) or (line.page_top and self._has_ended())
        if not apart or not re.match(markers.OPENING, line.text):
            return None
        if not (self._past_title(line) and not self._is_of_title(line)) and not self._stands_out(index):
            return None
        if not (self._has_ended() or line.apart or self._out.is_indented(line)):
            return None
        lines = self._out.group(index)
        is_annex = markers.ANNEX.match(line.text) is not None
        annex = is_annex or self._numbering.annex
        if not reads_as_heading(text_of(lines)):
            return None
        if (
            self._stands_out(index)
            or self._text_follows(index + len(lines), annex)
            or self._is_bold_heading(index, lines)
        ):
            return Block("heading", [lines], level=1 if is_annex else 0)
        return None

    def _stands_out(self, index: int) -> bool:
        """Whether the line is a heading by its words alone, whatever follows it."""
        text = self._lines[index].text
        if markers.NOTES.fullmatch(text):
            return index + 1 < len(self._lines) and self._lines[index + 1].note is not None
        return bool(markers.SUMMARY.fullmatch(text) or markers.ANNEX_ALONE.fullmatch(text))

    def _is_bold_heading(self, index: int, lines: list[Line]) -> bool:
        """Whether bold lines stand above text that is not: a heading of unnumbered paragraphs."""
        following = self._out.next_printed(index + len(lines))
        if following >= len(self._lines) or not all(line.bold for line in lines):
            return False
        group = self._out.group(following)
        return not group[0].bold and self._out.is_apart(group[0]) and reads_as_text(text_of(group))

    def _past_title(self, line: Line) -> bool:
        """Whether the title is above, so that the line is not the title itself."""
        if self._titled or self._numbering.paragraph is not None:
            return True
        return self._headed and not markers.TITLE.match(line.text)

    def _text_follows(self, index: int, annex: bool) -> bool:
        """Whether the next paragraph comes here, or after no more than three other headings."""
        number = self._next_number(index)
        if number is None:
            return False
        last = self._numbering.paragraph or 0
        near = last < number[0] <= last + 1 + markers.MAX_GAP
        return annex or near or self._numbering.expects(number)

    def _is_of_title(self, line: Line) -> bool:
        """Whether a line is set as the title is, with nothing between that would end the masthead."""
        if self._title is None or self._headed or self._numbering.paragraph is not None:
            return False
        return line.size is not None and (line.size, line.bold) == (self._title.size, self._title.bold)

    def _next_number(self, index: int) -> tuple[int, int] | None:
        """The number of the paragraph that comes here, or after no more than three headings."""
        for _ in range(4):
            index = self._out.next_printed(index)
            if index >= len(self._lines):
                return None
            line = self._lines[index]
            if match := markers.PARAGRAPH.match(line.text):
                return markers.number_of(match)
            lines = self._out.group(index)
            if not re.match(markers.OPENING, line.text) or not reads_as_heading(text_of(lines)):
                return None
            index += len(lines)
        return None

    # -- what the text so far says

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
        apart = self._out.is_apart(line)
        if apart and (not breaks_off or self._in_preamble()):
            return True
        if self.blocks[-1].kind == "footnote" and not breaks_off:
            return True
        if line.page_top:
            return not breaks_off
        return ended and not markers.ABBREVIATED.search(text)

    def _in_preamble(self) -> bool:
        """Whether the text so far is a paragraph of a preamble, which ends with a comma."""
        unnumbered = self._open is not None and self._open.kind == "paragraph" and not self._open.label
        return unnumbered and self._numbering.paragraph is None

    def _has_ended(self) -> bool:
        return self._open is None or markers.ENDED.search(self._open.end) is not None

    def _warn(self, code: str, message: str, line: Line) -> None:
        self.warnings.append(Warning(code, message, line.number, line.page))
