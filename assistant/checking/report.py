"""What the check of a draft found: its references and quotations, each with what became of it.

Offsets count Unicode code points of the draft's text.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Coverage
from assistant.checking.draft import DraftFormat
from assistant.citations.quotation import QuoteMatch
from assistant.citations.resolution import Resolution

Severity = Literal["error", "warning", "note"]
FindingCode = Literal[
    # references
    "no_such_paragraph",
    "resolved_parent",
    "ambiguous",
    "malformed",
    "author_symbol_mismatch",
    "state_mismatch",
    "date_mismatch",
    # quotations
    "altered",
    "stitched",
    "elsewhere_in_document",
    "elsewhere_in_corpus",
    "not_found",
    "heading_only",
    # what is said of a reference
    "force_mismatch",
    # citations pinned to an edition
    "edition_changed",
    "edition_moved",
    "edition_withdrawn",
]
EditionState = Literal["current", "unchanged", "changed", "moved", "withdrawn", "not_held"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Stretch(_Frozen):
    """A stretch of the draft's text."""

    start: int
    end: int


class Spot(Stretch):
    """Where something stands in a draft, for programs and for people."""

    line: int = Field(description="From 1.")
    page: int | None = None
    note: str | None = Field(None, description="The mark of the footnote or endnote that it stands in.")


class EditionCheck(_Frozen):
    """What became, in the current edition, of a place that was cited in another one.

    `current`: the cited edition is the current one. `unchanged`: the place has the same words. `changed`:
    other words under the same number. `moved`: the same words under another number. `withdrawn`: neither
    number nor words are there. `not_held`: the cited edition, or any other, is not held.
    """

    sha256: str = Field(description="Of the source of the edition that was cited.")
    state: EditionState
    message: str
    now: str | None = Field(None, description="The place that has the words now.")


class CheckedReference(Spot):
    """A reference of a draft, resolved."""

    text: str
    symbol: Stretch | None = Field(None, description="Where its symbol stands.")
    pinpoint: Stretch | None = Field(None, description="Where the numbers of its places stand.")
    stands_for: int | None = Field(
        None, description="Of ibid. and supra: the index of the reference whose document they mean."
    )
    resolution: Resolution
    edition: EditionCheck | None = None


class CheckedQuotation(Spot):
    """A quotation of a draft, compared with what is held."""

    text: str = Field(description="The quoted words as printed, without the marks around them.")
    block: bool = Field(description="Whether it is set apart as a block.")
    reference: int | None = Field(None, description="The index of the reference it belongs to.")
    match: QuoteMatch
    edition: EditionCheck | None = None


class Finding(Spot):
    """Something in a draft that its author should look at.

    An `error` contradicts a held text; a `warning` can be read otherwise; a `note` is for information.
    """

    code: FindingCode
    severity: Severity
    message: str = Field(description="What is wrong, and what is printed, in a sentence or two.")
    reference: int | None = Field(None, description="The index of the reference concerned.")
    quotation: int | None = Field(None, description="The index of the quotation concerned.")


class CheckedDraft(_Frozen):
    """Which text was checked."""

    name: str
    format: DraftFormat
    sha256: str
    characters: int


class CheckReport(_Frozen):
    """All that was checked in a draft, in its order, and what was found."""

    draft: CheckedDraft
    findings: tuple[Finding, ...]
    references: tuple[CheckedReference, ...]
    quotations: tuple[CheckedQuotation, ...]
    not_held: tuple[str, ...] = Field(description="The documents that are cited and not held: not checked.")
    warnings: tuple[str, ...] = Field((), description="What of the draft could not be read.")
    checked_at: datetime
    coverage: Coverage
    next_offset: int | None = Field(
        None, description="Where the next request goes on; null where the whole text was checked."
    )

    @property
    def has_findings(self) -> bool:
        """Whether anything is wrong or in doubt; notes are neither."""
        return any(finding.severity != "note" for finding in self.findings)
