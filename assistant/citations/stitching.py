"""Quotations that are put together of true pieces, without a mark where they are joined."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from assistant.citations.comparing import Comparison
from assistant.citations.fitting import Columns, fit
from assistant.citations.held_texts import HeldText
from assistant.citations.quotation_text import Part, QuotationText
from assistant.citations.tokens import key_of

SHORTEST_PIECE_CITED = 5
"""Words that a piece has at least where all are of the document that is cited."""

SHORTEST_PIECE = 7
"""Words that a piece has at least where all are of one document."""

SHORTEST_PIECE_AFAR = 10
"""Words that a piece has at least where they are of several: shorter ones are the common phrases of many."""

MOST_PIECES = 6

_SHARE_LEFT = 0.06  # of the words, how many may be in no piece
_OCCURRENCES = 50
_NEAR = 40  # letters between two pieces that are one with a word altered in it


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a quotation, by their numbers, and where in the key of a text they stand."""

    held: HeldText
    first: int
    last: int
    start: int
    end: int

    @property
    def words(self) -> int:
        """How many words it has."""
        return self.last - self.first


class _Words:
    """The words of a quotation in a row, as one key."""

    def __init__(self, quotation: QuotationText) -> None:
        self.parts: list[Part] = [part for part in quotation.parts if part.is_word]
        keys = [key_of(part.form) for part in self.parts]
        self.key = "".join(keys)
        self.starts = list(accumulate(map(len, keys), initial=0))

    def __len__(self) -> int:
        return len(self.parts)


def pieces_of(
    quotation: QuotationText, texts: Sequence[HeldText], shortest: int = SHORTEST_PIECE
) -> list[Piece]:
    """The pieces that a quotation is put together of, in its order; none where it is not.

    Pieces of one document, of the `shortest` number of words, come before those of several, and the first
    texts before the others.
    """
    words = _Words(quotation)
    for held in texts:
        pieces = _covering(words, [held], shortest)
        if pieces:
            return pieces
    return _covering(words, texts, SHORTEST_PIECE_AFAR) if len(texts) > 1 else []


def comparisons_of(quotation: QuotationText, pieces: Sequence[Piece]) -> list[Comparison]:
    """Each piece beside what is printed there; together they have the whole text of the quotation."""
    words = [part for part in quotation.parts if part.is_word]
    bounds = [0, *(words[piece.first].start for piece in pieces[1:]), len(quotation.text)]
    found = []
    for piece, start, end in zip(pieces, bounds[:-1], bounds[1:], strict=True):
        printed = piece.held.printed
        begin, stop = printed.span(piece.start, piece.end)
        tokens = printed.tokens_between(printed.index_at(begin), printed.index_at(stop - 1))
        tokens = [token for token in tokens if token.end > begin and token.start < stop]
        part = QuotationText(quotation.text[start:end])
        fitted = fit(part.segments, Columns(tokens))
        runs = fitted.runs if fitted else []
        found.append(Comparison(part, printed, tokens, runs, piece.held.calls))
    return found


def _covering(words: _Words, texts: Sequence[HeldText], shortest: int) -> list[Piece]:
    """Pieces that have nearly all of the words, the longest first from each word on."""
    pieces: list[Piece] = []
    left, at = 0, 0
    while at < len(words):
        piece = _longest(words, at, texts, shortest)
        if piece is None:
            left, at = left + 1, at + 1
            if left > _SHARE_LEFT * len(words):
                return []
            continue
        if pieces and (joined := _joined(pieces[-1], piece)):
            pieces[-1] = joined
        else:
            pieces.append(piece)
        at = piece.last
    return pieces if 2 <= len(pieces) <= MOST_PIECES else []


def _longest(words: _Words, at: int, texts: Sequence[HeldText], shortest: int) -> Piece | None:
    if at + shortest > len(words):
        return None
    begin = words.starts[at]
    beginning = words.key[begin : words.starts[at + shortest]]
    best: Piece | None = None
    for held in texts:
        for start in held.printed.occurrences(beginning, _OCCURRENCES):
            length = _common(words.key, begin, held.printed.key, start)
            last = bisect_right(words.starts, begin + length) - 1
            piece = Piece(held, at, last, start, start + words.starts[last] - begin)
            if best is None or piece.words > best.words:
                best = piece
    return best


def _common(one: str, start: int, other: str, begin: int) -> int:
    """How many characters from two positions on are the same, by halves."""
    low, high = 0, min(len(one) - start, len(other) - begin)
    while low < high:
        middle = (low + high + 1) // 2
        if one[start + low : start + middle] == other[begin + low : begin + middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _joined(before: Piece, after: Piece) -> Piece | None:
    """Two pieces as one, where they stand close together in this order."""
    if before.held is after.held and 0 <= after.start - before.end <= _NEAR:
        return Piece(before.held, before.first, after.last, before.start, after.end)
    return None
