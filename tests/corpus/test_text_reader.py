import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import SourceEmpty, SourceNotText, SourceRefused
from corpus.layout import Line, Reading
from corpus.readers import read, reader_for
from corpus.readers.text import read_text
from tests.corpus.readings import assert_accounts_for_its_text
from tests.corpus.strategies import assembled


def lines_of(text: str) -> tuple[Line, ...]:
    return read(text.encode(), "a.txt").lines


def page_tops(reading: Reading) -> list[int]:
    return [line.number for line in reading.lines if line.page_top]


# -- encodings


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_every_unicode_encoding_is_read_without_its_mark(bom: bytes, encoding: str) -> None:
    text = "1. The State party’s report – “good”.\n"
    assert read(bom + text.encode(encoding), "a.txt").text == text


def test_an_older_encoding_is_detected() -> None:
    text = "1. Le Comité se félicite de la présentation du deuxième rapport périodique.\n" * 20
    assert read(text.encode("cp1252"), "a.txt").text == text


# -- refusals


@pytest.mark.parametrize("data", [b"", b" \n\r\n\t", codecs.BOM_UTF8 + b"\n", b"\f\f", b"\x00\x00"])
def test_a_file_without_text_is_refused_as_empty(data: bytes) -> None:
    with pytest.raises(SourceEmpty, match=r"a\.txt"):
        read(data, "a.txt")


def test_spaces_of_other_kinds_are_no_text() -> None:
    with pytest.raises(SourceEmpty):
        read("\u00a0\u2003\n".encode(), "a.txt")


@pytest.mark.parametrize(
    "data",
    [
        b"1. The\x00 Committee",
        bytes(range(1, 32)) * 8,
        codecs.BOM_UTF16_LE + "".join(map(chr, range(1, 32))).encode("utf-16-le") * 8,
        codecs.BOM_UTF8 + b"\x00\x01\x02\x03\x04\x05\x06\x07" * 8,
    ],
)
def test_binary_content_is_refused(data: bytes) -> None:
    with pytest.raises(SourceNotText):
        read(data, "a.txt")


def test_a_stray_control_character_is_kept_in_the_text() -> None:
    text = "1. The Committee\x07 met.\n"
    assert read(text.encode(), "a.txt").text == text


def test_a_text_file_is_read_by_the_text_reader_whatever_its_name() -> None:
    assert reader_for(b"1. The Committee met.", "report.pdf") is read_text


# -- lines


def test_every_kind_of_line_break_ends_a_line() -> None:
    text = "one\ntwo\r\nthree\rfour\n\nsix"
    lines = lines_of(text)
    assert [line.text for line in lines] == ["one", "two", "three", "four", "", "six"]
    assert [line.number for line in lines] == [1, 2, 3, 4, 5, 6]
    assert [line.blank for line in lines] == [False, False, False, False, True, False]
    assert "".join(text[line.start : line.end] for line in lines) == text


def test_a_line_is_stripped_and_its_indent_counted() -> None:
    (line,) = lines_of("  \u00a0(a) The law \u00a0")
    assert (line.text, line.indent) == ("(a) The law", 3)


def test_a_blank_line_has_no_indent() -> None:
    assert lines_of("a\n   \nb")[1].indent == 0


# -- pages


def test_a_form_feed_begins_a_page() -> None:
    reading = read(b"one\ntwo\f\nthree\n\ffour\f", "a.txt")
    assert [line.page for line in reading.lines] == [1, 1, 2, 2, 2, 3]
    assert page_tops(reading) == [1, 3, 6]


def paged(*lengths: int) -> str:
    """Pages of one line after another, each but the first begun by an extra leading space."""
    pages = ["\n".join(f"line {number} of a page" for number in range(n)) for n in lengths]
    return "\n ".join(pages)


def test_page_breaks_are_found_from_the_indent_they_leave() -> None:
    reading = read(paged(42, 55, 30, 79, 10).encode(), "a.txt")
    assert page_tops(reading) == [1, 43, 98, 128, 207]
    assert [line.page for line in reading.lines if line.page_top] == [1, 2, 3, 4, 5]
    assert {line.indent for line in reading.lines} == {0}


@pytest.mark.parametrize("lengths", [(29, 50), (80, 50), (42, 3, 50)])
def test_an_indent_that_gives_no_usual_page_is_no_page_break(lengths: tuple[int, ...]) -> None:
    reading = read(paged(*lengths).encode(), "a.txt")
    assert page_tops(reading) == []
    assert {line.page for line in reading.lines} == {None}
    assert {line.indent for line in reading.lines} == {0, 1}


def test_an_indented_line_after_a_blank_line_is_no_page_break() -> None:
    text = "line\n" * 40 + "\n (a) indented\n" + "line\n" * 40
    assert page_tops(read(text.encode(), "a.txt")) == []


def test_only_the_trace_of_a_page_break_is_taken_from_an_indent() -> None:
    text = "line\n" * 40 + "   heading\n" + "line\n" * 5
    (top,) = [line for line in lines_of(text) if line.page_top and line.number > 1]
    assert (top.number, top.indent) == (41, 2)


# -- properties

_texts = st.text(min_size=1) | assembled(
    "The State party", "1. ", " ", "\n", "\r\n", "\r", "\f", "\u00a0", "\u2028", "\x85", "\x1c",
    max_size=30,
)  # fmt: skip
_signatures = st.sampled_from(
    [b"", b"%PDF-", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xff\xfe\x00\x00", b"PK\x03\x04"]
)
_data = st.builds(bytes.__add__, _signatures, st.binary(max_size=80)) | _texts.map(str.encode)


@settings(max_examples=100)
@given(_data)
def test_arbitrary_bytes_are_refused_or_read_into_lines_that_partition_them(data: bytes) -> None:
    try:
        reading = read(data, "a.txt")
    except SourceRefused:
        return
    assert reading.text.strip()
    assert_accounts_for_its_text(reading)


@given(_texts.filter(lambda text: text.strip() and "\0" not in text and text[0] != "\ufeff"))
def test_a_utf_8_text_is_read_as_it_is(text: str) -> None:
    try:
        reading = read(text.encode(), "a.txt")
    except SourceNotText:
        assert sum(character < " " or character == "\x7f" for character in text) > 4
        return
    assert reading.text == text
    assert_accounts_for_its_text(reading)


@given(st.lists(st.integers(30, 79), min_size=1, max_size=4))
def test_pages_of_usual_length_are_found_from_their_traces(lengths: list[int]) -> None:
    reading = read(paged(*lengths, 10).encode(), "a.txt")
    assert page_tops(reading) == [1 + sum(lengths[:n]) for n in range(len(lengths) + 1)]
    assert_accounts_for_its_text(reading)
