"""Quotation marks of a text, told apart from apostrophes and from the marks of feet and inches.

What a mark is follows from where it stands as much as from its shape, since languages use the same shapes
the other way round („…“, »…«) and programs set the wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

CLOSERS = {
    "“": "”“\"", "”": "”\"", "„": "“”\"", "‟": "”\"", '"': '"”', "«": "»", "»": "«", "‹": "›", "›": "‹",
    "‘": "’'", "‚": "‘'", "'": "'’", "``": "''",
}  # fmt: skip
"""For each mark that opens a quotation those that may close it."""

SINGLE = frozenset("‘’‚'")
"""The marks that may be apostrophes, or are used as such."""

_MARK = re.compile("``|''|[“”„‟\"«»‹›‘’‚']")
# ’90s, ’tis: an apostrophe for what is left out at the beginning of a word
_CUT = re.compile(r"['’‘](?:\d0s|tis|twas|em|til|cause|n['’])(?!\w)", re.IGNORECASE)
_FEET = re.compile(r"(?<!\d)\d{1,3} ?['’′] ?\d{1,2} ?[\"”″]|(?<=\d)[\"'’](?= ?[x×] ?\d)")
_OF_MEASURES = frozenset("'’\"”")
_BEFORE_OPENING = frozenset("([{<—–-/…“‘«‹„‚\"'`¿¡|")
_AFTER_CLOSING = frozenset(".,;:!?)]}>—–-/…”’»›\"'|*†‡[(")
_MAY_BE_OF_A_GENITIVE = frozenset("sSxXzZ")


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation mark: where it stands, and whether it may open or close a quotation there.

    `doubtful` are marks that close or are the apostrophe of a plural: `states’ obligations`.
    """

    start: int
    end: int
    sign: str
    opens: bool
    closes: bool
    doubtful: bool = False


def marks_of(text: str) -> list[Mark]:
    """The quotation marks of a text in order, without apostrophes that nothing else could be."""
    marks = list(_all(text))
    if not any(mark.sign in _OF_MEASURES for mark in marks):
        return marks
    skipped = {index for match in _FEET.finditer(text) for index in range(*match.span())}
    return [mark for mark in marks if mark.start not in skipped]


def _all(text: str) -> Iterator[Mark]:
    for match in _MARK.finditer(text):
        start, end = match.span()
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        opens = bool(after.strip()) and (not before.strip() or before in _BEFORE_OPENING)
        closes = bool(before.strip()) and (not after.strip() or after in _AFTER_CLOSING)
        if match[0] in SINGLE:
            if (before.isalnum() and after.isalnum()) or not (opens or closes) or _CUT.match(text, start):
                continue
            doubtful = not after.strip() and after != "" and before in _MAY_BE_OF_A_GENITIVE
            yield Mark(start, end, match[0], opens, closes, doubtful)
        else:
            yield Mark(start, end, match[0], opens, closes)
