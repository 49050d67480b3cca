"""What becomes of a reference: the document and places it leads to, or why it leads nowhere."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Coverage
from corpus.model import DocumentHeader, Item, Paragraph, pinpoint_of
from corpus.pinpoint import Style

Verdict = Literal[
    "resolved",
    "resolved_parent",
    "ambiguous",
    "no_such_paragraph",
    "symbol_not_held",
    "malformed",
    "not_checked",
]
MismatchCode = Literal["author_symbol_mismatch", "date_mismatch", "state_mismatch"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Mismatch(_Frozen):
    """Something that a reference says of its document and that is not so."""

    code: MismatchCode
    message: str


class Candidate(_Frozen):
    """A held document that a reference means or may mean, with one place where a number is printed twice."""

    symbol: str
    title: str
    states: tuple[str, ...]
    adopted: date | None
    edition: str
    language: str
    sha256: str
    pinpoint: str | None = None
    eid: str | None = None

    @classmethod
    def of(cls, header: DocumentHeader, pinpoint: str | None = None, eid: str | None = None) -> Candidate:
        """A document as a candidate."""
        return cls(
            symbol=header.symbol,
            title=header.title,
            states=header.states,
            adopted=header.adopted,
            edition=header.edition,
            language=header.language,
            sha256=header.source.sha256,
            pinpoint=pinpoint,
            eid=eid,
        )


class ResolvedPlace(_Frozen):
    """A place that a reference leads to, with its text; offsets count code points of the source's text."""

    symbol: str
    pinpoint: str
    eid: str
    label: str = Field(description="The UN's form, such as CRC/C/OPSC/LAO/CO/1, para. 22 (c).")
    section: tuple[str, ...]
    label_printed: str = Field(description="Its own number as printed: 34. or (c).")
    text: str
    lead_in: tuple[str, ...] = Field(description="The words that govern an item, outermost first.")
    start: int
    end: int
    href: str = Field(description="Pilcrow's own page.")
    url: str = Field(description="Where the UN publishes the document.")

    @classmethod
    def of(cls, header: DocumentHeader, paragraph: Paragraph, place: Paragraph | Item) -> ResolvedPlace:
        """A place of a held document."""
        pinpoint = pinpoint_of(paragraph, place)
        above = paragraph.governing(place.eid) if place is not paragraph else []
        return cls(
            symbol=header.symbol,
            pinpoint=str(pinpoint),
            eid=place.eid,
            label=f"{header.symbol}, {pinpoint.format('un')}",
            section=paragraph.section,
            label_printed=place.label_printed,
            text=place.full_text,
            lead_in=tuple(each.text for each in above if each.text),
            start=place.start,
            end=place.end,
            href=f"/documents/{header.slug}#{place.eid}",
            url=header.url,
        )


class StyledReference(_Frozen):
    """A reference as one style prints it: the first time, right after itself, and later on."""

    first: str
    next: str = Field(description="In the note right after one to the same document.")
    later: str | None = Field(description="Null where the style needs the number of the first note.")


class Resolution(_Frozen):
    """What a reference leads to. `start` and `end` are where it stands in `input`, in code points."""

    input: str
    start: int
    end: int
    verdict: Verdict
    reason: str = Field(description="Why it is so, or what was read otherwise than it is printed.")
    symbol: str | None = Field(description="The symbol that it has, normalised, or leads to.")
    pinpoints: tuple[str, ...] = Field(description="The places that it names.")
    last_paragraph: str | None = Field(description="With no_such_paragraph: the document's highest number.")
    candidates: tuple[Candidate, ...] = Field(
        description="The document of a reference that is resolved; else those that it may mean."
    )
    places: tuple[ResolvedPlace, ...]
    mismatches: tuple[Mismatch, ...] = Field(description="What it says of its document and is not so.")
    references: dict[Style, StyledReference] = Field(description="As the styles print it, where resolved.")
    coverage: Coverage

    @property
    def is_resolved(self) -> bool:
        """Whether it leads to a text that is held."""
        return self.verdict in ("resolved", "resolved_parent")
