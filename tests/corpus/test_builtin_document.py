"""The document that ships with Pilcrow, against what was counted in it by hand."""

import hashlib
from importlib.resources import files

import pytest

from corpus.layout import Reading
from corpus.model import Item, Paragraph, Role, pinpoint_of
from corpus.pinpoint import Pinpoint
from corpus.readers import read
from corpus.source_text import joined
from corpus.structure import Structure, structure
from corpus.symbol import Symbol
from tests.corpus.parsing import assert_spans_cover, headings, place, texts, warned

NAME = "CRC_C_OPSC_LAO_CO_1.txt"
DATA = files("corpus").joinpath("builtin", NAME).read_bytes()

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

TITLE = (
    "Concluding observations on the report submitted by Laos under article 12, paragraph 1, of the"
    " Optional Protocol to the Convention on the Rights of the Child on the sale of children, child"
    " prostitution and child pornography"
)
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


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(DATA, NAME)


@pytest.fixture(scope="module")
def parsed(reading: Reading) -> Structure:
    return structure(reading)


def line_of(reading: Reading, offset: int) -> int:
    return reading.text.count("\n", 0, offset) + 1


def paragraph(parsed: Structure, number: int) -> Paragraph:
    return next(found for found in parsed.paragraphs if found.label == str(number))


def all_places(parsed: Structure) -> list[Paragraph | Item]:
    return [found for each in parsed.paragraphs for found in each.places()]


# -- the file


def test_the_file_is_the_one_that_was_measured(reading: Reading) -> None:
    assert hashlib.sha256(DATA).hexdigest().startswith("9202ab16ab8ac208")
    assert reading.text == DATA.decode("utf-8")
    assert (len(DATA), len(reading.text), len(reading.lines)) == (30_755, 30_610, 546)
    assert sum(line.blank for line in reading.lines) == 121 + 2


def test_the_signs_of_the_file_are_the_ones_that_were_counted(reading: Reading) -> None:
    signs = {sign: reading.text.count(sign) for sign in set(reading.text) if not sign.isascii()}
    assert signs == {"\u00a0": 113, "’": 15, "–": 1}
    printed = {line.number: reading.text[line.start : line.end].rstrip("\n") for line in reading.lines}
    assert [number for number, text in printed.items() if "\u00a0" in text] == [
        18, 24, 34, 112, 171, 185, 191, 196, 261, 262, 272, 465, 470, 517,
    ]  # fmt: skip
    unspaced = [n for n, text in printed.items() if text and text[-1] not in " \u00a0"]
    assert unspaced == [248]
    assert printed[248].endswith("Tibeto-")


def test_page_breaks_are_found_on_their_lines(reading: Reading) -> None:
    tops = [line.number for line in reading.lines if line.page_top]
    assert tops == [1, 43, 98, 153, 208, 264, 320, 375, 434, 488, 537]
    pages = [line.page for line in reading.lines]
    lengths = [pages.count(page) for page in range(1, 12)]
    assert lengths == [42, 55, 55, 55, 56, 56, 55, 59, 54, 49, 10]


def test_indents_are_regular_without_the_traces_of_page_breaks(reading: Reading) -> None:
    by_indent: dict[float, list[str]] = {}
    for line in reading.lines:
        by_indent.setdefault(line.indent, []).append(line.text)
    assert sorted(by_indent) == [0, 1, 2]
    items_numbered_headings_and_the_footnote = 49 + 11 + 1
    assert len(by_indent[1]) == items_numbered_headings_and_the_footnote
    sub_headings_and_the_title = 19 + 1
    assert len(by_indent[2]) == sub_headings_and_the_title


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


# -- accounts


def test_every_character_is_accounted_for(reading: Reading, parsed: Structure) -> None:
    assert_spans_cover(parsed, reading.text)
    assert "".join(reading.text[s.start : s.end] for s in parsed.spans) == reading.text
    units = 43 + 49 + 30 + 1 + 2 + 1  # paragraphs, items, headings, title, masthead lines, footnote
    assert len(parsed.spans) == units == 126
    kinds = [span.kind for span in parsed.spans]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "furniture": 1,
        "masthead": 2,
        "paragraph": 43 + 49,
        "heading": 30,
        "footnote": 1,
    }
    assert reading.text[parsed.spans[0].start : parsed.spans[0].end].strip() == "GE."


def test_each_span_holds_the_text_of_its_unit(reading: Reading, parsed: Structure) -> None:
    printed = {found.eid: f"{found.label_printed} {found.text}" for found in all_places(parsed)}
    for section in parsed.sections:
        printed[section.eid] = f"{section.number}. {section.title}" if section.number else section.title
    printed["title"] = f"{TITLE}*"
    printed["fn_star_1"] = f"* {parsed.footnotes[0].text}"
    spans = {span.eid: joined(reading.text[span.start : span.end]) for span in parsed.spans if span.eid}
    assert spans == printed


def test_the_offsets_of_each_place_lead_to_its_words(reading: Reading, parsed: Structure) -> None:
    def as_printed(found: Paragraph | Item) -> str:
        items = (as_printed(item) for item in found.items)
        return " ".join([found.label_printed, found.text, *items])

    for found in all_places(parsed):
        source = reading.text[found.start : found.end]
        assert source == source.strip()
        assert joined(source) == as_printed(found)
    for section in parsed.sections:
        assert joined(reading.text[section.start : section.end]).endswith(section.title)


def test_the_offsets_of_each_sentence_lead_to_its_words(reading: Reading, parsed: Structure) -> None:
    for found in all_places(parsed):
        assert " ".join(sentence.text for sentence in found.sentences) == found.text
        for sentence in found.sentences:
            assert joined(reading.text[sentence.start : sentence.end]) == sentence.text


def test_texts_have_single_spaces_only(parsed: Structure) -> None:
    for text in texts(parsed).values():
        assert text
        assert text.split() == text.split(" ")
        assert text.isprintable()


def test_every_place_has_a_pinpoint_that_is_read_back(parsed: Structure) -> None:
    for each in parsed.paragraphs:
        for found in each.places():
            pinpoint = pinpoint_of(each, found)
            assert pinpoint.eid == found.eid
            assert Pinpoint.parse(str(pinpoint)) == pinpoint


# -- what the paragraphs do

PAIRS = range(7, 39)


def test_each_paragraph_does_what_it_was_read_to_do(parsed: Structure) -> None:
    expected: dict[int, tuple[Role, ...]] = {
        1: (Role.CONTEXT,),
        2: (Role.CONTEXT,),
        3: (Role.REMINDER,),
        4: (Role.POSITIVE,),
        5: (Role.POSITIVE,),
        6: (Role.POSITIVE,),
        **{number: (Role.CONCERN if number % 2 else Role.RECOMMENDATION,) for number in PAIRS},
        39: (Role.POSITIVE, Role.RECOMMENDATION),
        40: (Role.RECOMMENDATION,),
        41: (Role.RECOMMENDATION,),
        42: (Role.RECOMMENDATION,),
        43: (Role.REQUEST,),
    }
    assert {int(each.label): each.roles for each in parsed.paragraphs} == expected


def test_a_pair_of_concern_and_recommendation_stands_under_one_heading(parsed: Structure) -> None:
    sections = [paragraph(parsed, number).section for number in PAIRS]
    assert sections[::2] == sections[1::2]
    assert len(set(sections)) == 16


def test_a_concern_without_a_word_for_it_is_read_from_its_place(parsed: Structure) -> None:
    ((sentence),) = paragraph(parsed, 9).sentences
    assert sentence.text.endswith("is lacking.")
    assert (sentence.role, sentence.verb, sentence.force) == (Role.CONCERN, "notes", 1)


# Each sentence with a reporting verb: the verb as printed, its role and force.
C, R = Role.CONCERN, Role.RECOMMENDATION
VERBS: dict[int, list[tuple[str, Role, int | None]]] = {
    7: [("is concerned", C, 2), ("is further concerned", C, 2)],
    8: [("recommends", R, 2), ("should", R, 2), ("should", R, 2)],
    11: [("is concerned", C, 2)],
    12: [("recommends", R, 2), ("is also encouraged to", R, 1)],
    13: [("is concerned", C, 2), ("notes with concern", C, 2)],
    14: [("urges", R, 3), ("should", R, 2)],
    15: [("is concerned", C, 2)],
    17: [("is concerned", C, 2), ("is also seriously concerned", C, 4)],
    18: [("strongly recommends", R, 3), ("urges", R, 3)],
    19: [("is deeply concerned", C, 4), ("notes with a serious concern", C, 4)],
    21: [
        ("notes", Role.CONTEXT, None),
        ("is seriously concerned", C, 4),
        ("is particularly concerned", C, 3),
    ],
    22: [("urges", R, 3), ("recommends", R, 2), ("urges", R, 3), ("recommends", R, 2)],
    23: [("notes", Role.CONTEXT, None), ("regrets", C, 2)],
    24: [("calls on", R, 2), ("encourages", R, 1)],
    27: [("is seriously concerned", C, 4), ("is particularly concerned", C, 3)],
    28: [("recommends", R, 2), ("urges", R, 3), ("should", R, 2)],
    29: [("notes with serious concern", C, 4), ("is particularly concerned", C, 3)],
    30: [("recommends", R, 2), ("should", R, 2)],
    31: [("is alarmed", C, 5), ("is specifically concerned", C, 3)],
    32: [("urges", R, 3), ("recommends", R, 2)],
    35: [("is seriously concerned", C, 4), ("expresses its concern", C, 2)],
    36: [("urges", R, 3), ("urges", R, 3), ("recommends", R, 2)],
    37: [("is concerned", C, 2), ("regrets", C, 2)],
    39: [("welcomes", Role.POSITIVE, None), ("encourages", R, 1)],
}


@pytest.mark.parametrize("number", VERBS)
def test_the_reporting_verbs_of_a_paragraph_are_found(parsed: Structure, number: int) -> None:
    sentences = [s for found in paragraph(parsed, number).places() for s in found.sentences]
    assert [(s.verb, s.role, s.force) for s in sentences if s.verb] == VERBS[number]


def test_items_inherit_unless_they_have_a_verb_of_their_own(parsed: Structure) -> None:
    own = {
        found.eid: [sentence.verb for sentence in found.sentences]
        for found in all_places(parsed)
        if isinstance(found, Item) and any(sentence.verb for sentence in found.sentences)
    }
    assert own == {
        "para_22__subpara_e": [None, "recommends"],
        "para_28__subpara_c": [None, "should"],
        "para_36__subpara_a": [None, "recommends"],
    }
    for each in parsed.paragraphs:
        governing = each.sentences[-1]
        inherited = {(item.sentences[0].role, item.sentences[0].force) for item in each.items}
        assert inherited <= {(governing.role, governing.force)}


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
