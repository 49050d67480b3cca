"""What a document is at a glance: what is known of it, and its headings with their paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tui.wording import counted

if TYPE_CHECKING:
    from assistant.service import Document, DocumentHeader


@dataclass(frozen=True)
class Heading:
    """A heading, how deep it stands (from 0), and which paragraphs are under it."""

    title: str
    depth: int
    paragraphs: str


@dataclass(frozen=True)
class Outline:
    """A document at a glance."""

    title: str
    facts: tuple[str, ...]
    headings: tuple[Heading, ...]


def outline_of(header: DocumentHeader, document: Document) -> Outline:
    """A document at a glance, from its header and its text."""
    return Outline(document.title, tuple(_facts(header, document)), tuple(_headings(document)))


def _facts(header: DocumentHeader, document: Document) -> Iterator[str]:
    yield document.symbol
    yield from filter(None, (", ".join(document.states), document.committee, document.instrument))
    if document.session:
        yield f"{document.session} session" if document.session[:1].isdigit() else document.session
    dates = (("adopted", document.adopted), ("issued", document.issued))
    if told := [f"{what} {_day(when)}" for what, when in dates if when]:
        yield ", ".join(told)
    edition = [] if document.edition in ("", "issued") else [f"edition: {document.edition}"]
    yield ", ".join(
        [counted(len(document.paragraphs), "paragraph"), f"language: {document.language}", *edition]
    )
    if not header.searched:
        yield "held for look-up and checking, not searched"
    yield f"read from {document.source.name}"
    if document.warnings:
        yield f"{counted(len(document.warnings), 'warning')} of the reading"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _headings(document: Document) -> Iterator[Heading]:
    for section in document.sections:
        under = [p.label for p in document.paragraphs if p.section[: len(section.path)] == section.path]
        ends = under[:1] + under[1:][-1:]
        number = f"{section.number}. " if section.number else ""
        yield Heading(f"{number}{section.title}", max(0, section.level - 1), "–".join(ends))
