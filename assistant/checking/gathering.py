"""The parts of a draft put into reading order, with the marks of its notes as they are printed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from assistant.checking.draft import NoteCall, Part
from corpus.source_text import joined

Span = tuple[int, int]
# a word that ends a line with one of them may close up with the next
_CLOSING_UP = ("-", "/", "\u2010", "\u2011", "\u2013")
_NEAR = 100  # characters of space that a word may be away


@dataclass
class Gathered:
    """What a file of any format is found to hold.

    `notes` has the parts of each note by a key that no other note has, and `calls` where they are called,
    by position and key. `body` is in reading order.
    """

    body: list[Part] = field(default_factory=list)
    notes: dict[str, list[Part]] = field(default_factory=dict)
    calls: list[tuple[int, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def arranged(
        self, marks: Callable[[list[str]], dict[str, str]]
    ) -> tuple[tuple[Part, ...], tuple[NoteCall, ...]]:
        """The parts in reading order, each note where it is called first, and the calls.

        `marks` gives the printed mark of each note; it is asked with their keys in the order of the calls,
        those that nothing calls last.
        """
        self.calls = sorted(call for call in self.calls if self.notes.get(call[1]))
        positions = [position for position, _ in self.calls]
        ordered: list[Part] = []
        seen: dict[str, None] = {}
        for part in self.body:
            ordered.append(part)
            ordered += self._called_from(part, positions, seen)
        for key in self.notes:
            ordered += self._note(key, positions, seen)
        printed = marks(list(seen))
        named = tuple(
            part if part.note is None else replace(part, note=printed[part.note]) for part in ordered
        )
        return named, tuple(NoteCall(position, printed[key]) for position, key in self.calls)

    def _called_from(self, part: Part, positions: list[int], seen: dict[str, None]) -> Iterator[Part]:
        first, last = bisect_left(positions, part.start), bisect_right(positions, part.end)
        for _, key in self.calls[first:last]:
            yield from self._note(key, positions, seen)

    def _note(self, key: str, positions: list[int], seen: dict[str, None]) -> Iterator[Part]:
        """The parts of a note that was not seen, and then those of the notes that it calls itself."""
        waiting = [key]
        while waiting:
            key = waiting.pop()
            if key in seen:
                continue
            seen[key] = None
            called: list[str] = []
            for part in self.notes[key]:
                yield part
                first, last = bisect_left(positions, part.start), bisect_right(positions, part.end)
                called += (other for _, other in self.calls[first:last])
            waiting += reversed(called)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Stretches in order, those that touch or overlap as one."""
    result: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


def apart(spans: Iterable[Span], others: tuple[Span, ...], within: Span) -> tuple[Span, ...]:
    """The stretches, in order, that lie within one and not within others, which `merged` has put in order."""
    kept: list[Span] = []
    for start, end in sorted(set(spans)):
        at = bisect_right(others, (start, end)) - 1
        covered = at >= 0 and end <= others[at][1]
        if within[0] <= start and end <= within[1] and not covered and (not kept or kept[-1][1] <= start):
            kept.append((start, end))
    return tuple(kept)


def told_apart(marks: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """The marks of notes by their keys, told apart where they return.

    Each note is given as its key, its mark as it is printed, and what to call it where another has its mark.
    """
    named: dict[str, str] = {}
    taken: set[str] = set()
    times: Counter[str] = Counter()
    for key, mark, otherwise in marks:
        wording = mark
        while wording in taken:
            times[otherwise] += 1
            wording = otherwise if times[otherwise] == 1 else f"{otherwise} ({times[otherwise]})"
        named[key] = wording
        taken.add(wording)
    return named


def behind_word(text: str, position: int) -> int:
    """Just behind the last character before a position that is no space."""
    before = text[max(0, position - _NEAR) : position]
    return position - len(before) + len(before.rstrip())


def line_prefix(text: str, end: int, start: int) -> Span:
    """What stands before the words of a line, from behind those of the line above.

    The line break is left, since a space stands for it, but where the two lines close up over it.
    """
    before, after = text[max(0, end - 8) : end], text[start : start + 8]
    if before.endswith(_CLOSING_UP) and " " not in joined(f"{before.split()[-1]}\n{after.split(' ')[0]}"):
        return end, start
    return start - len(text[end:start].lstrip()), start
