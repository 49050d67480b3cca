"""How far a reference reaches around its symbol: author, title and date before it, the date behind it.

The forms are those of the six styles and what comes near them. Prose is none of a reference: only an
author who stands where a citation begins, or a title that says what kind of text it is, is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from assistant.citations.styles import AUTHORS_SHORT
from corpus.organs import committees
from corpus.places import state_code

_YEAR = r"(?:19|20)[0-9]{2}"
_LONGEST = 700  # characters of author, title and date; the longest held title has about 300
_DOC = re.compile(r"(?:(?:UN|U\.\s?N\.)\s)?(?:[Dd]ocs?\.?|[Dd]ocument)\s(?:[Nn]o\.?\s)?$|(?:UN|U\.\s?N\.)\s$")
_DATE_BEFORE = re.compile(rf",?\s\([^()]{{0,60}}\b{_YEAR}\),?\s$")
_TITLE_WORDS = (
    r"(?:[Cc]oncluding\s(?:[Oo]bservations|[Cc]omments)|(?:[Jj]oint\s)?[Gg]eneral\s(?:[Cc]omment|[Rr]ecommendation)"
    r"|[Ll]ist\sof\s[Ii]ssues|[Vv]iews\s|[Cc]onsideration\sof|[Rr]eport\s|[Ii]nitial\s|[Cc]ombined\s|[Ff]ollow-up)"
)
_TITLE = re.compile(_TITLE_WORDS)
_DAY = re.compile(rf"(?:[0-9]{{1,2}}\s)?(?:[A-Z][a-z]{{2,8}}\.?\s)?(?:[0-9]{{1,2}}\s)?{_YEAR}")
_TITLE_CASE = 0.7  # of the words of four letters and more have a capital, in which prepositions have none
_PIECES = 4  # commas in a title that is only State and date, names of States with one counted
_LONGEST_AUTHOR = 160
_OPENING = {"”": "“", "’": "‘", '"': r'(?<![^\s(])"', "'": r"(?<![^\s(])'"}
_QUOTED_END = re.compile(r"[,.]?(?P<mark>[”’\"']),?\s?$")
_DATED = re.compile(
    rf"\s?,?\s?[(\[](?!see\b|[Hh]ere(?:in)?after\b)[^()\[\];]{{0,60}}\b{_YEAR}[)\]]"
    rf"|,?\s(?:(?:adopted|issued|dated|of|on)\s(?:on\s)?){{0,2}}[0-9]{{1,2}}\s[A-Z][a-z]{{2,8}}\.?\s{_YEAR}\b"
    r"|\s\([A-Z]{2,6}\)"
    rf"|,\s{_YEAR}(?=[,;.)\]]|\sparas?\b|$)"
)
_BEGINS = re.compile(
    r"(?:^|[(\[;:.,]\s?|\b(?:[Ss]ee|[Aa]lso|[Cc]f\.?|e\.g\.|[Ii]n|by|and|UN|[Tt]he)[,:]?\s)$"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a reference begins, what it says before its symbol, and its title where that is in quotes."""

    start: int
    said: str = ""
    title: tuple[int, int] | None = None


def frame_before(text: str, start: int, limit: int, titles: frozenset[str] = frozenset()) -> Frame:
    """The author, title and date right before the symbol at `start`, looked for no further than `limit`.

    `titles` are those the document is known by, in small letters.
    """
    low = max(limit, start - _LONGEST)
    end = start
    for pattern in (_DOC, _DATE_BEFORE):
        if found := pattern.search(text, max(low, end - 80), end):
            end = found.start()
    quoted = _quoted_title(text, low, end)
    author = _author_before(text, low, quoted[0] if quoted else end, is_title_read=quoted is not None)
    # words in quotation marks are a title where an author is before them and a date behind, or by themselves
    if quoted and (author is None or end == start) and not _is_known_title(text[slice(*quoted)], titles):
        quoted = author = None
    if author is not None:
        begins = author
    elif quoted:
        begins = quoted[0]
    else:
        return Frame(_of_document(text, low, start))
    return Frame(begins, text[begins:start], quoted)


def dates_behind(text: str, end: int) -> int:
    """Where the date ends that stands right behind a symbol or pinpoint; `end` where there is none."""
    found = _DATED.match(text, end)
    return found.end() if found else end


def _of_document(text: str, low: int, start: int) -> int:
    found = _DOC.search(text, max(low, start - 20), start)
    return found.start() if found else start


def _quoted_title(text: str, low: int, end: int) -> tuple[int, int] | None:
    closing = _QUOTED_END.search(text, max(low, end - 4), end)
    if closing is None:
        return None
    mark = closing.start("mark")
    openings = list(re.finditer(_OPENING[closing["mark"]], text[low:mark]))
    return (low + openings[-1].start(), mark + 1) if openings else None


def _is_known_title(quoted: str, titles: frozenset[str]) -> bool:
    """Whether words in quotation marks say what kind of text it is, or are the title that is held."""
    title = quoted[1:-1].rstrip(",.")
    return bool(_TITLE.match(title)) or " ".join(title.casefold().split()) in titles


def _author_before(text: str, low: int, end: int, *, is_title_read: bool) -> int | None:
    """Where the author begins whose title, or whose symbol, stands at `end`."""
    for match in reversed(list(_authors().finditer(text, low, end))):
        between = text[match.end() : end]
        if not re.match(r"[,:]\s", between):
            continue
        title = between[2:].strip(" ,:")
        if title and (is_title_read or not (_is_title(title) or _is_state_and_date(title))):
            return None
        before = _BEGINS.search(text, max(low, match.start() - 10), match.start())
        return match.start() if before or match.start() == low else None
    return None


def _is_title(text: str) -> bool:
    if re.search(r"[.;!?]\s|[()]\s?[a-z]", text.replace("No. ", "")):
        return False
    words = re.findall(r"\b[A-Za-z]\w{3,}", text)
    capitals = sum(word[0].isupper() for word in words)
    return bool(_TITLE.match(text)) or (len(words) > 1 and capitals >= _TITLE_CASE * len(words))


def _is_state_and_date(text: str) -> bool:
    """Whether it is nothing but the State and the date that short references give for a title."""
    pieces = [_DAY.sub("", piece).strip() for piece in text.split(",")]
    return len(pieces) <= _PIECES and all(not piece or state_code(piece) for piece in pieces)


def author_before(text: str, low: int, end: int) -> int:
    """Where the author begins who is named right before `end`; `end` where there is none."""
    found = list(_authors().finditer(text, max(low, end - _LONGEST_AUTHOR), end))
    gap = text[found[-1].end() : end] if found else ""
    return found[-1].start() if found and len(gap) < 4 and not gap.strip(" ,:") else end


@cache
def _authors() -> re.Pattern[str]:
    names = {organ.name for organ in committees()} | {"Committee on Migrant Workers"}
    for name in [*names]:
        for word, short in AUTHORS_SHORT.items():
            name = name.replace(word, short)
        names.add(name)
    spelt = "|".join(re.escape(name).replace(r"\ ", r"\s") for name in sorted(names, key=len, reverse=True))
    short = "|".join(short for organ in committees() for short in organ.abbreviations)
    return re.compile(
        rf"\b(?:UN\s)?(?:(?i:{spelt})|(?:{short})(?:\sCommittee)?(?=[,:]|\s\())(?:\s\([A-Z]{{2,6}}\))?"
    )
