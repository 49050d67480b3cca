"""Footnotes of texts whose layout does not show them: found by a rule above them, or by their calls.

Where sizes are known the reader has told notes and calls apart by them. Plain text has only the
marks: a line of underscores with notes below it, `1/ A/48/803.`, or a number that goes on with the
notes before it at the foot of a page and is also printed against a word above, `joy”.1`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.furniture import is_furniture, is_rule
from corpus.layout import Line, Reading
from corpus.markers import MONTHS, PARAGRAPH

_AFTER_RULE = re.compile(r"(?P<mark>\d{1,3}|[a-z]|\*{1,4}|†|‡)[/)]?\s+(?=\S)")
_NUMBERED = re.compile(rf"(?P<mark>\d{{1,3}})(?:\s+(?!(?:{MONTHS})\b)(?=[A-Z“\"(]|www|http)|$)")
_MISSED = 3  # how far a note may be ahead of the last that was found
_UNIT = re.compile(r"\b[kcm]?m\s?$")
_SLASHED_CALL = re.compile(r"(?<![\w/.])(\d{1,3}|[a-z])/(?=[\s.,;:)]|$)")
_GLUED_CALL = re.compile(
    r"(?<=[A-Za-zÀ-ÿ.,;:”\"’)\]])(?<!(?<!\b[12]\d\d)\d\.)(?<!(?<!\b[12]\d\d)\d,)(\d{1,3})(?=[\s.,;:)]|$)"
)


@dataclass(frozen=True, slots=True)
class _Notes:
    """The notes found: the mark of the note of each line, by its number, and where notes begin."""

    marks: dict[int, str]
    starts: frozenset[int]


def with_notes(reading: Reading) -> tuple[Line, ...]:
    """The lines with their footnotes and calls marked; those that a reader has marked stay as they are."""
    lines = reading.lines
    if any(line.note is not None or line.calls for line in lines):
        return tuple(_with_real_calls(lines, reading.text))
    if found := _below_rules(lines):
        return tuple(_marked(lines, found, _SLASHED_CALL, reading.text))
    if all(line.size is None for line in lines) and (found := _at_feet(lines)):
        return tuple(_marked(lines, found, _GLUED_CALL, reading.text))
    return lines


def _with_real_calls(lines: Sequence[Line], text: str) -> Iterator[Line]:
    """The lines without raised letters and digits that call nothing: `n° 6`, `26th`, `m²`."""
    marks = {line.note for line in lines}
    for line in lines:
        calls = tuple(
            (start, end)
            for start, end in line.calls
            if text[start:end] in marks
            or not (text[start:end].isalpha() or _UNIT.search(text, max(0, start - 4), start))
        )
        yield line if calls == line.calls else replace(line, calls=calls)


def _below_rules(lines: Sequence[Line]) -> _Notes | None:
    """The notes between a rule and the end of its page, or of the lines that follow each other."""
    marks: dict[int, str] = {}
    starts: set[int] = set()
    mark: str | None = None
    below = False
    blank = False
    for line in lines:
        if line.page_top:
            below = False
        if line.blank:
            blank = True
            continue
        if is_rule(line.text):
            below, mark = True, None
        elif below and not is_furniture(line.text, page_edge=True):
            match = _AFTER_RULE.match(line.text)
            if match:
                mark = match["mark"]
                starts.add(line.number)
            elif mark is None or (blank and line.page is None):
                below = False  # a rule under a title, or the text goes on without a page break
            if below and mark is not None:
                marks[line.number] = mark
        blank = False
    return _Notes(marks, frozenset(starts)) if marks else None


def _at_feet(lines: Sequence[Line]) -> _Notes | None:
    """The notes at the feet of pages: numbers that go on from page to page and are called above."""
    if not any(line.page for line in lines):
        return None
    marks: dict[int, str] = {}
    starts: set[int] = set()
    expected = 1
    for page in _pages(lines):
        first = _first_note(page, expected)
        if first is None:
            continue
        mark = ""
        for line in page[first:]:
            if is_furniture(line.text, page_edge=not _NUMBERED.match(line.text)):
                continue
            match = _NUMBERED.match(line.text)
            if match and expected <= int(match["mark"]) < expected + _MISSED:
                mark = match["mark"]
                starts.add(line.number)
                expected = int(mark) + 1
            marks[line.number] = mark
    return _Notes(marks, frozenset(starts)) if marks else None


def _pages(lines: Sequence[Line]) -> Iterator[list[Line]]:
    page: list[Line] = []
    for line in lines:
        if page and line.page != page[0].page:
            yield page
            page = []
        if not line.blank:
            page.append(line)
    yield page


def _first_note(page: Sequence[Line], expected: int) -> int | None:
    """Where on a page the note with this number begins: a line whose number is called above it."""
    calls: set[str] = set()
    for index, line in enumerate(page):
        match = _NUMBERED.match(line.text)
        near = match is not None and expected <= int(match["mark"]) < expected + _MISSED
        called = match is not None and near and match["mark"] in calls
        if called and not any(PARAGRAPH.match(below.text) for below in page[index:]):
            return index
        calls |= {match[1] for match in _GLUED_CALL.finditer(line.text)}
    return None


def _marked(lines: Sequence[Line], notes: _Notes, pattern: re.Pattern[str], text: str) -> Iterator[Line]:
    known = set(notes.marks.values())
    for line in lines:
        if line.number in notes.marks:
            yield replace(line, note=notes.marks[line.number], note_start=line.number in notes.starts)
        else:
            calls = tuple(
                match.span() for match in pattern.finditer(text, line.start, line.end) if match[1] in known
            )
            yield replace(line, calls=calls) if calls else line
