"""What is asked of the answer before."""

from __future__ import annotations

import pytest

from assistant import requests
from assistant.pronouns import means_person, refers_back, with_person, with_subject


@pytest.mark.parametrize("text", ["more", "tell me more", "What else?", "go on please", "show me the rest"])
def test_more_is_asked_for(text: str) -> None:
    assert requests.asks_for_more(text)


@pytest.mark.parametrize("text", ["more schools", "tell me more about dams", "what else is a crime?"])
def test_more_of_something_is_another_question(text: str) -> None:
    assert not requests.asks_for_more(text)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("list them all", "all"),
        ("how many are there?", "count"),
        ("every one", "all"),
        ("all children", None),
        ("how many children work?", None),
    ],
)
def test_all_or_how_many_are_asked_for(text: str, asked: str | None) -> None:
    assert requests.asks_for_all(text) == asked


@pytest.mark.parametrize(
    ("text", "item"),
    [("and (b)?", None), ("(b)", "(b)"), ("item c", "(c)"), ("the third point", "(c)"), ("c", "(c)"),
     ("the last one", "last"), ("a law", None), ("(a) (ii)", "(a)(ii)")],
)  # fmt: skip
def test_an_item_of_the_paragraph_spoken_of(text: str, item: str | None) -> None:
    assert requests.item_asked(text) == item


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("the next paragraph", 1),
        ("next", 1),
        ("what comes after it?", 1),
        ("the one before", -1),
        ("next steps", 0),
    ],
)
def test_a_neighbour_of_the_paragraph_spoken_of(text: str, step: int) -> None:
    assert requests.step_asked(text) == step


@pytest.mark.parametrize(
    "text", ["show me that paragraph", "quote them", "the exact words", "which paragraph is that?", "source?"]
)
def test_the_paragraph_itself_is_asked_for(text: str) -> None:
    assert requests.asks_for_that_paragraph(text)


def test_the_document_and_the_section_of_an_answer_are_asked_for() -> None:
    assert requests.asks_for_that_document("when did it say that?")
    assert not requests.asks_for_that_document("when did the State ratify it?")
    assert requests.asks_for_that_section("the whole section")
    assert not requests.asks_for_that_section("the private sector")


@pytest.mark.parametrize(
    ("text", "with_it"),
    [
        ("is it prohibited?", "is dumping prohibited?"),
        ("who pays for them?", "who pays for dumping?"),
        ("what are its causes", "what are dumping’s causes"),
        ("did it recommend a ban?", None),
        ("that the State ratify the treaty", None),
    ],
)
def test_pronouns_get_what_they_stand_for(text: str, with_it: str | None) -> None:
    assert with_subject(text, "dumping") == with_it


@pytest.mark.parametrize(
    "text", ["these children", "such cases", "what years does the plan cover", "the former"]
)
def test_things_that_were_spoken_of_are_told(text: str) -> None:
    assert refers_back(text)


@pytest.mark.parametrize(
    "text",
    ["What did it recommend on adoption?", "Does the law define child pornography?", "that the State act"],
)
def test_what_stands_by_itself_is_told_from_them(text: str) -> None:
    assert not refers_back(text)


def test_a_person_takes_the_place_of_pronouns() -> None:
    assert means_person("his disappearance")
    assert not means_person("this law")
    assert with_person("was he or his wife found?", "Luis Vega") == "was Luis Vega or Luis Vega’s wife found?"
