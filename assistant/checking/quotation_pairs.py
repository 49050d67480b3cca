"""Quotation marks of one paragraph paired: which stretches are quoted, and within which others."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from assistant.checking.quotation_marks import CLOSERS, SINGLE, Mark, marks_of

_OPENING = frozenset(("“", "„", "‟", "``"))
_DEEPEST = 4  # quotations within each other; more are not told apart
_REACH = 32  # single marks among which the one that closes another is looked for


@dataclass(slots=True)
class Pair:
    """What stands between two marks: from `start` to `end`, without the marks; `sign` opened it.

    `outer` is the index of the pair around it. One that is not `closed` has no second mark.
    """

    sign: str
    start: int
    end: int
    outer: int | None = None
    closed: bool = False


def pairs_of(text: str, going_on: str | None = None) -> list[Pair]:
    """The pairs of a paragraph, in order of their beginnings.

    `going_on` is the mark of a quotation that began in an earlier paragraph and goes on here, where it is
    repeated; it then is the first pair. At most one pair without a second mark is outermost.
    """
    return _Pairing(text, going_on).pairs


class _Pairing:
    def __init__(self, text: str, going_on: str | None) -> None:
        self._text = text
        self._marks = marks_of(text)
        self._singles = [index for index, mark in enumerate(self._marks) if mark.sign in SINGLE]
        self._chosen: dict[int, int] = {}  # for marks that close a single quotation, the one that opens it
        self._loose: int | None = None  # a single mark that opens outermost and is never closed
        self._stack: list[int] = []
        self.pairs: list[Pair] = []
        first = 0
        if going_on and text.startswith(going_on):
            first = sum(mark.start < len(going_on) for mark in self._marks[:1])
            self._open(going_on, len(going_on), self._closer(first - 1, going_on))
        for index in range(first, len(self._marks)):
            mark = self._marks[index]
            if mark.sign in SINGLE:
                self._single(index, mark)
            else:
                self._double(mark)
        self._finish()

    def _open(self, sign: str, start: int, closer: int | None = None) -> None:
        if len(self._stack) < _DEEPEST:
            self.pairs.append(Pair(sign, start, start, self._stack[-1] if self._stack else None))
            self._stack.append(len(self.pairs) - 1)
            if closer is not None:
                self._chosen[closer] = len(self.pairs) - 1

    def _opener(self, sign: str) -> int | None:
        """How deep the innermost pair is that a mark may close."""
        depths = range(len(self._stack) - 1, -1, -1)
        return next((depth for depth in depths if sign in CLOSERS[self.pairs[self._stack[depth]].sign]), None)

    def _close(self, depth: int, end: int) -> None:
        """Close a pair; those within it that nothing has closed are none."""
        for index in self._stack[depth + 1 :]:
            self.pairs[index].end = -1
        pair = self.pairs[self._stack[depth]]
        pair.end, pair.closed = end, True
        del self._stack[depth:]

    def _double(self, mark: Mark) -> None:
        opener = self._opener(mark.sign)
        opens = mark.opens
        if mark.sign in _OPENING:
            opens = not (opener is not None and mark.closes and not mark.opens)
        elif mark.sign == "«" or (opener is not None and mark.sign != '"'):
            opens = opener is None
        elif mark.sign == '"' and opener is not None:
            opens = mark.opens and not mark.closes
        elif mark.sign == '"':
            opens = mark.opens or not mark.closes  # between spaces, as a line that ends with it leaves it
        if opens and mark.sign in CLOSERS:
            self._open(mark.sign, mark.end)
        elif opener is not None and not opens:
            self._close(opener, mark.start)

    # -- single marks

    def _single(self, index: int, mark: Mark) -> None:
        if index in self._chosen:
            wanted = self._chosen[index]
            for depth, pair in enumerate(self._stack):
                if pair == wanted:
                    self._close(depth, mark.start)
                    return
            return
        if not mark.opens or mark.sign == "’":
            return
        closer = self._closer(index, mark.sign)
        if closer is not None:
            self._open(mark.sign, mark.end, closer)
        elif not self._stack and mark.sign == "‘":
            self._loose = index

    def _closer(self, index: int, sign: str) -> int | None:
        """The mark behind `index` that closes a single one: the first that may, unless a genitive has it.

        Then a later one is taken that is none, if no other quotation opens before.
        """
        if sign not in SINGLE:
            return None
        first = None
        following = bisect_right(self._singles, index)
        for other in self._singles[following : following + _REACH]:
            mark = self._marks[other]
            if mark.opens and not mark.closes and mark.sign != "’":
                if first is not None:
                    break
                continue
            if mark.closes and mark.sign in CLOSERS[sign] and other not in self._chosen:
                if not mark.doubtful:
                    return other
                first = other if first is None else first
        return first

    # -- what is left open

    def _finish(self) -> None:
        if self._stack:
            for inner in self._stack[1:]:
                self.pairs[inner].end = -1
            self.pairs[self._stack[0]].end = len(self._text)
        elif self._loose is not None:
            mark = self._marks[self._loose]
            if not any(pair.end > mark.start and pair.outer is None for pair in self.pairs if pair.end >= 0):
                self.pairs.append(Pair(mark.sign, mark.end, len(self._text)))
        kept = [index for index, pair in enumerate(self.pairs) if pair.end >= pair.start]
        self.pairs = _renumbered(self.pairs, kept)


def cut_short(pairs: list[Pair]) -> list[Pair]:
    """The pairs of a paragraph, one without a second mark ended where the next quotation begins.

    Its second mark is missing, or it is none: the quotations behind it must not be lost in it.
    """
    result = [replace(pair) for pair in pairs]
    for index, pair in enumerate(result):
        if pair.closed:
            continue
        inside = [other for other in result[index + 1 :] if other.outer == index]
        marked = (other.start - len(other.sign) for other in inside if other.sign not in SINGLE)
        pair.end = min(pair.end, next(marked, pair.end))
        for other in inside:
            if other.start > pair.end:
                other.outer = None
    return result


def _renumbered(pairs: list[Pair], kept: list[int]) -> list[Pair]:
    """The pairs that are kept in order, each within the nearest that is kept around it."""
    numbers = {index: number for number, index in enumerate(kept)}
    result = []
    for index in kept:
        outer = pairs[index].outer
        while outer is not None and outer not in numbers:
            outer = pairs[outer].outer
        pairs[index].outer = None if outer is None else numbers[outer]
        result.append(pairs[index])
    return result
