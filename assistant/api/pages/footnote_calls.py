"""Where in the text of a place its footnotes are called: the marks that reading has taken out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.model import Document, Item, Paragraph, Span

_GAPS = re.compile(r"[\s\u00ad\u200b\ufeff]+")  # what joining lines changes; all else stays as printed


@dataclass(frozen=True)
class Call:
    """A call of a footnote: the mark, the id of the note, and the id of the call itself."""

    mark: str
    note: str
    anchor: str


class CallPlaces:
    """The calls of a document, put back where they are printed."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._own: dict[str, list[Span]] = defaultdict(list)
        for span in document.spans:
            if span.kind == "paragraph" and span.eid:
                self._own[span.eid].append(span)
        marks = {note.eid: note.mark for note in document.footnotes}
        self._calls: list[tuple[int, Call]] = []
        self.anchors: dict[str, list[str]] = defaultdict(list)
        """The ids of the calls of each note, in order."""
        for span in document.spans:
            mark = marks.get(span.eid or "") if span.kind == "footnote" else None
            if mark and self._text[span.start : span.end].rstrip("/") == mark and span.eid:
                anchors = self.anchors[span.eid]
                anchors.append(f"call{len(anchors) + 1}_{span.eid}")
                self._calls.append((span.start, Call(mark, span.eid, anchors[-1])))
        self._starts = [start for start, _ in self._calls]

    def split(self, place: Paragraph | Item, lines: Sequence[str]) -> list[list[str | Call]]:
        """The lines of a place's own text, each cut where a footnote is called.

        A call in the place that belongs to an item below it is left to that item.
        """
        called = list(self._within(place))
        if not called:
            return [[line] for line in lines]
        counts = [_printed(line) for line in lines]
        cuts: list[list[tuple[int, Call]]] = [[] for _ in lines]
        for count, call in called:
            line = 0
            while line < len(lines) - 1 and count > counts[line]:
                count -= counts[line]
                line += 1
            if lines:
                cuts[line].append((_position(lines[line], count), call))
        return [list(_cut(line, at)) for line, at in zip(lines, cuts, strict=True)]

    def _within(self, place: Paragraph | Item) -> Iterator[tuple[int, Call]]:
        """Each call of a place with how many printed characters of the place's text stand before it."""
        first = bisect_left(self._starts, place.start)
        last = bisect_left(self._starts, place.end + 1)
        if first == last:
            return
        begins = place.sentences[0].start if place.sentences else place.start + len(place.label_printed)
        own = self._own[place.eid]
        for start, call in self._calls[first:last]:
            if not any(span.end == start for span in own):
                continue
            before = ((max(span.start, begins), min(span.end, start)) for span in own)
            yield sum(_printed(self._text[low:high]) for low, high in before if low < high), call


def _printed(text: str) -> int:
    return len(_GAPS.sub("", text))


def _position(line: str, count: int) -> int:
    """Where in a line so many printed characters are behind."""
    for position, character in enumerate(line):
        if count <= 0:
            return position
        count -= not _GAPS.match(character)
    return len(line)


def _cut(line: str, calls: Sequence[tuple[int, Call]]) -> Iterator[str | Call]:
    done = 0
    for position, call in calls:
        if position > done:
            yield line[done:position]
        yield call
        done = position
    if line[done:] or not calls:
        yield line[done:]
