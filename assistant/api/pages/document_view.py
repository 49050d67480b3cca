"""A document laid out for its page: headings, paragraphs and items in printed order, with their anchors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Literal

from assistant.api.pages.footnote_calls import Call, CallPlaces
from assistant.citations.styles import STYLES
from corpus.model import Document, Footnote, Item, Paragraph, Role, Section, parts_of, pinpoint_of
from corpus.pinpoint import Pinpoint

_DEEPEST = 6  # HTML has headings down to h6


@dataclass(frozen=True)
class HeadingView:
    """A heading; `depth` is the level of its HTML element, one below the heading it stands under."""

    kind: Literal["heading"] = field(default="heading", init=False)
    eid: str
    number: str
    title: str
    depth: int
    calls: Sequence[Call]


@dataclass(frozen=True)
class TextView:
    """A line of text, cut where footnotes are called."""

    kind: Literal["text"] = field(default="text", init=False)
    segments: Sequence[str | Call]


@dataclass(frozen=True)
class ItemsView:
    """Items that follow each other."""

    kind: Literal["items"] = field(default="items", init=False)
    places: Sequence[PlaceView]


@dataclass(frozen=True)
class PlaceView:
    """A paragraph or an item: its printed number, and its text and items in turn.

    `pinpoints` has the place in each citation style, a line each, in the order of `STYLES`.
    """

    kind: Literal["place"] = field(default="place", init=False)
    eid: str
    printed: str
    pinpoints: str
    roles: Sequence[str]
    parts: Sequence[TextView | ItemsView]


@dataclass
class Entry:
    """A heading in the table of contents, with those below it."""

    heading: HeadingView
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class NoteView:
    """A footnote, and where it is called: the ids of its calls."""

    eid: str
    mark: str
    text: str
    called_from: Sequence[str]


@dataclass(frozen=True)
class DocumentView:
    """What the page of a document shows of its text."""

    contents: Sequence[Entry]
    body: Sequence[HeadingView | PlaceView]
    notes: Sequence[NoteView]
    title_calls: Sequence[Call]


def view_of(document: Document) -> DocumentView:
    """Lay a document out."""
    return _Layout(document).view()


class _Layout:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._calls = CallPlaces(document)
        self._shown: set[str] = set()  # the ids of the calls that the page has

    def view(self) -> DocumentView:
        units: list[Section | Paragraph] = [*self._document.sections, *self._document.paragraphs]
        levels: list[int] = []
        body: list[HeadingView | PlaceView] = []
        for unit in sorted(units, key=lambda each: each.start):
            if isinstance(unit, Section):
                while levels and levels[-1] >= unit.level:
                    levels.pop()
                levels.append(unit.level)
                body.append(self._heading(unit, len(levels) + 1))
            else:
                body.append(self._place(unit, Pinpoint(unit.label), unit))
        title_calls = self._calls_at("title")
        return DocumentView(
            contents=_contents([unit for unit in body if unit.kind == "heading"]),
            body=body,
            notes=[self._note(note) for note in self._document.footnotes],
            title_calls=title_calls,
        )

    def _heading(self, section: Section, depth: int) -> HeadingView:
        return HeadingView(
            eid=section.eid,
            number=f"{section.number}." if section.number else "",
            title=section.title,
            depth=min(depth, _DEEPEST),
            calls=self._calls_at(section.eid),
        )

    def _calls_at(self, unit: str) -> Sequence[Call]:
        """The calls of a title or heading, whose marks are not part of it."""
        notes = [note for note in self._document.footnotes if note.called_from == unit]
        calls = [Call(note.mark, note.eid, f"{unit}__{note.eid}") for note in notes]
        self._shown |= {call.anchor for call in calls}
        return calls

    def _place(self, place: Paragraph | Item, pinpoint: Pinpoint, paragraph: Paragraph) -> PlaceView:
        parts = list(parts_of(place))
        lines = iter(self._calls.split(place, [part for part in parts if isinstance(part, str)]))
        shown: list[TextView | ItemsView] = []
        for is_text, run in groupby(parts, key=lambda part: isinstance(part, str)):
            if is_text:
                shown += [self._text(next(lines)) for _ in run]
            else:
                below = [item for item in run if isinstance(item, Item)]
                shown.append(ItemsView([self._item(item, paragraph) for item in below]))
        return PlaceView(
            eid=place.eid,
            printed=place.label_printed,
            pinpoints=_in_every_style(pinpoint),
            roles=_acts(place.roles) if isinstance(place, Paragraph) else (),
            parts=shown,
        )

    def _item(self, item: Item, paragraph: Paragraph) -> PlaceView:
        return self._place(item, pinpoint_of(paragraph, item), paragraph)

    def _text(self, segments: Sequence[str | Call]) -> TextView:
        self._shown |= {segment.anchor for segment in segments if isinstance(segment, Call)}
        return TextView(segments)

    def _note(self, note: Footnote) -> NoteView:
        anchors = [anchor for anchor in self._calls.anchors[note.eid] if anchor in self._shown]
        called = f"{note.called_from}__{note.eid}"
        if called in self._shown:
            anchors.insert(0, called)
        elif not anchors and (note.called_from or "").startswith("para_"):
            anchors.append(note.called_from or "")  # the mark is not printed where it was found
        return NoteView(note.eid, note.mark, note.text, anchors)


@lru_cache(maxsize=8192)  # documents number their places alike
def _in_every_style(pinpoint: Pinpoint) -> str:
    return "\n".join(pinpoint.format(style) for style in STYLES)


def _acts(roles: Sequence[Role]) -> Sequence[str]:
    """What a paragraph does, where it does more than tell."""
    return [role.value for role in roles if role is not Role.CONTEXT]


def _contents(headings: Sequence[HeadingView]) -> list[Entry]:
    """Headings as a tree."""
    top: list[Entry] = []
    above: list[Entry] = []
    for heading in headings:
        entry = Entry(heading)
        while above and above[-1].heading.depth >= heading.depth:
            above.pop()
        (above[-1].entries if above else top).append(entry)
        above.append(entry)
    return top
