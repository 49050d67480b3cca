"""What every benchmark does with its rows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any


def show(title: str, rows: Sequence[dict[str, Any]], *, as_json: bool) -> None:
    """Print rows as a table under a title, or as JSON."""
    if as_json:
        print(json.dumps({"title": title, "rows": list(rows)}, indent=2))
        return
    columns = list(rows[0])
    cells = [[_cell(row[column]) for column in columns] for row in rows]
    widths = [max(len(column), *(len(line[i]) for line in cells)) for i, column in enumerate(columns)]
    print(f"\n{title}\n")
    for line in (columns, ["-" * width for width in widths], *cells):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |")


def share(values: Sequence[float], percent: float) -> float:
    """A percentile of values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
