"""The quotations of a draft: what stands between quotation marks, and what is set apart as a block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.checking.draft import Draft, Part
from assistant.checking.quotation_pairs import Pair, cut_short, pairs_of
from corpus.source_text import SourceText

_MOST = 0.6  # share of a block that its marked quotation must have for the rest to be none of it
_CITES = re.compile(r"\bpara|¶|\bart|\bibid|\bid\.|\bsupra|\bn \d|\w/\w|\d{4}|§", re.IGNORECASE)
_LONGEST_CITATION = 400  # characters
_BLANK = re.compile(r"\n[ \t]*\r?\n")
_ATTRIBUTED = re.compile(r"[—–―]|--|source:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundQuotation:
    """A quotation: its words in the draft's text from `start` to `end`, without the marks around them.

    `parts` are the indices of the parts over which it runs, and `stretches` what it has of each. `outer` is
    the index of the quotation that it is nested in. One that is not `closed` lacks its second mark.
    """

    parts: tuple[int, ...]
    stretches: tuple[tuple[int, int], ...]
    text: str
    block: bool = False
    outer: int | None = None
    closed: bool = True

    @property
    def part(self) -> int:
        """The index of the part in which it begins."""
        return self.parts[0]

    @property
    def start(self) -> int:
        """Where its first word begins."""
        return self.stretches[0][0]

    @property
    def end(self) -> int:
        """Where its last word ends."""
        return self.stretches[-1][1]


def find_quotations(draft: Draft) -> list[FoundQuotation]:
    """All quotations of a draft in the order of its parts, those within others behind them."""
    found: list[FoundQuotation] = []
    for run in _runs(draft):
        first = len(found)
        for quotation in run.quotations():
            outer = None if quotation.outer is None else quotation.outer + first
            found.append(replace(quotation, outer=outer))
    return found


def quotation_warnings(draft: Draft, found: Sequence[FoundQuotation]) -> list[str]:
    """What to tell of quotations whose second mark is missing."""
    return [
        f"The quotation that begins on line {draft.line_of(quotation.start)} has no closing quotation mark."
        for quotation in found
        if not quotation.closed
    ]


@dataclass(slots=True)
class _Printed:
    """A part with what is printed of it and the pairs of marks in it."""

    index: int
    part: Part
    source: SourceText
    pairs: list[Pair]
    goes_on: bool = False
    """Whether its first pair began in the part before."""

    @property
    def text(self) -> str:
        return self.source.text

    @property
    def unclosed(self) -> Pair | None:
        """The pair that may go on in the next part."""
        return next((pair for pair in self.pairs if not pair.closed), None)


@dataclass(slots=True)
class _Growing:
    """A quotation as far as its parts were read."""

    outer: int | None
    index: int | None = None
    closed: bool = False
    parts: list[int] = field(default_factory=list)
    stretches: list[tuple[int, int]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def add(self, printed: _Printed, pair: Pair) -> bool:
        """Take what it has of a part; whether that is anything."""
        self.closed = pair.closed
        text = printed.text[pair.start : pair.end]
        start, end = pair.start + len(text) - len(text.lstrip()), pair.start + len(text.rstrip())
        if start >= end:
            return False
        self.parts.append(printed.index)
        self.stretches.append(printed.source.span(start, end))
        self.texts.append(printed.text[start:end])
        return True

    def quotation(self) -> FoundQuotation:
        """The quotation, now that all of it was read."""
        return FoundQuotation(
            tuple(self.parts), tuple(self.stretches), "\n".join(self.texts), False, self.outer, self.closed
        )


class _Run:
    """Parts that quotations can run over: those of one block quotation, or joined by an open quotation."""

    def __init__(self, first: _Printed) -> None:
        self.parts = [first]

    def quotations(self) -> list[FoundQuotation]:
        """The quotations in it."""
        marked = self._marked()
        if self.parts[0].part.kind != "quote":
            return marked
        return self._of_block(marked)

    def _marked(self) -> list[FoundQuotation]:
        """What stands between marks."""
        found: list[_Growing] = []
        open_: _Growing | None = None
        for printed, following in zip(self.parts, (*self.parts[1:], None), strict=True):
            goes_on = following is not None and following.goes_on
            pairs = printed.pairs if goes_on else cut_short(printed.pairs)
            here: dict[int, int] = {}  # for pairs of this part, which quotation each of them is
            for index, pair in enumerate(pairs):
                if index == 0 and printed.goes_on and open_ is not None:
                    growing = open_
                else:
                    growing = _Growing(None if pair.outer is None else here.get(pair.outer))
                if growing.add(printed, pair) and growing.index is None:
                    growing.index = len(found)
                    found.append(growing)
                if growing.index is not None:
                    here[index] = growing.index
                open_ = open_ if pair.closed else growing
        return [growing.quotation() for growing in found]

    # -- a block quotation

    def _of_block(self, marked: list[FoundQuotation]) -> list[FoundQuotation]:
        """The block as one quotation with those in it, or what is marked where that is most of it."""
        block = self._block(marked)
        if block is None:
            return marked
        begins = {printed.source.offset(0) for printed in self.parts if printed.text}
        whole = [q for q in marked if q.outer is None and any(0 < q.start - begin <= 3 for begin in begins)]
        if sum(len(quotation.text) for quotation in whole) >= _MOST * len(block.text):
            return [replace(q, block=True) if q in whole else q for q in marked]
        return [block, *(replace(q, outer=_within(block, q)) for q in marked)]

    def _block(self, marked: Sequence[FoundQuotation]) -> FoundQuotation | None:
        """All of the block but who is cited for it, which stands at its end."""
        parts = [printed for printed in self.parts if printed.text]
        if len(parts) > 1 and _is_source(parts[-1].text):
            last = parts.pop()
            if any(q.parts[0] < last.index == q.parts[-1] for q in marked):
                parts.append(last)  # a quotation goes on in it
        if not parts:
            return None
        ends = [len(printed.text) for printed in parts]
        if cited := _cited_at_end(parts[-1].text):
            behind = parts[-1].source.offset(cited)
            ends[-1] = ends[-1] if any(q.start < behind < q.end for q in marked) else cited
        stretches = tuple(printed.source.span(0, end) for printed, end in zip(parts, ends, strict=True))
        text = "\n".join(printed.text[:end] for printed, end in zip(parts, ends, strict=True))
        return FoundQuotation(tuple(printed.index for printed in parts), stretches, text, block=True)


def _runs(draft: Draft) -> Iterator[_Run]:
    """The parts of a draft, joined where a quotation goes on or a block quotation does."""
    runs: list[_Run] = []
    last: dict[str | None, _Run] = {}
    for index, part in enumerate(draft.parts):
        source = draft.printed(part)
        before = last.get(part.note)
        sign = _carried(before, part)
        printed = _Printed(index, part, source, pairs_of(source.text, sign))
        printed.goes_on = sign is not None and source.text.startswith(sign)
        if before and (printed.goes_on or _is_same_block(draft, before.parts[-1], part)):
            before.parts.append(printed)
        else:
            last[part.note] = _Run(printed)
            runs.append(last[part.note])
    yield from runs


def _carried(run: _Run | None, part: Part) -> str | None:
    """The mark of a quotation that is still open, if it can go on in a part."""
    if run is None or part.kind not in ("text", "quote", "note") or run.parts[-1].part.kind != part.kind:
        return None
    unclosed = run.parts[-1].unclosed
    return unclosed.sign if unclosed else None


def _is_same_block(draft: Draft, before: _Printed, part: Part) -> bool:
    """Whether two parts are of one block quotation, which a citation ends, and in Markdown a bare line."""
    if before.part.kind != "quote" or part.kind != "quote" or _cited_at_end(before.text):
        return False
    between = draft.text[before.part.end : part.start]
    return draft.format != "markdown" or ">" not in between or _BLANK.search(between) is None


def _within(block: FoundQuotation, quotation: FoundQuotation) -> int | None:
    """The index of what a quotation in a block is nested in, once the block stands before those in it."""
    if quotation.outer is not None:
        return quotation.outer + 1
    return 0 if quotation.start < block.end else None


def _is_source(text: str) -> bool:
    """Whether a paragraph says no more than where a quotation is from."""
    return _ATTRIBUTED.match(text) is not None or _cited_at_end(text) == 0


def _cited_at_end(text: str) -> int | None:
    """Where the words before a citation in brackets end, with which a text ends; None without one."""
    end = len(text.rstrip(". "))
    if text[end - 1 : end] not in (")", "]"):
        return None
    depth = 0
    for position in range(end - 1, max(-1, end - _LONGEST_CITATION), -1):
        depth += (text[position] in ")]") - (text[position] in "([")
        if not depth:
            cites = _CITES.search(text, position, end)
            return len(text[:position].rstrip()) if cites else None
    return None
