"""Recall on ObliQA, regulations Pilcrow was not made for: nothing in it is trained or tuned on them.

python -m tests.benchmarks.obliqa [DATA FOLDER] [--vectors FILE] [--every N] [--json]

A passage is a row with text; the 720 rows without any are numbers that only lead on to others, are no
answer to any question, and are not searched. Recall@10 is the mean over the questions of the share of
a question's provisions among the first ten; MRR@10 is that of the first of them, 0 beyond the tenth.
Vectors are kept in `--vectors`, so that a second run encodes nothing.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from assistant.query import query_for
from assistant.question import clean, read_question
from index.embedded import EmbeddedEngine, EmbeddedSearcher
from index.embedding import Encoder, EncoderIdentity, Progress, SentenceTransformerEncoder, Vectors
from index.engine import Candidates, PassageFilter, Query
from index.fusion import DENSE_WEIGHT, fuse, with_sections
from index.model_files import find_model
from index.passages import Passage, PassageKey
from index.vector_cache import VectorCache
from index.vocabulary import vocabulary
from tests.benchmarks.regulations import Question, Row, in_context, plain, read_questions, read_rows
from tests.benchmarks.table import show

FIRST = 10
CANDIDATES = 80
"""What `assistant.retrieval` asks the engine for where ten paragraphs are wanted."""

_LONGEST = 2000  # characters of a question, as the settings have it
RRF_K = 60  # as in Cormack, Clarke and Büttcher (2009)

Ranker = Callable[[Candidates], list[int]]


@dataclass(frozen=True)
class KeptQueries:
    """An encoder whose vectors of queries are kept, as those of passages are."""

    encoder: Encoder
    cache: VectorCache

    @property
    def identity(self) -> EncoderIdentity:
        """That of the encoder."""
        return self.encoder.identity

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """As the encoder does."""
        return self.encoder.encode_passages(texts, progress)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """As the encoder does, kept under the precision in which it encodes queries."""
        identity = replace(self.identity, precision="fp32")
        known = self.cache.get(texts, identity)
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            encoded = self.encoder.encode_queries(missing)
            self.cache.put(missing, encoded, identity)
            known.update(zip(missing, encoded, strict=True))
        return np.stack([known[text] for text in texts])


@dataclass(frozen=True)
class Bench:
    """The rows, the questions and the encoder, with the vectors kept so far."""

    rows: Sequence[Row]
    questions: Sequence[Question]
    sections: Mapping[int, tuple[int, str]]
    encoder: Encoder
    asking: Encoder
    cache: VectorCache

    @classmethod
    def open(cls, data: Path, vectors: Path, every: int = 1) -> Bench:
        """Read the data and load the model."""
        folder = data / "eval" / "obliqa"
        rows, questions = read_rows(folder), read_questions(folder)[::every]
        sections = {int(p.key): (p.key.document, p.context) for p in in_context(rows)}
        encoder, cache = SentenceTransformerEncoder(find_model()), VectorCache(vectors)
        return cls(rows, questions, sections, encoder, KeptQueries(encoder, cache), cache)

    def searcher(self, passages: Sequence[Passage], folder: Path) -> EmbeddedSearcher:
        """The embedded engine over passages."""
        identity = self.encoder.identity
        texts = [passage.embedded_text for passage in passages]
        vectors = self.cache.vectors(texts, identity, lambda: self.encoder)
        engine = EmbeddedEngine(folder)
        engine.build(1, base=None, add=[(passages, vectors)], remove=(), encoder=identity)
        return engine.open(1)

    def queries(self) -> list[Query]:
        """The questions as they are asked."""
        vectors = self.asking.encode_queries([question.text for question in self.questions])
        return [Query(q.text, (), vector) for q, vector in zip(self.questions, vectors, strict=True)]

    def queries_of_pilcrow(self, searcher: EmbeddedSearcher) -> list[Query]:
        """What `pilcrow search` makes of the questions: their topics, with everyday words."""
        read = [read_question(clean(question.text, _LONGEST)) for question in self.questions]
        return [query_for(q.topic, q.read, searcher, self.asking, vocabulary()) for q in read]

    def section_of(self, number: int) -> tuple[int, str]:
        """The section of a passage: its document and the headings above it by their numbers."""
        return self.sections[number]

    def figures(self, rankings: Iterable[Sequence[int]]) -> dict[str, float | None]:
        """Recall@10 and MRR@10 of a ranking of passage numbers for each question.

        Recall is also given for the questions with one right provision and for those with several.
        """
        pairs = list(zip(self.questions, map(self._first, rankings), strict=True))
        recalls = [(len(q.right) == 1, recall(found, q.right)) for q, found in pairs]
        return {
            "recall@10": _mean([share for _, share in recalls]),
            "MRR@10": _mean([reciprocal_rank(found, q.right) for q, found in pairs]),
            "of one": _mean([share for alone, share in recalls if alone]),
            "of several": _mean([share for alone, share in recalls if not alone]),
        }

    def provision(self, number: int) -> tuple[int, str]:
        """The document and the printed number of a passage."""
        row = self.rows[PassageKey.from_int(number).ordinal]
        return row.document, row.number

    def _first(self, ranking: Sequence[int]) -> list[tuple[int, str]]:
        """The first ten provisions; a number that a document prints twice is one of them."""
        return list(dict.fromkeys(map(self.provision, ranking)))[:FIRST]


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def recall(found: Sequence[object], right: Iterable[object]) -> float:
    """The share of the right ones that are found."""
    wanted = set(right)
    return len(wanted & set(found)) / len(wanted)


def reciprocal_rank(found: Sequence[object], right: Iterable[object]) -> float:
    """One by the rank of the first right one; 0 where there is none."""
    wanted = set(right)
    return next((1 / rank for rank, one in enumerate(found, 1) if one in wanted), 0.0)


# -- rankings of what the engine found


def by_bm25(candidates: Candidates) -> list[int]:
    """BM25 alone."""
    return [s.passage for s in sorted(candidates.scored, key=lambda s: (-s.lexical, s.passage))]


def by_cosine(candidates: Candidates) -> list[int]:
    """The dense score alone."""
    return [s.passage for s in sorted(candidates.scored, key=lambda s: (-s.dense, s.passage))]


def by_rrf(candidates: Candidates) -> list[int]:
    """Reciprocal rank fusion of the two."""
    scores: dict[int, float] = {}
    for ranking in (by_bm25(candidates), by_cosine(candidates)):
        for rank, passage in enumerate(ranking, 1):
            scores[passage] = scores.get(passage, 0.0) + 1 / (RRF_K + rank)
    return sorted(scores, key=lambda passage: (-scores[passage], passage))


def by_pilcrow(candidates: Candidates, dense_weight: float = DENSE_WEIGHT) -> list[int]:
    """Pilcrow's own fusion."""
    return [found.passage for found in fuse(candidates, dense_weight)]


def by_section(candidates: Candidates, section_of: Callable[[int], Hashable]) -> list[int]:
    """Pilcrow's own fusion, with what speaks for the sections."""
    return [found.passage for found in with_sections(fuse(candidates), section_of)]


def by_stretched(candidates: Candidates, dense_weight: float, *, from_least: bool) -> list[int]:
    """Convex fusion with scores stretched to the range of the candidates, up to the best as 1.

    From the least as 0 it is min-max for both scores; else BM25 is divided by its best.
    """
    cosines = [max(s.dense, 0.0) for s in candidates.scored]
    bm25 = [s.lexical for s in candidates.scored]
    if from_least:
        cosines, bm25 = _stretched(cosines, min(cosines)), _stretched(bm25, min(bm25))
    else:
        bm25 = _stretched(bm25, 0.0)
    numbers = [s.passage for s in candidates.scored]
    scored = zip(numbers, cosines, bm25, strict=True)
    scores = {number: dense_weight * c + (1 - dense_weight) * b for number, c, b in scored}
    return sorted(numbers, key=lambda number: (-scores[number], number))


def _stretched(values: Sequence[float], least: float) -> list[float]:
    """Values as shares of the way from the least to the best."""
    width = max(values) - least
    return [(value - least) / width if width else 0.0 for value in values]


# -- tables


def opened(description: str | None) -> tuple[Bench, bool]:
    """The questions and passages that the command line names, and whether to print data."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared"))
    kept = Path(tempfile.gettempdir()) / "pilcrow-obliqa.db"
    parser.add_argument("--vectors", type=Path, default=kept, help="where vectors are kept")
    parser.add_argument("--every", type=int, default=1, help="ask only each Nth question")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    return Bench.open(given.data, given.vectors, given.every), bool(given.json)


def main() -> None:
    """Print what the engine finds, then how it depends on the weight and the depth."""
    bench, as_json = opened(__doc__)
    ways = {"none": plain, "numbers above": in_context}
    with tempfile.TemporaryDirectory() as folder:
        searchers = {
            name: bench.searcher(list(way(bench.rows)), Path(folder) / name) for name, way in ways.items()
        }
        queries = bench.queries()
        found = {name: search(searcher, queries) for name, searcher in searchers.items()}
        title = f"ObliQA, {len(bench.questions)} questions, {len(searchers['none'])} passages"
        shown = partial(show, as_json=as_json)
        shown(title, list(_ways(bench, found, searchers)))
        shown("recall@10 by the weight of the cosine", list(_weights(bench, found)))
        shown("Candidates a question by either score", list(_depths(bench, searchers["none"], queries)))


def search(searcher: EmbeddedSearcher, queries: Sequence[Query], limit: int = CANDIDATES) -> list[Candidates]:
    """What the engine finds for each query."""
    return [searcher.search(query, PassageFilter(), limit) for query in queries]


Found = dict[str, list[Candidates]]


def _ways(bench: Bench, found: Found, searchers: dict[str, EmbeddedSearcher]) -> Iterator[dict[str, Any]]:
    rankers: dict[str, Ranker] = {
        "BM25": by_bm25,
        "dense": by_cosine,
        f"RRF, k = {RRF_K}": by_rrf,
        f"convex, {DENSE_WEIGHT} dense": by_pilcrow,
    }
    for context, candidates in found.items():
        for name, ranker in rankers.items():
            yield {"context": context, "ranking": name, **bench.figures(map(ranker, candidates))}
        read = search(searchers[context], bench.queries_of_pilcrow(searchers[context]))
        yield {"context": context, "ranking": "the same of topics", **bench.figures(map(by_pilcrow, read))}
        whole = partial(by_section, section_of=bench.section_of)
        yield {"context": context, "ranking": "as pilcrow search", **bench.figures(map(whole, read))}


def _weights(bench: Bench, found: Found) -> Iterator[dict[str, Any]]:
    """One row a weight and one column a normalisation."""
    for tenths in range(11):
        weight = tenths / 10
        row: dict[str, Any] = {"weight": weight}
        for context, candidates in found.items():
            rankers: dict[str, Ranker] = {
                "by the ceiling": partial(by_pilcrow, dense_weight=weight),
                "by the best": partial(by_stretched, dense_weight=weight, from_least=False),
                "min-max": partial(by_stretched, dense_weight=weight, from_least=True),
            }
            for name, ranker in rankers.items():
                row[f"{name}, context {context}"] = bench.figures(map(ranker, candidates))["recall@10"]
        yield row


def _depths(bench: Bench, searcher: EmbeddedSearcher, queries: Sequence[Query]) -> Iterator[dict[str, Any]]:
    for limit in (10, 20, 50, CANDIDATES, 200):
        candidates = search(searcher, queries, limit)
        among = sum(
            recall([bench.provision(scored.passage) for scored in c.scored], q.right)
            for q, c in zip(bench.questions, candidates, strict=True)
        )
        figures = bench.figures(map(by_pilcrow, candidates))
        yield {"candidates": limit, **figures, "recall of all of them": among / len(candidates)}


if __name__ == "__main__":
    main()
