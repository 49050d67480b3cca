"""Symbols that a scanner or a typist damaged, told by the signs that look alike.

A sign is taken for one that it looks like only where the whole symbol is then that of a held document,
and of one only. Anything further would be a guess, and is a suggestion.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from corpus.errors import SymbolInvalid
from corpus.organs import committee_of
from corpus.places import code_of_symbol
from corpus.symbol import Symbol

_SEPARATOR = r"(?:[/\\|_\u2044\u2215]|%2[Ff])"
_DASH = r"[-\u2010-\u2015\u2212]"
# Three parts or more with something like a slash between; all repeats have bounds.
_PART = rf"[A-Za-z0-9](?:[A-Za-z0-9.]|{_DASH}){{0,23}}"
_TOKEN = re.compile(
    rf"(?<![A-Za-z0-9/])[A-Za-z0-9]{{1,8}}(?:\.\s?[0-9]{{1,2}})?(?:\s{{0,2}}(?://|{_SEPARATOR})\s{{0,2}}{_PART}){{2,9}}"
    rf"(?:(?:\s{{1,2}}{_DASH}|(?<={_DASH})\s{{1,2}})[0-9]{{1,3}}(?![0-9]))?(?:(?<=\.)\s[0-9]{{1,4}})?"
)
_SLUG = re.compile(r"(?<![\w/.-])[a-z]{1,8}(?:-[a-z0-9]{1,12}){2,10}(?![\w/-])")
_LOOK = str.maketrans({"O": "0", "I": "1", "L": "1", "S": "5", "B": "8"})
_NO_SIGN = re.compile(r"(?<![0-9])[/.-]|[/.-](?![0-9])")
_SUFFIX = re.compile(r"\.(?:pdf|docx?|html?|txt)$", re.IGNORECASE)  # of a file named for its document
_NEAR = 0.88  # of the signs of both, in order
_SUGGESTED = 3


def tokens_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Each stretch of a text that is built like a symbol or slug, however damaged, with start and end."""
    found = [*_TOKEN.finditer(text), *_SLUG.finditer(text)]
    for match in sorted(found, key=lambda each: each.start()):
        token = _SUFFIX.sub("", match[0]).rstrip(".")
        if any(sign.isdigit() for sign in token.translate(str.maketrans("OIl", "011"))):
            yield token, match.start(), match.start() + len(token)


def keyed(symbols: Iterable[str]) -> Mapping[str, set[str]]:
    """Symbols by what they have in common with damaged copies of them."""
    by_key: defaultdict[str, set[str]] = defaultdict(set)
    for symbol in symbols:
        by_key[_key(symbol)].add(symbol)
    return by_key


def spelt_alike(token: str, by_key: Mapping[str, set[str]]) -> str | None:
    """The one of some symbols that a token is, but for signs that look alike; None for none or several."""
    found = by_key.get(_key(token), set())
    return next(iter(found)) if len(found) == 1 else None


def nearest(token: str, by_key: Mapping[str, set[str]]) -> list[str]:
    """The symbols that are spelt most like a token, the best first; suggestions only."""
    return [min(by_key[key]) for key in get_close_matches(_key(token), by_key, _SUGGESTED, _NEAR)]


def parsed(token: str) -> Symbol | None:
    """A token as a symbol, where it is one however it is spaced and cased."""
    try:
        return Symbol.parse(re.sub(r"[\\|_\u2044\u2215]", "/", token))
    except SymbolInvalid:
        return None


def flaw_of(symbol: Symbol) -> str | None:
    """What no symbol of a treaty body has: a State that there is not; None where all is in order."""
    organ = committee_of(symbol)
    kinds = [place for place, part in enumerate(symbol.parts) if part in ("CO", "Q", "QPR", "FCO")]
    if organ is None:
        return None if symbol.parts[0] in ("A", "S", "E", "ST", "HRI") else "No body issues such symbols."
    below = symbol.parts[len(organ.prefixes[0].split("/")) :]
    strange = next((part for part in below if re.search(r"[A-Z][0-9]|[0-9][A-Z]", part)), None)
    if strange:
        return f"No part of a symbol is like {strange}."
    reporting = [part for part in symbol.parts[2 : kinds[-1]] if part not in ("CO", "Q")] if kinds else []
    reporting = [part for part in reporting if part not in dict(organ.protocols)]
    if reporting and reporting[0].isalpha() and not code_of_symbol(reporting[0]):
        return f"No State has the code {reporting[0]}."
    return None


def _key(text: str) -> str:
    """A symbol without what differs between damaged copies of it: look-alikes, spaces, lost slashes.

    Between digits slashes and dashes stay, since 2-3 is not 23.
    """
    plain = re.sub(r"\s+", "", re.sub(_SEPARATOR, "/", text))
    looks = re.sub(_DASH, "-", plain).upper().translate(_LOOK).strip("/.-")
    return _NO_SIGN.sub("", looks)
