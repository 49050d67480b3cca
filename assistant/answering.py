"""How a stand-alone question is answered: found, decided, composed and verified."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answer import Answer, Filters
from assistant.complete_list import SHOWN
from assistant.conditions import bound, nothing_has
from assistant.draft import Draft
from assistant.exhaustive import Exhaustive
from assistant.extractive import Composer, Composition, is_stub, quote_whole
from assistant.inference import inferred_filters
from assistant.listing import asks_for_all, list_all
from assistant.look_up import look_up
from assistant.query import query_for
from assistant.question import Question, without
from assistant.refusal import Support, states_named, support, unknown_names
from assistant.retrieval import Hit, find, in_reading_order, pairs_of
from assistant.scope import Scope, nothing_left, scope_of
from assistant.verification import Verifier
from corpus.catalog import Snapshot
from corpus.holdings import Holdings
from index.collection import View
from index.embedding import Encoder
from index.engine import Query, Searcher
from index.vocabulary import vocabulary
from index.words import terms

ANSWER_SHARE = 0.8
"""Paragraphs join an answer when their support is this share of the best one's."""

PAIR_SHARE = 0.95
"""Places of a paired paragraph are quoted when their cosine is this share of its best one's."""


def narrowed(question: Question, holdings: Holdings, filters: Filters) -> tuple[Question, Scope]:
    """The documents a question is put to, and the question without the words that say so."""
    scope = scope_of(
        holdings,
        filters,
        question.symbols,
        inferred_filters(question.text, holdings),
        searched_only=not question.is_look_up,
    )
    return without(question, scope.inferred), scope


class Answerer:
    """Answers questions from one view of the documents; the encoder is asked for when one is needed."""

    def __init__(self, composer: Composer, encoder: Callable[[], Encoder]) -> None:
        self._compose = composer
        self._encoder = encoder
        self._verifier = Verifier()
        self._vocabulary = vocabulary()

    def look_up(self, draft: Draft, snapshot: Snapshot) -> Answer:
        """The places a question names, quoted whole, or what there is instead."""
        result = look_up(snapshot, draft.question, draft.scope)
        draft.clock.lap("search")
        if result.reason is not None:
            return draft.refusal(result.reason, result.message, result.hits)
        composition = self._compose(draft.question, [quote_whole(hit) for hit in result.hits])
        draft.clock.lap("compose")
        return self._verified(draft, composition, result.hits, snapshot)

    def topic(self, draft: Draft, view: View, k: int, *, most: int | None = SHOWN) -> Answer:
        """What the documents say on a topic, from at most `k` paragraphs and their pairs, or a refusal.

        A question for all there is gets a complete list, of which `most` paragraphs are quoted.
        Raises `EngineMismatch` where the index is of another model.
        """
        question, scope, clock = draft.question, draft.scope, draft.clock
        if view.searcher is None:
            none = "No documents are held."
            if draft.coverage.documents:
                none = "No document is held in a language that is searched."
            return draft.refusal("not_held", none, ())
        if not scope.headers:
            return draft.refusal(*nothing_left(scope), ())
        if asked := asks_for_all(question, scope):
            return self.everything(draft, view, view.searcher, asked, most=most)
        if not question.asks_for_words_only and not any(term.isalpha() for term in terms(question.topic)):
            return draft.refusal("unclear", "Say in a word or two what you want to know.", ())
        query = self.query(view.searcher, question)
        clock.lap("encode")
        hits = find(view.snapshot, view.searcher, query, scope, k, question.role)
        clock.lap("search")
        draft = replace(draft, also_searched=query.variants, scope=bound(scope, query.condition))
        if query.condition is not None and not hits:
            nearest = find(view.snapshot, view.searcher, replace(query, condition=None), scope, k)
            return draft.refusal("not_answered", nothing_has(query.condition), nearest)
        unknown = unknown_names(question, view.searcher, scope.headers)
        if unknown:
            message = f"No paragraph that was searched mentions {' or '.join(unknown)}."
            return draft.refusal("not_answered", message, hits)
        states = () if scope.bound("state") else states_named(question, view.holdings)
        answering = self._answering(view.searcher, question, states, query, hits)
        clock.lap("decide")
        if not answering:
            return draft.refusal("not_answered", "", hits)
        pairs = [
            self._at_best_places(view.searcher, query, pair)
            for pair in (pairs_of(view.snapshot, answering) if query.condition is None else ())
        ]
        composition = self._compose(question, in_reading_order([*answering, *pairs], question.role))
        clock.lap("compose")
        return self._verified(draft, composition, [*hits, *pairs], view.snapshot)

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
            return self._verified(
                draft,
                listing.composition,
                listing.hits,
                view.snapshot,
                total=listing.total,
                more=listing.more,
            )
        topic = " ".join(asked.topics)
        query = self.query(searcher, replace(draft.question, topic=topic or draft.question.topic))
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
        citations = self._verifier.verified(snapshot, composition.citations, composition.statements)
        draft.clock.lap("verify")
        return draft.answer(composition, citations, hits, total=total, more=more)

    def query(self, searcher: Searcher, question: Question) -> Query:
        """What is searched for a question's topic; raises `EngineMismatch`."""
        encoder = self._encoder()
        searcher.record.require(encoder.identity)
        return query_for(question.topic, question.read, searcher, encoder, self._vocabulary)

    def _answering(
        self,
        searcher: Searcher,
        question: Question,
        states: Sequence[str],
        query: Query,
        hits: Sequence[Hit],
    ) -> list[Hit]:
        """The hits that answer; a paragraph far below the best one does not join it."""
        if question.asks_for_words_only:
            return list(hits)  # each has them
        judged: list[tuple[Support, Hit]] = []
        for hit in hits:
            numbers = [hit.number(place) for place in hit.places]
            cosine = max(scored.dense for scored in searcher.rescore(query, numbers))
            judged.append((support(question, states, hit, cosine, searcher, self._vocabulary), hit))
        answering = [(held_by, hit) for held_by, hit in judged if held_by.answers]
        enough = ANSWER_SHARE * max((held_by.score for held_by, _ in answering), default=0.0)
        return [hit for held_by, hit in answering if held_by.score >= enough]

    def _at_best_places(self, searcher: Searcher, query: Query, hit: Hit) -> Hit:
        """A paired paragraph at those of its places that are nearest to the question."""
        places = [place for place in hit.paragraph.places() if not is_stub(place)]
        scored = searcher.rescore(query, [hit.number(place) for place in places])
        best = max(entry.dense for entry in scored)
        near = [e for e in zip(scored, places, strict=True) if e[0].dense >= PAIR_SHARE * best]
        return hit.at([place for _, place in sorted(near, key=lambda entry: -entry[0].dense)])
