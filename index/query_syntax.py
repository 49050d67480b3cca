"""What people type into a search: phrases in quotation marks, AND, OR, NOT, brackets and `*`.

Quotation marks, `*` at the end of a word, `+word` and `-word` bind wherever they stand. AND, OR and
NOT, in capitals, bind the word, phrase or bracket next to them; all other words only rank. NOT binds
before AND, AND before OR, and words in one bracket belong together. What cannot be meant as syntax (a
single quotation mark or bracket, an operator without a word beside it) is an ordinary character or
word: every text can be read, in time that grows with its length alone.

A text with more than `MOST_CLAUSES` words and phrases in conditions sets none, and brackets deeper
than `index.query_tokens.DEEPEST` group nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.conditions import Not, TermCondition, Word, all_of, any_of
from index.query_tokens import Token, tokens_of
from index.words import terms

MOST_CLAUSES = 64
"""Words and phrases in the conditions of one query; a text with more is a text and no query."""


@dataclass(frozen=True, slots=True)
class ReadQuery:
    """A query read: its words rank the passages that meet its condition.

    A text without syntax is its own `words`. Otherwise these are the text without operators and
    marks, what it excludes, and single words with `*`, which only an index can complete. `unquoted`
    are those outside quotation marks, `beside` those that are in no condition.
    """

    words: str
    unquoted: str
    beside: str
    condition: TermCondition | None

    @classmethod
    def plain(cls, text: str) -> ReadQuery:
        """A text that is nothing but words."""
        return cls(text, text, text, None)


def read_query(text: str) -> ReadQuery:
    """Read what was typed; never fails."""
    tokens = tokens_of(text)
    condition = _Parser(tokens).query()
    if condition is None or sum(token.is_leaf and token.bound for token in tokens) > MOST_CLAUSES:
        return ReadQuery.plain(text)
    kept = [token for token in tokens if token.is_leaf and not token.excluded]
    return ReadQuery(
        words=_joined(kept),
        unquoted=_joined([token for token in kept if token.kind == "word"]),
        beside=_joined([token for token in kept if not token.bound]),
        condition=condition,
    )


def _joined(tokens: Sequence[Token]) -> str:
    return " ".join(words for token in tokens if (words := token.words()))


class _Parser:
    """Reads tokens from left to right, and notes in each whether it binds and whether it is excluded."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._next = 0

    def query(self) -> TermCondition | None:
        """The conditions at the top, all of which bind; a word by itself sets none."""
        conditions = []
        while self._next < len(self._tokens):
            start = self._next
            condition = self._any()
            read = self._tokens[start : self._next]
            if len(read) == 1 and read[0].kind == "word" and not read[0].begins:
                continue
            conditions.append(condition)
            for token in read:
                token.bound = True
        return all_of(conditions) if conditions else None

    def _any(self) -> TermCondition:
        parts = [self._all()]
        while self._is_next("OR"):
            self._next += 1
            parts.append(self._all())
        return any_of(parts)

    def _all(self) -> TermCondition:
        parts = [self._one()]
        while self._is_next("AND"):
            self._next += 1
            parts.append(self._one())
        return all_of(parts)

    def _one(self) -> TermCondition:
        kind = self._tokens[self._next].kind
        if kind not in ("NOT", "-", "+"):
            return self._group()
        self._next += 1
        start = self._next
        condition = self._group()
        if kind == "+":
            return condition
        for token in self._tokens[start : self._next]:
            token.excluded = not token.excluded
        return Not(condition)

    def _group(self) -> TermCondition:
        token = self._tokens[self._next]
        self._next += 1
        if token.kind != "(":
            return token.condition()
        parts = []
        while not self._is_next(")"):
            parts.append(self._any())
        self._next += 1
        # "of" in (sale of children) is not asked for
        telling = [part for part in parts if not isinstance(part, Word) or terms(part.text)]
        return all_of(telling or parts)

    def _is_next(self, kind: str) -> bool:
        return self._next < len(self._tokens) and self._tokens[self._next].kind == kind
