"""Where the notes of a draft are called, and what stands at the call."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from assistant.checking.cited_parts import CitedPart
from assistant.checking.draft import Draft


@dataclass(frozen=True)
class Caller:
    """The part that calls a note, and where in its printed text."""

    read: CitedPart
    position: int

    @property
    def sentence(self) -> tuple[int, int]:
        """The sentence that calls the note, which ends before the call or goes on behind it."""
        return self.read.sentence(max(0, self.position - 1))

    @property
    def offset(self) -> int:
        """Where in the draft the word ends that calls the note."""
        start = self.read.part.start
        return self.read.span(self.position - 1, self.position)[1] if self.position else start


class NoteCalls:
    """The calls of a draft, told part by part."""

    def __init__(self, draft: Draft) -> None:
        calls = sorted((call.position, call.mark) for call in draft.calls)
        self._positions = [position for position, _ in calls]
        self._marks = [mark for _, mark in calls]
        self._callers: dict[str, Caller] = {}

    def add(self, read: CitedPart) -> bool:
        """The calls of a part of the text; whether there are any."""
        first = bisect_left(self._positions, read.part.start)
        last = bisect_right(self._positions, read.part.end)
        for at in range(first, last):
            self._callers.setdefault(self._marks[at], Caller(read, read.position(self._positions[at])))
        return first < last

    def of(self, mark: str | None) -> Caller | None:
        """Where a note is called first."""
        return self._callers.get(mark or "")

    def is_any_between(self, start: int, end: int) -> bool:
        """Whether a note is called between two offsets of the draft."""
        return bisect_left(self._positions, start) < bisect_left(self._positions, end)

    def before(self, caller: Caller) -> int:
        """Where in the printed text the note before one is called; 0 where that is in another part."""
        at = bisect_left(self._positions, caller.offset) - 1
        if at < 0 or self._positions[at] <= caller.read.part.start:
            return 0
        return caller.read.position(self._positions[at])
