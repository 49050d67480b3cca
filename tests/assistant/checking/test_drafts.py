"""Whole drafts as people write them: every planted error is found, and nothing that is right is flagged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.checking.draft import Draft
from assistant.checking.reading import read_draft
from assistant.service import Assistant
from corpus.model import Document, Metadata
from corpus.parse import SourceFile, parse_document
from tests.assistant.checking.held import assistant_holding
from tests.corpus.catalogs import builtin
from tests.drafts.judging import Labels, judge, mended, read_labels

DRAFTS = Path(__file__).parents[2] / "drafts"
SHARED = Path(__file__).parents[4] / "shared" / "corpus" / "crpd"
CITED = (
    "Georgia_2023_CRPD_C_GEO_CO_1.pdf",
    "Republic of Moldova_2017_CRPD_C_MDA_CO_1.pdf",
    "Ukraine_2015_CRPD_C_UKR_CO_1.pdf",
    "Ukraine_2024_CRPD_C_UKR_CO_2-3.pdf",
)


@pytest.fixture(scope="module")
def with_builtin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over the built-in document."""
    opened = assistant_holding(tmp_path_factory.mktemp("one"), builtin())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def with_five(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over the five documents that the briefing cites."""
    if not SHARED.is_dir():
        pytest.skip("the collection of real documents is not here")
    documents = [_document(SHARED / name) for name in CITED]
    opened = assistant_holding(tmp_path_factory.mktemp("five"), builtin(), *documents)
    yield opened
    opened.close()


@pytest.mark.parametrize("suffix", [".md", ".docx"])
def test_all_that_is_wrong_in_a_report_is_found_and_nothing_else_flagged(
    with_builtin: Assistant, suffix: str
) -> None:
    draft = read_draft((DRAFTS / f"alternative_report{suffix}").read_bytes(), f"report{suffix}")
    _all_found_nothing_else(with_builtin, draft, _labels("alternative_report"))


def test_all_that_is_wrong_in_a_briefing_is_found_and_nothing_else_flagged(with_five: Assistant) -> None:
    draft = read_draft((DRAFTS / "briefing.md").read_bytes(), "briefing.md")
    _all_found_nothing_else(with_five, draft, _labels("briefing"))


def test_a_report_whose_errors_are_mended_has_no_findings(with_builtin: Assistant) -> None:
    _nothing_flagged(with_builtin, "alternative_report")


def test_a_briefing_whose_errors_are_mended_has_no_findings(with_five: Assistant) -> None:
    _nothing_flagged(with_five, "briefing")


def _all_found_nothing_else(assistant: Assistant, draft: Draft, labels: Labels) -> None:
    judgement = judge(assistant.check(draft), draft.text, labels.planted)
    assert judgement.missed == ()
    assert judgement.false_alarms == ()


def _nothing_flagged(assistant: Assistant, name: str) -> None:
    text = mended((DRAFTS / f"{name}.md").read_text("utf-8"), _labels(name).planted)
    report = assistant.check(read_draft(text.encode(), f"{name}.md"))
    assert [finding for finding in report.findings if finding.severity != "note"] == []


def _labels(name: str) -> Labels:
    return read_labels(DRAFTS / f"{name}.toml")


def _document(path: Path) -> Document:
    return parse_document(SourceFile(path.name, path.read_bytes(), Metadata()))
