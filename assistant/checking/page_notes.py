"""Notes at the end of a PDF file, which nothing but their numbers shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.layout import Line

_NUMBERED = re.compile(r"\[?(\d{1,3})[\].)]?\s+(?=\S)")
_BRACKETED = re.compile(r"(?<=\S)\[\d{1,3}\]")
_TRIED = 20  # lines with the number 1, from the last, with which the notes may begin
_CALLED = 0.8  # share of the notes whose marks are printed in the text above, raised or in brackets
_FEWEST = 2


def with_notes_at_end(lines: Sequence[Line], text: str) -> list[Line]:
    """The lines, those at the end marked as notes that have the numbers called in the text above them."""
    if any(line.note is not None for line in lines):
        return list(lines)
    above = [replace(line, calls=_calls(line, text)) for line in lines]
    called = {text[start:end].strip("[]") for line in above for start, end in line.calls}
    firsts = [index for index, line in enumerate(lines) if _number(line) == 1]
    for first in reversed(firsts[-_TRIED:]):
        notes = _numbered_from(lines[first:])
        last = int(notes[-1].note or 0)
        if last >= _FEWEST and sum(str(n + 1) in called for n in range(last)) >= _CALLED * last:
            return [*above[:first], *notes]
    return list(lines)


def _calls(line: Line, text: str) -> tuple[tuple[int, int], ...]:
    """The raised marks of a line and the numbers in brackets, which are raised or not."""
    bracketed = [match.span() for match in _BRACKETED.finditer(text, line.start, line.end)]
    raised = [call for call in line.calls if not any(start <= call[0] < end for start, end in bracketed)]
    return tuple(sorted((*bracketed, *raised)))


def _numbered_from(lines: Sequence[Line]) -> list[Line]:
    """The lines as notes, each from the line with the next number on."""
    notes: list[Line] = []
    number = 0
    for line in lines:
        starts = _number(line) == number + 1
        number += starts
        notes.append(replace(line, note=str(number), note_start=starts, calls=()))
    return notes


def _number(line: Line) -> int | None:
    match = _NUMBERED.match(line.text)
    return int(match[1]) if match else None
