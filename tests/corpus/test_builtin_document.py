"""The document that ships with Pilcrow, against what was counted in it by hand."""

import pytest

from corpus.layout import Reading
from corpus.structure import Structure
from corpus.symbol import Symbol
from tests.corpus.builtin_document import TITLE, all_places, line_of, paragraph
from tests.corpus.parsing import headings, place, texts, warned

PARAGRAPH_LINES = {
    1: 11, 2: 18, 3: 23, 4: 34, 5: 43, 6: 48, 7: 61, 8: 70, 9: 83, 10: 88, 11: 96, 12: 104, 13: 112,
    14: 119, 15: 138, 16: 146, 17: 167, 18: 174, 19: 184, 20: 193, 21: 213, 22: 246, 23: 283, 24: 289,
    25: 298, 26: 309, 27: 322, 28: 338, 29: 372, 30: 391, 31: 413, 32: 422, 33: 431, 34: 434, 35: 445,
    36: 451, 37: 470, 38: 480, 39: 502, 40: 516, 41: 524, 42: 531, 43: 539,
}  # fmt: skip

ITEMS = {
    4: "ab", 6: "ab", 14: "abc", 16: "abcd", 20: "abc", 21: "abcde", 22: "abcde", 25: "ab", 26: "abc",
    27: "abc", 28: "abcd", 29: "abcd", 30: "abcd", 36: "ab", 38: "abc",
}  # fmt: skip

PREVENTION = (
    "Prevention of the sale of children, child prostitution and child pornography (art. 9, paras. 1 and 2)"
)
PROHIBITION = (
    "Prohibition of the sale of children, child pornography and child prostitution and related"
    " matters (arts. 3; 4, paras. 2 and 3; 5; 6 and 7)"
)
PROTECTION = "Protection of the rights of child victims (arts. 8 and 9, paras. 3 and 4)"
MEASURES = (
    "Measures adopted to protect the rights and interests of child victims of offences prohibited"
    " under the Optional Protocol"
)
RATIFICATION = "Ratification of the Optional Protocol on a Communications Procedure"

# number, title, first line, the paragraphs that stand right under it
HEADINGS: list[tuple[str | None, str, int, list[int]]] = [
    ("I", "Introduction", 16, [2, 3]),
    ("II", "General observations", 30, []),
    (None, "Positive aspects", 32, [4, 5, 6]),
    ("III", "Data", 59, [7, 8]),
    ("IV", "General measures of implementation", 79, []),
    (None, "Comprehensive policy and strategy", 81, [9, 10]),
    (None, "Coordination and evaluation", 94, [11, 12]),
    (None, "Dissemination and awareness-raising", 110, [13, 14]),
    (None, "Training", 136, [15, 16]),
    (None, "Allocation of resources", 165, [17, 18]),
    (None, "Civil society", 182, [19, 20]),
    ("V", PREVENTION, 208, []),
    (None, "Measures adopted to prevent offences prohibited under the Protocol", 211, [21, 22]),
    (None, "Adoption", 281, [23, 24]),
    (None, "Child Pornography", 296, [25, 26]),
    (None, "Child sex tourism", 320, [27, 28]),
    ("VI", PROHIBITION, 366, []),
    (None, "Existing criminal or penal laws and regulations", 370, [29, 30]),
    (None, "Impunity", 411, [31, 32]),
    (None, "Extradition", 429, [33, 34]),
    ("VII", PROTECTION, 439, []),
    (None, MEASURES, 442, [35, 36]),
    (None, "Recovery and reintegration of victims", 468, [37, 38]),
    ("VIII", "International assistance and cooperation (art. 10)", 498, []),
    (None, "Multilateral, bilateral and regional agreements", 500, [39]),
    ("IX", RATIFICATION, 513, [40]),
    ("X", "Follow-up and dissemination", 520, []),
    (None, "Follow-up", 522, [41]),
    (None, "Dissemination of concluding observations", 529, [42]),
    ("X", "Next report", 537, [43]),
]

# -- paragraphs and items


def test_paragraphs_begin_on_their_lines(reading: Reading, parsed: Structure) -> None:
    lines = {int(each.label): line_of(reading, each.start) for each in parsed.paragraphs}
    assert lines == PARAGRAPH_LINES
    assert [each.label_printed for each in parsed.paragraphs] == [f"{n}." for n in range(1, 44)]
    assert [each.eid for each in parsed.paragraphs] == [f"para_{n}" for n in range(1, 44)]
    assert [each.ordinal for each in parsed.paragraphs] == list(range(43))


def test_items_stand_in_their_paragraphs(parsed: Structure) -> None:
    found = {
        int(each.label): "".join(item.label for item in each.items)
        for each in parsed.paragraphs
        if each.items
    }
    assert found == ITEMS
    assert sum(map(len, found.values())) == 49
    assert all(item.items == () for each in parsed.paragraphs for item in each.items)
    assert all(each.closing == "" for each in parsed.paragraphs)
    assert place(parsed, "para_22__subpara_c").label_printed == "(c)"


@pytest.mark.parametrize("number", [12, 28, 46, 368, 376, 440, 496])
def test_a_line_that_begins_with_a_number_or_letter_of_the_text_begins_nothing(
    reading: Reading, parsed: Structure, number: int
) -> None:
    begun = {line_of(reading, found.start) for found in all_places(parsed)}
    begun |= {line_of(reading, section.start) for section in parsed.sections}
    assert number not in begun


def test_paragraphs_know_the_page_they_begin_on(parsed: Structure) -> None:
    assert {n: paragraph(parsed, n).page for n in (1, 4, 5, 11, 12, 33, 34, 42, 43)} == {
        1: 1, 4: 1, 5: 2, 11: 2, 12: 3, 33: 8, 34: 9, 42: 10, 43: 11,
    }  # fmt: skip
    assert place(parsed, "para_16__subpara_a").page == 3
    assert place(parsed, "para_16__subpara_b").page == 4


def test_sentences_cut_by_page_breaks_are_whole(parsed: Structure) -> None:
    ((sentence),) = paragraph(parsed, 11).sentences
    assert "such as the National Commission for Mothers and Children, the" in sentence.text
    ((sentence),) = place(parsed, "para_22__subpara_b").sentences
    assert "such as indigenous children, using the framework of the Optional Protocol" in sentence.text


@pytest.mark.parametrize(
    ("eid", "printed"),
    [
        ("para_4__subpara_a", "The Convention No.138 concerning Minimum Age"),
        ("para_21", "girls between 10-18 years, and most"),
        ("para_22", "such as Mon-Khmer and Tibeto-Burman ethnic groups."),
        ("para_22__subpara_b", "Expand Lao’s existing legal requirement"),
        ("para_22__subpara_e", "party create enabling environment, free"),
        ("para_27__subpara_a", "in the government to effectively addressing this issue;"),
        ("para_28", "vulnerable of becoming victims"),
        ("para_35", "those used in prostitution are criminalised or convicted"),
        ("para_36__subpara_a", "as such neither criminalized nor penalized"),
        ("para_29__subpara_a", "covered by article 2 (a) and article 3, paragraph 1 (a) (i) of the"),
        ("para_38__subpara_c", "in accordance with article 9, paragraph 4, of the Optional Protocol."),
        ("para_5", "in December 2014."),
    ],
)
def test_printed_words_are_kept_as_printed(parsed: Structure, eid: str, printed: str) -> None:
    assert printed in texts(parsed)[eid]


def test_a_concern_and_its_recommendation_are_two_paragraphs(parsed: Structure) -> None:
    assert texts(parsed)["para_33"].endswith("article 5 (2) of the Optional Protocol.")
    assert texts(parsed)["para_34"].startswith("The Committee recommends that the State party adopt a")


@pytest.mark.parametrize(
    ("eid", "end"),
    [
        ("para_16__subpara_a", "and district levels;"),
        ("para_20__subpara_c", "effective remedies for victims."),
        ("para_26__subpara_c", "harmful effects of pornography."),
        ("para_29", "particularly concerned that:"),
        ("para_38__subpara_a", "of the Optional Protocol;"),
        ("para_42", "its implementation and monitoring."),
        ("para_43", "article 44 of the Convention."),
    ],
)
def test_a_unit_before_a_page_break_swallows_nothing(parsed: Structure, eid: str, end: str) -> None:
    assert texts(parsed)[eid].endswith(end)


@pytest.mark.parametrize(
    ("eid", "first", "second"),
    [
        (
            "para_22__subpara_e",
            "Incorporate child participation mechanisms",
            "To this end, the Committee further recommends",
        ),
        ("para_36__subpara_a", "Ensure that all persons", "To this end the Committee recommends"),
        ("para_28__subpara_c", "Regulate and engage", "The State party should also ensure"),
    ],
)
def test_a_second_sentence_of_an_item_belongs_to_the_item(
    parsed: Structure, eid: str, first: str, second: str
) -> None:
    one, two = place(parsed, eid).sentences
    assert one.text.startswith(first)
    assert two.text.startswith(second)


# -- headings, title, footnote


def test_headings_are_whole_and_on_their_lines(reading: Reading, parsed: Structure) -> None:
    found = [(s.number, s.title, line_of(reading, s.start)) for s in parsed.sections]
    assert found == [(number, title, line) for number, title, line, _ in HEADINGS]
    numbered = [section for section in parsed.sections if section.number]
    assert (len(numbered), len(parsed.sections)) == (11, 30)
    assert [level for _, level, _ in headings(parsed)] == [1 if number else 2 for number, *_ in HEADINGS]


def test_paragraphs_stand_under_their_headings(parsed: Structure) -> None:
    expected: dict[str, tuple[str, ...]] = {"1": ()}
    above = ""
    for number, title, _, paragraphs in HEADINGS:
        above = title if number else above
        path = (title,) if number else (above, title)
        expected |= {str(each): path for each in paragraphs}
    assert {each.label: each.section for each in parsed.paragraphs} == expected


def test_a_heading_number_printed_twice_is_kept_with_its_own_id(parsed: Structure) -> None:
    assert [section.eid for section in parsed.sections if section.number == "X"] == ["hd_X", "hd_X_2"]


def test_warnings_name_the_second_heading_x_and_the_blank_job_number(parsed: Structure) -> None:
    assert warned(parsed) == [("heading_number_repeated", 537), ("suspected_draft", 2)]


def test_the_title_calls_the_footnote(reading: Reading, parsed: Structure) -> None:
    assert parsed.title == TITLE
    ((note),) = parsed.footnotes
    assert note.text == "Adopted by the Committee at its sixty-ninth session (18 May – 5 June 2015)."
    assert (note.mark, note.eid, note.called_from) == ("*", "fn_star_1", "title")
    assert line_of(reading, note.start) == 42


# -- what the text cites


def test_the_seven_symbols_of_the_text_are_found_on_their_lines(reading: Reading) -> None:
    found = [(symbol.printed, line_of(reading, start)) for symbol, start, _ in Symbol.find_all(reading.text)]
    assert found == [
        ("CRC/C/OPSC/LAO/1", 11),
        ("CRC/C/SR.2004", 12),
        ("CRC/C/SR.2024", 13),
        ("CRC/C/OPSC/LAO/Q/1/Add.1", 19),
        ("CRC/C/Lao/CO/2", 25),
        ("CRC/C/OPAC/Lao/CO/1", 27),
        ("CRC/C/LAO/CO/2", 289),
    ]
