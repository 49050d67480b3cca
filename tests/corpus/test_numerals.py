from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numerals import letter_value, roman_value

_SIGNS = [
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
]  # fmt: skip


def roman(number: int) -> str:
    numeral = ""
    for value, sign in _SIGNS:
        count, number = divmod(number, value)
        numeral += sign * count
    return numeral


@given(st.integers(1, 3999))
def test_every_well_formed_numeral_has_its_value_in_either_case(number: int) -> None:
    assert roman_value(roman(number)) == number
    assert roman_value(roman(number).upper()) == number


@pytest.mark.parametrize("text", ["", "iiii", "vv", "ic", "iix", "a", "XIB", "I.", " i", "ⅳ", "1"])
def test_what_is_no_well_formed_numeral_has_no_value(text: str) -> None:
    assert roman_value(text) is None


def test_letters_count_on_past_z_by_doubling() -> None:
    labels = [*ascii_lowercase, *(letter * 2 for letter in ascii_lowercase)]
    assert [letter_value(label) for label in labels] == list(range(1, 53))
    assert [letter_value(label.upper()) for label in labels] == list(range(1, 53))


@pytest.mark.parametrize("text", ["", "ab", "aaa", "1", "é", "a ", "İ", "ª"])
def test_what_is_no_list_letter_has_no_value(text: str) -> None:
    assert letter_value(text) is None


@given(st.text(max_size=8) | st.text("ivxlcdmIVXLCDM", max_size=8))
def test_a_value_is_that_of_the_canonical_form(text: str) -> None:
    value = roman_value(text)
    if value is not None:
        assert roman(value) == text.lower()
