"""What a document is about as a whole."""

from __future__ import annotations

import pytest

from assistant.answer import AskRequest
from assistant.contents import asks_for_contents
from assistant.service import Assistant


@pytest.mark.parametrize(
    "text",
    [
        "What is this document about?",
        "what's it about",
        "summarise the document",
        "Can you give me an overview of the concluding observations?",
        "Which topics does it cover?",
        "table of contents",
        "list the sections",
        "CRPD/C/KEN/CO/1",
        "summarize CRPD/C/KEN/CO/1",
    ],
)
def test_a_document_as_a_whole_can_be_asked_for(text: str) -> None:
    assert asks_for_contents(text)


@pytest.mark.parametrize(
    "text",
    [
        "What is the law about?",
        "What does it say about summaries?",
        "Which topics should be taught?",
        "extradition CRPD/C/KEN/CO/1",
        "an outline of the national plan",
    ],
)
def test_what_a_document_says_of_something_is_another_question(text: str) -> None:
    assert not asks_for_contents(text)


def test_the_headings_are_told_with_their_paragraphs(assistant: Assistant) -> None:
    answer = assistant.ask(AskRequest(question="what is this document about?", store=False))
    assert not answer.refused
    assert "CRC/C/OPSC/LAO/CO/1, adopted 5 June 2015" in answer.text
    assert "- III. Data [paras. 7–8](/documents/crc-c-opsc-lao-co-1#para_7)" in answer.text
    assert "    - Extradition [paras. 33–34](/documents/crc-c-opsc-lao-co-1#para_33)" in answer.text


def test_without_a_document_in_scope_one_must_be_named(assistant: Assistant) -> None:
    answer = assistant.ask(AskRequest(question="summarise CRC/C/AAA/CO/9", store=False))
    assert answer.refused
