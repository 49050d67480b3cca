"""What a complete list says: how many, what was counted, where, and how to get the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from assistant.complete_list import CompleteList, Listed
from assistant.counted_words import CountedWords
from assistant.exhaustive import Wanted
from assistant.markdown import escaped
from corpus.model import DocumentHeader, Role
from index.conditions import described, excludes

_FEW = 10  # paragraphs that are quoted even where only their number is asked for
_MOST_DOCUMENTS = 60  # that have a line in one answer
_MOST_PLACES = 200  # that all lines name together, and
_LEAST_PLACES = 8  # that each names where it has them
_MOST_FORMS = 8  # printed forms of the words that are named
_NAMES = {
    Role.CONTEXT: ("context", "a sentence of context"),
    Role.POSITIVE: ("positive aspects", "a positive aspect"),
    Role.CONCERN: ("concerns", "a concern"),
    Role.RECOMMENDATION: ("recommendations", "a recommendation"),
    Role.REQUEST: ("requests", "a request"),
    Role.REMINDER: ("reminders", "a reminder"),
}


def is_quoted(made: CompleteList, wanted: Wanted) -> bool:
    """Whether paragraphs are quoted: that is asked for, or they are few."""
    return wanted == "paragraphs" or len(made.paragraphs) <= _FEW


def opening(
    made: CompleteList,
    words: CountedWords,
    roles: frozenset[Role] | None,
    wanted: Wanted,
    searched: int,
) -> str:
    """How many there are of what, and what "complete" means."""
    paragraphs, documents = (
        _number(len(made.paragraphs), "paragraph"),
        _number(len(made.documents), "document"),
    )
    if wanted == "states":
        states = {header.states for header in made.documents if header.states}
        counted = f"**{_number(len(states), 'State')}** ({paragraphs} of {documents})"
    elif wanted == "documents":
        counted = f"**{documents}** ({paragraphs})"
    else:
        counted = f"**{paragraphs}** of {documents}"
    any_kind = "everything" if words.count_everything else "mentions"
    kind = _joined([_NAMES[role][0] for role in _in_order(roles)], "and") if roles else any_kind
    of = "" if words.count_everything else f" {'on' if roles else 'of'} {_meant(words)}"
    in_all = wanted in ("paragraphs", "count") and roles
    sentences = f" in {_number(made.sentences, 'sentence or item', 'sentences and items')}" if in_all else ""
    return f"{counted}: {kind}{of}{sentences}.\n\n{_complete(made, words, roles, searched)}"


def said_otherwise(asked: Sequence[str], counted: Sequence[str]) -> str:
    """The sentence that says that other words were counted than those asked for."""
    return (
        f"No paragraph that was searched has {_quoted(asked)}; counted is what says {_quoted(counted)}.\n\n"
    )


def none_has(words: CountedWords, roles: frozenset[Role] | None) -> str:
    """The sentence that says that nothing searched has the words."""
    of = "" if words.count_everything else f" {_having(words)}"
    where = f" in {_alternatives(roles)}" if roles else ""
    return f"No paragraph that was searched has{of}{where}." if of or where else "No paragraph was searched."


def closing(made: CompleteList, skip: int, *, quoted: bool) -> str:
    """Which part of the list is shown, and how to get the rest; empty where that is all of it."""
    total, last = len(made.paragraphs), skip + len(made.quoted)
    if quoted and not skip and last >= total:
        return ""
    writes = "`pilcrow ask --export FILE.xlsx` (or .csv) writes all of them, quoted, as a table."
    if skip >= total:
        return f"All of them were shown before; {writes}"
    if not quoted:
        return f"\n\nIn a conversation, “more” quotes them; {writes}"
    shown = f"Shown: {skip + 1:,}–{last:,} of {_number(total, 'paragraph')}."
    further = " In a conversation, “more” shows the next ones;" if last < total else ""
    return f"\n\n{shown}{further} {writes}"


def by_document(made: CompleteList, wanted: Wanted) -> str:
    """Where the paragraphs are: a line for each document, by State where States are asked for."""
    order = sorted(made.paragraphs, key=lambda p: p.header.states) if wanted == "states" else made.paragraphs
    most = max(_LEAST_PLACES, _MOST_PLACES // len(made.documents))
    lines = [_line(header, list(places), most) for header, places in groupby(order, key=lambda p: p.header)]
    rest = len(lines) - _MOST_DOCUMENTS
    return "\n".join([*lines[:_MOST_DOCUMENTS], *([f"- and {rest:,} more documents"] if rest > 0 else [])])


def _line(header: DocumentHeader, places: Sequence[Listed], most: int) -> str:
    edition = "" if header.edition == "issued" else f" ({header.edition})"
    year = f" {header.year}" if header.year else ""
    name = f"**{escaped(', '.join(header.states) or header.title)}**{year} · {header.symbol}{edition}"
    links = [
        f"[{place.pinpoint.format('un')}](/documents/{header.slug}#{place.eid})" for place in places[:most]
    ]
    more = [f"and {len(places) - most:,} more"] if len(places) > most else []
    return f"- {name}: {', '.join([*links, *more])}"


def _complete(made: CompleteList, words: CountedWords, roles: frozenset[Role] | None, searched: int) -> str:
    of = f"the {searched:,} documents" if searched != 1 else "the one document"
    where = f" in {_alternatives(roles)}" if roles else ""
    if words.count_everything:
        having = f" with {_alternatives(roles)}" if roles else ""
        return f"Complete: every paragraph of {of} searched{having}."
    own = where or (" in one place" if words.several else " in its own words")
    return (
        f"Complete: every paragraph of {of} searched that has {_having(words)}{_forms(made)}{own}. "
        "Headings do not count, nor what is said in other words."
    )


def _having(words: CountedWords) -> str:
    """What a paragraph must have, in words."""
    parts = []
    if words.topics:
        each = "a form of each word of" if words.several else "a form of"
        parts.append(f"{each} {_quoted(words.topics)}")
    if words.condition is None:
        return parts[0]
    condition = escaped(described(words.condition))
    if not excludes(words.condition):
        return " and ".join([*parts, condition])
    return ", ".join([*(parts or ["any words"]), f"under the condition {condition}"])


def _meant(words: CountedWords) -> str:
    topics = [_quoted(words.topics)] if words.topics else []
    bound = [escaped(described(words.condition))] if words.condition is not None else []
    return ", ".join([*topics, *bound])


def _forms(made: CompleteList) -> str:
    common = made.forms.most_common(_MOST_FORMS)
    more = [f"{len(made.forms) - _MOST_FORMS} more"] if len(made.forms) > _MOST_FORMS else []
    named = ", ".join([*(f"{escaped(form)} {count:,}" for form, count in common), *more])
    return f" ({named})" if named else ""


def _alternatives(roles: frozenset[Role] | None) -> str:
    return _joined([_NAMES[role][1] for role in _in_order(roles)], "or")


def _in_order(roles: frozenset[Role] | None) -> Iterator[Role]:
    return (role for role in Role if roles and role in roles)


def _quoted(topics: Sequence[str]) -> str:
    return _joined([f"“{escaped(topic)}”" for topic in topics], "or")


def _joined(parts: Sequence[str], word: str) -> str:
    return f" {word} ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def _number(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
