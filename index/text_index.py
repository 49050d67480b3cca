"""An index of the words of some documents by itself: for those that the engine does not have.

It is made when it is first needed, in a temporary folder, and takes no model. Documents in a language that
is not searched are found by it, and all documents where the engine's index is not built yet.
"""

from __future__ import annotations

import shutil
import weakref
from collections.abc import Iterable
from pathlib import Path
from tempfile import mkdtemp

from index.condition_query import condition_query
from index.conditions import Phrase
from index.engine import PassageFilter
from index.lexical import LexicalIndex
from index.passages import Passage


class TextIndex:
    """Passages by their words, in a folder that goes when nobody has it any more."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        folder = Path(mkdtemp(prefix="pilcrow-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self._index = LexicalIndex.create(folder / "terms", None)
        self._index.change((), passages)

    def with_phrase(self, text: str, limit: int) -> list[int]:
        """As `Searcher.with_phrase`."""
        return self._index.meeting(condition_query(Phrase(text), self._index), PassageFilter(), limit)

    def sharing_words(self, text: str, limit: int) -> list[int]:
        """As `Searcher.sharing_words`."""
        return self._index.sharing_words(text, limit)
