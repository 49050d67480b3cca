"""A finding laid out for reading: what the draft says beside what is printed, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.checking.draft import Draft
from assistant.checking.marked_text import around, is_shown_around
from assistant.checking.report import CheckReport, Finding, Severity, Spot
from assistant.checking.wording import FINDING_NAMES, cut, whereabouts
from assistant.citations.quotation import Difference, QuotedPlace, QuoteMatch
from assistant.citations.resolution import Resolution, ResolvedPlace
from corpus.symbol import Symbol

PieceKind = Literal["same", "wrong", "right", "gap", "admitted", "found", "around"]
"""Of a run of words: the same on both sides, not printed, printed instead, left out here, altered as the
draft says itself, what the finding is about, and what stands around it."""

_LONGEST = 900  # characters of a printed place that are shown at once
_LEFT_OUT = 240  # characters of what a quotation leaves out that are shown at once
_MOST_PLACES = 4


@dataclass(frozen=True)
class Piece:
    """A run of words, and how it stands to the other side."""

    kind: PieceKind
    text: str


@dataclass(frozen=True)
class PrintedView:
    """A printed passage: what it is here, where it stands, and its words."""

    title: str
    label: str
    url: str
    section: str
    pieces: Sequence[Piece]
    whole: str = ""
    """The whole of the place, where only some of its words are shown."""


@dataclass(frozen=True)
class ReferenceView:
    """The reference of a finding where it stands in the draft, apart from what the finding is about."""

    name: str
    where: str
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class FindingView:
    """A finding with both passages; `about` are the names of the marks concerned, as in the text."""

    number: int
    severity: Severity
    code: str
    name: str
    where: str
    message: str
    about: Sequence[str]
    stands_for: tuple[str, str] | None
    """Of ibid. and supra: the name of the reference whose document they mean, and where that is."""
    drafted: Sequence[Piece]
    reference: ReferenceView | None
    printed: Sequence[PrintedView]
    candidates: Sequence[tuple[str, str]]
    """Documents that are or may be meant, each with where the UN publishes it."""
    candidates_are: str


def finding_view(number: int, finding: Finding, report: CheckReport, draft: Draft) -> FindingView:
    """Lay a finding out; `number` is its place in the list."""
    reference = None if finding.reference is None else report.references[finding.reference]
    quotation = None if finding.quotation is None else report.quotations[finding.quotation]
    about = [f"q{finding.quotation + 1}"] if finding.quotation is not None else []
    about += [f"r{finding.reference + 1}"] if finding.reference is not None else []
    spot = quotation or finding
    meant = reference.stands_for if reference else None
    match = quotation.match if quotation else None
    resolution = reference.resolution if reference else None
    return FindingView(
        number=number,
        severity=finding.severity,
        code=finding.code,
        name=FINDING_NAMES[finding.code],
        where=whereabouts(finding),
        message=finding.message,
        about=about,
        stands_for=None if meant is None else (f"r{meant + 1}", whereabouts(report.references[meant])),
        drafted=list(_drafted(draft, spot.start, spot.end, match)),
        reference=_reference(draft, spot, finding.reference, report),
        printed=list(_printed(match, resolution)),
        candidates=[] if match or not resolution or resolution.places else list(_candidates(resolution)),
        candidates_are="The document" if finding.code == "no_such_paragraph" else "What may be meant",
    )


def _drafted(draft: Draft, start: int, end: int, match: QuoteMatch | None) -> Iterator[Piece]:
    """The passage of the draft; within a quotation, what is not printed so."""
    before, inside, after = around(draft, start, end)
    if before:
        yield Piece("around", before)
    if match and match.diff:
        opening, closing = _marks_around(inside)
        yield Piece("around", opening)
        yield from _side(match.diff, "quoted", "wrong")
        yield Piece("around", closing)
    else:
        yield Piece("found", inside)
    if after:
        yield Piece("around", after)


def _reference(draft: Draft, spot: Spot, index: int | None, report: CheckReport) -> ReferenceView | None:
    """The reference of a finding, unless it is seen beside what the finding is about."""
    if index is None:
        return None
    reference = report.references[index]
    if is_shown_around(draft, (spot.start, spot.end), (reference.start, reference.end)):
        return None
    before, inside, after = around(draft, reference.start, reference.end)
    pieces = [Piece("around", before), Piece("same", inside), Piece("around", after)]
    return ReferenceView(f"r{index + 1}", whereabouts(reference), [piece for piece in pieces if piece.text])


def _marks_around(quotation: str) -> tuple[str, str]:
    """The quotation marks that a stretch of a draft begins and ends with."""
    opening = quotation[:1] if quotation[:1] in "“„«‘\"'" else ""
    closing = quotation[-1:] if quotation[-1:] in "”“»’\"'" else ""
    return opening, closing


def _printed(match: QuoteMatch | None, resolution: Resolution | None) -> Iterator[PrintedView]:
    if match:
        for at, place in enumerate(match.places[:_MOST_PLACES]):
            yield _quoted_place(place, match.diff if at == 0 and match.verdict != "stitched" else ())
    told = match is not None and match.places and not match.verdict.startswith("elsewhere")
    if resolution and not told:
        for cited in resolution.places[:_MOST_PLACES]:
            yield _cited_place(cited)


def _quoted_place(place: QuotedPlace, diff: Sequence[Difference]) -> PrintedView:
    pieces = list(_side(diff, "printed", "right")) if diff else [Piece("same", place.quote)]
    return PrintedView(
        title="Printed in" if place.current else f"Printed in the earlier edition ({place.edition}) of",
        label=place.label,
        url=place.url,
        section=" › ".join(place.section),
        pieces=pieces,
        whole="" if place.text == "".join(piece.text for piece in pieces) else place.text,
    )


def _cited_place(place: ResolvedPlace) -> PrintedView:
    words = "\n".join((*place.lead_in, f"{place.label_printed} {place.text}".strip()))
    shown = cut(words, _LONGEST)
    return PrintedView(
        title="Cited",
        label=place.label,
        url=place.url,
        section=" › ".join(place.section),
        pieces=[Piece("same", shown)],
        whole="" if shown == words else words,
    )


def _side(
    diff: Sequence[Difference], side: Literal["quoted", "printed"], other: PieceKind
) -> Iterator[Piece]:
    """One side of a comparison, in which what is on the other side otherwise is marked."""
    for each in diff:
        text: str = getattr(each, side)
        if not text:
            if side == "quoted" and each.kind == "missing" and not (each.marked or each.form_only):
                yield Piece("gap", "")
            continue
        if each.kind == "equal" or each.form_only:
            yield Piece("same", text)
        else:
            yield Piece("admitted" if each.marked else other, _abridged(text))


def _abridged(text: str) -> str:
    """A long run without its middle."""
    if len(text) <= _LEFT_OUT:
        return text
    half = _LEFT_OUT // 2
    return f"{text[:half].rpartition(' ')[0]} [… and so on to …] {text[-half:].partition(' ')[2]}"


def _candidates(resolution: Resolution) -> Iterator[tuple[str, str]]:
    for candidate in resolution.candidates:
        at = f", {candidate.pinpoint}" if candidate.pinpoint else ""
        yield f"{candidate.symbol}{at}: {candidate.title}", Symbol.parse(candidate.symbol).url
