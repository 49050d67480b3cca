"""Paragraphs become passages: the units that are embedded and searched.

A paragraph says "the State party"; only its surroundings say which. So every passage stands under
a context line that is embedded and indexed with it and never quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from corpus.model import Document, DocumentHeader, Item, Paragraph, Role, pinpoint_of
from corpus.pinpoint import Pinpoint

# "(art. 9, paras. 1 and 2)" at the end of a heading names treaty articles, not the topic
_ARTICLES = re.compile(r"\s*\((?:arts?\.|articles?)[^()]*(?:\([^()]*\)[^()]*)*\)$")
_CONTEXT_JOINTS = re.compile(r" [·›] ")  # as context lines are joined below
_PLACE_BITS = 12
_ROLE_BITS = {role: 1 << position for position, role in enumerate(Role)}
_ORDINAL_BITS = 20


@dataclass(frozen=True, slots=True)
class PassageKey:
    """Where a passage comes from: document, paragraph by ordinal, and place in it (0 is all of it).

    As one integer it identifies the passage in every index; places count depth first.
    """

    document: int
    ordinal: int
    place: int = 0

    def __int__(self) -> int:
        return (self.document << _ORDINAL_BITS | self.ordinal) << _PLACE_BITS | self.place

    @classmethod
    def from_int(cls, number: int) -> PassageKey:
        """The key that has this number."""
        place = number & (1 << _PLACE_BITS) - 1
        ordinal = number >> _PLACE_BITS & (1 << _ORDINAL_BITS) - 1
        return cls(number >> _PLACE_BITS + _ORDINAL_BITS, ordinal, place)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or an item, with the words that surround it.

    `context` and `lead_in` are searched with the `text` and never quoted as part of it.
    """

    key: PassageKey
    label: str
    context: str
    lead_in: str
    text: str
    roles: tuple[Role, ...]

    @property
    def embedded_text(self) -> str:
        """What is embedded: the place's own words under State, year and nearest heading.

        The model reads 256 word pieces and blurs what it reads, so the label is short and an
        item stands without its lead-in: of paraphrased questions on the built-in document 0.84
        then have the right paragraph in the top 5, 0.79 under the whole section path
        (`docs/retrieval.md`).
        """
        return f"{self.label}\n{self.text or self.lead_in}"

    @property
    def indexed_text(self) -> str:
        """What is indexed by its words: everything that surrounds the place, and the place."""
        return "\n".join(part for part in (self.context, self.lead_in, self.text) if part)

    @property
    def stretches(self) -> tuple[str, ...]:
        """The runs of words in which a phrase can stand: no phrase goes on from one into the next."""
        parts = [*_CONTEXT_JOINTS.split(self.context), *f"{self.lead_in}\n{self.text}".splitlines()]
        return tuple(part for part in parts if part)


def context_line(document: Document | DocumentHeader, section: Sequence[str]) -> str:
    """State, committee, year and section path: what the paragraph itself leaves unsaid."""
    parts = (", ".join(document.states), document.committee, _year(document), " › ".join(section))
    return " · ".join(part for part in parts if part)


def context_label(document: Document | DocumentHeader, section: Sequence[str]) -> str:
    """The context line in short: State, year and the nearest heading without its articles."""
    heading = heading_of(section)
    place = " ".join(part for part in (", ".join(document.states), _year(document)) if part)
    return ": ".join(part for part in (place, heading) if part)


def heading_of(section: Sequence[str]) -> str:
    """The nearest heading without the treaty articles it names in brackets; empty where there is none."""
    return _ARTICLES.sub("", section[-1]) if section else ""


def passages_of(document_id: int, document: Document) -> Iterator[Passage]:
    """Every passage of a document, in printed order."""
    return passages_in(document_id, document, document.paragraphs)


def passages_in(
    document_id: int, document: Document | DocumentHeader, paragraphs: Iterable[Paragraph]
) -> Iterator[Passage]:
    """Every passage of some paragraphs of a document."""
    for paragraph in paragraphs:
        label = context_label(document, paragraph.section)
        context = context_line(document, paragraph.section)
        # a paragraph with thousands of items is found by the first of them
        for index, place in enumerate(islice(paragraph.places(), 1 << _PLACE_BITS)):
            key = PassageKey(document_id, paragraph.ordinal, index)
            lead_in = "\n".join(above.text for above in paragraph.governing(place.eid) if above.text)
            text = "\n".join(part for part in (place.text, place.closing) if part)
            yield Passage(key, label, context, lead_in, text, _roles(paragraph, place))


def role_bits(roles: Iterable[Role]) -> int:
    """A set of roles as a number with a bit for each, by which engines filter."""
    return sum(_ROLE_BITS[role] for role in set(roles))


def place_at(paragraph: Paragraph, index: int) -> Paragraph | Item:
    """The place of a paragraph with this index, as passages count them."""
    return list(paragraph.places())[index]


def pinpoint_at(paragraph: Paragraph, index: int) -> Pinpoint:
    """The printed number of that place."""
    return pinpoint_of(paragraph, place_at(paragraph, index))


def _year(document: Document | DocumentHeader) -> str:
    return str(document.adopted.year) if document.adopted else ""


def _roles(paragraph: Paragraph, place: Paragraph | Item) -> tuple[Role, ...]:
    if isinstance(place, Paragraph):
        return paragraph.roles
    return tuple(dict.fromkeys(sentence.role for sentence in place.sentences)) or paragraph.roles
