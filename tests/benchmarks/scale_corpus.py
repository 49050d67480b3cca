"""A corpus of any size whose paragraphs and vectors are made of real ones.

A paragraph has the sentences of one real paragraph and one sentence of another; its vector is theirs,
weighted, with seeded noise, so neighbours lie about as real ones do and no vector is there twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from babel import Locale

from corpus.catalog import Catalog, Change
from corpus.model import Document, Paragraph, Section, Sentence, Source, Span
from corpus.parse import SourceFile, parse_document
from corpus.rows import NewDocument
from corpus.symbol import Symbol
from index.embedding import Encoder, Vectors
from index.passages import passages_of, place_at
from index.vector_cache import VectorCache

PARAGRAPHS = 100  # of a document
STATES = 190
YEARS = tuple(range(2005, 2025))
COMMITTEES = {
    "CRPD": "Committee on the Rights of Persons with Disabilities",
    "CRC": "Committee on the Rights of the Child",
    "CEDAW": "Committee on the Elimination of Discrimination against Women",
    "CAT": "Committee against Torture",
    "CCPR": "Human Rights Committee",
}
NOISE = 0.02  # in each of 384 numbers: a vector keeps a cosine of 0.93 to what it is made of
_MIXED = 0.35  # what the second paragraph counts
_AT_ONCE = 50  # documents published and put into the cache together


@dataclass(frozen=True)
class Real:
    """Real passages: their sentences, headings and vectors."""

    sentences: list[tuple[Sentence, ...]]
    headings: list[tuple[str, ...]]
    vectors: Vectors


def real_passages(data: Path, encoder: Encoder, cache: VectorCache, count: int) -> Real:
    """Passages of the PDF files of concluding observations, spread over all of them."""
    sentences, headings, texts = [], [], []
    for path in sorted((data / "corpus" / "crpd").glob("*.pdf")):
        document = parse_document(SourceFile(path.name, path.read_bytes()))
        by_ordinal = {paragraph.ordinal: paragraph for paragraph in document.paragraphs}
        for passage in passages_of(1, document):
            place = place_at(by_ordinal[passage.key.ordinal], passage.key.place)
            if place.sentences:
                sentences.append(place.sentences)
                headings.append(by_ordinal[passage.key.ordinal].section)
                texts.append(passage.embedded_text)
    chosen = np.random.default_rng(0).permutation(len(texts))[:count]
    vectors = cache.vectors([texts[i] for i in chosen], encoder.identity, lambda: encoder)
    return Real([sentences[i] for i in chosen], [headings[i] for i in chosen], vectors)


def states(data: Path) -> list[str]:
    """The States that the questions are about, and others."""
    asked = [row["state"] for row in _headings(data)]
    others = (name for code, name in sorted(Locale("en").territories.items()) if code.isalpha())
    return list(dict.fromkeys([*asked, *others]))[:STATES]


def questions(data: Path, count: int) -> list[tuple[str, str, int]]:
    """Questions about real headings with their State and year."""
    rows = [row for row in _headings(data) if row["year"].isdigit()]
    some = [rows[i] for i in np.linspace(0, len(rows) - 1, count).astype(int)]
    return [
        (
            f"What did the Committee recommend to {row['state']} on {row['heading']}?",
            row["state"],
            int(row["year"]),
        )
        for row in some
    ]


class Corpus:
    """Documents that are the same for the same number, whatever the size of the corpus."""

    def __init__(self, real: Real, states: list[str]) -> None:
        self._real = real
        self._states = states

    def document(self, number: int) -> tuple[Document, Vectors]:
        """A document, and the vectors of its paragraphs."""
        chance = np.random.default_rng(number)
        first, second = chance.integers(0, len(self._real.sentences), (2, PARAGRAPHS))
        vectors = (1 - _MIXED) * self._real.vectors[first] + _MIXED * self._real.vectors[second]
        vectors += chance.normal(0, NOISE, vectors.shape)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        parts = [
            (
                *self._real.sentences[a][:3],
                self._real.sentences[b][int(chance.integers(0, len(self._real.sentences[b])))],
            )
            for a, b in zip(first, second, strict=True)
        ]
        sections = [self._real.headings[a] for a in first]
        year = int(chance.choice(YEARS))
        return self._printed(number, year, parts, sections), vectors.astype(np.float32)

    def _printed(
        self, number: int, year: int, parts: list[tuple[Sentence, ...]], sections: list[tuple[str, ...]]
    ) -> Document:
        paragraphs: list[Paragraph] = []
        text = ""
        for ordinal, (sentences, section) in enumerate(zip(parts, sections, strict=True)):
            start = len(text)
            printed = []
            for sentence in sentences:
                begin = len(text)
                text += sentence.text + " "
                printed.append(Sentence(sentence.text, begin, len(text) - 1, sentence.role, sentence.verb))
            label = str(ordinal + 1)
            paragraphs.append(
                Paragraph(
                    label, f"{label}.", f"para_{label}", ordinal, section, text[start:-1],
                    start, len(text), sentences=tuple(printed),
                )
            )  # fmt: skip
        spans = tuple(Span("paragraph", p.start, p.end, p.eid) for p in paragraphs)
        state = self._states[number % len(self._states)]
        body = list(COMMITTEES)[number // 7 % len(COMMITTEES)]
        symbol = Symbol.parse(f"{body}/C/S{number % len(self._states)}/CO/{number}")
        return Document(
            str(symbol), symbol.slug, f"Concluding observations on the report of {state}", COMMITTEES[body],
            None, (state,), None, date(year, 6, 5), date(year, 7, 1), "en", str(year),
            Source(f"{symbol.slug}.txt", f"{number:064}"), text, spans,
            tuple(Section(None, s[-1], len(s), s, f"sec_{n}", 0, 0) for n, s in enumerate(sections) if s),
            tuple(paragraphs),
        )  # fmt: skip


def store(
    corpus: Corpus, catalog: Catalog, first: int, documents: int
) -> Iterator[tuple[list[str], Vectors]]:
    """Publish documents without an index, and give the texts and vectors of each step."""
    for start in range(0, documents, _AT_ONCE):
        numbers = range(start, min(start + _AT_ONCE, documents))
        made = [corpus.document(number) for number in numbers]
        new = [
            NewDocument(first + number, document, f"made {number}")
            for number, (document, _) in zip(numbers, made, strict=True)
        ]
        with catalog.snapshot() as snapshot:
            generation = snapshot.generation
        catalog.publish(Change(add=new, seeded=True), generation + 1, None)
        texts = [p.embedded_text for n in new for p in passages_of(n.id, n.document)]
        yield texts, np.concatenate([vectors for _, vectors in made])


def _headings(data: Path) -> list[dict[str, str]]:
    lines = (data / "eval" / "crpd_headings.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]
