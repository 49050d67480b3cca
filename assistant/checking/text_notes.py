"""The notes of a plain text: below a rule or a heading, or at its end with their marks in brackets.

Numbered paragraphs look like notes, so that notes are only those whose marks are printed in the text above.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.checking.text_lines import TextBlock, TextLine
from corpus.furniture import is_rule

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DIGITS = str.maketrans(_RAISED, "0123456789")
_HEADING = re.compile(r"(?:end|foot)?notes:?", re.IGNORECASE)
_BRACKETED = re.compile(r"\[(\d{1,3})\]\s*(?=\S)")
_LIFTED = re.compile(rf"([{_RAISED}]{{1,3}})\s*(?=\S)")
_NUMBERED = re.compile(r"(\d{1,3})[.)/]?\s+(?=\S)")
_CALL = re.compile(rf"\[(\d{{1,3}})\]|(?<![kcm]m)(?<!\bm)([{_RAISED}]{{1,3}})")
# a number against the end of a word or of a sentence, and none of a date, a time or a decimal
_AGAINST = re.compile(r"(?<=[A-Za-zÀ-ÿ”\"’)\]])(?:[.,;:])?(\d{1,3})(?=[\s.,;:)]|\Z)")


@dataclass(slots=True)
class TextNote:
    """A note: its printed mark, its paragraphs, and how many sections of notes are above its own."""

    mark: str
    blocks: list[TextBlock]
    section: int


@dataclass(slots=True)
class _Section:
    """Notes below each other, from `start` on."""

    start: int
    blocks: list[TextBlock] = field(default_factory=list)
    notes: list[TextNote] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Call:
    """A mark printed in the text, and the index of the note that it calls."""

    start: int
    end: int
    note: int


def find_notes(text: str, blocks: Sequence[TextBlock]) -> tuple[list[TextBlock], list[TextNote], list[Call]]:
    """The blocks that are no notes, the notes, and their calls."""
    sections = list(_sections(text, blocks))
    within = {id(block) for section in sections for block in section.blocks}
    body = [block for block in blocks if id(block) not in within]
    notes = [note for section in sections for note in section.notes]
    calls = list(_calls(text, body, notes, [section.start for section in sections]))
    called = {call.note for call in calls}
    if 2 * len(called) < len(notes):
        return list(blocks), [], []
    return body, notes, calls


def _sections(text: str, blocks: Sequence[TextBlock]) -> Iterator[_Section]:
    section: _Section | None = None
    for index, block in enumerate(blocks):
        first = block.lines[0]
        if section is not None and (first.new_page or not _goes_on(text, section, block)):
            yield section
            section = None
        if section is None and (lines := _opening(text, blocks, index)) is not None:
            section = _Section(first.start, [block])
            _take(text, section, lines)
        elif section is not None:
            section.blocks.append(block)
            _take(text, section, block.lines)
    if section is not None:
        yield section


def _opening(text: str, blocks: Sequence[TextBlock], index: int) -> list[TextLine] | None:
    """The lines of notes with which a section begins here, without what stands above them; or None."""
    lines = blocks[index].lines
    words = _words(text, lines[0])
    if is_rule(words) or _HEADING.fullmatch(words):
        below = lines[1:] or (blocks[index + 1].lines if index + 1 < len(blocks) else [])
        return lines[1:] if below and _mark(text, below[0]) else None
    mark = _BRACKETED.match(words) or _LIFTED.match(words)
    return lines if mark and _number(mark[1]) == 1 else None


def _goes_on(text: str, section: _Section, block: TextBlock) -> bool:
    """Whether a block is of the notes above it: it has the next mark, or is set in as a further paragraph."""
    if not section.notes:
        return True
    mark = _mark(text, block.lines[0])
    return (mark is not None and mark[0] == int(section.notes[-1].mark) + 1) or block.lines[0].indent > 0


def _take(text: str, section: _Section, lines: Sequence[TextLine]) -> None:
    """Add lines to the notes: each begins one where it has the next mark."""
    fresh = True
    for line in lines:
        mark = _mark(text, line)
        if mark and (not section.notes or mark[0] == int(section.notes[-1].mark) + 1):
            section.notes.append(TextNote(str(mark[0]), [TextBlock([line.after(mark[1])])], section.start))
        elif fresh:
            section.notes[-1].blocks.append(TextBlock([line]))
        else:
            section.notes[-1].blocks[-1].lines.append(line)
        fresh = False


def _mark(text: str, line: TextLine) -> tuple[int, int] | None:
    """The number with which a note begins, and how many characters it takes with the space behind it."""
    words = _words(text, line)
    match = _BRACKETED.match(words) or _LIFTED.match(words) or _NUMBERED.match(words)
    return (_number(match[1]), match.end()) if match else None


def _calls(
    text: str, body: Sequence[TextBlock], notes: Sequence[TextNote], sections: Sequence[int]
) -> Iterator[Call]:
    """The marks in the text that call a note: in brackets or raised, else numbers against words, in order."""
    if not notes:
        return
    by_mark: dict[tuple[int, str], int] = {}
    for index, entry in enumerate(notes):
        by_mark.setdefault((entry.section, entry.mark), index)
    stretches = [(block.lines[0].start, block.lines[-1].end) for block in body]
    found = False
    for start, end in stretches:
        for match in _CALL.finditer(text, start, end):
            mark = str(_number(match[1] or match[2]))
            following = bisect_right(sections, start)
            section = sections[min(following, len(sections) - 1)]
            if (note := by_mark.get((section, mark))) is not None:
                found = True
                yield Call(*match.span(), note)
    if not found:
        yield from _against_words(text, stretches, notes)


def _against_words(
    text: str, stretches: Sequence[tuple[int, int]], notes: Sequence[TextNote]
) -> Iterator[Call]:
    expected = 0
    for start, end in stretches:
        for match in _AGAINST.finditer(text, start, end):
            if expected < len(notes) and match[1] == notes[expected].mark:
                yield Call(*match.span(1), expected)
                expected += 1


def _number(mark: str) -> int:
    return int(mark.translate(_DIGITS))


def _words(text: str, line: TextLine) -> str:
    return text[line.start : line.end]
