"""The lines that a reader found one by one become a text that they partition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from corpus.layout import Line, Reading


def assemble(found: Iterable[Line], warnings: Iterable[str] = ()) -> Reading:
    """Put lines below each other; the calls of each count from its beginning."""
    lines: list[Line] = []
    pieces: list[str] = []
    position = 0
    for line in found:
        end = position + len(line.text) + 1
        calls = tuple((position + start, position + stop) for start, stop in line.calls)
        lines.append(replace(line, start=position, end=end, number=len(lines) + 1, calls=calls))
        pieces.append(f"{line.text}\n")
        position = end
    return Reading("".join(pieces), tuple(lines), tuple(warnings))


def stripped(text: str, calls: Iterable[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text without the space around it, and the calls where they stand in it then."""
    cut = len(text) - len(text.lstrip())
    return text.strip(), tuple((start - cut, end - cut) for start, end in calls)
