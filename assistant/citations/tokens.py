"""Texts as words and signs to be compared, with the way back to what is printed.

Spaces, quotation marks and dashes stand between tokens and are no tokens: they change with every copy of
a text. A token's form is compared; its stretch of the text leads back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Soft hyphens and characters without width, which no reader sees."""

QUOTES = "\"'`´‘’‚‛“”„‟′″‹›«»＂＇"
DASHES = "-‐‑‒–—―−﹘﹣－⁃"

_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670"  # accents by themselves
_WORD = rf"[^\W_{INVISIBLE}][\w{_MARKS}{INVISIBLE}]*"
_TOKEN = re.compile(rf"(?P<word>{_WORD})|[^\s{re.escape(QUOTES + DASHES + INVISIBLE)}]")
_DROPPED = str.maketrans("", "", INVISIBLE)


class Token(NamedTuple):
    """A word or a sign; `form` is what is compared, with its case."""

    start: int
    end: int
    form: str
    is_word: bool


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """The words and signs of a stretch of a text, in order."""
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        yield Token(*match.span(), form_of(match[0]), match.lastgroup is not None)


def form_of(printed: str) -> str:
    """A word or sign as it is compared: NFKC, without invisible characters."""
    if printed.isascii():
        return printed
    return unicodedata.normalize("NFKC", printed.translate(_DROPPED))


class KeyTable(dict[int, str]):
    """For `str.translate`: letters and digits without case and accents, and nothing of all else."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(code)).lower()
        key = "".join(sign for sign in plain if sign.isalnum())
        self[code] = key
        return key


_KEYS = KeyTable()  # pure data, filled as characters are met


def key_of(text: str) -> str:
    """The letters and digits of a text without case and accents: what lost and split spaces leave."""
    return text.translate(_KEYS)
