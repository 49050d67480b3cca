"""A question that asks for all there is becomes a complete list, or the sentence that there is nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.answer import AppliedFilter
from assistant.complete_list import complete_list
from assistant.content_words import content_terms
from assistant.counted_words import CountedWords, in_other_words
from assistant.draft import Draft
from assistant.exhaustive import Exhaustive, read_exhaustive
from assistant.extractive import Composition, written
from assistant.inference import Inferred
from assistant.list_text import by_document, closing, is_quoted, none_has, opening, said_otherwise
from assistant.question import Question, topic_of, without_filters
from assistant.retrieval import Hit
from assistant.scope import Scope
from corpus.catalog import Snapshot
from corpus.model import Role
from index.conditions import TermCondition, required
from index.engine import Searcher
from index.vocabulary import Vocabulary
from index.word_forms import counted_words, word_forms

_EDITION = re.compile(
    r"(?:[’']s)?\s+(?:concluding\s+)?(?:observations|documents?|reviews?|editions?)\b", re.I
)
_SAYS = re.compile(
    r"\b(?:(?:that|which|and)\s+)?(?:mention|contain|us|includ|say|hav)(?:e|s|es|ing)?\b"
    r"|\b(?:the\s+)?(?:words?|terms?|phrases?|expressions?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Listing:
    """A complete list as an answer says it; without a composition, `none` says that there is nothing."""

    draft: Draft
    composition: Composition | None
    none: str
    hits: tuple[Hit, ...]
    total: int
    more: bool


def asks_for_all(question: Question, scope: Scope) -> Exhaustive | None:
    """What a question asks a complete list of, read without what are filters already."""
    filters = [_with_edition(question.text, inferred) for inferred in scope.inferred]
    condition = question.read.condition
    bound = condition is not None or scope.bound("state") or scope.bound("symbol")
    rest = without_filters(question, filters)
    if any(filter_.kind == "state" for filter_ in scope.inferred):
        # of "Kenya and Peru" one may not be held: it is no topic beside the other
        for applied in scope.applied:
            if applied.kind == "state" and applied.dropped:
                rest = re.sub(rf"\b{re.escape(applied.value)}(?:[’']s)?(?!\w)", " ", rest)
    asked = read_exhaustive(rest, bound=bound)
    if condition is None:
        return asked or _overview(question, rest, scope)
    if asked is None:
        return None
    topics = [_beside_condition(topic, condition) for topic in asked.topics]
    return replace(asked, topics=tuple(topic for topic in topics if counted_words(topic)))


def _overview(question: Question, rest: str, scope: Scope) -> Exhaustive | None:
    """All of a role in few documents, where nothing says on what: "what are the main concerns?"."""
    few = len(scope.headers) == 1 or scope.bound("state") or scope.bound("symbol")
    if question.role is None or not few or content_terms(topic_of(rest)):
        return None
    return Exhaustive((), frozenset({question.role}), "paragraphs")


def _with_edition(text: str, inferred: Inferred) -> Inferred:
    """A filter with the word for the document that it stands before: "the 2015 observations"."""
    spans = []
    for start, end in inferred.spans:
        edition = _EDITION.match(text, end)
        spans.append((start, edition.end() if edition else end))
    return replace(inferred, spans=tuple(spans))


def _beside_condition(topic: str, condition: TermCondition) -> str:
    """What a topic asks for besides the words of a condition."""
    leaves = [leaf.text for leaf in required(condition)]
    for text in leaves:
        topic = re.sub(rf"(?<!\w){re.escape(text)}(?!\w)", " ", topic, flags=re.IGNORECASE)
    topic = " ".join(_SAYS.sub(" ", topic).split())
    return "" if set(counted_words(" ".join(leaves))).issuperset(counted_words(topic)) else topic


def list_all(
    draft: Draft,
    snapshot: Snapshot,
    searcher: Searcher,
    asked: Exhaustive,
    vocabulary: Vocabulary,
    *,
    skip: int = 0,
    most: int | None,
) -> Listing:
    """The list that is asked for, of which `most` paragraphs after `skip` are quoted, None for all.

    Roles select. Where nothing has the words, everyday words are replaced by those of committees.
    """
    draft = replace(draft, scope=_of_roles(draft.scope, asked.roles))
    condition = draft.question.read.condition
    words = CountedWords(asked.topics, word_forms(), condition)
    made = complete_list(snapshot, searcher, draft.scope, words, skip=skip, most=most)
    otherwise = in_other_words(asked.topics, vocabulary) if condition is None else ()
    before = ""
    if not made.paragraphs and otherwise:
        words = CountedWords(otherwise, word_forms())
        made = complete_list(snapshot, searcher, draft.scope, words, skip=skip, most=most)
        draft = replace(draft, also_searched=otherwise)
        before = said_otherwise(asked.topics, otherwise)
    draft.clock.lap("search")
    roles = draft.scope.roles
    if not made.paragraphs:
        words = CountedWords(asked.topics, word_forms(), condition)
        return Listing(draft, None, none_has(words, roles), (), 0, more=False)
    quoted = is_quoted(made, asked.wanted) or draft.alone.goes_on
    composition = written(made.quoted if quoted or most is None else ())
    body = composition.text if quoted else by_document(made, asked.wanted)
    head = before + opening(made, words, roles, asked.wanted, len(draft.scope.headers))
    text = f"{head}\n\n{body}{closing(made, skip, quoted=quoted)}"
    draft.clock.lap("compose")
    return Listing(
        draft,
        replace(composition, text=text),
        "",
        tuple(hit for hit, _ in made.quoted),
        len(made.paragraphs),
        more=not quoted or skip + len(made.quoted) < len(made.paragraphs),
    )


def _of_roles(scope: Scope, roles: frozenset[Role] | None) -> Scope:
    """The scope with the roles that a question asks for; given ones go on binding."""
    if roles is None:
        return scope
    given = scope.roles
    applied = [
        AppliedFilter(kind="role", value=role.value, origin="inferred")
        for role in Role
        if role in roles and (given is None or role not in given)
    ]
    return replace(scope, roles=roles if given is None else roles & given, applied=(*scope.applied, *applied))
