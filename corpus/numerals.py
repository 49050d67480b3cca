"""The two ways UN documents count besides digits: Roman numerals and letters."""

from __future__ import annotations

import re

_ROMAN = re.compile(r"(?=.)m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def roman_value(text: str) -> int | None:
    """The value of a well-formed Roman numeral in either case, or None."""
    text = text.lower()
    if not _ROMAN.fullmatch(text):
        return None
    values = [_VALUES[letter] for letter in text]
    signed = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in signed)


def letter_value(text: str) -> int | None:
    """The place of a list letter: a is 1, z is 26, aa is 27, bb is 28; otherwise None."""
    text = text.lower()
    if not re.fullmatch(r"([a-z])\1?", text):
        return None
    return ord(text[0]) - ord("a") + 1 + (26 if len(text) == 2 else 0)
