from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.entailment import MOST, carried

GOVERNING = "The Committee strongly recommends that the State party:"
ITEM = "Combat impunity by a thorough investigation of the disappearance of the human rights defender;"
CONCERN = (
    "The Committee is concerned that 12 per cent of births in Vientiane are not registered. It regrets that "
    "mobile clinics reach few villages."
)


def test_a_statement_of_the_quoted_words_in_another_order_is_supported() -> None:
    assert carried("Mobile clinics reach few villages, it regrets.", CONCERN).supported is True
    assert (
        carried("It recommends a thorough investigation of the disappearance.", ITEM, GOVERNING).supported
        is True
    )


def test_a_statement_about_something_else_is_not_supported() -> None:
    judged = carried("Dams harm fish.", CONCERN)
    assert judged.words == ("dams", "harm", "fish")
    assert judged.supported is False


def test_a_short_statement_is_held_to_the_same_share_as_a_long_one() -> None:
    judged = carried("Clinics cost villages dearly.", CONCERN)
    assert judged.share < MOST
    assert judged.supported is not True


@pytest.mark.parametrize(
    ("statement", "lacking"),
    [
        ("Births are not registered for 15 per cent.", ("15",)),
        ("Births are not registered for 12 per cent.", ()),
        ("Twelve per cent of births are not registered.", ()),
    ],
)
def test_numbers_must_be_those_of_the_quotation(statement: str, lacking: tuple[str, ...]) -> None:
    judged = carried(statement, CONCERN)
    assert judged.numbers == lacking
    assert judged.supported is (None if lacking else True)


def test_a_name_that_is_not_quoted_is_lacking() -> None:
    judged = carried("Of births in Pakse 12 per cent are not registered.", CONCERN)
    assert judged.names == ("Pakse",)
    assert judged.score < carried("Of births in Vientiane 12 per cent are not registered.", CONCERN).score


def test_a_denial_of_what_is_quoted_is_not_supported() -> None:
    assert carried("Births in Vientiane are registered.", CONCERN).supported is None
    assert carried("Mobile clinics never reach few villages.", CONCERN).supported is None


def test_what_is_asked_for_is_not_said_to_be_so() -> None:
    judged = carried("There was a thorough investigation of the disappearance.", ITEM, GOVERNING)
    assert judged.words == ()
    assert judged.supported is None


def test_thousands_are_the_same_number_with_and_without_a_mark() -> None:
    assert carried("There were 1,200 births.", "There were 1200 births.").numbers == ()


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_are_compared(one: str, other: str) -> None:
    judged = carried(one, other)
    assert 0 <= judged.share <= 1
    assert judged.score <= 0
