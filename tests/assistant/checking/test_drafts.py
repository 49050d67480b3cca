"""Whole drafts as people write them: every planted error is found, and nothing that is right is flagged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

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


CITED = {
    "alternative_report": (),
    "article": CITED_BY_ARTICLE,
    "brief": CITED_BY_BRIEF,
    "briefing": CITED_BY_BRIEFING,
    "submission": CITED_BY_SUBMISSION,
    "thesis": CITED_BY_THESIS,
}
"""The documents that each draft cites besides the built-in one."""

WRITTEN = ["alternative_report.md", "article.html", "brief.md", "briefing.md", "submission.txt", "thesis.md"]


@pytest.fixture(scope="module")
def holding(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Assistant]]:
    """Gives an assistant over what a draft cites, one for all tests of the draft."""
    opened: dict[str, Assistant] = {}

    def open_for(stem: str) -> Assistant:
        if CITED[stem] and not SHARED.is_dir():
            pytest.skip("the collection of real documents is not here")
        if stem not in opened:
            documents = [_document(SHARED / name) for name in CITED[stem]]
            opened[stem] = assistant_holding(tmp_path_factory.mktemp(stem), builtin(), *documents)
        return opened[stem]

    yield open_for
    for assistant in opened.values():
        assistant.close()


@pytest.mark.parametrize("name", [*WRITTEN, "alternative_report.docx", "brief.docx"])
def test_all_that_is_wrong_is_found_and_nothing_else_flagged(
    name: str, holding: Callable[[str], Assistant]
) -> None:
    path = DRAFTS / name
    assistant, draft = holding(path.stem), read_draft(path.read_bytes(), name)
    judgement = judge(assistant.check(draft), draft.text, _labels(path.stem).planted)
    assert judgement.missed == ()
    assert judgement.false_alarms == ()


@pytest.mark.parametrize("name", WRITTEN)
def test_a_draft_whose_errors_are_mended_has_no_findings(
    name: str, holding: Callable[[str], Assistant]
) -> None:
    path = DRAFTS / name
    text = mended(path.read_text("utf-8"), _labels(path.stem).planted)
    report = holding(path.stem).check(read_draft(text.encode(), name))
    assert [finding for finding in report.findings if finding.severity != "note"] == []


def _labels(name: str) -> Labels:
    return read_labels(DRAFTS / f"{name}.toml")


def _document(path: Path) -> Document:
    return parse_document(SourceFile(path.name, path.read_bytes(), Metadata()))
