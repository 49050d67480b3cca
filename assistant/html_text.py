"""Text as a page of HTML can hold it."""

from __future__ import annotations

import re

# What HTML cannot hold: control characters but tab and line ends, halves of surrogate pairs, non-characters.
# And the two overrides of direction, which no document needs and which turn around what stands after them.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_REPLACEMENT = "\ufffd"


def printable(value: object) -> object:
    """A value as a page can hold it: what it cannot is shown as the replacement character."""
    if isinstance(value, str) and _UNPRINTABLE.search(value):
        return type(value)(_UNPRINTABLE.sub(_REPLACEMENT, value))
    return value
