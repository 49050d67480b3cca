"""Numbers that are repeated, left out or begin again (H13 to H15)."""

import pytest

from corpus.pinpoint import Pinpoint
from tests.corpus.parsing import eids, headings, labels, parse, place, sections_of, warned


def test_a_heading_number_used_twice_is_kept_and_reported() -> None:
    parsed = parse("I. Introduction\n\n1. It met.\n\nI. Data\n\n2. It is glad.\n\nII. Follow-up\n\n3. So.\n")
    assert headings(parsed) == [("I", 1, "Introduction"), ("I", 1, "Data"), ("II", 1, "Follow-up")]
    assert [section.eid for section in parsed.sections] == ["hd_I", "hd_I_2", "hd_II"]
    assert warned(parsed) == [("heading_number_repeated", 5)]
    assert sections_of(parsed)["para_2"] == ("Data",)


def test_a_heading_number_left_out_is_reported() -> None:
    parsed = parse("I. Introduction\n\n1. It met.\n\nIII. Data\n\n2. It is glad.\n")
    assert [section.number for section in parsed.sections] == ["I", "III"]
    assert warned(parsed) == [("heading_number_gap", 5)]


def test_a_paragraph_number_used_twice_keeps_both_paragraphs() -> None:
    parsed = parse("1. It met.\n\n2. It is glad.\n\n2. It is sad.\n\n3. It left.\n")
    assert eids(parsed) == ["para_1", "para_2", "para_2_2", "para_3"]
    assert labels(parsed) == ["1", "2", "2", "3"]
    assert place(parsed, "para_2_2").text == "It is sad."
    assert warned(parsed) == [("number_repeated", 5)]


def test_items_of_a_repeated_paragraph_have_ids_of_their_own() -> None:
    parsed = parse("1. It notes:\n\n(a) A law.\n\n1. It notes:\n\n(a) A plan.\n")
    assert eids(parsed) == ["para_1", "para_1__subpara_a", "para_1_2", "para_1_2__subpara_a"]


def test_a_gap_in_the_numbers_is_reported_with_its_line() -> None:
    parsed = parse("1. It met.\n\n2. It is glad.\n\n5. It left.\n")
    assert labels(parsed) == ["1", "2", "5"]
    assert warned(parsed) == [("number_gap", 5)]


@pytest.mark.parametrize("indent", ["", "  "])
def test_an_annex_is_a_division_whose_numbers_begin_again(indent: str) -> None:
    parsed = parse(
        f"I. Introduction\n\n1. It met.\n\n2. It left.\n\n{indent}Annex\n\n"
        f"{indent}Answers of Utopia\n\n1. We met.\n\n2. We left.\n"
    )
    assert eids(parsed) == ["para_1", "para_2", "para_1_2", "para_2_2"]
    assert headings(parsed) == [
        ("I", 1, "Introduction"),
        (None, 1, "Annex"),
        (None, 2, "Answers of Utopia"),
    ]
    assert sections_of(parsed)["para_1_2"] == ("Annex", "Answers of Utopia")
    assert warned(parsed) == [("number_restart", 11)]


def test_an_annex_encloses_its_headings_where_no_heading_has_a_number() -> None:
    parsed = parse("1. It met.\n\nAnnex\n\nAnswers\n\n1. We met.\n\nThanks\n\n2. We left.\n")
    assert list(sections_of(parsed).values()) == [(), ("Annex", "Answers"), ("Annex", "Thanks")]


def test_headings_of_an_annex_may_count_from_one_again() -> None:
    parsed = parse(
        "I. Introduction\n\n1. It met.\n\nII. Data\n\n2. It left.\n\nAnnex I\n\n"
        "I. Questions\n\n1. Who are you?\n"
    )
    assert headings(parsed)[2:] == [(None, 1, "Annex I"), ("I", 1, "Questions")]
    assert eids(parsed) == ["para_1", "para_2", "para_1_2"]


def test_numbers_that_begin_again_without_an_annex_are_kept() -> None:
    parsed = parse("1. It met.\n\n2. It left.\n\n1. We met.\n\n2. We left.\n")
    assert eids(parsed) == ["para_1", "para_2", "para_1_2", "para_2_2"]
    assert warned(parsed) == [("number_restart", 5)]


def test_a_bis_paragraph_stands_between_its_neighbours() -> None:
    parsed = parse("1. One.\n\n1 bis. One bis.\n\n1 ter. It notes:\n\n(a) A law.\n\n2. Two.\n\n2A. Two A.\n")
    assert labels(parsed) == ["1", "1 bis", "1 ter", "2", "2A"]
    assert eids(parsed) == [
        "para_1", "para_1bis", "para_1ter", "para_1ter__subpara_a", "para_2", "para_2A",
    ]  # fmt: skip
    assert [paragraph.label_printed for paragraph in parsed.paragraphs] == [
        "1.",
        "1 bis.",
        "1 ter.",
        "2.",
        "2A.",
    ]
    places = [Pinpoint(label) for label in labels(parsed)]
    assert sorted(places) == places
    assert warned(parsed) == []
