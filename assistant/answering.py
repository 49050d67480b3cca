"""How a stand-alone question is answered: found, decided, composed and verified."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, AppliedFilter, Citation, Filters, RefusalReason
from assistant.comparison import not_held_beside, parts_of, without_names
from assistant.complete_list import SHOWN
from assistant.conditions import bound, nothing_has
from assistant.deciding import judge_of, that_answer
from assistant.draft import Clock, Draft
from assistant.exhaustive import Exhaustive
from assistant.extractive import Composer, Composition, is_stub, quote_whole
from assistant.follow_ups import content_terms
from assistant.inference import carried_filters, inferred_filters
from assistant.instead import held_instead
from assistant.listing import asks_for_all, list_all
from assistant.look_up import look_up
from assistant.phrasing import StandAlone
from assistant.query import query_for
from assistant.question import Question, without
from assistant.refusal import has_any, unknown_names
from assistant.retrieval import Hit, find, in_reading_order, is_pair, pairs_of
from assistant.scope import Scope, nothing_left, scope_of
from assistant.sections import numbered_section, sections_found
from assistant.topics import is_carried, may_share_a_noun, topics_of
from assistant.verification import Verifier
from corpus.catalog import Snapshot
from corpus.holdings import Holdings
from index.collection import View
from index.embedding import Encoder
from index.engine import Query, Searcher
from index.vocabulary import vocabulary
from index.words import terms

PAIR_SHARE = 0.95
"""Places of a paired paragraph are quoted when their cosine is this share of its best one's."""

_NOTHING_MORE = "Nothing more was found on this. In full:"

PORTION = 8
"""Paragraphs that one answer quotes; the rest is offered."""


def narrowed(
    question: Question, holdings: Holdings, filters: Filters, carried: Sequence[AppliedFilter] = ()
) -> tuple[Question, Scope]:
    """The documents a question is put to, and the question without the words that say so.

    `carried` are filters of earlier questions that go on holding.
    """
    scope = scope_of(
        holdings,
        filters,
        question.symbols,
        [*inferred_filters(question.text, holdings), *carried_filters(carried, holdings)],
        searched_only=not question.is_look_up,
    )
    return without(question, scope.inferred), scope


@dataclass(frozen=True)
class _Search:
    """What is searched for, and where."""

    view: View
    searcher: Searcher
    query: Query
    question: Question
    alone: StandAlone
    k: int


@dataclass(frozen=True)
class _Evidence:
    """What was found: the nearest paragraphs, those that answer in reading order, and their pairs.

    `refused` is why none answers, a sentence or nothing; None where some do.
    """

    hits: Sequence[Hit]
    answering: Sequence[Hit] = ()
    pairs: Sequence[Hit] = ()
    refused: str | None = None
    reason: RefusalReason = "not_answered"
    whole: bool = False
    """Whether paragraphs are quoted in full."""
    repeats: bool = False
    """Whether all that answers was shown before."""


class Answerer:
    """Answers questions from one view of the documents; the encoder is asked for when one is needed."""

    def __init__(self, composer: Composer, encoder: Callable[[], Encoder]) -> None:
        self._compose = composer
        self._encoder = encoder
        self._verifier = Verifier()
        self._vocabulary = vocabulary()

    def look_up(self, draft: Draft, snapshot: Snapshot, holdings: Holdings) -> Answer:
        """The places a question names, quoted whole, or what there is instead."""
        result = look_up(snapshot, draft.question, draft.scope, holdings)
        draft.clock.lap("search")
        if result.reason is not None:
            return draft.refusal(result.reason, result.message, result.hits)
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
        query = self.query(view.searcher, question)
        draft.clock.lap("encode")
        parts = parts_of(scope, view.holdings)
        missing = not_held_beside(question, scope)
        search = _Search(view, view.searcher, query, without_names(question, missing), draft.alone, k)
        found = [self._evidence(search, part.scope, -(-k // len(parts)), draft.clock) for part in parts]
        if len(parts) == 1:
            found[0], uncovered = self._with_topics(search, scope, found[0], draft.clock)
            missing += uncovered
        draft = replace(draft, also_searched=query.variants, scope=bound(scope, query.condition))
        hits = [hit for evidence in found for hit in evidence.hits]
        if all(evidence.refused is not None for evidence in found):
            return draft.refusal(found[0].reason, found[0].refused or "", hits)
        missing += tuple(
            p.name for p, evidence in zip(parts, found, strict=True) if evidence.refused is not None
        )
        shown, rest = _in_portions([hit for evidence in found for hit in evidence.answering])
        again = all(evidence.repeats for evidence in found if evidence.answering)
        whole = again or any(evidence.whole for evidence in found)
        composition = self._compose(replace(question, whole=whole), shown)
        draft.clock.lap("compose")
        citations = self._checked(draft, composition, view.snapshot)
        passages = [*hits, *(hit for evidence in found for hit in evidence.pairs)]
        return draft.answer(
            composition,
            citations,
            passages,
            more=bool(rest),
            not_covered=", ".join(missing) or None,
            opening=_NOTHING_MORE if again else "",
        )

    def _evidence(self, search: _Search, scope: Scope, k: int, clock: Clock) -> _Evidence:
        """What answers a question in some documents, with the paragraphs that belong to it."""
        view, searcher, question, query = search.view, search.searcher, search.question, search.query
        seen = {(symbol, eid.partition("__")[0]) for symbol, eid in search.alone.seen}
        hits = find(view.snapshot, searcher, query, scope, k + len(seen), question.role)
        clock.lap("search")
        if whole := self._section(search, hits, scope):
            unseen = [hit for hit in whole if (hit.header.symbol, hit.paragraph.eid) not in seen]
            return _Evidence(hits, unseen or whole, whole=True, repeats=not unseen)
        if query.condition is not None and not hits:
            nearest = find(view.snapshot, searcher, replace(query, condition=None), scope, k)
            return _Evidence(nearest, refused=nothing_has(query.condition))
        unknown = unknown_names(question, searcher, scope.headers, self._vocabulary)
        if unknown:
            unheld = [a for a in scope.applied if a.kind == "state" and a.dropped and a.value in unknown]
            if len(unheld) == len(unknown):
                nothing = f"Nothing is held on {' or '.join(unknown)}."
                why = f"{nothing} {held_instead(unheld, view.holdings)}".rstrip()
                return _Evidence(hits, refused=why, reason="not_held")
            return _Evidence(hits, refused=f"No paragraph that was searched mentions {' or '.join(unknown)}.")
        judge = judge_of(view, searcher, query, question, scope, hits, self._vocabulary)
        has_all = question.asks_for_words_only  # each hit has the words
        answering = list(hits) if has_all else that_answer(judge, searcher, query, hits)
        if search.alone.own and not has_any(search.alone.own, answering, self._vocabulary):
            answering = []
        unseen = [hit for hit in answering if (hit.header.symbol, hit.paragraph.eid) not in seen]
        repeats = bool(answering) and not unseen  # what was quoted in part is then shown in full
        answering = unseen or answering
        clock.lap("decide")
        if not answering:
            return _Evidence(hits, refused=judge.why_not())
        pairs = [
            self._at_best_places(searcher, query, pair)
            for pair in (pairs_of(view.snapshot, answering) if query.condition is None else ())
            if repeats or (pair.header.symbol, pair.paragraph.eid) not in seen
        ]
        return _Evidence(hits, in_reading_order([*answering, *pairs], question.role), pairs, repeats=repeats)

    def _with_topics(
        self, search: _Search, scope: Scope, evidence: _Evidence, clock: Clock
    ) -> tuple[_Evidence, tuple[str, ...]]:
        """What answers each of several topics, and those that nothing answers."""
        topics = topics_of(search.question.topic)
        answered, uncovered = [evidence] if evidence.refused is None else [], []
        if not answered and may_share_a_noun(topics):
            return evidence, ()
        for topic in topics:
            if answered and is_carried(topic, answered[0].answering, self._vocabulary):
                continue
            names = tuple(name for name in search.question.names if name in topic)
            question = replace(search.question, topic=topic, names=names)
            query = self.query(search.searcher, question)
            found = self._evidence(replace(search, question=question, query=query), scope, search.k, clock)
            if found.refused is None and is_carried(topic, found.answering, self._vocabulary):
                answered.append(found)
            else:
                uncovered.append(topic)
        if not answered or len(uncovered) == len(topics) > 0:
            return evidence, ()
        return _joined(answered), tuple(uncovered)

    @staticmethod
    def _section(search: _Search, hits: Sequence[Hit], scope: Scope) -> list[Hit]:
        snapshot, question = search.view.snapshot, search.question
        if question.section:
            return sections_found(snapshot, question, hits)
        return numbered_section(snapshot, question, scope.headers)

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
        citations = self._checked(draft, composition, snapshot)
        return draft.answer(composition, citations, hits, total=total, more=more)

    def _checked(self, draft: Draft, composition: Composition, snapshot: Snapshot) -> tuple[Citation, ...]:
        citations = self._verifier.verified(snapshot, composition.citations, composition.statements)
        draft.clock.lap("verify")
        return citations

    def query(self, searcher: Searcher, question: Question) -> Query:
        """What is searched for a question's topic; raises `EngineMismatch`."""
        encoder = self._encoder()
        searcher.record.require(encoder.identity)
        return query_for(question.topic, question.read, searcher, encoder, self._vocabulary)

    def _at_best_places(self, searcher: Searcher, query: Query, hit: Hit) -> Hit:
        """A paired paragraph at those of its places that are nearest to the question."""
        places = [place for place in hit.paragraph.places() if not is_stub(place)]
        scored = searcher.rescore(query, [hit.number(place) for place in places])
        best = max(entry.dense for entry in scored)
        near = [e for e in zip(scored, places, strict=True) if e[0].dense >= PAIR_SHARE * best]
        return hit.at([place for _, place in sorted(near, key=lambda entry: -entry[0].dense)])


def _says_nothing(question: Question) -> bool:
    """Whether it has no topic: stop words alone, or only the way it is asked, such as "any concerns?"."""
    words = terms(question.topic) if question.role is None else content_terms(question.topic)
    return not any(term.isalpha() for term in words)


def _joined(found: Sequence[_Evidence]) -> _Evidence:
    """What answers several topics, each paragraph once."""
    return replace(
        found[0],
        hits=_once(hit for evidence in found for hit in evidence.hits),
        answering=_once(hit for evidence in found for hit in evidence.answering),
        pairs=_once(hit for evidence in found for hit in evidence.pairs),
    )


def _once(hits: Iterable[Hit]) -> list[Hit]:
    by_key: dict[tuple[int, int], Hit] = {}
    for hit in hits:
        by_key.setdefault(hit.key, hit)
    return list(by_key.values())


def _in_portions(hits: Sequence[Hit]) -> tuple[Sequence[Hit], Sequence[Hit]]:
    """The paragraphs to quote and the rest; a concern is not parted from its recommendation."""
    cut = PORTION
    while cut < len(hits) and is_pair(hits[cut - 1].paragraph, hits[cut].paragraph):
        cut += 1
    return hits[:cut], hits[cut:]
