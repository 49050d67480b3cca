"""What every engine must do that lists all passages with certain words."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pytest

from corpus.model import Role
from index.conditions import Not, Phrase, TermCondition, Word
from index.engine import PassageFilter
from index.passages import Passage, PassageKey
from index.words import terms
from tests.index.engine_reference import ALL, NewEngine, Reference, build, passages_from


def listed(
    reference: Reference,
    words: Sequence[Collection[str]],
    where: PassageFilter = ALL,
    condition: TermCondition | None = None,
) -> list[int]:
    """The passages with one term at least of each word, by looking through them."""
    return sorted(
        int(passage.key)
        for passage in reference.allowed(where, condition)
        if all(set(alike) & set(terms(passage.indexed_text)) for alike in words)
    )


class ListingContract:
    """Tests of `Searcher.all_having` that every engine passes."""

    @pytest.fixture
    def new_engine(self) -> NewEngine:
        raise NotImplementedError

    def test_every_passage_with_all_of_the_words_is_listed(self, new_engine: NewEngine) -> None:
        """Far more than any search shows, in any part of a passage, under filters and conditions."""
        chance = np.random.default_rng(3)
        texts = [" ".join(f"word{n}" for n in chance.integers(0, 30, 6)) for _ in range(600)]
        held = [
            Passage(
                PassageKey(n // 100 + 1, n % 100),
                "",
                text if n % 7 == 0 else "",
                text if n % 5 == 0 else "",
                text if n % 5 else "",
                (Role.CONCERN,) if n % 2 else (),
            )
            for n, text in enumerate(texts)
        ]
        reference, searcher = Reference(held), build(new_engine(), 1, held)
        wanted: list[list[set[str]]] = [
            [],
            [{"word1"}],
            [{"word1"}, {"word2"}],
            [{"word1", "word2"}, {"word3"}],
            [{"word1"}, {"nowhere"}],
            [{"nowhere", "word4"}],
        ]
        filters = (
            ALL,
            PassageFilter(documents=frozenset({2, 5})),
            PassageFilter(roles=frozenset({Role.CONCERN, Role.REQUEST})),
            PassageFilter(frozenset({3}), frozenset({Role.CONCERN})),
            PassageFilter(documents=frozenset()),
        )
        for words in wanted:
            for where in filters:
                for condition in (None, Word("word5"), Not(Phrase("word1 word2"))):
                    expected = listed(reference, words, where, condition)
                    assert searcher.all_having(words, where, condition) == expected
        assert len(listed(reference, [])) == 600
        assert len(listed(reference, [{"word1"}])) > 80

    def test_forms_of_a_word_are_one_term(self, new_engine: NewEngine) -> None:
        held = passages_from(1, ["trafficked children", "a child", "Trafficking", "traffic", "Café"])
        searcher = build(new_engine(), 1, held)
        assert [
            [PassageKey.from_int(number).ordinal for number in searcher.all_having(words, ALL)]
            for words in ([terms("trafficking")], [{"child", "children"}], [terms("cafe")])
        ] == [[0, 2], [0, 1], [4]]

    def test_removed_passages_are_not_listed(self, new_engine: NewEngine) -> None:
        engine = new_engine()
        build(engine, 1, [*passages_from(1, ["judges"] * 3), *passages_from(2, ["judges"] * 4)])
        searcher = build(engine, 2, passages_from(3, ["judges"]), base=1, remove=[1])
        documents = [PassageKey.from_int(n).document for n in searcher.all_having([{"judg"}], ALL)]
        assert documents == [2, 2, 2, 2, 3]

    def test_an_empty_engine_lists_nothing(self, new_engine: NewEngine) -> None:
        searcher = build(new_engine(), 1)
        assert searcher.all_having([{"judg"}], ALL) == searcher.all_having([], ALL) == []
