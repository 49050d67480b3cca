"""Documents that were cited before, and what a note cites in all."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.checking.cited_parts import CitedPart
from assistant.citations.resolve import Resolver
from assistant.citations.said import NOTHING_SAID, Said
from corpus.organs import committee_of
from corpus.places import code_of_symbol, state_code
from corpus.sentences import sentence_spans
from corpus.symbol import Symbol

# What tells a citation in words that are no reference, and the verbs by which such words are prose.
_CITES = re.compile(r"[0-9]|\bv\.?\s[A-Z]")
_PROSE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|does|do|did|will|would|can|could|may|might|must|should|shall)\b"
)
_IN_FULL = re.compile(
    r"\bpp?\.\s?[0-9]|\bv\.?\s[A-Z]|§|\bat\s[0-9]|\b[0-9]{1,4}[.;]?\s*$|\([^()]*[0-9]{4}\)\s[0-9]"
)
_OWN_PLACE = re.compile(r"\b(?:paras?\.?|paragraphs?)\s[0-9][0-9\s,and–-]{0,30}(?:above|below)\b")
_REMARK = re.compile(
    r"\W*(?:emphasis|italics|footnotes?|notes?|citations?|internal|ellips[ie]s)\W+(?:\w+\W+){0,4}"
    r"(?:added|omitted|original|ours|mine)\W*",
    re.IGNORECASE,
)
_NAMES = re.compile(r"[\[(]here(?:in)?after\b[^\])]{0,80}[\])]", re.IGNORECASE)
_QUOTED = re.compile(r"“[^“”]{0,2000}”|\"[^\"]{0,2000}\"")


@dataclass(frozen=True)
class Earlier:
    """A document that was cited before; `symbol` is None for a citation that is not known."""

    symbol: str | None
    index: int = -1
    """Of the first reference to it that names it itself, among those of the draft."""
    pin: str = ""
    said: Said = NOTHING_SAID


NOT_KNOWN = Earlier(None)


@dataclass
class CitedNote:
    """What a note cites, in order."""

    documents: dict[str, Earlier] = field(default_factory=dict)
    """Each known document once, as it is cited last."""
    last: Earlier | None = None
    has_more: bool = False
    """Whether it cites something that is not known, or may do so."""

    @property
    def has_unknown(self) -> bool:
        """Whether something it cites is not known, or it cites nothing at all."""
        return self.has_more or self.last is None

    def add(self, cited: Earlier) -> None:
        """What it cites next."""
        self.last = cited
        if cited.symbol:
            self.documents[cited.symbol] = cited
        else:
            self.has_more = True


def may_cite(text: str) -> bool:
    """Whether words in which no reference was found may be a citation of something else."""
    for pattern in (_QUOTED, _NAMES, _OWN_PLACE):
        text = pattern.sub("", text)
    if _REMARK.fullmatch(text):
        return False
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        if _CITES.search(sentence) and (_IN_FULL.search(sentence) or not _PROSE.search(sentence)):
            return True
    return False


def left_over(read: CitedPart) -> str:
    """What a part has besides its references."""
    pieces, position = [], 0
    for found in read.found:
        if not found.is_citation:
            pieces.append(read.text[position : found.start])
            position = max(position, found.end, *(end for _, end in found.titles))
    return " ".join([*pieces, read.text[position:]])


def is_of_kind(earlier: Earlier) -> bool:
    """Whether a document can be concluding observations, by its symbol."""
    return Symbol.parse(earlier.symbol or "").kind == "CO"


def fits(said: Said, earlier: Earlier, resolver: Resolver | None = None) -> bool:
    """Whether a document that was cited can be the one of which something is said."""
    symbol = Symbol.parse(earlier.symbol or "")
    organ = committee_of(symbol)
    if said.organs and organ is None:
        return False
    for named in said.organs:
        treaty = organ.instrument_of(symbol) if organ else None
        if organ and (organ.name not in named.committees or not {organ.name, treaty} & set(named.names)):
            return False
    country = code_of_symbol(symbol.country or "")
    if said.states and country not in {state_code(state) for state in said.states}:
        return False
    header = resolver.header(str(symbol)) if resolver else None
    years = (
        {day.year for day in (header.adopted, header.issued) if day} if header else set(earlier.said.years)
    )
    asked = {*said.years, *(day.year for day in said.days)}
    return not years or asked <= years
