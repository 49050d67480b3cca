"""What answers a question in some documents: found, decided, and joined by what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import RefusalReason
from assistant.conditions import nothing_has
from assistant.coverage import Words, coverage, topic_words
from assistant.deciding import judge_of, that_answer
from assistant.draft import Clock
from assistant.extractive import is_stub
from assistant.instead import held_instead
from assistant.phrasing import StandAlone
from assistant.query import query_for
from assistant.question import Question
from assistant.refusal import has_any, text_of, unknown_names
from assistant.retrieval import Hit, in_reading_order, pairs_of
from assistant.retrieval import find as found_paragraphs
from assistant.scope import Scope
from assistant.sections import numbered_section, sections_found
from assistant.topics import is_carried, may_share_a_noun, topics_of
from index.collection import View
from index.embedding import Encoder
from index.engine import Query, Searcher
from index.vocabulary import Vocabulary

KNOWN_SHARE = 0.35
"""How much of what is asked of an earlier topic must be in words that the documents have, by their rarity;
chosen on the follow-ups of `tests/gold` that are for choosing."""

PAIR_SHARE = 0.95
"""Places of a paired paragraph are quoted when their cosine is this share of its best one's."""


@dataclass(frozen=True)
class Search:
    """What is searched for, and where."""

    view: View
    searcher: Searcher
    query: Query
    question: Question
    alone: StandAlone
    k: int


@dataclass(frozen=True)
class Evidence:
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


class Finder:
    """Finds the evidence for questions; the encoder is asked for when one is needed."""

    def __init__(self, encoder: Callable[[], Encoder], vocabulary: Vocabulary) -> None:
        self._encoder = encoder
        self._vocabulary = vocabulary

    def query(self, searcher: Searcher, question: Question) -> Query:
        """What is searched for a question's topic; raises `EngineMismatch`."""
        encoder = self._encoder()
        searcher.record.require(encoder.identity)
        return query_for(question.topic, question.read, searcher, encoder, self._vocabulary)

    def find(self, search: Search, scope: Scope, k: int, clock: Clock) -> Evidence:
        """What answers a question in some documents, with the paragraphs that belong to it."""
        view, searcher, question, query = search.view, search.searcher, search.question, search.query
        seen = {(symbol, eid.partition("__")[0]) for symbol, eid in search.alone.seen}
        hits = found_paragraphs(view.snapshot, searcher, query, scope, k + len(seen), question.role)
        clock.lap("search")
        if whole := self._section(search, hits, scope):
            unseen = [hit for hit in whole if (hit.header.symbol, hit.paragraph.eid) not in seen]
            return Evidence(hits, unseen or whole, whole=True, repeats=not unseen)
        if query.condition is not None and not hits:
            nearest = found_paragraphs(view.snapshot, searcher, replace(query, condition=None), scope, k)
            return Evidence(nearest, refused=nothing_has(query.condition))
        unknown = unknown_names(question, searcher, scope.headers, self._vocabulary)
        if unknown:
            unheld = [a for a in scope.applied if a.kind == "state" and a.dropped and a.value in unknown]
            if len(unheld) == len(unknown):
                unsearched = any(view.holdings.on_state(applied.value) for applied in unheld)
                nothing = "Nothing that is searched is" if unsearched else "Nothing is held"
                instead = held_instead(unheld, view.holdings)
                why = f"{nothing} on {' or '.join(unknown)}. {instead}".rstrip()
                return Evidence(hits, refused=why, reason="not_held")
            return Evidence(hits, refused=f"No paragraph that was searched mentions {' or '.join(unknown)}.")
        judge = judge_of(view, searcher, query, question, scope, hits, self._vocabulary)
        has_all = question.asks_for_words_only  # each hit has the words
        answering = list(hits) if has_all else that_answer(judge, searcher, query, hits)
        if not answering and search.alone.leans_on:
            answering = self._as_to(search, replace(question, topic=search.alone.leans_on), scope, hits)
        if answering and not self._says_own(search, answering):
            answering = []
        unseen = [hit for hit in answering if (hit.header.symbol, hit.paragraph.eid) not in seen]
        repeats = bool(answering) and not unseen  # what was quoted in part is then shown in full
        answering = unseen or answering
        clock.lap("decide")
        if not answering:
            return Evidence(hits, refused=judge.why_not())
        pairs = self._at_best_places(
            searcher,
            query,
            [
                pair
                for pair in (pairs_of(view.snapshot, answering) if query.condition is None else ())
                if repeats or (pair.header.symbol, pair.paragraph.eid) not in seen
            ],
        )
        return Evidence(hits, in_reading_order([*answering, *pairs], question.role), pairs, repeats=repeats)

    def _says_own(self, search: Search, hits: Sequence[Hit]) -> bool:
        """Whether a paragraph has what a follow-up adds to what was asked before."""
        added = topic_words(search.alone.adds, search.searcher, self._vocabulary)
        known = [w for w in added if w.variants or any(map(search.searcher.passages_with, w.stems))]
        if sum(w.weight for w in known) < KNOWN_SHARE * sum(w.weight for w in added):
            return False
        own, share = search.alone.own, search.alone.own_share
        if not own:
            return True
        if not has_any(own, hits, self._vocabulary):
            return False
        words = topic_words(own, search.searcher, self._vocabulary)
        return any(coverage(words, Words.of(text_of(hit))) >= share for hit in hits)

    def _as_to(self, search: Search, question: Question, scope: Scope, hits: Sequence[Hit]) -> list[Hit]:
        """Those of the hits that answer the topic that a question asks something of."""
        query = self.query(search.searcher, question)
        judge = judge_of(search.view, search.searcher, query, question, scope, hits, self._vocabulary)
        return that_answer(judge, search.searcher, query, hits)

    def find_topics(
        self, search: Search, scope: Scope, evidence: Evidence, clock: Clock
    ) -> tuple[Evidence, tuple[str, ...]]:
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
            found = self.find(replace(search, question=question, query=query), scope, search.k, clock)
            if found.refused is None and is_carried(topic, found.answering, self._vocabulary):
                answered.append(found)
            else:
                uncovered.append(topic)
        if not answered or len(uncovered) == len(topics) > 0:
            return evidence, ()
        return _joined(answered), tuple(uncovered)

    @staticmethod
    def _section(search: Search, hits: Sequence[Hit], scope: Scope) -> list[Hit]:
        snapshot, question = search.view.snapshot, search.question
        if question.section:
            return sections_found(snapshot, question, hits)
        return numbered_section(snapshot, question, scope.headers)

    @staticmethod
    def _at_best_places(searcher: Searcher, query: Query, pairs: Sequence[Hit]) -> list[Hit]:
        """Paired paragraphs at those of their places that are nearest to the question."""
        places = [[place for place in pair.paragraph.places() if not is_stub(place)] for pair in pairs]
        numbers = [[pair.number(place) for place in some] for pair, some in zip(pairs, places, strict=True)]
        scored = searcher.rescore(query, [number for some in numbers for number in some])
        dense = {found.passage: found.dense for found in scored}
        found = []
        for pair, some, theirs in zip(pairs, places, numbers, strict=True):
            cosines = [dense[number] for number in theirs]
            near = [(c, p) for c, p in zip(cosines, some, strict=True) if c >= PAIR_SHARE * max(cosines)]
            found.append(pair.at([place for _, place in sorted(near, key=lambda entry: -entry[0])]))
        return found


def _joined(found: Sequence[Evidence]) -> Evidence:
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
