"""A reference in free text taken apart: symbols, pinpoints, and the words around them.

What stands for numbers but cannot be read is told, so that no place is answered that was not asked for.
All patterns have bounds or begin at a word, so that hostile text takes time in proportion to its length.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from assistant.citations.look_alikes import tokens_in
from assistant.places_named import places_named as numbers_in
from corpus.cited import Mention, find_mentions
from corpus.organs import committees, find_committees
from corpus.own_places import place_lists
from corpus.pinpoint import Pinpoint, without_articles
from corpus.symbol import Symbol

_YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"
_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec|January|February|March|April|August|September"
    r"|October|November|December)\b"
)
_DASH = r"[-\u2010-\u2015\u2212]"
# Of the same length as what they stand for, so that places stay where they are.
_ITEM_IN_CAPITALS = re.compile(r"(?<=[0-9)])\s?\([A-Z]{1,4}\)")
_WORD_IN_CAPITALS = re.compile(r"\b(?:AND|OR|TO|PARA|PARAS|PARAGRAPH|PARAGRAPHS|BIS|TER)\b")
# A symbol that goes on after a gap is not the one that was read: CRC/C/LAO/CO/3 -6.
_SYMBOL_GOES_ON = re.compile(
    rf"\s{{0,2}}[/\\|]\s{{0,2}}[A-Za-z0-9]|\s{_DASH}[0-9]|{_DASH}\s[0-9]|\.\s[0-9]{{1,4}}\b"
)
# What goes on with a list of numbers that ended: 1087/1089, 22 c, 34 (b.
_NUMBERS_GO_ON = re.compile(
    rf"\s?(?:[,;&/+]|and\b|or\b|to\b|{_DASH})\s?(?!{_YEAR}|[0-9]{{1,2}}\s{_MONTH}|\({_YEAR})"
    rf"\(?(?:[0-9]|[a-z]\))|\s?\((?!{_YEAR})(?:[0-9]|[a-z]{{1,3}}(?:\)|\W{{0,3}}$))|\s(?P<letter>[a-h])\W{{0,3}}$|[0-9A-Za-z]"
)
_PARAGRAPH_WORD = re.compile(r"(?<![\w-])(?:paras?\b|paragraphs?\b|pars?\.)|¶", re.IGNORECASE)
_DAMAGED_NUMBER = re.compile(r"[0-9](?:[OIS]|l)(?![a-z])")  # 1O for 10, 2l for 21
_PAGES = re.compile(r"(?<!\w)(?:pp?\.|pages?)\s?[0-9]", re.IGNORECASE)
# A page beside a paragraph, which is found without it.
_PAGES_WHOLE = re.compile(
    rf"(?<!\w)(?:pp?\.|pages?)\s?[0-9]{{1,4}}(?:\s?{_DASH}\s?[0-9]{{1,4}})?(?![0-9A-Za-z])", re.IGNORECASE
)
_NUMBER_AHEAD = re.compile(rf"[\s,;:#.(\[]{{0,4}}(?:at\s)?(?!{_YEAR}|[0-9]{{1,2}}\s{_MONTH})[0-9]")
_BARE = re.compile(
    r"(?<![\w/.,-])(?!(?:19|20)[0-9]{2})(?P<pin>[0-9]{1,3}[a-z]?(?:\s?\([a-z0-9]{1,4}\)){0,3}"
    rf"(?:\s?{_DASH}\s?[0-9]{{1,3}})?)[.\s]{{0,3}}$"
)
_OPEN = re.compile(r"\s{1,3}(?:ff?\b|et\sseq\b)")
_ARTICLE = re.compile(r"\b[Aa]rt(?:icles?|s?\.)\s{0,3}[0-9]")
_AGAIN = re.compile(
    r"\W{0,4}(?:(?:see|cf)\b\.?\s{1,3}(?:also\s{1,3})?)?(?:ibid(?:em)?|id(?:em)?)\b"
    r"(?=[.,;:\s]{0,4}(?:$|at\b|in\b|par|pp?\.|art|[¶\[(0-9]))",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\bsupra\b|\binfra\b|\b(?:op|loc)\.\s?cit\b|\(n\s[0-9]{1,4}\)|\babove\sn\s", re.IGNORECASE
)
_WORD_END = re.compile(r"\S{0,20}")
# What has numbers and is no place: when a page was looked at, where it is, days, years, sessions.
_LOOKED_AT = re.compile(
    r"\b(?:last\s)?(?:accessed|visited|retrieved|consulted|viewed)\b[^\])\n]{0,40}", re.IGNORECASE
)
_URL = re.compile(r"\bhttps?://[^\s,;)\]]{1,300}")
_NO_PLACE = re.compile(
    rf"[0-9]{{1,2}}\s{_MONTH}[a-z.]{{0,9}},?\s(?:{_YEAR})?|{_MONTH}[a-z.]{{0,9}}\s[0-9]{{1,2}},?\s{_YEAR}"
    rf"|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|[0-9]{{1,2}}[./][0-9]{{1,2}}[./][0-9]{{4}}|{_YEAR}"
    r"|[0-9]{1,3}(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)
_NUMBER_LEFT = re.compile(r"[0-9]|(?<!\w)\([a-z]{1,2}\)")
_PART = re.compile(
    r"\b(?:annex|appendix|footnote|fn|note|table|box|figure|chapter|preamble)\b", re.IGNORECASE
)
_TAIL = 60  # characters after a symbol in which a number without a word is looked for

Relative = Literal["again", "note"]


@dataclass(frozen=True)
class ReferenceText:
    """A reference taken apart; `rest` is its text with everything that was read blanked out.

    `start` and `end` are where it stands in its text. `tokens` are stretches that are built like a symbol
    where none could be read, and `unread` says what is there in place of a number that can be read.
    """

    symbols: tuple[str, ...]
    tokens: tuple[str, ...]
    pinpoints: tuple[Pinpoint, ...]
    start: int
    end: int
    rest: str
    tail: str
    """What stands after the last symbol or pinpoint."""
    relative: Relative | None = None
    unread: str | None = None
    elsewhere: str | None = None
    """A page, or an article of a treaty: a place that is no paragraph of a document."""
    open_ended: bool = False
    paged: bool = False
    """Whether it gives the page of a paragraph besides."""
    nameless: bool = False
    """Whether it names a general comment or resolution by its number and not whose it is."""


def read_reference(text: str) -> ReferenceText:
    """Take a reference apart; nothing is looked up."""
    shown = _ITEM_IN_CAPITALS.sub(lambda match: match[0].lower(), text)
    for pattern in (_LOOKED_AT, _URL):
        shown = pattern.sub(lambda match: match[0] if _has_symbol(match[0]) else " " * len(match[0]), shown)
    shown = _WORD_IN_CAPITALS.sub(lambda match: match[0].lower(), shown).replace("§", "¶")
    mentions = _mentions(shown)
    symbols, tokens, spans = _named(shown, mentions)
    blank = _blanked(shown, spans)
    places = _places(without_articles(blank), shown, spans)
    rest = _blanked(blank, places.spans)
    inside = sorted([*spans, *places.spans])
    if places.unread is None and places.elsewhere is None:
        places = _nothing_left(places, rest, inside[0][1] if spans else 0)
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if spans:
        start, end = min(s for s, _ in inside), max(e for _, e in inside)
    return ReferenceText(
        symbols,
        tokens,
        places.pinpoints,
        start,
        max(start, end),
        rest,
        rest[max((end for _, end in inside), default=0) :],
        _relative(shown),
        places.unread,
        places.elsewhere,
        places.open_ended,
        places.paged,
        nameless=any(m.symbol is None and m.kind in ("comment", "resolution") for m in mentions),
    )


def _mentions(text: str) -> list[Mention]:
    named = next(find_committees(text), None)
    organ = next((each for each in committees() if named and each.name == named[0]), None)
    found = find_mentions(text, Symbol(""), organ)
    return [mention for mention in found if mention.kind in ("symbol", "comment", "resolution")]


def _named(
    text: str, mentions: list[Mention]
) -> tuple[tuple[str, ...], tuple[str, ...], list[tuple[int, int]]]:
    """The symbols of a text, what is only built like one, and where both stand."""
    whole = [m for m in mentions if m.kind != "symbol" or not _SYMBOL_GOES_ON.match(text, m.end)]
    spans = [(mention.start, mention.end) for mention in whole]
    ends = [end for _, end in spans]
    tokens = [
        (token, start, end)
        for token, start, end in tokens_in(text)
        # spans stand one after the other: the first that ends behind the start is the one to ask
        if (at := bisect_right(ends, start)) == len(spans) or spans[at][0] >= end
    ]
    symbols = dict.fromkeys(mention.symbol for mention in whole if mention.symbol)
    spans += [(start, end) for _, start, end in tokens]
    return tuple(symbols), tuple(token for token, _, _ in tokens), sorted(spans)


@dataclass(frozen=True)
class _Places:
    pinpoints: tuple[Pinpoint, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    unread: str | None = None
    elsewhere: str | None = None
    open_ended: bool = False
    paged: bool = False


def _places(text: str, shown: str, symbols: list[tuple[int, int]]) -> _Places:
    found = [(places.pinpoints, places.start, places.end) for places in place_lists(text)]
    if not found:
        return _without_a_word(text, shown, symbols)
    pinpoints = [place for places, _, _ in found for place in places]
    spans = [(start, end) for _, start, end in found]
    unread = None
    for _, start, end in found:
        on = _NUMBERS_GO_ON.match(text, end)
        if on and on["letter"] and len(pinpoints) == 1:
            pinpoints = [Pinpoint(pinpoints[0].label, (*pinpoints[0].items, on["letter"]))]
        elif on:
            unread = _cut(text, start, on.end())
    for _, start, end in found:
        if damaged := _DAMAGED_NUMBER.search(text, start, end):
            unread = damaged[0]
    rest = _blanked(text, spans)
    if unread is None and (word := _PARAGRAPH_WORD.search(rest)):
        unread = _cut(text, word.start(), word.end() + 4)
    is_open = any(_OPEN.search(text, max(0, end - 8), end) for _, end in spans)
    return _Places(tuple(pinpoints), tuple(spans), unread, open_ended=is_open)


def _without_a_word(text: str, shown: str, symbols: list[tuple[int, int]]) -> _Places:
    """A number that stands alone: right after a symbol, or at the end of names."""
    if page := _PAGES.search(text):
        return _Places(elsewhere=_cut(text, page.start(), page.end()))
    if word := _PARAGRAPH_WORD.search(text):
        return _Places(unread=_cut(text, word.start(), word.end() + 4))
    start = max((end for _, end in symbols), default=0)
    tail = text[start:]
    if symbols and len(tail) <= _TAIL:
        numbers, _ = numbers_in(tail.strip(" ,.;:#()*\n\t")) if tail.strip() else ((), ())
        if numbers and not re.search(rf"{_YEAR}|{_MONTH}", tail):
            return _Places(numbers, ((start, len(shown.rstrip())),))
    elif not symbols and (bare := _BARE.search(text)) and bare.start() > 0:
        return _Places(Pinpoint.parse_all(bare["pin"]), (bare.span("pin"),))
    if symbols and (number := _NUMBER_AHEAD.match(text, start)):
        return _Places(unread=_cut(text, number.start(), number.end()))
    if article := _ARTICLE.search(shown, start):
        return _Places(elsewhere=_cut(shown, article.start(), article.end()))
    return _Places()


def _nothing_left(places: _Places, rest: str, start: int) -> _Places:
    """The places, unless a number or a part of the document is left from `start` on that was not read."""
    left = without_articles(rest)[start:]
    if part := _PART.search(left):
        return replace(places, elsewhere=_cut(left, part.start(), part.end() + 2))
    if places.pinpoints and (without := _PAGES_WHOLE.sub(lambda match: " " * len(match[0]), left)) != left:
        places, left = replace(places, paged=True), without
    left = _NO_PLACE.sub(lambda match: " " * len(match[0]), left)
    if number := _NUMBER_LEFT.search(left):
        word = left.rfind(" ", 0, number.start()) + 1
        return replace(places, unread=_cut(left, word, number.end()))
    return places


def _has_symbol(text: str) -> bool:
    return next(Symbol.find_all(text), None) is not None


def _relative(text: str) -> Relative | None:
    if _NOTE.search(text):
        return "note"
    return "again" if _AGAIN.match(text) else None


def _cut(text: str, start: int, end: int) -> str:
    """What stands there, to the end of its last word."""
    rest = _WORD_END.match(text, end)
    return text[start : rest.end() if rest else end].strip(" ,;")


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    pieces, position = [], 0
    for start, end in sorted(spans):
        start = max(start, position)
        if end > start:
            pieces += [text[position:start], " " * (end - start)]
            position = end
    return "".join([*pieces, text[position:]])
