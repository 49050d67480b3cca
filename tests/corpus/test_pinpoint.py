import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import PinpointInvalid
from corpus.pinpoint import Pinpoint, Style, format_list, label_id
from tests.corpus.pinpoints import near_pinpoints, place, places, ranges

# -- what people type

TYPED = [
    ("34", "34"),
    (" 34 ", "34"),
    ("[34]", "34"),
    ("at [12]–[14]", "12–14"),
    ("PARA. 22 (C)", "22 (c)"),
    ("22(c)", "22 (c)"),
    ("22 (a)–22 (c)", "22 (a)–(c)"),
    ("22 (a)–23 (b)", "22 (a)–23 (b)"),
    ("22 (a) (i)–22 (b) (ii)", "22 (a) (i)–22 (b) (ii)"),
    ("34–34", "34–34"),
    ("12BIS", "12 bis"),
    ("12a", "12A"),
    ("12A bis", "12A bis"),
    ("034", "34"),
    ("5.10", "5.10"),
    ("paras. 34 ff.", "34"),
    ("105–8", "105–108"),
    ("para. 22\u00a0(c)", "22 (c)"),
    ("22 (zz)", "22 (zz)"),
]


@pytest.mark.parametrize(("typed", "printed"), TYPED)
def test_a_typed_place_is_printed_in_one_form(typed: str, printed: str) -> None:
    assert str(place(typed)) == printed
    assert place(printed) == place(typed)


@pytest.mark.parametrize(
    "text", ["", "para.", "extradition", "(a)", "2014", "34 of", "22 (a", "-3", "12 foo", "٣٤"]
)
def test_text_that_is_no_place_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(PinpointInvalid, match="34"):
        place(text)


def test_a_list_is_more_than_one_place() -> None:
    with pytest.raises(PinpointInvalid, match="names 2 places"):
        place("paras. 33 and 34")
    assert [str(p) for p in Pinpoint.parse_all("paras. 33 and 34")] == ["33", "34"]


def test_a_label_is_text_and_never_a_number() -> None:
    assert place("5.1") != place("5.10")
    assert place("12 bis") != place("12")


# -- machine ids

IDS = [
    ("34", "para_34"),
    ("22 (b)", "para_22__subpara_b"),
    ("29 (a) (i)", "para_29__subpara_a__point_i"),
    ("29 (a) (i) (a)", "para_29__subpara_a__point_i__point_a"),
    ("12 bis", "para_12bis"),
    ("12A", "para_12A"),
    ("121.4", "para_121-4"),
]


@pytest.mark.parametrize(("printed", "eid"), IDS)
def test_a_place_and_its_machine_id_lead_to_each_other(printed: str, eid: str) -> None:
    assert place(printed).eid == eid
    assert Pinpoint.from_eid(eid) == place(printed)


def test_the_id_of_a_range_is_that_of_its_first_place() -> None:
    assert place("33–36").eid == "para_33"


def test_the_id_of_a_repeated_paragraph_names_its_printed_number() -> None:
    assert Pinpoint.from_eid("para_12_2") == place("12")


@pytest.mark.parametrize(
    "eid", ["", "34", "hd_X", "fn_star_1", "para_nn", "para_22__intro", "para_22__", "para_٣"]
)
def test_the_id_of_something_else_is_refused(eid: str) -> None:
    with pytest.raises(PinpointInvalid, match="para_22__subpara_c"):
        Pinpoint.from_eid(eid)


@pytest.mark.parametrize(
    ("printed", "cleaned"),
    [
        ("(i)", "i"),
        ("[16]", "16"),
        ("1.2.", "1-2"),
        ("121.4", "121-4"),
        ("12.2", "12-2"),
        ("3a bis", "3abis"),
        ("2,3, 4,", "2-3-4"),
        ("3\u00a0bis", "3bis"),
    ],
)
def test_a_printed_number_is_cleaned_for_its_id(printed: str, cleaned: str) -> None:
    assert label_id(printed) == cleaned


def test_a_place_knows_what_it_is_in() -> None:
    deep = place("29 (a) (i)")
    assert (deep.parent, deep.paragraph) == (place("29 (a)"), place("29"))
    assert place("29").parent is None


# -- citation styles

STYLES: list[tuple[Style, list[str]]] = [
    (
        "un",
        ["para. 34", "paras. 33 and 34", "paras. 33–36", "para. 22 (a)", "para. 29 (a) (i)"],
    ),
    ("oscola", ["para 34", "paras 33, 34", "paras 33–36", "para 22(a)", "para 29(a)(i)"]),
    ("aglc", ["para 34", "paras 33, 34", "paras 33–36", "para 22(a)", "para 29(a)(i)"]),
    ("bluebook", ["¶ 34", "¶¶ 33, 34", "¶¶ 33–36", "¶ 22(a)", "¶ 29(a)(i)"]),
    (
        "mcgill",
        ["at para 34", "at paras 33, 34", "at paras 33–36", "at para 22(a)", "at para 29(a)(i)"],
    ),
    ("chicago", ["para. 34", "paras. 33, 34", "paras. 33–36", "para. 22(a)", "para. 29(a)(i)"]),
]


@pytest.mark.parametrize(("style", "expected"), STYLES)
def test_each_style_prints_places_its_own_way(style: Style, expected: list[str]) -> None:
    typed = ["34", "33, 34", "33–36", "22 (a)", "29 (a) (i)"]
    assert [format_list(Pinpoint.parse_all(text), style) for text in typed] == expected


def test_a_range_of_items_is_printed_in_the_singular() -> None:
    assert place("22 (a)–(c)").format() == "para. 22 (a)–(c)"
    assert place("22 (a)–23 (c)").format() == "paras. 22 (a)–23 (c)"


def test_three_places_are_printed_as_a_list() -> None:
    assert format_list(Pinpoint.parse_all("2, 5, 7–9")) == "paras. 2, 5 and 7–9"


# -- properties


@given(places)
def test_a_place_is_read_back_from_its_printed_form(pinpoint: Pinpoint) -> None:
    assert Pinpoint.parse(str(pinpoint)) == pinpoint


@given(places, st.sampled_from(["un", "oscola", "aglc", "bluebook", "mcgill", "chicago"]))
def test_a_place_is_read_back_from_every_style(pinpoint: Pinpoint, style: Style) -> None:
    assert Pinpoint.parse(pinpoint.format(style)) == pinpoint
    ((found, start, end),) = Pinpoint.find_all(f"see {pinpoint.format(style)}.")
    assert found == (pinpoint,)
    assert (start, end) == (4, 4 + len(pinpoint.format(style)))


@given(ranges())
def test_a_range_is_read_back_from_its_printed_form(pinpoint: Pinpoint) -> None:
    assert Pinpoint.parse(str(pinpoint)) == pinpoint


@given(places)
def test_a_place_is_read_back_from_its_machine_id(pinpoint: Pinpoint) -> None:
    assert Pinpoint.from_eid(pinpoint.eid) == pinpoint


@settings(max_examples=150)
@given(st.text() | near_pinpoints)
def test_arbitrary_text_is_a_list_of_places_or_refused(text: str) -> None:
    try:
        found = Pinpoint.parse_all(text)
    except PinpointInvalid:
        return
    assert found
    assert Pinpoint.parse_all(", ".join(map(str, found))) == found


@given(st.text() | near_pinpoints | places.map(lambda pinpoint: pinpoint.eid))
def test_an_arbitrary_id_names_a_place_or_is_refused(eid: str) -> None:
    try:
        pinpoint = Pinpoint.from_eid(eid)
    except PinpointInvalid:
        return
    assert Pinpoint.from_eid(pinpoint.eid) == pinpoint
