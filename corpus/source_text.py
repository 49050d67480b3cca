"""Printed text made readable without losing the way back to the source.

Only three things change: line breaks become spaces, runs of spaces become one, and a word divided
at a line end is closed up. A hyphen at a line end is kept (`Tibeto-` / `Burman`), since the source
does not say whether it belongs to the word; a soft hyphen is dropped.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

_JOIN = re.compile(
    # a hyphen at a line end closes up, unless it stands for a left-out word: "short- and long-term";
    # so does one at the beginning of the next line, a dash between years, and a stroke
    r"(?P<hyphen>(?<=\w-)[^\S\n]*\r?\n\s*(?=\w)(?!(?:and|or|to|et|ou|y|e|o)\b)"
    r"|(?<=\d[\u2010\u2011\u2013])[^\S\n]*\r?\n\s*(?=\d)|(?<=\w)[^\S\n]*\r?\n[^\S\n]*(?=-\w)"
    r"|(?<=\w/)[^\S\n]*\r?\n\s*(?=\w))"
    r"|(?P<soft>\u00ad\s*|[\u200b\ufeff]+)"
    r"|(?P<space>\s+)"
)
# Where anything is to be joined: a single space between printed characters stays as it is.
_GAP = re.compile(r"[\s\u00ad\u200b\ufeff](?:(?<=[^ ])|(?=[\s\u00ad\u200b\ufeff]))[\s\u00ad\u200b\ufeff]*")


class SourceText:
    """The joined text of one or more stretches of a source, with the offset of each character.

    `segments` are (start, end) in the source, in order; what lies between them (a page number in
    the middle of a paragraph) is left out and a space stands for it. `calls` are left out too and
    nothing stands for them: marks of footnotes, which are printed against the word before.
    """

    def __init__(
        self, source: str, segments: Iterable[tuple[int, int]], calls: Sequence[tuple[int, int]] = ()
    ) -> None:
        pieces: list[str] = []
        starts: list[int] = []  # offset in the source of the first character of each piece
        pending = ""  # the space before the next piece, which text must follow
        for start, end, space_after in _between(segments, calls):
            while start < end and source[start] == " ":
                start, pending = start + 1, " "
            while start < end and source[end - 1] == " ":
                end, space_after = end - 1, " "
            position = start
            for match in (*_joints(source, start, end), None):
                stop = match.start() if match else end
                if stop > position:
                    if pending and pieces:
                        pieces.append(pending)
                        starts.append(position - 1)
                    pending = ""
                    pieces.append(source[position:stop])
                    starts.append(position)
                if match:
                    position = match.end()
                    pending = " " if match["space"] else pending
            pending = space_after or pending
        self.text = "".join(pieces)
        self._source_starts = starts
        self._text_starts = list(accumulate((len(piece) for piece in pieces[:-1]), initial=0))

    def offset(self, position: int) -> int:
        """Where in the source the character at `position` stands."""
        piece = bisect_right(self._text_starts, position) - 1
        return self._source_starts[piece] + position - self._text_starts[piece]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the source that a non-empty stretch of the text comes from."""
        return self.offset(start), self.offset(end - 1) + 1


def _joints(source: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """What is to be joined, in order."""
    for gap in _GAP.finditer(source, start, end):
        position = gap.start()
        while position < gap.end() and (match := _JOIN.match(source, position, end)):
            yield match
            position = match.end()


def _between(
    segments: Iterable[tuple[int, int]], calls: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, str]]:
    """The stretches of segments that calls leave, each with what follows it at least."""
    calls = sorted(calls)
    for start, end in segments:
        at = bisect_left(calls, (start, start))
        while at < len(calls) and calls[at][1] <= end:
            if calls[at][0] >= start:
                yield start, calls[at][0], ""
                start = calls[at][1]
            at += 1
        yield start, end, " "


def joined(source: str, segments: Sequence[tuple[int, int]] | None = None) -> str:
    """The joined text of a source, or of some stretches of it."""
    return SourceText(source, [(0, len(source))] if segments is None else segments).text
