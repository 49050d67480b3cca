"""The text of a draft, cut where its references and quotations begin and end."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise, takewhile
from operator import itemgetter

from assistant.checking.draft import Draft, NoteCall, Part, PartKind
from corpus.source_text import SourceText

_TOLD_AROUND = 160  # characters of the draft before and after what a finding is about
_LIST_SIGN = re.compile(r"(?:^|[\s>])(?P<sign>[0-9]{1,9}[.)]|[-+*])[ \t]{1,8}$")
_LONGEST_SIGN = 24  # characters before a part that its sign may stand in
_READ_AROUND = 4 * _TOLD_AROUND  # characters of the draft, signs that are not printed among them


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a draft to be marked; `kinds` are what it is, for its looks."""

    name: str
    start: int
    end: int
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text under the same marks; `opened` are those of them that begin with it.

    `calls` are the marks of the notes that are called right behind it.
    """

    text: str
    kinds: tuple[str, ...]
    opened: tuple[str, ...]
    calls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a draft as it is printed, in segments; `marks` are those that begin in it."""

    kind: PartKind
    number: str
    """The sign that a list in Markdown puts before it: its number, or a bullet."""
    note: str | None
    line: int
    page: int | None
    segments: tuple[Segment, ...]
    marks: tuple[Mark, ...]


def blocks_of(draft: Draft, marks: Sequence[Mark]) -> Iterator[Block]:
    """The parts of a draft in their order, with what is marked in each."""
    inside = _by_part(draft.parts, marks)
    calls = _calls_by_part(draft)
    begun: set[str] = set()
    for part in draft.parts:
        printed = draft.printed(part)
        if not printed.text:
            continue
        cuts = [_Cut.of(mark, printed) for mark in inside.get(part.start, ())]
        cuts = [cut for cut in cuts if cut.start < cut.end]  # of some, only signs stand in the part
        first = tuple(cut.mark for cut in cuts if cut.mark.name not in begun)
        called = [(_printed_at(printed, call.position), call.mark) for call in calls.get(part.start, ())]
        segments = tuple(_segments(printed.text, cuts, called, begun))
        begun |= {mark.name for mark in first}
        yield Block(part.kind, _number(draft, part), part.note, part.line, part.page, segments, first)


def _number(draft: Draft, part: Part) -> str:
    """The sign of a list before a part, which is no text of it in Markdown; other formats print theirs."""
    if draft.format != "markdown" or part.kind not in ("text", "quote"):
        return ""
    before = re.split(r"[\r\n]", draft.text[max(0, part.start - _LONGEST_SIGN) : part.start])[-1]
    found = _LIST_SIGN.search(before)
    if found is None:
        return ""
    return "•" if found["sign"] in "-+*" else found["sign"]


def is_shown_around(draft: Draft, shown: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether another stretch stands so near to one that it is seen `around` it."""
    part = draft.part_at(shown[0])
    if part is None or part is not draft.part_at(other[0]):
        return False
    return shown[0] - _TOLD_AROUND <= other[0] and other[1] <= shown[1] + _TOLD_AROUND


def around(draft: Draft, start: int, end: int) -> tuple[str, str, str]:
    """What stands before a stretch of a draft in its part, the stretch itself, and what stands after it."""
    part = draft.part_at(start)
    if part is None:
        return "", " ".join(draft.text[start:end].split()), ""
    near = _near(part, start, end)
    printed = draft.printed(near)
    first, last = _printed_at(printed, start), _printed_at(printed, end)
    before, after = printed.text[:first], printed.text[last:]
    if len(before) > _TOLD_AROUND or near.start > part.start:
        before = "… " + before[-_TOLD_AROUND:].partition(" ")[2]
    if len(after) > _TOLD_AROUND or near.end < part.end:
        after = after[:_TOLD_AROUND].rpartition(" ")[0] + " …"
    return before, printed.text[first:last], after


def _near(part: Part, start: int, end: int) -> Part:
    """What of a part stands near a stretch: a part may be as long as the draft, not to be read for each."""
    first, last = max(part.start, start - _READ_AROUND), min(part.end, end + _READ_AROUND)
    at = bisect_left(part.hidden, first, key=itemgetter(1))
    hidden = takewhile(lambda stretch: stretch[0] < last, islice(part.hidden, at, None))
    clipped = tuple((max(first, begin), min(last, stop)) for begin, stop in hidden)
    return replace(part, start=first, end=last, hidden=clipped)


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


def _calls_by_part(draft: Draft) -> dict[int, list[NoteCall]]:
    """The calls of notes that each part has, by the start of the part: a call may stand at its very end."""
    found: dict[int, list[NoteCall]] = {}
    for call in draft.calls:
        part = draft.part_at(call.position) or draft.part_at(call.position - 1)
        if part:
            found.setdefault(part.start, []).append(call)
    return found


def _segments(
    text: str, cuts: Sequence[_Cut], called: Sequence[tuple[int, str]], begun: set[str]
) -> Iterator[Segment]:
    """The text cut wherever a mark begins or ends; how deep marks lie in one another makes no difference."""
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, list[Mark]] = {}
    for cut in cuts:
        opening.setdefault(cut.start, []).append(cut.mark)
        closing.setdefault(cut.end, []).append(cut.mark)
    calls: dict[int, list[str]] = {}
    for position, mark in called:
        calls.setdefault(max(1, position), []).append(mark)
    edges = sorted({0, len(text), *opening, *closing, *calls})
    kinds: Counter[str] = Counter()
    for start, end in pairwise(edges):
        for closed in closing.get(start, ()):
            kinds.subtract(closed.kinds)
        opened = opening.get(start, ())
        for each in opened:
            kinds.update(each.kinds)
        yield Segment(
            text=text[start:end],
            kinds=tuple(sorted(kind for kind, number in kinds.items() if number > 0)),
            opened=tuple(mark.name for mark in opened if mark.name not in begun),
            calls=tuple(calls.get(end, ())),
        )
