"""What was tried, idea by idea: the ways of ranking that are compared with the one that ships."""

from __future__ import annotations

from assistant.query import COMMON
from assistant.retrieval import ROLE_BONUS
from index.fusion import DENSE_WEIGHT, SECTION_PASSAGES, SECTION_WEIGHT
from tests.benchmarks.ranking_ways import Way, both_stretched, by_maximum, reciprocal_ranks


def _mark(shipped: bool) -> str:
    return ", as shipped" if shipped else ""


IDEAS: dict[str, tuple[Way, ...]] = {
    "What is embedded of the question": (
        Way("the whole question", query="whole"),
        Way("the whole question, its words searched too", query="whole", words="whole"),
        Way("its topic, without State and frame", query="topic"),
        Way("the distinctive words of the topic", query="distinctive"),
        Way(
            "midway between topic and distinctive words, of at most 0.15 of the passages", query="midway 0.15"
        ),
        Way(f"the same, of at most {COMMON}, as shipped"),
    ),
    "What is embedded of the passage": (
        Way("State, year, heading and text, as shipped"),
        Way("the whole context line and text", forms={"the whole context line and text": 1.0}),
        Way("heading and text", forms={"heading and text": 1.0}),
        Way("text", forms={"text": 1.0}),
        Way("heading", forms={"heading": 1.0}),
        *(
            Way(f"{share} heading + {1 - share:.1f} text", forms={"heading": share, "text": 1 - share})
            for share in (0.3, 0.5, 0.7)
        ),
        Way("0.8 as shipped + 0.2 heading", forms={"as shipped": 0.8, "heading": 0.2}),
    ),
    "Everyday words": (
        Way("none", query="no variants", words="no variants"),
        Way("in the vector", words="no variants"),
        Way("in the words", query="no variants"),
        Way("in both, as shipped"),
    ),
    "How two scores become one": (
        Way("vectors alone", dense_weight=1.0),
        Way("BM25 alone", dense_weight=0.0),
        Way("reciprocal ranks, k = 60", fusion=reciprocal_ranks),
        *(
            Way(
                f"{weight} · cosine + {1 - weight:.2f} · share" + _mark(weight == DENSE_WEIGHT),
                dense_weight=weight,
            )
            for weight in (0.5, 0.6, 0.7, 0.75, 0.8, 0.9)
        ),
        Way("BM25 by that of the best passage", scale=by_maximum),
        Way("both stretched to the range of what is found", scale=both_stretched),
        Way("as shipped, without sections and role", section_weight=0.0, role_bonus=0.0),
        Way(
            "reciprocal ranks, without sections and role",
            fusion=reciprocal_ranks,
            section_weight=0.0,
            role_bonus=0.0,
        ),
    ),
    "What speaks for a section": (
        Way("nothing", section_weight=0.0),
        *(
            Way(
                f"the best {passages} by {weight}"
                + _mark((weight, passages) == (SECTION_WEIGHT, SECTION_PASSAGES)),
                section_weight=weight,
                section_passages=passages,
            )
            for weight in (0.2, 0.4, 0.6)
            for passages in (1, 3, 5)
        ),
    ),
    "Expansion by the nearest headings": (
        Way("none, as shipped"),
        Way("one, in the vector", query="expanded 1"),
        Way("one, in vector and words", query="expanded 1", words="expanded 1"),
        Way("two, in the vector", query="expanded 2"),
        Way("two, in vector and words", query="expanded 2", words="expanded 2"),
    ),
}

ROLES = tuple(
    Way(f"{bonus}{_mark(bonus == ROLE_BONUS)}", role_bonus=bonus) for bonus in (0.0, 0.02, 0.05, 0.1)
)
"""What a passage gains whose role is asked for."""
