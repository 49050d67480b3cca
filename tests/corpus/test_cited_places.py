import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.pinpoint import Pinpoint
from tests.corpus.builtin_document import DATA
from tests.corpus.pinpoints import near_pinpoints


def eids(text: str) -> list[str]:
    """What the reference writes as p22sa: all places cited, ranges as first..last."""
    return [shown(place) for places, _, _ in Pinpoint.find_all(text) for place in places]


def shown(place: Pinpoint) -> str:
    return f"{place.eid}..{place.last.eid}" if place.last else place.eid


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
    text = DATA.decode()
    ((places, start, _),) = Pinpoint.find_all(text)
    assert places == (Pinpoint("45"),)
    assert text.count("\n", 0, start) + 1 == 290


@pytest.mark.parametrize("unit", ["(a)", "[1]", "1, ", "para. 1 ", "1–", "at [", "art. 1, ", "¶"])
def test_hostile_text_is_searched_in_linear_time(unit: str) -> None:
    text = "para. 1" + unit * (50_000 // len(unit))
    start = time.perf_counter()
    list(Pinpoint.find_all(text))
    assert time.perf_counter() - start < 5


# -- properties


@settings(max_examples=150)
@given(st.text() | near_pinpoints)
def test_spans_of_cited_places_stand_in_order(text: str) -> None:
    position = 0
    for found, start, end in Pinpoint.find_all(text):
        assert found
        assert position <= start < end <= len(text)
        assert any(character.isdigit() for character in text[start:end])
        position = end
