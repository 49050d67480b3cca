"""Whole drafts as people write them: every planted error is found, and nothing that is right is flagged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
CITED_BY_BRIEFING = (
    "Georgia_2023_CRPD_C_GEO_CO_1.pdf",
    "Republic of Moldova_2017_CRPD_C_MDA_CO_1.pdf",
    "Ukraine_2015_CRPD_C_UKR_CO_1.pdf",
    "Ukraine_2024_CRPD_C_UKR_CO_2-3.pdf",
)
CITED_BY_ARTICLE = (
    "Canada_2025_CRPD_C_CAN_CO_2-3.pdf",
    "India_2019_CRPD_C_IND_CO_1.pdf",
    "Kenya_2015_CRPD_C_KEN_CO_1.pdf",
    "New Zealand_2022_CRPD_C_NZL_CO_2-3.pdf",
    "Singapore_2022_CRPD_C_SGP_CO_1.pdf",
)
CITED_BY_SUBMISSION = (
    "Bangladesh_2022_CRPD_C_BGD_CO_1.pdf",
    "Mongolia_2015_CRPD_C_MNG_CO_1.pdf",
    "Thailand_2016_CRPD_C_THA_CO_1.pdf",
)
CITED_BY_THESIS = (
    "Australia_UnknownYear_CRPD_C_AUS_CO_1.pdf",
    "Denmark_2024_CRPD_C_DNK_CO_2-3.pdf",
    "Peru_2023_CRPD_C_PER_CO_2-3.pdf",
    "Republic of Korea_2014_CRPD_C_KOR_CO_1.pdf",
    "Uganda_2016_CRPD_C_UGA_CO_1.pdf",
)
CITED_BY_BRIEF = (
    "Costa Rica_2024_CRPD_C_CRI_CO_2-3.pdf",
    "Türkiye_UnknownYear_CRPD_C_TUR_CO_1.pdf",
    "Zambia_2024_CRPD_C_ZMB_CO_1.pdf",
)


@pytest.fixture(scope="module")
def with_builtin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over the built-in document."""
    opened = assistant_holding(tmp_path_factory.mktemp("one"), builtin())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def with_briefing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over the five documents that the briefing cites."""
    yield from _holding(tmp_path_factory.mktemp("briefing"), CITED_BY_BRIEFING)


@pytest.fixture(scope="module")
def with_article(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over the six documents that the article cites."""
    yield from _holding(tmp_path_factory.mktemp("article"), CITED_BY_ARTICLE)


@pytest.fixture(scope="module")
def with_submission(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over the four documents that the submission cites."""
    yield from _holding(tmp_path_factory.mktemp("submission"), CITED_BY_SUBMISSION)


@pytest.fixture(scope="module")
def with_thesis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over the six documents that the chapter of a thesis cites."""
    yield from _holding(tmp_path_factory.mktemp("thesis"), CITED_BY_THESIS)


@pytest.fixture(scope="module")
def with_brief(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over the four documents that the court brief cites."""
    yield from _holding(tmp_path_factory.mktemp("brief"), CITED_BY_BRIEF)


@pytest.mark.parametrize("suffix", [".md", ".docx"])
def test_all_that_is_wrong_in_a_report_is_found_and_nothing_else_flagged(
    with_builtin: Assistant, suffix: str
) -> None:
    draft = read_draft((DRAFTS / f"alternative_report{suffix}").read_bytes(), f"report{suffix}")
    _all_found_nothing_else(with_builtin, draft, _labels("alternative_report"))


def test_all_that_is_wrong_in_a_briefing_is_found_and_nothing_else_flagged(with_briefing: Assistant) -> None:
    draft = read_draft((DRAFTS / "briefing.md").read_bytes(), "briefing.md")
    _all_found_nothing_else(with_briefing, draft, _labels("briefing"))


def test_a_report_whose_errors_are_mended_has_no_findings(with_builtin: Assistant) -> None:
    _nothing_flagged(with_builtin, "alternative_report.md")


def test_a_briefing_whose_errors_are_mended_has_no_findings(with_briefing: Assistant) -> None:
    _nothing_flagged(with_briefing, "briefing.md")


def test_all_that_is_wrong_in_an_article_is_found_and_nothing_else_flagged(with_article: Assistant) -> None:
    draft = read_draft((DRAFTS / "article.html").read_bytes(), "article.html")
    _all_found_nothing_else(with_article, draft, _labels("article"))


def test_all_that_is_wrong_in_a_submission_is_found_and_nothing_else_flagged(
    with_submission: Assistant,
) -> None:
    draft = read_draft((DRAFTS / "submission.txt").read_bytes(), "submission.txt")
    _all_found_nothing_else(with_submission, draft, _labels("submission"))


def test_an_article_whose_errors_are_mended_has_no_findings(with_article: Assistant) -> None:
    _nothing_flagged(with_article, "article.html")


def test_a_submission_whose_errors_are_mended_has_no_findings(with_submission: Assistant) -> None:
    _nothing_flagged(with_submission, "submission.txt")


def test_all_that_is_wrong_in_a_thesis_is_found_and_nothing_else_flagged(with_thesis: Assistant) -> None:
    draft = read_draft((DRAFTS / "thesis.md").read_bytes(), "thesis.md")
    _all_found_nothing_else(with_thesis, draft, _labels("thesis"))


@pytest.mark.parametrize("suffix", [".md", ".docx"])
def test_all_that_is_wrong_in_a_brief_is_found_and_nothing_else_flagged(
    with_brief: Assistant, suffix: str
) -> None:
    draft = read_draft((DRAFTS / f"brief{suffix}").read_bytes(), f"brief{suffix}")
    _all_found_nothing_else(with_brief, draft, _labels("brief"))


def test_a_thesis_whose_errors_are_mended_has_no_findings(with_thesis: Assistant) -> None:
    _nothing_flagged(with_thesis, "thesis.md")


def test_a_brief_whose_errors_are_mended_has_no_findings(with_brief: Assistant) -> None:
    _nothing_flagged(with_brief, "brief.md")


def _all_found_nothing_else(assistant: Assistant, draft: Draft, labels: Labels) -> None:
    judgement = judge(assistant.check(draft), draft.text, labels.planted)
    assert judgement.missed == ()
    assert judgement.false_alarms == ()


def _nothing_flagged(assistant: Assistant, name: str) -> None:
    path = DRAFTS / name
    text = mended(path.read_text("utf-8"), _labels(path.stem).planted)
    report = assistant.check(read_draft(text.encode(), name))
    assert [finding for finding in report.findings if finding.severity != "note"] == []


def _labels(name: str) -> Labels:
    return read_labels(DRAFTS / f"{name}.toml")


def _document(path: Path) -> Document:
    return parse_document(SourceFile(path.name, path.read_bytes(), Metadata()))


def _holding(folder: Path, names: Iterable[str]) -> Iterator[Assistant]:
    if not SHARED.is_dir():
        pytest.skip("the collection of real documents is not here")
    opened = assistant_holding(folder, builtin(), *(_document(SHARED / name) for name in names))
    yield opened
    opened.close()
