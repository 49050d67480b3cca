"""The short names that a draft gives to documents: "(hereinafter “the observations”)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.checking.anchors import Anchor

_TERM = r"[A-Za-z0-9][^()\[\]“”\"‘;,.:]{1,60}?"
_DEFINITION = re.compile(
    r"\b(?:[Hh]ereinafter|[Hh]ereafter|[Hh]enceforth)(?:\s(?:referred\sto|cited|called))?(?:\sas)?\s?[:,]?\s?"
    rf"(?P<mark>[“‘\"'])?(?:[Tt]he\s)?(?P<term>{_TERM})(?(mark)[,.]?[”’\"']|(?=[)\],.;]|$))"
    rf"|(?<=[(\[;,\s])(?P<quoted>[“‘\"](?:[Tt]he\s)?(?P<term2>{_TERM})[”’\"])(?=[)\]])"
)
_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec)\.|January|February|March|April|May|June|July|August|September"
    r"|October|November|December"
)
# Between a document and the name it is given stand its date and its numbers; never tried in two ways.
_GAP = re.compile(
    rf"(?:\([a-z]{{1,3}}\)|[\s,;:()\[\]–-]|paras?\b\.?|paragraphs?\b|¶|[0-9]{{1,4}}"
    rf"|(?:and|at|on|of|adopted|issued)\b|(?:{_MONTH}))*+"
)
_FAR = 90  # characters from the document to the name it is given
MOST_NAMES = 200
"""How many names a draft may give to documents; no draft needs as many."""
_NO_NAME = frozenset(["committee", "state party", "convention", "protocol", "optional protocol", "covenant"])


@dataclass(frozen=True, slots=True)
class Definition:
    """A name that is given from `start` to `end` to the document named at the anchor before it."""

    term: str
    start: int
    end: int
    anchor: Anchor


def find_definitions(text: str, anchors: Sequence[Anchor]) -> Iterator[Definition]:
    """Each name that a text gives to a document right behind it."""
    at, documents = 0, [anchor for anchor in anchors if anchor.kind != "article"]
    for match in _DEFINITION.finditer(text):
        while at < len(documents) and documents[at].end <= match.start():
            at += 1
        anchor = documents[at - 1] if at else None
        term = " ".join((match["term"] or match["term2"]).split())
        if anchor is None or anchor.kind not in ("symbol", "comment", "named") or term.casefold() in _NO_NAME:
            continue
        gap = text[anchor.end : match.start()]
        if len(gap) <= _FAR and _GAP.fullmatch(gap):
            yield Definition(term, match.start(), match.end(), anchor)


def find_terms(text: str, terms: Iterable[str]) -> Iterator[Anchor]:
    """Each place where a text uses a name that was defined."""
    folded = text.casefold()
    by_word = {term.casefold(): term for term in terms}
    known = sorted((term for term in by_word if term in folded), key=len, reverse=True)
    if not known:
        return
    spelt = "|".join(re.escape(term).replace(r"\ ", r"\s") for term in known)
    pattern = re.compile(
        rf"\b(?:(?P<the>[Tt]he|[Tt]hese|[Tt]hose|[Tt]hat|[Ss]aid)\s)?[“‘\"]?(?P<term>{spelt})\b[”’\"]?", re.I
    )
    for match in pattern.finditer(text):
        term = by_word[" ".join(match["term"].split()).casefold()]
        # a name in small letters is one only with an article: concluding observations are many
        if match["the"] or not term[0].islower():
            yield Anchor("defined", match.start(), match.end(), term)
