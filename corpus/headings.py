"""Which lines are headings: by their numbers, by the format, or by their place and letters."""

from __future__ import annotations

import re

from corpus import markers
from corpus.block import Block, Progress
from corpus.layout import Line
from corpus.lookout import text_of
from corpus.markers import reads_as_heading, reads_as_text


class Headings:
    """Finds headings among lines, by what has been read so far and what comes after."""

    def __init__(self, so_far: Progress) -> None:
        self._so_far = so_far
        self._out = so_far.out
        self._lines = so_far.out.lines
        self._masthead_end = so_far.out.masthead_end()

    def at(self, index: int) -> Block | None:
        """The heading whose first line is at `index`, if one begins there."""
        if index < self._masthead_end and not self._stands_out(index):
            return None
        return self._declared(index) or self._numbered(index) or self._plain(index)

    def _declared(self, index: int) -> Block | None:
        """A line that the format itself calls a heading, below the title."""
        line = self._lines[index]
        if line.heading is None or not self._past_title(line):
            return None
        match = markers.HEADING.match(line.text)
        numbered = self._in_sequence(match, [line]) if match else None
        if numbered:
            numbered.level = line.heading
        return numbered or Block("heading", [[line]], level=line.heading)

    def _numbered(self, index: int) -> Block | None:
        line = self._lines[index]
        alone = markers.HEADING_ALONE.fullmatch(line.text)
        match = alone or markers.HEADING.match(line.text)
        if not match or not self._so_far.may_begin(line):
            return None
        lines = [line, *self._below(index)] if alone else self._out.group(index)
        return self._in_sequence(match, lines) if reads_as_heading(text_of(lines)) else None

    def _below(self, index: int) -> list[Line]:
        """The words of a heading whose number stands alone at `index`."""
        below = self._out.next_printed(index + 1)
        if below != index + 1 or below >= len(self._lines):
            return []
        lines = self._out.group(below)
        return lines if re.match(markers.OPENING, lines[0].text) else []

    def _in_sequence(self, match: re.Match[str], lines: list[Line]) -> Block | None:
        number = match["number"]
        found = self._so_far.numbering.next_heading(number)
        if found is None:
            return None
        if found.problem:
            self._so_far.warn(*found.problem, lines[0])
        return Block("heading", [lines], match["marker"], number, found.level)

    def with_digit(self, index: int) -> Block | None:
        """A heading numbered `1.` below lettered ones: the paragraph below it has the number expected."""
        match = self._out.paragraph(self._lines[index])
        if not match or not match["number"] or match["decimal"] or not self._out.is_apart(self._lines[index]):
            return None
        lines = self._out.group(index)
        follows = self._next_number(index + len(lines))
        if not follows or not self._so_far.numbering.expects(follows):
            return None
        number = int(match["number"])
        if not reads_as_heading(text_of(lines)) or not self._so_far.numbering.next_digit_heading(number):
            return None
        return Block("heading", [lines], match["marker"], match["number"], 3)

    def _plain(self, index: int) -> Block | None:
        """A heading without a number: set apart, not a sentence, and followed by a paragraph."""
        line = self._lines[index]
        # the space above the first line of a page is lost, so there the words alone must do
        apart = self._out.is_apart(line) or (line.page_top and self._so_far.has_ended) or self._is_after_one()
        if not apart or not (re.match(markers.OPENING, line.text) or self._stands_out(index)):
            return None
        if not (self._past_title(line) and not self._is_of_title(line)) and not self._stands_out(index):
            return None
        if not (self._so_far.has_ended or line.apart or self._out.is_indented(line)):
            return None
        lines = self._out.group(index)
        is_annex = markers.ANNEX.match(line.text) is not None
        annex = is_annex or self._so_far.numbering.annex
        if not reads_as_heading(text_of(lines)):
            return None
        if self._stands_out(index):
            return Block("heading", [lines], level=1)
        if self._text_follows(index + len(lines), annex) or self._is_bold(index, lines):
            return Block("heading", [lines], level=1 if is_annex else 0)
        return None

    def _is_after_one(self) -> bool:
        """Whether the line before is a heading that ends there."""
        blocks = self._so_far.blocks
        return bool(blocks) and blocks[-1].kind == "heading"

    def _stands_out(self, index: int) -> bool:
        """Whether the line is a heading by its words alone, whatever follows it."""
        text = self._lines[index].text
        if self._so_far.begun and markers.RESOLUTION.fullmatch(text):
            return self._out.is_apart(self._lines[index])
        if markers.NOTES.fullmatch(text):
            return index + 1 < len(self._lines) and self._lines[index + 1].note is not None
        return bool(markers.SUMMARY.fullmatch(text) or markers.ANNEX_ALONE.fullmatch(text))

    def _is_bold(self, index: int, lines: list[Line]) -> bool:
        """Whether bold lines stand above text that is not: a heading of unnumbered paragraphs."""
        following = self._out.next_printed(index + len(lines))
        if following >= len(self._lines) or not all(line.bold for line in lines):
            return False
        group = self._out.group(following)
        return not group[0].bold and self._out.is_apart(group[0]) and reads_as_text(text_of(group))

    def _past_title(self, line: Line) -> bool:
        """Whether the title is above, so that the line is not the title itself."""
        if self._so_far.title is not None or self._so_far.numbering.paragraph is not None:
            return True
        return self._so_far.headed and not markers.TITLE.match(line.text)

    def _text_follows(self, index: int, annex: bool) -> bool:
        """Whether the next paragraph comes here, or after no more than three other headings."""
        number = self._next_number(index)
        if number is None:
            return False
        last = self._so_far.numbering.last
        near = last < number[0] <= last + 1 + markers.MAX_GAP
        return annex or near or self._so_far.numbering.expects(number)

    def _is_of_title(self, line: Line) -> bool:
        """Whether a line is set as the title is, with nothing between that would end the masthead."""
        title = self._so_far.title
        if title is None or self._so_far.begun or line.page != title.page:
            return False
        return line.size is not None and (line.size, line.bold) == (title.size, title.bold)

    def _next_number(self, index: int) -> tuple[int, int] | None:
        """The number of the paragraph that comes here, or after no more than three headings."""
        for _ in range(4):
            index = self._out.next_printed(index)
            if index >= len(self._lines):
                return None
            line = self._lines[index]
            if match := self._out.paragraph(line):
                return markers.number_of(match)
            lines = self._out.group(index)
            if not re.match(markers.OPENING, line.text) or not reads_as_heading(text_of(lines)):
                return None
            index += len(lines)
        return None
