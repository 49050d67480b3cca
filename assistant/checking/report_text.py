"""The report of a check as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from assistant.checking.report import CheckReport, Finding
from assistant.checking.wording import (
    FINDING_NAMES,
    MEANINGS,
    SEVERITIES,
    compared_with,
    counted,
    cut,
    listed,
    outcome,
    tallied,
    whereabouts,
)
from assistant.citations.quotation import Difference, QuotedPlace
from assistant.citations.resolution import ResolvedPlace
from assistant.one_line import one_line

_WIDEST = 100  # columns: longer lines are hard to read
_NARROWEST = 20
_LONGEST = 400  # characters of one text of a draft or document
_MOST_DIFFERENCES = 6
_UNDER = "   "  # before what belongs to a finding


def report_text(report: CheckReport, width: int) -> str:
    """The findings by severity, the worst first, then what was checked, in lines of so many columns.

    Nothing in it is obeyed by a terminal, whatever the draft says.
    """
    columns = max(_NARROWEST, min(width, _WIDEST))
    lines: list[str] = []
    for severity, found in listed(report):
        heading = f"{SEVERITIES[severity][1].upper()} ({len(found):,}): {MEANINGS[severity]}"
        lines += [*_wrapped(iter([heading]), columns), ""]
        for number, finding in found:
            lines += [*_wrapped(_finding(number, finding, report), columns), ""]
    return "\n".join([*lines, *_wrapped(_summary(report), columns)])


def _finding(number: int, finding: Finding, report: CheckReport) -> Iterator[str]:
    name = f"{FINDING_NAMES[finding.code]} ({finding.code})"
    yield f"{number}. {_safe(whereabouts(finding))}: {name}"
    if finding.quotation is not None:
        yield f"{_UNDER}“{_safe(report.quotations[finding.quotation].text)}”"
    if reference := _reference(finding, report):
        yield _UNDER + reference
    yield _UNDER + _safe(finding.message)
    match = None if finding.quotation is None else report.quotations[finding.quotation].match
    if match and match.verdict == "stitched":
        yield from (f"{_UNDER}- “{_safe(place.quote)}”: {_linked(place)}" for place in match.places)
    elif match:
        differing = [each for each in match.diff if _is_told(each, finding.message)]
        yield from (f"{_UNDER}- {_difference(each)}" for each in differing[:_MOST_DIFFERENCES])
        if len(differing) > _MOST_DIFFERENCES:
            yield f"{_UNDER}- and {len(differing) - _MOST_DIFFERENCES:,} more differences"
    if printed := _printed_in(finding, report):
        yield f"{_UNDER}{printed}"


def _reference(finding: Finding, report: CheckReport) -> str:
    """The reference as it stands in the draft, with where it stands if that is elsewhere.

    That of a quotation is left out where the message has it, since it is seen beside the quotation then.
    """
    if finding.reference is None:
        return ""
    reference = report.references[finding.reference]
    text = _safe(reference.text)
    if (reference.line, reference.note) != (finding.line, finding.note):
        return f"Reference ({_safe(whereabouts(reference))}): {text}"
    if finding.quotation is None:
        return text
    return f"Reference: {text}" if text not in finding.message else ""


def _is_told(difference: Difference, message: str) -> bool:
    """Whether it is to be told: the quotation does not say so itself, and the message does not either."""
    if difference.kind == "equal" or difference.marked or difference.form_only:
        return False
    return any(f"“{side.strip()}”" not in message for side in (difference.quoted, difference.printed) if side)


def _difference(difference: Difference) -> str:
    quoted, printed = _safe(difference.quoted), _safe(difference.printed)
    if not printed:
        return f"quoted “{quoted}”, which is not printed"
    if not quoted:
        return f"leaves out “{printed}”"
    return f"quoted “{quoted}”, printed “{printed}”"


def _printed_in(finding: Finding, report: CheckReport) -> str:
    """Where to look: the place of the quoted words, or else the place that is cited."""
    if finding.quotation is not None:
        match = report.quotations[finding.quotation].match
        if match.verdict == "stitched":
            return ""  # told piece by piece
        if match.places:
            more = len(match.places) - 1
            place = match.places[0]
            edition = "" if place.current else f"the earlier edition ({place.edition}) of "
            return f"Printed in {edition}{_linked(place)}" + (f" (and {more:,} more)" if more else "")
    if finding.reference is not None:
        cited = report.references[finding.reference].resolution.places
        if cited:
            return f"Cited: {_linked(cited[0])}"
    return ""


def _linked(place: QuotedPlace | ResolvedPlace) -> str:
    return f"{_safe(place.label)}: {_safe(place.url)}"


def _summary(report: CheckReport) -> Iterator[str]:
    name = _safe(report.draft.name)
    references = [each.resolution.verdict for each in report.references]
    quotations = [each.match.verdict for each in report.quotations]
    yield f"{name}: {outcome(report)}."
    for noun, verdicts in (("reference", references), ("quotation", quotations)):
        told = f" ({tallied(verdicts)})" if verdicts else ""
        yield f"{counted(len(verdicts), noun)}{told}."
    if report.not_held:
        yield f"Not held, so not checked: {'; '.join(map(_safe, report.not_held))}."
    yield from (f"Of its reading: {_safe(warning)}" for warning in report.warnings)
    if report.next_offset is not None:
        yield f"Only the text before character {report.next_offset:,} was checked."
    yield f"Compared with all that is held: {compared_with(report)}."


def _safe(text: str) -> str:
    """A text of a draft or document in one line, without signs that a terminal would obey."""
    return one_line(cut(" ".join(text[: 2 * _LONGEST].split()), _LONGEST))


def _wrapped(lines: Iterator[str], columns: int) -> Iterator[str]:
    """Lines broken between words, what goes on set in; words that are longer are broken anywhere."""
    for line in lines:
        indent = _UNDER + ("  " if line.startswith(f"{_UNDER}- ") else "")
        yield from textwrap.wrap(line, columns, subsequent_indent=indent, break_on_hyphens=False)
