"""How alike a quotation and a place must be for one to be the other altered.

The bodies that are quoted say the same things in the same phrases, so that an invented sentence shares many
words with some paragraph of theirs. Bounds were chosen on the half `develop` of `make bench-citations`.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.citations.alterations import Step
from assistant.citations.comparing import Comparison


@dataclass(frozen=True, slots=True)
class Bound:
    """The least share of words that must be the same, and how many at least."""

    share: float
    words: int


CITED_PLACE = Bound(0.5, 4)
"""For a place that the quotation is said to be of."""

CITED_DOCUMENT = Bound(0.65, 5)
"""For another place of the document that it is said to be of."""

ANYWHERE = Bound(0.8, 8)
"""For any place of what is held."""

BEYOND_PIECES = 0.9
"""From this share on nobody put a quotation together of pieces: a word or two are others."""

JOINED_WORDS = 10
"""Printed words that no alteration leaves out between two pieces: they are joined."""

_PIECE_WORDS = 5


def share_of(comparison: Comparison) -> float:
    """Share of the words that are the same, of those that are quoted and those left out without a mark."""
    words = comparison.quotation.words + sum(comparison.omissions)
    return comparison.matched_words / max(words, 1)


def is_altered_from(comparison: Comparison, bound: Bound) -> bool:
    """Whether it is beyond doubt that a quotation alters these words."""
    return comparison.matched_words >= bound.words and share_of(comparison) >= bound.share


def is_joined(comparison: Comparison) -> bool:
    """Whether so much is left out without a mark that two pieces are joined."""
    before = 0
    words = comparison.matched_words
    for step in comparison.steps:
        if _left_out(step) >= JOINED_WORDS and min(before, words - before) >= _PIECE_WORDS:
            return True
        before += sum(part.is_word for part in step.parts)
    return False


def _left_out(step: Step) -> int:
    if step.why != "altered":
        return 0
    return sum(token.is_word for token in step.tokens) - sum(part.is_word for part in step.parts)
