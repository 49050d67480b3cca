"""Drafts in plain text: blank lines part the paragraphs, indentation sets block quotations apart."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.checking.draft import Draft, Part, PartKind
from assistant.checking.gathering import Gathered, Span, behind_word, line_prefix, merged, told_apart
from assistant.checking.text_lines import TextBlock, text_blocks
from assistant.checking.text_notes import find_notes
from corpus.furniture import is_rule

_SET_IN = 4  # columns by which a block quotation is set in at least
_ITEM = re.compile(r"(?:[-*•–—◦▪·]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxl]{1,6})[.)]|\[\d{1,3}\])\s")
_UNDERLINE = re.compile(r"=+|-+|~+|\^+")


def text_draft(text: str, name: str, sha256: str) -> Draft:
    """The draft that a plain text is."""
    body, notes, calls = find_notes(text, list(text_blocks(text)))
    gathered = Gathered()
    gathered.calls = [(behind_word(text, call.start), str(call.note)) for call in calls]
    gathered.body = list(_parts(text, body, [(call.start, call.end) for call in calls]))
    for key, note in enumerate(notes):
        gathered.notes[str(key)] = [_part(text, "note", block, note=str(key)) for block in note.blocks]
    marks = {str(key): note.mark for key, note in enumerate(notes)}
    parts, called = gathered.arranged(
        lambda keys: told_apart((key, marks[key], f"second {marks[key]}") for key in keys)
    )
    return Draft(name, "text", text, parts, called, (), sha256)


def _parts(text: str, blocks: Sequence[TextBlock], marks: Sequence[Span]) -> Iterator[Part]:
    """The parts of the text above and between the notes; `marks` are those that call notes."""
    usual, first_set_in = _usual_indent(blocks), _sets_first_lines_in(blocks)
    after_item = False
    for block in blocks:
        words = text[block.lines[0].start : block.lines[0].end]
        item = _ITEM.match(words) is not None
        set_in = block.indent >= usual + _SET_IN and (len(block.lines) > 1 or not first_set_in)
        kind: PartKind = "text"
        if block.lines[0].quoted or (set_in and not item and not after_item):
            kind = "quote"
        elif _is_underlined(text, block):
            kind, block = "heading", TextBlock(block.lines[:1])
        after_item = item or (after_item and set_in)
        if len(block.lines) > 1 or not is_rule(words):
            yield _part(text, kind, block, marks)


def _usual_indent(blocks: Sequence[TextBlock]) -> int:
    """How far in most lines stand."""
    counts = Counter(line.indent for block in blocks for line in block.lines if not line.quoted)
    return min(counts, key=lambda indent: (-counts[indent], indent), default=0)


def _sets_first_lines_in(blocks: Sequence[TextBlock]) -> bool:
    """Whether paragraphs begin further in than they go on, so that one of a single line shows nothing."""
    long = [block.lines for block in blocks if len(block.lines) > 1 and not block.lines[0].quoted]
    return 3 * sum(lines[0].indent > lines[1].indent for lines in long) > len(long)


def _is_underlined(text: str, block: TextBlock) -> bool:
    if len(block.lines) != 2:
        return False
    title, below = (text[line.start : line.end] for line in block.lines)
    return _UNDERLINE.fullmatch(below) is not None and len(below) >= max(3, len(title) // 2)


def _part(
    text: str, kind: PartKind, block: TextBlock, marks: Sequence[Span] = (), note: str | None = None
) -> Part:
    start, end = block.lines[0].start, block.lines[-1].end
    prefixes = [line_prefix(text, before.end, after.start) for before, after in pairwise(block.lines)]
    inside = marks[bisect_left(marks, (start, start)) : bisect_left(marks, (end, end))]
    return Part(kind, start, end, merged([*prefixes, *inside]), note, block.lines[0].number)
