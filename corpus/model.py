"""The document model: what every reader produces and every other room works with.

All `start` and `end` are offsets in Unicode code points into `Document.text`, the text exactly as
the reader found it. The `text` of a unit is that stretch with lines joined and runs of spaces made
one (`corpus.source_text.SourceText`), so `text` leads back to the source by its offsets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from corpus.pinpoint import Pinpoint
from corpus.symbol import Symbol


class Role(StrEnum):
    """What a sentence does."""

    CONTEXT = "context"
    POSITIVE = "positive"
    CONCERN = "concern"
    RECOMMENDATION = "recommendation"
    REQUEST = "request"
    REMINDER = "reminder"


SpanKind = Literal["paragraph", "heading", "footnote", "furniture", "masthead", "unassigned"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the source and what it is; the spans of a document cover it without gap."""

    kind: SpanKind
    start: int
    end: int
    eid: str | None = None
    """The unit it belongs to, where it belongs to one."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, or one stretch of a list sentence, with what it does.

    `verb` is the reporting verb as printed, None where the sentence has none and takes the role of
    the one before it; `force` is the reading aid of `speech_acts.toml`, None for roles without one.
    `repeat` marks what the body says again ("reiterates"), `urgent` what it asks for without delay.
    """

    text: str
    start: int
    end: int
    role: Role
    verb: str | None = None
    force: int | None = None
    repeat: bool = False
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A sub-paragraph such as `(a)`, with those below it."""

    label: str
    label_printed: str
    eid: str
    text: str
    start: int
    end: int
    page: int | None = None
    items: tuple[Item, ...] = ()
    closing: str = ""
    sentences: tuple[Sentence, ...] = ()

    @property
    def full_text(self) -> str:
        """Its text, the items below it with their printed labels, and its closing text, a line each."""
        return "\n".join(_lines_of(self))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One numbered paragraph: `text` is its lead-in, `closing` what follows its items.

    `ordinal` is its position in the document from 0; it identifies nothing and only orders.
    """

    label: str
    label_printed: str
    eid: str
    ordinal: int
    section: tuple[str, ...]
    text: str
    start: int
    end: int
    page: int | None = None
    items: tuple[Item, ...] = ()
    closing: str = ""
    footnotes: tuple[str, ...] = ()
    sentences: tuple[Sentence, ...] = ()

    @property
    def roles(self) -> tuple[Role, ...]:
        """What its sentences do, in order of first appearance; context only where nothing else is."""
        found = dict.fromkeys(s.role for place in self.places() for s in place.sentences)
        acts = tuple(role for role in found if role is not Role.CONTEXT)
        return acts or tuple(found)

    def places(self) -> Iterator[Paragraph | Item]:
        """The paragraph, then its items depth first, in printed order."""
        yield self
        yield from _below(self.items)

    def place(self, eid: str) -> Paragraph | Item | None:
        """The paragraph or the item with this id."""
        return next((place for place in self.places() if place.eid == eid), None)

    def governing(self, eid: str) -> list[Paragraph | Item]:
        """The places above an item, outermost first: their lead-ins govern its words."""
        above: list[Paragraph | Item] = []
        place: Paragraph | Item = self
        while place.eid != eid:
            below = next((i for i in place.items if eid == i.eid or eid.startswith(f"{i.eid}__")), None)
            if below is None:
                return []
            above.append(place)
            place = below
        return above

    @property
    def full_text(self) -> str:
        """Lead-in, items with their printed labels, and closing text, a line each."""
        return "\n".join(_lines_of(self))


@dataclass(frozen=True, slots=True)
class Section:
    """A heading; `path` is the titles from the outermost heading down to this one."""

    number: str | None
    title: str
    level: int
    path: tuple[str, ...]
    eid: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote with its mark and the unit that calls it, where one does."""

    mark: str
    eid: str
    text: str
    start: int
    end: int
    called_from: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A document or place that the text cites; of its own places the symbol is the document's own.

    `symbol` is None and `unresolved` true where the text does not say which document is meant.
    """

    symbol: str | None
    pinpoints: tuple[str, ...]
    start: int
    end: int
    year: int | None = None
    """The year printed beside it, which is no part of a symbol."""
    unresolved: bool = False


@dataclass(frozen=True, slots=True)
class Warning:
    """Something in the source a reader should know of; nothing is repaired silently."""

    code: str
    message: str
    line: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The file a document was read from."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document besides its text; given values beat those read from the text."""

    symbol: str | None = None
    title: str | None = None
    committee: str | None = None
    instrument: str | None = None
    states: tuple[str, ...] = ()
    session: str | None = None
    adopted: date | None = None
    issued: date | None = None
    language: str | None = None
    edition: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One document in one edition and language."""

    symbol: str
    slug: str
    title: str
    committee: str | None
    instrument: str | None
    states: tuple[str, ...]
    session: str | None
    adopted: date | None
    issued: date | None
    language: str
    edition: str
    source: Source
    text: str
    spans: tuple[Span, ...]
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    footnotes: tuple[Footnote, ...] = ()
    references: tuple[Reference, ...] = ()
    warnings: tuple[Warning, ...] = ()
    other_symbols: tuple[str, ...] = ()
    """The other symbols of a joint document, such as CRC/C/GC/18/Rev.1 beside CEDAW/C/GC/31/Rev.1."""

    @property
    def url(self) -> str:
        """Where the UN publishes the document, for people to open."""
        return Symbol.parse(self.symbol).url


@dataclass(frozen=True)
class DocumentHeader:
    """A held document without its text: enough to list, filter and cite it."""

    id: int
    symbol: str
    slug: str
    title: str
    committee: str | None
    instrument: str | None
    states: tuple[str, ...]
    session: str | None
    adopted: date | None
    issued: date | None
    language: str
    edition: str
    source: Source
    paragraphs: int
    current: bool
    searched: bool = True
    """Whether the index has its passages; a language that the model does not serve is not searched."""
    fingerprint: str = ""
    """Of source, what was given about it and parser: equal means the same text under the same ids."""

    @property
    def year(self) -> int | None:
        """The year of adoption."""
        return self.adopted.year if self.adopted else None

    @property
    def url(self) -> str:
        """Where the UN publishes the document, for people to open."""
        return Symbol.parse(self.symbol).url


def pinpoint_of(paragraph: Paragraph, place: Paragraph | Item) -> Pinpoint:
    """The printed number of a place: its paragraph's label and the labels down to it."""
    if isinstance(place, Paragraph):
        return Pinpoint(paragraph.label)
    above = [p.label for p in paragraph.governing(place.eid)[1:]]
    return Pinpoint(paragraph.label, (*above, place.label))


def parts_of(place: Paragraph | Item) -> Iterator[str | Item]:
    """The text of a place, the items below it and the lines of closing text, as they are printed in turn."""
    if place.text:
        yield place.text
    closing = place.closing.splitlines()
    for item in place.items:
        while closing and _start_of(closing[0], place) < item.start:  # text between two lists
            yield closing.pop(0)
        yield item
    yield from closing


def _below(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from _below(item.items)


def _lines_of(place: Paragraph | Item) -> Iterator[str]:
    for part in parts_of(place):
        if isinstance(part, str):
            yield part
            continue
        lines = list(_lines_of(part))
        yield " ".join([part.label_printed, *lines[:1]])
        yield from lines[1:]


def _start_of(line: str, place: Paragraph | Item) -> int:
    """Where the first sentence of a line of closing text stands in the source."""
    first_item = place.items[0].start
    starts = (s.start for s in place.sentences if s.start > first_item and line.startswith(s.text))
    return next(starts, place.end)
