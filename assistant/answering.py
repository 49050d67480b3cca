"""How a stand-alone question is answered: found, decided, composed and verified."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answer import Answer, AppliedFilter, Citation, Filters
from assistant.comparison import not_held_beside, parts_of, without_names
from assistant.complete_list import SHOWN
from assistant.conditions import bound
from assistant.content_words import content_terms
from assistant.draft import Clock, Draft
from assistant.evidence import Evidence, Finder, Search
from assistant.exhaustive import Exhaustive
from assistant.extractive import Composer, Composition, quote_whole
from assistant.inference import carried_filters, inferred_filters
from assistant.listing import asks_for_all, list_all
from assistant.look_up import look_up
from assistant.question import Question, without
from assistant.retrieval import Hit, find, is_pair
from assistant.scope import Scope, nothing_left, scope_of
from assistant.spelling import respelt
from assistant.verification import Verifier
from corpus.catalog import Snapshot
from corpus.holdings import Holdings
from corpus.language import is_plainly_not_english
from index.collection import View
from index.embedding import Encoder
from index.engine import Searcher
from index.vocabulary import vocabulary
from index.words import terms

_NOTHING_MORE = "Nothing more was found on this. In full:"

PORTION = 8
"""Paragraphs that one answer quotes; the rest is offered."""


def narrowed(
    question: Question, holdings: Holdings, filters: Filters, carried: Sequence[AppliedFilter] = ()
) -> tuple[Question, Scope]:
    """The documents a question is put to, and the question without the words that say so.

    `carried` are filters of earlier questions that go on holding.
    """
    read = inferred_filters(question.text, holdings)
    scope = scope_of(
        holdings,
        filters,
        question.symbols,
        [*read, *carried_filters(carried, holdings)],
        searched_only=not question.is_look_up,
    )
    # a year that names an edition is no topic, whether there is one of that year or not
    years = [inferred for inferred in read if inferred.kind == "year" and inferred not in scope.inferred]
    return without(question, [*scope.inferred, *years]), scope


class Answerer:
    """Answers questions from one view of the documents; the encoder is asked for when one is needed."""

    def __init__(self, composer: Composer, encoder: Callable[[], Encoder]) -> None:
        self._compose = composer
        self._verifier = Verifier()
        self._vocabulary = vocabulary()
        self.finder = Finder(encoder, self._vocabulary)

    def look_up(self, draft: Draft, snapshot: Snapshot, holdings: Holdings) -> Answer:
        """The places a question names, quoted whole, or what there is instead."""
        result = look_up(snapshot, draft.question, draft.scope, holdings)
        draft.clock.lap("search")
        if result.reason is not None:
            return draft.refusal(result.reason, result.message, result.hits)
        draft.retrieved(result.hits)
        composition = self._compose(draft.question, [quote_whole(hit) for hit in result.hits])
        draft.clock.lap("compose")
        return self._verified(draft, composition, result.hits, snapshot)

    def topic(self, draft: Draft, view: View, k: int, *, most: int | None = SHOWN) -> Answer:
        """What the documents say on a topic, from at most `k` paragraphs and their pairs, or a refusal.

        Several States or years are searched one by one; what nothing answers for is named. A question
        for all there is gets a complete list, of which `most` paragraphs are quoted. Raises
        `EngineMismatch` where the index is of another model.
        """
        question, scope = draft.question, draft.scope
        if view.searcher is None:
            none = "No documents are held."
            if draft.coverage.documents:
                none = "No document is held in a language that is searched."
            return draft.refusal("not_held", none, ())
        if not scope.headers:
            return draft.refusal(*nothing_left(scope, view.holdings), ())
        if asked := asks_for_all(question, scope):
            shown_before = len({(symbol, eid.partition("__")[0]) for symbol, eid in draft.alone.seen})
            return self.everything(draft, view, view.searcher, asked, skip=shown_before, most=most)
        if not question.asks_for_words_only and _says_nothing(question):
            return draft.refusal("unclear", "Say in a word or two what you want to know about.", ())
        topic, spelt = respelt(question.topic, view.searcher, self._vocabulary)
        question = replace(question, topic=topic)
        query = self.finder.query(view.searcher, question)
        draft.clock.lap("encode")
        missing = not_held_beside(question, scope)
        search = Search(view, view.searcher, query, without_names(question, missing), draft.alone, k)
        found, uncovered = self._in_parts(search, scope, draft.clock)
        draft = replace(
            draft,
            question=question,
            also_searched=(*spelt, *query.variants),
            scope=bound(scope, query.condition),
        )
        if all(evidence.refused is not None for evidence in found):
            hits = [hit for evidence in found for hit in evidence.hits]
            why = found[0].refused or ""
            if is_plainly_not_english(question.text) and not _has_others_than_english(scope):
                return draft.refusal("unclear", "The documents are in English: ask in English.", hits)
            return draft.refusal(found[0].reason, why, hits)
        return self._composed(draft, found, (*missing, *uncovered), view.snapshot)

    def _in_parts(self, search: Search, scope: Scope, clock: Clock) -> tuple[list[Evidence], list[str]]:
        """What answers for each State or year, or each topic, and the names of those that nothing answers."""
        parts = parts_of(scope, search.view.holdings)
        if len(parts) == 1:
            evidence, uncovered = self.finder.find_topics(
                search, scope, self.finder.find(search, scope, search.k, clock), clock
            )
            return [evidence], list(uncovered)
        k = -(-search.k // len(parts))
        found = [self.finder.find(search, part.scope, k, clock) for part in parts]
        return found, [part.name for part, e in zip(parts, found, strict=True) if e.refused is not None]

    def _composed(
        self, draft: Draft, found: Sequence[Evidence], missing: Sequence[str], snapshot: Snapshot
    ) -> Answer:
        """The answer from what was found, of each part as much as there is room for."""
        portions = [_in_portions(evidence.answering, PORTION // len(found)) for evidence in found]
        again = all(evidence.repeats for evidence in found if evidence.answering)
        whole = again or any(evidence.whole for evidence in found)
        passages = [hit for evidence in found for hit in evidence.hits]
        passages += [hit for evidence in found for hit in evidence.pairs]
        draft.retrieved(passages)
        shown = [hit for portion, _ in portions for hit in portion]
        composition = self._compose(replace(draft.question, whole=whole), shown)
        draft.clock.lap("compose")
        return draft.answer(
            composition,
            self._checked(draft, composition, snapshot),
            passages,
            more=any(rest for _, rest in portions),
            not_covered=", ".join(missing) or None,
            opening=_NOTHING_MORE if again else "",
        )

    def everything(
        self,
        draft: Draft,
        view: View,
        searcher: Searcher,
        asked: Exhaustive,
        *,
        skip: int = 0,
        most: int | None = SHOWN,
    ) -> Answer:
        """All that the documents say of something, `most` paragraphs after `skip` quoted; or a refusal."""
        listing = list_all(draft, view.snapshot, searcher, asked, self._vocabulary, skip=skip, most=most)
        draft = listing.draft
        if listing.composition is not None:
            draft.retrieved(listing.hits)
            return self._verified(
                draft,
                listing.composition,
                listing.hits,
                view.snapshot,
                total=listing.total,
                more=listing.more,
            )
        topic = " ".join(asked.topics)
        query = self.finder.query(searcher, replace(draft.question, topic=topic or draft.question.topic))
        scope = replace(draft.scope, roles=None)
        nearest = find(view.snapshot, searcher, query, scope, SHOWN)
        return draft.refusal("not_answered", listing.none, nearest, total=0)

    def _verified(
        self,
        draft: Draft,
        composition: Composition,
        hits: Sequence[Hit],
        snapshot: Snapshot,
        *,
        total: int | None = None,
        more: bool = False,
    ) -> Answer:
        citations = self._checked(draft, composition, snapshot)
        return draft.answer(composition, citations, hits, total=total, more=more)

    def _checked(self, draft: Draft, composition: Composition, snapshot: Snapshot) -> tuple[Citation, ...]:
        citations = self._verifier.verified(snapshot, composition.citations, composition.statements)
        draft.clock.lap("verify")
        return citations


def _has_others_than_english(scope: Scope) -> bool:
    return any(header.language != "en" for header in scope.headers)


def _says_nothing(question: Question) -> bool:
    """Whether it has no topic: stop words alone, or only the way it is asked, such as "any concerns?"."""
    words = terms(question.topic) if question.role is None else content_terms(question.topic)
    return not any(term.isalpha() for term in words)


def _in_portions(hits: Sequence[Hit], most: int) -> tuple[Sequence[Hit], Sequence[Hit]]:
    """The paragraphs to quote and the rest; a concern is not parted from its recommendation."""
    cut = max(most, 1)
    while cut < len(hits) and is_pair(hits[cut - 1].paragraph, hits[cut].paragraph):
        cut += 1
    return hits[:cut], hits[cut:]
