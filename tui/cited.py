"""The places an answer leads to: its citations, and the nearest paragraphs of a refusal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.printed import PrintedDocument, PrintedPlace

_HREF = re.compile(r"/documents/(?P<slug>[^#\s]+)#(?P<eid>\S+)")
_LINK = re.compile(r"\[(?P<label>[^\]]+)\]\((?P<href>/documents/[^)\s]+)\)")


@dataclass(frozen=True)
class CitedPlace:
    """A place that can be opened: what it is called, where it is, and the words quoted from it."""

    label: str
    slug: str
    eid: str
    quotes: tuple[str, ...] = ()
    """The governing words first where there are some, and last those of the place itself."""
    sha256: str | None = None
    """Of the edition that was cited, where one was."""

    @property
    def quote(self) -> str:
        """The words quoted from the place itself; empty where none are."""
        return self.quotes[-1] if self.quotes else ""

    def is_at(self, href: str) -> bool:
        """Whether a link leads here."""
        match = _HREF.fullmatch(unquote(href))
        return match is not None and (match["slug"], match["eid"]) == (self.slug, self.eid)

    def is_quoted_in(self, text: str) -> bool:
        """Whether the words quoted from the place itself stand in a text, however that is spaced."""
        return bool(self.quote) and " ".join(self.quote.split()) in " ".join(text.split())

    def is_in(self, eid: str) -> bool:
        """Whether this is that place or one below it, which its words govern."""
        return self.eid == eid or self.eid.startswith(f"{eid}__")


def cited_places(answer: Answer) -> tuple[CitedPlace, ...]:
    """Every citation of an answer in its order, then what else its text links to."""
    places: list[CitedPlace] = []
    for citation in answer.citations:
        lead_in = (citation.lead_in.quote,) if citation.lead_in else ()
        places += _places(citation.href, citation.label, (*lead_in, citation.quote), citation.sha256)
    for link in _LINK.finditer(answer.text):
        if not any(place.is_at(link["href"]) for place in places):
            places += _places(link["href"], link["label"])
    return tuple(places)


def _places(
    href: str, label: str, quotes: tuple[str, ...] = (), sha256: str | None = None
) -> Iterator[CitedPlace]:
    match = _HREF.fullmatch(unquote(href))
    if match:
        yield CitedPlace(label, match["slug"], match["eid"], quotes, sha256)


@dataclass(frozen=True)
class Marks:
    """What is marked in a document: whole lines, and the stretches of them that are quoted."""

    lines: frozenset[int] = frozenset()
    quoted: Mapping[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    misses_quotes: bool = False
    """Whether words that are quoted are not where they should be."""


def marks_of(document: PrintedDocument, cited: CitedPlace) -> Marks:
    """What to mark of a cited place: the lines that are quoted, or else the whole place."""
    quoted: dict[int, tuple[tuple[int, int], ...]] = {}
    found: set[str] = set()
    if cited.quotes:
        for index, line in enumerate(document.lines):
            if line.kind == "text" and cited.is_in(line.eid):
                quoted[index] = tuple(_stretches(line.text, cited.quotes, found))
    quoted = {index: stretches for index, stretches in quoted.items() if stretches}
    missing = bool(set(cited.quotes) - found)
    place = place_at(document, cited.eid)
    if quoted and not missing:
        return Marks(frozenset(quoted), quoted)
    return Marks(frozenset(range(place.line, place.end) if place else ()), quoted, missing)


def place_at(document: PrintedDocument, eid: str) -> PrintedPlace | None:
    """The place of a document with this id."""
    return next((place for place in document.places if place.eid == eid), None)


def _stretches(text: str, quotes: Sequence[str], found: set[str]) -> Iterator[tuple[int, int]]:
    for quote in quotes:
        start = text.find(quote)
        if quote and start >= 0:
            found.add(quote)
            yield start, start + len(quote)
