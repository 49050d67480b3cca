"""Reports of checks as a check would make them: real resolutions, and quotations compared by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from assistant.answer import Coverage
from assistant.checking.draft import Draft, NoteCall, Part, PartKind
from assistant.checking.report import (
    CheckedDraft,
    CheckedQuotation,
    CheckedReference,
    CheckReport,
    EditionCheck,
    Finding,
    FindingCode,
    Severity,
    Stretch,
)
from assistant.citations.quotation import Difference, DifferenceKind, QuotedPlace, QuoteMatch, QuoteVerdict
from assistant.citations.resolution import Resolution
from assistant.citations.resolve import Resolver
from corpus.catalog import Catalog, Change
from corpus.holdings import Holdings
from corpus.model import Item, Paragraph, pinpoint_of
from corpus.pinpoint import Pinpoint
from tests.corpus.catalogs import builtin, new

Checked = TypeVar("Checked", CheckedReference, CheckedQuotation)
"""A reference or a quotation."""

SYMBOL = "CRC/C/OPSC/LAO/CO/1"
COVERAGE = Coverage(documents=1, paragraphs=43, matching_documents=1)
TEXT = """# Children and the courts in Laos

The Committee on the Rights of the Child adopted its observations on 5 June 2015.[^1] It was “seriously
concerned that the State party has no specific law on extradition” (CRC/C/OPSC/LAO/CO/1, para. 33).

It ordered the State party to “adopt a comprehensive legislation … as crimes that are subject to
extradition”.[^2] Other texts say as much.[^3]

> Carry out large scale campaigns to raise awareness among teenagers of the harmful effects of pornography.

Witnesses spoke of “a river of gold that never runs dry” (CRC/C/OPSC/LAO/CO/1, para. 44).

<script>alert(1)</script> & “قال الشاهد” stays text.

[^1]: CRC/C/OPSC/LAO/CO/1, para. 1.
[^2]: Ibid., para. 34.
[^3]: CRC/C/LAO/CO/3-6, para. 7.
"""


@cache
def resolutions() -> dict[str, Resolution]:
    """What the references of the draft lead to where the built-in document is held."""
    with TemporaryDirectory() as folder:
        catalog = Catalog(Path(folder) / "catalog.db")
        catalog.publish(Change(add=[new(1, builtin())]), 1, None)
        with catalog.snapshot() as snapshot:
            resolver = Resolver(snapshot, Holdings(snapshot.headers()), styled=False)
            found = {
                text: resolver.resolve(text)
                for text in (
                    "CRC/C/OPSC/LAO/CO/1, para. 33",
                    "CRC/C/OPSC/LAO/CO/1, para. 44",
                    "CRC/C/OPSC/LAO/CO/1, para. 1",
                    "CRC/C/LAO/CO/3-6, para. 7",
                    "CRC concluding observations Laos ¶ 7",
                )
            }
            found["Ibid., para. 34"] = resolver.resolve("Ibid., para. 34", "CRC/C/OPSC/LAO/CO/1, para. 33")
        catalog.close()
    return found


def draft_of(text: str = TEXT, name: str = "courts.md") -> Draft:
    """A draft of paragraphs between blank lines, read as the Markdown of the text above is."""
    parts = []
    for match in re.finditer(r"[^\n]+(?:\n(?!\n|\[\^)[^\n]+)*", text):
        kind: PartKind = "text"
        start, note, hidden = (
            match.start(),
            None,
            [call.span() for call in re.finditer(r"\[\^\d\]", match[0])],
        )
        hidden = [(start + first, start + last) for first, last in hidden]
        if called := re.match(r"\[\^(\d)\]: ", match[0]):
            kind, note, hidden, start = "note", called[1], [], start + len(called[0])
        elif sign := re.match(r"[#>] ", match[0]):
            kind = "heading" if sign[0] == "# " else "quote"
            hidden.insert(0, (start, start + 2))
        parts.append(Part(kind, start, match.end(), tuple(hidden), note, text.count("\n", 0, start) + 1))
    calls = tuple(NoteCall(call.start(), call[1]) for call in re.finditer(r"\[\^(\d)\](?!:)", text))
    return Draft(name, "markdown", text, tuple(parts), calls, sha256="ab" * 32)


def differences(
    *pieces: tuple[DifferenceKind, str, str] | tuple[DifferenceKind, str, str, bool],
) -> list[Difference]:
    """Differences from their kind, both sides, and whether the quotation marks them itself."""
    return [
        Difference(kind=piece[0], quoted=piece[1], printed=piece[2], marked=len(piece) > 3 and bool(piece[3]))
        for piece in pieces
    ]


def match_of(
    verdict: QuoteVerdict,
    quotation: str,
    places: Sequence[str] = (),
    diff: Sequence[Difference] = (),
    reason: str = "",
) -> QuoteMatch:
    """A quotation compared, with its words in places of the built-in document."""
    printed = "".join(each.printed for each in diff) or quotation
    return QuoteMatch(
        input=quotation,
        verdict=verdict,
        reason=reason,
        diff=tuple(diff),
        places=tuple(quoted_place(place, printed) for place in places),
        likeness=1.0 if places else 0.0,
        coverage=COVERAGE,
    )


def quoted_place(typed: str, quote: str) -> QuotedPlace:
    """A place of the built-in document where words stand."""
    document, pinpoint = builtin(), Pinpoint.parse(typed)
    paragraph = next(each for each in document.paragraphs if each.label == pinpoint.label)
    places: list[Paragraph | Item] = [paragraph, *(item for item in paragraph.items if pinpoint.items)]
    place = next(each for each in places if pinpoint_of(paragraph, each) == pinpoint)
    return QuotedPlace(
        symbol=SYMBOL,
        title=document.title,
        edition=document.edition,
        language="en",
        sha256=document.source.sha256,
        current=True,
        pinpoints=(str(pinpoint),),
        eids=(place.eid,),
        label=f"{SYMBOL}, {pinpoint.format('un')}",
        section=paragraph.section,
        quote=quote,
        text=place.full_text,
        start=place.start,
        end=place.end,
        href=f"/documents/crc-c-opsc-lao-co-1#{place.eid}",
        url=f"https://docs.un.org/en/{SYMBOL}",
    )


def reference(
    draft: Draft, text: str, resolution: Resolution | None = None, *, edition: EditionCheck | None = None
) -> CheckedReference:
    """A reference where it first stands in a draft."""
    start, end = _span(draft, text)
    part = draft.part_at(start)
    symbol = re.search(r"[A-Z]+/\S+?(?=,)", text)
    return CheckedReference(
        start=start,
        end=end,
        line=draft.line_of(start),
        note=part.note if part else None,
        text=text,
        symbol=Stretch(start=start + symbol.start(), end=start + symbol.end()) if symbol else None,
        resolution=resolution or resolutions()[text],
        edition=edition,
    )


def quotation(
    draft: Draft, match: QuoteMatch, of: int | None = None, *, block: bool = False
) -> CheckedQuotation:
    """A quotation where it first stands in a draft, with the marks around it."""
    start, end = _span(draft, match.input)
    if not block:
        start, end = start - 1, end + 1
    return CheckedQuotation(
        start=start,
        end=end,
        line=draft.line_of(start),
        text=match.input,
        block=block,
        reference=of,
        match=match,
    )


def _span(draft: Draft, text: str) -> tuple[int, int]:
    """Where words stand in a draft, in which a line may end between any two of them."""
    found = re.search(r"\s".join(map(re.escape, text.split())), draft.text)
    assert found, text
    return found.span()


def finding(
    code: FindingCode,
    severity: Severity,
    at: CheckedReference | CheckedQuotation,
    message: str,
    *,
    reference: int | None = None,
    quotation: int | None = None,
) -> Finding:
    """A finding about what stands at a place."""
    return Finding(
        start=at.start,
        end=at.end,
        line=at.line,
        note=at.note,
        code=code,
        severity=severity,
        message=message,
        reference=reference,
        quotation=quotation,
    )


def report_on(
    draft: Draft,
    references: Sequence[CheckedReference] = (),
    quotations: Sequence[CheckedQuotation] = (),
    findings: Sequence[Finding] = (),
    **more: object,
) -> CheckReport:
    """The report of a check of a draft."""
    return CheckReport.model_validate(
        {
            "draft": CheckedDraft(
                name=draft.name, format=draft.format, sha256=draft.sha256, characters=len(draft.text)
            ),
            "findings": tuple(findings),
            "references": tuple(references),
            "quotations": tuple(quotations),
            "not_held": (),
            "checked_at": datetime(2026, 3, 5, 14, 7, tzinfo=UTC),
            "coverage": COVERAGE,
            **more,
        }
    )


@cache
def checked() -> tuple[CheckReport, Draft]:
    """The draft above with what a check finds in it."""
    draft = draft_of()
    altered = match_of(
        "altered",
        "seriously concerned that the State party has no specific law on extradition",
        ["33"],
        differences(
            (
                "equal",
                "seriously concerned that the State party ",
                "seriously concerned that the State party ",
            ),
            ("replaced", "has no", "lacks a"),
            ("equal", " specific law on extradition", " specific law on extradition"),
        ),
        "One stretch of words differs.",
    )
    shortened = match_of(
        "altered_ok",
        "adopt a comprehensive legislation … as crimes that are subject to extradition",
        ["34"],
        differences(
            ("equal", "adopt a comprehensive legislation ", "adopt a comprehensive legislation "),
            (
                "missing",
                "…",
                "in order to consider, in all cases, the crimes under the Optional Protocol",
                True,
            ),
            (
                "equal",
                " as crimes that are subject to extradition",
                " as crimes that are subject to extradition",
            ),
        ),
        "An ellipsis stands for what is left out.",
    )
    campaigns = (
        "Carry out large scale campaigns to raise awareness among teenagers "
        "of the harmful effects of pornography."
    )
    references = [
        reference(draft, "CRC/C/OPSC/LAO/CO/1, para. 33"),
        reference(draft, "CRC/C/OPSC/LAO/CO/1, para. 44"),
        reference(draft, "CRC/C/OPSC/LAO/CO/1, para. 1"),
        reference(draft, "Ibid., para. 34"),
        reference(draft, "CRC/C/LAO/CO/3-6, para. 7"),
    ]
    quotations = [
        quotation(draft, altered, 0),
        quotation(draft, shortened, 3),
        quotation(draft, match_of("exact", campaigns, ["26 (c)"]), block=True),
        quotation(draft, match_of("not_found", "a river of gold that never runs dry"), 1),
    ]
    findings = [
        finding(
            "altered", "error", quotations[0], "The quotation has “has no” where “lacks a” is printed.",
            quotation=0, reference=0,
        ),
        finding(
            "force_mismatch", "warning", quotations[1],
            "The draft says that the Committee ordered; paragraph 34 says “recommends”.", reference=3,
        ),
        finding(
            "not_found", "error", quotations[3], "These words stand in nothing that is held.",
            quotation=3, reference=1,
        ),
        finding(
            "no_such_paragraph", "error", references[1],
            f"{SYMBOL} has no paragraph 44; the last is 43.", reference=1,
        ),
    ]  # fmt: skip
    return (
        report_on(draft, references, quotations, findings, not_held=("CRC/C/LAO/CO/3-6",)),
        draft,
    )
