"""What the figures on ObliQA count, on rows written for it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.embedding import EncoderIdentity, Progress, Vectors
from index.engine import Candidates, Scored
from index.fusion import Fused, with_sections
from index.lexical import LexicalIndex
from index.passages import Passage, PassageKey
from index.vector_cache import VectorCache
from index.words import terms
from tests.benchmarks.bm25 import Bm25
from tests.benchmarks.obliqa import (
    Bench,
    by_bm25,
    by_cosine,
    by_pilcrow,
    by_rrf,
    by_stretched,
    recall,
    reciprocal_rank,
)
from tests.benchmarks.obliqa_ideas import NEIGHBOUR_COUNT, Ideas
from tests.benchmarks.regulations import Question, Row, in_context, plain, read_questions, read_rows

ROWS = [
    Row(1, "1.", "JURISDICTION"),
    Row(1, "1.1", "Application"),
    Row(1, "1.1.1", ""),
    Row(1, "1.1.1.(1)", "These Rules apply to:"),
    Row(1, "1.1.1.(1).(a)", "every Relevant Person; and"),
    Row(2, "1.1.1.(1)", "Nothing here affects other law."),
]


def test_rows_without_text_are_no_passages() -> None:
    assert [PassageKey.from_int(int(p.key)).ordinal for p in plain(ROWS)] == [0, 1, 3, 4, 5]


def test_headings_above_are_the_context_and_provisions_above_the_lead_in() -> None:
    item = list(in_context(ROWS))[3]
    assert item.label == "Application"
    assert item.context == "JURISDICTION › Application"
    assert item.lead_in == "These Rules apply to:"
    assert item.text == "every Relevant Person; and"


def test_numbers_above_are_those_of_the_same_document() -> None:
    assert list(in_context(ROWS))[-1].indexed_text == "Nothing here affects other law."


@pytest.mark.parametrize(
    ("number", "path"),
    [
        ("Part 6.Chapter 2.56.(4)", ("Part 6", "Chapter 2", "56", "(4)")),
        ("8.6.2.Guidance.1.", ("8", "6", "2", "Guidance", "1")),
        ("97)", ("97",)),
    ],
)
def test_a_number_has_its_parts(number: str, path: tuple[str, ...]) -> None:
    assert Row(1, number, "").path == path


def test_the_files_are_read(tmp_path: Path) -> None:
    row = {"document": 3, "passage": "18.8.2", "text": " A PFP Operator must disclose. "}
    asked = {"id": "x", "question": "What must it disclose?", "passages": [[3, "18.8.2"]]}
    (tmp_path / "passages.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (tmp_path / "questions_dev.jsonl").write_text(json.dumps(asked) + "\n", encoding="utf-8")
    assert read_rows(tmp_path) == [Row(3, "18.8.2", "A PFP Operator must disclose.")]
    assert read_questions(tmp_path)[0].right == {(3, "18.8.2")}


def test_recall_and_rank_count_what_is_right() -> None:
    assert recall(["a", "b"], ["b", "c"]) == 0.5
    assert reciprocal_rank(["a", "b"], ["b", "c"]) == 0.5
    assert reciprocal_rank(["a"], ["b"]) == 0.0


def _candidates(*scores: tuple[int, float, float], ceiling: float = 10.0) -> Candidates:
    return Candidates([Scored(*entry) for entry in scores], ceiling)


def test_each_ranking_follows_its_own_score() -> None:
    candidates = _candidates((1, 0.9, 0.0), (2, 0.8, 4.0), (3, 0.1, 9.0))
    assert by_cosine(candidates) == [1, 2, 3]
    assert by_bm25(candidates) == [3, 2, 1]
    assert by_pilcrow(candidates, 0.5) == [2, 3, 1]
    assert by_stretched(candidates, 0.2, from_least=False) == [3, 2, 1]


def test_ranks_that_are_good_in_both_beat_one_that_is_best_in_one() -> None:
    candidates = _candidates((1, 0.9, 0.0), (2, 0.8, 4.0), (3, 0.7, 9.0), (4, 0.6, 1.0))
    assert by_rrf(candidates)[-1] == 4
    assert set(by_rrf(candidates)[:2]) == {2, 3}


def test_stretched_scores_of_equal_candidates_divide_by_nothing() -> None:
    assert by_stretched(_candidates((1, 0.5, 2.0), (2, 0.5, 2.0)), 0.5, from_least=True) == [1, 2]


def test_bm25_is_that_of_the_engine(tmp_path: Path) -> None:
    texts = ["The Relevant Person must report.", "A person reports.", "Rules on rules and reports of rules."]
    passages = [Passage(PassageKey(1, n), "", "", "", text, ()) for n, text in enumerate(texts)]
    index = LexicalIndex.create(tmp_path / "lexical", None)
    index.change((), passages)
    question = "Which rules must a person report?"
    numbers = [int(passage.key) for passage in passages]
    theirs = index.scores(dict.fromkeys(terms(question), 1.0), numbers)
    ours = Bm25([terms(text) for text in texts])
    np.testing.assert_allclose(ours.scores([terms(question)])[0], theirs, rtol=1e-4)
    assert float(ours.ceilings([terms(question)])[0, 0]) == pytest.approx(index.ceiling(question), rel=1e-4)


def test_a_term_that_no_text_has_raises_only_the_ceiling() -> None:
    index = Bm25([["a"], ["b"]])
    asked: list[Sequence[str]] = [["a"], ["a", "z"]]
    assert index.scores(asked)[0].tolist() == index.scores(asked)[1].tolist()
    assert index.ceilings(asked)[1, 0] > index.ceilings(asked)[0, 0]


class _NoEncoder:
    """Stands where vectors are given and nothing is encoded."""

    identity = EncoderIdentity("none", "", "fp32", 2)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        raise AssertionError("nothing is to be encoded")

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        raise AssertionError("nothing is to be encoded")


@pytest.fixture
def ideas(tmp_path: Path) -> Ideas:
    sections = {int(p.key): (p.key.document, p.context) for p in in_context(ROWS)}
    questions = [Question("To whom do these Rules apply?", frozenset({(1, "1.1.1.(1)")}))]
    encoder = _NoEncoder()
    bench = Bench(ROWS, questions, sections, encoder, encoder, VectorCache(tmp_path / "vectors.db"))
    asked = np.zeros((1, 2), dtype=np.float32)
    return Ideas(bench, list(plain(ROWS)), list(in_context(ROWS)), asked, [questions[0].text])


SCORES = np.array([[0.1, 0.2, 0.5, 0.4, 0.3]], dtype=np.float32)


def test_sections_speak_as_they_do_in_the_fusion(ideas: Ideas) -> None:
    fused = [Fused(int(p.key), float(s), 0.0, 0.0) for p, s in zip(ideas.bare, SCORES[0], strict=True)]
    theirs = {found.passage: found.score for found in with_sections(fused, ideas.bench.section_of)}
    ours = ideas.of_sections(SCORES)[0]
    np.testing.assert_allclose(ours, [theirs[int(p.key)] for p in ideas.bare], rtol=1e-5)


def test_a_neighbour_in_another_document_gives_nothing(ideas: Ideas) -> None:
    gained = ideas.beside(SCORES)[0] - SCORES[0]
    np.testing.assert_allclose(gained, np.array([0.2, 0.5, 0.4, 0.5, 0.0]) * NEIGHBOUR_COUNT, rtol=1e-4)


def test_headings_rank_below_every_provision(ideas: Ideas) -> None:
    assert (ideas.without_headings(SCORES)[0] < 0).tolist() == [True, True, False, False, False]


def test_pairs_of_words_count_where_they_stand_together(ideas: Ideas) -> None:
    ideas.questions = ["Relevant Person"]
    texts = ["a relevant person", "a person who is relevant", "other", "law", "rule"]
    together, apart = ideas.with_pairs(texts)[0, :2]
    assert together > apart > 0


@pytest.mark.parametrize("text", ["Application", "Class 8 - Suretyship", "Reports and records", "Factor"])
def test_short_lines_are_headings(text: str) -> None:
    assert Row(1, "1", text).is_heading


@pytest.mark.parametrize(
    "text",
    ["", "It applies.", "every Relevant Person; and", "Persons; or", "A rule:", "Two\nlines", "x" * 101],
)
def test_sentences_and_items_are_no_headings(text: str) -> None:
    assert not Row(1, "1", text).is_heading
