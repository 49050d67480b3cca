"""Where the text of a draft names documents: by symbol, by number, by name, or by pointing elsewhere.

What is cited and is no document of the UN counts too, since no later reference may pass over it. All
patterns have bounds, so that hostile text takes time in proportion to its length.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Levenshtein

from assistant.checking.other_citations import other_citations
from assistant.citations.look_alikes import tokens_in
from assistant.citations.resolve import Resolver
from corpus.cited import find_mentions
from corpus.organs import committees
from corpus.symbol import Symbol

AnchorKind = Literal[
    "symbol", "comment", "named", "defined", "again", "note", "own", "other", "article", "link"
]
"""`other` is a citation of an unknown kind, `own` the draft itself, `article` an article of a treaty, `link`
the address of what is cited right before it."""

_AGAIN = re.compile(r"\b[Ii](?:bid(?:em)?\b\.?|d(?:em)?\b\.?(?=,?\s(?:at\s|¶|para)|$|[;)]))")
_BEFORE_ID = re.compile(r"(?:^|[(;]\s?|[.:?!][”’\"')]{0,2}\s|\b(?:[Ss]ee|also|[Cc]f\.)\s)$")
_POINTS = ("upra", "nfra", "(n", "( n", "ote ", "bove", " cit")  # what has none of these has no such note
_NOTE = re.compile(
    r"\b(?:[Ss]upra|[Ii]nfra),?\s(?:at\s)?(?:foot)?n(?:ote\s|\.\s?|\s)(?P<a>[0-9]{1,4})\b"
    r"|\(\s?(?:[Ss]upra\s|above\s)?n\.?\s?(?P<b>[0-9]{1,4})\)"
    r"|\b(?:[Ff]oot)?[Nn]ote\s(?P<c>[0-9]{1,4}),?\s(?:above|supra|below|infra)\b"
    r"|\b[Aa]bove,?\s(?:foot)?n(?:ote\s|\.\s?|\s)(?P<d>[0-9]{1,4})\b"
    r"|\b(?:[Oo]p|[Ll]oc)\.\s?cit\b\.?"
)
_OWN = re.compile(
    r"\b(?:[Tt]his|[Tt]he\spresent)\s(?:report|submission|brief|paper|draft|memorandum|study|note|article)\b"
)
_URL = re.compile(r"\bhttps?://[^\s,;)\]>]{1,300}")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s,;)\]>]{1,300}>?"
    r"(?:,?\s[\[(]?(?:last\s)?(?:accessed|visited|retrieved|consulted|viewed)\b[^\])\n;]{0,40}[\])]?)?"
)
# Between a document and its address, never tried in two ways: numbers, dates and words that lead to it.
_TO_ADDRESS = re.compile(
    r"(?:\([a-z]{1,3}\)|[\s,.:()\[\]<–-]|¶|§|[0-9]{1,4}|paras?\b|paragraphs?\b|[A-Z][a-z]{2,8}(?=\.?\s[0-9])"
    r"|(?:[Aa]vailable|accessible|online|at|from|in|via|and|adopted|on|of)\b)*+"
)
_FAR = 120  # characters between a document and its address
_CITES = ("symbol", "comment", "again", "note")
_NUMBER = re.compile(r"[0-9]{1,2}")
_ENDS_TITLE = re.compile(r";|[a-z]\.\s(?=[A-Z])")
_LONGEST_TITLE = 240  # of a general comment, with what stands between it and its symbol
_SEPARATOR = re.compile(r"[/\\|_\u2044\u2215-]|%2[Ff]")
_LOOK = str.maketrans("0158", "OISB")
_BRANCHES = frozenset(["C", "CO", "GC", "OP", "SP", "G", "E", "O"])


@dataclass(frozen=True, slots=True)
class Anchor:
    """A stretch that names a document.

    `shown` is what tells the document: its symbol, what is built like one, its name, or a defined term.
    """

    kind: AnchorKind
    start: int
    end: int
    shown: str = ""
    mark: str | None = None
    """Of the note that `supra note 3` points to."""


def find_anchors(text: str, resolver: Resolver) -> list[Anchor]:
    """All that a text cites without a name, in order; none overlaps another."""
    symbols = list(_symbols(text, resolver))
    pointing = [Anchor("again", *m.span()) for m in _AGAIN.finditer(text) if _is_again(text, m)]
    if any(sign in text for sign in _POINTS):
        pointing += [
            Anchor("note", *m.span(), mark=m[m.lastgroup] if m.lastgroup else None)
            for m in _NOTE.finditer(text)
        ]
    pointing += [Anchor("own", *m.span()) for m in _OWN.finditer(text)]
    found = apart(_without_titles(text, symbols), pointing)
    others = (Anchor(kind, start, end) for kind, start, end in other_citations(text))
    return list(_with_links(text, apart(found, others)))


def _with_links(text: str, anchors: Sequence[Anchor]) -> Iterator[Anchor]:
    """An address right behind a document is where that is to be found, and cites nothing else."""
    before: Anchor | None = None
    for anchor in anchors:
        if anchor.kind == "other" and before and (link := _ADDRESS.match(text, anchor.start)):
            gap = text[before.end : anchor.start]
            if len(gap) < _FAR and before.kind in _CITES and _TO_ADDRESS.fullmatch(gap):
                anchor = Anchor("link", anchor.start, link.end())
        yield anchor
        before = anchor


def _without_titles(text: str, anchors: Sequence[Anchor]) -> list[Anchor]:
    """Without the numbers of general comments that are the titles of the symbols behind them."""
    kept: list[Anchor] = []
    for anchor in anchors:
        before = kept[-1] if kept else None
        if before and before.kind == "comment" and anchor.kind == "symbol" and "/GC/" in anchor.shown:
            number = _NUMBER.search(text, before.start, before.end)
            gap = text[before.end : anchor.start]
            same = number and re.search(rf"/GC/{number[0]}(?![0-9])", anchor.shown)
            if same and len(gap) < _LONGEST_TITLE and not _ENDS_TITLE.search(gap):
                kept.pop()
        kept.append(anchor)
    return kept


def _is_again(text: str, match: re.Match[str]) -> bool:
    """Ibid. is a word of its own; id. is one only where a reference begins."""
    if match[0][1:2] == "b":
        return True
    return _BEFORE_ID.search(text, max(0, match.start() - 8), match.start()) is not None


def apart(anchors: Sequence[Anchor], others: Iterable[Anchor]) -> list[Anchor]:
    """Anchors in order, with those of the others that overlap none of them or of themselves."""
    kept = sorted(anchors, key=lambda anchor: anchor.start)
    ends = [anchor.end for anchor in kept]
    added: list[Anchor] = []
    for other in sorted(others, key=lambda anchor: (anchor.start, -anchor.end)):
        at = bisect_right(ends, other.start)
        if at < len(kept) and kept[at].start < other.end:
            continue
        if not added or other.start >= added[-1].end:
            added.append(other)
    return sorted([*kept, *added], key=lambda anchor: anchor.start)


def _symbols(text: str, resolver: Resolver) -> Iterator[Anchor]:
    """Symbols, numbers of general comments and resolutions, and what a symbol was damaged to."""
    mentions = [m for m in find_mentions(text, Symbol(""), None) if m.kind not in ("ibid", "note")]
    tokens = list(_damaged(text, resolver)) if "/" in text or "-" in text else []
    starts = [start for _, start, _ in tokens]
    replaced: set[int] = set()
    for at, mention in enumerate(mentions):
        if mention.kind == "symbol" and (whole := _whole_token(tokens, starts, mention.start, mention.end)):
            several = at + 1 < len(mentions) and mentions[at + 1].start < whole[2]
            several = several or (at > 0 and mentions[at - 1].end > whole[1])
            if not several:
                replaced.add(at)
    kept = [mention for at, mention in enumerate(mentions) if at not in replaced]
    for mention in kept:
        kind: AnchorKind = "symbol"
        if mention.kind in ("own", "comment"):
            kind = mention.kind
        elif mention.symbol is None:
            kind = "other"
        yield Anchor(kind, mention.start, mention.end, mention.symbol or "")
    ends = [mention.end for mention in kept]
    for token, start, end in tokens:
        at = bisect_right(ends, start)
        if at == len(kept) or kept[at].start >= end:
            yield Anchor("symbol", start, end, token)


def _whole_token(
    tokens: Sequence[tuple[str, int, int]], starts: list[int], start: int, end: int
) -> tuple[str, int, int] | None:
    """What is built like a symbol and goes on where the symbol within it ends."""
    at = bisect_right(starts, start) - 1
    if at < 0 or not tokens[at][1] <= start < tokens[at][2]:
        return None
    return tokens[at] if tokens[at][2] > end or tokens[at][1] < start else None


def _damaged(text: str, resolver: Resolver) -> Iterator[tuple[str, int, int]]:
    urls = [match.span() for match in _URL.finditer(text)]
    ends = [end for _, end in urls]
    for token, start, end in tokens_in(text):
        at = bisect_left(ends, end)
        in_url = at < len(urls) and urls[at][0] <= start
        parts = [part for part in _SEPARATOR.split(token) if part]
        if len(parts) >= 3 and (_is_of_a_body(parts, token) or (not in_url and resolver.reads_token(token))):
            yield token, start, end


def _is_of_a_body(parts: Sequence[str], token: str) -> bool:
    """Whether it begins as the symbols of a committee do, a sign lost or changed at the most."""
    first, second = (part.strip().upper().translate(_LOOK) for part in parts[:2])
    bodies = {prefix.split("/")[0] for organ in committees() for prefix in organ.prefixes}
    bodies = {body for body in bodies if len(body) > 2}
    if first in bodies:
        return second in _BRANCHES or "-" not in token[: len(parts[0]) + 1]
    near = len(first) > 1 and any(Levenshtein.distance(first, body) == 1 for body in bodies)
    return near and second in _BRANCHES and "-" not in token[: len(parts[0]) + 1]
