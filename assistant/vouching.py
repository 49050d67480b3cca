"""What other documents say for a paragraph that a question is put to.

Committees treat the same subjects under the same headings, document after document, and not always in
the same words. Where a question is put to some documents only, the nearest paragraphs of all documents
are found too. One that stands under the same heading as a paragraph here, and is nearer to the question,
speaks for it: what is under that heading there is what is asked for, so what is under it here likely is.
It speaks less the more of the question's words it has that no paragraph found here has: what other
documents say about albinism under a heading on violence does not show that this one does.

Paragraphs of other documents only help to decide; they are never quoted or shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.coverage import TopicWord, share_lost
from corpus.catalog import Snapshot
from corpus.model import Paragraph
from index.engine import PassageFilter, Query, Searcher
from index.passages import PassageKey, heading_of
from index.words import terms

WITNESSES = 20
"""Passages that are asked; with 40 no figure of `make bench-refusal` differs by more than 0.004."""

ALIKE_FROM = 0.6
"""Share of the words of two headings, by their stems, from which they are the same heading."""


@dataclass(frozen=True)
class Witness:
    """A paragraph of any document: how near it is, the stems of its heading, and its own."""

    cosine: float
    heading: frozenset[str]
    stems: frozenset[str]


def witnesses_of(snapshot: Snapshot, searcher: Searcher, query: Query) -> list[Witness]:
    """The paragraphs of all documents that are nearest to a query."""
    found = searcher.search(query, PassageFilter(), WITNESSES).scored
    nearest: dict[tuple[int, int], float] = {}
    for passage in sorted(found, key=lambda passage: -passage.dense)[:WITNESSES]:
        key = PassageKey.from_int(passage.passage)
        nearest.setdefault((key.document, key.ordinal), passage.dense)
    paragraphs = snapshot.paragraphs_at(list(nearest))
    return [
        Witness(cosine, heading_stems(paragraph), frozenset(terms(_text(paragraph))))
        for key, cosine in nearest.items()
        if (paragraph := paragraphs.get(key)) is not None
    ]


def vouched(
    cosine: float,
    heading: frozenset[str],
    topic: Sequence[TopicWord],
    found: frozenset[str],
    witnesses: Sequence[Witness],
) -> float:
    """The cosine of a paragraph, raised by what stands under its heading elsewhere.

    `found` are the stems of all paragraphs found here. Without witnesses it is the cosine itself.
    """
    best = cosine
    for witness in witnesses:
        if witness.cosine > best and _alike(witness.heading, heading):
            kept = 1 - share_lost(topic, witness.stems, found)
            best = max(best, cosine + kept * (witness.cosine - cosine))
    return best


def heading_stems(paragraph: Paragraph) -> frozenset[str]:
    """The stems of the nearest heading of a paragraph, without the articles it names."""
    return frozenset(terms(heading_of(paragraph.section)))


def _text(paragraph: Paragraph) -> str:
    return "\n".join([*paragraph.section, paragraph.full_text])


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and len(one & other) >= ALIKE_FROM * len(one | other)
