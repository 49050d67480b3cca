"""Tables as files: CSV that spreadsheets open as it is, and XLSX.

No cell is a formula, whatever a document prints, and a file is there whole or not at all.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from assistant.files import check_target, write_whole
from assistant.table import COLUMNS, Row, Table
from corpus.errors import ExportUnwritable

# What begins a formula in one spreadsheet or another.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_WIDTHS = (22, 22, 12, 13, 12, 16, 22, 100, 44)  # of the columns, in characters
_MOST_CHARACTERS = 32_767  # of a cell, and
_MOST_ROWS = 1_048_576  # of a sheet, by Excel's specifications and limits
_MOST_LINKS = 65_530  # that a sheet can have


def check_table_target(path: Path) -> None:
    """Raise `ExportFormatUnknown` or `ExportUnwritable` where a table cannot be written to a path."""
    check_target(path, _FORMATS)


def write_table(table: Table, path: Path) -> None:
    """Write a table in the format of the path's ending; a file that is there is replaced when all is written.

    Raises `ExportFormatUnknown` and `ExportUnwritable`.
    """
    check_table_target(path)
    write_whole(path, _FORMATS[path.suffix.lower()](table))


def as_csv(table: Table) -> bytes:
    """Comma-separated values (RFC 4180) in UTF-8 with the mark by which Excel knows it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(_text(value)) for value in _values(row)] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(table: Table) -> bytes:
    """A workbook of one sheet, with a head that stays and can be filtered by; raises `ExportUnwritable`."""
    # imported here, since only this format needs it
    from xlsxwriter import Workbook

    if len(table.rows) >= _MOST_ROWS:
        raise ExportUnwritable(f"A sheet holds {_MOST_ROWS:,} rows.", "Write a .csv file.")
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Pilcrow")
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        top, day = (book.add_format({"valign": "top", **more}) for more in ({}, {"num_format": "yyyy-mm-dd"}))
        for column, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, bold)
        for number, row in enumerate(table.rows, 1):
            for column, value in enumerate(_values(row)):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                elif column == len(COLUMNS) - 1 and number <= _MOST_LINKS:
                    sheet.write_url(number, column, value, top)
                else:
                    is_text = COLUMNS[column] == "Text"
                    sheet.write_string(number, column, _cut(_text(value)), wrapped if is_text else top)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(table.rows), len(COLUMNS) - 1)
    return content.getvalue()


_FORMATS: Mapping[str, Callable[[Table], bytes]] = {".csv": as_csv, ".xlsx": as_xlsx}


def _values(row: Row) -> tuple[str | date | None, ...]:
    return (
        row.state, row.symbol, row.edition, row.adopted, row.pinpoint, row.role, row.verb, row.text, row.link,
    )  # fmt: skip


def _text(value: str | date | None) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""


def _harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before it says that it is text."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_CHARACTERS else text[: _MOST_CHARACTERS - 2] + " …"
