"""Footnotes tied to the marks that call them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from corpus.block import Block
from corpus.layout import Line
from corpus.model import Footnote, Span, Warning
from corpus.pinpoint import label_id

_STARS = "*†‡"
_MARK = re.compile(rf"[{_STARS}]+")
_LAST_CALLS = re.compile(rf"\s*{_MARK.pattern}(?:,?\s*{_MARK.pattern})*\s*$")
_MARK_NAMES = {"*": "star", "†": "dagger", "‡": "ddagger"}


@dataclass(slots=True)
class _Call:
    """A printed mark that calls a footnote, the unit it stands in, and the note once it is found."""

    mark: str
    eid: str
    line: Line
    note: str | None = None


class Calls:
    """The calls of a document, gathered while its units are read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._calls: list[_Call] = []
        self._placed: list[tuple[int, int, _Call]] = []  # those whose offsets are known

    def note_line(self, line: Line, eid: str) -> None:
        """Take the marks that the reader found raised, or the parser found against words."""
        for start, end in line.calls:
            call = _Call(self._text[start:end].rstrip("/"), eid, line)
            self._calls.append(call)
            self._placed.append((start, end, call))

    def note_star(self, block: Block) -> None:
        """Take the stars at the ends of notices, such as `CRPD/C/SGP/CO/1*`."""
        for line in block.lines:
            stars = line.text[len(line.text.rstrip(_STARS)) :]
            if stars and stars != line.text and not line.calls and not line.text.startswith("*"):
                self._calls.append(_Call(stars, block.kind, line))

    def without_last(self, text: str, block: Block, eid: str) -> str:
        """A title or heading without the marks printed at its end, which are taken."""
        called = _LAST_CALLS.search(text)
        if called is None:
            return text
        self._calls += [_Call(mark, eid, next(block.lines)) for mark in _MARK.findall(called[0])]
        return text[: called.start()]

    def tied(self, notes: Sequence[tuple[Footnote, Line]]) -> Iterator[Footnote]:
        """The footnotes, each with the unit that calls it; those without one have none."""
        for note, line in notes:
            call = self._call_of(note.mark, line.page)
            if call is not None:
                call.note = note.eid
            yield replace(note, called_from=call.eid if call else None)
        eids = {note.mark: note.eid for note, _ in notes}
        for call in self._calls:
            call.note = call.note or eids.get(call.mark)  # a note may be called again

    def problems(self) -> Iterator[Warning]:
        """The calls whose notes are not there, once the notes are tied."""
        for call in self._calls:
            if call.note is None:
                problem = f"{call.eid} calls a footnote {call.mark} that is not there"
                yield Warning("call_without_footnote", problem, call.line.number, call.line.page)

    def notes_of(self, paragraph: str) -> tuple[str, ...]:
        """The ids of the notes that a paragraph or anything in it calls, in order."""
        called = {call.note: None for call in self._calls if call.note and _within(call.eid, paragraph)}
        return tuple(called)

    def cut_out(self, spans: Iterable[Span]) -> Iterator[Span]:
        """The spans with those of the printed calls cut out, as parts of the notes they call."""
        placed = sorted(self._placed, key=itemgetter(0))
        for span in spans:
            start = span.start
            for call_start, call_end, call in placed[bisect_left(placed, start, key=itemgetter(0)) :]:
                if call_start >= span.end:
                    break
                if call_start > start:
                    yield Span(span.kind, start, call_start, span.eid)
                yield Span("footnote", call_start, call_end, call.note)
                start = call_end
            if start < span.end:
                yield Span(span.kind, start, span.end, span.eid)

    def _call_of(self, mark: str, page: int | None) -> _Call | None:
        """The call of a footnote: one on its page if there is one, since marks may begin again there."""
        calls = [call for call in self._calls if call.mark == mark and call.note is None]
        return next((call for call in calls if call.line.page == page), calls[0] if calls else None)


def note_id(mark: str) -> str:
    """The id of the footnote with this mark: `fn_3`, `fn_star_2` for two stars."""
    name = f"{_MARK_NAMES[mark[0]]}_{len(mark)}" if mark[:1] in _MARK_NAMES else label_id(mark)
    return f"fn_{name}"


def _within(eid: str, paragraph: str) -> bool:
    return eid == paragraph or eid.startswith(f"{paragraph}__")
