"""The text of a draft, cut where its references and quotations begin and end."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.checking.draft import Draft, Part, PartKind
from corpus.source_text import SourceText

_TOLD_AROUND = 160  # characters of the draft before and after what a finding is about


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a draft to be marked; `kinds` are what it is, for its looks."""

    name: str
    start: int
    end: int
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text under the same marks; `opened` are those of them that begin with it."""

    text: str
    kinds: tuple[str, ...]
    opened: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a draft as it is printed, in segments; `marks` are those that begin in it."""

    kind: PartKind
    note: str | None
    line: int
    page: int | None
    segments: tuple[Segment, ...]
    marks: tuple[Mark, ...]


def blocks_of(draft: Draft, marks: Sequence[Mark]) -> Iterator[Block]:
    """The parts of a draft in their order, with what is marked in each."""
    inside = _by_part(draft.parts, marks)
    begun: set[str] = set()
    for part in draft.parts:
        printed = draft.printed(part)
        if not printed.text:
            continue
        cuts = [_Cut.of(mark, printed) for mark in inside.get(part.start, ())]
        cuts = [cut for cut in cuts if cut.start < cut.end]  # of some, only signs stand in the part
        first = tuple(cut.mark for cut in cuts if cut.mark.name not in begun)
        segments = tuple(_segments(printed.text, cuts, begun))
        begun |= {mark.name for mark in first}
        yield Block(part.kind, part.note, part.line, part.page, segments, first)


def around(draft: Draft, start: int, end: int) -> tuple[str, str, str]:
    """What stands before a stretch of a draft in its part, the stretch itself, and what stands after it."""
    part = draft.part_at(start)
    if part is None:
        return "", " ".join(draft.text[start:end].split()), ""
    printed = draft.printed(part)
    first, last = _printed_at(printed, start), _printed_at(printed, end)
    before, after = printed.text[:first], printed.text[last:]
    if len(before) > _TOLD_AROUND:
        before = "… " + before[-_TOLD_AROUND:].partition(" ")[2]
    if len(after) > _TOLD_AROUND:
        after = after[:_TOLD_AROUND].rpartition(" ")[0] + " …"
    return before, printed.text[first:last], after


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where a mark stands in the printed text of a part."""

    mark: Mark
    start: int
    end: int

    @classmethod
    def of(cls, mark: Mark, printed: SourceText) -> _Cut:
        return cls(mark, _printed_at(printed, mark.start), _printed_at(printed, mark.end))


def _printed_at(printed: SourceText, position: int) -> int:
    """Where in the printed text of a part a position of the draft is: the first character not before it."""
    return bisect_left(range(len(printed.text)), position, key=printed.offset)


def _by_part(parts: Sequence[Part], marks: Sequence[Mark]) -> dict[int, list[Mark]]:
    """The marks that each part has some of, in their order, by the start of the part."""
    ordered = sorted(parts, key=lambda part: part.start)
    starts = [part.start for part in ordered]
    found: dict[int, list[Mark]] = {}
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        at = max(0, bisect_left(starts, mark.start + 1) - 1)
        while at < len(ordered) and ordered[at].start < mark.end:
            if ordered[at].end > mark.start:
                found.setdefault(ordered[at].start, []).append(mark)
            at += 1
    return found


def _segments(text: str, cuts: Sequence[_Cut], begun: set[str]) -> Iterator[Segment]:
    """The text cut wherever a mark begins or ends; how deep marks lie in one another makes no difference."""
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, list[Mark]] = {}
    for cut in cuts:
        opening.setdefault(cut.start, []).append(cut.mark)
        closing.setdefault(cut.end, []).append(cut.mark)
    edges = sorted({0, len(text), *opening, *closing})
    kinds: Counter[str] = Counter()
    for start, end in pairwise(edges):
        for mark in closing.get(start, ()):
            kinds.subtract(mark.kinds)
        opened = opening.get(start, ())
        for mark in opened:
            kinds.update(mark.kinds)
        yield Segment(
            text=text[start:end],
            kinds=tuple(sorted(kind for kind, number in kinds.items() if number > 0)),
            opened=tuple(mark.name for mark in opened if mark.name not in begun),
        )
