"""Places of held documents, by what people type and by machine ids."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.citations.styles import STYLES, CitedDocument, first_reference
from assistant.look_up import places_of, what_is_there
from assistant.places_named import places_named as numbers_in
from corpus.catalog import Snapshot, find_document
from corpus.errors import NoSuchParagraph, SymbolInvalid
from corpus.model import DocumentHeader, Item, Paragraph, pinpoint_of
from corpus.pinpoint import Pinpoint, Style
from corpus.symbol import Symbol

_LETTER_AFTER = re.compile(r"(\d+)([a-z])", re.IGNORECASE)  # 22c
_SLUG = re.compile(r"[a-z]+(?:-[a-z0-9.]+){2,}")


@dataclass(frozen=True)
class Place:
    """A place of a held document with the paragraph it is in."""

    header: DocumentHeader
    paragraph: Paragraph
    place: Paragraph | Item


def places_named(snapshot: Snapshot, name: str, place: str) -> list[Place]:
    """The places of a document that a pinpoint or machine id names, in printed order.

    Two where the document prints a number twice. Raises `DocumentNotHeld`, `PinpointInvalid` and
    `NoSuchParagraph`.
    """
    header = find_document(snapshot, name)[0]
    paragraphs = paragraphs_of(snapshot, header)
    asked = place.strip()
    for paragraph in paragraphs:
        for each in paragraph.places():
            if each.eid == asked:
                return [Place(header, paragraph, each)]
    found: list[Place] = []
    for pinpoint in _pinpoints(asked):
        places = places_of(paragraphs, pinpoint)
        if not places:
            raise NoSuchParagraph(*what_is_there(header, paragraphs, pinpoint))
        found += [Place(header, *entry) for entry in places]
    return found


def places_typed(snapshot: Snapshot, typed: str, within: str | None) -> tuple[DocumentHeader, list[Place]]:
    """The document and the places in it that a person types: `SYMBOL, para. 22 (c)`, `SYMBOL`, or `22 c`.

    Without a symbol the places are `within` a document; without a place there are none. Raises what
    `places_named` does.
    """
    name, rest = _document_and_rest(typed.strip(), within)
    header = find_document(snapshot, name)[0]
    if not rest:
        return header, []
    numbers, _ = numbers_in(rest)
    place = ", ".join(map(str, numbers)) if numbers and not rest.startswith("para_") else rest
    try:
        return header, places_named(snapshot, name, place)
    except NoSuchParagraph:
        # 22c is a number of its own in some documents, and an item in the others
        if not (lettered := _LETTER_AFTER.fullmatch(place)):
            raise
        return header, places_named(snapshot, name, f"{lettered[1]} ({lettered[2].lower()})")


def _document_and_rest(typed: str, within: str | None) -> tuple[str, str]:
    head, rest = (*re.split(r"[,;#\s]+", typed, maxsplit=1), "")[:2]
    if within is None or _is_name(head):
        return head, rest
    return within, typed


def _is_name(text: str) -> bool:
    """Whether a text is a symbol or slug, and so no place."""
    if "/" not in text:
        return _SLUG.fullmatch(text) is not None
    try:
        Symbol.parse(text)
    except SymbolInvalid:
        return False
    return True


def references_to(snapshot: Snapshot, name: str, place: str) -> dict[Style, str]:
    """A full first reference to places of a document in every style; raises what `places_named` does."""
    found = places_named(snapshot, name, place)
    asked = place.strip()
    # of a number that is printed twice, and of a machine id, the number is cited
    exact = len(found) == 1 and found[0].place.eid == asked
    places = [pinpoint_of(found[0].paragraph, found[0].place)] if exact else _pinpoints(asked)
    header = found[0].header
    cited = CitedDocument.of(header, snapshot.other_symbols(header.id))
    return {style: first_reference(cited, places, style) for style in STYLES}


def paragraphs_of(snapshot: Snapshot, header: DocumentHeader) -> list[Paragraph]:
    """All paragraphs of a document in printed order; those that were read lately are not read again."""
    found = snapshot.paragraphs_at([(header.id, ordinal) for ordinal in range(header.paragraphs)])
    return [found[key] for key in sorted(found)]


def _pinpoints(asked: str) -> Sequence[Pinpoint]:
    """What a machine id or a typed pinpoint names."""
    return [Pinpoint.from_eid(asked)] if asked.startswith("para_") else Pinpoint.parse_all(asked)
