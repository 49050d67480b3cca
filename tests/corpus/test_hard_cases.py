"""The hard cases of `reference/un_documents.md` that no other module is named for.

H1 to H4 are in `test_page_breaks`, H5 to H7 in `test_blocks`, H8, H10, H12, H19 to H22 in
`test_structure`, H13 to H15 in `test_numbering`, those of metadata and of references in modules
named for them, H37 in the speech acts, and H39 with the readers.
"""

import pytest

from corpus.pinpoint import Pinpoint
from tests.corpus.parsing import eids, headings, labels, parse, place, sections_of, texts, warned

# -- H9, H38: text as it was found


@pytest.mark.parametrize(
    "printed",
    ["TheCommitteeconsidered the report.", "Considerati on of a ny R ights.", "“Joy” – ‘law’ … ﬁnal."],
)
def test_lost_and_split_words_quotation_marks_and_ligatures_are_kept_as_found(printed: str) -> None:
    assert texts(parse(f"1. {printed}\n")) == {"para_1": printed}


def test_arabic_numbers_and_text_from_right_to_left_are_read() -> None:
    parsed = parse("1- نظرت اللجنة في التقرير\n\n2- ترحب اللجنة به\n\n-3 توصي اللجنة بقانون\n")
    assert labels(parsed) == ["1", "2", "3"]
    assert texts(parsed)["para_2"] == "ترحب اللجنة به"


# -- H11: footnotes whose numbers are printed against the words

PAGES = (
    "1. The Committee speaks of “joy”.1\n\n2. It recalls its general comment.2\n\n"
    "1 See the report, p. 4.\n2 Of 2019, which\nis in force.\n"
    "\f3. It goes on to speak of it.\n"
)


def test_a_call_against_a_word_is_separated_and_its_note_tied() -> None:
    parsed = parse(PAGES)
    assert texts(parsed) == {
        "para_1": "The Committee speaks of “joy”.",
        "para_2": "It recalls its general comment.",
        "para_3": "It goes on to speak of it.",
    }
    assert [(n.eid, n.text, n.called_from) for n in parsed.footnotes] == [
        ("fn_1", "See the report, p. 4.", "para_1"),
        ("fn_2", "Of 2019, which is in force.", "para_2"),
    ]
    assert [paragraph.footnotes for paragraph in parsed.paragraphs] == [("fn_1",), ("fn_2",), ()]
    assert warned(parsed) == []


def test_a_number_that_no_word_above_calls_begins_no_note() -> None:
    text = "1. The Committee met for\n\n2 Days in all, and\fit went on.\n\n2. So it was.\n"
    assert parse(text).footnotes == ()


def test_notes_stand_below_a_rule_and_end_with_the_page() -> None:
    text = (
        "1. Having considered the report 1/ and another; 2/\n\n____________\n\n   1/ A/48/803.\n\n"
        "   2/ See A/C.5/48.\n\fof the Committee.\n\n2. It welcomes it. 2/\n"
    )
    parsed = parse(text)
    assert texts(parsed) == {
        "para_1": "Having considered the report and another; of the Committee.",
        "para_2": "It welcomes it.",
    }
    assert [(note.mark, note.text, note.called_from) for note in parsed.footnotes] == [
        ("1", "A/48/803.", "para_1"),
        ("2", "See A/C.5/48.", "para_1"),
    ]
    assert [paragraph.footnotes for paragraph in parsed.paragraphs] == [("fn_1", "fn_2"), ("fn_2",)]


def test_a_rule_without_notes_takes_nothing_away() -> None:
    assert texts(parse("1. One.\n\n_________\n\n2. Two.\n")) == {"para_1": "One.", "para_2": "Two."}


def test_a_paragraph_behind_a_call_on_one_line_is_its_own() -> None:
    parsed = parse("1. It speaks of “joy”.1 2. The digital age\nhas come.\n\n3. It has.\n")
    assert labels(parsed) == ["1", "2", "3"]
    assert texts(parsed)["para_2"] == "The digital age has come."


def test_a_number_in_a_line_is_no_paragraph_where_a_line_begins_with_it() -> None:
    parsed = parse("1. It met. 2. Second is a list\nof things.\n\n2. It went on.\n\n3. It ended.\n")
    assert labels(parsed) == ["1", "2", "3"]
    assert texts(parsed)["para_2"] == "It went on."


# -- H16: paragraphs without a number


def test_text_under_a_heading_without_a_number_is_an_unnumbered_paragraph() -> None:
    parsed = parse(
        "Concluding observations: Kenya\n\n1. It met.\n\nA. Concerns\n\nThe Committee is concerned.\n\n"
        "It recommends that the State party change it.\n\n2. It goes on.\n"
    )
    assert eids(parsed) == ["para_1", "para_nn_1", "para_nn_2", "para_2"]
    assert labels(parsed) == ["1", "unnumbered 1", "unnumbered 2", "2"]
    assert texts(parsed)["para_nn_2"] == "It recommends that the State party change it."
    assert place(parsed, "para_nn_1").label_printed == ""


def test_unnumbered_text_below_a_paragraph_goes_on_with_it() -> None:
    parsed = parse("1. The Committee is concerned.\n\nThe State party should act.\n\n2. It goes on.\n")
    assert texts(parsed)["para_1"] == "The Committee is concerned.\nThe State party should act."


def test_an_unnumbered_paragraph_has_a_pinpoint_of_its_own() -> None:
    pinpoint = Pinpoint.from_eid("para_nn_3")
    assert str(pinpoint) == "unnumbered 3"
    assert pinpoint.format() == "unnumbered para. 3"
    assert pinpoint.eid == "para_nn_3"
    assert Pinpoint.parse("unnumbered para. 3") == Pinpoint.parse("unnumbered 3") == pinpoint
    assert pinpoint < Pinpoint("1")
    assert list(Pinpoint.find_all("see S/RES/2774, unnumbered para. 3, and para. 1")) == [
        ((pinpoint,), 16, 34),
        ((Pinpoint("1"),), 40, 47),
    ]


# -- H17: decimal numbers


def test_decimal_numbers_are_labels_below_their_paragraph() -> None:
    parsed = parse(
        "1. It met.\n\n2. The recommendations are:\n\n2.1 Ratify the treaty (Chad);\n\n"
        "2.2. Adopt a law (Peru);\n\n2.3 Go on (Mali).\n\n3. All of them stand.\n"
    )
    assert labels(parsed) == ["1", "2", "2.1", "2.2", "2.3", "3"]
    assert eids(parsed) == ["para_1", "para_2", "para_2-1", "para_2-2", "para_2-3", "para_3"]
    assert warned(parsed) == []


def test_decimal_numbers_need_no_paragraph_above_them() -> None:
    parsed = parse("1.1 The author is a citizen.\n\n1.2 He went on.\n\n2.1 The facts are these.\n")
    assert labels(parsed) == ["1.1", "1.2", "2.1"]
    assert warned(parsed) == []


def test_a_missing_decimal_is_reported() -> None:
    parsed = parse("1. It met.\n\n1.1 Ratify.\n\n1.3 Adopt.\n")
    assert labels(parsed) == ["1", "1.1", "1.3"]
    assert warned(parsed) == [("number_gap", 5)]


def test_a_decimal_in_running_text_is_no_paragraph() -> None:
    parsed = parse("1. Warming of\n1.5 Degrees is much.\n\n2. So it is.\n")
    assert labels(parsed) == ["1", "2"]


# -- H18: a number that was lost


def test_the_text_of_a_lost_number_goes_on_with_the_paragraph_before() -> None:
    parsed = parse("1. One.\n\n2. Two.\n\nThree has lost its number.\n\n4. Four.\n")
    assert labels(parsed) == ["1", "2", "4"]
    assert texts(parsed)["para_2"] == "Two.\nThree has lost its number."
    assert warned(parsed) == [("number_gap", 7)]


# -- lists on the line of what they belong to


def test_a_list_may_begin_on_the_line_of_its_paragraph_or_item() -> None:
    parsed = parse("1. (a) The law:\n\n(b) (i) One part;\n\n(ii) Another.\n")
    assert eids(parsed) == [
        "para_1",
        "para_1__subpara_a",
        "para_1__subpara_b",
        "para_1__subpara_b__point_i",
        "para_1__subpara_b__point_ii",
    ]
    assert texts(parsed)["para_1__subpara_b__point_i"] == "One part;"


def test_letters_without_the_first_bracket_are_items_as_in_french() -> None:
    parsed = parse("1. Le Comité recommande :\n\na) D’adopter une loi ;\n\nb) De la publier.\n")
    assert eids(parsed) == ["para_1", "para_1__subpara_a", "para_1__subpara_b"]
    assert place(parsed, "para_1__subpara_a").label_printed == "a)"


def test_letters_with_a_full_stop_are_items_where_they_count() -> None:
    parsed = parse(
        "1. The Committee notes:\n\n(a) The law:\n\n(i) One part:\n\na. Of it;\n\nb. Of more.\n\n"
        "2. It cites Smith\n\nv. Jones, and others.\n"
    )
    assert eids(parsed)[2:] == [
        "para_1__subpara_a__point_i",
        "para_1__subpara_a__point_i__point_a",
        "para_1__subpara_a__point_i__point_b",
        "para_2",
    ]
    assert texts(parsed)["para_2"] == "It cites Smith v. Jones, and others."
    assert warned(parsed) == []


# -- headings numbered with digits, contents, resolutions, annexes


def test_a_heading_with_a_digit_stands_below_the_letters() -> None:
    parsed = parse(
        "I. Hong Kong\n\nA. Concerns\n\n1. General principles (arts. 1–4)\n\n1. It is concerned.\n\n"
        "2. Specific rights\n\nEquality\n\n2. It recommends.\n"
    )
    assert labels(parsed) == ["1", "2"]
    assert headings(parsed) == [
        ("I", 1, "Hong Kong"),
        ("A", 2, "Concerns"),
        ("1", 3, "General principles (arts. 1–4)"),
        ("2", 3, "Specific rights"),
        (None, 4, "Equality"),
    ]


def test_a_table_of_contents_is_furniture() -> None:
    parsed = parse(
        "Report of the Working Group\n\nContents\n\nI. Introduction ........ 2\n\nA. Law .......... 3\n"
        "B. Practice in the\ncountries ........ 4\n\nII. Conclusions 12\n\nI. Introduction\n\n1. It met.\n\n"
        "A. Law\n\n2. It has one.\n"
    )
    assert headings(parsed) == [("I", 1, "Introduction"), ("A", 2, "Law")]
    assert [span.kind for span in parsed.spans] == [
        "masthead", "furniture", "heading", "paragraph", "heading", "paragraph",
    ]  # fmt: skip
    assert warned(parsed) == []


RESOLUTION = (
    "Resolution adopted by the General Assembly\n\n48/246. Financing of it\n\nThe General Assembly,\n"
    "\nHaving considered the report,\n\nMindful that it is\nof use,\n\n1. Reaffirms the role of it;\n\n"
    "2. Requests the Secretary-General to report.\n\n92nd plenary meeting\n5 April 1994\n"
)


def test_the_preamble_of_a_resolution_is_unnumbered_and_its_operative_part_numbered() -> None:
    parsed = parse(RESOLUTION)
    assert texts(parsed) == {
        "para_nn_1": "The General Assembly,",
        "para_nn_2": "Having considered the report,",
        "para_nn_3": "Mindful that it is of use,",
        "para_1": "Reaffirms the role of it;",
        "para_2": "Requests the Secretary-General to report.",
    }
    assert parsed.title.startswith("Resolution adopted by the General Assembly")
    assert RESOLUTION[parsed.spans[-1].start :].startswith("92nd plenary meeting")
    assert parsed.spans[-1].kind == "masthead"
    assert warned(parsed) == []


def test_an_annex_without_numbers_is_a_division_of_unnumbered_paragraphs() -> None:
    parsed = parse("I. Introduction\n\n1. It met.\n\nAnnex\n\nThe delegation was headed by the minister.\n")
    assert sections_of(parsed) == {"para_1": ("Introduction",), "para_nn_1": ("Annex",)}


def test_a_summary_above_the_first_heading_is_kept_under_its_name() -> None:
    parsed = parse(
        "Report of the Group\n\nSummary\n\nIt gives an overview.\n\nI. Introduction\n\n1. It met.\n"
    )
    assert sections_of(parsed) == {"para_nn_1": ("Summary",), "para_1": ("Introduction",)}


def test_a_list_of_decimals_in_another_order_is_kept_as_printed() -> None:
    rows = [
        "140.7 Ratify it.",
        "140.8 Sign it.",
        "140.30 Adopt it.",
        "140.2 Go on.",
        "140.7 Ratify it.",
        "140.9 So.",
    ]
    parsed = parse("Thematic list\n\n" + "\n\n".join(rows) + "\n")
    assert labels(parsed) == ["140.7", "140.8", "140.30", "140.2", "140.7", "140.9"]
    assert eids(parsed)[4] == "para_140-7_2"
    assert {code for code, _ in warned(parsed)} == {"number_out_of_order"}


# -- numbers in other forms


@pytest.mark.parametrize(("form", "marker"), [("{}", "1"), ("({})", "(1)")])
def test_numbers_without_a_full_stop_are_read_where_a_document_has_no_others(form: str, marker: str) -> None:
    parsed = parse("\n\n".join(f"{form.format(number)} The Committee met." for number in (1, 2, 3)) + "\n")
    assert labels(parsed) == ["1", "2", "3"]
    assert place(parsed, "para_1").label_printed == marker
    assert texts(parsed)["para_1"] == "The Committee met."


def test_an_extract_may_begin_with_a_higher_number() -> None:
    parsed = parse("204. It met.\n\n205. It went on.\n\n206. It ended.\n")
    assert labels(parsed) == ["204", "205", "206"]
    assert warned(parsed) == [("number_start", 1)]


def test_a_number_of_the_annex_does_not_hide_the_same_in_the_text() -> None:
    parsed = parse(
        "1. The author is a citizen.\nThe facts\n2. He was tried.\n3. He appealed.\nAnnex\n\n"
        "1. One.\n\n2. Two.\n\n3. Three.\n"
    )
    assert labels(parsed) == ["1", "2", "3", "1", "2", "3"]


def test_a_decimal_before_a_small_letter_is_a_paragraph_in_its_place() -> None:
    parsed = parse("1. It should:\n\n1.1 Ratify it;\n\n1.2 to abolish it;\n\n1.3 100 per cent.\n\n2. So.\n")
    assert labels(parsed) == ["1", "1.1", "1.2", "1.3", "2"]
    assert labels(parse("1. It has\n\n1.1 million people.\n\n2. So.\n")) == ["1", "2"]


def test_resolutions_after_each_other_count_anew() -> None:
    parsed = parse(f"{RESOLUTION}\n{RESOLUTION}")
    assert labels(parsed)[-2:] == ["1", "2"]
    assert eids(parsed)[-2:] == ["para_1_2", "para_2_2"]
    assert texts(parsed)["para_2"] == "Requests the Secretary-General to report."


def test_a_preamble_without_blank_lines_is_told_by_its_verbs() -> None:
    parsed = parse(
        "Resolution 5\nThe Security Council,\nRecalling its resolution\n1 (1990),\nNoting the report,\n"
        "1. Decides to act;\n2. Decides to remain seized.\n"
    )
    assert list(texts(parsed).values()) == [
        "The Security Council,",
        "Recalling its resolution 1 (1990),",
        "Noting the report,",
        "Decides to act;",
        "Decides to remain seized.",
    ]


def test_a_quotation_in_a_paragraph_is_no_heading() -> None:
    parsed = parse("1. The Act says:\n\n“Discrimination is prohibited.”\n\n2. It is in force.\n")
    assert headings(parsed) == []
    assert texts(parsed)["para_1"].endswith("“Discrimination is prohibited.”")


def test_page_numbers_of_plain_text_are_furniture() -> None:
    parsed = parse("1. It notes\n\n- 2 -\n\nCRC/C/15/Add.7\npage 2\n\nthe law.\n\n2. It went on.\n")
    assert texts(parsed) == {"para_1": "It notes the law.", "para_2": "It went on."}


def test_markers_alone_on_their_lines_begin_what_follows() -> None:
    parsed = parse(
        "A.\n\nGeneral principles (arts. 1-4)\nEquality (art. 5)\n1.\n\nThe Committee notes:\n(a)\nThe law;\n"
        f"(b)\nThe {'very ' * 9}long plan.\n{'It goes on and on. ' * 4}\n"
    )
    assert headings(parsed) == [
        ("A", 1, "General principles (arts. 1-4)"),
        (None, 2, "Equality (art. 5)"),
    ]
    assert eids(parsed) == ["para_1", "para_1__subpara_a", "para_1__subpara_b"]


def test_a_contents_table_ends_before_a_paragraph_whose_line_ends_with_a_number() -> None:
    parsed = parse(
        "Report of the Group\n\nContents\n\nI. Introduction 2\n\nII. Law 3\n\nIII. Practice 4\n\n"
        "I. Introduction\n\n1. It met under article 12\nof the Code.\n\n2. It went on.\n"
    )
    assert labels(parsed) == ["1", "2"]
    assert headings(parsed) == [("I", 1, "Introduction")]


def test_a_list_numbered_like_paragraphs_is_told_by_its_indent() -> None:
    items = "".join(f"   {number}. Ratify treaty {number} (Chad);\n\n" for number in range(1, 5))
    parsed = parse(f"1. It met.\n\n2. These enjoy its support:\n\n{items}3. All of them stand.\n")
    assert labels(parsed) == ["1", "2", "3"]
    assert [item.label for item in parsed.paragraphs[1].items] == ["1", "2", "3", "4"]
    assert place(parsed, "para_2__subpara_3").text == "Ratify treaty 3 (Chad);"
    assert warned(parsed) == []


def test_resolutions_of_one_file_stand_below_their_titles() -> None:
    parsed = parse(
        "Resolutions of the Council\n\n2012/1. Coordination\n\nThe Economic and Social Council,\n\n"
        "Recalling its resolution,\n\n1. Invites all to share;\n\n2. Requests a report.\n\n"
        "2012/2. Prison reform\n\nThe Economic and Social Council,\n\nRecalling another,\n\n1. Urges it;\n\n"
        "2. Decides to go on.\n"
    )
    assert labels(parsed)[-2:] == ["1", "2"]
    assert texts(parsed)["para_2"] == "Requests a report."
    assert sections_of(parsed)["para_1_2"] == ("2012/2. Prison reform",)
