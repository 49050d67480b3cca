"""Page furniture: what is printed on a page and belongs to no paragraph."""

from __future__ import annotations

import re

from corpus.layout import Line
from corpus.symbol import Symbol

_JOB_NUMBER = re.compile(r"GE\.(?:\s?\d{2}-\d{4,6}.*)?|\d{2}-\d{5}\s*\(E\).*")
_BARCODE = re.compile(r"\*\s?\d{6,9}\s?\*")
# Bar codes are set in a symbol font, whose characters extractors put into the private use area.
_SYMBOL_FONT = {0xF000 + code: code for code in range(0x20, 0x7F)}
_PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?", re.IGNORECASE)
_NOTICE = re.compile(
    r"Distr\.:?.*|Original:?\s.*|Advance\s+[Uu]nedited\s+[Vv]ersion"
    r"|ADVANCE\s+UNEDITED\s+VERSION|United\s+Nations"
)


def is_blank_job_number(line: Line) -> bool:
    """Whether it is a job number without its digits, which means the text is not yet issued."""
    return line.text == "GE."


def is_furniture(line: Line, *, page_edge: bool) -> bool:
    """Whether a line is furniture; a page number is one only at the edge of a page."""
    text = line.text.translate(_SYMBOL_FONT)
    if _JOB_NUMBER.fullmatch(text) or _BARCODE.fullmatch(text) or _NOTICE.fullmatch(text):
        return True
    if page_edge and _PAGE_NUMBER.fullmatch(text):
        return True
    return any(start == 0 and end == len(text) for _, start, end in Symbol.find_all(text))
