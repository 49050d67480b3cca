"""What the sentence around a reference says of when a committee acted."""

from __future__ import annotations

import pytest

from assistant.checking.reading import draft_of_text
from assistant.checking.references import find_references
from assistant.citations.resolve import Resolver

LAO = "CRC/C/OPSC/LAO/CO/1"


def _codes(resolver: Resolver, text: str) -> list[str]:
    found = find_references(draft_of_text(text.replace("SYM", LAO)), resolver)
    return [mismatch.code for each in found for mismatch in each.resolution.mismatches]


@pytest.mark.parametrize(
    "text",
    [
        "The Committee considered the initial report of Laos in 2011 (SYM, para. 1).",
        "The Committee on the Rights of the Child examined the initial report in 2011 (SYM, para. 1).",
        "When it reviewed the report of Laos at its second session, in 2011 (see SYM, para. 1), it spoke.",
        "It considered Laos’s initial report on 3 May 2011 (SYM, para. 1).",
        "It last considered the report of Laos in May 2011 (SYM, para. 1).",
        "In 2011, when it considered the initial report of Laos (SYM, para. 1), the Committee said so.",
        "In 2011, when the Committee reviewed Laos (SYM, para. 1), all was well.",
        "The Committee recommended in 2011 that Laos adopt a law (SYM, para. 34).",
        "The Committee on the Rights of the Child urged in 2011, for the first time, a law (SYM, para. 34).",
    ],
)
def test_a_year_that_a_committee_is_told_to_have_acted_in_is_compared(resolver: Resolver, text: str) -> None:
    assert _codes(resolver, text) == ["date_mismatch"]
    assert _codes(resolver, text.replace("2011", "2015").replace("3 May", "5 June")) == []


@pytest.mark.parametrize(
    "text",
    [
        "The Committee considered the initial report of Laos submitted in 2011 (SYM, para. 1).",
        "The Committee considered the report for 2011 (SYM, para. 1).",
        "The Committee considered the report on the reforms that were made in 2011 (SYM, para. 1).",
        "The Committee considered in 2015 the report received in 2011 (SYM, para. 1).",
        "The Committee welcomed the law of 2011 (SYM, para. 4).",
        "The Committee recommended that it be done by 2011 (SYM, para. 34).",
        "The Committee noted that all has been well since 2011 (SYM, para. 34).",
        "The Committee welcomed the plan for 2011–2013 (SYM, para. 34).",
        "The Committee recommended in 2011–2013 that it be done (SYM, para. 34).",
        "The Committee noted in 2011 figures that there is a gap (SYM, para. 34).",
        "In 2011, when the law was considered, all was well (SYM, para. 34).",
        "In 2011, when it considered the bill, Parliament was of one mind (SYM, para. 34).",
        "Parliament considered the initial report of Laos in 2011 (SYM, para. 1).",
    ],
)
def test_a_year_in_what_a_committee_speaks_of_is_none_that_it_acted_in(resolver: Resolver, text: str) -> None:
    assert _codes(resolver, text) == []
