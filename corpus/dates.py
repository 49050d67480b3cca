"""The dates of a document, each with its role: adoption, issue, and the session that adopted it.

Of meetings, sessions, laws and treaties a text tells many dates; a date is taken for the document's
own only where the text says so. Where a text does not, none is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice, pairwise

from corpus.layout import Line, Reading
from corpus.sentences import sentence_spans
from corpus.source_text import joined

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_DATE = re.compile(rf"(?<!\d)(\d{{1,2}})\s+({'|'.join(_MONTHS)}),?\s+((?:19|20)\d\d)", re.IGNORECASE)
_OBJECT = (
    r"(?:concluding (?:observations|comments)|conclusions and recommendations"
    r"|(?:following|present) (?:observations|comments|conclusions|recommendations|report|[Vv]iews|[Dd]ecision"
    r"|general (?:comment|recommendation))|report on)\b"
)
# Of its own a text says "adopted (…) the following concluding observations"; of a resolution that asked
# for it, "adopted on …, requested the present report". So one who adopts must stand before the word.
_ADOPTS_ITSELF = re.compile(
    r"\b(?:it|and|committee|subcommittee|group|council|conference|meeting)\s+(?:also\s+|then\s+)?"
    rf"(?P<verb>adopted)\b(?=.*\b(?:following|present|these|the report)\b)(?=.*\b{_OBJECT})"
    r"|\b(?:following|present) concluding observations (?:were|was) (?P<passive>adopted)\b",
    re.IGNORECASE,
)
_BODY = (
    r"(?:Committee|Subcommittee|(?:Human Rights|Security|Economic and Social)?\s*Council|General Assembly"
    r"|Conference|Working Group)"
)
_ADOPTION_NOTE = re.compile(
    rf"(?:\bAdopted|\b[Rr]esolution adopted|\b[Dd]ecision adopted) by the {_BODY}\b[^.;\[]{{0,120}}?\bon "
    rf"{_DATE.pattern}"
    rf"|\bDate of adoption(?: of (?:the )?[\w ]{{1,40}})?\s*:?\s*{_DATE.pattern}"
    rf"|\bAdopted on {_DATE.pattern}|\[Adopted [^\]]{{0,200}}?\bon {_DATE.pattern}"
)
_MEETING = re.compile(r"\d{1,5}(?:st|nd|rd|th)\s+(?:plenary\s+)?meeting,?", re.IGNORECASE)
_ORDINAL = (
    r"(?:\d{1,3}(?:st|nd|rd|th)|(?:one hundred(?: and)?[ -])?(?:[a-z]+ty-)?(?:first|second|third|fourth|fifth"
    r"|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|[a-z]{2,9}teenth|[a-z]{2,8}tieth)|one hundredth)"
)
_SESSION = re.compile(
    rf"\b(?P<session>{_ORDINAL}(?: resumed| special| emergency special)? session)\b", re.IGNORECASE
)
_SESSION_NOTE = re.compile(
    rf"\bAdopted by the {_BODY} (?:at|during|on) its {_SESSION.pattern}(?:\s*\((?P<dates>[^()]{{5,60}})\))?",
    re.IGNORECASE,
)
_DISTRIBUTION = re.compile(r"\bDistr\b", re.IGNORECASE)
# What stands on the line of the date where a table of the masthead became one line.
_BESIDE_ISSUE = re.compile(
    r"Distr\.?\s?:?\s*(?:general|limited|restricted|générale|limitée|limitada|reservada)?|Original\s?:.*$",
    re.IGNORECASE,
)
_MASTHEAD_LINES = 40
_NOTES, _LONGEST_NOTE = 3, 400  # characters; a decision in an annex may have such a note too
_LONGEST_BEGINNING = 4000  # characters of a text without pages in which it speaks of itself


@dataclass(frozen=True, slots=True)
class Dates:
    """When a document was adopted and issued, and in which session; None where the text does not say.

    `session_years` are the years printed with the session, empty where none are.
    """

    adopted: date | None
    issued: date | None
    session: str | None
    session_years: tuple[int, ...] = ()


def find_dates(reading: Reading, language: str = "en") -> Dates:
    """The dates that a document tells of itself, in the month names of its language."""
    start = joined(beginning(reading))
    notes = " ".join(islice(_adoption_notes(reading.lines), _NOTES))
    session, years = _session(reading.lines, start, notes)
    months = _months("en") | (_months(language) if language != "en" else {})
    adopted = _adopted(start, months, language) or _adopted(notes, months, language)
    return Dates(adopted or _at_the_end(reading.lines), _issued(reading.lines, months), session, years)


def beginning(reading: Reading) -> str:
    """The part of a text that speaks of the document itself: two pages, or so many characters."""
    later = next((line.start for line in reading.lines if line.page and line.page > 2), len(reading.text))
    paged = any(line.page for line in reading.lines)
    return reading.text[: max(_LONGEST_BEGINNING, min(later, 3 * _LONGEST_BEGINNING) if paged else 0)]


def _adoption_notes(lines: Sequence[Line]) -> Iterator[str]:
    """Notes on the adoption wherever they stand: formats without pages have all notes at the end."""
    for position, line in enumerate(lines):
        if re.match(r"\W{0,6}Adopted (?:by|at|on)\b", line.text):
            yield " ".join(each.text for each in lines[position : position + 2])[:_LONGEST_NOTE]


def _adopted(text: str, months: Mapping[str, int], language: str) -> date | None:
    """The date that the text gives for its own adoption, whichever side of the word it stands on."""
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        for verb in _own_adoptions(sentence, language):
            after = next(_dates(sentence[verb:], months), None)
            before = list(_dates(sentence[:verb], months))
            if found := after or (before[-1] if before else None):
                return found
    note = _ADOPTION_NOTE.search(text)
    return next(_dates(note[0], months), None) if note else None


def _own_adoptions(sentence: str, language: str) -> Iterator[int]:
    if own := _ADOPTS_ITSELF.search(sentence):
        yield max(own.start("verb"), own.start("passive"))
    elif other := _ADOPTIONS.get(language):
        verb, what = other
        if (found := re.search(verb, sentence, re.IGNORECASE)) and re.search(what, sentence, re.IGNORECASE):
            yield found.start()


# How the other languages of the UN, and Portuguese, say what `_ADOPTS_ITSELF` says.
_ADOPTIONS = {
    "fr": (r"\badopté", r"observations finales"),
    "es": (r"\baprob(?:ó|adas?|ado)\b", r"observaciones finales"),
    "pt": (r"\b(?:adotou|aprovou|adoptou)\b", r"observações (?:finais|conclusivas)"),
    "ru": (r"\bприня[лт]", r"заключительн\w+ замечани"),
    "ar": (r"اعتمد", r"الملاحظات الختامية"),
    "zh": (r"通过", r"结论性意见"),
}


def _at_the_end(lines: Sequence[Line]) -> date | None:
    """The date under the number of the meeting where a resolution ends."""
    printed = [line for line in lines if not line.blank]
    found = {
        _whole_date(below.text, _months("en"))
        for line, below in pairwise(printed)
        if _MEETING.fullmatch(line.text)
    }
    return found.pop() if len(found) == 1 else None


def _issued(lines: Sequence[Line], months: Mapping[str, int]) -> date | None:
    """The date of the masthead: on a line of its own, after the word on the distribution."""
    masthead = [line for line in lines if not line.blank][:_MASTHEAD_LINES]
    marked = next((i for i, line in enumerate(masthead) if _DISTRIBUTION.search(line.text)), None)
    if marked is None:
        return None
    for line in masthead[marked : marked + 8]:
        for column in re.split(r"\s{2,}", line.text):
            if found := _whole_date(_BESIDE_ISSUE.sub("", column), months):
                return found
    return None


def _session(lines: Sequence[Line], start: str, notes: str) -> tuple[str | None, tuple[int, ...]]:
    """The session of the note on the adoption, else of the masthead, else the first that is named."""
    noted = _SESSION_NOTE.search(start) or _SESSION_NOTE.search(notes)
    if noted:
        years = tuple(int(year) for year in re.findall(r"(?:19|20)\d\d", noted["dates"] or ""))
        return _as_in_text(noted["session"]), years
    printed = [line.text for line in lines if not line.blank][:_MASTHEAD_LINES]
    alone = next((text for text in printed if _SESSION.fullmatch(text)), None)
    first = _SESSION.search(start)
    found = alone or (first["session"] if first else None)
    return (_as_in_text(found) if found else None), ()


def _as_in_text(session: str) -> str:
    return session if session[0].isdigit() else session.lower()


def _whole_date(text: str, months: Mapping[str, int]) -> date | None:
    """The date that a text consists of; a mark that calls a note may follow it."""
    bare = text.strip().rstrip("*†").strip()
    if len(bare) > 40:
        return None
    found = next(_dates(bare, months), None)
    rest = _any_date(tuple(months)).sub("", bare)
    return found if found and not re.search(r"\w{3,}", rest.replace("года", "")) else None


def _dates(text: str, months: Mapping[str, int]) -> Iterator[date]:
    """The dates of a text in order; a day that no month has is none."""
    for match in _any_date(tuple(months)).finditer(text):
        if match["day"]:
            day, month, year = match["day"], months[match["month"].lower()], match["year"]
        else:
            day, month, year = match["zh_day"], int(match["zh_month"]), match["zh_year"]
        try:
            yield date(int(year), month, int(day))
        except ValueError:
            continue


@cache
def _any_date(months: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(months, key=len, reverse=True))
    return re.compile(
        # between day and month may stand "de", "er" or the other name an Arabic month has
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:er|º|°)?\s+(?:de\s+|[\w ]{{1,16}}/\s?)?(?P<month>{names})\b,?"
        r"\s+(?:de[l]?\s+)?(?P<year>(?:19|20)\d\d)"
        r"|(?P<zh_year>(?:19|20)\d\d)\s*年\s*(?P<zh_month>1[0-2]|[1-9])\s*月\s*(?P<zh_day>\d{1,2})\s*日",
        re.IGNORECASE,
    )


@cache
def _months(language: str) -> dict[str, int]:
    """The names of the months in a language, in lower case, with their numbers."""
    if language == "en":
        return {name.lower(): number for number, name in enumerate(_MONTHS, 1)}
    # imported here, since only documents in other languages need it
    from babel import Locale, UnknownLocaleError

    try:
        names = Locale.parse(language).months["format"]["wide"]
    except (UnknownLocaleError, ValueError):
        return {}
    return {str(name).lower(): number for number, name in names.items()}
