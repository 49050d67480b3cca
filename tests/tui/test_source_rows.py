"""Rows of the source: nothing of a document is lost between them, and none is too wide."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from assistant.printed import PrintedDocument, printed
from assistant.service import Assistant
from tui.printable import printable
from tui.source_rows import MARGIN, SourceRows, fitted, wrapped

LAO = "crc-c-opsc-lao-co-1"
words = st.text(st.sampled_from("ab –é漢字\u0301\U0001f600(;"), max_size=60)


@pytest.fixture
def document(assistant: Assistant) -> PrintedDocument:
    return printed(*assistant.document_with_header(LAO))


@given(words, st.integers(1, 30))
def test_rows_hold_every_character_but_the_spaces_between_them(text: str, width: int) -> None:
    rows = list(wrapped(text, width))
    assert rows[0][0] == 0
    assert rows[-1][1] == len(text)
    assert all(text[end:start] in ("", " ") for (_, end), (start, _) in pairwise(rows))


@given(words, st.integers(2, 30))
def test_no_row_is_wider_than_the_room(text: str, width: int) -> None:
    assert all(cell_len(text[start:end]) <= width for start, end in wrapped(text, width))


@given(st.lists(st.text("abc", min_size=1, max_size=12)), st.integers(3, 30))
def test_words_stay_whole_where_they_fit(said: list[str], width: int) -> None:
    text = " ".join(said)
    cut = [(start, end) for start, end in wrapped(text, width) if end < len(text) and text[end] != " "]
    for start, end in cut:
        assert " " not in text[start:end]


def test_letters_of_two_columns_are_counted_so() -> None:
    assert list(wrapped("漢字漢字", 4)) == [(0, 2), (2, 4)]


def test_a_row_is_never_empty_where_no_letter_fits() -> None:
    assert list(wrapped("漢字", 1)) == [(0, 1), (1, 2)]


@pytest.mark.parametrize("width", [1, 7, 20, 44, 76, 200])
def test_every_line_of_a_document_is_in_rows(document: PrintedDocument, width: int) -> None:
    rows = SourceRows(document, width)
    for index, line in enumerate(document.lines):
        held = [rows.rows[row] for row in rows.rows_of(index)]
        assert all(row.line == index and not row.is_empty for row in held)
        assert " ".join(rows.texts[index][row.start : row.end] for row in held).replace(" ", "") == printable(
            line.text
        ).replace(" ", "")


@pytest.mark.parametrize("width", [30, 44, 76, 200])
def test_prefix_and_words_fit_in_a_row(document: PrintedDocument, width: int) -> None:
    rows = SourceRows(document, width)
    for row in rows.rows:
        if not row.is_empty:
            said = rows.prefix(row) + rows.texts[row.line][row.start : row.end]
            assert MARGIN + cell_len(said) <= width


def test_a_character_is_found_in_its_row(document: PrintedDocument) -> None:
    rows = SourceRows(document, 44)
    line = next(i for i, line in enumerate(document.lines) if line.mark == "34.")
    for offset in range(len(rows.texts[line])):
        row = rows.rows[rows.row_at(line, offset)]
        assert row.line == line
        assert row.start <= offset <= row.end


def test_items_stand_in_from_the_words_that_govern_them(document: PrintedDocument) -> None:
    rows = SourceRows(document, 76)
    lead_in = next(i for i, line in enumerate(document.lines) if line.mark == "16.")
    prefixes = [rows.prefix(rows.rows[rows.rows_of(line)[0]]) for line in (lead_in, lead_in + 1)]
    assert prefixes == ["16. ", "    (a) "]


def test_a_long_heading_path_keeps_its_last_heading() -> None:
    path = ["General measures of implementation", "Training"]
    assert fitted(path, 60) == "General measures of implementation › Training"
    assert fitted(path, 30) == "General measures o… › Training"
    assert fitted(path, 15) == "… › Training"
    assert fitted([], 15) == ""
