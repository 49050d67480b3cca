"""What a document says of itself: symbol, author, State, dates, edition, language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from corpus.addressees import addressed_states, state_warnings
from corpus.dates import Dates, beginning, find_dates
from corpus.errors import SettingsInvalid, SymbolUnknown
from corpus.furniture import is_blank_job_number
from corpus.language import language_of
from corpus.layout import Reading
from corpus.model import Metadata, Warning
from corpus.organs import author_of, committee_of
from corpus.own_symbol import OwnSymbol, printed_symbol, symbol_in_name
from corpus.symbol import Symbol

_ADVANCE = re.compile(r"advance\s+(?:un)?edited\s+(?:version|copy|text)", re.IGNORECASE)
_REISSUED = re.compile(r"\*\s*Re-?issued\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of a document, and what in it does not agree.

    `other_symbols` are those a joint document has beside the first.
    """

    metadata: Metadata
    other_symbols: tuple[str, ...] = ()
    warnings: tuple[Warning, ...] = ()


def read_metadata(text: str) -> Metadata:
    """Metadata from a TOML file that lies beside a document; raises `SettingsInvalid`."""
    try:
        return TypeAdapter(Metadata).validate_python(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise SettingsInvalid(
            f"The metadata cannot be read: {str(error).splitlines()[0]}", "Mend the TOML file."
        ) from error


def find_metadata(reading: Reading, title: str, given: Metadata, name: str) -> Known:
    """All that is known of a document: what is given, else what its text and symbol say.

    Of symbols the given one counts, else the one that the text prints as its own, else the one that
    the file is named for; where two of them differ, a warning says so. Raises `SymbolUnknown` where
    nobody says the symbol.
    """
    printed, named = printed_symbol(reading.lines), symbol_in_name(name)
    symbol = _chosen(given, printed, named, name)
    language = given.language or language_of(reading.text)
    dates = find_dates(reading, language)
    author, body = author_of(symbol, title), committee_of(symbol)
    found = Metadata(
        symbol=str(symbol),
        title=title or str(symbol),
        committee=author.name if author else None,
        instrument=body.instrument_of(symbol) if body else None,
        states=addressed_states(reading, title, symbol),
        session=dates.session,
        adopted=dates.adopted,
        issued=dates.issued,
        language=language,
        edition=_edition(reading, symbol, printed),
    )
    warnings = [
        *_symbol_warnings(symbol, given, printed, named, name),
        *state_warnings(found.states, symbol),
        *_date_warnings(dates),
    ]
    others = printed.others if printed and printed.symbol == symbol else ()
    return Known(_merge(replace(given, symbol=str(symbol)), found), tuple(map(str, others)), tuple(warnings))


def _chosen(given: Metadata, printed: OwnSymbol | None, named: Symbol | None, name: str) -> Symbol:
    if given.symbol:
        return Symbol.parse(given.symbol)
    symbol = printed.symbol if printed else named
    if symbol is None:
        raise SymbolUnknown(
            f"{name} does not say its own document symbol.",
            "Give it with --symbol, such as --symbol CRC/C/OPSC/LAO/CO/1.",
        )
    return symbol


def _merge(given: Metadata, found: Metadata) -> Metadata:
    chosen: dict[str, Any] = {
        field.name: getattr(given, field.name) or getattr(found, field.name) for field in fields(Metadata)
    }
    return Metadata(**chosen)


def _symbol_warnings(
    symbol: Symbol, given: Metadata, printed: OwnSymbol | None, named: Symbol | None, name: str
) -> Iterator[Warning]:
    own = (printed.symbol, *printed.others) if printed else ()
    if printed and symbol not in own:
        yield Warning("given_symbol_mismatch", f"{symbol} is given, but the text prints {printed.symbol}")
    if named and named not in (symbol, *own):
        yield Warning("file_name_mismatch", f"the file is named for {named}, but the document is {symbol}")
    if not printed and not given.symbol:
        problem = f"the text does not print its own symbol: {symbol} is taken from the file name {name}"
        yield Warning("symbol_from_file_name", problem)


def _date_warnings(dates: Dates) -> Iterator[Warning]:
    years = dates.session_years
    if dates.adopted and years and dates.adopted.year not in years:
        problem = (
            f"the text prints {dates.adopted:%d %B %Y} as the day of adoption and a session in {years[0]}"
        )
        yield Warning("date_conflict", problem)


def _edition(reading: Reading, symbol: Symbol, printed: OwnSymbol | None) -> str:
    """Which text of the document this is; the symbol tells corrections and revisions apart."""
    start = beginning(reading)
    if any(is_blank_job_number(line) for line in reading.lines) or _ADVANCE.search(start):
        return "advance unedited"
    modification = symbol.parts[-1].partition(".")[0]
    if modification == "Corr":
        return "corrected"
    if _REISSUED.search(start) or (printed and printed.reissued):
        return "reissued"
    return "revised" if modification == "Rev" else "issued"
