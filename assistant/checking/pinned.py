"""Citations that carry the SHA-256 of their source: of answers, conversations and exported citations.

An answer, a conversation and a list of CSL items are read as what Pilcrow writes; more in them is let be.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from assistant.answer import Citation
from assistant.citations.told_answers import read_answers
from assistant.errors import UsageError
from corpus.errors import PinpointInvalid
from corpus.pinpoint import Pinpoint

_BLANK = b"\xef\xbb\xbf \t\r\n"


@dataclass(frozen=True)
class Pin:
    """A place of one edition; `quote` is what was printed there when it was cited, where that is known."""

    symbol: str
    sha256: str
    eid: str | None = None
    pinpoint: str | None = None
    quote: str | None = None

    @property
    def label(self) -> str:
        """The UN's form of the reference."""
        return (
            f"{self.symbol}, {Pinpoint.parse(self.pinpoint).format('un')}" if self.pinpoint else self.symbol
        )


class Pins:
    """The editions that a draft was made against, by document and place."""

    def __init__(self, pins: Iterable[Pin] = ()) -> None:
        self._at: dict[tuple[str, str], Pin] = {}
        self._editions: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for pin in pins:
            self._editions[pin.symbol][pin.sha256] = None
            if pin.eid is not None:
                self._at.setdefault((pin.symbol, pin.eid), pin)

    def edition(self, symbol: str, eids: Iterable[str]) -> str | None:
        """The SHA-256 that a reference is pinned by: of its place, else the only one of its document."""
        for eid in eids:
            if pin := self._at.get((symbol, eid)):
                return pin.sha256
        editions = self._editions.get(symbol, {})
        return next(iter(editions)) if len(editions) == 1 else None

    def quote(self, symbol: str, eid: str) -> str | None:
        """What was printed at a place when it was cited, where that was kept."""
        pin = self._at.get((symbol, eid))
        return pin.quote if pin is not None else None


class _Place(BaseModel):
    eid: str | None = None
    pinpoint: str | None = None
    quote: str | None = None


class _Pinned(BaseModel):
    symbol: str
    sha256: str
    places: list[_Place] = []


class _Custom(BaseModel):
    pilcrow: _Pinned


class _Item(BaseModel):
    custom: _Custom


def pins_of_json(data: bytes) -> list[tuple[str | None, list[Pin]]] | None:
    """The pinned citations of each question of an answer or conversation, or of exported ones under none.

    None for what is no such file, so that it can be read as any other draft.
    """
    if (answers := read_answers(data)) is not None:
        return [(answer.question, list(map(_pin_of_citation, answer.citations))) for answer in answers]
    if data.lstrip(_BLANK)[:1] != b"[":
        return None
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    items = [item for item in map(_item, value) if item]
    return [(None, [pin for item in items for pin in _pins_of_item(item)])] if items else None


def read_pins(data: bytes) -> Pins:
    """The editions that a file of citations pins; raises `UsageError` for a file that pins none."""
    pins = [pin for _, some in pins_of_json(data) or () for pin in some]
    if not pins:
        raise UsageError(
            "The file of citations names no edition.",
            "Give CSL-JSON that pilcrow export has written, or an answer or conversation as JSON.",
        )
    return Pins(pins)


def _pin_of_citation(cited: Citation) -> Pin:
    return Pin(cited.symbol, cited.sha256, cited.eid, _printed(cited.eid, cited.pinpoint), cited.quote)


def _item(value: Any) -> _Item | None:
    try:
        return _Item.model_validate(value)
    except ValidationError:
        return None  # what other programs list is none of ours


def _pins_of_item(item: _Item) -> Iterator[Pin]:
    pinned = item.custom.pilcrow
    for place in pinned.places or [_Place()]:
        pinpoint = _printed(place.eid, place.pinpoint)
        yield Pin(pinned.symbol, pinned.sha256, place.eid, pinpoint, place.quote or None)


def _printed(eid: str | None, pinpoint: str | None) -> str | None:
    """The number of a place; a file may have been changed by hand, so it is read anew."""
    try:
        if pinpoint:
            return str(Pinpoint.parse(pinpoint))
        return str(Pinpoint.from_eid(eid)) if eid else None
    except PinpointInvalid:
        return None
