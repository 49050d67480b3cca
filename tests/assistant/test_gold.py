"""The labelled questions: those on the built-in document alone asked and judged, and what all name."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.evaluation import Report, evaluate
from assistant.evaluation_text import failures_text, report_text
from assistant.gold import read_gold
from assistant.service import Assistant

FOLDER = Path(__file__).parents[1] / "gold"
GOLD = FOLDER / "laos_opsc.jsonl"
DIALOGUES = FOLDER / "laos_opsc_dialogues.jsonl"
COLLECTION = FOLDER / "crpd_questions.jsonl"
FOLLOW_UPS = FOLDER / "laos_opsc_follow_ups.jsonl"
FOLLOW_UPS_ON_SEVERAL = FOLDER / "crpd_follow_ups.jsonl"


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
    made = report.citations
    assert made.citations > 200
    assert (made.exist, made.verbatim) == (1.0, 1.0), failures_text(report)


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
    assert wrong <= 0.1, failures_text(report)


def test_dialogues_are_of_several_turns_and_can_be_asked_alone() -> None:
    dialogues = [*read_gold(DIALOGUES), *read_gold(FOLLOW_UPS), *read_gold(FOLLOW_UPS_ON_SEVERAL)]
    assert len(dialogues) >= 45
    assert all(2 <= len(dialogue.turns) <= 5 and dialogue.alone for dialogue in dialogues)
    assert {dialogue.set for dialogue in dialogues} == {"choose", "hold"}


def test_questions_on_the_collection_name_the_document_of_each_place() -> None:
    questions = [*read_gold(COLLECTION), *read_gold(FOLLOW_UPS_ON_SEVERAL)]
    assert len(questions) >= 48
    assert all(place.symbol for question in questions for place in [*question.one_of, *question.each_of])
    assert all(question.alone for question in questions if len(question.turns) > 1)


@pytest.mark.parametrize(
    "path", [GOLD, DIALOGUES, COLLECTION, FOLLOW_UPS, FOLLOW_UPS_ON_SEVERAL], ids=lambda path: path.stem
)
def test_each_label_has_a_name_of_its_own(path: Path) -> None:
    names = [question.id for question in read_gold(path)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("path", [GOLD, DIALOGUES, FOLLOW_UPS], ids=lambda path: path.stem)
def test_labelled_places_are_there(assistant: Assistant, path: Path) -> None:
    for question in read_gold(path):
        for place in [*question.one_of, *question.each_of]:
            assert assistant.show("CRC/C/OPSC/LAO/CO/1", str(place.pinpoint)), question.id


@pytest.mark.parametrize("path", [DIALOGUES, FOLLOW_UPS], ids=lambda path: path.stem)
def test_most_follow_ups_keep_what_the_question_alone_has(assistant: Assistant, path: Path) -> None:
    report = evaluate(assistant, read_gold(path))
    kept = report.total.kept
    assert kept is not None
    assert kept >= 0.9, failures_text(report)
