import re
import time
from pathlib import Path
from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpus
from corpus.errors import PinpointInvalid
from corpus.pinpoint import Pinpoint, Style, format_list, label_id
from tests.corpus.strategies import assembled

SEED = Path(corpus.__file__).parent / "builtin" / "CRC_C_OPSC_LAO_CO_1.txt"


def eids(text: str) -> list[str]:
    """What the reference writes as p22sa: all places cited, ranges as first..last."""
    return [shown(place) for places, _, _ in Pinpoint.find_all(text) for place in places]


def shown(place: Pinpoint) -> str:
    return f"{place.eid}..{place.last.eid}" if place.last else place.eid


def place(text: str) -> Pinpoint:
    return Pinpoint.parse(text)


# -- what is cited in running text: the vectors of table 1.6, without the page about ranges

FOUND = [
    ("para. 34", "34", ["para_34"]),
    ("para 34", "34", ["para_34"]),
    ("para.34", "34", ["para_34"]),
    ("Para. 34", "34", ["para_34"]),
    ("(para. 34)", "34", ["para_34"]),
    ("paragraph 34", "34", ["para_34"]),
    ("¶ 34", "34", ["para_34"]),
    ("Par. 34", "34", ["para_34"]),
    ("at para 34", "34", ["para_34"]),
    ("at [34]", "[34]", ["para_34"]),
    ("at [12]–[14]", "[12]–[14]", ["para_12..para_14"]),
    ("paras. 7–9", "7–9", ["para_7..para_9"]),
    ("paras 52-59", "52-59", ["para_52..para_59"]),
    ("¶¶ 33–34", "33–34", ["para_33..para_34"]),
    ("at paras 33–36", "33–36", ["para_33..para_36"]),
    ("paras. 19–60", "19–60", ["para_19..para_60"]),
    ("paras. 12 to 14", "12 to 14", ["para_12..para_14"]),
    ("paras. 12to14", "12to14", ["para_12..para_14"]),
    ("paras. 7—9", "7—9", ["para_7..para_9"]),
    ("paras. 7−9", "7−9", ["para_7..para_9"]),
    ("paras. 7‑9", "7‑9", ["para_7..para_9"]),
    ("paras 33–6", "33–6", ["para_33..para_36"]),
    ("paras. 33 and 34", "33 and 34", ["para_33", "para_34"]),
    ("paras 33, 34", "33, 34", ["para_33", "para_34"]),
    ("¶¶ 12 & 14", "12 & 14", ["para_12", "para_14"]),
    ("paras. 2, 5 and 7–9", "2, 5 and 7–9", ["para_2", "para_5", "para_7..para_9"]),
    ("paras. 6, 7 (a), and 9", "6, 7 (a), and 9", ["para_6", "para_7__subpara_a", "para_9"]),
    ("para. 22 (a)", "22 (a)", ["para_22__subpara_a"]),
    ("¶ 22(a)", "22(a)", ["para_22__subpara_a"]),
    ("para. 32(c)", "32(c)", ["para_32__subpara_c"]),
    ("para. 22(aa)", "22(aa)", ["para_22__subpara_aa"]),
    ("para. 22 (a) and (c)", "22 (a) and (c)", ["para_22__subpara_a", "para_22__subpara_c"]),
    (
        "paras. 22 (a), (b) and (d)",
        "22 (a), (b) and (d)",
        ["para_22__subpara_a", "para_22__subpara_b", "para_22__subpara_d"],
    ),
    ("para. 22 (a)-(c)", "22 (a)-(c)", ["para_22__subpara_a..para_22__subpara_c"]),
    ("paras. 22 (a)–22 (c)", "22 (a)–22 (c)", ["para_22__subpara_a..para_22__subpara_c"]),
    ("para. 22 (a–c)", "22 (a–c)", ["para_22__subpara_a..para_22__subpara_c"]),
    (
        "para. 22 (a–c) and (e–f)",
        "22 (a–c) and (e–f)",
        ["para_22__subpara_a..para_22__subpara_c", "para_22__subpara_e..para_22__subpara_f"],
    ),
    (
        "para. 22 (a)–(c) and (e)",
        "22 (a)–(c) and (e)",
        ["para_22__subpara_a..para_22__subpara_c", "para_22__subpara_e"],
    ),
    ("para. 29 (a) (i)", "29 (a) (i)", ["para_29__subpara_a__point_i"]),
    ("para 29(a)(i)", "29(a)(i)", ["para_29__subpara_a__point_i"]),
    (
        "para. 22 (b) (ii)–(iv)",
        "22 (b) (ii)–(iv)",
        ["para_22__subpara_b__point_ii..para_22__subpara_b__point_iv"],
    ),
    ("paragraph 22, subparagraph (b)", "22, subparagraph (b)", ["para_22__subpara_b"]),
    ("para. 22, subpara. (b)", "22, subpara. (b)", ["para_22__subpara_b"]),
    ("para. 12 bis", "12 bis", ["para_12bis"]),
    ("para. 34bis", "34bis", ["para_34bis"]),
    ("para. 12-bis", "12-bis", ["para_12bis"]),
    ("para. 12A", "12A", ["para_12A"]),
    ("para. 121.4", "121.4", ["para_121-4"]),
    ("para. 5.1", "5.1", ["para_5-1"]),
    ("para. 83 (2)", "83 (2)", ["para_83__subpara_2"]),
    ("para. 1054", "1054", ["para_1054"]),
    ("para. 45, 2011", "45", ["para_45"]),
    ("para. 45 (2011)", "45", ["para_45"]),
    ("para. 34 and 5 June 2015", "34", ["para_34"]),
    ("para. 25, 11 August 2000", "25", ["para_25"]),
    ("paras. 34 ff.", "34 ff.", ["para_34"]),
    ("para. 8 et seq.", "8 et seq.", ["para_8"]),
    ("paragraphs 12 and 13 above", "12 and 13", ["para_12", "para_13"]),
    ("paras. 2627", "2627", ["para_2627"]),
    ("paras. 1087/1089", "1087", ["para_1087"]),
]

NOTHING_FOUND = [
    "sub-para. 34",
    "spar. 34",
    "[2014]",
    "§ 34",
    "para. (34)",
    "para. (14) (b)",
    "at 34",
    "[34]",
    "They say that [34] is a footnote call",
    "para. 2014",
]

TREATY_REFERENCES = [
    "article 3, paragraph 1 (a) (i)",
    "article 12, paragraph 1, of the Optional Protocol",
    "art. 9, paras. 1 and 2",
    "arts. 3; 4, paras. 2 and 3; 5; 6 and 7",
    "articles 2 (c), 3, 5 (a) and 15",
    "article 5 (2)",
    "Art. 8 and 9, paras. 3 and 4",
]


@pytest.mark.parametrize(("text", "captured", "expected"), FOUND)
def test_a_cited_place_is_found_where_it_stands(text: str, captured: str, expected: list[str]) -> None:
    assert eids(text) == expected
    ((_, start, end),) = Pinpoint.find_all(text)
    assert text[start:end].endswith(captured)
    assert re.fullmatch(r"(?:at )?(?:[Pp]ar[a-z]*\.? ?|¶+ )?", text[start:end][: -len(captured)])


@pytest.mark.parametrize("text", NOTHING_FOUND)
def test_what_is_no_cited_place_is_passed_over(text: str) -> None:
    assert eids(text) == []


@pytest.mark.parametrize("text", TREATY_REFERENCES)
def test_a_paragraph_of_a_treaty_article_is_no_place(text: str) -> None:
    assert eids(f"In accordance with {text}, the Committee") == []


def test_a_place_beside_a_treaty_article_is_found() -> None:
    assert eids("article 9 and paragraph 34 of the present observations") == ["para_34"]


def test_the_built_in_document_cites_one_paragraph() -> None:
    text = SEED.read_text(encoding="utf-8")
    ((places, start, _),) = Pinpoint.find_all(text)
    assert places == (Pinpoint("45"),)
    assert text.count("\n", 0, start) + 1 == 290


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
    "eid", ["", "34", "hd_X", "fn_star_1", "para_nn_1", "para_22__intro", "para_22__", "para_٣"]
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


# -- order and ranges


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


@pytest.mark.parametrize("unit", ["(a)", "[1]", "1, ", "para. 1 ", "1–", "at [", "art. 1, ", "¶"])
def test_hostile_text_is_searched_in_linear_time(unit: str) -> None:
    text = "para. 1" + unit * (50_000 // len(unit))
    start = time.perf_counter()
    list(Pinpoint.find_all(text))
    assert time.perf_counter() - start < 5


# -- properties

_numbers = st.integers(1, 999) | st.integers(1000, 1899) | st.integers(2100, 9999)
_labels = st.builds(
    "{}{}{}{}".format,
    _numbers,
    st.just("") | st.integers(0, 999).map(".{}".format),
    st.just("") | st.sampled_from("ABCDZ"),
    st.sampled_from(["", " bis", " ter", " quater"]),
)
_letters = st.sampled_from([*ascii_lowercase, *(letter * 2 for letter in ascii_lowercase)])
_numerals = st.sampled_from(["i", "ii", "iii", "iv", "v", "vi", "ix", "x", "xii", "xl", "liv"])
_items = st.lists(_letters | _numerals | st.integers(1, 99).map(str), max_size=3).map(tuple)
places = st.builds(Pinpoint, _labels, _items)


@st.composite
def ranges(draw: st.DrawFn) -> Pinpoint:
    """Ranges as they are written: of paragraphs, or of items on one level."""
    first, last = sorted([draw(_numbers), draw(_numbers)])
    if draw(st.booleans()):
        return Pinpoint(str(first), (), Pinpoint(str(last)))
    above = draw(_items.filter(lambda items: len(items) < 3))
    start, end = draw(_letters), draw(_letters)
    last_above = draw(st.just(above) | _items.filter(lambda items: len(items) < 3))
    label = str(first) if last_above == above else str(last)
    return Pinpoint(str(first), (*above, start), Pinpoint(label, (*last_above, end)))


_near_pinpoints = assembled(
    "para.", "paras. ", "¶", "at ", "[", "]", "(", ")", "34", "7", "2014", "bis", "-bis", " ", "–",
    "-", " to ", ", ", " and ", ";", "a", "b", "iv", "(a)", "(ii)", "(a–c)", ", subpara. ",
    "article 3", " June", ".", "٣", "²", "\u00a0", "\0", "ff.", "A",
    max_size=14,
)  # fmt: skip


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


@given(places | ranges(), places | ranges(), places | ranges())
def test_the_order_of_places_is_total(a: Pinpoint, b: Pinpoint, c: Pinpoint) -> None:
    assert (a < b) + (a == b) + (a > b) == 1
    if a <= b <= c:
        assert a <= c


@given(_labels, st.lists(st.sampled_from(["d", "D", "iv", "4", "dd"]), max_size=2).map(tuple))
def test_labels_that_count_alike_stand_in_one_order(label: str, items: tuple[str, ...]) -> None:
    pinpoint, other = Pinpoint(label, items), Pinpoint(label, ("d", "iv"))
    assert (pinpoint < other) + (pinpoint == other) + (pinpoint > other) == 1


@given(places)
def test_a_place_stands_after_what_it_is_in(pinpoint: Pinpoint) -> None:
    if pinpoint.parent:
        assert pinpoint.paragraph <= pinpoint.parent < pinpoint


@settings(max_examples=150)
@given(st.text() | _near_pinpoints)
def test_arbitrary_text_is_a_list_of_places_or_refused(text: str) -> None:
    try:
        found = Pinpoint.parse_all(text)
    except PinpointInvalid:
        return
    assert found
    assert Pinpoint.parse_all(", ".join(map(str, found))) == found


@settings(max_examples=150)
@given(st.text() | _near_pinpoints)
def test_spans_of_cited_places_stand_in_order(text: str) -> None:
    position = 0
    for found, start, end in Pinpoint.find_all(text):
        assert found
        assert position <= start < end <= len(text)
        assert any(character.isdigit() for character in text[start:end])
        position = end


@given(st.text() | _near_pinpoints | places.map(lambda pinpoint: pinpoint.eid))
def test_an_arbitrary_id_names_a_place_or_is_refused(eid: str) -> None:
    try:
        pinpoint = Pinpoint.from_eid(eid)
    except PinpointInvalid:
        return
    assert Pinpoint.from_eid(pinpoint.eid) == pinpoint
