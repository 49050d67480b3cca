"""Years in a question: which name the edition that is meant, and which are of something else."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Sequence

_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
_YEARS = re.compile(
    rf"(?<![\w/.-])(?:between\s+(?P<first>{_YEAR})\s+and\s+(?P<last>{_YEAR})"
    rf"|(?:from\s+|the\s+|in\s+|of\s+)?(?P<from>{_YEAR})\s*(?:-|–|\bto\b|\bthrough\b)\s*(?P<to>{_YEAR})"
    rf"|(?P<open>since|after|before|until|up\s+to)\s+(?P<end>{_YEAR})"
    rf"|(?:in\s+|of\s+|the\s+|from\s+)?(?P<year>{_YEAR})(?P<on>\s+onwards?)?)(?![\w/])",
    re.IGNORECASE,
)
_EDITION = (
    r"(?:concluding\s+observations|observations|reviews?|sessions?|dialogue|documents?|editions?|reports?"
    r"|recommendations?|cos?\b|one\b)"
)
_EDITION_AFTER = re.compile(rf"\s*\)?\s*{_EDITION}", re.IGNORECASE)
_EDITION_BEFORE = re.compile(rf"\b{_EDITION}\s*\(?$", re.IGNORECASE)
# What happens in a year or has one in its name: "ratified in 2005", "the 2015 census", "Agenda 2030".
_THING = (
    r"(?:agenda|census|surveys?|laws?|acts?|bills?|constitution|conventions?|protocols?|plans?|strateg(?:y"
    r"|ies)"
    r"|programmes?|decrees?|elections?|budgets?|reforms?|policy|policies|games|olympics|paralympics|comment"
    r"|resolution|no)"
)
_HAPPENED = re.compile(
    r"(?:\b(?:ratif(?:y|ied|ies)|acceded?|adopt(?:ed|s)?|enact(?:ed|s)?|pass(?:ed|es)?|establish(?:ed)?"
    r"|amend(?:ed)?|sign(?:ed)?|promulgat(?:e|ed)|introduc(?:e|ed)|launch(?:ed)?|creat(?:e|ed)|entered|held"
    r"|conduct(?:ed)?|publish(?:ed)?|issued|founded|dated|elected|hit|disappeared|died|killed|lived"
    rf"|{_THING}|january|february|march|april|may|june|july|august|september|october|november|december)"
    r"\s+(?:\w+\s+){0,2}\(?|(?:\d|\bno\.)\s*\(?)(?:in\s+|of\s+|by\s+)?$",
    re.IGNORECASE,
)
_OTHER_THING = re.compile(rf"\s*\)?\s*{_THING}\b", re.IGNORECASE)
_SAID = re.compile(
    r"\b(?:committee|say|said|recommend(?:ed|ations?)?|ask(?:ed)?|tell|told|hear|heard|urge[d]?"
    r"|concern(?:s|ed)?"
    r"|worried|welcome[d]?|observations|review(?:ed)?)\b",
    re.IGNORECASE,
)
_JUST_SAID = re.compile(rf"{_SAID.pattern}(?:\s+\w+){{0,4}}\s*[,(]?\s*$", re.IGNORECASE)
_BESIDE = re.compile(r"(?:[’']s)?\s*[,(]?\s*(?:in\s+)?$")
_OPEN: dict[str, Callable[[int, int], bool]] = {
    "since": operator.ge,
    "after": operator.gt,
    "before": operator.lt,
    "until": operator.le,
    "up": operator.le,
}
_JOINED = re.compile(r"\s*(?:,|/|,?\s*(?:and|or|&|vs\.?|versus))\s*", re.IGNORECASE)
_SHORT = 6  # words of a query of key words, such as "Mexico sterilization 2014"


def edition_years(
    text: str, states: Sequence[tuple[int, int]], held: Sequence[int]
) -> Iterator[tuple[list[int], tuple[int, int]]]:
    """Each mention of years that says which edition is meant: the years, and where it stands.

    `states` is where the State that is addressed is named, and `held` the years that documents are
    from, which an open range ("since 2020") runs over.
    """
    mentions = list(_YEARS.finditer(text))
    named = [_names_edition(text, match, states) for match in mentions]
    for i in reversed(range(len(mentions) - 1)):  # "in 2014 and in 2022" are both what the last one is
        between = text[mentions[i].end() : mentions[i + 1].start()]
        named[i] = named[i] or (named[i + 1] and bool(_JOINED.fullmatch(between)))
    for match, names in zip(mentions, named, strict=True):
        if names:
            yield _years_of(match, held), match.span()


def all_years(text: str, held: Sequence[int]) -> Iterator[tuple[list[int], tuple[int, int]]]:
    """Each mention of years, whatever they are years of, as `edition_years` gives them."""
    for match in _YEARS.finditer(text):
        yield _years_of(match, held), match.span()


def _names_edition(text: str, match: re.Match[str], states: Sequence[tuple[int, int]]) -> bool:
    before, after = text[: match.start()], text[match.end() :]
    if _EDITION_AFTER.match(after) or _EDITION_BEFORE.search(before[-40:]):
        return True
    if _OTHER_THING.match(after) or _HAPPENED.search(before[-60:]):
        return False
    speaks = bool(_SAID.search(text))
    for _, end in states:
        between = before[end:] if end <= len(before) else "."
        if _BESIDE.fullmatch(between):
            return speaks or "in" not in between.split() or len(text.split()) <= _SHORT
    if not after.strip(" ?.!)"):
        return speaks or match["year"] is None or (bool(states) and len(text.split()) <= _SHORT)
    return bool(_JUST_SAID.search(before[-80:]))


def _years_of(match: re.Match[str], held: Sequence[int]) -> list[int]:
    """The years a mention covers; of an open range, those that documents are from."""
    first, last = match["first"] or match["from"], match["last"] or match["to"]
    if first and last:
        return [year for year in held if int(first) <= year <= int(last)] or [int(first)]
    if match["year"]:
        year = int(match["year"])
        return [year] if not match["on"] else [y for y in held if y >= year] or [year]
    meets = _OPEN[match["open"].split()[0].lower()]
    return [year for year in held if meets(year, int(match["end"]))] or [int(match["end"])]
