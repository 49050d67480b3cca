"""UN document symbols: what names a document in every language and edition."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import total_ordering
from urllib.parse import quote, unquote

from corpus.errors import SymbolInvalid

_BODIES = "CRC|CCPR|CEDAW|CAT|CERD|CRPD|CED|CMW"
_BODY_BRANCHES = "C|CO|GC|OP|SP|CSP|PMT"
_DASHES = "\u2010\u2011\u2013"
# A hyphen before another series ends this symbol: A/79/716-S/2025/18 is a joint document.
_CHAR = rf"[A-Za-z0-9.]|-(?!(?:A|S|E|ST|HRI|{_BODIES})/)"
_PLAIN = rf"/[A-Za-z0-9](?:{_CHAR}){{0,23}}"
# A dash between two short numbers is a range of report cycles or cases: CRC/C/LAO/3–6.
_CYCLE = rf"/[A-Za-z0-9](?:{_CHAR}|(?<=[0-9])[{_DASHES}](?=[0-9]{{1,4}}(?![0-9A-Za-z]))){{0,23}}"
_HAS_DIGIT = r"(?=(?:/[A-Za-z0-9.\-]{1,24}){0,7}?/[A-Za-z.\-]{0,20}[0-9])"
# Repeat counts are bounded so that hostile text cannot make the search slow.
_SYMBOL = re.compile(
    rf"""
    (?<![A-Za-z0-9])
    (?P<symbol>
      (?: (?: (?:{_BODIES})/(?:{_BODY_BRANCHES})
            | E/C\.12
            | HRI/(?:CORE|GEN|MC|ICM|PI|TB|(?:19|20)[0-9]{{2}}) ) {_HAS_DIGIT} (?:{_CYCLE}){{1,8}}
        | [ASE]/(?:[0-9]{{3,5}}|(?:PV|INF|L)\.[0-9]+)(?![\w/])
        | (?:A|S|E|ST) {_HAS_DIGIT} (?:{_PLAIN}){{2,8}}
      )
      (?:\s?\((?:Vol\.?\s?[IVX]+|Part\s?[IVX]+|Sect\.?\s?[0-9]+|SUPP)\))?
    )
    (?<![.\-])(?![A-Za-z0-9])""",
    re.VERBOSE,
)
_MODIFIERS = {
    word.upper(): word for word in ("Add", "Corr", "Rev", "Amend", "Sub", "Vol", "Part", "Sect", "Summary")
}
# Part and Vol. may have lost the space before their number: (PARTII).
_MODIFIER = re.compile(rf"(?<![A-Z])({'|'.join(_MODIFIERS)})(?![A-Z])|(?<=\()(PART|VOL|SECT)(?=[IVX]+\))")
_INVISIBLE = re.compile(r"[\s\u00ad\u200b\u200c\u200d\ufeff]+")
_DIGIT_DASH = re.compile(r"(?<=\d)[\u2010-\u2015\u2212](?=\d)")
_OPENING_BRACKETS = {")": "(", "]": "[", "}": "{"}
_KINDS = {"Q": "list of issues", "CO": "concluding observations",
          "QPR": "list of issues prior to reporting", "FCO": "follow-up",
          "GC": "general comment", "SR": "summary record"}  # fmt: skip
_PROTOCOLS = {"OPAC": "involvement of children in armed conflict",
              "OPSC": "sale of children, child prostitution and child pornography"}  # fmt: skip
# Bodies and natures of texts that are as long as a State's code: A/HRC/RES/59/25.
_NO_STATES = frozenset(["CRP", "DEC", "INF", "NGO", "PC", "PET", "RES", "WG", "WP"])
_MODIFICATIONS = {"Add": "addendum", "Amend": "amendment", "Corr": "corrigendum",
                  "Rev": "revision"}  # fmt: skip


@total_ordering
@dataclass(frozen=True)
class Symbol:
    """A document symbol such as CRC/C/OPSC/LAO/CO/1, equal to another by its normalised form.

    `str(symbol)` is the normalised form and `printed` the form it was read in.
    """

    normalised: str
    printed: str = field(default="", compare=False)

    @classmethod
    def parse(cls, text: str) -> Symbol:
        """Read one symbol, as printed or as people type it; raises `SymbolInvalid`."""
        normalised = _normalise(text)
        found = _SYMBOL.fullmatch(normalised)
        if not found:
            shown = text.strip()[:60]
            raise SymbolInvalid(f"{shown!r} is not a document symbol.", "One looks like CRC/C/OPSC/LAO/CO/1.")
        return cls(normalised, text.strip())

    @classmethod
    def find_all(cls, text: str) -> Iterator[tuple[Symbol, int, int]]:
        """Every symbol printed in running text with its start and end."""
        for match in _SYMBOL.finditer(text):
            printed = match["symbol"]
            normalised = _normalise(printed)
            if _SYMBOL.fullmatch(normalised):
                yield cls(normalised, printed), match.start("symbol"), match.end("symbol")

    def __str__(self) -> str:
        return self.normalised

    def __lt__(self, other: object) -> bool:
        """Natural order: CRC/C/GC/9 stands before CRC/C/GC/18."""
        if not isinstance(other, Symbol):
            return NotImplemented
        return self._sort_key < other._sort_key

    @property
    def _sort_key(self) -> tuple[tuple[int, int, str], ...]:
        parts = re.findall(r"\d+|\D+", self.normalised)
        return tuple((0, int(p), p) if p.isdigit() else (1, 0, p) for p in parts)

    @property
    def slug(self) -> str:
        """The form used in paths: crc-c-opsc-lao-co-1. It cannot be turned back into a symbol."""
        return re.sub(r"[^a-z0-9]+", "-", self.normalised.lower()).strip("-")

    @property
    def url(self) -> str:
        """Where the UN publishes the document, for people to open; never fetched."""
        return f"https://docs.un.org/en/{quote(self.normalised, safe='/()')}"

    @property
    def parts(self) -> tuple[str, ...]:
        """The components between the slashes."""
        return tuple(self.normalised.split("/"))

    @property
    def prefix(self) -> str:
        """The two components that name a treaty body, such as CRC/C; E/C.12 is one of them."""
        return "/".join(self.parts[:2])

    @property
    def protocol(self) -> str | None:
        """The segment that names an optional protocol, such as OPSC."""
        return next((part for part in self.parts if part in _PROTOCOLS), None)

    @property
    def country(self) -> str | None:
        """The State's code where a State-reporting symbol has one, such as LAO."""
        known = _KINDS.keys() | _PROTOCOLS.keys() | _NO_STATES
        codes = (part for part in self.parts[2:] if re.fullmatch(r"[A-Z]{2,3}", part))
        return next((code for code in codes if code not in known), None)

    @property
    def kind(self) -> str | None:
        """The component that says what the text is: CO, Q, QPR, FCO, GC or SR."""
        return next((k for p in self.parts[2:] if (k := p.split(".")[0]) in _KINDS), None)

    def explain(self) -> list[tuple[str, str]]:
        """What each component means, in order, as far as the symbol guides of the UN say."""
        explained = []
        for position, part in enumerate(self.parts):
            stem, _, number = part.partition(".")
            if position == 0:
                meaning = "organ or treaty body"
            elif position == 1:
                meaning = "subsidiary body"
            elif part in _PROTOCOLS:
                meaning = f"optional protocol: {_PROTOCOLS[part]}"
            elif stem in _KINDS:
                meaning = _KINDS[stem] + (f" {number}" if number else "")
            elif stem in _MODIFICATIONS:
                meaning = f"{_MODIFICATIONS[stem]} {number}".rstrip()
            elif part == self.country:
                meaning = "State or organisation"
            else:
                meaning = "number, cycle or session"
            explained.append((part, meaning))
        return explained


def _normalise(text: str) -> str:
    text = unicodedata.normalize("NFKC", unquote(text))
    text = _INVISIBLE.sub("", text).lstrip("([{\"'“‘").rstrip(".,;:*\"'”’")
    while (last := text[-1:]) in _OPENING_BRACKETS and text.count(_OPENING_BRACKETS[last]) < text.count(last):
        text = text[:-1].rstrip(".,;:*")
    text = _DIGIT_DASH.sub("-", text).upper()
    return _MODIFIER.sub(lambda m: _MODIFIERS[m[0]], text)
