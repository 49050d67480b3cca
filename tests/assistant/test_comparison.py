"""Questions put to several States or years at once."""

from __future__ import annotations

import pytest

from assistant.answer import Filters
from assistant.answering import narrowed
from assistant.comparison import not_held_beside, parts_of, without_names
from assistant.question import read_question
from tests.corpus.headers import HELD


def parts(text: str, filters: Filters | None = None) -> dict[str, set[int]]:
    _, scope = narrowed(read_question(text), HELD, filters or Filters())
    return {part.name: {header.id for header in part.scope.headers} for part in parts_of(scope, HELD)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Compare Kenya and Mexico on education", {"Kenya": {2}, "Mexico": {4, 5}}),
        ("education in Kenya, Mexico and Thailand", {"Kenya": {2}, "Mexico": {4, 5}, "Thailand": {9}}),
        ("Mexico: the 2014 observations and the 2022 observations: education", {"2014": {4}, "2022": {5}}),
        ("How did it change in Mexico between 2014 and 2022?", {"2014": {4}, "2022": {5}}),
        ("What did it tell States about education since 2015?", {"": {1, 2, 3, 5, 6, 8, 9}}),
        ("What did it tell Kenya about education?", {"": {2}}),
        ("Kenya and Kenyan schools", {"": {2}}),
    ],
)
def test_states_or_years_that_are_named_apart_are_searched_apart(
    text: str, found: dict[str, set[int]]
) -> None:
    assert parts(text) == found


def test_given_states_are_searched_apart_too() -> None:
    assert parts("education", Filters(states=("Kenya", "Mexico"))) == {"Kenya": {2}, "Mexico": {4, 5}}


def test_of_given_states_those_that_are_named_are_searched_apart() -> None:
    given = Filters(states=("Kenya", "MEX", "Thailand"))
    assert parts("Compare Kenya and Mexico on education", given) == {"Kenya": {2}, "Mexico": {4, 5}}
    assert parts("What did it tell Kenya about education?", given) == {"": {2}}


def test_a_state_outside_the_given_ones_is_named_beside_one_within() -> None:
    given = Filters(states=("Kenya", "Mexico"))
    beside, scope = narrowed(read_question("Compare Kenya and China on education"), HELD, given)
    assert not_held_beside(beside, scope) == ("China",)
    alone, on_china = narrowed(read_question("What did it tell China about education?"), HELD, given)
    assert not_held_beside(alone, on_china) == ()


def test_a_state_that_nothing_is_held_on_does_not_stand_in_the_way_of_others() -> None:
    question, scope = narrowed(read_question("Compare Kenya and Norway on education"), HELD, Filters())
    assert not_held_beside(question, scope) == ("Norway",)
    assert without_names(question, ("Norway",)).names == ()
    alone, on_norway = narrowed(read_question("education in Norway"), HELD, Filters())
    assert not_held_beside(alone, on_norway) == ()
