"""An index of the words of some documents by itself: for those that the engine does not have.

It is made in memory when it is first needed, and takes no model. Documents in a language that is not searched
are found by it, and all documents where the engine's index is not built yet.
"""

from __future__ import annotations

from collections.abc import Iterable

from index.condition_query import condition_query
from index.conditions import Phrase
from index.engine import PassageFilter
from index.lexical import LexicalIndex
from index.passages import Passage


class TextIndex:
    """Passages by their words."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._index = LexicalIndex.in_memory()
        self._index.change((), passages)

    def with_phrase(self, text: str, limit: int) -> list[int]:
        """As `Searcher.with_phrase`."""
        return self._index.meeting(condition_query(Phrase(text), self._index), PassageFilter(), limit)

    def sharing_words(self, text: str, limit: int) -> list[int]:
        """As `Searcher.sharing_words`."""
        return self._index.sharing_words(text, limit)
