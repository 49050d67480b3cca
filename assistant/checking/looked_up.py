"""What is told of the citations of a text that are looked up: each reference, or each quotation.

Offsets count Unicode code points of the text. Lists are in its order, so that an offset says where to go on.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Coverage
from assistant.checking.report import CheckReport, Spot, Stretch
from assistant.citations.quotation import QuoteMatch, QuoteVerdict
from assistant.citations.resolution import Resolution, Verdict

MOST_CITATIONS = 250
"""How many citations of a text are looked up at once, as many as by CourtListener's citation look-up."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class LookedUpReference(Spot):
    """A reference of a text, and what it leads to."""

    text: str = Field(description="As it is printed, on one line.")
    symbol: Stretch | None = Field(None, description="Where its symbol stands.")
    pinpoint: Stretch | None = Field(
        None, description="Where its places stand, with the word before their numbers."
    )
    stands_for: Stretch | None = Field(
        None, description="Of ibid. and supra: where the reference stands whose document they mean."
    )
    status: Verdict = Field(description="The verdict on it, which says nothing of the request.")
    normalized: str | None = Field(
        None,
        description="The UN's form of what it names, such as CRC/C/OPSC/LAO/CO/1, paras. 33 and 34; null "
        "where it has no symbol or number that can be read.",
    )
    resolution: Resolution


class LookedUpQuotation(Spot):
    """A quotation of a text, and where its words stand."""

    text: str = Field(description="The quoted words as printed, without the marks around them.")
    block: bool = Field(description="Whether it is set apart as a block.")
    status: QuoteVerdict = Field(description="The verdict on it, which says nothing of the request.")
    match: QuoteMatch


class _Page(_Frozen):
    """What all parts of a list have in common."""

    limit: int = Field(
        description="At most so many are told at once; fewer where they lead to very much text."
    )
    next_offset: int | None = Field(
        description="The offset of the next request; null where the text has no more."
    )
    warnings: tuple[str, ...] = Field(description="What of the text could not be read.")
    coverage: Coverage = Field(
        description="What is held; `matching_documents` are those of it that are found here."
    )


class ReferenceList(_Page):
    """The references of a text from an offset on; empty where nothing is cited."""

    references: tuple[LookedUpReference, ...]


class QuotationList(_Page):
    """The quotations of a text from an offset on; empty where nothing is quoted."""

    quotations: tuple[LookedUpQuotation, ...]


class CheckedText(CheckReport):
    """What the check of a text found from an offset on."""

    limit: int = Field(description="At most so many references and quotations are told at once.")
