"""Judging answers to labelled questions, and what comes of many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

import pytest

from assistant.answer import Answer, AskRequest
from assistant.evaluation import evaluate, report_of
from assistant.evaluation_text import as_parts, failures_text, figure_rows, report_text
from assistant.gold import GoldPlace, GoldQuestion, read_gold
from assistant.judging import Judged, judge
from assistant.service import Assistant
from corpus.errors import UsageError
from index.collection import Progress


class Recording(Assistant):
    """An assistant that keeps what it is asked, and after which questions."""

    def __init__(self, assistant: Assistant) -> None:
        super().__init__(assistant.collection)
        self.asked: list[tuple[str, ...]] = []

    def ask(
        self,
        request: AskRequest,
        progress: Progress | None = None,
        *,
        earlier: Sequence[Answer] = (),
        quoted: int | None = None,
        owner: str | None = None,
    ) -> Answer:
        """As the assistant does, written down."""
        assert not request.store
        self.asked.append((*(answer.question for answer in earlier), request.question))
        return super().ask(request, progress, earlier=earlier, quoted=quoted, owner=owner)


def gold(question: str, **labels: object) -> GoldQuestion:
    return GoldQuestion.model_validate({"id": "q", "turns": [question], **labels})


def judged(assistant: Assistant, question: str, **labels: object) -> Judged:
    answer = assistant.ask(AskRequest(question=question, store=False))
    return judge(gold(question, **labels), answer, answer)


def test_an_answer_that_cites_a_right_paragraph_first_is_right(assistant: Assistant) -> None:
    one = judged(assistant, "What did the Committee recommend on extradition?", any=["34"])
    assert (one.right, one.cited, one.place_cited, one.first_right) == (True, True, True, True)
    assert (one.rank, one.recall, one.recommends, one.near_miss) == (0, 1.0, True, False)


def test_a_neighbour_is_not_the_paragraph(assistant: Assistant) -> None:
    one = judged(assistant, "para 34", any=["32"])
    assert (one.faults, one.near_miss, one.right_citations) == (("not cited",), True, 0)
    assert not judged(assistant, "para 34", any=["31"]).near_miss


def test_all_that_must_be_cited_must_be(assistant: Assistant) -> None:
    one = judged(assistant, "paras 33 and 34", all=["33", "34", "7"])
    assert one.faults == ("not all cited",)
    assert judged(assistant, "paras 33 and 34", all=["33", "34"]).right


def test_a_whole_paragraph_is_not_its_item(assistant: Assistant) -> None:
    one = judged(assistant, "para 22 (c)", any=["22 (d)"])
    assert (one.cited, one.place_cited) == (True, False)


def test_a_place_of_another_document_is_another_place(assistant: Assistant) -> None:
    assert judged(assistant, "para 34", any=["CRC/C/OPSC/LAO/CO/1#34"]).right
    assert judged(assistant, "para 34", any=["CRPD/C/KEN/CO/1#34"]).faults == ("not cited",)
    assert not GoldPlace.parse("CRPD/C/KEN/CO/1#34").is_near(GoldPlace.parse("CRC/C/OPSC/LAO/CO/1#33"))


def test_a_refusal_is_right_only_where_nothing_answers(assistant: Assistant) -> None:
    assert judged(assistant, "para 99").right
    assert judged(assistant, "para 99", any=["34"]).faults == ("refused",)
    assert judged(assistant, "para 34").faults == ("answered",)


def test_names_must_be_in_the_answer(assistant: Assistant) -> None:
    assert judged(assistant, "para 34", names=["crc/c/opsc/lao/co/1"]).right
    assert judged(assistant, "para 34", names=["CRPD/C/KEN/CO/1"]).faults == ("not named",)


@pytest.mark.parametrize("check", ["exists", "verbatim", "supported"])
def test_a_citation_that_fails_a_check_is_a_fault(assistant: Assistant, check: str) -> None:
    answer = assistant.ask(AskRequest(question="para 34", store=False))
    citation = answer.citations[0]
    broken = citation.model_copy(update={"checks": citation.checks.model_copy(update={check: False})})
    changed = answer.model_copy(update={"citations": (broken,)})
    one = judge(gold("para 34", any=["34"]), changed, changed)
    assert one.faults == ("broken citation",)
    shares = report_of([one]).citations
    assert {"exists": shares.exist, "verbatim": shares.verbatim, "supported": shares.supported}[check] == 0


def test_earlier_turns_are_asked_before_the_last(assistant: Assistant) -> None:
    recording = Recording(assistant)
    question = GoldQuestion(id="d", turns=("para 33", "thanks", "para 34"), any=("34",), alone="para 35")
    report = evaluate(recording, [question])
    last = ("para 33", "thanks", "para 34")
    assert recording.asked == [last[:1], last[:2], last, last, ("para 35",), ("para 35",)]
    assert [one.alone is not None and one.alone.faults for one in report.judged] == [("not cited",)]


def test_a_symbol_limits_every_turn(assistant: Assistant) -> None:
    report = evaluate(assistant, [gold("extradition", symbol="CRPD/C/KEN/CO/1")])
    assert report.judged[0].answer.refusal_reason == "not_held"


def test_what_follow_ups_keep_is_a_ratio_to_the_questions_asked_alone(assistant: Assistant) -> None:
    right = judged(assistant, "para 34", any=["34"])
    wrong = judged(assistant, "para 34", any=["7"])
    dialogues = [replace(right, alone=right)] * 3 + [replace(wrong, alone=right)]
    figures = report_of([*dialogues, replace(wrong, alone=wrong), wrong]).kinds["question"]
    assert (figures.questions, figures.alone, figures.kept) == (6, 0.8, 0.75)


def test_kinds_are_counted_apart_and_together(assistant: Assistant) -> None:
    questions = [
        GoldQuestion(id="a", turns=("para 33",), any=("33",), kind="lookup"),
        GoldQuestion(id="b", turns=("para 99",), any=("34",), kind="lookup"),
        GoldQuestion(id="c", turns=("para 98",), kind="absent"),
    ]
    report = evaluate(assistant, questions)
    lookup, absent, both = report.kinds["lookup"], report.kinds["absent"], report.total
    assert list(report.kinds) == ["lookup", "absent"]
    assert report_text(report).splitlines()[0].split() == ["lookup", "absent", "all"]
    assert (lookup.questions, lookup.right, lookup.wrong_refusals, lookup.wrong_answers) == (
        2,
        0.5,
        0.5,
        None,
    )
    assert (absent.right, absent.cited, absent.wrong_refusals, absent.wrong_answers) == (1.0, None, None, 0.0)
    assert (both.questions, both.cited, both.recall10) == (3, 0.5, 0.5)
    assert both.p50_ms is not None
    assert both.p95_ms == max(one.answer.timings_ms["total"] for one in report.judged)


def test_progress_is_told(assistant: Assistant) -> None:
    told: list[tuple[str, int, int]] = []
    evaluate(assistant, [gold("para 33"), gold("para 34")], lambda *state: told.append(state))
    assert told == [("asked", 1, 2), ("asked", 2, 2)]


def test_the_table_leaves_out_what_nothing_counts_for(assistant: Assistant) -> None:
    table = report_text(report_of([judged(assistant, "para 34", any=["34"])])).splitlines()
    assert table[0].split() == ["question"]
    assert ["cited", "a", "right", "paragraph", "1.000"] in [line.split() for line in table]
    assert not any(line.startswith(("unanswerable", "kept")) for line in table)
    assert table[-1] == "of 1 citations 1.0000 exist, 1.0000 are verbatim, 1.0000 are supported"


def test_what_went_wrong_is_told_with_what_was_found(assistant: Assistant) -> None:
    right = judged(assistant, "extradition", any=["34"])
    wrong = judged(assistant, "What did the Committee recommend on extradition?", any=["7"], alone="data?")
    report = report_of([right, replace(wrong, alone=right)])
    text = failures_text(report)
    assert text.startswith("q (question): not cited; right when asked alone\n  asked     What did the Comm")
    assert "\n  alone     data?\n  searched  " in text
    assert "\n  right     one of 7\n  cited     CRC/C/OPSC/LAO/CO/1#34" in text
    assert "\n  hit       CRC/C/OPSC/LAO/CO/1#34  " in text
    assert failures_text(report_of([right])) == "Nothing went wrong."


def test_long_lists_of_places_are_cut_in_text(assistant: Assistant) -> None:
    wanted = [str(number) for number in range(1, 31)]
    text = failures_text(report_of([judged(assistant, "para 99", any=wanted)]))
    assert "\n  right     one of 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 18 more\n" in text


def test_a_wrong_refusal_is_told_with_its_reason(assistant: Assistant) -> None:
    text = failures_text(report_of([judged(assistant, "para 99", any=["34"])]))
    assert "\n  cited     nothing\n  refused   no_such_paragraph: " in text


def test_data_hold_each_question_and_failures_only_when_asked_for(assistant: Assistant) -> None:
    report = report_of([judged(assistant, "para 34", any=["34"]), judged(assistant, "para 34")])
    parts = as_parts(report, failures=False)
    assert [(one.right, one.faults) for one in parts["questions"]] == [(True, ()), (False, ("answered",))]
    assert "failures" not in parts
    (failure,) = as_parts(report, failures=True)["failures"]
    assert (failure.faults, failure.cited) == (("answered",), ("CRC/C/OPSC/LAO/CO/1#34",))


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        '{"id": "a", "turns": []}',
        '{"id": "a", "turns": ["why?"], "any": ["nowhere"]}',
        '{"id": "a", "turns": ["why?"], "all": ["no symbol#3"]}',
        '{"turns": ["why?"]}',
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(f'{{"id": "a", "turns": ["why?"]}}\n\n{line}\n', encoding="utf-8")
    with pytest.raises(UsageError, match="Line 3"):
        read_gold(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_gold(tmp_path / "missing.jsonl")


def test_every_figure_is_in_the_table(assistant: Assistant) -> None:
    right = judged(assistant, "What did the Committee recommend on extradition?", any=["34"], all=["34"])
    report = report_of([replace(right, alone=right), judged(assistant, "para 99")])
    assert len(figure_rows(report)) == len(fields(report.total))
