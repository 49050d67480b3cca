"""What the surroundings of a line say: what is set apart, what is furniture, which numbers come."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from corpus import markers
from corpus.furniture import contents, is_furniture
from corpus.layout import Line

_SMALL = 0.93  # share of the usual size; UN tables have 9 points where the text has 10
_SCATTERED = 5  # decimal numbers that make a list of their own
_MASTHEAD = 100  # lines that it has at most
_NUMERIC = frozenset("0123456789(-")  # what a paragraph's marker may begin with
_STEP = 8  # columns by which a heading of a lower level stands further in than one line of it would
_ROOM = 0.75  # share of the usual width up to which a line has room for another word
_INDENTED = 1.0  # columns or points; less is the noise of scanned pages


class Lookout:
    """The printed lines of a document, with what stands around each and further on."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = [line for line in lines if not line.blank]
        self._after_blank = _after_blank(lines)
        self._contents = contents(self.lines)
        self._furniture = _furniture(self.lines) | self._contents
        self._size = _usual_size(self.lines)
        self._width = _usual_width(self.lines)
        self._pattern = markers.PARAGRAPH
        self._lines_of = self._lines_of_each_number()
        self._choose_pattern()

    def is_furniture(self, line: Line) -> bool:
        """Whether a line belongs to the page or to the table of contents."""
        return line.number in self._furniture

    def is_apart(self, line: Line) -> bool:
        """Whether the source sets the line apart from the one before it."""
        if line.apart is not None:
            return line.apart
        return line.number in self._after_blank or (line.page_top and self.is_indented(line))

    def is_small(self, line: Line) -> bool:
        """Whether the line is set smaller than the text, as tables and captions are."""
        return line.size is not None and line.size < _SMALL * self._size and line.note is None

    def is_indented(self, line: Line) -> bool:
        """Whether the line begins elsewhere than running text does."""
        return abs(line.indent) >= _INDENTED

    def paragraph(self, line: Line) -> re.Match[str] | None:
        """The marker of a paragraph at the start of a line, in the form the document prints them."""
        if line.text[:1] not in _NUMERIC:
            return None
        match = self._pattern.match(line.text)
        if match and match["decimal"] and not re.match(markers.OPENING, line.text[match.end() :]):
            # "2.3 to abolish" is a paragraph where its place says so; "2.1 million people" is none
            return match if self.is_apart(line) and int(match["decimal"]) > 1 else None
        return match

    def first_number(self) -> int:
        """The number that paragraphs begin with: 1, or a higher one in an extract from a longer text."""
        if (1, 0) in self._lines_of or (1, 1) in self._lines_of:
            return 1
        runs = (number for number, decimal in self._lines_of if not decimal and self._run(number))
        return min(runs, default=1)

    def comes_later(self, index: int, number: tuple[int, int]) -> bool:
        """Whether a line after this one begins with the number, as a paragraph's would."""
        return any(position > index for position in self._lines_of.get(number, ())[-1:])

    def goes_on(self, index: int, number: tuple[int, int]) -> bool:
        """Whether the numbers go on from here before this one comes again."""
        again = self._next(index, number)
        following = (self._next(index, next_one) for next_one in _following(number))
        return any(position is not None and (again is None or position < again) for position in following)

    def _next(self, index: int, number: tuple[int, int]) -> int | None:
        positions = self._lines_of.get(number, [])
        later = bisect_right(positions, index)
        return positions[later] if later < len(positions) else None

    def _run(self, number: int) -> bool:
        """Whether a line set apart begins with the number, and others after it with the next two."""
        for position in self._lines_of.get((number, 0), ()):
            second = self._next(position, (number + 1, 0))
            third = None if second is None else self._next(second, (number + 2, 0))
            if third is not None and self.is_apart(self.lines[position]):
                return True
        return False

    def _choose_pattern(self) -> None:
        """Take another form of numbers where the usual one has none and that one has the first three."""
        if any((1, decimal) in self._lines_of for decimal in (0, 1)) or self.first_number() > 1:
            return
        usual = self._lines_of
        for pattern in markers.OTHER_PARAGRAPHS:
            self._pattern = pattern
            self._lines_of = self._lines_of_each_number()
            if self._run(1):
                return
        self._pattern, self._lines_of = markers.PARAGRAPH, usual

    def group(self, index: int) -> list[Line]:
        """The line at `index` and those that go on with it: up to a space or a marker."""
        lines = [self.lines[index]]
        for position in range(index + 1, len(self.lines)):
            line = self.lines[position]
            if (
                self.is_furniture(line)
                or line.note
                or self.is_apart(line)
                or line.page_top
                or self._is_marked(line)
            ):
                break
            if (line.heading is None) != (lines[0].heading is None) or self._ends_early(lines[-1], line):
                break
            lines.append(line)
        return lines

    def scattered_number(self) -> int | None:
        """The paragraph whose decimals make up a list that is not in their order, as by themes."""
        if (1, 0) in self._lines_of or (1, 1) in self._lines_of:
            return None
        wholes = Counter(number for number, decimal in self._lines_of if decimal)
        whole, count = wholes.most_common(1)[0] if wholes else (0, 0)
        return whole if count >= _SCATTERED else None

    def masthead_end(self) -> int:
        """Where the masthead ends at the earliest: at a table of contents, or where a resolution begins."""
        for index, line in enumerate(self.lines[:_MASTHEAD]):
            if line.number in self._contents or markers.ORGAN.fullmatch(line.text):
                return index
            if self.paragraph(line):
                break
        return 0

    def _ends_early(self, line: Line, below: Line) -> bool:
        """Whether a line of plain text breaks off though the next word would have had room."""
        if line.size is not None or not re.match(markers.OPENING, below.text):
            return False
        numbered = markers.HEADING.match(line.text)
        words = line.indent + (numbered.end() if numbered else _STEP)
        closed = line.text.endswith(")") or below.indent > words
        word = below.text.split(maxsplit=1)[0]
        return closed and len(line.text) + 1 + len(word) < _ROOM * self._width

    def next_printed(self, index: int) -> int:
        """The next line from `index` on that is neither furniture nor a footnote."""
        while index < len(self.lines) and (self.is_furniture(self.lines[index]) or self.lines[index].note):
            index += 1
        return index

    def _lines_of_each_number(self) -> dict[tuple[int, int], list[int]]:
        """For each number that begins a line as a paragraph's would, where it does so."""
        found: dict[tuple[int, int], list[int]] = {}
        for position, line in enumerate(self.lines):
            numeric = line.note is None and line.text[0] in _NUMERIC
            if numeric and (match := self._pattern.match(line.text)):
                found.setdefault(markers.number_of(match), []).append(position)
        return found

    def _is_marked(self, line: Line) -> bool:
        patterns = (self._pattern, markers.ITEM, markers.FOOTNOTE, markers.HEADING)
        alone = markers.HEADING_ALONE.fullmatch(line.text) is not None
        return alone or any(pattern.match(line.text) for pattern in patterns)


def text_of(lines: Sequence[Line]) -> str:
    """The text of lines, joined by spaces."""
    return " ".join(line.text for line in lines)


def _usual_size(lines: Sequence[Line]) -> float:
    """The size that most of the text has, footnotes aside."""
    weights: Counter[float] = Counter()
    for line in lines:
        if line.size is not None and line.note is None:
            weights[line.size] += len(line.text)
    return weights.most_common(1)[0][0] if weights else 0.0


def _usual_width(lines: Sequence[Line]) -> int:
    """How many characters a full line of the text has."""
    lengths = sorted(len(line.text) for line in lines)
    return lengths[int(0.9 * len(lengths))] if lengths else 0


def _following(number: tuple[int, int]) -> list[tuple[int, int]]:
    """The numbers that may come after one."""
    whole, decimal = number
    return [(whole, decimal + 1), (whole + 1, 0), (whole + 1, 1)]


def _after_blank(lines: Sequence[Line]) -> frozenset[int]:
    """Numbers of the lines with a blank line before them, the first line among them."""
    pairs = zip((None, *lines), lines, strict=False)
    return frozenset(line.number for before, line in pairs if before is None or before.blank)


def _furniture(printed: Sequence[Line]) -> frozenset[int]:
    found: set[int] = set()
    for position, line in enumerate(printed):
        neighbours = [*printed[position - 1 : position], *printed[position + 1 : position + 2]]
        edge = line.page is not None and (len(neighbours) < 2 or any(n.page != line.page for n in neighbours))
        # "page 2" below a running head stands at the edge of what is left of the page
        edge |= position > 0 and printed[position - 1].number in found
        if line.margin or (line.note is None and is_furniture(line.text, page_edge=edge)):
            found.add(line.number)
    return frozenset(found)
