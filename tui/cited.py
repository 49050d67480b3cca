"""The places an answer leads to: its citations, and the nearest paragraphs of a refusal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote

if TYPE_CHECKING:
    from assistant.answer import Answer

_HREF = re.compile(r"/documents/(?P<slug>[^#\s]+)#(?P<eid>\S+)")
_LINK = re.compile(r"\[(?P<label>[^\]]+)\]\((?P<href>/documents/[^)\s]+)\)")


@dataclass(frozen=True)
class CitedPlace:
    """A place that can be opened: what it is called, where it is, and the words quoted from it."""

    label: str
    slug: str
    eid: str
    quotes: tuple[str, ...] = ()

    def is_at(self, href: str) -> bool:
        """Whether a link leads here."""
        match = _HREF.fullmatch(unquote(href))
        return match is not None and (match["slug"], match["eid"]) == (self.slug, self.eid)

    def is_in(self, eid: str) -> bool:
        """Whether this is that place or one below it, which its words govern."""
        return self.eid == eid or self.eid.startswith(f"{eid}__")


def cited_places(answer: Answer) -> tuple[CitedPlace, ...]:
    """Every citation of an answer in its order, then what else its text links to."""
    places: list[CitedPlace] = []
    for citation in answer.citations:
        lead_in = (citation.lead_in.quote,) if citation.lead_in else ()
        places += _places(citation.href, citation.label, (*lead_in, citation.quote))
    for link in _LINK.finditer(answer.text):
        if not any(place.is_at(link["href"]) for place in places):
            places += _places(link["href"], link["label"], ())
    return tuple(places)


def _places(href: str, label: str, quotes: tuple[str, ...]) -> Iterator[CitedPlace]:
    match = _HREF.fullmatch(unquote(href))
    if match:
        yield CitedPlace(label, match["slug"], match["eid"], quotes)


class Printed(Protocol):
    """A paragraph or an item, as far as it is shown."""

    @property
    def eid(self) -> str: ...
    @property
    def label_printed(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def items(self) -> Sequence[Printed]: ...
    @property
    def closing(self) -> str: ...


@dataclass(frozen=True)
class Line:
    """One line of a paragraph: how deep it stands, and the stretches of it that are quoted."""

    text: str
    depth: int
    quoted: tuple[tuple[int, int], ...]
    is_cited: bool


def lines_of(paragraph: Printed, cited: CitedPlace) -> list[Line]:
    """A paragraph line by line, the cited ones marked: those quoted, or else the whole place."""
    texts = list(_texts(paragraph, 0))
    quoted = [_quoted(text, cited.quotes) if cited.is_in(eid) else () for eid, _, text in texts]
    return [
        Line(text, depth, stretches, bool(stretches) or (not any(quoted) and eid == cited.eid))
        for (eid, depth, text), stretches in zip(texts, quoted, strict=True)
    ]


def _quoted(text: str, quotes: Sequence[str]) -> tuple[tuple[int, int], ...]:
    return tuple((start, start + len(quote)) for quote in quotes if (start := text.find(quote)) >= 0)


def _texts(place: Printed, depth: int) -> Iterator[tuple[str, int, str]]:
    yield place.eid, depth, f"{place.label_printed} {place.text}".rstrip()
    for item in place.items:
        yield from _texts(item, depth + 1)
    if place.closing:
        yield place.eid, depth, place.closing
