"""What becomes of a quotation: where its words stand, and how they differ from what is printed there."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Coverage

QuoteVerdict = Literal[
    "exact",
    "exact_normalised",
    "altered_ok",
    "altered",
    "stitched",
    "elsewhere_in_document",
    "elsewhere_in_corpus",
    "not_found",
    "too_short",
    "not_checked",
]
DifferenceKind = Literal["equal", "replaced", "missing", "added"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Difference(_Frozen):
    """A stretch of a quotation beside what is printed there.

    All `quoted` joined are the quotation, and all `printed` joined are the words of its first place, with
    what the quotation leaves out of their middle.
    """

    kind: DifferenceKind
    quoted: str = Field(description="Empty where the quotation leaves words out.")
    printed: str = Field(description="Empty where the quotation adds words.")
    marked: bool = Field(
        False, description="Whether the quotation says so itself: by an ellipsis, by brackets, by a remark."
    )
    form_only: bool = Field(
        False, description="Whether only spaces, line breaks, quotation marks or dashes differ."
    )


class QuotedPlace(_Frozen):
    """A place where the words of a quotation stand; offsets count code points of the source's text."""

    symbol: str
    title: str
    edition: str
    language: str
    sha256: str
    current: bool = Field(description="False for an earlier edition, which is held for comparing only.")
    pinpoints: tuple[str, ...] = Field(description="Several where the words run over several places.")
    eids: tuple[str, ...]
    label: str = Field(description="The UN's form, such as CRC/C/OPSC/LAO/CO/1, para. 22 (c).")
    heading: bool = Field(False, description="Whether the words are a heading and no finding of the body.")
    section: tuple[str, ...]
    quote: str = Field(description="The words as they are printed there.")
    text: str = Field(description="The whole of the first place.")
    start: int
    end: int
    href: str = Field(description="Pilcrow's own page.")
    url: str = Field(description="Where the UN publishes the document.")


class QuoteMatch(_Frozen):
    """Where a quotation comes from."""

    input: str
    verdict: QuoteVerdict
    reason: str = Field(description="Why it is so, and what differs, in a sentence.")
    diff: tuple[Difference, ...] = Field(description="Against the first place; empty where nothing is found.")
    places: tuple[QuotedPlace, ...] = Field(
        description="Where the words stand, the best first; of a stitched quotation its pieces in order."
    )
    more: int = Field(0, description="In how many more places they stand.")
    likeness: float = Field(0.0, description="Share of the quotation's words that stand there, from 0 to 1.")
    coverage: Coverage

    @property
    def is_found(self) -> bool:
        """Whether its words stand somewhere as they are quoted, or are altered with marks only."""
        return self.verdict in ("exact", "exact_normalised", "altered_ok")
