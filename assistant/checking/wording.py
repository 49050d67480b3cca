"""What findings and verdicts are called in the reports that people read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from assistant.checking.report import CheckReport, FindingCode, Severity, Spot
from assistant.citations.quotation import QuoteVerdict
from assistant.citations.resolution import Verdict

SEVERITIES: Mapping[Severity, tuple[str, str]] = {
    "error": ("error", "errors"),
    "warning": ("warning", "warnings"),
    "note": ("note", "notes"),
}
"""Singular and plural, the worst first."""

FINDING_NAMES: Mapping[FindingCode, str] = {
    "no_such_paragraph": "No such paragraph",
    "resolved_parent": "No such item",
    "ambiguous": "Ambiguous reference",
    "malformed": "Reference that cannot be read",
    "author_symbol_mismatch": "Author and symbol do not agree",
    "state_mismatch": "State and document do not agree",
    "date_mismatch": "Date and document do not agree",
    "altered": "Altered quotation",
    "stitched": "Pieces joined without a mark",
    "elsewhere_in_document": "Quoted from another paragraph",
    "elsewhere_in_corpus": "Quoted from another document",
    "not_found": "Quotation not found",
    "heading_only": "Words of a heading",
    "force_mismatch": "Force is not what is printed",
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


def outcome(report: CheckReport) -> str:
    """How many findings there are of each severity, in words."""
    parts = []
    for severity, (one, several) in SEVERITIES.items():
        if number := sum(finding.severity == severity for finding in report.findings):
            parts.append(counted(number, one, several))
    return ", ".join(parts) or "nothing found"


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
