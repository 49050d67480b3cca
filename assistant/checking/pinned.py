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

from assistant.errors import UsageError
from corpus.errors import PinpointInvalid
from corpus.pinpoint import Pinpoint

LARGEST_CITATIONS = 64 << 20
"""The largest file of citations that is read, in bytes, as of sources."""


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


class _Citation(_Place):
    symbol: str
    sha256: str


class _Answer(BaseModel):
    question: str
    searched_for: str
    citations: list[_Citation]


class _Turn(BaseModel):
    answer: _Answer


class _Conversation(BaseModel):
    turns: list[_Turn]


class _Pinned(BaseModel):
    sha256: str
    places: list[_Place] = []


class _Custom(BaseModel):
    pilcrow: _Pinned


class _Item(BaseModel):
    number: str
    custom: _Custom


def pins_of_json(data: bytes) -> list[tuple[str | None, list[Pin]]] | None:
    """The pinned citations of each question of an answer or conversation, or of exported ones under none.

    None for what is no such file, so that it can be read as any other draft.
    """
    if data.lstrip()[:1] not in (b"{", b"["):
        return None
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    answers = _answers(value)
    if answers is not None:
        return [(answer.question, list(map(_pin, answer.citations))) for answer in answers]
    items = [item for item in map(_item, value) if item] if isinstance(value, list) else []
    return [(None, [pin for item in items for pin in _pins_of_item(item)])] if items else None


def read_pins(data: bytes) -> Pins:
    """The editions that a file of citations pins; raises `UsageError` for a file that pins none."""
    found = pins_of_json(data) if len(data) <= LARGEST_CITATIONS else None
    pins = [pin for _, some in found or () for pin in some]
    if not pins:
        raise UsageError(
            "The file of citations names no edition.",
            "Give CSL-JSON that pilcrow export has written, or an answer or conversation as JSON.",
        )
    return Pins(pins)


def _answers(value: Any) -> list[_Answer] | None:
    for model in (_Answer, _Conversation):
        try:
            read = model.model_validate(value)
        except ValidationError:
            continue
        return [read] if isinstance(read, _Answer) else [turn.answer for turn in read.turns]
    return None


def _item(value: Any) -> _Item | None:
    try:
        return _Item.model_validate(value)
    except ValidationError:
        return None  # of a document that Pilcrow does not hold: other programs write lists of citations too


def _pins_of_item(item: _Item) -> Iterator[Pin]:
    pinned = item.custom.pilcrow
    for place in pinned.places or [_Place()]:
        yield _pin(_Citation(symbol=item.number, sha256=pinned.sha256, **place.model_dump()))


def _pin(cited: _Citation) -> Pin:
    return Pin(cited.symbol, cited.sha256, cited.eid, _printed(cited), cited.quote or None)


def _printed(cited: _Citation) -> str | None:
    """The number of a place; a file may have been changed by hand, so it is read anew."""
    try:
        if cited.pinpoint:
            return str(Pinpoint.parse(cited.pinpoint))
        return str(Pinpoint.from_eid(cited.eid)) if cited.eid else None
    except PinpointInvalid:
        return None
