"""Where in a printed text a quotation fits best, though some of its words are others.

Each run of the quotation between ellipses is fitted by dynamic programming over words (semi-global: what
stands before and after it costs nothing), and an ellipsis may lead on to any later place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.citations.printed_text import Numbers, Printed
from assistant.citations.quotation_text import Part

# What a word, a sign, or one for the other costs. To leave words out costs less than to put them in, so that
# a quotation is followed over some that it leaves out to the next that it has.
_WORD, _SIGN, _OTHER_KIND = 20, 8, 36
_WORD_ADDED, _WORD_LEFT_OUT = 28, 12
_REPLACED = 1  # what each printed token costs that brackets stand for
_TIES = 20  # of equal fits, how many are compared
_SHIFT = 1 << 32  # costs are kept above it, and where a run begins below it, so that one minimum finds both


@dataclass(frozen=True, slots=True)
class Fit:
    """Where the runs of a quotation stand among printed tokens, and what all differences cost."""

    runs: tuple[tuple[int, int], ...]
    cost: int


class Columns:
    """Printed tokens as they are fitted to: made once for all quotations that are."""

    def __init__(self, tokens: Sequence[Printed]) -> None:
        self.tokens = tokens
        self.forms = [token.form.lower() for token in tokens]
        weights = [0 if t.is_label else _WORD_LEFT_OUT if t.is_word else _SIGN for t in tokens]
        self.costs: Numbers = np.concatenate([[0], np.cumsum(weights, dtype=np.int64)]).astype(np.int64)
        self.are_words = np.array([token.is_word for token in tokens], dtype=bool)

    def __len__(self) -> int:
        return len(self.tokens)


def fit(segments: Sequence[Sequence[Part]], columns: Columns) -> Fit | None:
    """The best fit of the runs of a quotation, in this order; None where nothing is printed."""
    if not segments or not len(columns):
        return None
    numbers: dict[str, int] = {}
    for segment in segments:
        for part in segment:
            numbers.setdefault(part.form.lower(), len(numbers))
    forms = np.array([numbers.get(form, -1) for form in columns.forms], dtype=np.int64)
    places = np.arange(len(columns) + 1, dtype=np.int64)
    rows: list[Numbers] = []
    base = np.zeros(len(columns) + 1, dtype=np.int64)
    for segment in segments:
        row = base * _SHIFT - places
        for part in segment:
            row = _next_row(row, part, numbers, forms, columns)
        rows.append(row)
        base = np.minimum.accumulate(_costs(row))
    return _traced(rows)


def _next_row(
    row: Numbers, part: Part, numbers: Mapping[str, int], forms: Numbers, columns: Columns
) -> Numbers:
    """The costs up to each printed token with one more token of the quotation."""
    if part.kind == "insertion":
        passed = np.arange(len(row), dtype=np.int64) * (_REPLACED * _SHIFT)
        return np.minimum.accumulate(row - passed) + passed
    if part.kind == "changed":
        pairs = zip(columns.tokens, columns.forms, strict=True)
        fits = np.array([part.stands_for(token.form) or _alike(part, form) for token, form in pairs])
        replaced = np.where(fits, 0, np.where(columns.are_words, _WORD, _OTHER_KIND))
        added = _WORD_ADDED
    else:
        is_word = part.kind == "word"
        added, other = (_WORD_ADDED, _WORD) if is_word else (_SIGN, _SIGN)
        kind = columns.are_words if is_word else ~columns.are_words
        replaced = np.where(forms == numbers[part.form.lower()], 0, np.where(kind, other, _OTHER_KIND))
    new = row + added * _SHIFT
    np.minimum(new[1:], row[:-1] + replaced * _SHIFT, out=new[1:])
    passed = columns.costs * _SHIFT
    return np.minimum.accumulate(new - passed) + passed


def _alike(part: Part, form: str) -> bool:
    return part.form.replace("[", "").replace("]", "").lower() == form


def _costs(row: Numbers) -> Numbers:
    return -((-row) // _SHIFT)


def _traced(rows: Sequence[Numbers]) -> Fit:
    """The best runs; of those that cost the same the ones that stand closest together."""
    costs = _costs(rows[-1])
    ends = np.flatnonzero(costs == costs.min())[:_TIES]
    fits = [_runs(rows, int(end)) for end in ends]
    return Fit(min(fits, key=lambda runs: runs[-1][1] - runs[0][0]), int(costs.min()))


def _runs(rows: Sequence[Numbers], end: int) -> tuple[tuple[int, int], ...]:
    """The runs from the last to the first: each begins where its row says, and the one before ends there."""
    runs: list[tuple[int, int]] = []
    for row in reversed(rows):
        if runs:
            before = _costs(row[: runs[-1][0] + 1])
            end = len(before) - 1 - int(before[::-1].argmin())  # the nearest to what follows
        runs.append((int(-row[end] % _SHIFT), end))
    return tuple(reversed(runs))
