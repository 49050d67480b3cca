"""What a conversation is restricted to: how it is said, and what there is to choose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from assistant.answer import MOST_VALUES, Filters, Role
from assistant.facets import facets_of
from corpus.holdings import Holdings
from tests.corpus.headers import HELD, header
from tui.restriction import Choice, choices_of, chosen_of, filters_of, said

CRPD = "Committee on the Rights of Persons with Disabilities"


@pytest.mark.parametrize(
    ("filters", "text"),
    [
        ({"states": ("Kenya",)}, "Only: Kenya — F4 changes"),
        ({"states": ("Kenya", "Peru"), "years": (2015,)}, "Only: Kenya or Peru · 2015 — F4 changes"),
        (
            {"states": ("Kenya",), "committees": (CRPD,), "years": (2015, 2016, 2017, 2019)},
            "Only: Kenya · CRPD · 2015–2017 or 2019 — F4 changes",
        ),
        ({"symbols": ("CRPD/C/KEN/CO/1",)}, "Only: CRPD/C/KEN/CO/1 — F4 changes"),
        (
            {"instruments": ("International Covenant on Civil and Political Rights",)},
            "Only: ICCPR — F4 changes",
        ),
    ],
)
def test_values_of_a_kind_are_alternatives_and_kinds_combine(filters: dict[str, object], text: str) -> None:
    assert said(Filters.model_validate(filters), 80) == text


def test_filters_that_let_everything_through_are_not_told_and_roles_are() -> None:
    assert said(Filters(), 80) == ""
    assert said(Filters(roles=(Role.RECOMMENDATION,)), 80) == "Only: recommendation — F4 changes"


def test_what_has_no_room_is_counted_the_longest_first() -> None:
    filters = Filters(states=tuple(f"State number {n}" for n in range(20)), years=(2015,))
    assert said(filters, 80) == "Only: 20 States · 2015 — F4 changes"


VALUES = st.lists(st.text("Kenya 日本\x1b", min_size=1, max_size=30), max_size=8).map(tuple)


@given(VALUES, VALUES, st.lists(st.integers(1990, 2030), max_size=9).map(tuple), st.integers(10, 120))
def test_a_restriction_never_takes_more_than_its_line(
    states: tuple[str, ...], symbols: tuple[str, ...], years: tuple[int, ...], width: int
) -> None:
    line = said(Filters(states=states, symbols=symbols, years=years), width)
    assert cell_len(line) <= width
    assert line.startswith("Only:") or not (states or symbols or years)
    assert "\x1b" not in line


def test_choices_become_filters_and_come_back() -> None:
    filters = Filters(states=("Kenya", "Peru"), years=(2015,), symbols=("CRPD/C/KEN/CO/1",))
    assert filters_of(chosen_of(filters)) == filters
    assert filters_of([]) is None
    assert chosen_of(None) == []
    with pytest.raises(ValueError, match="at most"):
        filters_of(Choice("symbols", str(number)) for number in range(MOST_VALUES + 1))


def test_only_what_leaves_something_is_offered_with_how_much_it_leaves() -> None:
    unsearched = header(12, "Côte d’Ivoire", "CIV", 2011, searched=False)
    held = Holdings([*HELD.headers.values(), unsearched])
    choices = choices_of(facets_of(held), held.headers.values())
    rows = [choice.row(is_chosen=False) for choice in choices]
    assert "[ ] State · Mexico · 2 documents" in rows
    assert f"[ ] Committee · {CRPD} · CRPD · 8 documents" in rows
    assert "[ ] Year · 2022 · 2 documents" in rows
    assert "[ ] Document · CRPD/C/KEN/CO/2 · Concluding observations on Kenya" in rows
    assert not any("Ivoire" in row or "2011" in row for row in rows)
    assert choices[0].row(is_chosen=True).startswith("[x] State")
