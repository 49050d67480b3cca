"""What is held, a page at a time: filtered as questions are, and searched by words of title and symbol.

A page begins behind the last document of the one before it, so pages hold together whatever is taken in
or removed between them: nothing that stays is told twice or left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Filters
from assistant.scope import scope_of
from corpus.holdings import Holdings
from corpus.model import DocumentHeader, Source

CURSOR = r"^(?:[0-9a-f]{2})+$"
"""What every cursor looks like; whatever looks so is a place in the order."""

_WORD = re.compile(r"\w+")


class HeldDocument(BaseModel):
    """A held document without its text."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    symbol: str
    slug: str = Field(description="Names it in paths.")
    title: str
    committee: str | None
    instrument: str | None
    states: tuple[str, ...]
    session: str | None
    adopted: date | None
    issued: date | None
    language: str
    edition: str
    source: Source
    paragraphs: int
    current: bool = Field(description="Whether it is the newest edition of its symbol and language.")
    searched: bool = Field(description="False where the model does not serve its language.")
    url: str = Field(description="Where the UN publishes it.")


class DocumentPage(BaseModel):
    """Some documents, and where to go on; `next` is null after the last one."""

    model_config = ConfigDict(frozen=True)

    documents: tuple[HeldDocument, ...]
    next: str | None


def page_of(
    holdings: Holdings, filters: Filters, words: str | None, limit: int, cursor: str | None
) -> DocumentPage:
    """The first documents behind a cursor, by symbol and language; raises `ValueError` for no cursor."""
    after = read_cursor(cursor) if cursor else ("", "")
    matches = _matching(words)
    found = sorted(
        (h for h in scope_of(holdings, filters, searched_only=False).headers if _key(h) > after),
        key=_key,
    )
    shown: list[DocumentHeader] = []
    for header in filter(matches, found):
        if len(shown) == limit:
            return DocumentPage(documents=_told(shown), next=cursor_behind(shown[-1]))
        shown.append(header)
    return DocumentPage(documents=_told(shown), next=None)


def cursor_behind(header: DocumentHeader) -> str:
    """The cursor of a page that begins behind a document."""
    return "\0".join(_key(header)).encode("utf-8", "replace").hex()


def read_cursor(cursor: str) -> tuple[str, str]:
    """Symbol and language that a cursor stands behind; raises `ValueError` for what is not of `CURSOR`."""
    symbol, _, language = bytes.fromhex(cursor).decode("utf-8", "replace").partition("\0")
    return symbol, language


def _matching(words: str | None) -> Callable[[DocumentHeader], bool]:
    """Whether every word begins one of a document's title or symbol."""
    if words is None or not words.strip():
        return lambda _: True
    wanted = frozenset(_words(words))

    def matches(header: DocumentHeader) -> bool:
        own = set(_words(f"{header.title} {header.symbol}"))
        return bool(wanted) and all(any(word.startswith(start) for word in own) for start in wanted)

    return matches


def _words(text: str) -> Iterator[str]:
    """Words without case and accents."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return (found[0] for found in _WORD.finditer(text.casefold()))


def _key(header: DocumentHeader) -> tuple[str, str]:
    return header.symbol, header.language


def _told(headers: list[DocumentHeader]) -> tuple[HeldDocument, ...]:
    return tuple(HeldDocument.model_validate(header) for header in headers)
