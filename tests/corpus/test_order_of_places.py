import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.pinpoint import Pinpoint
from tests.corpus.pinpoints import paragraph_labels, place, places, ranges


@pytest.mark.parametrize(
    "ordered",
    [
        ["12", "12A", "12 bis", "12 ter", "12 quater", "13"],
        ["121.2", "121.10", "122"],
        ["9", "10", "100", "1054"],
        ["22", "22 (a)", "22 (b)", "22 (b) (i)", "22 (b) (ii)", "22 (b) (x)", "22 (c)", "23"],
        ["22 (h)", "22 (i)", "22 (j)", "22 (v)", "22 (z)", "22 (aa)", "22 (bb)", "22 (ii)"],
    ],
)
def test_places_stand_in_printed_order(ordered: list[str]) -> None:
    places = [place(text) for text in ordered]
    places.reverse()
    assert [str(p) for p in sorted(places)] == ordered


HELD = [
    *(Pinpoint(str(number)) for number in range(31, 35)),
    Pinpoint("34 bis"),
    *(Pinpoint(str(number)) for number in range(35, 38)),
    Pinpoint("38"),
    *(Pinpoint("38", (letter,)) for letter in "abcd"),
    *(Pinpoint("38", ("b", numeral)) for numeral in ("i", "ii", "iii", "iv", "v")),
]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("33–36", ["33", "34", "34 bis", "35", "36"]),
        ("33–6", ["33", "34", "34 bis", "35", "36"]),
        ("37–99", ["37", "38"]),
        ("38 (a)–(c)", ["38 (a)", "38 (b)", "38 (c)"]),
        ("38 (a–c)", ["38 (a)", "38 (b)", "38 (c)"]),
        ("38 (b) (ii)–(iv)", ["38 (b) (ii)", "38 (b) (iii)", "38 (b) (iv)"]),
        ("34", ["34"]),
        ("38", ["38"]),
        ("38 (b)", ["38 (b)"]),
        ("99", []),
    ],
)
def test_a_range_stands_for_the_held_places_between_its_ends(typed: str, expected: list[str]) -> None:
    assert [str(held) for held in place(typed).expand(HELD)] == expected


@pytest.mark.parametrize(
    ("labels", "typed", "expected"),
    [
        (["i", "ii", "iii", "iv", "v", "vi"], "9 (ii)–(v)", ["ii", "iii", "iv", "v"]),
        ([*"abcdefghij"], "9 (c)–(i)", [*"cdefghi"]),
        ([*"yz", "aa", "bb", "cc"], "9 (z)–(bb)", ["z", "aa", "bb"]),
        (["1", "2", "10", "11"], "9 (2)–(10)", ["2", "10"]),
    ],
)
def test_a_range_of_items_counts_as_their_list_does(
    labels: list[str], typed: str, expected: list[str]
) -> None:
    held = [Pinpoint("9"), *(Pinpoint("9", (label,)) for label in labels), Pinpoint("10")]
    assert [found.items for found in place(typed).expand(held)] == [(it,) for it in expected]


def test_letters_below_numerals_are_counted_as_letters() -> None:
    held = [Pinpoint("9", ("ii", letter)) for letter in "abcdef"]
    assert place("9 (ii) (b)–(e)").expand(held) == held[1:5]


# -- properties


@given(places | ranges(), places | ranges(), places | ranges())
def test_the_order_of_places_is_total(a: Pinpoint, b: Pinpoint, c: Pinpoint) -> None:
    assert (a < b) + (a == b) + (a > b) == 1
    if a <= b <= c:
        assert a <= c


@given(paragraph_labels, st.lists(st.sampled_from(["d", "D", "iv", "4", "dd"]), max_size=2).map(tuple))
def test_labels_that_count_alike_stand_in_one_order(label: str, items: tuple[str, ...]) -> None:
    pinpoint, other = Pinpoint(label, items), Pinpoint(label, ("d", "iv"))
    assert (pinpoint < other) + (pinpoint == other) + (pinpoint > other) == 1


@given(places)
def test_a_place_stands_after_what_it_is_in(pinpoint: Pinpoint) -> None:
    if pinpoint.parent:
        assert pinpoint.paragraph <= pinpoint.parent < pinpoint
