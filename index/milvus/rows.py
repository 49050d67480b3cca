"""Passages as rows of Milvus: the weights and words by which it finds them.

Milvus has a BM25 of its own, whose statistics are those of its segments, removed rows and rows that are
not published among them: the same passage would score otherwise after another's removal, and there are
no half weights for words that stand for others. So a row has the part of BM25 that is the passage's own
as a sparse vector, and a query the part that is the words'; their inner product is BM25.
"""

from __future__ import annotations

import re
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from index.embedding import Vectors
from index.passages import Passage, role_bits
from index.words import terms, words_as_printed

SATURATION = 1.2
"""BM25's k1, as the embedded engine has it."""

LENGTH_SHARE = 0.75
"""BM25's b, as the embedded engine has it."""

DENSE = "dense"
"""The field with the vector of a passage."""

SPARSE = "sparse"
"""The field with what its words weigh."""

FIELDS = ("row", "number", "document", "length", "roles", "stems", "words", DENSE, SPARSE)
"""What a row has besides the generation it is written for."""

TEXT_BYTES = 65_535
"""The longest text of a field of a row in UTF-8 (Milvus's documented limit)."""

PREFIX = "pilcrow_"
"""How the names of collections begin that a data folder has made."""

HEAD = "head"
"""The key of the row that is no passage and says whose a collection is."""

NEVER = 1 << 62
"""The generation of that row, so that it is in none."""

PRESENT = 0
"""The dimension that every row has, since Milvus takes no empty sparse vector; no query has it."""

_BATCH_ROWS = 1_000
_BATCH_BYTES = 8_000_000  # a server takes messages of 64 MB
_ENCODED = re.compile(r"-([0-9a-f]{1,6})-")
_EXACT_LENGTHS = 24
_LENGTH_DIGITS = 4
_BETWEEN = "|"  # between stretches, so that no phrase goes on from one into the next


Row = Mapping[str, Any]

Kind = Literal["stem", "printed"]
"""How words are counted: by their indexed term, or as printed."""


@dataclass(frozen=True)
class Worded:
    """A passage with its words: stems in the order of the text, and as printed in each stretch."""

    passage: Passage
    stems: Sequence[str]
    stretches: Sequence[Sequence[str]]

    @classmethod
    def of(cls, passage: Passage) -> Worded:
        """The words of a passage, as the embedded engine indexes them."""
        return cls(passage, terms(passage.indexed_text), [words_as_printed(s) for s in passage.stretches])


@dataclass
class Growth:
    """What a generation adds to what is counted; removed passages count below zero."""

    length: int = 0
    passages: int = 0
    written: int = 0
    words: dict[Kind, Counter[str]] = field(default_factory=lambda: {"stem": Counter(), "printed": Counter()})

    def count(self, stems: Iterable[str], printed: Iterable[str], length: int, sign: int = 1) -> None:
        """Enter a passage, or with the sign -1 one that is removed."""
        self.passages += sign
        self.written += sign > 0
        self.length += sign * length
        for counter, words in ((self.words["stem"], stems), (self.words["printed"], printed)):
            for word in words:
                counter[word] += sign


@dataclass(frozen=True)
class Series:
    """The rows that one build writes: of a generation, weighed by a mean length.

    The token tells them from those of a build that failed, of which a server may still be at work on a
    message: it must not take the place of what the next build wrote under the same numbers.
    """

    collection: str
    generation: int
    mean_length: float
    token: str = field(default_factory=lambda: secrets.token_hex(4))

    def key(self, number: int) -> str:
        """The key of a passage's row: the same when a message is sent twice."""
        return f"{self.generation:x}-{self.token}-{number:x}"


def rows_of(
    worded: Iterable[Worded], vectors: Vectors, series: Series, dimensions: Mapping[str, int]
) -> Iterator[Row]:
    """Rows for passages, with more words in some than a server takes (`index.milvus.long_passages`).

    `dimensions` has the number of each stem in sparse vectors.
    """
    for one, vector in zip(worded, vectors, strict=True):
        number = int(one.passage.key)
        length = len(one.stems)
        weights = {
            dimensions[stem]: weight(count, length, series.mean_length)
            for stem, count in Counter(map(plain, one.stems)).items()
        }
        yield {
            "row": series.key(number),
            "number": number,
            "document": one.passage.key.document,
            "born": series.generation,
            "length": length,
            "roles": role_bits(one.passage.roles),
            "stems": joined(sorted(set(one.stems))),
            "words": _BETWEEN.join(map(joined, one.stretches)),
            DENSE: vector,
            SPARSE: {PRESENT: 1.0, **weights},
        }


def reweighed(row: Row, before: float, series: Series) -> Row:
    """A row of a generation with the mean length before as it is in another series."""
    length = int(row["length"])
    weights = {
        word: weight(_occurrences(known, length, before), length, series.mean_length)
        for word, known in row[SPARSE].items()
        if word != PRESENT
    }
    key = series.key(int(row["number"]))
    return {**row, "row": key, "born": series.generation, SPARSE: {PRESENT: 1.0, **weights}}


def head_row(mark: str, owner: str, dimension: int) -> Row:
    """The row that says whose a collection is: by a mark, and for people."""
    numbers = {"number": -1, "document": -1, "born": NEVER, "length": 0, "roles": 0}
    return {
        "row": HEAD,
        **numbers,
        "stems": owner,
        "words": mark,
        DENSE: [1.0, *[0.0] * (dimension - 1)],
        SPARSE: {PRESENT: 1.0},
    }


def weight(count: int, length: int, mean_length: float) -> float:
    """What a word that a passage has so often adds to its BM25, by the word's inverse document frequency.

    It is 1 for one occurrence in a passage of mean length.
    """
    return count * (SATURATION + 1) / (count + _norm(length, mean_length))


def rounded(length: int) -> int:
    """A number of words, to as many digits as the embedded engine keeps of it, so that both score alike.

    Tantivy has one byte for it, as Lucene does: from 40 on, four binary digits of what is above 24.
    """
    above = length - _EXACT_LENGTHS
    if above < 1 << _LENGTH_DIGITS:
        return length
    cut = above.bit_length() - _LENGTH_DIGITS
    return _EXACT_LENGTHS + (above >> cut << cut)


def joined(words: Sequence[str]) -> str:
    """Words with a blank on both sides of each, by which `LIKE` finds whole ones."""
    return f" {' '.join(map(plain, words))} "


def plain(word: str) -> str:
    """A word without what has a meaning in expressions and patterns; its beginning stays its beginning."""
    if word.isalnum():
        return word
    return "".join(char if char.isalnum() else f"-{ord(char):x}-" for char in word)


def printed(word: str) -> str:
    """The word that `plain` made this of."""
    return _ENCODED.sub(lambda match: chr(int(match[1], 16)), word)


def words_in(text: str) -> set[str]:
    """The words, in their plain form, that `joined` made a text of."""
    return set(text.replace(_BETWEEN, " ").split())


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows by as many as one message to a server holds."""
    batch: list[Row] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += 8 * len(row[SPARSE]) + len(row["stems"]) + len(row["words"]) + 4 * len(row[DENSE])
        if len(batch) >= _BATCH_ROWS or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _norm(length: int, mean_length: float) -> float:
    return SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * rounded(length) / mean_length)


def _occurrences(known: float, length: int, mean_length: float) -> int:
    """How often a passage has a word that has this weight in it; Milvus keeps weights in single precision."""
    return round(known * _norm(length, mean_length) / (SATURATION + 1 - known))
