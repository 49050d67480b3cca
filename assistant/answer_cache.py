"""Answers that were given, kept for those who ask the same of the same documents.

An answer follows from what its key says and from nothing else, so one that is kept is the one that would
be made again. Another generation, model, filter or turn before it is another key.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from cachetools import LRUCache

from assistant.answer import Answer, AskRequest
from assistant.draft import Clock
from assistant.phrasing import StandAlone
from index.embedding import EncoderIdentity

CACHED_ANSWERS = 512
"""How many answers are kept unless a setting says otherwise, some tens of kilobytes each."""


@dataclass(frozen=True)
class AnswerKey:
    """All that an answer follows from, but for the words in which it was asked."""

    alone: StandAlone
    filters: str
    k: int
    quoted: int | None
    generation: int
    encoder: EncoderIdentity | None

    @classmethod
    def of(
        cls,
        request: AskRequest,
        alone: StandAlone,
        quoted: int | None,
        generation: int,
        encoder: EncoderIdentity | None,
    ) -> AnswerKey:
        """The key of a request that means this by itself, of a generation that was built so."""
        return cls(alone, request.filters.model_dump_json(), request.k, quoted, generation, encoder)


class AnswerCache:
    """The answers asked for last, at most so many, refusals among them; several threads may ask at once."""

    def __init__(self, most: int = CACHED_ANSWERS) -> None:
        """With `most` 0 nothing is kept."""
        self._kept: LRUCache[Hashable, Answer] = LRUCache(most)
        self._lock = threading.Lock()
        self.hits = 0
        """How many answers were not made again."""
        self.misses = 0
        """How many were made."""

    def answer(self, key: AnswerKey, question: str, clock: Clock, make: Callable[[], Answer]) -> Answer:
        """The answer that is kept, to the question as it is put now and with its own times; or a new one.

        What `make` raises is not kept.
        """
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self.hits += 1
        if kept is not None:
            return kept.model_copy(update={"question": question, "timings_ms": clock.read()})
        made = make()
        with self._lock:
            self.misses += 1
            if self._kept.maxsize:
                self._kept[key] = made
        return made
