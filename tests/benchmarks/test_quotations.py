"""The benchmark of quotations: what is made is what it says, and a wrong result counts as wrong."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from assistant.answer import Coverage
from assistant.citations.quotation import QuoteMatch
from tests.benchmarks.citation_quotations import quotations
from tests.benchmarks.quotation_changes import BRACKETS, CHANGES, FORMS
from tests.benchmarks.quotation_material import MadeQuotation, Quoted, plain
from tests.benchmarks.quotations import is_right
from tests.corpus.catalogs import builtin
from tests.corpus.headers import header

SENTENCE = (
    "The Committee recommends that the State party should be the first in 2014 to recognize “domestic” work"
    " as a well-known field’s work."
)


def _documents() -> list[Quoted]:
    paragraphs = builtin().paragraphs
    return [
        Quoted(header(1, "Laos", "LAO", 2015), paragraphs[:20]),
        Quoted(header(2, "Kenya", "KEN", 2015), paragraphs[20:]),
    ]


def test_the_same_seed_makes_the_same_quotations() -> None:
    assert quotations(_documents(), 3) == quotations(_documents(), 3)
    assert quotations(_documents(), 3) != quotations(_documents(), 4)


def test_what_is_said_to_be_verbatim_stands_there_and_what_is_altered_does_not() -> None:
    documents = _documents()
    stand = {"sentence": True, "paragraph": True, "altered": False, "invented": False}
    for made in quotations(documents, 5):
        kind = made.kind.split(":")[0]
        if kind in stand and made.held == "all":
            words = f" {plain(made.text)} "
            assert any(words in f" {each.plain} " for each in documents) is stand[kind], made


@pytest.mark.parametrize("change", [*CHANGES, *BRACKETS, *FORMS])
def test_every_change_changes_what_it_says(change: str) -> None:
    chance = random.Random(1)
    if change in CHANGES:
        made = [CHANGES[change](SENTENCE.split(" "), chance) for _ in range(20)]
        assert all(plain(text) != plain(SENTENCE) for text in made if text)
    elif change in BRACKETS:
        made = [BRACKETS[change](SENTENCE, chance) for _ in range(20)]
        assert all("[" in text or "(emphasis" in text for text in made if text)
    else:
        made = [FORMS[change](SENTENCE, chance) for _ in range(20)]
    assert any(text not in (None, SENTENCE) for text in made)


def test_verdict_place_and_the_whole_of_the_difference_must_be_right() -> None:
    made = MadeQuotation("sentence", "words", frozenset({"not_found"}))
    coverage = Coverage(documents=1, paragraphs=1, matching_documents=0)
    found = QuoteMatch(input="words", verdict="not_found", reason="", diff=(), places=(), coverage=coverage)
    assert is_right(made, found)
    assert not is_right(made, found.model_copy(update={"verdict": "exact"}))
    assert not is_right(replace(made, places=frozenset({("CRC/C/1", "para_1")})), found)
