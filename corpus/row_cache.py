"""Paragraphs that were read from their rows, kept for the questions that come next.

Reading a paragraph's JSON takes longer than finding its row, and a row never changes. Which rows there are
does: what is kept belongs to one generation, and is let go when another is read.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

from cachetools import LRUCache

from corpus.model import Paragraph

Key = tuple[int, int]
"""Document id and ordinal."""

PARAGRAPHS = 4096
"""How many paragraphs are kept, a few kilobytes each."""

SECTIONS = 100_000
"""Of how many paragraphs the section is kept, some 200 bytes each."""

_Value = TypeVar("_Value")


class KeptRows(Generic[_Value]):
    """What was read last, at most so much; several threads may read at once."""

    def __init__(self, most: int) -> None:
        self._kept: LRUCache[Key, _Value] = LRUCache(most)
        self._lock = threading.Lock()

    def read(
        self, keys: Sequence[Key], read: Callable[[Sequence[Key]], Mapping[Key, _Value]]
    ) -> dict[Key, _Value]:
        """What is at some keys, in their order whatever is kept; keys that are nowhere are left out."""
        with self._lock:
            found = {key: self._kept[key] for key in keys if key in self._kept}
        missing = [key for key in keys if key not in found]
        if missing:
            new = read(missing)
            with self._lock:
                self._kept.update(new)
            found.update(new)
        return {key: found[key] for key in keys if key in found}


class GenerationRows:
    """What was read of the paragraphs of one generation."""

    def __init__(self, generation: int) -> None:
        self.generation = generation
        self.paragraphs: KeptRows[Paragraph] = KeptRows(PARAGRAPHS)
        self.sections: KeptRows[int] = KeptRows(SECTIONS)


class RowCache:
    """What was read of the newest generation that anybody looked at."""

    def __init__(self) -> None:
        self._newest = GenerationRows(0)
        self._lock = threading.Lock()

    def of(self, generation: int) -> GenerationRows:
        """What is kept of a generation; of one that is not the newest nothing is, and nothing will be."""
        with self._lock:
            if generation > self._newest.generation:
                self._newest = GenerationRows(generation)
            return self._newest if generation == self._newest.generation else GenerationRows(generation)
