"""The text in a block of HTML that stands in Markdown: its tags divide it or are left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.checking.gathering import Span

_UNREAD = re.compile(r"\s*<(?:script|style|pre|textarea|\?|![A-Za-z]|!\[CDATA\[)", re.IGNORECASE)
_SIGN = re.compile(
    r"(?P<comment><!--)"
    r"|(?P<tag><(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]{0,30})(?:\s[^<>]{0,2000})?/?>)"
    r"|(?P<space>&(?:nbsp|ensp|emsp|thinsp|\#160);)"
    r"|(?P<ampersand>&amp;)"
)
_DIVIDING = frozenset(
    """p div li ul ol dl dt dd td th tr table thead tbody caption h1 h2 h3 h4 h5 h6 hr blockquote section
    article header footer figure figcaption main aside nav details summary center""".split()
)


@dataclass(slots=True)
class HtmlPiece:
    """A stretch between two tags that divide; `quotes` is how many block quotations open before it.

    The number is below zero where they close. A stretch without text has only that number.
    """

    start: int
    end: int
    hidden: list[Span] = field(default_factory=list)
    spaces: list[Span] = field(default_factory=list)
    quotes: int = 0


def html_pieces(html: str) -> list[HtmlPiece]:
    """The stretches of text in a block of HTML, in order; none of scripts, styles and preformatted text."""
    if _UNREAD.match(html):
        return []
    pieces = [HtmlPiece(0, 0)]
    position, ends = 0, True
    while match := _SIGN.search(html, position):
        start, position = match.span()
        here = pieces[-1]
        if match.lastgroup == "comment" or match["comment"]:
            close = html.find("-->", position) if ends else -1
            ends = close >= 0
            position = close + 3 if ends else position
            here.hidden.append((start, position))
        elif match["space"] or (match["name"] or "").lower() == "br":
            here.spaces.append((start, position))
        elif match["ampersand"]:
            here.hidden.append((start + 1, position))
        elif match["name"].lower() in _DIVIDING:
            here.end = start
            step = -1 if match["end"] else 1
            quotes = step if match["name"].lower() == "blockquote" else 0
            pieces.append(HtmlPiece(position, position, quotes=quotes))
        else:
            here.hidden.append((start, position))
    pieces[-1].end = len(html)
    return [_trimmed(html, piece) for piece in pieces]


def _trimmed(html: str, piece: HtmlPiece) -> HtmlPiece:
    """A piece without the space around it; empty where nothing of it is printed."""
    text = html[piece.start : piece.end]
    start = piece.start + len(text) - len(text.lstrip())
    end = max(start, piece.start + len(text.rstrip()))
    out = sum(last - first for first, last in (*piece.hidden, *piece.spaces))
    if out >= end - start:
        end = start
    return HtmlPiece(start, end, piece.hidden, piece.spaces, piece.quotes)
