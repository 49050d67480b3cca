"""What is searched for a topic: its words, those that mean the same, and its vector."""

from __future__ import annotations

import numpy as np

from assistant.conditions import variants_of
from index.embedding import Encoder, Vectors
from index.engine import Query, Searcher
from index.query_syntax import ReadQuery
from index.vocabulary import Vocabulary, with_variants
from index.words import terms

COMMON = 0.3
"""A word in a larger share of the passages tells little of them apart (`docs/retrieval.md`)."""


def query_for(
    topic: str,
    read: ReadQuery,
    searcher: Searcher,
    encoder: Encoder,
    vocabulary: Vocabulary,
    common: float = COMMON,
) -> Query:
    """The query for a topic; `read` is the question it is the topic of, with its conditions.

    The vector lies midway between that of the topic and that of its distinctive words: in documents
    that all speak of persons with disabilities, "deaths of persons with disabilities" is about deaths.
    """
    variants = variants_of(topic, read, vocabulary, searcher)
    topic = topic or "".join(variants[:1])  # a beginning alone is ranked by the word it mostly stands for
    telling = distinctive(topic, searcher, common)
    texts = [with_variants(topic, variants)]
    if telling != topic:
        texts.append(with_variants(telling, [v for v in vocabulary.variants(telling) if v in variants]))
    return Query(topic, variants, _mean(encoder.encode_queries(texts)), read.condition)


def distinctive(text: str, searcher: Searcher, common: float = COMMON) -> str:
    """A text without the words that more than a share of the passages have.

    All of it is kept where nothing else would be left.
    """
    most = common * len(searcher)
    kept = [
        word
        for word in text.split()
        if not (stems := terms(word)) or any(searcher.passages_with(stem) <= most for stem in stems)
    ]
    left = " ".join(kept)
    return left if terms(left) else text


def _mean(vectors: Vectors) -> Vectors:
    mean = vectors.mean(axis=0)
    unit: Vectors = mean / max(float(np.linalg.norm(mean)), 1e-12)
    return unit
