"""How long answers take at two sizes of a collection, and in which part of the work."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

from assistant.answer import AskRequest
from assistant.service import Assistant
from assistant.settings import load_settings
from index.passages import passages_of, place_at
from index.vector_cache import VectorCache
from tests.benchmarks.scale_corpus import PARAGRAPHS, Corpus, Real, states, store
from tests.benchmarks.table import share

ROUNDS = 3
PARTS = ("encode", "search", "decide", "compose", "verify")
"""The laps of an answer that the tables show, as `timings_ms` names them."""


def time_row(assistant: Assistant, questions: Sequence[str]) -> dict[str, Any]:
    """Percentiles over the questions of the milliseconds that each takes, the fastest of some rounds.

    All questions are asked once before any is timed, so that files and code are warm. Rounds are far
    apart, so that what else the machine does for a moment does not count for a question; `load` tells how
    many processes wanted a core in the last minute, this one among them.
    """
    for question in questions:
        _ask(assistant, question)
    rounds = [[_ask(assistant, question) for question in questions] for _ in range(ROUNDS)]
    laps = [min(each, key=lambda lap: lap["total"]) for each in zip(*rounds, strict=True)]
    totals = [lap["total"] for lap in laps]
    with assistant.collection.catalog.snapshot() as snapshot:
        paragraphs = snapshot.counts().paragraphs
    row: dict[str, Any] = {"paragraphs": paragraphs, "questions": len(questions)}
    row["load"] = os.getloadavg()[0]
    row |= {"p50 ms": share(totals, 50), "p95 ms": share(totals, 95)}
    return row | {f"{part} p50": _median_of(part, laps) for part in PARTS}


def larger(data: Path, home: Path, folder: Path, paragraphs: int) -> Assistant:
    """An assistant over a copy of a home, with documents made of those it holds up to a number of paragraphs.

    The vectors of what is made are made of real ones, so nothing is encoded.
    """
    copytree(home, folder, ignore=ignore_patterns("*.lock"))
    assistant = Assistant.open(load_settings(home=folder, cached_answers=0))
    assistant.warm_up()
    collection = assistant.collection
    cache = VectorCache(folder / "vectors.db")
    with collection.catalog.snapshot() as snapshot:
        first, held = snapshot.next_document_id, snapshot.counts().paragraphs
    documents = max(0, paragraphs - held) // PARAGRAPHS
    corpus = Corpus(_real(assistant, cache), states(data))
    for texts, vectors in store(corpus, collection.catalog, first, documents):
        cache.put(texts, vectors, collection.encoder.identity)
    assistant.rebuild()
    return assistant


def _real(assistant: Assistant, cache: VectorCache) -> Real:
    """The passages that are held, with their vectors."""
    sentences, headings, texts = [], [], []
    for header in assistant.documents():
        document = assistant.document(header.symbol)
        by_ordinal = {paragraph.ordinal: paragraph for paragraph in document.paragraphs}
        for passage in passages_of(header.id, document):
            place = place_at(by_ordinal[passage.key.ordinal], passage.key.place)
            if place.sentences:
                sentences.append(place.sentences)
                headings.append(by_ordinal[passage.key.ordinal].section)
                texts.append(passage.embedded_text)
    encoder = assistant.collection.encoder
    return Real(sentences, headings, cache.vectors(texts, encoder.identity, lambda: encoder))


def _ask(assistant: Assistant, question: str) -> dict[str, float]:
    return assistant.ask(AskRequest(question=question, store=False)).timings_ms


def _median_of(part: str, laps: Iterable[dict[str, float]]) -> float | None:
    taken = [lap[part] for lap in laps if part in lap]
    return share(taken, 50) if taken else None
