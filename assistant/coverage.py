"""How much of what a question asks about stands in a text, each word counted by its rarity."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.content_words import content_terms
from corpus.places import find_states
from index.vocabulary import Vocabulary
from index.words import printed_words, terms

OTHER_FORM_SHARE = 0.7
"""What a word counts that is there in another form: "adopted" for "adoption"."""

VARIANT_SHARE = 0.85
"""What a word counts whose everyday variant is there: "corruption" for "bribery"."""

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")


class WordStatistics(Protocol):
    """How common words are among the passages."""

    def passages_with(self, term: str) -> int:
        """How many passages have an indexed term."""
        ...

    def __len__(self) -> int:
        """How many passages there are."""
        ...


@dataclass(frozen=True)
class TopicWord:
    """A content word of a topic: as typed, the stems of it and of its everyday variants, its weight.

    The weight is its rarity among the passages; a word that none has is the rarest of all.
    """

    typed: str
    stems: frozenset[str]
    variants: tuple[frozenset[str], ...]
    weight: float


@dataclass(frozen=True)
class Words:
    """The words of a text: their stems, and as they are printed."""

    stems: frozenset[str]
    printed: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Words:
        """Those of a text."""
        return cls(frozenset(terms(text)), frozenset(printed_words(text)))


def topic_words(topic: str, statistics: WordStatistics, vocabulary: Vocabulary) -> tuple[TopicWord, ...]:
    """The content words of a topic, each once; not those of States, which say where and not what.

    Words that say how something is asked ("is training enough?") count only where no others are.
    """
    of_states = {term for name, _, _ in find_states(topic) for term in terms(name)}
    words = []
    typed_words: dict[str, str] = {}
    for word in _WORD.findall(topic):
        typed_words.setdefault(word.lower(), word)
    for typed in typed_words.values():
        stems = [term for term in terms(typed) if term not in of_states]
        if stems:
            counts = [statistics.passages_with(term) for term in stems]
            variants = tuple(frozenset(terms(variant)) for variant in vocabulary.variants(typed))
            weight = max(rarity(count, len(statistics)) for count in counts)
            words.append(TopicWord(typed, frozenset(stems), variants, weight))
    return tuple(word for word in words if content_terms(word.typed)) or tuple(words)


def coverage(topic: Sequence[TopicWord], text: Words) -> float:
    """The share of a topic's weight that a text has, from 0 to 1; 0 for a topic without content words."""
    return _share(topic, [_met(word, text) for word in topic])


def share_lost(topic: Sequence[TopicWord], there: Collection[str], here: Collection[str]) -> float:
    """The share of a topic's weight in words whose stems are all there and not all here."""
    return _share(topic, [float(word.stems <= set(there) and not word.stems <= set(here)) for word in topic])


def in_none(topic: Sequence[TopicWord], texts: Sequence[Words]) -> tuple[str, ...]:
    """The words that none of the texts has, in any form or everyday variant, as typed."""
    return tuple(word.typed for word in topic if not any(_met(word, text) for text in texts))


def rarity(found: int, passages: int) -> float:
    """The inverse document frequency of a term that `found` of the passages have, as in BM25."""
    return math.log(1 + (passages - found + 0.5) / (found + 0.5))


def _met(word: TopicWord, text: Words) -> float:
    if word.stems <= text.stems:
        return 1.0 if printed_words(word.typed) <= text.printed else OTHER_FORM_SHARE
    return VARIANT_SHARE if any(variant <= text.stems for variant in word.variants) else 0.0


def _share(topic: Sequence[TopicWord], met: Sequence[float]) -> float:
    total = sum(word.weight for word in topic)
    return sum(share * word.weight for share, word in zip(met, topic, strict=True)) / total if total else 0.0
