"""Plain text: the encoding is detected, and page breaks are found from their traces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.errors import SourceEmpty, SourceNotText
from corpus.layout import Line, Reading
from corpus.readers.decoding import decode

_LINE = re.compile(r"[^\n\r\f]*(?:\r\n|[\n\r\f])?")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# Pages of UN documents have 40 to 60 lines; a trace that gives others is no page break.
_PAGE_LINES = range(30, 80)


def read_text(data: bytes, name: str) -> Reading:
    """Read a plain-text file; raises `SourceNotText` for binary content and `SourceEmpty`."""
    text = text_of(data, name)
    lines = list(_lines(text))
    return Reading(text, tuple(lines if "\f" in text else _with_traced_pages(lines)))


def text_of(data: bytes, name: str) -> str:
    """The characters of a plain-text file; raises `SourceNotText` for binary content and `SourceEmpty`."""
    text = decode(data)
    # a text has a control character here and there at most; programs and pictures are full of them
    if text is None or len(_CONTROL.findall(text)) > max(4, len(text) // 100):
        raise SourceNotText(f"{name} is not a text file.", "Give a document or a plain-text file.")
    if not text.strip():
        raise SourceEmpty(f"{name} has no text in it.", "Give a file with text in it.")
    return text


def _lines(text: str) -> Iterator[Line]:
    page = 1 if "\f" in text else None
    page_top = page is not None
    for number, match in enumerate(_LINE.finditer(text), 1):
        raw = match[0]
        if not raw:
            return
        stripped = raw.strip()
        indent = len(raw) - len(raw.lstrip()) if stripped else 0
        yield Line(stripped, match.start(), match.end(), number, indent, page, page_top)
        page_top = raw.endswith("\f")
        if page is not None and page_top:
            page += 1


def _with_traced_pages(lines: list[Line]) -> list[Line]:
    """Find the page breaks of a text without form feeds from the indented lines they leave.

    Text extracted from paged documents often keeps one extra space before the first line of a page
    and no blank line before it. Indented lines after a blank line mean something else, and unless
    every such line makes pages of a usual length, none is taken for a page break.
    """
    tops = [
        index
        for index, line in enumerate(lines)
        if index and line.text and line.indent and lines[index - 1].text
    ]
    lengths = [after - before for before, after in zip([0, *tops], tops, strict=False)]
    if not tops or any(length not in _PAGE_LINES for length in lengths):
        return lines
    paged, page = [], 1
    for index, line in enumerate(lines):
        top = index in tops
        page += top
        paged.append(replace(line, indent=line.indent - top, page=page, page_top=top or index == 0))
    return paged
