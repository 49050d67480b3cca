"""What a reference says of its document besides symbol and place: authors, treaties, States, dates, words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from assistant.citations.styles import AUTHORS_SHORT
from corpus.organs import committees, find_committees, find_instruments
from corpus.places import find_adjectives, find_states, state_code

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_DAY = re.compile(
    rf"(?<![0-9])(?P<day>[0-9]{{1,2}})\s(?P<month>{_MONTH})\.?,?\s(?P<year>(?:19|20)[0-9]{{2}})(?![0-9])"
    rf"|\b(?P<month2>{_MONTH})\.?\s(?P<day2>[0-9]{{1,2}}),?\s(?P<year2>(?:19|20)[0-9]{{2}})(?![0-9])",
    re.IGNORECASE,
)
_ENDS_A_SPAN = re.compile(r"[-\u2010-\u2015]\s?$")  # the days of a session: 17 August–4 September 2015
_YEAR = re.compile(r"(?<![\w/.-])(?:19|20)[0-9]{2}(?![\w/])(?![-–][0-9])")
_SHORT = 1000  # characters of a text that is kept
_SAYS = re.compile(r"\w{2}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LONG = tuple((re.compile(rf"\b{re.escape(short)}"), word) for word, short in AUTHORS_SHORT.items())
# What references are made of besides names.
_GLUE = frozenset(
    "a an the of on in to by for and or at with from under un uns doc docs document documents see also cf eg "
    "ie para paras paragraph paragraphs par pars no nos number adopted issued dated its this that ff et seq "
    "emphasis added omitted section article articles art arts supra above cited quoted reference symbol ibid "
    "id".split()
)


@dataclass(frozen=True)
class NamedOrgan:
    """A committee or treaty that is named: what it may be, and as it is printed."""

    printed: str
    committees: frozenset[str]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """What the words of a reference say of its document."""

    organs: tuple[NamedOrgan, ...]
    states: tuple[str, ...]
    days: tuple[date, ...]
    years: tuple[int, ...]
    words: tuple[str, ...]

    @property
    def names_nothing(self) -> bool:
        """Whether neither an author or treaty nor a State is named."""
        return not (self.organs or self.states)


NOTHING_SAID = Said((), (), (), (), ())


def read_said(text: str) -> Said:
    """What the text of a reference says, its symbols and pinpoints left out."""
    if not _SAYS.search(text):
        return NOTHING_SAID
    return _read_again(text) if len(text) <= _SHORT else _read(text)


@lru_cache(maxsize=512)
def _read_again(text: str) -> Said:
    """What a short text says: the same author, title and date come back all over a draft."""
    return _read(text)


def _read(text: str) -> Said:
    for pattern, word in _LONG:
        text = pattern.sub(word, text)
    text = _with_capitals(text)
    organs, spans = _organs(text)
    text = _without(text, spans)
    found = [*find_states(text)] or [*find_adjectives(text)]
    text = _without(text, [(start, end) for _, start, end in found])
    days = list(_days(text))
    text = _without(text, [span for _, span in days])
    years = list(_YEAR.finditer(text))
    text = _without(text, [match.span() for match in years])
    words = [word for word in _WORD.findall(text) if word.lower() not in _GLUE]
    return Said(
        organs,
        tuple(dict.fromkeys(name for name, _, _ in found)),
        tuple(day for day, _ in days),
        tuple(dict.fromkeys(int(match[0]) for match in years)),
        tuple(dict.fromkeys(words)),
    )


def _with_capitals(text: str) -> str:
    """What may be abbreviations in a text that is typed in small letters throughout."""
    if text != text.lower():
        return text
    short = {a.lower() for o in committees() for a in (*o.abbreviations, *o.instrument_abbreviations)}
    short |= {segment.lower() for organ in committees() for segment, _ in organ.protocols}
    return _WORD.sub(lambda match: match[0].upper() if match[0] in short else match[0], text)


@cache
def _supervising() -> dict[str, str]:
    return {name: organ.name for organ in committees() for name in organ.instruments}


def _organs(text: str) -> tuple[tuple[NamedOrgan, ...], list[tuple[int, int]]]:
    supervising = _supervising()
    named: dict[tuple[int, int], list[str]] = {}
    for name, start, end in (*find_committees(text), *find_instruments(text)):
        named.setdefault((start, end), []).append(name)
    widest: list[tuple[int, int]] = []
    for span in sorted(named, key=lambda each: (each[0], -each[1])):
        if not widest or span[1] > widest[-1][1]:  # a name within a longer one is no name by itself
            widest.append(span)
    organs = tuple(
        NamedOrgan(
            text[span[0] : span[1]],
            frozenset(supervising.get(name, name) for name in named[span]),
            tuple(named[span]),
        )
        for span in widest
    )
    return organs, widest


def _days(text: str) -> Iterator[tuple[date, tuple[int, int]]]:
    for match in _DAY.finditer(text):
        month = match["month"] or match["month2"]
        number = _MONTHS.index(month[:3].lower()) + 1
        try:
            day = date(int(match["year"] or match["year2"]), number, int(match["day"] or match["day2"]))
        except ValueError:
            continue  # no day of the calendar
        if not _ENDS_A_SPAN.search(text, max(0, match.start() - 3), match.start()):
            yield day, match.span()


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    pieces, position = [], 0
    for start, end in sorted(spans):
        pieces += [text[position : max(start, position)], " "]
        position = max(end, position)
    return "".join([*pieces, text[position:]])


def same_states(names: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether two lists of names have a State in common."""
    codes = {state_code(name) for name in names} & {state_code(name) for name in others}
    return bool(codes - {None})
