from __future__ import annotations

import pytest

from assistant.answer import AppliedFilter, Coverage
from assistant.searched import searched_sentence

KENYA = AppliedFilter(kind="state", value="Kenya", origin="inferred")
YEAR = AppliedFilter(kind="year", value="2015", origin="given")
NORWAY = AppliedFilter(kind="state", value="Norway", origin="inferred", dropped=True)


def coverage(held: int, matching: int, not_searched: int = 0) -> Coverage:
    return Coverage(documents=held, paragraphs=100, matching_documents=matching, not_searched=not_searched)


@pytest.mark.parametrize(
    ("held", "filters", "also", "sentence"),
    [
        (coverage(1, 1), [], [], "Searched: 1 document."),
        (coverage(4000, 4000), [], ["corruption"], "Searched: 4,000 documents; also for corruption."),
        (
            coverage(49, 1),
            [KENYA, YEAR],
            [],
            "Searched: 1 of 49 documents, State Kenya (from the question), year 2015.",
        ),
        (
            coverage(49, 49),
            [NORWAY],
            [],
            "Searched: 49 documents. Nothing is held for Norway, so this did not narrow the search.",
        ),
        (coverage(3, 2, 1), [], [], "Searched: 2 of 3 documents. In a language that is not searched: 1."),
    ],
)
def test_what_was_searched_is_said_with_its_filters(
    held: Coverage, filters: list[AppliedFilter], also: list[str], sentence: str
) -> None:
    assert searched_sentence(held, filters, also) == sentence
