"""Assistants over a few documents that are held without an index: checking a draft needs no model."""

from __future__ import annotations

from pathlib import Path

from assistant.checking.reading import draft_of_text
from assistant.checking.report import CheckReport
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.catalog import Change
from corpus.model import Document
from tests.corpus.catalogs import new

LAO = "CRC/C/OPSC/LAO/CO/1"


def assistant_holding(home: Path, *documents: Document, earlier: tuple[Document, ...] = ()) -> Assistant:
    """An assistant over documents; those `earlier` are editions that one of them took the place of."""
    opened = Assistant.open(Settings(home=home))
    catalog = opened.collection.catalog
    numbers = range(1, len(earlier) + 1)
    first = [new(number, each) for number, each in zip(numbers, earlier, strict=True)]
    catalog.publish(Change(add=first, seeded=True), 1, None)
    later = [new(number, each) for number, each in enumerate(documents, len(earlier) + 1)]
    catalog.publish(Change(add=later, supersede=list(numbers), seeded=True), 2, None)
    return opened


def checked(assistant: Assistant, text: str, **options: object) -> CheckReport:
    """The report on a draft in Markdown, in which SYM stands for the symbol of the built-in document."""
    return assistant.check(draft_of_text(text.replace("SYM", LAO)), **options)  # type: ignore[arg-type]


def told(report: CheckReport) -> list[tuple[str, str]]:
    """The code and severity of each finding."""
    return [(finding.code, finding.severity) for finding in report.findings]
