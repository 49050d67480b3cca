"""The bodies that write documents: committees and other organs, told by the prefix of a symbol."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from corpus.symbol import Symbol

_REPORTED_TO = ("General Assembly", "Human Rights Council", "Economic and Social Council", "Security Council")


@dataclass(frozen=True)
class GeneralComments:
    """Where the general comments of a committee are: in the series PREFIX/GC/n from `first` on."""

    first: int
    earlier: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Organ:
    """A body that issues documents, with the prefixes of their symbols.

    `instrument` is the treaty that a committee supervises, empty for other organs.
    """

    name: str
    prefixes: tuple[str, ...]
    instrument: str = ""
    protocols: tuple[tuple[str, str], ...] = ()
    general_comments: GeneralComments | None = None
    titles: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    instrument_abbreviations: tuple[str, ...] = ()

    @property
    def instruments(self) -> dict[str, tuple[str, ...]]:
        """The treaties it supervises, each with its abbreviations."""
        return {
            self.instrument: self.instrument_abbreviations,
            **{name: (segment,) for segment, name in self.protocols},
        }

    def instrument_of(self, symbol: Symbol) -> str | None:
        """The treaty a document with this symbol is under."""
        return dict(self.protocols).get(symbol.protocol or "", self.instrument) or None

    def general_comment(self, number: int) -> str | None:
        """The symbol of a general comment by its number, or None where it is not known to have one."""
        series = self.general_comments
        if series is None:
            return None
        return series.earlier.get(number) or (
            f"{self.prefixes[0]}/GC/{number}" if number >= series.first else None
        )


@cache
def table() -> dict[str, Any]:
    """The contents of `places.toml`."""
    return tomllib.loads(files("corpus").joinpath("places.toml").read_text(encoding="utf-8"))


@cache
def committees() -> tuple[Organ, ...]:
    """The treaty bodies of `places.toml`."""
    return tuple(_organ(entry) for entry in table()["committee"])


def find_committees(text: str) -> Iterator[tuple[str, int, int]]:
    """Each treaty body a text names, in full or by its abbreviation, with start and end."""
    return _found(text, _committee_names())


def find_instruments(text: str) -> Iterator[tuple[str, int, int]]:
    """Each treaty of `places.toml` that a text names, in full or by its abbreviation, with start and end."""
    return _found(text, _instrument_names())


@dataclass(frozen=True)
class _Names:
    """What is searched for, and what each form found is the name of."""

    full: re.Pattern[str]
    short: re.Pattern[str]
    lowered: dict[str, str]
    of_abbreviation: dict[str, str]

    @classmethod
    def of(cls, names: dict[str, tuple[str, ...]]) -> _Names:
        longest_first = sorted(names, key=len, reverse=True)
        full = "|".join(re.escape(name).replace("\\ ", r"\s+") for name in longest_first)
        short = "|".join(re.escape(abbreviation) for own in names.values() for abbreviation in own)
        return cls(
            re.compile(rf"(?<!\w)(?:{full})(?!\w)", re.IGNORECASE),
            # within a symbol, CRPD/C/KEN/CO/1, an abbreviation names nothing by itself
            re.compile(rf"(?<![\w/])(?:{short})(?![\w/])"),
            {name.casefold(): name for name in names},
            {abbreviation: name for name, own in names.items() for abbreviation in own},
        )


@cache
def _committee_names() -> _Names:
    return _Names.of({organ.name: organ.abbreviations for organ in committees()})


@cache
def _instrument_names() -> _Names:
    return _Names.of({name: short for o in committees() for name, short in o.instruments.items()})


def _found(text: str, names: _Names) -> Iterator[tuple[str, int, int]]:
    lowered = names.lowered
    matches = [(match, lowered[" ".join(match[0].casefold().split())]) for match in names.full.finditer(text)]
    matches += [(match, names.of_abbreviation[match[0]]) for match in names.short.finditer(text)]
    for match, name in sorted(matches, key=lambda entry: entry[0].start()):
        yield name, match.start(), match.end()


@cache
def organs() -> tuple[Organ, ...]:
    """The treaty bodies and the other organs of `places.toml`."""
    return (*committees(), *(_organ(entry) for entry in table()["organ"]))


def organ_of(symbol: Symbol) -> Organ | None:
    """The body that a symbol belongs to: the one with the longest prefix that the symbol has."""
    by_prefix = {prefix: organ for organ in organs() for prefix in organ.prefixes}
    parts = symbol.parts
    prefixes = ("/".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((by_prefix[prefix] for prefix in prefixes if prefix in by_prefix), None)


def author_of(symbol: Symbol, title: str) -> Organ | None:
    """The body that wrote a document: the one its symbol names, unless its title names another.

    Reports of special procedures and of the Secretary-General have symbols of the Assembly and the
    Council; resolutions never do, whoever they are about.
    """
    organ = organ_of(symbol)
    if organ is None or organ.name not in _REPORTED_TO or "RES" in symbol.parts:
        return organ
    named = (other for other in organs() if any(words in title for words in other.titles))
    return next(named, organ)


def committee_of(symbol: Symbol) -> Organ | None:
    """The treaty body that a symbol belongs to."""
    organ = organ_of(symbol)
    return organ if organ and organ.instrument else None


def _organ(entry: dict[str, Any]) -> Organ:
    comments = dict(entry.get("general_comments", {}))
    series = (
        GeneralComments(comments.pop("first"), {int(number): symbol for number, symbol in comments.items()})
        if comments
        else None
    )
    return Organ(
        entry["name"],
        tuple(entry["prefixes"]),
        entry.get("instrument", ""),
        tuple(entry.get("protocols", {}).items()),
        series,
        tuple(entry.get("titles", ())),
        tuple(entry.get("abbreviations", ())),
        tuple(entry.get("instrument_abbreviations", ())),
    )
