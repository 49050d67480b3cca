"""Answers, conversations and exported citations as drafts: each citation with its words, to be checked."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from assistant.checking.draft import Draft, Part
from assistant.checking.editions import Editions
from assistant.checking.findings import Remark, remark_on_quotation
from assistant.checking.pinned import Pin, pins_of_json
from assistant.checking.quotation_check import QuotationResult
from assistant.checking.quotations import FoundQuotation
from assistant.checking.references import FoundReference
from assistant.checking.report import EditionCheck
from assistant.citations.quotation import QuoteMatch
from assistant.citations.quotes import Quoter
from assistant.citations.resolution import Resolution
from assistant.citations.resolve import Resolver


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """A citation and where it stands in the draft that is made of a file of citations."""

    pin: Pin
    part: int
    reference: tuple[int, int]
    quotation: tuple[int, int] | None


@dataclass(frozen=True)
class CitedDraft(Draft):
    """A draft that is a list of citations, a line each under the question that they answer."""

    cited: tuple[CitedPlace, ...] = ()


def cited_draft(data: bytes, name: str) -> CitedDraft | None:
    """The citations of an answer, a conversation or an export of citations; None for any other file."""
    found = pins_of_json(data)
    if found is None:
        return None
    writer = _Writer()
    for question, pins in found:
        if question is not None:
            writer.heading(question)
        for pin in pins:
            writer.citation(pin)
    text = "".join(writer.pieces)
    sha256 = hashlib.sha256(data).hexdigest()
    return CitedDraft(name, "text", text, tuple(writer.parts), sha256=sha256, cited=tuple(writer.cited))


class _Writer:
    """Writes the text of such a draft, with where everything stands in it."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.parts: list[Part] = []
        self.cited: list[CitedPlace] = []
        self._length, self._line = 0, 1

    def heading(self, question: str) -> None:
        """A question as a part of its own."""
        start, line = self._length, self._line
        self._write(" ".join(question.split()))
        self._end("heading", start, line)

    def citation(self, pin: Pin) -> None:
        """A citation as a part of its own: the reference, and what it quotes."""
        start, line = self._length, self._line
        self._write(pin.label)
        reference = (start, self._length)
        quotation = None
        if pin.quote and pin.quote.strip():
            self._write(": “")
            quotation = (self._length, self._length + len(pin.quote))
            self._write(f"{pin.quote}”")
        self.cited.append(CitedPlace(pin, len(self.parts), reference, quotation))
        self._end("text", start, line)

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        self._length += len(text)
        self._line += text.count("\n")

    def _end(self, kind: Literal["heading", "text"], start: int, line: int) -> None:
        self.parts.append(Part(kind, start, self._length, line=line))
        self._write("\n\n")


class CitedCheck:
    """Checks the citations of such a draft against the editions that are held."""

    def __init__(self, draft: CitedDraft, resolver: Resolver, quoter: Quoter, editions: Editions) -> None:
        self._draft, self._resolver, self._quoter, self._editions = draft, resolver, quoter, editions
        self.references: list[FoundReference] = []
        self.pinned: list[EditionCheck | None] = []
        self.quotations: list[QuotationResult] = []
        for cited in draft.cited:
            self._check(cited)

    def _check(self, cited: CitedPlace) -> None:
        pin, part = cited.pin, self._draft.parts[cited.part]
        resolution = self._resolver.resolve(pin.label)
        edition = self._editions.check(pin.symbol, pin.sha256, [(pin.eid, pin.quote)] if pin.eid else [])
        start, end = cited.reference
        text = self._draft.text[start:end]
        index = len(self.references)
        self.references.append(FoundReference(part, start, end, text, None, None, (), None, resolution))
        self.pinned.append(edition)
        if cited.quotation is not None and pin.quote is not None:
            match = self._quoter.match(pin.quote, resolution)
            found = FoundQuotation((cited.part,), (cited.quotation,), pin.quote)
            remarks = _remarks(match, resolution, edition)
            self.quotations.append(QuotationResult(found, pin.quote, index, match, None, remarks))


def _remarks(match: QuoteMatch, resolution: Resolution, edition: EditionCheck) -> tuple[Remark, ...]:
    """What is wrong with quoted words; where the edition is another one, that explains what differs."""
    if not resolution.is_resolved or edition.state != "current":
        return ()
    remark = remark_on_quotation(match, resolution, sure=True)
    return (remark,) if remark is not None else ()
