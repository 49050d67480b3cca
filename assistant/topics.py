"""Questions on several topics at once: "extradition and adoption"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.retrieval import Hit
from index.vocabulary import Vocabulary
from index.words import printed_words, terms

_BETWEEN = re.compile(r"\s*(?:[,;]\s*(?:and|or)?\b|\b(?:and|or|as\s+well\s+as)\b)\s*", re.IGNORECASE)
_BELONGS = re.compile(
    r"\b(?:on|of|in|for|to|with|by|from|about|against|among|between|under|at|that|which|who|is|are|was"
    r"|were|do|does"
    r"|did|has|have|should|can|must|will)\b",
    re.IGNORECASE,
)
_MOST = 4


def topics_of(topic: str) -> tuple[str, ...]:
    """The topics that are named one beside another; none where the words belong together.

    "Laws and policies on drones" is one topic: what stands after "on" belongs to both.
    """
    parts = [part.strip(" ?.!") for part in _BETWEEN.split(topic)]
    several = 1 < len(parts) <= _MOST and all(terms(part) for part in parts)
    if not several or any(_BELONGS.search(part) for part in parts):
        return ()
    return tuple(parts)


def may_share_a_noun(topics: Sequence[str]) -> bool:
    """Whether the last topic may lend a noun to those before it: "infant and maternal mortality"."""
    words = [len(topic.split()) for topic in topics]
    return bool(words) and min(words[:-1]) < words[-1]


def is_carried(topic: str, hits: Sequence[Hit], vocabulary: Vocabulary) -> bool:
    """Whether one of the paragraphs has all words of a topic, or of one that means the same.

    Words are compared as printed: a State that "adopts" a law says nothing of adoption.
    """
    wanted = [printed_words(topic), *map(printed_words, vocabulary.variants(topic))]
    texts = (printed_words(f"{' '.join(h.paragraph.section)}\n{h.paragraph.full_text}") for h in hits)
    return any(words <= text for text in texts for words in wanted)
