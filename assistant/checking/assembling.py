"""The report of a check put together: references and quotations of a page of the draft, and the findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from assistant.answer import Coverage
from assistant.checking.draft import Draft
from assistant.checking.findings import Remark, remarks_on_reference
from assistant.checking.quotation_check import QuotationResult
from assistant.checking.references import FoundReference
from assistant.checking.report import (
    CheckedDraft,
    CheckedQuotation,
    CheckedReference,
    CheckReport,
    EditionCheck,
    Finding,
    Stretch,
)
from assistant.checking.surroundings import Located


@dataclass(frozen=True)
class Page:
    """The stretch of a draft that is checked; `next_offset` is where the next one begins."""

    start: int = 0
    next_offset: int | None = None

    @classmethod
    def of(cls, located: Sequence[Located], offset: int, limit: int | None) -> Page:
        """The page from an offset on that so many references and quotations begin in."""
        starts = sorted(each.start for each in located if each.start >= offset)
        return cls(offset, starts[limit] if limit is not None and limit < len(starts) else None)

    def has(self, position: int) -> bool:
        """Whether what begins at a position is on the page."""
        return self.start <= position and (self.next_offset is None or position < self.next_offset)


class ReportAssembly:
    """Puts a report together; findings come in the order of the draft's text."""

    def __init__(
        self,
        draft: Draft,
        references: Sequence[FoundReference],
        editions: Sequence[EditionCheck | None],
        quotations: Sequence[QuotationResult],
        page: Page,
    ) -> None:
        self._draft = draft
        self._references = references
        self._editions = editions
        self._quotations = quotations
        self._page = page
        self._index = self._numbered()
        self._findings: list[Finding] = []
        for at, reference in enumerate(references):
            if page.has(reference.start):
                for remark in remarks_on_reference(reference.resolution, editions[at]):
                    self.add(remark, reference.start, reference.end, reference=at)
        for at, quotation in enumerate(quotations):
            for remark in quotation.remarks:
                found = quotation.found
                self.add(remark, found.start, found.end, reference=quotation.reference, quotation=at)

    def add(
        self,
        remark: Remark,
        start: int,
        end: int,
        *,
        reference: int | None = None,
        quotation: int | None = None,
    ) -> None:
        """A finding at a place of the draft."""
        self._findings.append(
            Finding(
                code=remark.code,
                severity=remark.severity,
                message=remark.message,
                reference=None if reference is None else self._index.get(reference),
                quotation=quotation,
                **self._spot(start, end),
            )
        )

    def report(self, coverage: Coverage, warnings: Sequence[str] = ()) -> CheckReport:
        """All that was checked, with what else is to be said of the draft."""
        draft = self._draft
        return CheckReport(
            draft=CheckedDraft(
                name=draft.name, format=draft.format, sha256=draft.sha256, characters=len(draft.text)
            ),
            findings=tuple(sorted(self._findings, key=lambda finding: (finding.start, finding.end))),
            references=tuple(self._reference(at) for at in self._index),
            quotations=tuple(map(self._quotation, self._quotations)),
            not_held=tuple(self._not_held()),
            warnings=(*draft.warnings, *warnings),
            checked_at=datetime.now(UTC),
            coverage=coverage,
            next_offset=self._page.next_offset,
        )

    def _numbered(self) -> dict[int, int]:
        """The references of the page and those elsewhere that something on it belongs to, numbered anew."""
        wanted = {at for at, each in enumerate(self._references) if self._page.has(each.start)}
        wanted |= {each.reference for each in self._quotations if each.reference is not None}
        meant = {self._references[at].stands_for for at in wanted}
        wanted |= {at for at in meant if at is not None}
        return {at: number for number, at in enumerate(sorted(wanted))}

    def _reference(self, at: int) -> CheckedReference:
        found = self._references[at]
        return CheckedReference(
            text=found.text,
            symbol=_stretch(found.symbol),
            pinpoint=_stretch(found.pinpoint),
            stands_for=self._index.get(found.stands_for) if found.stands_for is not None else None,
            resolution=found.resolution,
            edition=self._editions[at],
            **self._spot(found.start, found.end),
        )

    def _quotation(self, result: QuotationResult) -> CheckedQuotation:
        return CheckedQuotation(
            text=result.text,
            block=result.found.block,
            reference=self._index.get(result.reference) if result.reference is not None else None,
            match=result.match,
            edition=result.edition,
            **self._spot(result.found.start, result.found.end),
        )

    def _not_held(self) -> list[str]:
        symbols = [
            self._references[at].resolution.symbol
            for at in self._index
            if self._references[at].resolution.verdict == "symbol_not_held"
        ]
        return list(dict.fromkeys(symbol for symbol in symbols if symbol))

    def _spot(self, start: int, end: int) -> dict[str, Any]:
        part = self._draft.part_at(start)
        return {
            "start": start,
            "end": end,
            "line": self._draft.line_of(start),
            "page": part.page if part is not None else None,
            "note": part.note if part is not None else None,
        }


def _stretch(span: tuple[int, int] | None) -> Stretch | None:
    return Stretch(start=span[0], end=span[1]) if span is not None else None
