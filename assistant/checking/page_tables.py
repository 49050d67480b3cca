"""Tables in PDF files, whose cells nothing shows; their rows are left out, or words of two would join."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.layout import Line


def without_tables(lines: Sequence[Line]) -> tuple[list[Line], list[int]]:
    """The lines that are of no table, and the pages on which there are tables.

    Of lines that no space parts, those from the first to the last with wide gaps in them are a table.
    """
    kept: list[Line] = []
    pages: dict[int, None] = {}
    for run in _runs(lines):
        rows = [index for index, line in enumerate(run) if line.cell]
        if not rows:
            kept += run
            continue
        pages |= {line.page or 0: None for line in run if line.cell}
        kept += run[: rows[0]]
        if below := run[rows[-1] + 1 :]:
            kept += [replace(below[0], apart=True), *below[1:]]
    return kept, list(pages)


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    run: list[Line] = []
    for line in lines:
        if run and (line.apart or line.page != run[-1].page):
            yield run
            run = []
        run.append(line)
    if run:
        yield run
