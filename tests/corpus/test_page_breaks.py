"""Page breaks and blank lines, which decide nothing by themselves (H1 to H4)."""

import pytest

from corpus.readers import read
from corpus.structure import Structure
from tests.corpus.parsing import assert_spans_cover, eids, headings, labels, parse, sections_of, texts

# One page of a usual length, so that the trace of the page break after it is found.
PAGE = "1. The Committee has heard the delegation of Utopia\n" + "and has read its report\n" * 37


def across_a_page_break(end: str, beginning: str) -> Structure:
    """Paragraph 1 ends a page with `end`; the next page begins with no blank line before it."""
    text = f"{PAGE}{end}\n {beginning}"
    tops = [line.text for line in read(text.encode(), "a.txt").lines if line.page_top]
    assert tops[1:] == [beginning.partition("\n")[0].strip()]
    parsed = parse(text)
    assert_spans_cover(parsed, text)
    return parsed


def test_a_paragraph_that_begins_a_page_is_its_own() -> None:
    parsed = across_a_page_break(
        "and is concerned.", "2. The Committee recommends\nthat the State party adopt a law.\n"
    )
    assert labels(parsed) == ["1", "2"]
    assert texts(parsed)["para_1"].endswith("report and is concerned.")
    assert texts(parsed)["para_2"] == "The Committee recommends that the State party adopt a law."


def test_an_item_that_begins_a_page_is_its_own() -> None:
    parsed = across_a_page_break(
        "and recommends:\n\n (a) A law;", " (b) A plan for\nchildren.\n\n2. It is glad.\n"
    )
    assert eids(parsed) == ["para_1", "para_1__subpara_a", "para_1__subpara_b", "para_2"]
    assert texts(parsed)["para_1__subpara_b"] == "A plan for children."


def test_a_list_that_begins_a_page_is_no_part_of_its_lead_in() -> None:
    parsed = across_a_page_break("and recommends:", " (a) A law.\n\n2. It is glad.\n")
    assert eids(parsed) == ["para_1", "para_1__subpara_a", "para_2"]
    assert texts(parsed)["para_1"].endswith("recommends:")


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        (" I. Prevention (art. 9)", ("I", 1, "Prevention (art. 9)")),
        ("  Child sex tourism", (None, 1, "Child sex tourism")),
    ],
)
@pytest.mark.parametrize("end", ["and is concerned.", "and recommends:\n\n (a) A law."])
def test_a_heading_that_begins_a_page_is_not_swallowed(
    end: str, heading: str, expected: tuple[str | None, int, str]
) -> None:
    parsed = across_a_page_break(end, f"{heading}\n\n2. The Committee is glad.\n")
    assert headings(parsed) == [expected]
    assert sections_of(parsed) == {"para_1": (), "para_2": (expected[2],)}
    assert all(expected[2] not in text for text in texts(parsed).values())


def test_a_numbered_heading_needs_no_blank_line_where_it_is_expected() -> None:
    parsed = parse(
        "I. Introduction\n1. The Committee recommends:\n (a) A law;\n (b) A plan.\n"
        "II. Data\nA. Collection\n2. The Committee is glad.\n"
    )
    assert headings(parsed) == [("I", 1, "Introduction"), ("II", 1, "Data"), ("A", 2, "Collection")]
    assert texts(parsed)["para_1__subpara_b"] == "A plan."


def test_a_footnote_is_no_part_of_the_paragraphs_around_it() -> None:
    parsed = parse(
        "Report of Utopia*\n\n1. The Committee is glad.\n\n * Adopted at its\nsecond session.\n"
        "2. It is concerned.\n"
    )
    assert texts(parsed) == {"para_1": "The Committee is glad.", "para_2": "It is concerned."}
    ((note),) = parsed.footnotes
    assert (note.mark, note.eid, note.text) == (
        "*",
        "fn_star_1",
        "Adopted at its second session.",
    )
    assert note.called_from == "title"
    assert parsed.title == "Report of Utopia"


@pytest.mark.parametrize(
    "between",
    [
        "\n ",
        "\n\n",
        "\n\n\n",
        "\f",
        "\n\f\n",
        "\n\n * A note on the page.\n\n",
        "\n\n * A note on the page.\n\f",
        "\n\nCRC/C/UTO/CO/1\n\n",
        "\n4\n\f",
        "\n\n4\n\fCRC/C/UTO/CO/1\n\n",
    ],
)
@pytest.mark.parametrize("second", ["Commission for Children.", "commission for children."])
def test_a_page_break_inside_a_sentence_leaves_one_paragraph(between: str, second: str) -> None:
    text = f"1. The State party has a National{between}{second}\n\n2. The Committee is glad.\n"
    parsed = parse(text)
    assert texts(parsed) == {
        "para_1": f"The State party has a National {second}",
        "para_2": "The Committee is glad.",
    }
    assert_spans_cover(parsed, text)


def test_a_page_break_inside_an_item_leaves_one_item() -> None:
    parsed = across_a_page_break(
        "and recommends:\n\n (a) A law in the",
        "framework of the Protocol;\n\n (b) A plan.\n\n2. It is glad.\n",
    )
    assert texts(parsed)["para_1__subpara_a"] == "A law in the framework of the Protocol;"


def test_blank_lines_alone_decide_nothing() -> None:
    units = [
        "1. The Committee notes:",
        "(a) A law;",
        "(b) A plan.",
        "2. It is concerned.",
        "3. It recommends a law.",
    ]
    close, wide = parse("\n".join(units)), parse("\n\n\n".join(units))
    assert texts(close) == texts(wide)
    assert eids(close) == [
        "para_1",
        "para_1__subpara_a",
        "para_1__subpara_b",
        "para_2",
        "para_3",
    ]
