"""Units that share a line: a list that begins on the line of its paragraph, a lost line break."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.layout import Line
from corpus.markers import OPENING, PARAGRAPH, number_of

_ITEM = rf"(?=\([a-z]{{1,4}}\)\s*(?:\(|{OPENING}))"
# "12. (a) The State party" and "(a) (i) Laws": what stands before a marker is only another marker.
_MARKERS = re.compile(rf"(?:\d{{1,4}}\.\s*{_ITEM})|(?:\([a-z]{{1,4}}\)\s*{_ITEM})")
# "joy”.1 2. The digital": a sentence, perhaps with the call of a footnote, and a number after it.
_NUMBER = re.compile(rf"(?<=[.”\"’)?!])\d{{0,3}}\s+(?=(\d{{1,4}})\.\s+{OPENING})")


def split_fused(lines: Sequence[Line], text: str) -> tuple[Line, ...]:
    """The lines, those that hold several units divided where each begins.

    A number within a line begins a paragraph only where none of the lines does so with it, though
    lines with the numbers before and after it do.
    """
    split: list[Line] = []
    numbers = {
        number_of(match)[0] for line in lines if line.note is None and (match := PARAGRAPH.match(line.text))
    }
    for line in lines:
        if line.note is not None or line.margin:
            split.append(line)
        else:
            positions = sorted({*_after_markers(line, text), *_at_numbers(line, text, numbers)})
            split += _parts(line, text, positions) if positions else [line]
    return tuple(split)


def _after_markers(line: Line, text: str) -> Iterator[int]:
    """Where markers begin that stand right behind another at the start of the line."""
    position = text.index(line.text, line.start) if line.text else line.end
    while match := _MARKERS.match(text, position, line.end):
        position = match.end()
        yield position


def _at_numbers(line: Line, text: str, numbers: set[int]) -> Iterator[int]:
    for match in _NUMBER.finditer(text, line.start, line.end):
        number = int(match[1])
        follows = number - 1 in numbers or number == 1
        goes_on = number + 1 in numbers or (number - 1 in numbers and max(numbers) == number - 1)
        if number not in numbers and follows and goes_on:
            yield match.end()


def _parts(line: Line, text: str, positions: Sequence[int]) -> Iterator[Line]:
    bounds = [line.start, *positions, line.end]
    for start, end in pairwise(bounds):
        calls = tuple(call for call in line.calls if start <= call[0] and call[1] <= end)
        first = start == line.start
        yield replace(
            line, text=text[start:end].strip(), start=start, end=end, calls=calls,
            page_top=line.page_top and first, apart=line.apart if first else True,
        )  # fmt: skip
