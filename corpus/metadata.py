"""What a document says of itself: symbol, committee, State, dates, edition."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import TypeAdapter, ValidationError

from corpus.errors import SettingsInvalid, SymbolUnknown
from corpus.furniture import is_blank_job_number
from corpus.layout import Line, Reading
from corpus.model import Metadata
from corpus.sentences import sentence_spans
from corpus.source_text import joined
from corpus.symbol import Symbol

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_DATE = re.compile(rf"(\d{{1,2}}) ({'|'.join(_MONTHS)}) ((?:19|20)\d\d)")
# A text tells of many adoptions; of its own it says "adopted (…) the following concluding observations".
_ADOPTS_ITSELF = re.compile(r"\badopted\b.*\b(?:following|present) concluding observations\b", re.IGNORECASE)
_ADOPTION_NOTE = re.compile(rf"\bAdopted by the Committee\b[^.;]{{0,80}}?\bon {_DATE.pattern}")
_SESSION = re.compile(
    r"\b(?:\d{1,3}(?:st|nd|rd|th)|(?:one hundred and )?(?:[a-z]+ty-)?(?:first|second|third|fourth|fifth|sixth"
    r"|seventh|eighth|ninth|tenth|eleventh|twelfth|[a-z]+teenth|[a-z]+tieth)) session\b"
)
_STATE = r"(?P<state>(?:the )?(?:former )?[A-Z][^,*]*?)(?= under | submitted | in the absence |,|\*|$)"
_STATE_IN_TITLE = (
    re.compile(rf"\breports? (?:submitted by|of) (?!States ){_STATE}"),
    re.compile(rf"\b(?i:concluding observations)(?: on|.*:) {_STATE}"),
)
_ADVANCE = re.compile(r"advance unedited version", re.IGNORECASE)


@dataclass(frozen=True)
class Committee:
    """A treaty body: the prefixes of its symbols and the treaties it supervises."""

    name: str
    prefixes: tuple[str, ...]
    instrument: str
    protocols: tuple[tuple[str, str], ...] = ()

    def instrument_of(self, symbol: Symbol) -> str:
        """The treaty a document with this symbol is under."""
        return dict(self.protocols).get(symbol.protocol or "", self.instrument)


@cache
def committees() -> tuple[Committee, ...]:
    """The treaty bodies of `places.toml`."""
    table = tomllib.loads(files("corpus").joinpath("places.toml").read_text(encoding="utf-8"))
    return tuple(
        Committee(
            entry["name"],
            tuple(entry["prefixes"]),
            entry["instrument"],
            tuple(entry.get("protocols", {}).items()),
        )
        for entry in table["committee"]
    )


def committee_of(symbol: Symbol) -> Committee | None:
    """The treaty body that a symbol belongs to."""
    return next((body for body in committees() if symbol.prefix in body.prefixes), None)


def read_metadata(text: str) -> Metadata:
    """Metadata from a TOML file that lies beside a document; raises `SettingsInvalid`."""
    try:
        return TypeAdapter(Metadata).validate_python(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise SettingsInvalid(
            f"The metadata cannot be read: {str(error).splitlines()[0]}", "Mend the TOML file."
        ) from error


def find_metadata(reading: Reading, title: str, given: Metadata, name: str) -> Metadata:
    """All that is known of a document: what is given, else what its text and symbol say.

    Raises `SymbolUnknown` where nobody says the symbol. The first symbol in a text is not taken
    for its own, since first pages also name the report, the list of issues and the records.
    """
    symbol = given.symbol or _own_symbol(reading.lines)
    if not symbol:
        raise SymbolUnknown(
            f"{name} does not say its own document symbol.",
            "Give it with --symbol, such as --symbol CRC/C/OPSC/LAO/CO/1.",
        )
    parsed = Symbol.parse(symbol)
    body = committee_of(parsed)
    beginning = joined(reading.text[:4000])
    session = _SESSION.search(beginning)
    found = Metadata(
        symbol=str(parsed),
        title=title or str(parsed),
        committee=body.name if body else None,
        instrument=body.instrument_of(parsed) if body else None,
        states=_states(title),
        session=session[0] if session else None,
        adopted=_adopted(beginning),
        language="en",
        edition=_edition(reading),
    )
    return _merge(replace(given, symbol=str(parsed)), found)


def _merge(given: Metadata, found: Metadata) -> Metadata:
    chosen: dict[str, Any] = {
        field.name: getattr(given, field.name) or getattr(found, field.name) for field in fields(Metadata)
    }
    return Metadata(**chosen)


def _own_symbol(lines: Sequence[Line]) -> str | None:
    """The symbol that stands alone on a line most often: running heads and mastheads do."""
    alone = Counter(
        str(symbol)
        for line in lines
        for symbol, start, end in Symbol.find_all(line.text)
        if start == 0 and not line.text[end:].strip("* ")
    )
    return alone.most_common(1)[0][0] if alone else None


def _states(title: str) -> tuple[str, ...]:
    match = next((found for pattern in _STATE_IN_TITLE if (found := pattern.search(title))), None)
    return (match["state"].removeprefix("the ").strip(),) if match else ()


def _adopted(beginning: str) -> date | None:
    """The date that the text gives for its own adoption, whichever side of the word it stands on."""
    for start, end in sentence_spans(beginning):
        sentence = beginning[start:end]
        if _ADOPTS_ITSELF.search(sentence):
            before, after = re.split(r"\badopted\b", sentence, maxsplit=1, flags=re.IGNORECASE)
            return _date(_DATE.search(after)) or _date(next(reversed([*_DATE.finditer(before)]), None))
    return _date(_ADOPTION_NOTE.search(beginning))


def _date(match: re.Match[str] | None) -> date | None:
    if not match:
        return None
    day, month, year = match.groups()
    try:
        return date(int(year), _MONTHS.index(month.capitalize()) + 1, int(day))
    except ValueError:
        return None


def _edition(reading: Reading) -> str:
    draft = any(is_blank_job_number(line) for line in reading.lines)
    return "advance unedited" if draft or _ADVANCE.search(reading.text[:4000]) else "issued"
