"""What bodies are called for short, where a line has no room for their names."""

from __future__ import annotations

from corpus.errors import SymbolInvalid
from corpus.organs import committees, organ_of
from corpus.symbol import Symbol


def short_body(symbol: str) -> str:
    """The body that a symbol belongs to: its abbreviation, else what its symbols begin with; "" if none."""
    try:
        parsed = Symbol.parse(symbol)
    except SymbolInvalid:
        return ""
    organ = organ_of(parsed)
    if organ is None:
        return parsed.parts[0]
    # a committee may have several; the one that stands in its symbols is the one readers know
    own = next((name for name in organ.abbreviations if name in parsed.parts), None)
    return own or next(iter((*organ.abbreviations, *organ.prefixes)), "")


def short_name(name: str) -> str:
    """A committee or treaty by the abbreviation its own people use; any other name as it is."""
    for organ in committees():
        if name == organ.name:
            return next(
                (own for own in organ.abbreviations if own in organ.prefixes[0]), organ.abbreviations[0]
            )
        if name in organ.instruments:
            own = organ.instruments[name]
            # UNCRPD tells the treaty from its committee, which is of no use where either stands alone
            return next((each for each in own if not each.startswith("UN")), name)
    return name
