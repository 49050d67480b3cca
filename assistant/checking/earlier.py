"""Documents that were cited before, and what a note cites in all."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.checking.cited_parts import CitedPart
from assistant.checking.unknown_sources import REFERENCE
from assistant.citations.resolve import Resolver
from assistant.citations.said import NOTHING_SAID, Said
from corpus.organs import committee_of
from corpus.places import code_of_symbol, state_code
from corpus.symbol import Symbol


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


def left_over(read: CitedPart) -> str:
    """What a part has besides its references, with a sign in the place of each that names a document."""
    pieces, position = [], 0
    for found in read.found:
        if not found.is_citation:
            names_none = found.is_other or found.kind is None
            pieces += [read.text[position : found.start], " " if names_none else REFERENCE]
            position = max(position, found.end, *(end for _, end in found.titles))
    return "".join([*pieces, read.text[position:]])


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
