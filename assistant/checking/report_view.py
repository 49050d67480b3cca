"""A check laid out for the page that tells of it: findings, the draft as it is marked, and tables of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.checking.draft import Draft
from assistant.checking.findings_view import FindingView, finding_view
from assistant.checking.marked_text import Block, Mark, blocks_of
from assistant.checking.report import CheckedQuotation, CheckedReference, CheckReport, Severity
from assistant.checking.wording import (
    SEVERITIES,
    VERDICT_NAMES,
    compared_with,
    counted,
    cut,
    listed,
    outcome,
    tallied,
    was_compared,
    whereabouts,
)
from assistant.citations.cited_sources import in_ranges
from assistant.citations.resolution import Resolution
from corpus.pinpoint import Pinpoint, format_list
from corpus.symbol import Symbol

Standing = Literal["error", "warning", "note", "right", "open"]
"""What became of a reference or quotation: its worst finding, or that it is right, or was not compared."""

_SHOWN = 300  # characters of a quotation in the table; all of it stands in the text
_MOST_PLACES = 4


@dataclass(frozen=True)
class Row:
    """A reference or quotation in its table; `finding` is the number of its worst finding."""

    number: int
    where: str
    text: str
    standing: Standing
    verdict: str
    finding: int | None
    reason: str
    places: Sequence[tuple[str, str]]
    """Labels of the places it leads to or comes from, each with where the UN publishes them."""
    edition: str
    of: int | None = None
    """Of a quotation: the number of the reference that it belongs to."""


@dataclass(frozen=True)
class Source:
    """An edition of a document that the draft was compared with."""

    symbol: str
    title: str
    edition: str
    language: str
    sha256: str
    url: str


@dataclass(frozen=True)
class ReportView:
    """What the page shows."""

    outcome: str
    compared: bool
    facts: Sequence[tuple[str, str]]
    warnings: Sequence[str]
    not_held: Sequence[str]
    groups: Sequence[tuple[Severity, str, Sequence[FindingView]]]
    blocks: Sequence[Block]
    shown: frozenset[str]
    """The names of the marks that the text has, so that no link leads nowhere."""
    standings: Mapping[str, Standing]
    numbers: Mapping[str, int]
    """Of the marks that something is found about: the number of their worst finding."""
    references: Sequence[Row]
    quotations: Sequence[Row]
    sources: Sequence[Source]


def view_of(report: CheckReport, draft: Draft) -> ReportView:
    """Lay a check out."""
    worst = _worst(report)
    references = [_reference(number, each, worst) for number, each in enumerate(report.references, 1)]
    quotations = [_quotation(number, each, worst) for number, each in enumerate(report.quotations, 1)]
    standings = {f"r{row.number}": row.standing for row in references}
    standings |= {f"q{row.number}": row.standing for row in quotations}
    blocks = list(blocks_of(draft, list(_marks(report, standings))))
    return ReportView(
        outcome=outcome(report),
        compared=was_compared(report),
        facts=list(_facts(report)),
        warnings=report.warnings,
        not_held=report.not_held,
        groups=list(_groups(report, draft)),
        blocks=blocks,
        shown=frozenset(mark.name for block in blocks for mark in block.marks),
        standings=standings,
        numbers={name: number for name, (_, number) in worst.items()},
        references=references,
        quotations=quotations,
        sources=list(_sources(report)),
    )


def _facts(report: CheckReport) -> Iterator[tuple[str, str]]:
    draft = report.draft
    yield "Draft", draft.name
    yield "Checked", f"{report.checked_at:%Y-%m-%d %H:%M %Z}".strip()
    if report.next_offset is None:
        yield "Extent", f"the whole text, {counted(draft.characters, 'character')}"
    else:
        yield "Extent", f"the first {report.next_offset:,} of {counted(draft.characters, 'character')}"
    yield "Compared with", f"all that is held: {compared_with(report)}"
    for name, verdicts in (
        ("References", [each.resolution.verdict for each in report.references]),
        ("Quotations", [each.match.verdict for each in report.quotations]),
    ):
        yield name, f"{len(verdicts):,}" + (f": {tallied(verdicts)}" if verdicts else "")
    if draft.sha256:
        yield "SHA-256", draft.sha256


def _groups(report: CheckReport, draft: Draft) -> Iterator[tuple[Severity, str, Sequence[FindingView]]]:
    for severity, findings in listed(report):
        views = [finding_view(number, finding, report, draft) for number, finding in findings]
        yield severity, counted(len(views), *SEVERITIES[severity]), views


def _worst(report: CheckReport) -> dict[str, tuple[Severity, int]]:
    """The worst finding about each reference and quotation, with its number."""
    worst: dict[str, tuple[Severity, int]] = {}
    for severity, findings in listed(report):
        for number, finding in findings:
            if finding.quotation is not None:  # what is wrong with it is not wrong with its reference
                worst.setdefault(f"q{finding.quotation + 1}", (severity, number))
            elif finding.reference is not None:
                worst.setdefault(f"r{finding.reference + 1}", (severity, number))
    return worst


def _reference(number: int, checked: CheckedReference, worst: Mapping[str, tuple[Severity, int]]) -> Row:
    found = checked.resolution
    severity, finding = worst.get(f"r{number}", (None, None))
    return Row(
        number=number,
        where=whereabouts(checked),
        text=cut(" ".join(checked.text.split()), _SHOWN),
        standing=severity or ("right" if found.is_resolved else "open"),
        verdict=VERDICT_NAMES[found.verdict],
        finding=finding,
        reason=found.reason,
        places=_leads_to(found),
        edition=checked.edition.message if checked.edition else "",
    )


def _leads_to(resolution: Resolution) -> list[tuple[str, str]]:
    """The document and its places as one label; a reference to no place leads to all of the document."""
    if not resolution.is_resolved or resolution.symbol is None:
        return []
    pinpoints = in_ranges([Pinpoint.from_eid(place.eid) for place in resolution.places])
    places = f", {format_list(pinpoints)}" if pinpoints else ""
    return [(f"{resolution.symbol}{places}", Symbol.parse(resolution.symbol).url)]


def _quotation(number: int, checked: CheckedQuotation, worst: Mapping[str, tuple[Severity, int]]) -> Row:
    match = checked.match
    severity, finding = worst.get(f"q{number}", (None, None))
    return Row(
        number=number,
        where=whereabouts(checked),
        text=cut(" ".join(checked.text.split()), _SHOWN),
        standing=severity or ("right" if match.is_found else "open"),
        verdict=VERDICT_NAMES[match.verdict],
        finding=finding,
        reason=match.reason,
        places=[(place.label, place.url) for place in match.places[:_MOST_PLACES]],
        edition=checked.edition.message if checked.edition else "",
        of=None if checked.reference is None else checked.reference + 1,
    )


def _marks(report: CheckReport, standings: Mapping[str, Standing]) -> Iterator[Mark]:
    for letter, kind, checked in (
        ("r", "reference", report.references),
        ("q", "quotation", report.quotations),
    ):
        for number, each in enumerate(checked, 1):
            name = f"{letter}{number}"
            yield Mark(name, each.start, each.end, (kind, standings[name]))


def _sources(report: CheckReport) -> Iterator[Source]:
    """Each edition that a reference leads to or a quotation comes from, once, by symbol."""
    found: dict[tuple[str, str], Source] = {}
    for reference in report.references:
        if reference.resolution.is_resolved:
            for held in reference.resolution.candidates:
                url = Symbol.parse(held.symbol).url
                source = Source(held.symbol, held.title, held.edition, held.language, held.sha256, url)
                found.setdefault((held.symbol, held.sha256), source)
    for quotation in report.quotations:
        for place in quotation.match.places:
            source = Source(place.symbol, place.title, place.edition, place.language, place.sha256, place.url)
            found.setdefault((place.symbol, place.sha256), source)
    yield from (found[key] for key in sorted(found))
