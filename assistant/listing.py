"""A question that asks for all there is becomes a complete list, or the sentence that there is nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answer import AppliedFilter
from assistant.complete_list import complete_list
from assistant.counted_words import CountedWords, in_other_words
from assistant.draft import Draft
from assistant.exhaustive import Exhaustive, read_exhaustive
from assistant.extractive import Composition, written
from assistant.list_text import by_document, closing, is_quoted, none_has, opening, said_otherwise
from assistant.question import Question, beside
from assistant.retrieval import Hit
from assistant.scope import Scope
from corpus.catalog import Snapshot
from corpus.model import Role
from index.engine import Searcher
from index.vocabulary import Vocabulary
from index.word_forms import word_forms


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
    bound = question.read.condition is not None
    return read_exhaustive(beside(question, scope.inferred), bound=bound)


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
    quoted = is_quoted(made, asked.wanted) or skip > 0
    composition = written(made.quoted)
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
        more=skip + len(made.quoted) < len(made.paragraphs),
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
