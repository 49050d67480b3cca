"""Where a stretch of text names documents: by symbol, by number, or by pointing to another place.

All patterns have bounds, so that hostile text takes time in proportion to its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from corpus.organs import Organ, committees, organs
from corpus.symbol import Symbol

_YEAR = r"(?:19|20)[0-9]{2}"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
_AND = r"(?:\s?[,;]\s?(?:(?:and|et|y)\s+)?|\s+(?:and|et|y|to)\s+|\s?[-–]\s?)"
_ELIDED = re.compile(
    rf"{_AND}(?:(?P<stem>SR|PV|Add|Corr|Rev|L)\.\s?)?(?P<number>[0-9]{{1,4}})(?![\w/]|\.[0-9]|\s+{_MONTH}|\))"
    rf"|{_AND}(?:(?P<stem2>SR|PV|Add|Corr|Rev|L)\.\s?)?(?P<number2>[0-9]{{1,4}})(?=\))"
)
_NUMBERED = re.compile(r"/(?P<stem>SR|PV|Add|Corr|Rev|L)\.(?P<number>[0-9]{1,4})(?:-(?P<last>[0-9]{1,4}))?$")
_MOST_ELIDED = 50  # how far behind the first number one may be that is taken for the same series
_COMMENT = re.compile(
    r"\b(?P<joint>[Jj]oint\s+)?[Gg]eneral\s(?:[Cc]omments?|[Rr]ecommendations?)\s"
    rf"(?:N[oº°]s?\.?\s?)?(?P<number>[0-9]{{1,2}})(?![0-9]|/[^g])(?:\s?\((?P<year>{_YEAR})\))?"
)
_NEXT_COMMENT = re.compile(
    rf"\s?(?:,|,?\s?and)\s(?:No\.\s?)?(?P<number>[0-9]{{1,2}})\s?\((?P<year>{_YEAR})\)"
)
_RESOLUTION = re.compile(
    r"\b(?P<plain>[Rr]esolutions?|[Dd]ecisions?)\s"
    rf"(?P<number>S-[0-9]{{1,2}}/[0-9]{{1,2}}|[0-9]{{1,4}}/[0-9]{{1,4}}|[0-9]{{1,4}}\s?\({_YEAR}\)"
    r"|[0-9]{1,4}\s?[A-Z]?\s?\([IVXLC]{1,9}\))"
)
_NEXT_RESOLUTION = re.compile(
    rf"(?:\sof\s[0-9]{{1,2}}\s{_MONTH}\s{_YEAR})?\s?(?:,|,?\s?and)\s"
    rf"(?P<number>[0-9]{{1,4}}/[0-9]{{1,4}}|[0-9]{{1,4}}\s?\({_YEAR}\))(?![\w/])"
)
# Series of resolutions by the organ that adopts them, since the number alone is not a symbol.
_RESOLUTION_SERIES = {
    "General Assembly": ("A/RES/", re.compile(r"(?:3[1-9]|[4-9][0-9])/[0-9]{1,3}")),
    "Human Rights Council": ("A/HRC/RES/", re.compile(r"(?:S-)?[0-9]{1,2}/[0-9]{1,2}")),
    "Security Council": ("S/RES/", re.compile(rf"[0-9]{{1,4}}\s?\({_YEAR}\)")),
    "Economic and Social Council": ("E/RES/", re.compile(rf"{_YEAR}/[0-9]{{1,3}}")),
    "Commission on Human Rights": ("E/CN.4/RES/", re.compile(rf"{_YEAR}/[0-9]{{1,3}}")),
}
_BEFORE = 300  # characters in which the committee or organ may be named
_SENTENCE = re.compile(r"[.;:]\s(?=[A-Z(])|;")
_OWN = re.compile(
    r"\b(?:[Tt]he\s+present|[Tt]hese)\s+(?:concluding\s+(?:observations|comments)|general\s+(?:comment"
    r"|recommendation)|report|document|decision|[Vv]iews|resolution|note)\b"
)
_IBID = re.compile(r"\b[Ii](?:bid|d)\b\.?(?=[\s,.;:)]|$)")
_NOTE = re.compile(
    r"\b[Ss]upra,?\s+(?:foot)?note\s+(?P<mark>[0-9]{1,3})\b|\b(?:[Ff]oot)?note\s+(?P<above>[0-9]{1,3})\s+above\b"
)

MentionKind = Literal["symbol", "comment", "resolution", "own", "ibid", "note"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A document that is named from `start` to `end`; `symbol` is None where it is not known which.

    `note` is the mark of the footnote that a reference such as `supra note 3` points to.
    """

    kind: MentionKind
    start: int
    end: int
    symbol: str | None = None
    year: int | None = None
    note: str | None = None


def find_mentions(text: str, own: Symbol, organ: Organ | None) -> list[Mention]:
    """Every document that a text names, in order; `own` and `organ` are those of the text itself."""
    found = [
        *_symbols(text),
        *_comments(text, organ),
        *_resolutions(text, organ),
        *(Mention("own", m.start(), m.end(), str(own)) for m in _OWN.finditer(text)),
        *(Mention("ibid", m.start(), m.end()) for m in _IBID.finditer(text)),
        *(Mention("note", m.start(), m.end(), note=m["mark"] or m["above"]) for m in _NOTE.finditer(text)),
    ]
    return _apart(sorted(found, key=lambda mention: (mention.start, -mention.end)))


def _apart(mentions: list[Mention]) -> list[Mention]:
    """Mentions that begin inside an earlier one left out, such as a year read as a second symbol."""
    kept: list[Mention] = []
    for mention in mentions:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


# -- symbols


def _symbols(text: str) -> Iterator[Mention]:
    for symbol, start, end in Symbol.find_all(text):
        name = str(symbol)
        numbered = _NUMBERED.search(name)
        if numbered and numbered["last"] and numbered["stem"] in ("SR", "PV"):
            head = name[: numbered.start("number")]
            middle = start + symbol.printed.rfind(symbol.printed[-len(numbered["last"]) :])
            yield Mention("symbol", start, middle - 1, head + numbered["number"])
            yield Mention("symbol", middle, end, head + numbered["last"])
            name = head + numbered["last"]
        else:
            yield Mention("symbol", start, end, name)
        yield from _elided(text, end, name)


def _elided(text: str, position: int, name: str) -> Iterator[Mention]:
    """Symbols of which only the end is printed: `CRC/C/SR.1836 and 1837`, `CRPD/C/NOR/1 and Corr.1`."""
    base = name
    while match := _ELIDED.match(text, position):
        stem, number = match["stem"] or match["stem2"], match["number"] or match["number2"]
        numbered = _NUMBERED.search(name)
        if numbered and stem in (None, numbered["stem"]):
            behind = int(number) - int(numbered["number"])
            if stem is None and not 0 < behind <= _MOST_ELIDED:
                return
            name = f"{name[: numbered.start('stem')]}{numbered['stem']}.{number}"
        elif stem in ("Add", "Corr", "Rev"):
            name = f"{base}/{stem}.{number}"
        else:
            return
        start = match.start("stem") if match["stem"] else match.start("number")
        if match["number2"]:
            start = match.start("stem2") if match["stem2"] else match.start("number2")
        yield Mention("symbol", start, match.end(), name)
        position = match.end()


# -- general comments


def _comments(text: str, organ: Organ | None) -> Iterator[Mention]:
    for match in _COMMENT.finditer(text):
        behind = _behind().match(text, match.end())
        joint = match["joint"] or text.endswith("/", 0, match.start())
        author = None if joint else _author(text, match, behind, organ)
        mention = _comment(match, author)
        yield replace(mention, end=behind.end()) if behind else mention
        position = match.end()
        while following := _NEXT_COMMENT.match(text, position):
            yield replace(_comment(following, author), start=following.start("number"))
            position = following.end()


def _comment(match: re.Match[str], author: Organ | None) -> Mention:
    symbol = author.general_comment(int(match["number"])) if author else None
    year = int(match["year"]) if match["year"] else None
    # symbols of early ones have the year in them: another year means another committee's
    printed = re.search(rf"/({_YEAR})/", symbol or "")
    if year and printed and int(printed[1]) != year:
        symbol = None
    return Mention("comment", match.start(), match.end(), symbol, year)


def _author(
    text: str, match: re.Match[str], behind: re.Match[str] | None, organ: Organ | None
) -> Organ | None:
    """The committee named behind a general comment or just before it, else the document's own.

    None where several are named together: which of them wrote it is not guessed.
    """
    if behind:
        return _by_name().get(_plain(behind["name"]))
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    sentence = _SENTENCE.split(before)[-1]
    named = list(_committee_names().finditer(sentence))
    if not named:
        return None if re.search(r"\bCommittees\b", sentence) else organ
    if len(named) > 1 and re.fullmatch(r",?\s(?:and|or)\s(?:of\s)?(?:the\s)?", _gap(sentence, named[-2:])):
        return None
    # "the Committee on X … its general comment" is X's, "the Committee's own" after a comma is not told apart
    return _by_name().get(_plain(named[-1][0]))


def _gap(text: str, matches: list[re.Match[str]]) -> str:
    return text[matches[0].end() : matches[1].start()]


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


@cache
def _by_name() -> dict[str, Organ]:
    names = {_plain(organ.name): organ for organ in committees()}
    migrants = next((organ for name, organ in names.items() if "migrant workers" in name), None)
    return names | ({"committee on migrant workers": migrants} if migrants else {})


@cache
def _committee_names() -> re.Pattern[str]:
    longest_first = sorted(_by_name(), key=len, reverse=True)
    return re.compile(
        "|".join(re.escape(name).replace(r"\ ", r"\s") for name in longest_first), re.IGNORECASE
    )


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\son\s[^.;()]{{1,90}}?)?,?\s(?:of|by|from|issued\sby|adopted\sby)\sthe\s"
        rf"(?P<name>{_committee_names().pattern})",
        re.IGNORECASE,
    )


# -- resolutions


def _resolutions(text: str, organ: Organ | None) -> Iterator[Mention]:
    for match in _RESOLUTION.finditer(text):
        author = _adopting(text[max(0, match.start() - _BEFORE) : match.start()], organ)
        decision = match["plain"].lower().startswith("decision")
        yield Mention(
            "resolution", match.start(), match.end(), _resolution(match["number"], author, decision)
        )
        position = match.end()
        while following := _NEXT_RESOLUTION.match(text, position):
            symbol = _resolution(following["number"], author, decision)
            yield Mention("resolution", following.start("number"), following.end(), symbol)
            position = following.end()


def _adopting(before: str, organ: Organ | None) -> str | None:
    """The organ named right before a resolution, with words such as "in its" between; else its own."""
    named = _organ_names().search(before)
    if named is None:
        return organ.name if organ and re.search(r"\b(?:its|[Rr]ecalling)\s$", before) else None
    short = {"Assembly": "General Assembly", "Council": organ.name if organ else ""}
    name = " ".join(named["name"].split())
    name = short.get(name, name)
    if name not in _RESOLUTION_SERIES and named["name"] == "Council":
        return "Human Rights Council" if organ and organ.name in _OF_THE_COUNCIL else None
    return name


_OF_THE_COUNCIL = frozenset(
    ["Special procedures of the Human Rights Council", "Working Group on the Universal Periodic Review"]
)


@cache
def _organ_names() -> re.Pattern[str]:
    names = [*(organ.name for organ in organs() if organ.name in _RESOLUTION_SERIES), "Assembly", "Council"]
    alternatives = "|".join(name.replace(" ", r"\s+") for name in sorted(names, key=len, reverse=True))
    return re.compile(
        rf"\b(?P<name>{alternatives})(?:’s|'s)?,?\s(?:(?:in|of|and|by|pursuant\sto)\s)?(?:its\s)?$"
    )


def _resolution(number: str, author: str | None, decision: bool) -> str | None:
    series = _RESOLUTION_SERIES.get(author or "")
    if series is None or not series[1].fullmatch(number):
        return None
    prefix = series[0].replace("RES", "DEC") if decision else series[0]
    return prefix + re.sub(r"\s?\(.*", "", number)
