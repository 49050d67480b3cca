"""Judges the check of a draft by the errors that were planted in it.

Beside each draft lies a TOML file. Its `planted` are the errors: the words concerned, other words to which a
finding may be tied (`also`), what would be right, and the codes under which the error may be reported. Its
`trap` are stretches that only look wrong. All words are written as they are printed, in one line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assistant.checking.report import CheckReport, Finding

_STRAIGHT = str.maketrans("‘’“”", "''\"\"")


@dataclass(frozen=True, slots=True)
class Planted:
    """An error in a draft; `text` stands once in it, `right` is what should stand there."""

    id: str
    text: str
    right: str
    codes: tuple[str, ...]
    why: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trap:
    """A stretch of a draft that only looks wrong."""

    id: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Labels:
    """What is wrong in a draft, and what only looks wrong."""

    planted: tuple[Planted, ...]
    traps: tuple[Trap, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What of the planted errors was found, what was missed, and what was flagged though it is right."""

    found: tuple[str, ...]
    missed: tuple[str, ...]
    false_alarms: tuple[Finding, ...]


def read_labels(path: Path) -> Labels:
    """The labels of a draft, from the TOML file beside it."""
    data = tomllib.loads(path.read_text("utf-8"))
    planted = (
        Planted(
            id=each["id"],
            text=each["text"],
            right=each["right"],
            codes=tuple(each["codes"]),
            why=each["why"],
            also=tuple(each.get("also", ())),
        )
        for each in data["planted"]
    )
    return Labels(tuple(planted), tuple(Trap(**each) for each in data.get("trap", ())))


def judge(report: CheckReport, text: str, planted: Iterable[Planted]) -> Judgement:
    """Judge a report on a draft of this text.

    An error is found by an error or warning with one of its codes that overlaps its words or those it
    is tied to. A false alarm is an error or warning that overlaps no such words.
    """
    serious = [finding for finding in report.findings if finding.severity != "note"]
    found: list[str] = []
    missed: list[str] = []
    excused: set[int] = set()
    for each in planted:
        spans = [span_of(words, text) for words in (each.text, *each.also)]
        touching = [
            index
            for index, finding in enumerate(serious)
            if any(finding.start < end and start < finding.end for start, end in spans)
        ]
        excused.update(touching)
        hit = any(serious[index].code in each.codes for index in touching)
        (found if hit else missed).append(each.id)
    alarms = (finding for index, finding in enumerate(serious) if index not in excused)
    return Judgement(tuple(found), tuple(missed), tuple(alarms))


def mended(text: str, planted: Iterable[Planted]) -> str:
    """A draft with what is right in the place of every planted error."""
    for each in planted:
        start, end = span_of(each.text, text)
        text = text[:start] + each.right + text[end:]
    return text


def span_of(words: str, text: str) -> tuple[int, int]:
    """Where words stand in a draft, whatever breaks its lines and whichever way its quotation marks curl.

    Raises `LookupError` unless they stand there once.
    """
    parts = (re.escape(part) for part in words.translate(_STRAIGHT).split())
    spans = [match.span() for match in re.finditer(r"[\s>]+".join(parts), text.translate(_STRAIGHT))]
    if len(spans) != 1:
        raise LookupError(f"{len(spans)} times in the draft: {words}")
    return spans[0]
