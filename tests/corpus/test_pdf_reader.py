"""The PDF reader on files written for the purpose: order, furniture, footnotes, what is set apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import SourceDamaged, SourceEncrypted, SourceRefused, SourceScanned, SourceTooLarge
from corpus.layout import Line, Reading
from corpus.readers.pdf import read_pdf
from corpus.structure import structure
from tests.corpus.parsing import assert_spans_cover, headings, labels, texts, warned
from tests.corpus.pdfs import HEIGHT, Text, framed, pdf, running

SYMBOL = "CRPD/C/KEN/CO/1"


def read(*pages: list[Text]) -> Reading:
    return read_pdf(pdf(*pages), "a.pdf")


def printed(reading: Reading) -> list[str]:
    return [line.text for line in reading.lines]


def line_of(reading: Reading, beginning: str) -> Line:
    return next(line for line in reading.lines if line.text.startswith(beginning))


def test_lines_partition_the_text_and_pages_end_with_a_form_feed() -> None:
    reading = read(running("1. The Committee notes a law", "on adoption."), running("2. It welcomes it."))
    assert reading.text == "1. The Committee notes a law\non adoption.\f2. It welcomes it.\f"
    assert [reading.text[line.start : line.end].strip() for line in reading.lines] == printed(reading)
    assert [(line.page, line.page_top) for line in reading.lines] == [(1, True), (1, False), (2, True)]


def test_a_line_drawn_after_those_below_it_is_read_in_its_place() -> None:
    body = running("1. The Committee notes a law.", "", "2. It welcomes it.", "", "3. It goes on.")
    masthead = [Text("United Nations", 50, 120, 14), Text(SYMBOL, 50, 430, 10)]
    assert printed(read([*body, *masthead]))[:3] == [
        "United Nations",
        SYMBOL,
        "1. The Committee notes a law.",
    ]


def test_pieces_of_one_row_are_one_line() -> None:
    pieces = [Text("1.", 100), Text("The Committee notes a law", 100, 141), Text("on adoption.", 112)]
    assert printed(read(pieces)) == ["1. The Committee notes a law", "on adoption."]


def test_space_above_sets_a_line_apart_and_line_spacing_does_not() -> None:
    reading = read(running("One line", "two lines", "three lines", "", "Another paragraph", "goes on"))
    assert [line.apart for line in reading.lines] == [None, False, False, True, False]


def test_size_weight_and_slant_are_those_of_the_font() -> None:
    reading = read(
        [
            Text("Education", 100, size=14, bold=True),
            Text("Recalling its resolution,", 130, italic=True),
            Text("plain text", 142),
        ]
    )
    shown = [(line.size, line.bold, line.italic) for line in reading.lines]
    assert shown == [(14, True, False), (10, False, True), (10, False, False)]


def test_columns_are_read_one_after_the_other() -> None:
    left = [Text(f"The left column with a long line, number {n}", 100 + 12 * n, 57) for n in range(12)]
    right = [Text(f"The right column with a long line, number {n}", 100 + 12 * n, 320) for n in range(12)]
    lines = printed(read([*left, *right]))
    assert lines == [piece.text for piece in (*left, *right)]


# -- heads and feet


def test_running_heads_and_page_numbers_are_margins_wherever_they_are_drawn() -> None:
    pages = [framed(running(f"{n}. The Committee notes law {n}."), SYMBOL, n) for n in range(1, 4)]
    reading = read(*pages)
    assert [line.text for line in reading.lines if line.margin] == [SYMBOL, "1", SYMBOL, "2", SYMBOL, "3"]
    assert labels(structure(reading)) == ["1", "2", "3"]


def test_a_line_that_returns_at_the_same_height_is_a_running_head() -> None:
    head = Text("Report of the Working Group", 50, 200, 9)
    reading = read([*running("1. One."), head], [*running("2. Two."), head])
    assert [line.margin for line in reading.lines] == [True, False, True, False]


def test_a_paragraph_cut_by_a_page_break_is_whole_again() -> None:
    first = framed(running("1. The Committee notes that the State"), SYMBOL, 1)
    second = framed(running("party adopted a law.", "", "2. It welcomes it."), SYMBOL, 2)
    assert texts(structure(read(first, second))) == {
        "para_1": "The Committee notes that the State party adopted a law.",
        "para_2": "It welcomes it.",
    }


def test_a_heading_at_the_top_of_a_page_is_none_of_the_paragraph_before() -> None:
    first = running("I. Introduction", "", "1. The Committee notes a law.")
    second = [Text("Education (art. 24)", 100, bold=True), *running("2. It welcomes it.", down=120)]
    parsed = structure(read(first, second))
    assert headings(parsed) == [("I", 1, "Introduction"), (None, 2, "Education (art. 24)")]
    assert texts(parsed)["para_1"] == "The Committee notes a law."


def test_a_hyphen_at_the_end_of_a_line_stays() -> None:
    parsed = structure(read(running("1. The Tibeto-", "Burman group and short-", "and long-term plans.")))
    assert texts(parsed) == {"para_1": "The Tibeto-Burman group and short- and long-term plans."}


# -- H11: footnotes


def with_note() -> Reading:
    body = [
        *running("1. The Committee considered the report"),
        Text("1", 96, 283, 6),
        Text("of Kenya, and many other matters of note.", 100, 290),
        *running("", "2. It welcomes it.", "", "3. It has more to say of it.", down=112),
    ]
    return read([*body, Text("1", 736, 105, 6), Text("CRPD/C/KEN/1, on which see also", 740, 113, 9),
                 Text("the replies to the list of issues.", 750, 113, 9)])  # fmt: skip


def test_a_raised_number_is_a_call_and_the_small_text_at_the_foot_its_note() -> None:
    reading = with_note()
    call = line_of(reading, "1. The Committee").calls
    assert [reading.text[start:end] for start, end in call] == ["1"]
    parsed = structure(reading)
    assert texts(parsed)["para_1"] == (
        "The Committee considered the report of Kenya, and many other matters of note."
    )
    (note,) = parsed.footnotes
    assert (note.eid, note.mark, note.called_from) == ("fn_1", "1", "para_1")
    assert note.text == "CRPD/C/KEN/1, on which see also the replies to the list of issues."
    assert parsed.paragraphs[0].footnotes == ("fn_1",)
    assert parsed.paragraphs[1].footnotes == ()
    assert warned(parsed) == []
    assert_spans_cover(parsed, reading.text)
    (cut,) = [span for span in parsed.spans if span.kind == "footnote" and span.start < note.start]
    assert (reading.text[cut.start : cut.end], cut.eid) == ("1", "fn_1")


def test_a_sentence_with_a_call_in_it_leads_back_to_the_source() -> None:
    reading = with_note()
    (sentence,) = structure(reading).paragraphs[0].sentences
    assert reading.text[sentence.start : sentence.end].startswith("The Committee considered the report 1 of")
    assert reading.text[sentence.start : sentence.end].endswith("matters of note.")


def test_a_call_whose_note_is_missing_is_told() -> None:
    body = [
        *running("1. The Committee considered"),
        Text("7", 96, 240, 6),
        Text("a matter of note.", 100, 250),
    ]
    parsed = structure(read([*body, *running("and more of it", "and still more.", down=112)]))
    assert [code for code, _ in warned(parsed)] == ["call_without_footnote"]
    assert (
        texts(parsed)["para_1"] == "The Committee considered a matter of note. and more of it and still more."
    )


def test_a_raised_letter_that_calls_nothing_is_text() -> None:
    body = [
        *running("1. See general comment n"),
        Text("o", 96, 222, 6),
        Text("6 on equality of all.", 100, 230),
    ]
    parsed = structure(read([*body, *running("It goes on here,", "and here.", down=112)]))
    assert texts(parsed)["para_1"].startswith("See general comment n o 6")
    assert warned(parsed) == []


def test_text_set_small_is_reported_and_in_no_paragraph() -> None:
    table = [Text("States 7", 130, size=8), Text("Trade unions 1", 140, size=8)]
    body = running("1. The Committee notes a law, and much else (see table).")
    after = running("2. It welcomes it, and all that it has done for adoption.", down=170)
    reading = read([*body, *table, *after])
    parsed = structure(reading)
    assert [code for code, _ in warned(parsed)] == ["small_print"]
    assert texts(parsed)["para_1"].endswith("(see table).")
    assert [reading.text[s.start : s.end] for s in parsed.spans if s.kind == "unassigned"] == [
        "States 7\nTrade unions 1\n"
    ]


def test_the_last_line_of_a_note_that_several_pages_print_is_none_of_their_foot() -> None:
    def page(number: int) -> list[Text]:
        body = [
            *running(f"{number}. The Committee recalls the"),
            Text("1", 96, 260, 6),
            Text("agreement.", 100, 270),
        ]
        rest = running("It goes on to speak of it at length", "and in detail.", down=112)
        note = [Text("1", 750, 105, 6), Text("Adopted under the Convention; see", 754, 113, 9)]
        return framed([*body, *rest, *note, Text("FCCC/CP/2015/10/Add.1.", 765, 113, 9)], SYMBOL, number)

    reading = read(page(1), page(2), page(3))
    notes = structure(reading).footnotes
    assert [note.text for note in notes] == ["Adopted under the Convention; see FCCC/CP/2015/10/Add.1."] * 3
    assert [note.called_from for note in notes] == ["para_1", "para_2", "para_3"]


def test_a_heading_set_like_the_title_on_the_next_page_is_a_heading() -> None:
    first = [
        Text("Report of the Working Group", 200, size=14, bold=True),
        Text("Slovenia", 240, size=14, bold=True),
    ]
    second = [Text("Introduction", 100, size=14, bold=True), *running("1. It met.", "It went on.", down=130)]
    parsed = structure(read(first, second))
    assert parsed.title == "Report of the Working Group: Slovenia"
    assert [title for _, _, title in headings(parsed)] == ["Introduction"]


# -- what is refused


@pytest.mark.parametrize("cut", [20, 200, 0.4, 0.9])
def test_a_file_that_is_cut_off_is_refused_or_read(cut: float) -> None:
    data = pdf(running("1. The Committee notes a law."))
    data = data[: int(cut if cut > 1 else cut * len(data))]
    try:
        text = read_pdf(data, "a.pdf").text
    except (SourceDamaged, SourceScanned) as error:
        refusal = error
    else:
        assert "Committee" in text
        return
    assert "a.pdf" in refusal.message
    assert refusal.mend


def test_pages_without_text_are_a_scan() -> None:
    with pytest.raises(SourceScanned, match="OCR"):
        read([], [])


def test_a_file_without_its_end_is_read_with_a_warning() -> None:
    data = pdf(running("1. The Committee notes a law."))
    reading = read_pdf(data[: data.rindex(b"startxref")], "a.pdf")
    assert reading.warnings == ("the file has no end: it may be cut off",)
    assert warned(structure(reading)) == [("reading", None)]


def test_a_file_of_ten_thousand_pages_is_refused_before_they_are_read() -> None:
    with pytest.raises(SourceTooLarge, match="10,000 pages"):
        read(*[[]] * 10_000)


def test_null_bytes_within_a_page_lose_no_other_page() -> None:
    texts = [f"{number}. The Committee notes law {number}." for number in (1, 2, 3)]
    data = bytearray(pdf(*(running(text) for text in texts)))
    position = data.index(texts[1].encode())
    data[position : position + 6] = bytes(6)
    read_again = printed(read_pdf(bytes(data), "a.pdf"))
    assert (read_again[0], read_again[-1]) == (texts[0], texts[2])


def test_a_stamp_on_a_scan_is_no_text() -> None:
    with pytest.raises(SourceScanned):
        read([Text("Digitized", HEIGHT - 20)], [Text("Digitized", HEIGHT - 20)])


def test_a_file_with_a_password_says_so() -> None:
    data = pdf(running("1. The Committee notes a law."))
    lock = (
        b"/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -44/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>>"
        b"/ID[<00><00>]"
    )
    with pytest.raises(SourceEncrypted, match="password"):
        read_pdf(data.replace(b"trailer<<", b"trailer<<" + lock), "a.pdf")


@given(st.data())
@settings(max_examples=80)
def test_whatever_is_altered_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(pdf(running("1. The Committee notes a law."), running("2. It welcomes it.")))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    del whole[data.draw(st.integers(len(whole) // 2, len(whole))) :]
    try:
        reading = read_pdf(bytes(whole), "a.pdf")
    except SourceRefused:
        return
    assert "".join(reading.text[line.start : line.end] for line in reading.lines) == reading.text
    assert_spans_cover(structure(reading), reading.text)
