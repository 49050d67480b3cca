"""The judge of drafts finds an error only at its place and under its code, and excuses nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from assistant.answer import Coverage
from assistant.checking.report import CheckedDraft, CheckReport, Finding, FindingCode, Severity
from tests.drafts.judging import Planted, judge, mended, read_labels, span_of

FOLDER = Path(__file__).parent
DRAFTS = sorted(FOLDER.glob("*.toml"))
TEXT = "The Committee ordered a plan\n> (para. 10). It was “fully\nalarmed” (para. 31)."
ORDERED = Planted(
    "ordered", "Committee ordered a plan (para. 10)", "Committee wants a plan", ("force_mismatch",), ""
)
ALARMED = Planted("alarmed", "(para. 31)", "(para. 32)", ("altered",), "", also=('"fully alarmed"',))


def _report(*findings: tuple[FindingCode, Severity, str]) -> CheckReport:
    """A report with a finding at each of these words of the text."""
    return CheckReport(
        draft=CheckedDraft(name="draft", format="markdown", sha256="", characters=len(TEXT)),
        findings=tuple(
            Finding(
                start=TEXT.index(words),
                end=TEXT.index(words) + len(words),
                line=1,
                code=code,
                severity=severity,
                message="",
            )
            for code, severity, words in findings
        ),
        references=(),
        quotations=(),
        not_held=(),
        checked_at=datetime(2024, 1, 1, tzinfo=UTC),
        coverage=Coverage(documents=1, paragraphs=43, matching_documents=1),
        next_offset=None,
    )


def test_an_error_is_found_by_its_code_at_its_words_or_those_it_is_tied_to() -> None:
    report = _report(("force_mismatch", "warning", "ordered"), ("altered", "error", "alarmed"))
    judgement = judge(report, TEXT, [ORDERED, ALARMED])
    assert judgement.found == ("ordered", "alarmed")
    assert judgement.missed == ()
    assert judgement.false_alarms == ()


@pytest.mark.parametrize(
    ("code", "severity", "words", "alarms"),
    [
        ("altered", "error", "ordered", 0),  # another code, at the right place
        ("force_mismatch", "note", "ordered", 0),  # told by the way only
        ("force_mismatch", "warning", "It was", 1),  # at another place
        ("force_mismatch", "warning", "The ", 1),  # it ends where the words begin
    ],
)
def test_what_is_told_otherwise_leaves_an_error_missed(
    code: FindingCode, severity: Severity, words: str, alarms: int
) -> None:
    judgement = judge(_report((code, severity, words)), TEXT, [ORDERED])
    assert judgement.missed == ("ordered",)
    assert len(judgement.false_alarms) == alarms


def test_a_draft_is_mended_at_the_words_of_its_errors() -> None:
    assert (
        mended(TEXT, [ORDERED, ALARMED]) == "The Committee wants a plan. It was “fully\nalarmed” (para. 32)."
    )


@pytest.mark.parametrize("words", ["a plan for all", "para."])
def test_words_that_stand_nowhere_or_twice_are_no_place(words: str) -> None:
    with pytest.raises(LookupError):
        span_of(words, TEXT)


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.stem)
def test_every_label_stands_once_in_its_draft(path: Path) -> None:
    labels = read_labels(path)
    text = path.with_suffix(".md").read_text("utf-8")
    ids = [*(each.id for each in labels.planted), *(each.id for each in labels.traps)]
    assert len(set(ids)) == len(ids)
    for planted in labels.planted:
        assert planted.codes
        assert set(planted.codes) <= set(get_args(FindingCode))
        assert planted.right != planted.text
        for words in (planted.text, *planted.also):
            span_of(words, text)
    for trap in labels.traps:
        span_of(trap.text, text)
