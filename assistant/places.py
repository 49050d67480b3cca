"""Places of held documents, by what people type and by machine ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.citations.styles import STYLES, CitedDocument, first_reference
from assistant.look_up import places_of, what_is_there
from corpus.catalog import Snapshot, find_document
from corpus.errors import NoSuchParagraph
from corpus.model import DocumentHeader, Item, Paragraph, pinpoint_of
from corpus.pinpoint import Pinpoint, Style


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
    paragraphs = _paragraphs(snapshot, header)
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


def _paragraphs(snapshot: Snapshot, header: DocumentHeader) -> list[Paragraph]:
    """All paragraphs of a document in printed order; those that were read lately are not read again."""
    found = snapshot.paragraphs_at([(header.id, ordinal) for ordinal in range(header.paragraphs)])
    return [found[key] for key in sorted(found)]


def _pinpoints(asked: str) -> Sequence[Pinpoint]:
    """What a machine id or a typed pinpoint names."""
    return [Pinpoint.from_eid(asked)] if asked.startswith("para_") else Pinpoint.parse_all(asked)
