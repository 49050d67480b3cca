"""What is held, told: documents as a list, or the States, committees, treaties and years they have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answer import Answer, AppliedFilter, FilterKind, Filters
from assistant.collection_question import CollectionQuestion, Wanted
from assistant.draft import Clock, Draft, coverage_of
from assistant.editions import all_years
from assistant.inference import inferred_filters
from assistant.markdown import escaped
from assistant.phrasing import StandAlone
from assistant.question import Question, read_question, without_filters
from assistant.restriction import narrowest
from assistant.scope import Scope, scope_of
from corpus.holdings import Holdings
from corpus.model import DocumentHeader
from index.words import terms

_MOST_LISTED = 100  # documents that one answer lists
_MOST_NAMED = 60  # States that are named where the one asked for is not held
_MOST_NEAR = 5  # documents that are listed where one of several names is given up
# Which name of a question is given up where nothing is held on all of them, and what is told of the others.
_GIVEN_UP: tuple[FilterKind, ...] = ("year", "instrument", "committee")
_INSTEAD: tuple[tuple[FilterKind, Wanted], ...] = (
    ("state", "states"),
    ("year", "years"),
    ("committee", "committees"),
    ("instrument", "instruments"),
)

_Values = Callable[[DocumentHeader], tuple[str, ...]]
_VALUES: dict[Wanted, tuple[str, str, _Values]] = {
    "states": ("State", "States", lambda header: header.states),
    "committees": ("committee", "committees", lambda h: (h.committee,) if h.committee else ()),
    "instruments": ("treaty", "treaties", lambda h: (h.instrument,) if h.instrument else ()),
    "years": ("year", "years", lambda header: (str(header.year),) if header.year else ()),
    "languages": ("language", "languages", lambda header: (header.language,)),
}


def what_is_held(
    asked: CollectionQuestion,
    text: str,
    alone: StandAlone,
    holdings: Holdings,
    filters: Filters,
    clock: Clock,
) -> Answer:
    """The answer to a question about the collection, from what documents are and not what they say.

    What the question names binds beside the given filters; that nothing meets them is an answer too.
    """
    scope = _scope(asked, holdings, filters)
    headers = sorted(scope.headers, key=lambda h: (h.states, h.adopted is None, h.adopted, h.symbol))
    question = read_question(alone.text)
    draft = Draft(question, scope, coverage_of(holdings, scope), clock, text, alone)
    if not headers:
        return draft.told(_nothing(asked, holdings, filters, scope), total=0)
    if asked.wanted == "documents":
        return draft.told(_documents(headers, scope), total=len(headers))
    text, total = _values(headers, scope, asked.wanted)
    return draft.told(text, total=total)


def asked_of_the_collection(question: Question, holdings: Holdings) -> str:
    """What a question asks of the collection: by the name of a State alone, which documents are on it."""
    filters = inferred_filters(question.text, holdings)
    if filters and not terms(without_filters(question, filters)):
        return f"documents on {question.text}"
    return question.text


def _scope(asked: CollectionQuestion, holdings: Holdings, filters: Filters) -> Scope:
    """The documents that meet the given filters and what the question names."""
    scope = scope_of(holdings, filters, searched_only=False)
    on = {
        "symbol": holdings.on_symbol,
        "state": holdings.on_state,
        "committee": holdings.on_committee,
        "instrument": holdings.on_instrument,
    }
    named = [(kind, value, on[kind](value)) for kind, value in asked.names]
    held = sorted({header.year for header in holdings.headers.values() if header.year})
    years = {year for some, _ in all_years(asked.years, held) for year in some}
    named += [("year", str(year), holdings.on_year(year)) for year in sorted(years)]
    left = {header.id for header in scope.headers}
    for kind in dict.fromkeys(kind for kind, _, _ in named):
        left &= frozenset().union(*(documents for k, _, documents in named if k == kind))
    applied = [AppliedFilter(kind=kind, value=value, origin="inferred") for kind, value, _ in named]
    headers = tuple(header for header in scope.headers if header.id in left)
    return Scope(headers, (*scope.applied, *applied), scope.roles, narrowed=True)


def _documents(headers: Sequence[DocumentHeader], scope: Scope) -> str:
    paragraphs = sum(header.paragraphs for header in headers)
    head = (
        f"**{_number(len(headers), 'document')}**{_under(scope)}, {_number(paragraphs, 'paragraph')} in all"
    )
    unsearched = sum(not header.searched for header in headers)
    if unsearched:
        head += f"; {unsearched:,} in a language that is not searched"
    lines = [_line(header) for header in headers[:_MOST_LISTED]]
    if len(headers) > _MOST_LISTED:
        rest = len(headers) - _MOST_LISTED
        lines.append(f"- and {rest:,} more: name a State, committee or year, or run `pilcrow documents`")
    return "\n".join([f"{head}:", "", *lines])


def _line(header: DocumentHeader) -> str:
    facts = [
        f"[{header.symbol}](/documents/{header.slug})",
        escaped(header.title),
        f"adopted {header.adopted.day} {header.adopted:%B %Y}" if header.adopted else "",
        _number(header.paragraphs, "paragraph"),
        "" if header.edition == "issued" else header.edition,
        "" if header.searched else f"{_in_language(header.language)}, not searched",
    ]
    states = f"**{escaped(', '.join(header.states))}** · " if header.states else ""
    return f"- {states}{' · '.join(filter(None, facts))}"


def _in_language(code: str) -> str:
    return "in a language that is not known" if code == "und" else f"in {code}"


def _values(headers: Sequence[DocumentHeader], scope: Scope, wanted: Wanted) -> tuple[str, int]:
    """What the documents have of a kind, with how many have each."""
    one, many, values_of = _VALUES[wanted]
    counted = Counter(value for header in headers for value in values_of(header))
    # most States have one document, which need not be said of each
    least = 2 if wanted == "states" else 1
    named = [
        f"{escaped(value)} ({count:,})" if count >= least else escaped(value)
        for value, count in sorted(counted.items())
    ]
    documents = _number(len(headers), "document")
    text = f"**{_number(len(counted), one, many)}** in {documents}{_under(scope)}:\n\n{', '.join(named)}."
    if missing := sum(not values_of(header) for header in headers):
        text += f"\n\n{_number(missing, 'document')} without one."
    return text, len(counted)


def _nothing(asked: CollectionQuestion, holdings: Holdings, filters: Filters, scope: Scope) -> str:
    """That nothing is held on what is asked, and what is held instead."""
    if not holdings.headers:
        return "No documents are held."
    text = f"No document{_under(scope)} is held."
    for kind in _GIVEN_UP:
        others = _scope(_without(asked, kind), holdings, filters)
        if len(others.applied) < len(scope.applied) and others.applied and others.headers:
            lines = [_line(header) for header in others.headers[:_MOST_NEAR]]
            more = (
                [f"- and {len(others.headers) - _MOST_NEAR:,} more"]
                if len(others.headers) > _MOST_NEAR
                else []
            )
            return "\n".join([f"{text} Held{_under(others)}:", "", *lines, *more])
    named = [applied.kind for applied in scope.applied]
    for kind, wanted in _INSTEAD:
        if kind in named:
            _, many, values_of = _VALUES[wanted]
            names = sorted({value for header in holdings.headers.values() for value in values_of(header)})
            some = escaped(", ".join(names[:_MOST_NAMED]))
            more_named = f" and {len(names) - _MOST_NAMED:,} more" if len(names) > _MOST_NAMED else ""
            return f"{text} There are documents of {len(names):,} {many}: {some}{more_named}."
    return text


def _without(asked: CollectionQuestion, kind: FilterKind) -> CollectionQuestion:
    names = tuple(name for name in asked.names if name[0] != kind)
    return replace(asked, names=names, years="" if kind == "year" else asked.years)


def _under(scope: Scope) -> str:
    """The filters in words: " on Kenya of 2015"."""
    joints = {"symbol": "with the symbol", "state": "on", "committee": "of the", "instrument": "under the"}
    parts = []
    for kind in dict.fromkeys(a.kind for a in narrowest(scope.applied) if a.kind != "role"):
        values = " or ".join(scope.values(kind))
        parts.append(f" {joints.get(kind, 'of')} {values}")
    return escaped("".join(parts))


def _number(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
