"""The places of a document that the pinpoints of a reference lead to.

A number is never taken for a position, and one that is not printed leads nowhere. Where only the item is
missing its paragraph is found, and said to be that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.citations.resolution import Verdict
from assistant.look_up import PrintedPlaces, what_is_there
from corpus.model import DocumentHeader, Item, Paragraph
from corpus.pinpoint import Pinpoint

_Found = list[tuple[Paragraph, Paragraph | Item]]
_WORST: tuple[Verdict, ...] = ("malformed", "no_such_paragraph", "ambiguous", "resolved_parent", "resolved")
_LETTERED = re.compile(r"([0-9]+)([A-Z])")
_DECIMAL = re.compile(r"([0-9]+)\.[0-9]+")


@dataclass(frozen=True)
class Located:
    """The places found, and the pinpoints that they are cited by."""

    verdict: Verdict = "resolved"
    reasons: tuple[str, ...] = ()
    places: tuple[tuple[Paragraph, Paragraph | Item], ...] = ()
    pinpoints: tuple[Pinpoint, ...] = ()
    last: str | None = None
    """The highest number of the document, where one is not there."""


@dataclass
class _Locator:
    header: DocumentHeader
    places: PrintedPlaces
    verdicts: list[Verdict] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def locate(self, pinpoint: Pinpoint) -> tuple[_Found, Pinpoint | None]:
        """The places of one pinpoint, and how it is cited; None where it leads nowhere."""
        if pinpoint.last is None:
            return self._one(pinpoint)
        first, last = Pinpoint(pinpoint.label, pinpoint.items), pinpoint.last
        if last.sort_key < first.sort_key:
            return self._fail("malformed", f"{pinpoint.format('un')}: the last number is below the first.")
        ends = [self._one(each) for each in (first, last)]
        if any(cited is None for _, cited in ends):
            return [], None
        if [cited for _, cited in ends] == [first, last]:
            return self.places.of(pinpoint), pinpoint
        start, end = (cited for _, cited in ends if cited)
        if start.label == end.label:  # 22 (c)–(g), of which (g) is not there: all of 22
            whole = min(start, end, key=lambda each: len(each.items))
        else:
            whole = Pinpoint(start.label, last=end.paragraph)
        return self.places.of(whole), whole

    def _one(self, pinpoint: Pinpoint) -> tuple[_Found, Pinpoint | None]:
        found = self.places.of(pinpoint)
        if len(found) > 1:
            self.verdicts.append("ambiguous")
            self.reasons.append(f"{self.header.symbol} has {len(found)} places numbered {pinpoint}.")
        if found:
            return found, pinpoint
        return self._item_of_letter(pinpoint) or self._parent(pinpoint) or self._nowhere(pinpoint)

    def _item_of_letter(self, pinpoint: Pinpoint) -> tuple[_Found, Pinpoint | None] | None:
        """22c is a number of its own in some documents, and an item in the others."""
        lettered = _LETTERED.fullmatch(pinpoint.label)
        if lettered is None or pinpoint.items:
            return None
        # the item must be there: 1O and 2l may be damaged numbers, and are no items of 1 and 2
        item = Pinpoint(lettered[1], (lettered[2].lower(),))
        return self._one(item) if self.places.of(item) else None

    def _parent(self, pinpoint: Pinpoint) -> tuple[_Found, Pinpoint | None] | None:
        above = pinpoint.parent
        while above:
            if found := self.places.of(above):
                self.verdicts.append("resolved_parent")
                self.reasons.append(" ".join(what_is_there(self.header, [found[0][0]], pinpoint)))
                return found, above
            above = above.parent
        decimal = _DECIMAL.fullmatch(pinpoint.label)
        if decimal and (found := self.places.of(Pinpoint(decimal[1]))):
            self.verdicts.append("resolved_parent")
            self.reasons.append(
                f"{self.header.symbol} has no {pinpoint.format('un')}; the digits after {decimal[1]} may be"
                " the mark of a note."
            )
            return found, Pinpoint(decimal[1])
        return None

    def _nowhere(self, pinpoint: Pinpoint) -> tuple[_Found, Pinpoint | None]:
        label = pinpoint.label
        reason = f"{self.header.symbol} has no {Pinpoint(label).format('un')}; its last is {self.last}."
        if ends := self._lost_dash(label):
            reason += f" A dash may be lost: {ends}."
        return self._fail("no_such_paragraph", reason)

    def _lost_dash(self, label: str) -> str | None:
        """2627 as 26–27, where it is too long for a number of the document and both of these are."""
        half = len(label) // 2
        ends = Pinpoint(label[:half], last=Pinpoint(label[half:])) if half and label.isdigit() else None
        if ends is None or ends.last is None or len(label) % 2 or len(label) <= len(self.last or ""):
            return None
        both = all(self.places.of(Pinpoint(each.label)) for each in (ends, ends.last))
        return str(ends) if both and ends < ends.last else None

    def _fail(self, verdict: Verdict, reason: str) -> tuple[_Found, Pinpoint | None]:
        self.verdicts.append(verdict)
        self.reasons.append(reason)
        return [], None

    @property
    def last(self) -> str | None:
        """The highest number that is printed."""
        numbered = [p.label for p in self.places.paragraphs if not p.label.startswith("unnumbered")]
        return max(numbered, key=lambda label: Pinpoint(label).sort_key, default=None)


def locate(header: DocumentHeader, places: PrintedPlaces, pinpoints: Sequence[Pinpoint]) -> Located:
    """Where pinpoints lead in a document; the verdict is the worst of theirs."""
    locator = _Locator(header, places)
    leads_to: dict[str, tuple[Paragraph, Paragraph | Item]] = {}
    cited: list[Pinpoint] = []
    for pinpoint in pinpoints:
        found, at = locator.locate(pinpoint)
        leads_to.update((place.eid, (paragraph, place)) for paragraph, place in found)
        if at is not None and at not in cited:
            cited.append(at)
    verdict = next((each for each in _WORST if each in locator.verdicts), _WORST[-1])
    last = locator.last if verdict == "no_such_paragraph" else None
    reasons = tuple(dict.fromkeys(locator.reasons))
    return Located(verdict, reasons, tuple(leads_to.values()), tuple(cited), last)
