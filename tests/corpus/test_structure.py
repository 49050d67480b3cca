import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import SourceRefused
from corpus.model import pinpoint_of
from corpus.pinpoint import Pinpoint
from corpus.readers import read
from corpus.source_text import joined
from corpus.structure import structure
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


def test_an_abbreviation_at_the_start_of_a_line_is_no_label_that_follows() -> None:
    eight = "\n".join(f"({letter}) Laws;" for letter in "abcdefgh")
    parsed = parse(f"1. It notes:\n{eight}\n(i) Plans under\n\narts. 3 and 4;\n(ii) Means.\n(i) Rules.\n")
    assert texts(parsed)["para_1__subpara_h__point_ii"] == "Means."
    assert texts(parsed)["para_1__subpara_i"] == "Rules."


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
    text = "1. It met.\n\nI. Introduction\n\nthree tables\n\n2. So.\n"
    parsed = parse(text)
    assert warned(parsed) == [("unassigned_text", 5)]
    (span,) = [span for span in parsed.spans if span.kind == "unassigned"]
    assert text[span.start : span.end].strip() == "three tables"


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
