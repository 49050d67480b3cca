"""What the ways of ranking have in common: passages embedded in several forms, and questions read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Filters
from assistant.answering import narrowed
from assistant.query import distinctive, query_for
from assistant.question import Question as ReadQuestion
from assistant.question import clean, read_question
from corpus.model import DocumentHeader, Role
from index.collection import View
from index.embedded import EmbeddedSearcher
from index.embedding import Encoder, EncoderIdentity, Progress, Vectors
from index.engine import Query
from index.lexical import weighted_words
from index.passages import Passage, passages_in
from index.vector_cache import VectorCache
from index.vocabulary import Vocabulary, vocabulary
from tests.benchmarks.crpd import Place, Question

SHIPPED = "as shipped"
"""The form of a passage, and the query, that `pilcrow search` ranks by."""

_LONGEST = 2000  # characters of a question, as the settings have it
_EXPANSIONS = (1, 2)  # headings that a topic is expanded by
Rows = NDArray[np.intp]
Scores = NDArray[np.float64]
Key = tuple[int, int]
"""Document id and ordinal of a paragraph."""


@dataclass(frozen=True)
class Held:
    """All passages that are searched, a row each."""

    passages: Sequence[Passage]
    headings: Sequence[str]
    vectors: Mapping[str, Vectors]
    """The passages embedded, by form."""
    places: Mapping[Key, Place]
    roles: Mapping[Key, frozenset[Role]]
    sections: Mapping[Key, int]
    rows: Mapping[int, int] = field(repr=False)
    """The row of each passage by its number."""

    def key(self, row: int) -> Key:
        """The paragraph of a passage."""
        key = self.passages[row].key
        return key.document, key.ordinal

    def section_of(self, passage: int) -> tuple[int, int]:
        """The section that a passage stands in, by the passage's number."""
        key = self.key(self.rows[passage])
        return key[0], self.sections[key]


@dataclass(frozen=True)
class Words:
    """BM25 of the passages of a scope, a row each, and that of one with every word once."""

    scores: Scores
    ceiling: float


@dataclass(frozen=True)
class Asked:
    """A question as it is read, the rows of its scope, and what is searched, by way."""

    question: Question
    topic: str
    role: Role | None
    rows: Rows
    vectors: Mapping[str, Vectors]
    words: Mapping[str, Words]
    variants: Sequence[str]


class Remembering:
    """An encoder that encodes the same query once."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, Vectors] = {}

    @property
    def identity(self) -> EncoderIdentity:
        """That of the encoder."""
        return self._encoder.identity

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """As the encoder does."""
        return self._encoder.encode_passages(texts, progress)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """As the encoder does."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._known]
        if missing:
            self._known.update(zip(missing, self._encoder.encode_queries(missing), strict=True))
        return np.stack([self._known[text] for text in texts])


def held(view: View, cache: VectorCache, encoder: Encoder) -> Held:
    """Everything that is searched; vectors that the cache lacks are encoded and kept in it."""
    passages: list[Passage] = []
    bare: list[Passage] = []
    places: dict[Key, Place] = {}
    roles: dict[Key, frozenset[Role]] = {}
    for header in view.holdings.headers.values():
        if not header.searched:
            continue
        paragraphs = view.snapshot.paragraphs(header.id)
        passages += passages_in(header.id, header, paragraphs)
        bare += passages_in(header.id, _unnamed(header), paragraphs)
        for paragraph in paragraphs:
            places[header.id, paragraph.ordinal] = (header.symbol, paragraph.label)
            roles[header.id, paragraph.ordinal] = frozenset(paragraph.roles)
    headings = [passage.label for passage in bare]
    texts = {
        SHIPPED: [passage.embedded_text for passage in passages],
        "heading and text": [passage.embedded_text.lstrip("\n") for passage in bare],
        "text": [_own(passage) for passage in passages],
        # what stands under no heading has its text instead
        "heading": [passage.label or _own(passage) for passage in bare],
        "the whole context line and text": [f"{passage.context}\n{_own(passage)}" for passage in passages],
    }
    return Held(
        passages,
        headings,
        {form: cache.vectors(own, encoder.identity, lambda: encoder) for form, own in texts.items()},
        places,
        roles,
        view.snapshot.sections_at(list(places)),
        {int(passage.key): row for row, passage in enumerate(passages)},
    )


def open_cache(home: Path) -> VectorCache:
    """The vector cache of a home."""
    return VectorCache(home / "vectors.db")


def asked(
    questions: Sequence[Question], view: View, searcher: EmbeddedSearcher, encoder: Encoder, held: Held
) -> Iterator[Asked]:
    """Each question with what is searched for it in every way."""
    documents = np.array([passage.key.document for passage in held.passages])
    for question in questions:
        read, scope = narrowed(read_question(clean(question.text, _LONGEST)), view.holdings, Filters())
        rows = np.flatnonzero(np.isin(documents, [header.id for header in scope.headers]))
        queries = _queries(read, searcher, encoder)
        queries |= _expanded(read, queries["topic"], rows, searcher, encoder, held)
        numbers = [int(held.passages[row].key) for row in rows.tolist()]
        words = {
            way: Words(
                np.array(searcher.lexical.scores(weighted_words(query), numbers)),
                searcher.lexical.ceiling(query.text),
            )
            for way, query in queries.items()
        }
        vectors = {way: query.vector for way, query in queries.items()}
        yield Asked(question, read.topic, read.role, rows, vectors, words, queries[SHIPPED].variants)


def _queries(question: ReadQuestion, searcher: EmbeddedSearcher, encoder: Encoder) -> dict[str, Query]:
    topic, read = question.topic, question.read
    words = vocabulary()
    telling = distinctive(topic, searcher)
    return {
        SHIPPED: query_for(topic, read, searcher, encoder, words),
        "midway 0.15": query_for(topic, read, searcher, encoder, words, common=0.15),
        # no word is in more than all passages
        "topic": query_for(topic, read, searcher, encoder, words, common=1.0),
        "whole": query_for(question.text, read, searcher, encoder, words, common=1.0),
        "distinctive": replace(query_for(telling, read, searcher, encoder, words, common=1.0), text=topic),
        "no variants": query_for(topic, read, searcher, encoder, Vocabulary({})),
    }


def _expanded(
    question: ReadQuestion,
    topic: Query,
    rows: Rows,
    searcher: EmbeddedSearcher,
    encoder: Encoder,
    held: Held,
) -> dict[str, Query]:
    """The topic with the headings of the scope that are nearest to it."""
    cosines = held.vectors["heading"][rows] @ topic.vector
    by_cosine = [held.headings[rows[n]] for n in np.argsort(-cosines, kind="stable")]
    headings = [heading for heading in dict.fromkeys(by_cosine) if heading]
    return {
        f"expanded {count}": query_for(
            ", ".join([question.topic, *headings[:count]]), question.read, searcher, encoder, vocabulary()
        )
        for count in _EXPANSIONS
    }


def _unnamed(header: DocumentHeader) -> DocumentHeader:
    """A document of no State and year: the label of its passages is their heading."""
    return replace(header, states=(), adopted=None)


def _own(passage: Passage) -> str:
    """A passage's own words; a place that has none stands for those above it."""
    return passage.text or passage.lead_in or " "
