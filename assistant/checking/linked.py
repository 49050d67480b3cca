"""Documents that a draft names by a link only: [the observations](https://docs.un.org/en/CRC/C/…)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from urllib.parse import unquote

from assistant.checking.anchors import Anchor
from assistant.checking.draft import Draft, Part
from corpus.pinpoint import Pinpoint
from corpus.source_text import SourceText
from corpus.symbol import Symbol

_ADDRESS = re.compile(r"\]\(<?(?P<address>https?://[^\s)>]{1,400})")
_LONGEST = 300  # characters of the words of a link


def linked_documents(draft: Draft, part: Part, source: SourceText) -> Iterator[Anchor]:
    """The words of each link of Markdown whose address has a symbol, where they have none themselves."""
    opened: int | None = None
    for start, end in part.hidden:
        sign = draft.text[start:end]
        address = _ADDRESS.search(sign)
        if address and opened is not None:
            first, last = (_position(source, offset) for offset in (opened, start))
            words = source.text[first:last]
            symbol = _one_symbol(address["address"])
            if symbol and words and last - first <= _LONGEST and not _says_itself(words):
                yield Anchor("symbol", first, last, symbol, linked=True)
        opened = end if "[" in sign else None if address else opened


def _position(source: SourceText, offset: int) -> int:
    return bisect_left(range(len(source.text)), offset, key=source.offset)


def _one_symbol(address: str) -> str | None:
    found = {str(symbol) for symbol, _, _ in Symbol.find_all(unquote(address))}
    return found.pop() if len(found) == 1 else None


def _says_itself(words: str) -> bool:
    """Whether the words of a link have a symbol, an address or a number of their own, or are a quotation."""
    return any(sign in words for sign in '/“"') or next(Pinpoint.find_all(words), None) is not None
