from __future__ import annotations

import csv
import io
import os
import stat
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, AskRequest, Filters, SearchRequest
from assistant.export import as_csv, as_xlsx, check_table_target, write_table
from assistant.restriction import binding_filters
from assistant.service import Assistant
from assistant.table import COLUMNS, Row, Table
from corpus.errors import ExportFormatUnknown, ExportUnwritable

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def row(text: str = "It recommends.", adopted: date | None = date(2015, 6, 5)) -> Row:
    return Row(
        "Kenya", "CRC/C/KEN/CO/9", "issued", adopted, "22 (c)", "recommendation", "recommends", text,
        "https://docs.un.org/en/CRC/C/KEN/CO/9",
    )  # fmt: skip


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_xlsx(content: bytes) -> list[list[str]]:
    """The cells of a sheet as they are stored; a formula would be told by its element."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        strings = [
            "".join(part.text or "" for part in entry.iter(f"{SHEET}t"))
            for entry in ElementTree.fromstring(file.read("xl/sharedStrings.xml"))
        ]
        sheet = ElementTree.fromstring(file.read("xl/worksheets/sheet1.xml"))
    assert sheet.find(f".//{SHEET}f") is None
    return [
        [strings[int(value)] if cell.get("t") == "s" else value for cell, value in line]
        for line in (
            [(cell, cell.findtext(f"{SHEET}v") or "") for cell in row] for row in sheet.iter(f"{SHEET}row")
        )
    ]


# -- formats


def test_csv_begins_with_the_mark_by_which_excel_knows_utf_8() -> None:
    content = as_csv(Table((row("«Café» – 子ども"),)))
    assert content.startswith(b"\xef\xbb\xbfState,Symbol,")
    assert "«Café» – 子ども" in content.decode("utf-8-sig")


def test_line_breaks_and_quotation_marks_stay_in_their_cell() -> None:
    text = 'The Committee “recommends”:\n(a) "Dams, and";\n(b) Ferries.'
    table = Table((row(text),))
    assert read_csv(as_csv(table)) == [
        list(COLUMNS),
        ["Kenya", "CRC/C/KEN/CO/9", "issued", "2015-06-05", "22 (c)", "recommendation", "recommends", text,
         "https://docs.un.org/en/CRC/C/KEN/CO/9"],
    ]  # fmt: skip
    assert read_xlsx(as_xlsx(table))[1][7] == text


def test_a_date_is_a_date_in_a_spreadsheet() -> None:
    cells = read_xlsx(as_xlsx(Table((row(), row(adopted=None)))))
    assert cells[1][3] == str((date(2015, 6, 5) - date(1899, 12, 30)).days)
    assert cells[2][3] == ""


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_no_text_becomes_a_formula(sign: str) -> None:
    text = f"{sign}HYPERLINK(1)"
    table = Table((row(text),))
    assert read_csv(as_csv(table))[1][7] == f"'{text}"
    cells = read_xlsx(as_xlsx(table))
    assert cells[1][7].replace("_x000D_", "\r").endswith("HYPERLINK(1)")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), max_size=5))
def test_any_text_comes_back_from_csv(texts: list[str]) -> None:
    rows = read_csv(as_csv(Table(tuple(row(text) for text in texts))))
    assert [cells[7].removeprefix("'") for cells in rows[1:]] == [text.removeprefix("'") for text in texts]


def test_more_text_than_a_cell_holds_is_cut_visibly() -> None:
    cell = read_xlsx(as_xlsx(Table((row("a" * 40_000),))))[1][7]
    assert len(cell) == 32_767
    assert cell.endswith("a …")
    assert len(read_csv(as_csv(Table((row("a" * 40_000),))))[1][7]) == 40_000


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.export._MOST_ROWS", 3)
    assert len(read_xlsx(as_xlsx(Table((row(),) * 2)))) == 3
    with pytest.raises(ExportUnwritable, match=r"\.csv"):
        as_xlsx(Table((row(),) * 3))


# -- files


@pytest.mark.parametrize("name", ["table.csv", "table.XLSX"])
def test_a_table_is_written_in_the_format_of_its_ending(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    write_table(Table((row(),)), path)
    read = read_csv if name.endswith("csv") else read_xlsx
    assert read(path.read_bytes())[1][4] == "22 (c)"
    assert [file.name for file in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["table", "table.pdf", "table.csv.gz", ".csv"])
def test_an_unknown_ending_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportFormatUnknown, match=r"\.csv or \.xlsx"):
        write_table(Table(()), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_path_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    for path in (tmp_path / "folder.csv", tmp_path / "nowhere" / "table.csv"):
        with pytest.raises(ExportUnwritable):
            check_table_target(path)


def test_a_file_is_replaced_only_when_the_new_one_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "table.csv"
    path.write_text("before")
    with monkeypatch.context() as patch:

        def fail(_: int) -> None:
            raise OSError(28, "No space left on device")

        patch.setattr(os, "fsync", fail)
        with pytest.raises(ExportUnwritable, match="No space left"):
            write_table(Table((row(),)), path)
    assert path.read_text() == "before"
    assert [file.name for file in tmp_path.iterdir()] == ["table.csv"]
    write_table(Table((row(),)), path)
    assert "CRC/C/KEN/CO/9" in path.read_text(encoding="utf-8-sig")


def test_a_file_keeps_its_mode_and_a_link_its_target(tmp_path: Path) -> None:
    path, link = tmp_path / "table.csv", tmp_path / "link.csv"
    path.write_text("before")
    path.chmod(0o640)
    link.symlink_to(path)
    write_table(Table((row(),)), link)
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert "22 (c)" in path.read_text(encoding="utf-8-sig")


# -- what the rows say


def ask(assistant: Assistant, question: str) -> Answer:
    return assistant.ask(AskRequest(question=question, store=False))


def test_an_answer_is_a_row_for_each_statement(assistant: Assistant) -> None:
    answer = ask(assistant, "what did the Committee say about extradition?")
    rows = assistant.table(answer).rows
    assert [(r.pinpoint, r.role, r.verb) for r in rows] == [
        ("33", "concern", "is seriously concerned"),
        ("34", "recommendation", "recommends"),
    ]
    first = rows[0]
    assert (first.state, first.symbol) == ("Lao People's Democratic Republic", "CRC/C/OPSC/LAO/CO/1")
    assert (first.edition, first.adopted) == ("advance unedited", date(2015, 6, 5))
    assert first.text == answer.citations[0].quote
    assert first.link == "https://docs.un.org/en/CRC/C/OPSC/LAO/CO/1"


def test_a_complete_list_has_all_its_rows(assistant: Assistant) -> None:
    answer = ask(assistant, "list every paragraph that mentions children")
    assert answer.more
    rows = assistant.table(answer).rows
    paragraphs = dict.fromkeys(r.pinpoint.split(" ")[0] for r in rows)
    assert answer.total == len(paragraphs)
    assert answer.total > len({c.pinpoint.split(" ")[0] for c in answer.citations})
    assert not any(r.text.startswith("[not found") for r in rows)
    last = assistant.ask(AskRequest(question="more", store=False), earlier=[answer])
    assert not last.more
    assert assistant.table(last).rows == rows
    count = ask(assistant, "how many paragraphs mention children?")
    assert assistant.table(count).rows == rows


def test_what_is_held_has_no_rows(assistant: Assistant) -> None:
    assert assistant.table(ask(assistant, "which documents do you have?")).rows == ()


def test_given_filters_bind_all_rows_too(assistant: Assistant) -> None:
    request = AskRequest(
        question="list every paragraph that mentions children",
        filters=Filters.model_validate({"roles": ("recommendation",), "years": (2015,)}),
        store=False,
    )
    answer = assistant.ask(request)
    assert binding_filters(answer) == request.filters
    assert {r.role for r in assistant.table(answer).rows} == {"recommendation"}


def test_a_quotation_that_fails_its_check_says_so(assistant: Assistant) -> None:
    answer = ask(assistant, "extradition")
    failed = answer.citations[0].model_copy(
        update={"checks": answer.citations[0].checks.model_copy(update={"verbatim": False})}
    )
    broken = answer.model_copy(update={"citations": (failed, *answer.citations[1:])})
    texts = [r.text for r in assistant.table(broken).rows]
    assert [text.startswith("[not found in the source] ") for text in texts] == [True, False]


def test_a_refusal_has_no_rows(assistant: Assistant) -> None:
    assert assistant.table(ask(assistant, "what is the capital of France?")).rows == ()


def test_a_search_is_a_row_for_each_paragraph(assistant: Assistant) -> None:
    result = assistant.search(SearchRequest(query="birth registration", k=3))
    rows = assistant.table(result).rows
    assert [r.pinpoint for r in rows] == [passage.pinpoint for passage in result.passages]
    assert [r.text for r in rows] == [passage.text for passage in result.passages]
    item = next(r for r in rows if r.pinpoint == "22 (c)")
    assert (item.role, item.verb, item.edition) == ("recommendation", "urges", "advance unedited")
