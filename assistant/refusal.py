"""Whether the documents answer a question, or only come near it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.question import Question
from assistant.retrieval import Hit
from corpus.holdings import Holdings
from corpus.model import DocumentHeader
from corpus.places import find_states, states_in
from index.passages import context_line
from index.vocabulary import Vocabulary
from index.words import printed_words, terms

ANSWERED_FROM = 0.45
"""Support from which a paragraph answers a topic; chosen on `tests/gold/laos_opsc.jsonl`, where
`docs/retrieval.md` gives the share of wrong refusals and wrong answers it leads to."""

NEAR_FROM = 0.46
"""Cosine to the topic from which a paragraph answers whatever its words: people who ask in their own
share few with it. `docs/retrieval.md` has both error rates with and without it."""

_DENSE_SHARE = 0.6  # of cosine in support; the rest is the topic's words that the paragraph has
_OTHER_FORM_SHARE = 0.7  # what a word counts that is there in another form: "adopted" for "adoption"
_VARIANT_SHARE = 0.85  # what a word counts whose everyday variant is in the paragraph
_RARE_NAME = 0.1  # a name in fewer of the passages than this names something and is no common term


class WordStatistics(Protocol):
    """How common words are among the passages."""

    def passages_with(self, term: str) -> int:
        """How many passages have an indexed term."""
        ...

    def __len__(self) -> int:
        """How many passages there are."""
        ...


@dataclass(frozen=True)
class Support:
    """How far a paragraph answers: `missing` names of the question are not in it."""

    score: float
    coverage: float
    cosine: float
    missing: tuple[str, ...] = ()

    @property
    def answers(self) -> bool:
        """Whether it is enough."""
        return (self.score >= ANSWERED_FROM or self.cosine >= NEAR_FROM) and not self.missing


def support(
    question: Question,
    states: Sequence[str],
    hit: Hit,
    cosine: float,
    words: WordStatistics,
    vocabulary: Vocabulary,
) -> Support:
    """How far one paragraph answers a question, from its cosine to the topic and its words.

    The words of the topic count by their rarity, the inverse document frequency; a word that no
    passage has is the rarest of all, and speaks against an answer. A rare proper name that is
    missing from paragraph, headings and document names rules the paragraph out, and so does naming
    none of the `states` the question names: what a committee said of Kenya answers no question
    about Norway.
    """
    text = f"{context_line(hit.header, hit.paragraph.section)}\n{hit.paragraph.full_text}"
    held, printed = set(terms(text)), printed_words(text)
    total = met = 0.0
    # a State says which document or partner is meant, and is required by its name
    about = {term for name, _, _ in find_states(question.topic) for term in terms(name)}
    for word in dict.fromkeys(question.topic.lower().split()):
        for term in terms(word):
            if term in about:
                continue
            weight = _rarity(term, words)
            total += weight
            if term in held:
                met += weight if printed_words(word) <= printed else _OTHER_FORM_SHARE * weight
            elif any(set(terms(variant)) <= held for variant in vocabulary.variants(word)):
                met += _VARIANT_SHARE * weight
    coverage = met / total if total else 0.0
    named = held | names_of(hit.header)
    missing = tuple(
        name for name in question.names if _is_rare(name, words) and not set(terms(name)) <= named
    )
    if states and not any(set(terms(state)) <= named for state in states):
        missing += tuple(states)
    score = _DENSE_SHARE * max(cosine, 0.0) + (1 - _DENSE_SHARE) * coverage
    return Support(score, coverage, cosine, missing)


def states_named(question: Question, holdings: Holdings) -> tuple[str, ...]:
    """The States a question names that a held document is on."""
    return tuple(state for state in states_in(question.text) if holdings.on_state(state))


def has_any(own: str, hits: Sequence[Hit], vocabulary: Vocabulary) -> bool:
    """Whether any of the paragraphs has one of the words that a follow-up adds to what was asked before.

    Without them it would only repeat what was said before.
    """
    wanted = set(terms(own)) | {term for variant in vocabulary.variants(own) for term in terms(variant)}
    return not wanted or any(
        wanted & set(terms(f"{' '.join(hit.paragraph.section)}\n{hit.paragraph.full_text}")) for hit in hits
    )


def names_of(header: DocumentHeader) -> set[str]:
    """The words that name a document: symbol, title, States, committee, treaty."""
    parts = (header.symbol, header.title, context_line(header, ()), header.instrument or "")
    return set(terms(" ".join(parts)))


def unknown_names(question: Question, words: WordStatistics, headers: Sequence[DocumentHeader]) -> list[str]:
    """The proper names of a question that no searched document mentions, in its name or its text."""
    unknown = {name: [t for t in terms(name) if not words.passages_with(t)] for name in question.names}
    if not any(unknown.values()):
        return []
    known = {term for header in headers for term in names_of(header)}
    return [name for name, missing in unknown.items() if not known.issuperset(missing)]


def _rarity(term: str, words: WordStatistics) -> float:
    held, found = len(words), words.passages_with(term)
    return math.log(1 + (held - found + 0.5) / (found + 0.5))


def _is_rare(name: str, words: WordStatistics) -> bool:
    return all(words.passages_with(term) < _RARE_NAME * len(words) for term in terms(name))
