from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from assistant.coverage import Words, coverage, in_none, rarity, share_lost, topic_words
from index.vocabulary import Vocabulary
from index.words import terms

VOCABULARY = Vocabulary({"bribery": ["corruption"]})


@dataclass(frozen=True)
class Counts:
    """How many of 100 passages have a term."""

    of: Mapping[str, int]

    def passages_with(self, term: str) -> int:
        return self.of.get(term, 0)

    def __len__(self) -> int:
        return 100


COUNTS = Counts({term: n for word, n in (("children", 90), ("dams", 2)) for term in terms(word)})


def covered(topic: str, text: str) -> float:
    return coverage(topic_words(topic, COUNTS, VOCABULARY), Words.of(text))


def test_all_words_are_covered_by_a_text_that_has_them_all() -> None:
    assert covered("dams and children", "Dams harm many children.") == 1.0
    assert covered("dams and children", "Nothing of the kind.") == 0.0
    assert covered("and of the", "and of the") == 0.0


def test_a_rare_word_counts_for_more_than_a_common_one() -> None:
    assert covered("dams children", "the dam") > 0.9 > 0.1 > covered("dams children", "a child, children") > 0
    assert rarity(0, 100) > rarity(2, 100) > rarity(90, 100) > 0


def test_another_form_counts_less_than_the_word_as_printed_and_an_everyday_variant_too() -> None:
    assert covered("adoption", "adoption") == 1.0
    assert 0 < covered("adoption", "it adopted measures") < 1
    assert 0 < covered("bribery", "corruption") < 1


def test_names_of_states_are_no_part_of_what_is_asked() -> None:
    assert [word.typed for word in topic_words("dams in Kenya", COUNTS, VOCABULARY)] == ["dams"]


def test_words_keep_the_order_of_the_question_each_once() -> None:
    words = topic_words("Dams, children, dams", COUNTS, VOCABULARY)
    assert [word.typed for word in words] == ["Dams", "children"]


def test_what_one_text_has_and_another_lacks_is_lost_by_its_weight() -> None:
    words = topic_words("dams children", COUNTS, VOCABULARY)
    there = Words.of("dams and children").stems
    assert share_lost(words, there, there) == 0.0
    assert share_lost(words, there, Words.of("children").stems) > 0.9
    assert share_lost(words, Words.of("children").stems, frozenset()) < 0.1


@pytest.mark.parametrize(
    ("texts", "absent"),
    [
        (["dams"], ("children", "bribery")),
        (["children", "corruption and dams"], ()),
        ([], ("dams", "children", "bribery")),
    ],
)
def test_words_that_no_text_has_in_any_form_are_told(texts: list[str], absent: tuple[str, ...]) -> None:
    words = topic_words("dams, children, bribery", COUNTS, VOCABULARY)
    assert in_none(words, [Words.of(text) for text in texts]) == absent
