"""What findings and verdicts are called in the reports that people read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.checking.report import CheckReport, Finding, FindingCode, Severity, Spot
from assistant.citations.quotation import QuoteVerdict
from assistant.citations.resolution import Verdict

SEVERITIES: Mapping[Severity, tuple[str, str]] = {
    "error": ("error", "errors"),
    "warning": ("warning", "warnings"),
    "note": ("note", "notes"),
}
"""Singular and plural, the worst first."""

MEANINGS: Mapping[Severity, str] = {
    "error": "a text that is held says otherwise",
    "warning": "probably wrong, but it can be read otherwise",
    "note": "for information",
}
"""What each severity means."""

FINDING_NAMES: Mapping[FindingCode, str] = {
    "no_such_paragraph": "No such paragraph",
    "resolved_parent": "No such item",
    "ambiguous": "Ambiguous reference",
    "malformed": "Reference that cannot be read",
    "author_symbol_mismatch": "Author and symbol do not agree",
    "state_mismatch": "State and document do not agree",
    "date_mismatch": "Date and document do not agree",
    "altered": "Altered quotation",
    "stitched": "Pieces that do not stand together",
    "elsewhere_in_document": "Quoted from another paragraph",
    "elsewhere_in_corpus": "Quoted from another document",
    "not_found": "Quotation not found",
    "heading_only": "Words of a heading only",
    "force_mismatch": "Verb does not fit the text",
    "edition_changed": "Changed in the current edition",
    "edition_moved": "Moved in the current edition",
    "edition_withdrawn": "Withdrawn in the current edition",
}

VERDICT_NAMES: Mapping[Verdict | QuoteVerdict, str] = {
    "resolved": "resolved",
    "resolved_parent": "item not found",
    "ambiguous": "ambiguous",
    "no_such_paragraph": "no such paragraph",
    "symbol_not_held": "not held",
    "malformed": "cannot be read",
    "not_checked": "not checked",
    "exact": "exact",
    "exact_normalised": "exact but for form",
    "altered_ok": "altered with marks",
    "altered": "altered",
    "stitched": "stitched",
    "elsewhere_in_document": "in another paragraph",
    "elsewhere_in_corpus": "in another document",
    "not_found": "not found",
    "too_short": "too short to say",
}


def counted(number: int, one: str, several: str | None = None) -> str:
    """A number with its noun: 1 error, 2 errors."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def listed(report: CheckReport) -> Iterator[tuple[Severity, Sequence[tuple[int, Finding]]]]:
    """The findings by severity, the worst first, each with its number in this order, from 1."""
    number = 1
    for severity in SEVERITIES:
        findings = [finding for finding in report.findings if finding.severity == severity]
        if findings:
            yield severity, list(enumerate(findings, number))
        number += len(findings)


def outcome(report: CheckReport) -> str:
    """How many findings there are of each severity, in words, or that there are none."""
    parts = []
    for severity, (one, several) in SEVERITIES.items():
        if number := sum(finding.severity == severity for finding in report.findings):
            parts.append(counted(number, one, several))
    return ", ".join(parts) or ("nothing wrong found" if was_compared(report) else "nothing to compare")


def was_compared(report: CheckReport) -> bool:
    """Whether a reference led to a text that is held, a quotation to its words, or either to a finding."""
    return bool(
        report.findings
        or any(each.resolution.is_resolved for each in report.references)
        or any(each.match.is_found for each in report.quotations)
    )


def tallied(verdicts: Iterable[Verdict | QuoteVerdict]) -> str:
    """How often there is each verdict, the most frequent first."""
    numbers: dict[str, int] = {}
    for verdict in verdicts:
        name = VERDICT_NAMES[verdict]
        numbers[name] = numbers.get(name, 0) + 1
    ordered = sorted(numbers.items(), key=lambda entry: -entry[1])
    return ", ".join(f"{number:,} {name}" for name, number in ordered)


def whereabouts(spot: Spot) -> str:
    """Where something stands in a draft, for people to find it."""
    return ", ".join(_whereabouts(spot))


def _whereabouts(spot: Spot) -> Iterator[str]:
    if spot.page is not None:
        yield f"page {spot.page}"
    yield f"line {spot.line:,}"
    if spot.note is not None:
        yield f"note {spot.note}"


def compared_with(report: CheckReport) -> str:
    """How much is held to compare with."""
    coverage = report.coverage
    return f"{counted(coverage.documents, 'document')}, {counted(coverage.paragraphs, 'paragraph')}"


def cut(text: str, longest: int) -> str:
    """A text of at most so many characters, cut at a space where there is one; an ellipsis says so."""
    if len(text) <= longest:
        return text
    kept = text[: longest - 2]
    at = kept.rfind(" ", longest // 2)
    return f"{kept[:at] if at > 0 else kept} …"
