from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.citations.titles import title_case


@pytest.mark.parametrize(
    ("printed", "cased"),
    [
        (
            "Concluding observations on the report submitted by Laos under article 12, paragraph 1, of the "
            "Optional Protocol",
            "Concluding Observations on the Report Submitted by Laos under Article 12, Paragraph 1, of the "
            "Optional Protocol",
        ),
        ("the right to life", "The Right to Life"),
        ("States that children live in", "States That Children Live In"),
        ("general comment No. 8: the right of the child", "General Comment No. 8: The Right of the Child"),
        ("on people’s rights in the Lao PDR", "On People’s Rights in the Lao PDR"),
        ("awareness-raising on eHealth", "Awareness-Raising on eHealth"),
        ("follow-up to the 2nd report", "Follow-Up to the 2nd Report"),
        ("", ""),
    ],
)
def test_all_words_have_capitals_but_the_small_ones(printed: str, cased: str) -> None:
    assert title_case(printed) == cased


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "Zs")), max_size=60))
def test_only_case_changes_and_a_second_time_nothing(printed: str) -> None:
    cased = title_case(printed)
    assert cased.upper() == printed.upper()  # the dotless i has another small form than its capital
    assert title_case(cased) == cased
