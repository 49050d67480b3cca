import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.vocabulary import Vocabulary, vocabulary, with_variants
from index.words import terms

BRIDGE = {
    "kids": ["children"],
    "child labour": ["economic exploitation"],
    "holiday": ["tourism", "travel"],
    "bribes": ["corruption"],
    "bribery of officials": ["public sector corruption"],
    "sign up": ["ratify"],
    "live on their own": ["living independently"],
}


@pytest.mark.parametrize(
    ("text", "variants"),
    [
        ("kids", ("children",)),
        ("What about KIDS?", ("children",)),
        ("a kid", ("children",)),
        ("holidays", ("tourism", "travel")),
        ("kids on holiday", ("children", "tourism", "travel")),
        ("holidays of kids", ("tourism", "travel", "children")),
        ("kids, kids and kids", ("children",)),
        ("child labour", ("economic exploitation",)),
        ("labour of a child", ()),
        ("the bribery of the officials", ("public sector corruption",)),
        ("bribes and bribery of officials", ("corruption", "public sector corruption")),
        ("signed up to it", ("ratify",)),
        ("sign language", ()),
        ("sign it up", ()),
        ("kids who live on their own", ("children", "living independently")),
        ("where they live", ()),
        ("schools", ()),
        ("the of and", ()),
        ("", ()),
    ],
)
def test_everyday_words_bring_those_of_the_documents(text: str, variants: tuple[str, ...]) -> None:
    assert Vocabulary(BRIDGE).variants(text) == variants


@pytest.mark.parametrize(
    ("phrase", "meanings"),
    [
        ("kids", ("children",)),
        ("Holidays", ("tourism", "travel")),
        ("the bribery of officials", ("public sector corruption",)),
        ("kids on holiday", ()),
        ("schools", ()),
        ("", ()),
    ],
)
def test_a_whole_phrase_has_meanings(phrase: str, meanings: tuple[str, ...]) -> None:
    assert Vocabulary(BRIDGE).meanings(phrase) == meanings


@pytest.mark.parametrize("text", ["kids and children", "Children! And their kids"])
def test_words_that_are_there_already_are_not_added(text: str) -> None:
    assert Vocabulary(BRIDGE).variants(text) == ()


def test_a_phrase_is_added_unless_all_its_words_are_there() -> None:
    words = Vocabulary({"cops": ["police officers"]})
    assert words.variants("cops and the police") == ("police officers",)
    assert words.variants("cops and an officer of the police") == ()


def test_an_empty_vocabulary_adds_nothing() -> None:
    assert Vocabulary({}).variants("kids on holiday") == ()


@given(st.text(max_size=60) | st.lists(st.sampled_from([*BRIDGE, "and", "of"]), max_size=6).map(" ".join))
def test_no_variant_comes_twice_or_adds_nothing(text: str) -> None:
    variants = Vocabulary(BRIDGE).variants(text)
    assert len(variants) == len(set(variants))
    for variant in variants:
        assert not set(terms(variant)) <= set(terms(text))


def test_variants_follow_the_words_that_are_embedded() -> None:
    assert with_variants("kids on holiday", ()) == "kids on holiday"
    assert with_variants("kids on holiday", ("children", "tourism")) == "kids on holiday (children, tourism)"


# -- the vocabulary that ships with Pilcrow


def _shipped() -> dict[str, list[str]]:
    text = files("index").joinpath("vocabulary.toml").read_text(encoding="utf-8")
    shipped: dict[str, list[str]] = tomllib.loads(text)["bridge"]
    return shipped


def test_every_entry_can_be_met() -> None:
    for phrase, words in _shipped().items():
        assert vocabulary().variants(phrase), phrase
        assert set(vocabulary().variants(phrase)) >= set(words), phrase


def test_no_two_entries_have_the_same_stems() -> None:
    stems = [tuple(terms(phrase)) for phrase in _shipped()]
    assert [stem for stem in stems if stems.count(stem) > 1] == []


def test_no_entry_has_words_that_search_nothing() -> None:
    for phrase, words in _shipped().items():
        assert all(terms(word) for word in words), phrase
        assert not any(set(terms(word)) <= set(terms(phrase)) for word in words), phrase
