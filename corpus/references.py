"""What a document cites: other documents with the places in them, and places of its own.

A pinpoint belongs to the document named right before it, or right after it with "of" between; with
"above" or "below" it is the document's own. The paragraphs of treaty articles are none. What cannot
be told is kept as unresolved and never guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.cited import Mention, find_mentions
from corpus.layout import Line
from corpus.model import Footnote, Paragraph, Reference, Span
from corpus.organs import Organ
from corpus.own_places import PlaceList, place_lists
from corpus.pinpoint import Pinpoint
from corpus.source_text import SourceText
from corpus.symbol import Symbol

_YEAR_BEHIND = re.compile(r"\s?,?\s?\(?(?P<year>(?:19|20)[0-9]{2})\)?(?![0-9/])")
_OF = re.compile(r"\s(?:of|in)\s")
_FAR = 140  # characters within which a pinpoint and its document stand
_NOT_ITS_TEXT = re.compile(
    r"[.;]\s|\b(?:annex|appendix|articles?|Convention|Covenant|Protocol|Charter|Act|law|Constitution)\b"
)
# What may stand between a document and the pinpoint that belongs to it: a bracket, a year, a subject.
_BETWEEN = re.compile(
    r"\)?\s?,?\s?(?:\(?(?:19|20)[0-9]{2}\)?)?(?:\s?\((?:Vol|Part|Sect|SUPP)[^()]{0,12}\))?"
    r"(?:,?\s?\(?on\s(?:the\s)?[^.;()]{1,120})?"
    r"(?:\s?,?\s?\(?\)?(?:see|at|in particular|especially|and|notably)?\s?){0,3}[,(]?\s?"
)
_AGAIN = re.compile(r"\s?[,;]?\s(?:and\s)?(?:see\s(?:also\s)?)?")  # a second list of the same document
_PRECEDING = re.compile(r"\b[Tt]he\s+(?:preceding|previous|foregoing)\s+paragraph\b")
# A line that breaks inside a symbol: CRC/C/OPSC/ at its end, LAO/CO/1 on the next.
_BROKEN = re.compile(
    r"(?<![A-Za-z0-9])(?:(?:CRC|CCPR|CEDAW|CAT|CERD|CRPD|CED|CMW)/(?:C|CO|GC|OP)|E/C\.12|HRI|ST|[ASE])"
    r"[A-Za-z0-9./-]{0,40}(?:/(?P<space>\s)(?=[A-Z0-9])|(?P<before>\s)(?=/[A-Z0-9]))"
)


def find_references(
    text: str,
    spans: Sequence[Span],
    own: Symbol,
    organ: Organ | None,
    *,
    lines: Sequence[Line] = (),
    paragraphs: Sequence[Paragraph] = (),
    footnotes: Sequence[Footnote] = (),
) -> tuple[Reference, ...]:
    """Every document and place that a text cites, in its order, with normalised symbols.

    Running heads and other furniture cite nothing; `lines` tell the raised marks of footnotes, which
    are no part of a symbol, `paragraphs` which one the preceding is, `footnotes` what `ibid.` means.
    """
    calls = sorted(call for line in lines for call in line.calls)
    units = [_Unit(text, group, calls) for group in _groups(spans)]
    finder = _Finder(own, organ, paragraphs, {note.eid: note.mark for note in footnotes})
    notes = [unit for unit in units if unit.kind == "footnote"]
    found = [reference for unit in notes for reference in finder.in_note(unit)]
    for unit in units:
        if unit.kind != "footnote":
            found += finder.in_text(unit)
    return tuple(sorted(found, key=lambda reference: (reference.start, reference.end)))


def _groups(spans: Sequence[Span]) -> list[list[Span]]:
    """The spans of each unit; what a page break puts in the midst of one does not divide it."""
    groups: list[list[Span]] = []
    latest: dict[tuple[str, str | None], int] = {}
    for span in spans:
        if span.kind == "furniture":
            continue
        key = (span.kind, span.eid)
        if span.eid and key in latest:
            groups[latest[key]].append(span)
        else:
            latest[key] = len(groups)
            groups.append([span])
    return groups


class _Unit:
    """The joined text of one unit, with symbols that a line break divides closed up."""

    def __init__(self, source: str, spans: Sequence[Span], calls: Sequence[tuple[int, int]]) -> None:
        self.kind, self.eid = spans[0].kind, spans[0].eid
        within = [
            call
            for span in spans
            for call in calls[bisect_right(calls, (span.start, -1)) : bisect_right(calls, (span.end, -1))]
        ]
        self._joined = SourceText(source, [(span.start, span.end) for span in spans], within)
        text = self._joined.text
        removed = [
            match.start("space" if match["space"] else "before")
            for match in _BROKEN.finditer(text)
            if self._is_line_break(source, match.end() - 1)
        ]
        self._removed = [position - count for count, position in enumerate(removed)]
        pieces = zip([0, *(position + 1 for position in removed)], [*removed, len(text)], strict=True)
        self.text = "".join(text[start:end] for start, end in pieces)

    def _is_line_break(self, source: str, position: int) -> bool:
        start, end = self._joined.offset(position - 1), self._joined.offset(position + 1)
        return "\n" in source[start:end]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the source that a stretch of the text comes from."""
        return self._joined.span(self._place(start), self._place(end - 1) + 1)

    def _place(self, position: int) -> int:
        return position + bisect_right(self._removed, position)


def is_within_reach(text: str, end: int, start: int, *, again: bool = False) -> bool:
    """Whether a pinpoint at `start` belongs to the document named until `end`, by what stands between.

    `again` is whether the document has a pinpoint before it already.
    """
    pattern = _AGAIN if again else _BETWEEN
    return 0 <= start - end <= _FAR and pattern.fullmatch(text, end, start) is not None


def is_of_what_follows(text: str, end: int, start: int) -> bool:
    """Whether a pinpoint that ends at `end` is one of the document named at `start`: paragraph 3 of X."""
    if start - end > _FAR or not _OF.match(text, end):
        return False
    return not _NOT_ITS_TEXT.search(text[end:start])


@dataclass(slots=True)
class _Cited:
    """A document cited in a unit, while the pinpoints that belong to it are gathered."""

    mention: Mention
    start: int
    end: int
    pinpoints: list[Pinpoint]


class _Finder:
    def __init__(
        self, own: Symbol, organ: Organ | None, paragraphs: Sequence[Paragraph], marks: dict[str, str]
    ) -> None:
        self._own, self._organ, self._marks = own, organ, marks
        labels = [paragraph.label for paragraph in paragraphs]
        following = zip((paragraph.eid for paragraph in paragraphs[1:]), labels, strict=False)
        self._preceding = dict(following)
        self._noted: dict[str, str | None] = {}  # mark of a note -> the one document it cites
        self._last_noted: str | None = None

    def in_note(self, unit: _Unit) -> list[Reference]:
        """The references of a footnote; the notes of a document are given in their order."""
        found = self._references(unit, self._last_noted)
        documents = {reference.symbol for reference in found}
        self._last_noted = documents.pop() if len(documents) == 1 else None
        self._noted[self._marks.get(unit.eid or "", "")] = self._last_noted
        return found

    def in_text(self, unit: _Unit) -> list[Reference]:
        """The references of any other unit; in a masthead the own symbol cites nothing."""
        found = self._references(unit, None)
        if unit.kind == "masthead":
            found = [reference for reference in found if reference.symbol != str(self._own)]
        return found

    def _references(self, unit: _Unit, last_noted: str | None) -> list[Reference]:
        mentions = list(self._resolved(find_mentions(unit.text, self._own, self._organ), last_noted))
        cited = [_Cited(mention, mention.start, mention.end, []) for mention in mentions]
        starts = [mention.start for mention in mentions]
        loose: list[_Cited] = []
        for places in place_lists(unit.text):
            self._attach(unit.text, cited, starts, places, loose)
        loose += self._to_preceding(unit)
        # a resolution of an organ that is not named is no document one could look for
        named = [each for each in cited if each.mention.symbol or each.mention.kind != "resolution"]
        return [self._reference(unit, each) for each in (*named, *loose)]

    def _resolved(self, mentions: list[Mention], last_noted: str | None) -> Iterator[Mention]:
        """The mentions with `ibid.` and `supra note 3` led back to what they stand for."""
        before = last_noted
        for mention in mentions:
            if mention.kind == "ibid":
                mention = replace(mention, symbol=before)
            elif mention.kind == "note":
                mention = replace(mention, symbol=self._noted.get(mention.note or ""))
            before = mention.symbol
            yield mention

    def _attach(
        self, text: str, cited: list[_Cited], starts: list[int], places: PlaceList, loose: list[_Cited]
    ) -> None:
        """Give places to the document they belong to, or keep them by themselves."""
        own = str(self._own) if places.own else None
        mention = Mention("own", places.start, places.end, own)
        pin = _Cited(mention, places.start, places.end, [*places.pinpoints])
        after = bisect_right(starts, pin.start)
        following = cited[after] if after < len(cited) else None
        previous = cited[after - 1] if after else None
        if following and is_of_what_follows(text, pin.end, following.start):
            following.pinpoints += pin.pinpoints
            following.start = min(following.start, pin.start)
        elif own:
            loose.append(pin)
        elif _OF.match(text, pin.end):
            return  # of a law, of an article, of something without a symbol
        elif previous and self._belongs(text, previous, pin.start):
            previous.pinpoints += pin.pinpoints
            previous.end = pin.end
        else:
            loose.append(pin)

    @staticmethod
    def _belongs(text: str, previous: _Cited, start: int) -> bool:
        if previous.mention.kind == "own":
            return False
        return is_within_reach(text, previous.end, start, again=bool(previous.pinpoints))

    def _to_preceding(self, unit: _Unit) -> Iterator[_Cited]:
        label = self._preceding.get((unit.eid or "").partition("__")[0])
        for match in _PRECEDING.finditer(unit.text):
            symbol = str(self._own) if label else None
            pinpoints = [Pinpoint(label)] if label else []
            yield _Cited(
                Mention("own", match.start(), match.end(), symbol), match.start(), match.end(), pinpoints
            )

    def _reference(self, unit: _Unit, cited: _Cited) -> Reference:
        mention, end = cited.mention, cited.end
        year = mention.year
        if year is None and mention.kind == "symbol" and (behind := _YEAR_BEHIND.match(unit.text, end)):
            year, end = int(behind["year"]), behind.end("year")
        start, end = unit.span(cited.start, end)
        pinpoints = tuple(str(pinpoint) for pinpoint in cited.pinpoints)
        return Reference(mention.symbol, pinpoints, start, end, year, unresolved=mention.symbol is None)
