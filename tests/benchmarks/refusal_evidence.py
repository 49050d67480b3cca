"""What speaks for and against an answer to a question: the features that ship, and others that were tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import Filters
from assistant.answering import narrowed
from assistant.coverage import Words, coverage, topic_words
from assistant.deciding import cosines_of, judge_of
from assistant.query import query_for
from assistant.question import Question, clean, read_question
from assistant.refusal import Support, unknown_names
from assistant.retrieval import Hit, find
from assistant.scope import Scope
from index.collection import View
from index.embedding import Encoder
from index.engine import Query, Searcher
from index.passages import heading_of
from index.vocabulary import vocabulary
from tests.benchmarks.refusal_questions import Labelled
from tests.benchmarks.refusal_vectors import Vectors

SHIPPED = ("cosine", "vouched", "coverage")
K = 8
_LONGEST = 2000  # characters of a question, as the settings have it
_OTHERS = slice(5, 20)  # the nearest passages that the best one's margin is over


@dataclass(frozen=True)
class Asked:
    """A question with what was found for it: the support of each paragraph, and features besides.

    Nothing was found where a rule refuses: a name that nothing mentions, or a State that is not held.
    """

    question: Labelled
    supports: Sequence[Support]
    features: Sequence[dict[str, float]]
    alone: bool = False
    """Whether its document is taken to be the only one that is held."""
    document: int | None = field(default=None, compare=False)


def asked(view: View, encoder: Encoder, question: Labelled, vectors: Vectors | None = None) -> Asked:
    """What the assistant would decide by, with other features and, where there are vectors, costly ones."""
    assert view.searcher is not None
    searcher, words = view.searcher, vocabulary()
    read, scope = narrowed(read_question(clean(question.text, _LONGEST)), view.holdings, Filters())
    if not scope.headers or unknown_names(read, searcher, scope.headers, words):
        return Asked(question, (), ())
    query = query_for(read.topic, read.read, searcher, encoder, words)
    hits = find(view.snapshot, searcher, query, scope, K, read.role)
    judge = judge_of(view, searcher, query, read, scope, hits, words)
    cosines = cosines_of(searcher, query, hits)
    judged = [(judge.support(hit, cosine), hit) for hit, cosine in zip(hits, cosines, strict=True)]
    judged = [(support, hit) for support, hit in judged if not support.missing]
    kept = [hit for _, hit in judged]
    others = _others(searcher, query, read, scope, kept)
    if vectors is not None:
        costly = vectors.features(judge.topic, read.topic, query, kept)
        others = [{**one, **more} for one, more in zip(others, costly, strict=True)]
    features = [
        {name: float(getattr(support, name)) for name in SHIPPED} | other
        for (support, _), other in zip(judged, others, strict=True)
    ]
    document = scope.headers[0].id if scope.narrowed and len(scope.headers) == 1 else None
    return Asked(question, [support for support, _ in judged], features, document=document)


def alone(one: Asked, passages: int) -> Asked:
    """The same as if its document, of so many passages, were the only one that is held."""
    supports = [replace(s, vouched=s.cosine, passages=passages) for s in one.supports]
    features = [{**f, "vouched": f["cosine"]} for f in one.features]
    return replace(one, supports=supports, features=features, alone=True)


def _others(
    searcher: Searcher, query: Query, question: Question, scope: Scope, hits: Sequence[Hit]
) -> list[dict[str, float]]:
    """Features that cost next to nothing and do not ship."""
    candidates = searcher.search(query, scope.where, 80)
    by_words = sorted(candidates.scored, key=lambda scored: -scored.lexical)
    rank = {scored.passage: place for place, scored in enumerate(by_words)}
    nearest = sorted((scored.dense for scored in candidates.scored), reverse=True)[_OTHERS]
    usual = sum(nearest) / len(nearest) if nearest else 0.0
    topic = topic_words(question.topic, searcher, vocabulary())
    unheard = [word for word in topic if not all(map(searcher.passages_with, word.stems))]
    weight = sum(word.weight for word in topic) or 1.0
    headings = [hit.paragraph.section for hit in hits]
    return [
        {
            "share of BM25's ceiling": min(hit.lexical / candidates.ceiling, 1.0)
            if candidates.ceiling
            else 0.0,
            "agreement of both retrievers": 1 / (1 + rank.get(hit.number(hit.place), len(rank))),
            "margin over the next": hit.dense - usual,
            "coverage by the heading": coverage(topic, Words.of(heading_of(hit.paragraph.section))),
            "words that something has": 1 - sum(word.weight for word in unheard) / weight,
            "hits of the section": headings.count(hit.paragraph.section) / K,
        }
        for hit in hits
    ]
