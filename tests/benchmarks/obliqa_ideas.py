"""What each general idea would give on ObliQA; Pilcrow's constants are chosen elsewhere.

python -m tests.benchmarks.obliqa_ideas [DATA FOLDER] [--vectors FILE] [--every N] [--json]

Every passage is scored for every question, so no idea depends on the candidates of another. BM25 is
put on the scale of its ceiling, as `index.fusion` does, and a row is the curve of recall@10 by the
weight of the cosine: 0 is BM25 alone, 1 the cosine alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np
import tantivy
from numpy.typing import NDArray

from corpus.sentences import sentence_spans
from index.embedding import Vectors
from index.fusion import SECTION_PASSAGES, SECTION_WEIGHT
from index.passages import Passage
from index.words import terms
from tests.benchmarks.bm25 import Bm25, Scores
from tests.benchmarks.obliqa import Bench, opened
from tests.benchmarks.regulations import in_context, plain
from tests.benchmarks.table import show

WEIGHTS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0)
PAIRS_COUNT = 0.5
"""What a pair of adjacent terms counts beside one term."""

NEIGHBOUR_COUNT = 0.2
"""What a passage gains of the score of its better neighbour."""

_PIECE_LETTERS = 120  # shorter sentences join the one before
_RANKED = 40  # more than ten, since a number may be printed twice

Analysis = Callable[[str], list[str]]
Change = Callable[[Scores], Scores]


@dataclass
class Ideas:
    """The scores of the passages as Pilcrow makes them, and what replaces one of them."""

    bench: Bench
    bare: list[Passage]
    above: list[Passage]
    queries: Vectors
    questions: list[str]

    @classmethod
    def of(cls, bench: Bench) -> Ideas:
        """The passages bare and with the numbers above them."""
        queries = np.stack([query.vector for query in bench.queries()])
        questions = [question.text for question in bench.questions]
        return cls(bench, list(plain(bench.rows)), list(in_context(bench.rows)), queries, questions)

    def bm25(
        self, texts: Sequence[str], analysis: Analysis = terms, k1: float = 1.2, b: float = 0.75
    ) -> Scores:
        """BM25 as a share of its ceiling, up to 1."""
        index = Bm25([analysis(text) for text in texts], k1, b)
        asked = [analysis(question) for question in self.questions]
        shares: Scores = np.minimum(index.scores(asked) / index.ceilings(asked), 1.0)
        return shares

    def with_pairs(self, texts: Sequence[str]) -> Scores:
        """BM25 of terms and, for less, of adjacent pairs of them, as a share of both ceilings."""
        single, paired = Bm25([terms(text) for text in texts]), Bm25([_pairs(text) for text in texts])
        asked = [terms(q) for q in self.questions], [_pairs(q) for q in self.questions]
        scores = single.scores(asked[0]) + PAIRS_COUNT * paired.scores(asked[1])
        ceilings = single.ceilings(asked[0]) + PAIRS_COUNT * paired.ceilings(asked[1])
        shares: Scores = np.minimum(scores / ceilings, 1.0)
        return shares

    def cosines(self, texts: Sequence[str]) -> Scores:
        """The cosine of each text to each question, at least 0."""
        vectors = self._vectors(texts)
        cosines: Scores = np.maximum(self.queries @ vectors.T, 0.0)
        return cosines

    def best_piece(self, own: Scores) -> Scores:
        """The better of a passage's own cosine and those of its sentences."""
        best = own.copy()
        split = [(column, _pieces(passage.text)) for column, passage in enumerate(self.bare)]
        split = [(column, pieces) for column, pieces in split if len(pieces) > 1]
        vectors = iter(self._vectors([piece for _, pieces in split for piece in pieces]))
        for column, pieces in split:
            cosines = self.queries @ np.stack([next(vectors) for _ in pieces]).T
            best[:, column] = np.maximum(best[:, column], cosines.max(axis=1))
        return best

    def beside(self, scores: Scores) -> Scores:
        """Scores with a part of those of the better neighbour in the same document."""
        documents = np.array([passage.key.document for passage in self.bare])
        same = documents[1:] == documents[:-1]
        before, after = np.zeros_like(scores), np.zeros_like(scores)
        before[:, 1:], after[:, :-1] = scores[:, :-1] * same, scores[:, 1:] * same
        gained: Scores = scores + NEIGHBOUR_COUNT * np.maximum(before, after)
        return gained

    def of_sections(self, scores: Scores, weight: float = SECTION_WEIGHT) -> Scores:
        """Scores with what speaks for the sections, as `index.fusion` has it."""
        names = [str(self.bench.section_of(int(passage.key))) for passage in self.bare]
        sections = np.unique(names, return_inverse=True)[1]
        sizes = np.bincount(sections)
        starts = np.cumsum(sizes) - sizes
        mixed = np.empty_like(scores)
        for row, scored in enumerate(scores):
            order = np.lexsort((-scored, sections))
            rank = np.arange(len(order)) - starts[sections[order]]
            best = order[rank < SECTION_PASSAGES]
            means = np.bincount(sections[best], scored[best]) / np.minimum(sizes, SECTION_PASSAGES)
            mixed[row] = (1 - weight) * scored + weight * means[sections]
        return mixed

    def without_headings(self, scores: Scores) -> Scores:
        """Scores where lines that are headings are never found, as in documents with sections."""
        headings = [self.bench.rows[passage.key.ordinal].is_heading for passage in self.bare]
        return np.where(np.array(headings), np.float32(-1), scores)

    def curve(self, idea: str, lexical: Scores, dense: Scores, *changes: Change) -> dict[str, Any]:
        """Recall@10 by the weight of the cosine, and the best MRR@10 of the curve."""
        row: dict[str, Any] = {"idea": idea}
        best = 0.0
        for weight in WEIGHTS:
            scores = weight * dense + (1 - weight) * lexical
            for change in changes:
                scores = change(scores)
            figures = self.bench.figures(self._rankings(scores))
            row[f"{weight:.1f}"] = figures["recall@10"]
            best = max(best, figures["MRR@10"] or 0.0)
        return {**row, "best MRR@10": best}

    def _rankings(self, scores: Scores) -> Iterator[list[int]]:
        numbers = [int(passage.key) for passage in self.bare]
        top = np.argpartition(-scores, _RANKED, axis=1)[:, :_RANKED]
        for row, columns in zip(scores, top, strict=True):
            ordered = columns[np.lexsort((columns, -row[columns]))]
            yield [numbers[column] for column in ordered]

    def _vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        encoder = self.bench.encoder
        return self.bench.cache.vectors(texts, encoder.identity, lambda: encoder)


def main() -> None:
    """Print one curve an idea."""
    bench, as_json = opened(__doc__)
    ideas = Ideas.of(bench)
    title = f"recall@10 on {len(ideas.questions)} questions by the weight of the cosine"
    show(title, list(curves(ideas)), as_json=as_json)


def curves(ideas: Ideas) -> Iterator[dict[str, Any]]:
    """Each idea alone beside the passages as they are, then those that help, together."""
    own = [passage.embedded_text for passage in ideas.bare]
    labelled = [passage.embedded_text for passage in ideas.above]
    surrounded = [passage.indexed_text for passage in ideas.above]
    words, near = ideas.bm25(own), ideas.cosines(own)
    yield ideas.curve("as it is", words, near)
    yield ideas.curve("BM25 of headings and provisions above too", ideas.bm25(surrounded), near)
    yield ideas.curve("BM25 of the nearest heading too", ideas.bm25(labelled), near)
    yield ideas.curve("BM25, b = 0.4", ideas.bm25(own, b=0.4), near)
    yield ideas.curve("BM25, k1 = 2", ideas.bm25(own, k1=2.0), near)
    yield ideas.curve("BM25 with all stop words", ideas.bm25(own, _analysis(stop=False)), near)
    yield ideas.curve("BM25 without stemming", ideas.bm25(own, _analysis(stem=False)), near)
    pairs = ideas.with_pairs(own)
    yield ideas.curve("BM25 with pairs of words", pairs, near)
    label = ideas.cosines(labelled)
    yield ideas.curve("cosine under the nearest heading", words, label)
    yield ideas.curve("mean of the cosines with and without it", words, (near + label) / 2)
    pieces = ideas.best_piece(near)
    yield ideas.curve("best cosine of passage and sentences", words, pieces)
    yield ideas.curve("mean of passage and best sentence", words, (near + pieces) / 2)
    yield ideas.curve("a part of the better neighbour's score", words, near, ideas.beside)
    for weight in (SECTION_WEIGHT, SECTION_WEIGHT / 2, SECTION_WEIGHT / 4):
        sections = partial(ideas.of_sections, weight=weight)
        yield ideas.curve(f"sections count {weight} for their passages", words, near, sections)
    yield ideas.curve("headings not searched", words, near, ideas.without_headings)
    both = "pairs of words, neighbours"
    yield ideas.curve(both, pairs, near, ideas.beside)
    three = f"{both}, headings not searched"
    yield ideas.curve(three, pairs, near, ideas.beside, ideas.without_headings)
    every = (near + pieces) / 2
    yield ideas.curve(f"{three}, sentences", pairs, every, ideas.beside, ideas.without_headings)


def _pairs(text: str) -> list[str]:
    return [" ".join(pair) for pair in pairwise(terms(text))]


def _pieces(text: str) -> list[str]:
    """The sentences of a text, short ones joined to the one before."""
    pieces: list[str] = []
    for start, end in sentence_spans(text):
        if pieces and len(pieces[-1]) < _PIECE_LETTERS:
            pieces[-1] += f" {text[start:end]}"
        else:
            pieces.append(text[start:end])
    return pieces


def _analysis(*, stop: bool = True, stem: bool = True) -> Analysis:
    """Pilcrow's analysis of a text, without one of its steps."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    steps = [tantivy.Filter.remove_long(40), tantivy.Filter.lowercase(), tantivy.Filter.ascii_fold()]
    if stop:
        words = files("index").joinpath("stop_words.txt").read_text(encoding="utf-8").split()
        steps.append(tantivy.Filter.custom_stopword(words))
    if stem:
        steps.append(tantivy.Filter.stemmer("english"))
    for step in steps:
        builder = builder.filter(step)
    analyzer = builder.build()
    return lambda text: [str(term) for term in analyzer.analyze(text)]


if __name__ == "__main__":
    main()
