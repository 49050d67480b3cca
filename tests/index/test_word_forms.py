from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from index.word_forms import WordForms, counted_words, stem_of, word_forms


@pytest.mark.parametrize(
    ("printed", "word"),
    [
        ("trafficked", "trafficking"),
        ("trained", "training"),
        ("children", "child"),
        ("woman", "women"),
        ("organizations", "organisation"),
        ("criminalize", "criminalised"),
        ("labour", "labor"),
        ("budgetary", "budget"),
        ("ratify", "ratification"),
        ("detainees", "detention"),
        ("acceded", "accession"),
        ("accessible", "accessibility"),
        ("minorities", "minority"),
        ("adoptions", "adoption"),
        ("adopted", "adopting"),
    ],
)
def test_forms_of_one_word_are_counted_together(printed: str, word: str) -> None:
    assert word_forms().is_form(printed, word)
    assert word_forms().is_form(word, printed)
    assert word_forms().stems(word) & word_forms().stems(printed)


@pytest.mark.parametrize(
    ("printed", "word"),
    [
        ("adopt", "adoption"),
        ("access", "accessibility"),
        ("accessible", "accede"),
        ("minors", "minorities"),
        ("organization", "organs"),
        ("organisations", "organs"),
        ("universal", "university"),
        ("traffic", "trafficking"),
        ("the", "children"),
        ("personal", "persons"),
    ],
)
def test_words_of_another_meaning_are_told_apart(printed: str, word: str) -> None:
    assert not word_forms().is_form(printed, word)
    assert not word_forms().is_form(word, printed)


def test_a_word_in_no_group_is_a_form_of_all_with_its_stem() -> None:
    forms = WordForms(alike=(), apart=(("adopt adopts", "adoption"),))
    assert forms.is_form("adoptable", "adoption")
    assert forms.is_form("adopted", "adopt")
    assert not forms.is_form("adopts", "adoption")


def test_groups_told_apart_have_a_stem_in_common() -> None:
    """Else there is nothing to tell apart, and the line is a mistake."""
    data = tomllib.loads(files("index").joinpath("word_forms.toml").read_text(encoding="utf-8"))
    for meanings in data["apart"]:
        stems = [{stem_of(word) for word in meaning.split()} for meaning in meanings]
        for number, own in enumerate(stems):
            others = set().union(*(other for place, other in enumerate(stems) if place != number))
            assert own & others, meanings[number]


def test_no_word_is_in_two_groups() -> None:
    data = tomllib.loads(files("index").joinpath("word_forms.toml").read_text(encoding="utf-8"))
    for lines in (data["alike"], [meaning for meanings in data["apart"] for meaning in meanings]):
        words = [word for line in lines for word in line.split()]
        assert sorted(words) == sorted(set(words))


def test_stop_words_are_not_counted() -> None:
    assert counted_words("The training of the Judges, and training") == ["training", "judges"]
    assert counted_words("what was it?") == []
    assert word_forms().stems("the") == frozenset()
