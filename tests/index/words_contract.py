"""What every engine must do that finds passages by their words alone, as quotations are looked for."""

from __future__ import annotations

import numpy as np
import pytest

from index.conditions import Phrase
from index.engine import RAREST_WORDS
from index.passages import Passage, PassageKey
from index.text_index import TextIndex
from index.words import terms
from tests.index.engine_reference import (
    ALL,
    NewEngine,
    Reference,
    build,
    meets,
    passages_from,
    query_of,
)


class WordsContract:
    """Tests of `Searcher.with_phrase` and `Searcher.sharing_words` that every engine passes."""

    @pytest.fixture
    def new_engine(self) -> NewEngine:
        raise NotImplementedError

    @pytest.mark.parametrize(
        "phrase", ["word1 word2", "word3", "Word1, WORD2!", "word1 word1 word1", "?", ""]
    )
    def test_a_phrase_is_found_wherever_it_stands(self, new_engine: NewEngine, phrase: str) -> None:
        held = _many_passages()
        wanted = {int(passage.key) for passage in held if meets(passage, Phrase(phrase))}
        searcher = build(new_engine(), 1, held)
        for index in (searcher, TextIndex(held)):
            found = index.with_phrase(phrase, len(held))
            assert sorted(found) == sorted(wanted)
            some = index.with_phrase(phrase, 2)
            assert len(some) == min(2, len(wanted))
            assert set(some) <= wanted
        assert searcher.with_phrase(phrase, 0) == []

    def test_the_rarest_words_of_a_text_find_those_that_share_most(self, new_engine: NewEngine) -> None:
        held, reference = _many_passages(), Reference(_many_passages())
        text = " ".join(f"word{number}" for number in range(RAREST_WORDS))
        searcher = build(new_engine(), 1, held)
        everything = [int(passage.key) for passage in held]
        scores = {each.passage: each.lexical for each in searcher.rescore(query_of(text), everything)}
        best = sorted(scores.values(), reverse=True)[:10]
        for index in (searcher, TextIndex(held)):
            found = index.sharing_words(text, 10)
            assert [scores[number] for number in found] == pytest.approx(best, abs=1e-4)
            assert len(set(found)) == len(found)
        shared = [p for p in reference.allowed(ALL) if set(terms(text)) & set(terms(p.indexed_text))]
        assert len(searcher.sharing_words(text, len(held))) == len(shared)
        assert searcher.sharing_words("nowhere at all", 10) == []

    def test_frequent_words_do_not_crowd_out_rare_ones(self, new_engine: NewEngine) -> None:
        common = " ".join(f"word{number}" for number in range(40))
        held = passages_from(1, [common] * 60 + ["quixotic word1", "word2 quixotic"])
        searcher = build(new_engine(), 1, held)
        assert set(searcher.sharing_words(f"{common} quixotic", 2)) == {int(p.key) for p in held[60:]}

    def test_what_is_removed_is_found_no_more(self, new_engine: NewEngine) -> None:
        engine = new_engine()
        build(engine, 1, [*passages_from(1, ["the barque sailed"]), *passages_from(2, ["a barque sailed"])])
        searcher = build(engine, 2, base=1, remove={1})
        assert searcher.with_phrase("barque sailed", 10) == searcher.sharing_words("barque", 10)
        assert [PassageKey.from_int(n).document for n in searcher.with_phrase("barque sailed", 10)] == [2]


def _many_passages() -> list[Passage]:
    chance = np.random.default_rng(4)
    texts = [" ".join(f"word{n}" for n in chance.integers(0, 40, 7)) for _ in range(300)]
    return [
        Passage(
            PassageKey(n // 100 + 1, n % 100), "", text if n % 9 == 0 else "", "", text if n % 9 else "", ()
        )
        for n, text in enumerate(texts)
    ]
