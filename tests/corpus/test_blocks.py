from string import ascii_lowercase

import pytest

from corpus.block import Block
from corpus.blocks import Blocks
from corpus.readers import read


def found(text: str) -> Blocks:
    return Blocks(read(text.encode(), "a.txt").lines)


def kinds(text: str) -> list[tuple[str, str]]:
    """The kind and label of each block."""
    return [(block.kind, block.label) for block in found(text).blocks]


def text_of(block: Block) -> str:
    return " ".join(line.text for line in block.lines)


def items(*labels: str) -> list[tuple[int, str]]:
    """The level and label of each item of a list with these labels."""
    listed = "\n\n".join(f" ({label}) Laws of the kind {label};" for label in labels)
    text = f"1. The Committee notes:\n\n{listed}\n\n2. The Committee is glad.\n"
    blocks = found(text)
    assert blocks.warnings == []
    return [(block.level, block.label) for block in blocks.blocks if block.kind == "item"]


def test_each_part_of_a_document_is_a_block_of_its_kind() -> None:
    text = """\
Distr.: General

Committee on Examples

Concluding observations on the report of Utopia*

I. Introduction

1. The Committee notes:

 (a) A law;

 (b) A plan.

   Education

2. The Committee is glad.

* Adopted at its second session.
"""
    assert kinds(text) == [
        ("furniture", ""),
        ("masthead", ""),
        ("title", ""),
        ("heading", "I"),
        ("paragraph", "1"),
        ("item", "a"),
        ("item", "b"),
        ("heading", ""),
        ("paragraph", "2"),
        ("footnote", "*"),
    ]


# -- wrapped lines that begin with a number (H5)


@pytest.mark.parametrize(
    "wrapped",
    [
        "It considered the report at its 2003rd and\n2004th meetings, and was glad.",
        "The law was adopted in December\n2014. The Committee welcomes it.",
        "The law was adopted on 5 June\n2. The Committee welcomes it.",
        "The report was adopted on\n5 June 2015. The Committee welcomes it.",
        "It recalls its duties (arts. 3; 4, paras. 2 and\n3; 5; 6 and 7) under the Protocol.",
        "It recalls its duties (arts. 8 and 9, paras.\n3 and 4) under the Protocol.",
        "It acts in accordance with article\n9, paragraph 4, of the Protocol.",
        "It acts in accordance with article\n2. The Committee welcomes it.",
        "It acts in accordance with articles 1 and\n2. The Committee welcomes it.",
        "It acts in accordance with articles 1 to\n2. The Committee welcomes it.",
        "It acts in accordance with rule\n2. The Committee welcomes it.",
        "It ratified Conventions Nos. 1,\n2. The Committee welcomes it.",
        "It ratified Convention No.\n2. The Committee welcomes it.",
        "It acts in accordance with art.\n2. The Committee welcomes it.",
        "The number of judges was\n2. The Committee welcomes it.",
        "The law has gaps.\n14. The Committee is quoted here.",
        "The share fell by half.\n2.5 per cent remain.",
        "The share fell by half.\n2. 5 per cent remain.",
        "The share fell by half.\n2 The Committee is quoted here.",
    ],
)
@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_a_wrapped_line_that_begins_with_a_number_is_no_paragraph(wrapped: str, between: str) -> None:
    text = f"1. The State party has laws. {wrapped}{between}2. The Committee is concerned.\n"
    first, second = found(text).blocks
    assert text_of(first) == "1. The State party has laws. " + wrapped.replace("\n", " ")
    assert text_of(second) == "2. The Committee is concerned."


@pytest.mark.parametrize("between", ["\n", "\n\n", "\f"])
def test_a_paragraph_without_a_full_stop_does_not_swallow_the_next(between: str) -> None:
    text = f"1. The Committee is concerned at delays{between}2. The Committee recommends a law.\n"
    assert kinds(text) == [("paragraph", "1"), ("paragraph", "2")]


# -- letters and numerals in running text and in lists (H6, H7)


@pytest.mark.parametrize(
    "wrapped",
    [
        "covered by article 2\n(a) and article 3 of the Protocol.",
        "covered by article 3, paragraph 1\n(a) (i) of the Protocol.",
        "covered by article 3, paragraph 1 (a)\n(i) of the Protocol.",
        "covered by articles 1 and\n(a) Others.",
        "covered by article 2.\n(a) small letters follow.",
        "namely sale, transfer\n(b) Theft and\n(c) Others.",
    ],
)
def test_a_letter_in_running_text_is_no_item(wrapped: str) -> None:
    text = f"1. The State party punishes the offences {wrapped}\n\n2. The Committee is glad.\n"
    assert kinds(text) == [("paragraph", "1"), ("paragraph", "2")]


ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii"]


def test_a_list_of_letters_goes_on_past_i_v_x_and_z() -> None:
    labels = [*ascii_lowercase, "aa", "bb", "cc"]
    assert items(*labels) == [(1, label) for label in labels]


def test_a_list_of_numerals_stands_on_the_first_level_where_it_is_first() -> None:
    assert items(*ROMAN) == [(1, label) for label in ROMAN]


def test_numerals_below_a_letter_are_told_from_letters() -> None:
    labels = ["a", "b", *ROMAN, "c", "d", "i", "ii", "e"]
    levels = [1, 1, *[2] * len(ROMAN), 1, 1, 2, 2, 1]
    assert items(*labels) == list(zip(levels, labels, strict=True))


def test_i_after_h_is_a_letter_unless_ii_follows() -> None:
    labels = [*"abcdefgh", "i", "ii", "i", "i", "ii", "j"]
    levels = [1] * 8 + [2, 2, 1, 2, 2, 1]
    assert items(*labels) == list(zip(levels, labels, strict=True))


def test_letters_stand_below_numerals_on_the_second_and_third_level() -> None:
    assert items("i", "a", "b", "c", "ii", "a", "iii") == [
        (1, "i"), (2, "a"), (2, "b"), (2, "c"), (1, "ii"), (2, "a"), (1, "iii"),
    ]  # fmt: skip
    assert items("a", "i", "ii", "a", "b", "iii", "b", "i") == [
        (1, "a"), (2, "i"), (2, "ii"), (3, "a"), (3, "b"), (2, "iii"), (1, "b"), (2, "i"),
    ]  # fmt: skip


def test_an_item_out_of_sequence_is_kept_and_reported() -> None:
    text = "1. It notes:\n\n (a) Laws;\n\n (b) Plans;\n\n (d) Funds;\n\n (e) Staff.\n"
    blocks = found(text)
    assert [block.label for block in blocks.blocks] == ["1", "a", "b", "d", "e"]
    ((warning),) = blocks.warnings
    assert (warning.code, warning.line) == ("item_sequence", 7)


def test_a_list_that_lost_its_first_item_is_reported() -> None:
    blocks = found("1. It notes laws.\n\n (c) Plans.\n\n2. It is glad.\n")
    assert [block.label for block in blocks.blocks] == ["1", "2"]
    assert [(warning.code, warning.line) for warning in blocks.warnings] == [("item_sequence", 3)]


# -- markers without a space (H8)


def test_markers_without_a_space_are_recognised() -> None:
    text = """\
I.Introduction

1.The Committee notes:

(a)Reported cases;

(b)Others.

AGeneral principles

2.The Committee is concerned.

BEducation

3.“Quoted words” are welcome.
"""
    assert [(block.kind, block.label, block.marker) for block in found(text).blocks] == [
        ("heading", "I", "I."),
        ("paragraph", "1", "1."),
        ("item", "a", "(a)"),
        ("item", "b", "(b)"),
        ("heading", "A", "A"),
        ("paragraph", "2", "2."),
        ("heading", "B", "B"),
        ("paragraph", "3", "3."),
    ]


@pytest.mark.parametrize("title", ["AIDS prevention", "Introduction", "IDs and CDs", "Adoption"])
def test_a_heading_that_begins_with_a_capital_has_no_number_for_it(title: str) -> None:
    text = f"1. The Committee is glad.\n\n  {title}\n\n2. The Committee is concerned.\n"
    assert kinds(text) == [("paragraph", "1"), ("heading", ""), ("paragraph", "2")]


# -- what is printed on a page and belongs to no paragraph


def test_page_numbers_are_furniture_at_page_edges_only() -> None:
    text = "CRC/C/UTO/CO/1\n\n1. It met in room\n2\nof the house\n1\n\f2\nand parted.\n\n3\n"
    assert [(block.kind, text_of(block)) for block in found(text).blocks] == [
        ("furniture", "CRC/C/UTO/CO/1"),
        ("paragraph", "1. It met in room 2 of the house and parted."),
        ("furniture", "1"),
        ("furniture", "2"),
        ("furniture", "3"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "GE.",
        "GE.15-06151 (E)",
        "GE.06-44987 (E) 171106",
        "14-29481 (E) *1429481* 170414",
        "*1907475*",
        "Distr.: General",
        "Original: English",
        "United Nations",
        "CRC/C/OPSC/LAO/CO/1",
        "ADVANCE UNEDITED VERSION",
    ],
)
def test_page_furniture_does_not_break_a_paragraph(line: str) -> None:
    text = f"1. The Committee is concerned\n{line}\nabout the law.\n\n2. It is glad.\n"
    first, furniture, second = found(text).blocks
    assert text_of(first) == "1. The Committee is concerned about the law."
    assert (furniture.kind, text_of(furniture)) == ("furniture", line)
    assert second.label == "2"


# -- numbers out of sequence (H14, H15)


@pytest.mark.parametrize(
    ("numbers", "labels", "warnings"),
    [
        ("1 2 2 3", "1 2 2 3", [("number_repeated", 5)]),
        ("1 2 4 5", "1 2 4 5", [("number_gap", 5)]),
        ("1 7 8", "1 7 8", [("number_gap", 3)]),
        ("1 8 2", "1 2", [("number_out_of_sequence", 3)]),
        ("1 2 3 1 2", "1 2 3 1 2", [("number_restart", 7)]),
        ("1 2 1 3", "1 2 3", [("number_out_of_sequence", 5)]),
        ("1 2 2bis 2ter 3", "1 2 2bis 2ter 3", []),
        ("1 2 2A 2B 3", "1 2 2A 2B 3", []),
        ("1 2 2bis 2bis 3", "1 2 2bis 2bis 3", [("number_repeated", 7)]),
        ("1 2 3bis 3", "1 2 3", [("number_out_of_sequence", 5)]),
        ("1 2 19 20", "1 2", [("number_out_of_sequence", 5), ("number_out_of_sequence", 7)]),
    ],
)
def test_numbers_are_kept_as_printed_and_what_is_unusual_is_reported(
    numbers: str, labels: str, warnings: list[tuple[str, int]]
) -> None:
    text = "\n\n".join(f"{number}. The Committee is glad." for number in numbers.split()) + "\n"
    blocks = found(text)
    printed = [block.label.replace(" ", "") for block in blocks.blocks]
    assert printed == labels.split()
    assert [(warning.code, warning.line) for warning in blocks.warnings] == warnings


def test_the_numbers_that_are_missing_are_told() -> None:
    (warning,) = found("1. The one.\n\n4. The four.\n").warnings
    assert warning.message == "no paragraph 2 to 3 before paragraph 4"
