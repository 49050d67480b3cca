"""Words that no document has, read as those that one has."""

from __future__ import annotations

import pytest

from assistant.answer import AskRequest
from assistant.service import Assistant
from assistant.spelling import respelt
from index.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("text", "means", "spelt"),
    [
        ("extraditon treaties", "extradition treaties", ("extradition",)),
        ("trafficing of childern", "trafficking of children", ("trafficking", "children")),
        ("extradition of children", "extradition of children", ()),
        ("kids and cops", "kids and cops", ()),
        ("cryptocurrency", "cryptocurrency", ()),
        ("Extraditon", "Extraditon", ()),
        ("dms", "dms", ()),
    ],
)
def test_an_unknown_word_is_read_as_the_nearest_that_is_printed(
    assistant: Assistant, text: str, means: str, spelt: tuple[str, ...]
) -> None:
    with assistant.collection.view() as view:
        assert view.searcher is not None
        assert respelt(text, view.searcher, vocabulary()) == (means, spelt)


def test_an_answer_says_what_a_word_was_read_as(assistant: Assistant) -> None:
    answer = assistant.ask(AskRequest(question="What did they say about extraditon?", store=False))
    assert [citation.pinpoint for citation in answer.citations] == ["33", "34"]
    assert answer.searched_for == "What did they say about extraditon?"
    assert "extradition" in answer.also_searched
