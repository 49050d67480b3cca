"""What every engine must do with a passage of tens of thousands of different words."""

from __future__ import annotations

import pytest

from index.conditions import AllOf, AnyOf, Not, Phrase, TermCondition, Word
from index.passages import Passage, PassageKey
from index.words import terms
from tests.index.engine_reference import ALL, NewEngine, Reference, build, check, passages_from, query_of
from tests.index.listing_contract import listed

_DIFFERENT = 20_000

_CONDITIONS: list[TermCondition] = [
    Word(f"word{_DIFFERENT - 1}"),
    Not(Word("word7")),
    Phrase("interests word0"),
    Not(Phrase("best interests")),
    Phrase(f"word{_DIFFERENT - 1} ch", begins=True),
    AllOf((Word("child"), Not(Phrase("best interests of")))),
    AnyOf((Phrase("word9 word10"), Phrase("judg", begins=True))),
]


class LongPassagesContract:
    """Tests that every engine passes."""

    @pytest.fixture
    def new_engine(self) -> NewEngine:
        raise NotImplementedError

    def test_a_long_passage_is_searched_and_listed_by_its_words(self, new_engine: NewEngine) -> None:
        searcher, reference = build(new_engine(), 1, _passages()), Reference(_passages())
        for condition in (None, *_CONDITIONS):
            check(searcher, reference, query_of("word7 judges", condition=condition), ALL, 2)
            for words in ([], [{"word7"}, {"child"}], [{"judg", f"word{_DIFFERENT // 2}"}]):
                found = searcher.all_having(words, ALL, condition)
                assert found == listed(reference, words, ALL, condition)

    def test_a_long_passage_is_found_by_what_is_quoted_of_it(self, new_engine: NewEngine) -> None:
        searcher = build(new_engine(), 1, _passages())
        long, short, *_ = (int(passage.key) for passage in _passages())
        assert searcher.with_phrase("word9 word10 word11", 9) == [long]
        assert sorted(searcher.with_phrase("best interests", 9)) == [long, short]
        assert searcher.sharing_words("word9 word10", 9) == [long]
        assert set(searcher.sharing_words("word7", 9)) == {long, int(PassageKey(2, 1))}

    def test_the_words_of_a_long_passage_go_with_it(self, new_engine: NewEngine) -> None:
        engine = new_engine()
        before = build(engine, 1, _passages())
        last = f"word{_DIFFERENT - 1}"
        assert (before.passages_with("word7"), before.passages_with(last)) == (2, 1)
        assert last in before.words_beginning(last[:-1], 99)
        after = build(engine, 2, base=1, remove={1})
        assert (after.passages_with("word7"), after.passages_with(last)) == (1, 0)
        without = Not(Phrase("judges"))
        assert after.all_having([], ALL, without) == listed(Reference(_passages()[1:]), [], ALL, without)
        assert before.with_phrase("word9 word10", 9) == [int(PassageKey(1, 0))]


def _passages() -> list[Passage]:
    many = " ".join(f"word{number}" for number in range(_DIFFERENT))
    long = f"Best interests {many} child"
    assert len(set(terms(long))) > _DIFFERENT
    return [
        *passages_from(1, [long]),
        *passages_from(2, ["best interests of the child", "word7 and word8 of the children", "judges"]),
    ]
