"""Which of the paragraphs that were found answer a question."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from assistant.question import Question
from assistant.refusal import Judge, states_named
from assistant.retrieval import Hit
from assistant.scope import Scope
from assistant.vouching import witnesses_of
from index.collection import View
from index.engine import Query, Searcher
from index.vocabulary import Vocabulary

ANSWER_SHARE = 0.8
"""Paragraphs join an answer when their relevance is this share of the best one's."""


def judge_of(
    view: View,
    searcher: Searcher,
    query: Query,
    question: Question,
    scope: Scope,
    hits: Sequence[Hit],
    vocabulary: Vocabulary,
) -> Judge:
    """Who judges what was found in some documents; where these are not all, the others are heard too."""
    states = () if scope.bound("state") else states_named(question, view.holdings)
    witnesses = witnesses_of(view.snapshot, searcher, query) if scope.narrowed and hits else ()
    return Judge(question, states, hits, witnesses, searcher, vocabulary)


def that_answer(judge: Judge, searcher: Searcher, query: Query, hits: Sequence[Hit]) -> list[Hit]:
    """The hits that answer, best first; a paragraph far below the most relevant one does not join it."""
    cosines = cosines_of(searcher, query, hits)
    judged = [(judge.support(hit, cosine), hit) for hit, cosine in zip(hits, cosines, strict=True)]
    answering = [(support, hit) for support, hit in judged if support.answers]
    enough = ANSWER_SHARE * max((support.relevance for support, _ in answering), default=0.0)
    return [hit for support, hit in answering if support.relevance >= enough]


def cosines_of(searcher: Searcher, query: Query, hits: Sequence[Hit]) -> list[float]:
    """The cosine to a query of the best place of each hit."""
    numbers = [[hit.number(place) for place in hit.places] for hit in hits]
    scored = searcher.rescore(query, list(dict.fromkeys(chain.from_iterable(numbers))))
    dense = {found.passage: found.dense for found in scored}
    return [max(dense[number] for number in places) for places in numbers]
