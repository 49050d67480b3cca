"""Lines become blocks: each numbered paragraph, item, heading, footnote or notice in one piece.

What begins a block is decided by its marker and by the sequence the marker stands in. Space above a
line helps and never decides alone: page breaks swallow the space between paragraphs and put it into
the middle of sentences. A number is a paragraph's only at the start of a line, as the expected one
(small gaps are allowed and reported) and with a capital after it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus import markers
from corpus.block import Block, BlockKind, Progress
from corpus.headings import Headings
from corpus.layout import Line
from corpus.lookout import Lookout, text_of
from corpus.markers import reads_as_text
from corpus.model import Warning
from corpus.numbering import Numbering, is_item_label

_SAME_INDENT = 2.0  # columns or points by which the members of a list may differ


class Blocks:
    """The blocks of a document's lines, found in one pass; `warnings` tells what was unusual."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._so_far = Progress(Lookout(lines))
        self._out = self._so_far.out
        self._lines = self._out.lines
        self._headings = Headings(self._so_far)
        self._note: Block | None = None  # the footnote that its next line would continue
        self._labels: set[str] = set()
        self._digits: tuple[int, float] | None = None  # the last of a list numbered "1.", and its indent
        self._scattered = self._out.scattered_number()
        self._so_far.numbering.before = self._out.first_number() - 1
        self.blocks = self._so_far.blocks
        self.warnings: list[Warning] = self._so_far.warnings
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
        heading = self._headings.with_digit(index)
        found = None if heading else self._footnote(line) or self._digit_item(line)
        if block := not heading and (found or self._paragraph(index) or self._item(index)):
            self._start(block)
            return index + 1
        if heading := heading or self._headings.at(index):
            self._start(heading)
            if markers.ANNEX.match(line.text):
                self._so_far.numbering = Numbering(self._so_far.numbering.paragraph, annex=True)
            return index + sum(len(part) for part in heading.parts)
        self._continue(index)
        return index + 1

    def _start(self, block: Block) -> None:
        self.blocks.append(block)
        if block.kind == "heading":
            self._so_far.open, self._so_far.headed = None, True
        elif block.kind != "footnote":  # what comes after one goes on with what came before it
            self._so_far.open = block
        if block.kind in ("heading", "paragraph"):
            self._so_far.closed = False

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
        begun = self._so_far.begun
        marked = self._out.paragraph(line) or any(
            pattern.match(line.text) for pattern in (markers.ITEM, markers.FOOTNOTE)
        )
        of_note = self.blocks and self.blocks[-1].kind == "footnote" and not self._out.is_apart(line)
        return begun and self._out.is_small(line) and not marked and not of_note

    def _add_small_print(self, line: Line) -> None:
        before = self.blocks[-1]
        if before.kind == "unassigned":
            before.parts[-1].append(line)
            return
        shown = repr(line.text[:60])
        self._so_far.warn("small_print", f"text set small, perhaps a table, in no paragraph: {shown}", line)
        self.blocks.append(Block("unassigned", [[line]]))

    def _continue(self, index: int) -> None:
        line = self._lines[index]
        before = self.blocks[-1] if self.blocks else None
        apart = self._out.is_apart(line)
        if before and before.kind == "footnote" and self._goes_on_with_note(before, line, apart):
            before.parts[-1].append(line)
        elif self._opens_preamble(index, apart) or self._opens_unnumbered(index, apart):
            self._start(Block("paragraph", [[line]]))
        elif self._so_far.open is None or self._closes(line, apart):
            self._add_loose(line, before, apart)
        elif not apart or not markers.ENDED.search(self._so_far.open.end) or line.text[:1].islower():
            self._so_far.open.parts[-1].append(line)
        elif self._so_far.open.kind in ("paragraph", "item", "continuation"):
            if self._so_far.numbering.items:  # text after a list belongs to the paragraph, not to the item
                self._start(Block("continuation", [[line]]))
            else:
                self._so_far.open.parts.append([line])
        else:
            self._add_loose(line, before, apart)

    def _goes_on_with_note(self, note: Block, line: Line, apart: bool) -> bool:
        if apart or line.page_top or next(note.lines).note is not None:
            return False
        return line.size is None or line.size == next(note.lines).size

    def _closes(self, line: Line, apart: bool) -> bool:
        """Whether the line is of the formula at the end of a resolution."""
        if self._so_far.closed:
            return True
        begun = self._so_far.open is not None and self._so_far.open.kind in (
            "paragraph",
            "item",
            "continuation",
        )
        self._so_far.closed = apart and begun and markers.CLOSING.fullmatch(line.text) is not None
        return self._so_far.closed

    def _opens_preamble(self, index: int, apart: bool) -> bool:
        """Whether a resolution begins here with the name of the organ; one after another counts anew."""
        if not markers.ORGAN.fullmatch(self._lines[index].text):
            return False
        if self._so_far.numbering.paragraph is None:
            return not self._so_far.is_unnumbered or apart
        below = self._out.next_printed(index + 1)
        preamble = below < len(self._lines) and markers.PREAMBLE.match(self._lines[below].text)
        if not preamble or not self._out.comes_later(index, (1, 0)):
            return False
        self._so_far.numbering = Numbering()
        return True

    def _opens_unnumbered(self, index: int, apart: bool) -> bool:
        """Whether a paragraph without a number begins here: text under a heading, or more of it."""
        line = self._lines[index]
        if self._so_far.closed or not re.match(markers.OPENING, line.text):
            return False
        if self._so_far.open is None:
            return self._so_far.headed and reads_as_text(text_of(self._out.group(index)))
        unnumbered = self._so_far.is_unnumbered
        in_preamble = unnumbered and self._so_far.numbering.paragraph is None
        apart = apart or (line.page_top and (self._out.is_indented(line) or line.italic))
        apart = apart or (in_preamble and markers.PREAMBLE.match(line.text) is not None)
        return unnumbered and apart and markers.ENDED_OR_COMMA.search(self._so_far.open.end) is not None

    def _add_loose(self, line: Line, before: Block | None, apart: bool) -> None:
        """A line outside every paragraph: the masthead at first, later a thing to report."""
        begun = self._so_far.begun
        kind: BlockKind = "unassigned" if begun and not self._so_far.closed else "masthead"
        if before and before.kind in (kind, "title") and not apart:
            before.parts[-1].append(line)
            return
        if kind == "masthead" and self._so_far.title is None and not begun and markers.TITLE.match(line.text):
            kind, self._so_far.title = "title", line
        if kind == "unassigned":
            shown = repr(line.text[:60])
            self._so_far.warn("unassigned_text", f"text outside every numbered paragraph: {shown}", line)
        self.blocks.append(Block(kind, [[line]]))

    # -- what a line may begin

    def _footnote(self, line: Line) -> Block | None:
        match = markers.FOOTNOTE.match(line.text)
        return Block("footnote", [[line]], match["marker"], match["marker"]) if match else None

    def _paragraph(self, index: int) -> Block | None:
        line = self._lines[index]
        match = self._out.paragraph(line)
        if not match:
            return None
        if not (
            self._so_far.may_begin(line) or self._is_nowhere_else(index, match) or self._ends_preamble(match)
        ):
            return None
        number, label = markers.number_of(match), markers.label_of(match)
        expected = self._so_far.numbering.expects(number, suffixed=match["suffix"] is not None)
        if not expected:
            problem = None if match["suffix"] else self._unexpected(index, number)
            if not problem:
                self._report_number(line, label)
                return None
            self._so_far.warn(*problem, line)
        elif label in self._labels and match["suffix"]:
            self._so_far.warn("number_repeated", f"paragraph {label} is printed twice", line)
        if not self._labels and self._so_far.numbering.before:
            self._so_far.warn("number_start", f"numbering begins at {label}", line)
        self._labels.add(label)
        self._digits = None
        self._so_far.numbering.take(number)
        return Block("paragraph", [[line]], match["marker"], label)

    def _digit_item(self, line: Line) -> Block | None:
        """A member of a list numbered `1.` that is set further in than the paragraph it belongs to."""
        match = self._out.paragraph(line)
        below = self._so_far.open
        if not match or not below or match["decimal"] or match["suffix"]:
            return None
        number = markers.number_of(match)[0]
        last, indent = self._digits or (0, line.indent)
        if last and number == last + 1 and abs(line.indent - indent) < _SAME_INDENT:
            self._digits = (number, indent)
        elif number == 1 and below.kind == "paragraph" and below.label and below.end.endswith(":"):
            if line.indent < next(below.lines).indent + _SAME_INDENT:
                return None
            self._digits = (1, line.indent)
        else:
            return None
        return Block("item", [[line]], match["marker"], str(number), 1)

    def _ends_preamble(self, match: re.Match[str]) -> bool:
        """Whether the first number stands below a preamble, whose paragraphs end with commas."""
        below = self._so_far.open if self._so_far.is_unnumbered else None
        first = markers.number_of(match) == (1, 0) and self._so_far.numbering.paragraph is None
        return below is not None and first and markers.ENDED_OR_COMMA.search(below.end) is not None

    def _is_nowhere_else(self, index: int, match: re.Match[str]) -> bool:
        """Whether the expected number stands here only, though the text before it has no end."""
        number = markers.number_of(match)
        text = self._so_far.open.end if self._so_far.open else ""
        return (
            self._so_far.numbering.expects(number)
            and (not self._out.comes_later(index, number) or self._out.goes_on(index, number))
            and not markers.LEADS_ON.search(text)
            and not markers.ABBREVIATED.search(text)
        )

    def _unexpected(self, index: int, number: tuple[int, int]) -> tuple[str, str] | None:
        """Why a number out of sequence is a paragraph's all the same, as a warning, or None."""
        begins_annex = number == (1, 0) and self._so_far.numbering.annex
        if not self._out.is_apart(self._lines[index]) and not begins_annex:
            return None
        if number[1] and number[0] == self._scattered:
            return "number_out_of_order", f"{markers.shown(number)} stands in a list of another order"
        last = self._so_far.numbering.last
        if number == (1, 0) and (self._so_far.numbering.annex or self._restarts(index, last)):
            return "number_restart", f"numbering begins again at 1 after {last}"
        if number == (last, self._so_far.numbering.decimal):
            return "number_repeated", f"paragraph {markers.shown(number)} is printed twice"
        missing = self._so_far.numbering.missing_before(number)
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
        if self._out.is_apart(line) and self._so_far.numbering.paragraph is not None:
            self._so_far.warn("number_out_of_sequence", f"{label}. does not begin a paragraph here", line)

    def _item(self, index: int) -> Block | None:
        line = self._lines[index]
        match = self._item_marker(index)
        if not match or self._so_far.open is None or not self._so_far.may_begin(line, markers.REFERS_ON):
            return None
        label = markers.item_label_of(match)
        depth = self._so_far.numbering.next_item(label, lambda: self._next_label(index))
        if depth is None and self._so_far.open.kind == "continuation":  # a second list begins
            self._so_far.numbering.items = []
            depth = self._so_far.numbering.next_item(label, lambda: self._next_label(index))
        if depth is None and match["label"] and self._out.is_apart(line) and is_item_label(label):
            self._so_far.warn("item_sequence", f"item ({label}) is out of sequence", line)
            depth = self._so_far.numbering.irregular_item(label)
        return Block("item", [[line]], match["marker"], label, depth) if depth else None

    def _item_marker(self, index: int) -> re.Match[str] | None:
        """The marker of an item: a capital follows it, on the next line if need be, or it is set apart."""
        line = self._lines[index]
        match = markers.ITEM.match(line.text)
        if not match or self._out.is_apart(line) or markers.ITEM_OPENING.match(line.text, match.end()):
            return match
        below = self._out.next_printed(index + 1)
        alone = match.end() == len(line.text) and below < len(self._lines)
        return match if alone and markers.ITEM_OPENING.match(self._lines[below].text) else None

    def _next_label(self, index: int) -> str | None:
        following = (self._item_marker(later) for later in range(index + 1, len(self._lines)))
        labels = (markers.item_label_of(match) for match in following if match)
        return next(filter(is_item_label, labels), None)  # "arts." at the start of a line is none
