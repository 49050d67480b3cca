"""The labelled questions on the built-in document, asked and judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.evaluation import Report, evaluate, read_gold, report_text
from assistant.service import Assistant
from corpus.errors import UsageError

GOLD = Path(__file__).parents[1] / "gold" / "laos_opsc.jsonl"


@pytest.fixture(scope="module")
def report(assistant: Assistant) -> Report:
    return evaluate(assistant, read_gold(GOLD))


def test_the_set_is_large_and_of_every_kind() -> None:
    questions = read_gold(GOLD)
    counts = {kind: sum(q.kind == kind for q in questions) for kind in {q.kind for q in questions}}
    assert len(questions) >= 80
    assert set(counts) == {"direct", "paraphrased", "lookup", "unanswerable"}
    assert min(counts.values()) >= 15


def test_direct_questions_find_their_paragraph(report: Report) -> None:
    top5 = report.kinds["direct"].top5
    assert top5 is not None
    assert top5 >= 0.98, report_text(report)


def test_paraphrased_questions_find_their_paragraph(report: Report) -> None:
    top5 = report.kinds["paraphrased"].top5
    assert top5 is not None
    assert top5 >= 0.9, report_text(report)


def test_every_citation_exists_and_is_verbatim(report: Report) -> None:
    assert report.citations > 200
    assert report.broken_citations == 0


def test_look_ups_cite_exactly_what_is_asked_for(report: Report) -> None:
    figures = report.kinds["lookup"]
    assert (figures.cited, figures.cited_all, figures.wrong_answers) == (1.0, 1.0, 0.0)


def test_direct_questions_are_answered_from_the_right_place(report: Report) -> None:
    figures = report.kinds["direct"]
    assert figures.cited is not None
    assert figures.place_cited is not None
    assert figures.near_miss is not None
    assert figures.wrong_refusals is not None
    assert figures.cited >= 0.95
    assert figures.place_cited >= 0.9
    assert figures.near_miss <= 0.02
    assert figures.wrong_refusals <= 0.05


def test_unanswerable_questions_are_refused(report: Report) -> None:
    wrong = report.kinds["unanswerable"].wrong_answers
    assert wrong is not None
    assert wrong <= 0.1, [j.gold.turns for j in report.judged if not (j.gold.answerable or j.refused)]


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "a", "turns": ["why?"]}\nnot json\n', encoding="utf-8")
    with pytest.raises(UsageError, match="Line 2"):
        read_gold(path)
    path.write_text('{"id": "a", "turns": []}\n', encoding="utf-8")
    with pytest.raises(UsageError, match="Line 1"):
        read_gold(path)
    path.write_text('{"id": "a", "turns": ["why?"], "any": ["nowhere"]}\n', encoding="utf-8")
    with pytest.raises(UsageError, match="Line 1"):
        read_gold(path)
    with pytest.raises(UsageError, match="cannot be read"):
        read_gold(tmp_path / "missing.jsonl")
