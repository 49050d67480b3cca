"""What every engine must do.

The tests of an engine inherit `EngineContract` and override `new_engine`, which makes an engine that
holds nothing yet, a new one at every call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import EngineDamaged
from corpus.model import Role
from index.conditions import AllOf, AnyOf, Not, Phrase, TermCondition, Word
from index.engine import Engine, PassageFilter, Query, Scored, Searcher
from index.passages import Passage, PassageKey
from tests.index.engine_reference import (
    ALL,
    ENCODER,
    HALF,
    NewEngine,
    Reference,
    build,
    check,
    check_all,
    passages_from,
    query_of,
)

_WORDS = ("extradition", "extradited", "judges", "training", "adoption", "the", "Café", "34", "子ども", "AND")

TEXTS = st.lists(st.sampled_from(_WORDS), max_size=5).map(" ".join)

_roles = st.lists(st.sampled_from(Role), unique=True, max_size=2).map(tuple)

_parts = st.lists(st.tuples(TEXTS, TEXTS, TEXTS, _roles), max_size=5)

_words_of_conditions = st.sampled_from([*_WORDS, "café", "adopt", "EXTRADITION", "judge", "the-judges"])

_phrases = st.lists(_words_of_conditions, min_size=1, max_size=3).map(" ".join)

_leaves = (
    st.builds(Word, _words_of_conditions)
    | st.builds(Phrase, _phrases)
    | st.builds(Phrase, _phrases.map(lambda text: text[:-2] if len(text) > 3 else text), st.just(True))
)

CONDITIONS = st.recursive(
    _leaves,
    lambda parts: (
        st.builds(Not, parts)
        | st.builds(AllOf, st.tuples(parts, parts))
        | st.builds(AnyOf, st.tuples(parts, parts))
    ),
    max_leaves=4,
)

_queries = st.builds(
    lambda text, variant, condition: query_of(text, variant, condition=condition),
    TEXTS | st.text(max_size=12),
    TEXTS,
    st.none() | CONDITIONS,
)


@dataclass(frozen=True)
class Step:
    """A change to an index: documents by their places in what is held, and the parts of new ones."""

    remove: list[int]
    add: list[list[tuple[str, str, str, tuple[Role, ...]]]]
    from_nothing: bool


_steps = st.builds(
    Step,
    remove=st.lists(st.integers(0, 5), max_size=2),
    add=st.lists(_parts, max_size=2),
    from_nothing=st.booleans(),
)


def _document(number: int, parts: Iterable[tuple[str, str, str, tuple[Role, ...]]]) -> list[Passage]:
    return [
        Passage(PassageKey(number, place // 2, place % 2), f"label {number}", context, lead_in, text, roles)
        for place, (context, lead_in, text, roles) in enumerate(parts)
    ]


def any_changes(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Tries a test with so many sequences of changes, each with queries."""
    checks = [HealthCheck.function_scoped_fixture, HealthCheck.differing_executors, HealthCheck.too_slow]

    def tried(test: Callable[..., None]) -> Callable[..., None]:
        given_all = given(
            steps=st.lists(_steps, min_size=1, max_size=4), queries=st.lists(_queries, min_size=1, max_size=2)
        )
        return settings(max_examples=examples, deadline=None, suppress_health_check=checks)(given_all(test))

    return tried


class EngineContract:
    """The tests that every engine passes."""

    @pytest.fixture
    def new_engine(self) -> NewEngine:
        raise NotImplementedError

    @any_changes(20)
    def test_any_sequence_of_changes_is_searched_exactly(
        self, new_engine: NewEngine, steps: list[Step], queries: list[Query]
    ) -> None:
        self.search_exactly(new_engine(), steps, queries)

    def search_exactly(self, engine: Engine, steps: list[Step], queries: list[Query]) -> None:
        """Change an engine step by step, then compare every generation with what it was made of."""
        held: dict[int, list[Passage]] = {}
        opened: list[tuple[Searcher, Reference]] = []
        next_number = 1
        for generation, step in enumerate(steps, 1):
            remove = {list(held)[place] for place in step.remove if place < len(held)}
            held = {number: passages for number, passages in held.items() if number not in remove}
            new = {next_number + place: _document(next_number + place, p) for place, p in enumerate(step.add)}
            next_number += len(new)
            base = None if step.from_nothing or generation == 1 else generation - 1
            added = held | new if base is None else new
            searcher = build(
                engine, generation, [p for ps in added.values() for p in ps], base=base, remove=remove
            )
            held |= new
            opened.append((searcher, Reference([p for ps in held.values() for p in ps])))
        engine.sweep(len(steps))
        for searcher, reference in opened:
            check_all(searcher, reference, queries)

    def test_many_passages_are_searched_exactly(self, new_engine: NewEngine) -> None:
        chance = np.random.default_rng(1)
        words = [f"word{number}" for number in range(60)]
        texts = [" ".join(chance.choice(words, size=8)) for _ in range(400)]
        held = [p for n in range(10) for p in passages_from(n + 1, texts[n * 40 : n * 40 + 40])]
        searcher = build(new_engine(), 1, held)
        for text in texts[:3]:
            check(searcher, Reference(held), query_of(text), ALL, 10)
            check(searcher, Reference(held), query_of(text), PassageFilter(frozenset({2, 5})), 10)

    def test_conditions_bind_whatever_ranks(self, new_engine: NewEngine) -> None:
        """Of many passages, few and most of them meet a condition, near the query and far from it."""
        chance = np.random.default_rng(2)
        words = [f"word{number}" for number in range(40)]
        texts = [" ".join(chance.choice(words, size=6)) for _ in range(300)]
        held = [p for n in range(3) for p in passages_from(n + 1, texts[n * 100 : n * 100 + 100])]
        reference, searcher = Reference(held), build(new_engine(), 1, held)
        first, second, *_ = texts[0].split()
        for condition in (
            Word(first),
            Phrase(f"{first} {second}"),
            Phrase(f"{first} word", begins=True),
            Phrase("word1", begins=True),
            Not(Word(first)),
            Not(Phrase("word1", begins=True)),
            AllOf((Word(first), Not(Word(second)))),
            AnyOf((Word(first), Phrase(second))),
        ):
            for where in (ALL, PassageFilter(frozenset({2, 3}))):
                for text in (texts[0], texts[1], "adoption"):
                    check(searcher, reference, query_of(text, condition=condition), where, 10)

    @pytest.mark.parametrize(
        ("condition", "expected"),
        [
            (Phrase("best interests"), {0, 2, 3}),
            (Phrase("best interest"), {1}),
            (Phrase("best interest", begins=True), {0, 1, 2, 3}),
            (Phrase("the State party should"), {4}),
            (Phrase("side by side"), set()),
            (Phrase("cote d'ivoire"), {4}),
            (Phrase("the"), {0, 1, 2, 4, 5}),
            (Word("interest"), {0, 1, 2, 3}),
            (Not(Word("interest")), {4, 5}),
            (Not(Phrase("interest")), {0, 2, 3, 4, 5}),
            (Word("children"), {0, 2}),
            (Word("best-interests"), {0, 2, 3}),
            (Not(Word("adopt")), {0, 1, 2, 3, 4}),
            (Not(Word("adoption")), {0, 1, 2, 3, 4, 5}),
            (AllOf((Word("interests"), Word("child"))), {0, 2}),
            (AnyOf((Word("Ivoire"), Phrase("best interest"))), {1, 4}),
            (Phrase("abcdefg" * 9), {5}),
            (Word("abcdefg" * 9), {5}),
            (Phrase("?!"), set()),
        ],
    )
    def test_words_are_found_as_printed_around_a_passage_and_in_it(
        self, new_engine: NewEngine, condition: TermCondition, expected: set[int]
    ) -> None:
        parts = [
            ("Kenya · Best Interests of the child (art. 3)", "", "children"),
            ("", "", "in the best interest of"),
            ("", "The child’s", "Best-interests"),
            ("", "best", "best «interests» by side"),
            ("Côte d’Ivoire › side", "", "the State party should"),
            ("", "the State party", "should adopt " + "abcdefg" * 9),
        ]
        held = [
            Passage(PassageKey(1, ordinal), "", context, lead_in, text, ())
            for ordinal, (context, lead_in, text) in enumerate(parts)
        ]
        searcher = build(new_engine(), 1, held)
        found = searcher.search(query_of("children", condition=condition), ALL, 10).scored
        assert {PassageKey.from_int(scored.passage).ordinal for scored in found} == expected

    def test_words_are_completed_by_those_that_are_there(self, new_engine: NewEngine) -> None:
        held = passages_from(1, ["Trafficking trafficked", "trafficking", "traffic in Côte d’Ivoire", "law"])
        searcher = build(new_engine(), 1, held)
        assert searcher.words_beginning("traffick", 9) == ["trafficking", "trafficked"]
        assert searcher.words_beginning("traff", 1) == ["trafficking"]
        assert searcher.words_beginning("cot", 9) == ["cote"]
        assert searcher.words_beginning("fish", 9) == []

    def test_an_index_of_nothing_finds_nothing(self, new_engine: NewEngine) -> None:
        searcher = build(new_engine(), 1)
        assert len(searcher) == 0
        assert searcher.search(query_of("extradition"), ALL, 5).scored == []
        for condition in (Word("extradition"), Not(Word("extradition")), Phrase("ex", begins=True)):
            assert searcher.search(query_of("law", condition=condition), ALL, 5).scored == []
        assert searcher.words_beginning("ex", 5) == []
        assert searcher.rescore(query_of("extradition"), []) == []
        assert searcher.passages_with("extradit") == 0

    def test_the_record_says_what_built_it(self, new_engine: NewEngine) -> None:
        engine = new_engine()
        build(engine, 1, passages_from(1, ["judges", "training"]))
        searcher = build(engine, 2, passages_from(2, ["adoption"]), base=1)
        assert searcher.record.encoder == ENCODER.identity
        assert searcher.record.passages == 3

    def test_both_scores_are_there_for_every_hit(self, new_engine: NewEngine) -> None:
        """The nearest passage lacks the word, and the one with the word is far from the vector."""
        texts = ["training of judges", "extradition"]
        searcher = build(new_engine(), 1, passages_from(1, texts))
        query = Query("extradition", (), query_of("training of judges").vector)
        by_number = {scored.passage: scored for scored in searcher.search(query, ALL, 1).scored}
        near, worded = (by_number[int(PassageKey(1, ordinal))] for ordinal in (0, 1))
        assert near.dense == pytest.approx(1, abs=HALF)
        assert near.lexical == 0
        assert worded.dense < 0.9
        assert worded.lexical > 0

    def test_a_filter_binds_and_an_empty_one_finds_nothing(self, new_engine: NewEngine) -> None:
        held = [
            *passages_from(1, ["training of judges", "adoption"], [Role.CONCERN]),
            *passages_from(2, ["training of judges"], [Role.RECOMMENDATION, Role.REQUEST]),
            *passages_from(3, ["training of judges"]),
        ]
        searcher = build(new_engine(), 1, held)

        def found(where: PassageFilter) -> set[int]:
            candidates = searcher.search(query_of("training of judges"), where, 10)
            return {PassageKey.from_int(scored.passage).document for scored in candidates.scored}

        assert found(ALL) == {1, 2, 3}
        assert found(PassageFilter(documents=frozenset({2, 3, 99}))) == {2, 3}
        assert found(PassageFilter(roles=frozenset({Role.REQUEST, Role.REMINDER}))) == {2}
        assert found(PassageFilter(frozenset({1, 3}), frozenset({Role.CONCERN}))) == {1}
        for nothing in (
            PassageFilter(documents=frozenset()),
            PassageFilter(roles=frozenset()),
            PassageFilter(documents=frozenset({99})),
            PassageFilter(roles=frozenset({Role.REMINDER})),
            PassageFilter(frozenset({3}), frozenset({Role.CONCERN})),
            PassageFilter(frozenset(), frozenset({Role.CONCERN})),
        ):
            assert found(nothing) == set()

    def test_a_word_that_a_variant_brings_counts_for_less(self, new_engine: NewEngine) -> None:
        searcher = build(new_engine(), 1, passages_from(1, ["children", "adoption"]))
        vector = query_of("kids").vector
        (own,) = searcher.rescore(Query("children", (), vector), [int(PassageKey(1, 0))])
        (brought,) = searcher.rescore(Query("kids", ("children",), vector), [int(PassageKey(1, 0))])
        (neither,) = searcher.rescore(Query("kids", (), vector), [int(PassageKey(1, 0))])
        assert own.lexical > brought.lexical > neither.lexical == 0

    def test_scores_come_in_the_order_they_are_asked_for(self, new_engine: NewEngine) -> None:
        held = passages_from(1, [f"{'judges ' * number}training" for number in range(6)])
        searcher = build(new_engine(), 1, held)
        numbers = [int(held[place].key) for place in (4, 0, 5, 2)]
        found = searcher.rescore(query_of("judges"), numbers)
        assert [scored.passage for scored in found] == numbers
        everything = {s.passage: s for s in searcher.search(query_of("judges"), ALL, 10).scored}
        assert found == [everything[number] for number in numbers]

    def test_words_that_search_syntax_uses_are_only_words(self, new_engine: NewEngine) -> None:
        held = passages_from(1, ["training AND judges", "text: adoption", "reports NOT submitted"])
        searcher = build(new_engine(), 1, held)
        for text in (
            '"training" AND (judges',
            "text:adoption",
            "NOT submitted*",
            "a^2 ~b +c -d [e TO f]",
            "\\",
        ):
            check(searcher, Reference(held), query_of(text), ALL, 10)

    def test_removed_passages_count_for_nothing(self, new_engine: NewEngine) -> None:
        engine = new_engine()
        build(
            engine, 1, [p for n in range(1, 11) for p in passages_from(n, ["judges", "training of judges"])]
        )
        searcher = build(engine, 2, passages_from(11, ["adoption"]), base=1, remove=range(2, 11))
        assert (len(searcher), searcher.passages_with("judg")) == (3, 2)
        assert searcher.search(query_of("judges"), ALL, 10).ceiling > 0
        assert searcher.search(query_of("adoption"), ALL, 10).ceiling > 0

    def test_the_same_passages_score_the_same_in_another_engine(self, new_engine: NewEngine) -> None:
        held = passages_from(1, [f"{word} training of judges" for word in _WORDS])
        scores: list[list[Scored]] = []
        for _ in range(2):
            searcher = build(new_engine(), 1, held)
            scores.append(searcher.search(query_of("judges and adoption"), ALL, 4).scored)
        assert scores[0] == scores[1]

    # -- generations

    def test_a_base_goes_on_unchanged(self, new_engine: NewEngine) -> None:
        engine = new_engine()
        before = Reference(passages_from(1, ["judges", "training of judges"]))
        after = Reference(passages_from(2, ["adoption of judges"]))
        query = query_of("judges and adoption")
        first = build(engine, 1, before.held)
        earlier = first.search(query, ALL, 10)
        second = build(engine, 2, after.held, base=1, remove=[1])
        reopened = engine.open(1)
        engine.sweep(2)
        for searcher, reference in ((first, before), (reopened, before), (second, after)):
            check_all(searcher, reference, [query])
        assert first.search(query, ALL, 10) == earlier

    def test_only_the_generation_that_is_kept_can_be_opened(self, new_engine: NewEngine) -> None:
        engine = new_engine()
        build(engine, 1, passages_from(1, ["judges"]))
        build(engine, 2, passages_from(2, ["adoption"]), base=1)
        build(engine, 3, passages_from(3, ["training"]), base=2)
        engine.sweep(2)
        assert len(engine.open(2)) == 2
        for missing in (0, 1, 3, 99):
            with pytest.raises(EngineDamaged):
                engine.open(missing)

    def test_a_sweep_before_the_first_generation_is_nothing(self, new_engine: NewEngine) -> None:
        engine = new_engine()
        engine.sweep(0)
        assert len(build(engine, 1, passages_from(1, ["judges"]))) == 1

    def test_a_generation_that_was_never_published_is_built_anew(self, new_engine: NewEngine) -> None:
        engine = new_engine()
        build(engine, 1, passages_from(1, ["judges"]))
        build(engine, 2, passages_from(2, ["adoption"] * 9), base=1)
        again = Reference([*passages_from(1, ["judges"]), *passages_from(2, ["training"])])
        searcher = build(engine, 2, passages_from(2, ["training"]), base=1)
        check_all(searcher, again, [query_of("training adoption judges")])

    def test_a_document_may_be_replaced_by_itself(self, new_engine: NewEngine) -> None:
        engine = new_engine()
        build(engine, 1, passages_from(1, ["judges", "adoption"]))
        again = Reference(passages_from(1, ["training"]))
        searcher = build(engine, 2, again.held, base=1, remove=[1])
        check_all(searcher, again, [query_of("training adoption judges")])

    def test_a_missing_base_is_reported(self, new_engine: NewEngine) -> None:
        with pytest.raises(EngineDamaged):
            build(new_engine(), 2, passages_from(1, ["judges"]), base=1)

    def test_threads_search_one_generation_at_once(self, new_engine: NewEngine) -> None:
        held = passages_from(1, [f"{word} training of judges" for word in _WORDS * 5])
        searcher = build(new_engine(), 1, held)
        queries = [query_of(f"{word} judges") for word in _WORDS] * 4
        expected = [searcher.search(query, ALL, 5) for query in queries]
        with ThreadPoolExecutor(4) as threads:
            assert list(threads.map(lambda query: searcher.search(query, ALL, 5), queries)) == expected
