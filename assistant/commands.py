"""What people say of the documents a question goes on with: "add Zambia", "the older report"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.content_words import content_terms
from assistant.focus import Focus
from assistant.inference import Inferred
from corpus.holdings import Holdings
from index.words import terms

_SAYS_NO_TOPIC = frozenset(
    terms(
        "ones s d ll m re ve t same q add contrast compare compared comparison wrong country state party "
        "one sorry ment mean meant situation there well instead both put together now leave drop "
        "forget without regardless any other others older newer earlier later previous latest "
        "recent document report version edition better worse bad similar different happen happens "
        "happening happened doing case too also include including plus still about like love take "
        "switch change changed go only neighbour neighbor whichever which observation observations "
        "skip enough exclude excluding"
    )
)
_LEFT_OUT = re.compile(
    r"\b(?:leave|leaving|drop|dropping|forget(?:\s+about)?|without|not|except(?:\s+for)?|excluding|exclude"
    r"|skip"
    r"|enough\s+(?:about|of|on)|no\s+more(?:\s+about)?|other\s+than|apart\s+from)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_ADDS = re.compile(
    r"\b(?:add|adding|plus|include|including|as\s+well|contrast|compar\w*|together\s+with|both)\b",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"^(?:(?:and|now|ok|so|for|in|put|take|show|compare|me)\s+)*(?:both|the\s+two|them\s+both"
    r"|both\s+of\s+them)"
    r"(?:\s+(?:of\s+them|together|countries|states|documents|years|please|then))*$",
    re.IGNORECASE,
)
_EDITION = re.compile(
    r"\b(?:in\s+|of\s+|from\s+)?the\s+(?P<which>older|earlier|previous|first|old|original|prior|newer"
    r"|later|latest|newest|recent|most\s+recent"
    r"|second|last|other)\s+(?:one|documents?|reports?|(?:concluding\s+)?observations|reviews?|editions?"
    r"|versions?|cycle)\b",
    re.IGNORECASE,
)
_OLDER = frozenset("older earlier previous first old original prior".split())
_YEAR = re.compile(r"\b(?:in|of|by|from|for)?\s*\b(?P<year>(?:19[5-9]|20[0-4])\d)\b", re.IGNORECASE)


def is_command(text: str, names: str) -> bool:
    """Whether a text has no topic: besides the `names` in it only words that say what is meant to be done."""
    known = _SAYS_NO_TOPIC | set(terms(names))
    return all(term in known for term in content_terms(text))


def year_of_command(text: str) -> str | None:
    """The year, where a text says nothing else but what is meant to be done: "which of them in 2022?"."""
    found = _YEAR.search(text)
    alone = found and is_command(f"{text[: found.start()]} {text[found.end() :]}", "")
    return found["year"] if found and alone else None


def left_out(text: str, scope: Sequence[Inferred]) -> list[Inferred]:
    """The States that a text names to be left out: "leave Kenya", "without India"."""
    return [
        inferred
        for inferred in scope
        if inferred.kind == "state"
        and inferred.spans
        and all(_LEFT_OUT.search(text[:start]) for start, _ in inferred.spans)
    ]


def adds(text: str) -> bool:
    """Whether a State or year is put beside those before and not in their place: "add Zambia"."""
    return bool(_ADDS.search(text))


def asks_for_both(text: str) -> bool:
    """Whether it asks for the last two that were spoken of: "put both together"."""
    return bool(_BOTH.match(text.strip(" ?.!,;:")))


def with_edition(text: str, focus: Focus, holdings: Holdings) -> str:
    """A text with the year of the edition that it means: "the older document", "has that changed in 2022?".

    A bare year means an edition where what is spoken of has one of that year.
    """
    years = _years_held(focus, holdings)
    if len(years) < _FEWEST:
        return text
    at = next((int(a.value) for a in focus.filters if a.kind == "year"), years[-1])
    if match := _EDITION.search(text):
        which = match["which"].lower()
        others = [year for year in years if year != at]
        before = [year for year in years if year < at]
        after = [year for year in years if year > at]
        year = (before or others)[-1] if which in _OLDER else (after or years)[-1]
        year = others[-1] if which == "other" else year
        return f"{text[: match.start()]}the {year} observations{text[match.end() :]}"
    match = _YEAR.search(text)
    if match and int(match["year"]) in years and int(match["year"]) != at:
        return f"{text[: match.start()]} the {match['year']} observations{text[match.end() :]}".strip()
    return text


_FEWEST = 2  # editions of which one can be told from another


def _years_held(focus: Focus, holdings: Holdings) -> list[int]:
    """The years of the documents on the States spoken of, or of the one document that was cited."""
    states = [a.value for a in focus.filters if a.kind == "state"]
    if not states and (cited := {symbol for symbol, _ in focus.places}) and len(cited) == 1:
        headers = [holdings.headers[number] for number in holdings.on_symbol(next(iter(cited)))]
        states = [state for header in headers for state in header.states]
    documents = frozenset[int]().union(*(holdings.on_state(state) for state in states))
    return sorted({year for number in documents if (year := holdings.headers[number].year)})
