"""What was told, written as a table beside what is printed."""

from __future__ import annotations

import sys
from pathlib import Path

from assistant.answer import Answer, SearchResult
from assistant.cli.printing import Narrator
from assistant.export import write_table
from assistant.service import Assistant


def export_told(assistant: Assistant, told: Answer | SearchResult, path: Path) -> None:
    """Write an answer or what was found to a file, and say so on stderr; nothing is no table.

    Raises `ExportUnwritable`.
    """
    table = assistant.table(told, Narrator())
    if not table.rows:
        print(f"pilcrow: There is nothing to write to {path}.", file=sys.stderr)
        return
    write_table(table, path)
    rows = "1 row" if len(table.rows) == 1 else f"{len(table.rows):,} rows"
    print(f"pilcrow: {path} has {rows}.", file=sys.stderr)
