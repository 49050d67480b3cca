"""ObliQA as Pilcrow sees it: regulatory rows become passages, with the numbers above them or without.

The data are `passages.jsonl` {document, passage, text} and `questions_dev.jsonl` {question, passages}.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.passages import Passage, PassageKey

_PART = re.compile(r"\([^()]*\)|[^.()]+")
# neither a sentence nor an item of a list, which may end in "; and"
_HEADING = re.compile(r"[A-Z0-9\"“‘'(].*(?<![.;:,])(?<!\band)(?<!\bor)", re.ASCII)
_HEADING_LETTERS = 100  # a longer line is a sentence that lost its full stop


@dataclass(frozen=True)
class Row:
    """A numbered provision: its document, its number as printed, and its text."""

    document: int
    number: str
    text: str

    @property
    def path(self) -> tuple[str, ...]:
        """The number in parts: 18.8.2.(1) is 18, 8, 2, (1)."""
        return tuple(part for found in _PART.findall(self.number) if (part := found.strip()))

    @property
    def is_heading(self) -> bool:
        """Whether it is one short line that begins with a capital and does not end as a sentence does."""
        return len(self.text) <= _HEADING_LETTERS and bool(_HEADING.fullmatch(self.text))


@dataclass(frozen=True)
class Question:
    """A question and the provisions that answer it, as (document, number)."""

    text: str
    right: frozenset[tuple[int, str]]


def read_rows(folder: Path) -> list[Row]:
    """Every row of the data, in order, those without text among them."""
    lines = (folder / "passages.jsonl").read_text(encoding="utf-8").splitlines()
    return [Row(row["document"], row["passage"], row["text"].strip()) for row in map(json.loads, lines)]


def read_questions(folder: Path) -> list[Question]:
    """Every question of the development part."""
    lines = (folder / "questions_dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        Question(row["question"], frozenset((document, number) for document, number in row["passages"]))
        for row in map(json.loads, lines)
    ]


def key_of(row: int, rows: Sequence[Row]) -> PassageKey:
    """The key under which the engine holds a row."""
    return PassageKey(rows[row].document, row)


def plain(rows: Sequence[Row]) -> Iterator[Passage]:
    """A passage of each row with text, and nothing around it."""
    for position, row in enumerate(rows):
        if row.text:
            yield Passage(key_of(position, rows), "", "", "", row.text, ())


def in_context(rows: Sequence[Row]) -> Iterator[Passage]:
    """The same passages under what stands above them by their numbers.

    Headings above are the section path, and the nearest the label; provisions above are the lead-in,
    as with the items of a paragraph.
    """
    by_path: dict[tuple[int, tuple[str, ...]], Row] = {}
    for row in rows:
        if row.text:
            by_path.setdefault((row.document, row.path), row)
    for position, row in enumerate(rows):
        if not row.text:
            continue
        prefixes = (row.path[:length] for length in range(1, len(row.path)))
        above = [
            found for prefix in prefixes if (found := by_path.get((row.document, prefix))) and found.text
        ]
        headings = [found.text for found in above if found.is_heading]
        lead_in = "\n".join(found.text for found in above if not found.is_heading)
        label = headings[-1] if headings else ""
        yield Passage(key_of(position, rows), label, " › ".join(headings), lead_in, row.text, ())
