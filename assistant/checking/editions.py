"""What became, in the current edition, of places that were cited in another one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial

from assistant.checking.report import EditionCheck, EditionState
from assistant.citations.references import edition_cited
from assistant.look_up import places_of
from assistant.places import paragraphs_of
from corpus.catalog import Snapshot
from corpus.errors import PinpointInvalid
from corpus.model import DocumentHeader, pinpoint_of
from corpus.pinpoint import Pinpoint

_NO_LETTERS = re.compile(r"[\W_]+")
_WORST: tuple[EditionState, ...] = ("withdrawn", "moved", "changed", "unchanged")


@dataclass(frozen=True)
class _PrintedPlace:
    eid: str
    label: str
    depth: int
    text: str
    """Letters and digits only, so that line breaks, quotation marks and dashes make no difference."""


class Editions:
    """Compares editions of documents, from one view of the catalog."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        # of these objects each has its own, which lasts as long as it does
        self._places = cache(self._read_places)
        self._held = cache(snapshot.find)
        self._edition = cache(partial(edition_cited, snapshot))

    def languages(self, symbol: str) -> frozenset[str]:
        """The languages in which the current edition of a document is held."""
        return frozenset(header.language for header in self._held(symbol))

    def places_cited(self, symbol: str, sha256: str, pinpoints: Sequence[Pinpoint]) -> list[str]:
        """The ids of the places that pinpoints had in an edition; none where it is not held."""
        cited = self._edition(symbol, sha256)
        if cited is None:
            return []
        paragraphs = paragraphs_of(self._snapshot, cited)
        return [place.eid for pinpoint in pinpoints for _, place in places_of(paragraphs, pinpoint)]

    def earlier_numbered(self, symbol: str, pinpoints: Sequence[Pinpoint]) -> tuple[str, list[str]] | None:
        """The SHA-256 of an earlier edition that has every one of some numbers, and their ids."""
        for header in self._snapshot.find(symbol, current_only=False) if pinpoints else ():
            if header.current:
                continue
            paragraphs = paragraphs_of(self._snapshot, header)
            found = [places_of(paragraphs, pinpoint) for pinpoint in pinpoints]
            if all(found):
                return header.source.sha256, [place.eid for places in found for _, place in places]
        return None

    def earlier_with(self, symbol: str, eids: Sequence[str], quote: str) -> tuple[str, str, str] | None:
        """The SHA-256 of an earlier edition with words in one of some places, the place, and the words."""
        words = _letters(quote)
        for header in self._snapshot.find(symbol, current_only=False):
            for eid in eids if not header.current else ():
                if words in (self._place(header, eid) or ""):
                    return header.source.sha256, eid, quote
        return None

    def check(self, symbol: str, sha256: str, places: Sequence[tuple[str, str | None]]) -> EditionCheck:
        """What became of places, by id, with what was quoted from them; without it of their whole text."""
        current = self._current(symbol, sha256)
        if current is None:
            return _told(sha256, "not_held", f"No edition of {symbol} is held.")
        if current.source.sha256 == sha256:
            return EditionCheck(
                sha256=sha256, state="current", message="The cited edition is the current one."
            )
        checks = [self._check(current, symbol, sha256, eid, quote) for eid, quote in places]
        known = [check for check in checks if check.state in _WORST]
        if not known:
            message = f"The edition of {symbol} that was cited is not held, so the two cannot be compared."
            return _told(sha256, "not_held", message)
        return min(known, key=lambda check: _WORST.index(check.state))

    def _check(
        self, current: DocumentHeader, symbol: str, sha256: str, eid: str, quote: str | None
    ) -> EditionCheck:
        label, words = f"{symbol}, {_pinpoint(eid)}", _letters(quote or "")
        before = None if words else self._place(self._edition(symbol, sha256), eid)
        if not words and before is None:
            return _told(sha256, "not_held", f"{label} is not held as it was cited.")
        now = self._places(current)
        same = [place for place in now if (words in place.text if words else before == place.text)]
        there = self._place(current, eid)
        if any(place.eid == eid for place in same):
            return _told(sha256, "unchanged", f"{label} has the same words in the current edition.", label)
        if same:
            deepest = max(same, key=lambda place: place.depth)
            message = f"The words of {label} stand in {deepest.label} of the current edition."
            return _told(sha256, "moved", message, deepest.label)
        if there is not None:
            return _told(sha256, "changed", f"{label} has other words in the current edition.")
        return _told(sha256, "withdrawn", f"The current edition has neither {label} nor its words.")

    def _place(self, header: DocumentHeader | None, eid: str) -> str | None:
        """The letters of a place of an edition, where it has it."""
        if header is None:
            return None
        return next((place.text for place in self._places(header) if place.eid == eid), None)

    def _current(self, symbol: str, sha256: str) -> DocumentHeader | None:
        """The current edition to compare with: the cited one, else one in its language, else any."""
        held = self._held(symbol)
        cited = self._edition(symbol, sha256)
        for header in held:
            if header.source.sha256 == sha256:
                return header
        same = [header for header in held if cited is not None and header.language == cited.language]
        return next(iter(same or held), None)

    def _read_places(self, header: DocumentHeader) -> list[_PrintedPlace]:
        found = []
        for paragraph in paragraphs_of(self._snapshot, header):
            for place in paragraph.places():
                pinpoint = pinpoint_of(paragraph, place)
                label = f"{header.symbol}, {pinpoint.format('un')}"
                text = _letters(place.full_text)
                found.append(_PrintedPlace(place.eid, label, len(pinpoint.items), text))
        return found


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text)


def _pinpoint(eid: str) -> str:
    try:
        return Pinpoint.from_eid(eid).format("un")
    except PinpointInvalid:
        return eid  # a file that cites may have been changed by hand


def _told(sha256: str, state: EditionState, message: str, now: str | None = None) -> EditionCheck:
    return EditionCheck(sha256=sha256, state=state, message=message, now=now)
