import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import SourceRefused
from corpus.model import pinpoint_of
from corpus.pinpoint import Pinpoint
from corpus.readers import read
from corpus.source_text import joined
from corpus.structure import Structure, structure
from tests.corpus.generated import Made, documents, loosely_set, set_on_pages
from tests.corpus.parsing import (
    assert_spans_cover,
    eids,
    headings,
    labels,
    parse,
    place,
    sections_of,
    texts,
    warned,
)
from tests.corpus.strategies import assembled

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


# -- H1 to H4: page breaks and blank lines


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


# -- H8, H10, H12: text as printed


def test_text_after_a_marker_without_a_space_is_intact() -> None:
    parsed = parse("1.The Committee notes:\n\n(a)Reported cases;\n\n(b)“Other” cases.\n")
    assert list(texts(parsed).values()) == [
        "The Committee notes:",
        "Reported cases;",
        "“Other” cases.",
    ]


def test_no_break_spaces_become_one_space_and_stay_in_the_source() -> None:
    text = "1.\u00a0The\u00a0 Committee  \u00a0notes \u00a0\nthe State\u00a0party’s  report.\n"
    parsed = parse(text)
    (paragraph,) = parsed.paragraphs
    assert paragraph.text == "The Committee notes the State party’s report."
    assert text[paragraph.start : paragraph.end] == text.strip()
    ((sentence),) = paragraph.sentences
    assert text[sentence.start : sentence.end].count("\u00a0") == 4


def test_a_hyphen_at_a_line_end_is_kept_without_a_space() -> None:
    parsed = parse("1. Children of the Tibeto- \nBurman groups, long-\nterm and short- \nand all.\n")
    assert texts(parsed) == {"para_1": "Children of the Tibeto-Burman groups, long-term and short- and all."}


# -- H13 to H15: numbers


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


# -- H19, H20: lists

LIST = "1. The Committee recommends that it:\n\n (a) Adopt laws;\n\n (b) Train judges."


def test_a_sentence_on_the_lines_of_the_last_item_belongs_to_it() -> None:
    parsed = parse(f"{LIST} To this end, it\nshould pay them.\n\n2. So.\n")
    assert place(parsed, "para_1__subpara_b").text.endswith("To this end, it should pay them.")
    assert parsed.paragraphs[0].closing == ""


def test_text_set_apart_after_a_list_closes_the_paragraph() -> None:
    text = f"{LIST}\n\nTo this end, it should pay\nthem.\n\nIt should do so soon.\n\n2. So.\n"
    parsed = parse(text)
    paragraph = parsed.paragraphs[0]
    assert place(parsed, "para_1__subpara_b").text == "Train judges."
    assert paragraph.closing == "To this end, it should pay them.\nIt should do so soon."
    assert [sentence.text for sentence in paragraph.sentences] == [
        "The Committee recommends that it:",
        "To this end, it should pay them.",
        "It should do so soon.",
    ]
    assert "para_1__wrapup" in [span.eid for span in parsed.spans]
    assert text[paragraph.start : paragraph.end].endswith("It should do so soon.")


def test_text_set_apart_in_a_paragraph_without_a_list_goes_on_with_it() -> None:
    parsed = parse("1. The Committee met.\n\nIt was glad.\n\n2. So.\n")
    assert texts(parsed)["para_1"] == "The Committee met.\nIt was glad."
    assert [sentence.text for sentence in parsed.paragraphs[0].sentences] == [
        "The Committee met.",
        "It was glad.",
    ]


@pytest.mark.parametrize("end", ["", ":", ",", ".", " to"])
def test_a_list_needs_no_colon(end: str) -> None:
    parsed = parse(f"1. It asks the State party{end}\n\n (a) Adopt laws;\n\n (b) Train judges.\n")
    assert eids(parsed) == ["para_1", "para_1__subpara_a", "para_1__subpara_b"]


def test_a_colon_needs_no_list() -> None:
    parsed = parse("1. It notes:\n\n2. It has one aim:\nlaws.\n\n3. So.\n")
    assert texts(parsed) == {
        "para_1": "It notes:",
        "para_2": "It has one aim: laws.",
        "para_3": "So.",
    }


def test_a_nested_list_may_begin_again() -> None:
    parsed = parse(
        "1. It notes:\n\n(a) Laws:\n\n(i) Old ones;\n\n(ii) New ones;\n\n(b) Plans:\n\n"
        "(i) Good ones;\n\n(ii) Bad ones.\n\n2. So.\n"
    )
    assert texts(parsed) == {
        "para_1": "It notes:",
        "para_1__subpara_a": "Laws:",
        "para_1__subpara_a__point_i": "Old ones;",
        "para_1__subpara_a__point_ii": "New ones;",
        "para_1__subpara_b": "Plans:",
        "para_1__subpara_b__point_i": "Good ones;",
        "para_1__subpara_b__point_ii": "Bad ones.",
        "para_2": "So.",
    }
    assert parsed.warnings == ()


def test_every_place_has_a_pinpoint_that_leads_to_its_id() -> None:
    parsed = parse("1. It notes:\n\n(a) Laws:\n\n(i) Old ones;\n\n(ii) New ones;\n\n(b) Plans.\n")
    (paragraph,) = parsed.paragraphs
    printed = [str(pinpoint_of(paragraph, found)) for found in paragraph.places()]
    assert printed == ["1", "1 (a)", "1 (a) (i)", "1 (a) (ii)", "1 (b)"]
    assert [Pinpoint.parse(text).eid for text in printed] == eids(parsed)


# -- H21, H22: headings


def test_a_heading_over_three_lines_is_one_piece_with_its_articles() -> None:
    parsed = parse(
        "I. General\n\n1. It met.\n\n II. Prohibition of the sale of children, pornography and\n"
        "prostitution and related matters (arts. 3; 4, paras. 2 and\n3; 5; 6 and 7)\n\n"
        "  Measures adopted to protect the rights of\nchild victims\n\n2. So.\n"
    )
    title = (
        "Prohibition of the sale of children, pornography and prostitution and related matters"
        " (arts. 3; 4, paras. 2 and 3; 5; 6 and 7)"
    )
    measures = "Measures adopted to protect the rights of child victims"
    assert headings(parsed) == [("I", 1, "General"), ("II", 1, title), (None, 2, measures)]
    assert sections_of(parsed)["para_2"] == (title, measures)
    assert texts(parsed)["para_2"] == "So."


def test_a_sub_heading_is_known_by_its_place_without_an_indent() -> None:
    parsed = parse("1. It met.\n\nCivil society\n\n2. So.\n\nAdoption\nof children\n\n3. So.\n")
    assert [title for _, _, title in headings(parsed)] == ["Civil society", "Adoption of children"]


def test_a_title_over_several_lines_is_one_piece_without_its_call() -> None:
    parsed = parse(
        "Committee on Examples\n\n  Concluding observations on the report \nof  Utopia under"
        " article 12, paragraph 1, of\nthe Protocol*\n\n1. It met.\n\n * Adopted in May.\n"
    )
    assert parsed.title == (
        "Concluding observations on the report of Utopia under article 12, paragraph 1, of the Protocol"
    )


@pytest.mark.parametrize("title", ["Follow-up", "Resolution of disputes", "Report of the State"])
def test_a_heading_may_read_like_a_title(title: str) -> None:
    parsed = parse(f"1. It met.\n\n  {title}\n\n2. So.\n")
    assert headings(parsed) == [(None, 1, title)]


def test_a_sub_heading_ends_at_the_next_section() -> None:
    parsed = parse(
        "I. Cooperation\n\n  Agreements\n\n1. It met.\n\nII. Ratification of the\nProtocol\n\n"
        "2. It is glad.\n\nA. Laws\n\n  Old laws\n\n3. So.\n\nB. Plans\n\n4. So.\n\nIII. End\n\n5. So.\n"
    )
    assert sections_of(parsed) == {
        "para_1": ("Cooperation", "Agreements"),
        "para_2": ("Ratification of the Protocol",),
        "para_3": ("Ratification of the Protocol", "Laws", "Old laws"),
        "para_4": ("Ratification of the Protocol", "Plans"),
        "para_5": ("End",),
    }


# -- footnote marks and text that belongs nowhere


def test_marks_and_notes_that_miss_each_other_are_reported() -> None:
    parsed = parse("I. Introduction†\n\n1. It met.\n\n** Adopted in May.\n\n2. So.\n")
    assert headings(parsed) == [("I", 1, "Introduction")]
    assert [code for code, _ in warned(parsed)] == ["footnote_without_call", "call_without_footnote"]
    assert warned(parsed)[0] == ("footnote_without_call", 5)


def test_text_outside_every_paragraph_is_reported_with_its_line() -> None:
    text = "1. It met.\n\nI. Introduction\n\nThis text has lost its number.\n\n2. So.\n"
    parsed = parse(text)
    assert warned(parsed) == [("unassigned_text", 5)]
    (span,) = [span for span in parsed.spans if span.kind == "unassigned"]
    assert text[span.start : span.end].strip() == "This text has lost its number."


def test_a_paragraph_number_without_text_is_kept() -> None:
    parsed = parse("1. The Committee notes a law.\n\n2.\n\n3. The Committee recommends a law.\n")
    assert texts(parsed)["para_2"] == ""
    assert labels(parsed) == ["1", "2", "3"]


# -- properties


@settings(max_examples=25)
@given(documents(), st.data())
def test_a_document_comes_back_whatever_its_lines_and_blank_lines(made: Made, data: st.DataObject) -> None:
    assert_comes_back(made, data.draw(loosely_set(made)))


@settings(max_examples=25)
@given(documents(), st.data())
def test_a_document_comes_back_whatever_its_page_breaks_cut(made: Made, data: st.DataObject) -> None:
    assert_comes_back(made, data.draw(set_on_pages(made)))


def assert_comes_back(made: Made, text: str) -> None:
    parsed = parse(text)
    assert texts(parsed) == made.texts
    assert sections_of(parsed) == made.sections
    assert parsed.warnings == ()
    assert_spans_cover(parsed, text)
    for found in (found for paragraph in parsed.paragraphs for found in paragraph.places()):
        if not found.items:
            printed = joined(text[found.start : found.end])
            assert printed == f"{found.label_printed} {found.text}"


_document_like = assembled(
    "1. The Committee", "2. It", "2.", "3. The law;", "9. It", "12 bis. It", "1A. It", "(a) Laws",
    "(a) laws", "(b) Plans;", "(i) One", "(ii) Two", "(aa) Late", "I. Introduction", "II. Data",
    "X. Follow-up", "A. Laws", "AGeneral principles", "Civil society", "Annex", "* A note", "** Note",
    "Data*", "text goes on", "and ends.", "article", "GE.", "CRC/C/LAO/CO/1", "United Nations", "5",
    "recommends that the State party adopt a law", "is concerned", "\n", "\n", "\n\n", "\n\n", "\n ",
    "\n   ", "\f", " ", "\u00a0", "-", "\u00ad", "\r\n", "\u2028", "\x85", "٣. It",
    max_size=40,
)  # fmt: skip


def is_readable(text: str) -> bool:
    """Whether the reader takes it for a text."""
    try:
        read(text.encode(), "a.txt")
    except SourceRefused:
        return False
    return True


@settings(max_examples=150)
@given((_document_like | st.text()).filter(is_readable))
def test_arbitrary_text_is_parsed_and_accounted_for(text: str) -> None:
    reading = read(text.encode(), "a.txt")
    parsed = structure(reading)
    assert structure(reading) == parsed
    assert_spans_cover(parsed, reading.text)
    assert len(set(eids(parsed))) == len(eids(parsed))
    for found in (found for paragraph in parsed.paragraphs for found in paragraph.places()):
        assert reading.text.startswith(found.label_printed, found.start)
        assert found.start < found.end
        printed = joined(reading.text[found.start : found.end])
        for sentence in found.sentences:
            assert found.start <= sentence.start < sentence.end <= found.end
            assert joined(reading.text[sentence.start : sentence.end]) in printed


@pytest.mark.parametrize(
    "unit",
    [
        "1. The law.\n\n", "9. The law.\n\n", "1A. The law.\n\n", "(a) Laws;\n\n", "(i) Laws;\n",
        "I. Laws\n\n", "Laws\n\n", "7\n\f", "* Note\n", "law ", "1. The law: (a) Laws\n", "No. 1 A. ",
    ],
)  # fmt: skip
def test_a_hostile_text_is_parsed_in_linear_time(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    start = time.perf_counter()
    parse(text)
    parse(f"1. The Committee met.\n\n{text}")
    assert time.perf_counter() - start < 3
