"""What an engine is compared with: the same passages in a list, searched by reading all of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import pytest

from corpus.model import Role
from index.condition_query import singular_and_plural
from index.conditions import AllOf, AnyOf, Not, Phrase, TermCondition, Word
from index.engine import Engine, PassageFilter, Query, Searcher
from index.lexical import weighted_words
from index.passages import Passage, PassageKey
from index.words import terms, words_as_printed
from tests.index.tiny_encoder import TinyEncoder

ENCODER = TinyEncoder()

ALL = PassageFilter()

NewEngine = Callable[[], Engine]

HALF = 1e-3
"""How far a cosine may be from that of the encoder's vectors, since engines keep them in half precision."""


def passages_from(document: int, texts: Iterable[str], roles: Sequence[Role] = ()) -> list[Passage]:
    """A passage a text, all of the same roles."""
    return [
        Passage(PassageKey(document, ordinal), "", "", "", text, tuple(roles))
        for ordinal, text in enumerate(texts)
    ]


def query_of(text: str, *variants: str, condition: TermCondition | None = None) -> Query:
    return Query(text, variants, ENCODER.encode_queries([text])[0], condition)


def build(
    engine: Engine,
    generation: int,
    add: Sequence[Passage] = (),
    *,
    base: int | None = None,
    remove: Iterable[int] = (),
) -> Searcher:
    """Build a generation and open it."""
    vectors = ENCODER.encode_queries([passage.embedded_text for passage in add])
    half = len(add) // 2
    batches = [(add[:half], vectors[:half]), (add[half:], vectors[half:])]
    record = engine.build(
        generation, base=base, add=iter(batches), remove=set(remove), encoder=ENCODER.identity
    )
    searcher = engine.open(generation)
    assert searcher.record == record
    return searcher


def meets(passage: Passage, condition: TermCondition) -> bool:
    """Whether a passage meets a condition, by looking through its words."""
    match condition:
        case AllOf(parts):
            return all(meets(passage, part) for part in parts)
        case AnyOf(parts):
            return any(meets(passage, part) for part in parts)
        case Not(part):
            return not meets(passage, part)
        case Word(text):
            words = words_as_printed(text)
            forms = singular_and_plural(text.lower()) if len(words) == 1 else {text}
            return any(_has_phrase(passage, words_as_printed(form)) for form in forms)
        case Phrase(text, begins):
            return _has_phrase(passage, words_as_printed(text), begins=begins)


def _has_phrase(passage: Passage, words: Sequence[str], *, begins: bool = False) -> bool:
    stretches = map(words_as_printed, passage.stretches)
    runs = (s[start : start + len(words)] for s in stretches for start in range(len(s) - len(words) + 1))
    if begins:
        return any(run[:-1] == words[:-1] and run[-1].startswith(words[-1]) for run in runs)
    return bool(words) and any(run == words for run in runs)


@dataclass
class Reference:
    """Passages searched without an index."""

    held: list[Passage] = field(default_factory=list)

    def allowed(self, where: PassageFilter, condition: TermCondition | None = None) -> list[Passage]:
        return [
            passage
            for passage in self.held
            if (where.documents is None or passage.key.document in where.documents)
            and (where.roles is None or where.roles & set(passage.roles))
            and (condition is None or meets(passage, condition))
        ]

    def cosines(self, query: Query) -> dict[int, float]:
        return {
            int(passage.key): float(ENCODER.encode_queries([passage.embedded_text])[0] @ query.vector)
            for passage in self.held
        }

    def worded(self, query: Query) -> set[int]:
        """The passages with one of the query's words."""
        words = set(weighted_words(query))
        return {int(p.key) for p in self.held if words & set(terms(p.indexed_text))}

    def passages_with(self, term: str) -> int:
        return sum(term in terms(passage.indexed_text) for passage in self.held)

    def ceiling(self, text: str) -> float:
        """The inverse document frequencies of the words of a text, summed."""
        held = len(self.held)
        found = [self.passages_with(term) for term in set(terms(text))]
        return sum(math.log(1 + (held - n + 0.5) / (n + 0.5)) for n in found)


def check(searcher: Searcher, reference: Reference, query: Query, where: PassageFilter, limit: int) -> None:
    """Compare one search with the reference."""
    found = searcher.search(query, where, limit)
    allowed = {int(passage.key) for passage in reference.allowed(where, query.condition)}
    cosines, worded = reference.cosines(query), reference.worded(query)
    numbers = [scored.passage for scored in found.scored]
    assert len(set(numbers)) == len(numbers)
    assert set(numbers) <= allowed
    for scored in found.scored:
        assert scored.dense == pytest.approx(cosines[scored.passage], abs=HALF)
        assert (scored.lexical > 0) == (scored.passage in worded)
        assert math.isfinite(scored.lexical)
    everything = searcher.rescore(query, sorted(allowed))
    assert [scored.passage for scored in everything] == sorted(allowed)
    assert {scored for scored in everything if scored.passage in numbers} == set(found.scored)
    for score in ("dense", "lexical"):
        best = sorted((getattr(scored, score) for scored in everything), reverse=True)[:limit]
        if score == "lexical":
            best = [value for value in best if value > 0]
        present = sorted((getattr(scored, score) for scored in found.scored), reverse=True)[: len(best)]
        assert present == pytest.approx(best, abs=1e-4)
    assert found.ceiling == pytest.approx(reference.ceiling(query.text), rel=1e-4)


def check_all(searcher: Searcher, reference: Reference, queries: Iterable[Query]) -> None:
    """Compare an engine with the reference: what it holds and what it finds."""
    assert len(searcher) == searcher.record.passages == len(reference.held)
    documents = sorted({passage.key.document for passage in reference.held})
    for query in queries:
        for where in (
            ALL,
            PassageFilter(documents=frozenset(documents[:1])),
            PassageFilter(roles=frozenset({Role.CONCERN, Role.REQUEST})),
            PassageFilter(frozenset(documents[1:]), frozenset({Role.CONCERN})),
        ):
            for limit in (1, 3, 100):
                check(searcher, reference, query, where, limit)
        for term in terms(query.text):
            assert searcher.passages_with(term) == reference.passages_with(term)
