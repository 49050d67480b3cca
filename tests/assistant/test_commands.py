"""What is said of the documents that a question goes on with."""

from __future__ import annotations

import pytest

from assistant.answer import AppliedFilter
from assistant.commands import adds, asks_for_both, is_command, left_out, with_edition, year_of_command
from assistant.focus import Focus
from assistant.inference import inferred_filters
from tests.corpus.headers import HELD

ON_MEXICO = Focus(filters=(AppliedFilter(kind="state", value="Mexico", origin="carried"),))
IN_2022 = Focus(filters=(*ON_MEXICO.filters, AppliedFilter(kind="year", value="2022", origin="carried")))


@pytest.mark.parametrize(
    ("text", "names", "is_one"),
    [
        ("same q for Peru", "Peru", True),
        ("add Zambia", "Zambia", True),
        ("what's the situation in Sudan?", "Sudan", True),
        ("is it any better in Kenya", "Kenya", True),
        ("wrong country, Mexico", "Mexico", True),
        ("education in Kenya", "Kenya", False),
        ("parental leave", "", False),
    ],
)
def test_a_command_has_no_topic(text: str, names: str, is_one: bool) -> None:
    assert is_command(text, names) is is_one


def test_states_can_be_left_out() -> None:
    text = "leave Kenya. Mexico."
    assert [inferred.value for inferred in left_out(text, inferred_filters(text, HELD))] == ["Kenya"]
    text = "and Kenya?"
    assert left_out(text, inferred_filters(text, HELD)) == []


def test_what_is_put_beside_is_told_from_what_takes_a_place() -> None:
    assert adds("add Zambia")
    assert adds("contrast with Mexico")
    assert not adds("and for Mexico?")
    assert asks_for_both("put both together")
    assert not asks_for_both("both sexes")


@pytest.mark.parametrize(
    ("text", "focus", "means"),
    [
        ("and in the older document?", IN_2022, "and the 2014 observations?"),
        ("the other one", IN_2022, "the 2014 observations"),
        ("the latest report", ON_MEXICO, "the 2022 observations"),
        ("has that changed in 2014", IN_2022, "has that changed  the 2014 observations"),
        ("the census of 2010", IN_2022, "the census of 2010"),
        ("the older law", IN_2022, "the older law"),
        ("the older document", Focus(), "the older document"),
    ],
)
def test_an_edition_is_told_by_its_place_among_those_held(text: str, focus: Focus, means: str) -> None:
    assert with_edition(text, focus, HELD) == means


def test_a_year_with_nothing_besides_is_an_edition() -> None:
    assert year_of_command("which of them in 2022?") == "2022"
    assert year_of_command("which laws were passed in 2022?") is None
