"""Drafts in plain text: blank lines part the paragraphs, indentation sets block quotations apart."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.checking.draft import Draft, Part, PartKind
from assistant.checking.gathering import Gathered, Span, behind_word, line_prefix, merged, told_apart
from assistant.checking.quotations import cited_at_end
from assistant.checking.text_lines import TextBlock, text_blocks
from assistant.checking.text_notes import find_notes
from corpus.furniture import is_rule

_SET_IN = 4  # columns by which a block quotation is set in at least
_ITEM = re.compile(r"(?:[-*•–—◦▪·]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxl]{1,6})[.)]|\[\d{1,3}\])\s")
_NUMBER = re.compile(r"\d{1,3}[.)]\s")
_UNDERLINE = re.compile(r"=+|-+|~+|\^+")
_ENDS_SENTENCE = re.compile(r"[.!?;][\s”’\"')\]]{0,4}(?:\[\d{1,3}\])?$")
_LONGEST_END = 12  # characters of a full stop with what stands behind it


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
    flush = _goes_on_at_margin(text, blocks, usual)
    item: _Item | None = None
    for block in blocks:
        words = text[block.lines[0].start : block.lines[0].end]
        is_item = _ITEM.match(words) is not None
        set_in = block.indent >= usual + _SET_IN and (len(block.lines) > 1 or not first_set_in)
        kind: PartKind = "text"
        if block.lines[0].quoted or (
            set_in and not is_item and (item is None or _is_led_in(text, item, block, flush=flush))
        ):
            kind = "quote"
        elif _is_underlined(text, block):
            kind, block = "heading", TextBlock(block.lines[:1])
        if is_item:
            item = _Item(block, not set_in and _NUMBER.match(words) is not None)
        elif not set_in:
            item = None
        if len(block.lines) > 1 or not is_rule(words):
            yield _part(text, kind, block, marks)


@dataclass(frozen=True, slots=True)
class _Item:
    """A paragraph with a number or a sign of a list, below which blocks are set in."""

    block: TextBlock
    numbered_at_margin: bool


def _is_led_in(text: str, item: _Item, block: TextBlock, *, flush: bool) -> bool:
    """Whether a block set in below an item is a quotation that it leads in, and no more of the item.

    Items of lists go on further in. A numbered paragraph goes on at the margin: where those of the text
    are seen to, as `flush` says, what is set in below one is a quotation if the paragraph breaks off before
    it or it ends with its source; else it must be both.
    """
    if not item.numbered_at_margin or _goes_on_set_in(item.block):
        return False
    last = item.block.lines[-1]
    breaks_off = not _ENDS_SENTENCE.search(text, max(last.start, last.end - _LONGEST_END), last.end)
    has_source = cited_at_end(text[block.lines[0].start : block.lines[-1].end]) is not None
    return breaks_off or has_source if flush else breaks_off and has_source


def _goes_on_set_in(block: TextBlock) -> bool:
    return any(line.indent > block.lines[0].indent for line in block.lines[1:])


def _goes_on_at_margin(text: str, blocks: Sequence[TextBlock], usual: int) -> bool:
    """Whether numbered paragraphs of several lines at the margin go on there, most of them."""
    long = [
        block
        for block in blocks
        if len(block.lines) > 1
        and block.indent < usual + _SET_IN
        and _NUMBER.match(text, block.lines[0].start, block.lines[0].end)
    ]
    return 2 * sum(map(_goes_on_set_in, long)) < len(long)


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
