"""The place where a quotation was found, as it is told: its ids, its label, its text, where in the source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.citations.comparing import Comparison
from assistant.citations.held_texts import HeldText
from assistant.citations.printed_text import PrintedText, Stretch
from assistant.citations.quotation import QuotedPlace
from assistant.citations.tokens import INVISIBLE
from corpus.catalog import Accounts
from corpus.model import DocumentHeader, Footnote, Item, Paragraph, Section, pinpoint_of
from corpus.pinpoint import Pinpoint, format_list

_VISIBLE = re.compile(rf"[^\s{INVISIBLE}]+")


def place_of(held: HeldText, found: Comparison, accounts: Accounts) -> QuotedPlace:
    """The place that a quotation was compared with."""
    header, printed = held.header, held.printed
    stretches = [printed.stretches[index] for index in found.stretches]
    units = {stretch.eid: stretch for stretch in stretches}
    first = stretches[0]
    sources = {eid: _Source(printed, eid, accounts) for eid in {first.eid, stretches[-1].eid}}
    return QuotedPlace(
        symbol=header.symbol,
        title=header.title,
        edition=header.edition,
        language=header.language,
        sha256=header.source.sha256,
        current=header.current,
        pinpoints=tuple(str(pinpoint) for pinpoint in _pinpoints(list(units.values()))),
        eids=tuple(units),
        label=_label(header, list(units.values())),
        heading=all(stretch.kind == "heading" for stretch in stretches),
        section=_section(first),
        quote=printed.text[found.start : found.end],
        text=_text(first),
        start=sources[first.eid].offset(found.start),
        end=sources[stretches[-1].eid].offset(found.end - 1) + 1,
        href=f"/documents/{header.slug}#{first.eid}",
        url=header.url,
    )


def label_of(held: HeldText, found: Comparison) -> str:
    """The UN's form of that place."""
    stretches = {held.printed.stretches[i].eid: held.printed.stretches[i] for i in found.stretches}
    return _label(held.header, list(stretches.values()))


def _pinpoints(stretches: Sequence[Stretch]) -> list[Pinpoint]:
    return [
        pinpoint_of(stretch.paragraph, stretch.unit)
        for stretch in stretches
        if stretch.paragraph is not None and isinstance(stretch.unit, Paragraph | Item)
    ]


def _label(header: DocumentHeader, stretches: Sequence[Stretch]) -> str:
    """The UN's form, such as CRC/C/OPSC/LAO/CO/1, paras. 33 and 34; a heading by its words."""
    pinpoints = _pinpoints(stretches)
    if pinpoints:
        return f"{header.symbol}, {format_list(pinpoints)}"
    unit = stretches[0].unit
    if isinstance(unit, Footnote):
        return f"{header.symbol}, note {unit.mark}"
    named = (
        f"{unit.number}. {unit.title}" if isinstance(unit, Section) and unit.number else _text(stretches[0])
    )
    return f"{header.symbol}, heading “{named}”"


def _section(stretch: Stretch) -> tuple[str, ...]:
    if stretch.paragraph is not None:
        return stretch.paragraph.section
    return stretch.unit.path if isinstance(stretch.unit, Section) else ()


def _text(stretch: Stretch) -> str:
    unit = stretch.unit
    if isinstance(unit, Paragraph | Item):
        return unit.full_text
    return unit.title if isinstance(unit, Section) else unit.text


class _Source:
    """Where in the source the characters of one unit stand.

    Joining lines changes spaces and invisible characters only, so the other characters of the unit's own
    stretches of the source are those of its text, one by one.
    """

    def __init__(self, printed: PrintedText, eid: str, accounts: Accounts) -> None:
        owned = {eid, f"{eid}__wrapup"}
        self._printed = printed
        self._stretches = [stretch for stretch in printed.stretches if stretch.eid == eid]
        self._positions = [
            position
            for span in accounts.spans
            if span.eid in owned and span.kind in ("paragraph", "heading", "footnote")
            for match in _VISIBLE.finditer(accounts.text, span.start, span.end)
            for position in range(*match.span())
        ]

    def offset(self, position: int) -> int:
        """Where in the source the character at a position of the printed text stands.

        It is counted from the end, since numbers of headings are kept without their stops.
        """
        after = 0
        for stretch in self._stretches:
            start = max(stretch.start, min(position, stretch.end))
            visible = _VISIBLE.finditer(self._printed.text, start, stretch.end)
            after += sum(len(match[0]) for match in visible)
        unit = self._stretches[0].unit
        return self._positions[-after] if 0 < after <= len(self._positions) else unit.start
