"""The lines of a plain text, and the blocks that blank lines part them into."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_LINE = re.compile(r"[^\n\r\f]*(?:\r\n|[\n\r\f]|\Z)")
_TAB = 4  # columns
_QUOTED = re.compile(r"(?:>[ \t]?)+")  # as mail quotes


@dataclass(frozen=True, slots=True)
class TextLine:
    """A printed line; `start` to `end` is what is printed on it, without the space and `>` around it."""

    start: int
    end: int
    number: int
    indent: int
    quoted: bool = False
    new_page: bool = False

    def after(self, characters: int) -> TextLine:
        """The line without its first characters."""
        return replace(self, start=self.start + characters)


@dataclass(slots=True)
class TextBlock:
    """Lines that follow each other without a blank one between them."""

    lines: list[TextLine]

    @property
    def indent(self) -> int:
        """How far in the line stands that is set in least, in columns."""
        return min(line.indent for line in self.lines)


def text_blocks(text: str) -> Iterator[TextBlock]:
    """The blocks of a text; a form feed begins one too, and so does a change to or from quoted mail."""
    lines: list[TextLine] = []
    new_page = False
    number = 1
    for match in _LINE.finditer(text):
        line = _line(match[0], match.start(), number, new_page)
        if lines and (line is None or line.quoted != lines[-1].quoted or line.new_page):
            yield TextBlock(lines)
            lines = []
        if line is not None:
            lines.append(line)
            new_page = False
        new_page = new_page or match[0].endswith("\f")
        number += match[0].endswith(("\n", "\r"))
    if lines:
        yield TextBlock(lines)


def _line(raw: str, position: int, number: int, new_page: bool) -> TextLine | None:
    """A line, None for a blank one."""
    bare = raw.strip()
    lead = raw[: len(raw) - len(raw.lstrip())]
    quote = _QUOTED.match(bare)
    if not bare or (quote and quote.end() == len(bare)):
        return None
    start = position + len(lead)
    end = start + len(bare)
    start += quote.end() if quote else 0
    return TextLine(start, end, number, len(lead.expandtabs(_TAB)), quote is not None, new_page)
