"""Whether quoted words support a statement that says the same in other words.

A statement says no more than a quotation where the quotation carries what the statement is made of. What it
lacks is counted, each kind apart: content words, by their stems; proper names; numbers. The three counts are
weighed against each other as `make bench-support` fits them on claims with the sentences that support them
(`docs/answers.md` has the figures). Vectors of words add nothing there that the words themselves do not tell,
so no model is needed.

Two things that no count shows are looked at besides, in the sentence that has most of the statement: one of
the two denies something, or one asks for what the other says is so. Then nothing is said to be supported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.words import terms

WORD, NAME, NUMBER = 0.2, 0.55, 1.8
"""What each content word, name and number that the quotation lacks takes away."""

SUPPORTED_FROM, UNSUPPORTED_BELOW = -0.8, -2.35
"""Scores from which a statement is supported, and below which it is not; in between nobody can tell, and
nothing is said. A tenth of the claims that are not supported, or only in part, reach the one, and a tenth
of those that are miss the other, among the claims on which they were chosen."""

MOST, FEW = 0.7, 0.3
"""The share of its content words that a quotation must carry of a statement besides, and the share below
which it does not support it. The score lets a claim of 14 content words, which is usual, lack four of them,
and a statement of four lack all; so short ones are held to the same share."""

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W_]+)*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SENTENCE_END = re.compile(r"(?<=[.;!?])\s+|\n")
_NUMERALS = {
    word: str(number)
    for number, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2)
}
_DENIES = re.compile(
    r"\b(?:no|not|never|none|neither|nor|without|cannot|absence|(?:lack|fail|den|refus)\w*)\b|n[’']t\b", re.I
)
_ASKS = re.compile(
    r"\b(?:recommend|urge|encourag|request|call(?:s|ed)?\s+(?:up)?on|invit|remind|advis|should|must|ought"
    r"|want|ask)",
    re.I,
)


@dataclass(frozen=True)
class Carried:
    """What a quotation lacks of a statement, the share it has, and whether both deny and ask alike."""

    share: float
    words: tuple[str, ...]
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    alike: bool

    @property
    def score(self) -> float:
        """0 where nothing is lacking, and the less the more is."""
        return -(WORD * len(self.words) + NAME * len(self.names) + NUMBER * len(self.numbers))

    @property
    def supported(self) -> bool | None:
        """Whether the statement is supported; None where it cannot be told."""
        if self.score < UNSUPPORTED_BELOW or self.share < FEW:
            return False
        enough = self.score >= SUPPORTED_FROM and self.share >= MOST
        return True if enough and self.alike else None


def carried(statement: str, quotation: str, governing: str = "") -> Carried:
    """Compare a statement with the words that are quoted for it, and those that govern them.

    An item of a list is governed by the words that lead in to it, which say whether it is asked for.
    """
    whole = f"{governing}\n{quotation}"
    stems = set(terms(whole))
    printed = {word.lower() for word in _WORD.findall(whole)}
    nearest = _nearest_sentence(statement, quotation)
    words = list(_content_words(statement))
    lacking = tuple(word for word in words if not set(terms(word)) <= stems)
    return Carried(
        1 - len(lacking) / len(words) if words else 0.0,
        lacking,
        tuple(name for name in _names(statement) if name.lower() not in printed),
        tuple(number for number in _numbers(statement) if number not in set(_numbers(whole))),
        _deny_alike(statement, nearest) and _ask_alike(statement, f"{governing}\n{nearest}"),
    )


def _content_words(text: str) -> Iterator[str]:
    words = dict.fromkeys(word.lower() for word in _WORD.findall(text))
    return (word for word in words if terms(word))


def _names(text: str) -> Iterator[str]:
    """Capitalised words, but for the first, which may be one of any kind."""
    found = dict.fromkeys(word for word in _WORD.findall(text)[1:] if word[0].isupper())
    return (word for word in found if terms(word))


def _numbers(text: str) -> Iterator[str]:
    """Numbers in digits, without the marks between thousands, and those in words that are no article."""
    yield from dict.fromkeys(number.replace(",", "") for number in _NUMBER.findall(text))
    yield from (_NUMERALS[word.lower()] for word in _WORD.findall(text) if word.lower() in _NUMERALS)


def _nearest_sentence(statement: str, quotation: str) -> str:
    said = set(terms(statement))
    return max(_SENTENCE_END.split(quotation), key=lambda sentence: len(said & set(terms(sentence))))


def _deny_alike(one: str, other: str) -> bool:
    return bool(_DENIES.search(one)) is bool(_DENIES.search(other))


def _ask_alike(one: str, other: str) -> bool:
    return bool(_ASKS.search(one)) is bool(_ASKS.search(other))
