"""How it is said what was searched."""

from __future__ import annotations

from assistant.answer import AppliedFilter, Coverage
from tests.answers import answer_to
from tui.wording import searched


def test_values_of_one_kind_and_origin_are_said_together() -> None:
    filters = (
        AppliedFilter(kind="state", value="Kenya", origin="given"),
        AppliedFilter(kind="state", value="Peru", origin="given"),
        AppliedFilter(kind="state", value="Peru", origin="carried"),
        AppliedFilter(kind="state", value="Norway", origin="inferred", dropped=True),
        AppliedFilter(kind="year", value="2023", origin="given"),
    )
    found = answer_to(
        "education",
        "…",
        filters=filters,
        refused=True,
        coverage=Coverage(documents=9, paragraphs=90, matching_documents=1),
    )
    assert searched(found) == (
        "Searched “education” · in 1 of 9 documents · state: Kenya or Peru (given) · state: Peru (carried)"
        " · state: Norway (inferred, dropped) · year: 2023 (given)"
    )
