"""The report of a check put together: references and quotations of a page of the draft, and the findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from assistant.answer import Coverage
from assistant.checking.draft import Draft
from assistant.checking.findings import Remark, remarks_on_reference, with_place_of_words
from assistant.checking.pages import MOST_TEXT, length_of
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
from assistant.citations.quotation import QuoteMatch


@dataclass(frozen=True)
class Page:
    """The stretch of a draft that is checked; `next_offset` is where the next one begins."""

    start: int = 0
    next_offset: int | None = None

    @classmethod
    def of(
        cls,
        references: Sequence[FoundReference],
        quotations: Sequence[Located],
        offset: int,
        limit: int | None,
    ) -> Page:
        """The page from an offset on that so many references and quotations begin in.

        With a limit it ends too once its references lead to `MOST_TEXT` characters.
        """
        lengths = [(each.start, length_of(each.resolution.places)) for each in references]
        lengths += [(each.start, 0) for each in quotations]
        told, characters = 0, 0
        for start, length in sorted(each for each in lengths if each[0] >= offset):
            if limit is not None and (told >= limit or characters >= MOST_TEXT):
                return cls(offset, start)
            told, characters = told + 1, characters + length
        return cls(offset)

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
        self._add_all()

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

    def _add_all(self) -> None:
        """All findings; of a number that is not there one, with where the words quoted stand."""
        misnumbered: set[int] = set()
        quoted: defaultdict[int | None, list[QuoteMatch]] = defaultdict(list)
        for quotation in self._quotations:
            quoted[quotation.reference].append(quotation.match)
        for at, reference in enumerate(self._references):
            if not self._page.has(reference.start):
                continue
            for remark in remarks_on_reference(reference.resolution, self._editions[at]):
                if told := with_place_of_words(remark, quoted.get(at, ())):
                    misnumbered.add(at)
                self.add(told or remark, reference.start, reference.end, reference=at)
        for at, quotation in enumerate(self._quotations):
            for remark in quotation.remarks:
                if remark.code == "elsewhere_in_document" and quotation.reference in misnumbered:
                    continue
                found = quotation.found
                self.add(remark, found.start, found.end, reference=quotation.reference, quotation=at)

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
