"""A place of a document as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Quoted
from assistant.api.problems import ApiError, PlaceCandidate
from assistant.places import Place
from corpus.model import Item, Paragraph, pinpoint_of


class PlaceText(BaseModel):
    """One place with its words."""

    model_config = ConfigDict(frozen=True)

    pinpoint: str
    eid: str
    label: str
    text: str = Field(description="Its own words, then those of the items below it, a line each.")
    lead_in: Quoted | None = Field(description="The sentence of the paragraph that an item completes.")


class ShownPlace(BaseModel):
    """A place of a held document with the whole paragraph it is in."""

    model_config = ConfigDict(frozen=True)

    symbol: str
    slug: str
    title: str
    edition: str
    language: str
    url: str = Field(description="Where the UN publishes the document.")
    paragraph: Paragraph
    place: PlaceText


def the_one(asked: str, found: Sequence[Place]) -> ShownPlace:
    """The place that was asked for; raises `several_places` where it is not one."""
    if len(found) > 1:
        texts = [_place_text(place) for place in found]
        raise ApiError(
            "several_places",
            f"{found[0].header.symbol} has {len(found)} places at {asked.strip()}.",
            "Ask for one of them by its eid.",
            candidates=[PlaceCandidate(pinpoint=t.pinpoint, eid=t.eid, label=t.label) for t in texts],
        )
    header = found[0].header
    return ShownPlace(
        symbol=header.symbol,
        slug=header.slug,
        title=header.title,
        edition=header.edition,
        language=header.language,
        url=header.url,
        paragraph=found[0].paragraph,
        place=_place_text(found[0]),
    )


def _place_text(found: Place) -> PlaceText:
    pinpoint = pinpoint_of(found.paragraph, found.place)
    return PlaceText(
        pinpoint=str(pinpoint),
        eid=found.place.eid,
        label=f"{found.header.symbol}, {pinpoint.format('un')}",
        text=_text(found.place),
        lead_in=_lead_in(found),
    )


def _text(place: Paragraph | Item) -> str:
    if isinstance(place, Paragraph):
        return place.full_text
    return "\n".join(line for line in (place.text, *_below(place), place.closing) if line)


def _below(place: Item) -> Iterator[str]:
    for item in place.items:
        yield f"{item.label_printed} {_text(item)}"


def _lead_in(found: Place) -> Quoted | None:
    """The words that govern an item, as its citations give them."""
    if isinstance(found.place, Paragraph):
        return None
    before = [sentence for sentence in found.paragraph.sentences if sentence.end <= found.place.start]
    return Quoted(quote=before[-1].text, start=before[-1].start, end=before[-1].end) if before else None
