"""Page furniture: what is printed on a page and belongs to no paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.layout import Line
from corpus.markers import PARAGRAPH
from corpus.symbol import Symbol

_JOB_NUMBER = re.compile(
    r"GE\.(?:\s?\d{2}-\d{4,6}.*)?|[NVK]?\s?\d{2}-\d{5,6}(?:\s*\([A-Z](?:, ?[A-Z])*\).*)?(?:\s+\d{1,3})?"
    r"|\d{1,3}/\d{1,3}\s+\d{2}-\d{5}|\d{2}-\d{5}\s+\d{1,3}/\d{1,3}"
    r"|\d{2}-\d{5}\s.{0,12}\([A-Z]\).*|Please recycle\b.*|Digitized by .{0,20}\bLibrary"
)
_RULE = re.compile(r"[_\u2014\u2015\u2500=-]{4,}|(?:[_*-]\s){3,}[_*-]?|\*{5,}")
_BARCODE = re.compile(r"\*\s?\d{6,9}\s?\*")
# Bar codes are set in a symbol font, whose characters extractors put into the private use area.
_SYMBOL_FONT = {0xF000 + code: code for code in range(0x20, 0x7F)}
_DASHED_NUMBER = re.compile(r"[-–—]\s*\d{1,4}\s*[-–—]")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?|English|/\.\.\.", re.IGNORECASE)
_NOTICE = re.compile(
    r"Distr\.:?.*|Original:?\s.*|Advance\s+[Uu]nedited\s+[Vv]ersion"
    r"|ADVANCE\s+UNEDITED\s+VERSION|United\s+Nations"
)
# A table of contents: its heading, and entries that end with dot leaders, a page number, or both.
_CONTENTS = re.compile(r"(?:Table of )?contents|CONTENTS", re.IGNORECASE)
_ENTRY = re.compile(r"(?:\.\s?){4,}|…{2,}|(?<=[\w)*])\s+\d{1,3}$|^(?:Page|Paragraphs?(?:\s+Page)?|Chapter)$")
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}")
_ENTRY_LINES = 3  # lines that an entry may run over
_MIN_ENTRIES = 3


def is_blank_job_number(line: Line) -> bool:
    """Whether it is a job number without its digits, which means the text is not yet issued."""
    return line.text == "GE."


def is_rule(text: str) -> bool:
    """Whether a line is drawn with characters, as above footnotes and at the end of a document."""
    return _RULE.fullmatch(text) is not None


def is_furniture(text: str, *, page_edge: bool) -> bool:
    """Whether a line of this text is furniture; a page number is one only at the edge of a page."""
    text = text.translate(_SYMBOL_FONT)
    if is_rule(text) or _DASHED_NUMBER.fullmatch(text):
        return True
    if _JOB_NUMBER.fullmatch(text) or _BARCODE.fullmatch(text) or _NOTICE.fullmatch(text):
        return True
    if page_edge and _PAGE_NUMBER.fullmatch(text):
        return True
    return any(start == 0 and end == len(text) for _, start, end in Symbol.find_all(text))


def contents(lines: Sequence[Line]) -> frozenset[int]:
    """Numbers of the lines of a table of contents: from its heading to the last line with a page number."""
    first = next((i for i, line in enumerate(lines[:200]) if _CONTENTS.fullmatch(line.text)), None)
    if first is None:
        return frozenset()
    last, entries, missed = first, 0, 0
    for index in range(first + 1, len(lines)):
        line = lines[index]
        below = lines[index + 1].text if index + 1 < len(lines) else ""
        # the first line of a paragraph may end with a number too, and what follows it tells
        entry = _ENTRY.search(line.text) and (
            _LEADERS.search(line.text) or not PARAGRAPH.match(line.text) or _ENTRY.search(below)
        )
        if entry or line.margin:
            entries += not line.margin
            last, missed = index, 0
        elif PARAGRAPH.match(line.text) or line.page != lines[last].page or missed == _ENTRY_LINES:
            break
        else:
            missed += 1
    if entries < _MIN_ENTRIES:
        return frozenset()
    return frozenset(line.number for line in lines[first : last + 1])
