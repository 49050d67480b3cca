"""Whole conversations about the built-in document, and questions of the kinds that are not topics."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, AskRequest
from assistant.service import Assistant

SYMBOL = "CRC/C/OPSC/LAO/CO/1"


def talk(assistant: Assistant, *questions: str) -> list[Answer]:
    answers: list[Answer] = []
    for question in questions:
        answers.append(assistant.ask(AskRequest(question=question, store=False), earlier=answers))
    return answers


def paragraphs(answer: Answer) -> set[str]:
    return {citation.pinpoint.partition(" ")[0] for citation in answer.citations}


def test_a_follow_up_is_answered_as_the_question_it_stands_for(assistant: Assistant) -> None:
    _, follow_up = talk(
        assistant, "What did the Committee say about extradition?", "and what did it recommend?"
    )
    alone = assistant.ask(AskRequest(question=follow_up.searched_for, store=False))
    assert follow_up.question == "and what did it recommend?"
    assert follow_up.searched_for == "What did the Committee recommend on extradition?"
    assert follow_up.citations == alone.citations
    assert [citation.pinpoint for citation in follow_up.citations] == ["34", "33"]


def test_a_pronoun_stands_for_a_person_that_an_answer_named(assistant: Assistant) -> None:
    *_, last = talk(assistant, "Are human rights defenders safe?", "what about his disappearance?")
    assert last.searched_for == "What did the Committee say about Sombath Somphone’s disappearance?"
    assert "20 (c)" in [citation.pinpoint for citation in last.citations]


def test_small_talk_is_answered_without_a_search(assistant: Assistant) -> None:
    *_, thanks = talk(assistant, "What about adoption?", "thanks!")
    assert (thanks.refused, thanks.searched_for, thanks.citations, thanks.passages) == (False, "", (), ())
    assert thanks.text.startswith("You are welcome.")


def test_a_place_is_looked_up_in_the_document_spoken_of(assistant: Assistant) -> None:
    *_, place, following, missing = talk(
        assistant, "extradition?", "and 22 (c)?", "next paragraph", "and (z)?"
    )
    assert [citation.pinpoint for citation in place.citations] == ["22 (c)"]
    assert [(f.kind, f.value, f.origin) for f in place.filters] == [("symbol", SYMBOL, "carried")]
    assert paragraphs(following) == {"23"}
    assert missing.refusal_reason == "no_such_paragraph"


def test_more_goes_on_and_then_shows_in_full_what_there_was(assistant: Assistant) -> None:
    first, again = talk(assistant, "What did the Committee say about extradition?", "tell me more")
    assert again.text.startswith("Nothing more was found on this.")
    assert paragraphs(again) == paragraphs(first) == {"33", "34"}


def test_what_a_follow_up_adds_must_be_there(assistant: Assistant) -> None:
    *_, answer = talk(assistant, "What did the Committee say about extradition?", "and for penguins?")
    assert answer.refused
    assert "extradition for penguins" in answer.searched_for


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What does the section on adoption say?", {"23", "24"}),
        ("show me the section on extradition", {"33", "34"}),
        ("the extradition section", {"33", "34"}),
        ("Section III", {"7", "8"}),
    ],
)
def test_a_section_is_shown_whole(assistant: Assistant, question: str, found: set[str]) -> None:
    answer = assistant.ask(AskRequest(question=question, store=False))
    assert paragraphs(answer) == found
    assert all(citation.checks.verbatim for citation in answer.citations)


def test_a_section_that_no_heading_names_is_looked_for_as_a_topic(assistant: Assistant) -> None:
    answer = assistant.ask(AskRequest(question="What does the section on hydropower dams say?", store=False))
    assert paragraphs(answer) == {"21", "22"}


def test_a_carried_filter_says_how_to_let_go_of_it(assistant: Assistant) -> None:
    *_, refused = talk(assistant, "What did the Committee tell Laos about adoption?", "what about penguins?")
    assert [(f.value, f.origin) for f in refused.filters] == [("Laos", "carried")]
    assert "Say “in all documents” to search beyond Laos." in refused.text


@pytest.mark.parametrize(
    "question", ["What are the main concerns?", "what was the Committee concerned about?"]
)
def test_all_of_a_role_is_told_where_nothing_says_on_what(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(AskRequest(question=question, store=False))
    assert answer.total is not None
    assert answer.total > 10
    assert {"7", "19", "33"} <= paragraphs(answer)
    assert {statement.role.value for statement in answer.statements} == {"concern"}


def test_a_state_alone_asks_what_is_held_on_it(assistant: Assistant) -> None:
    first, second = talk(assistant, "Laos", "what should it do about adoption?")
    assert (first.total, first.citations) == (1, ())
    assert SYMBOL in first.text
    assert "24" in paragraphs(second)


def test_the_rest_of_a_complete_list_follows(assistant: Assistant) -> None:
    first, rest, none = talk(assistant, "every paragraph that mentions children", "more", "more")
    assert first.more
    assert not {c.eid for c in first.citations} & {c.eid for c in rest.citations}
    assert (none.citations, none.total) == ((), first.total)


def test_a_part_of_what_was_spoken_of_is_answered_from_it(assistant: Assistant) -> None:
    *_, penalties = talk(assistant, "What is said about the penal code?", "and the penalties?")
    assert penalties.searched_for == "What did the Committee say about penalties (penal code)?"
    assert "30" in paragraphs(penalties)
    *_, absent = talk(assistant, "What is said about the penal code?", "and the penguins?")
    assert absent.refused
    assert absent.searched_for == "What did the Committee say about penguins?"


def test_a_question_in_another_language_is_told_what_to_ask_in(assistant: Assistant) -> None:
    answer = assistant.ask(AskRequest(question="¿Qué dijo el Comité sobre la extradición?", store=False))
    assert answer.refusal_reason == "unclear"
    assert answer.text.startswith("The documents are in English: ask in English.")


def test_what_an_answer_is_from_can_be_asked_and_changes_nothing(assistant: Assistant) -> None:
    *_, told, after = talk(assistant, "extradition", "when did it say that?", "and what did it recommend?")
    assert "adopted 5 June 2015" in told.text
    assert after.searched_for == "What did the Committee recommend on extradition?"
    assert after.filters == ()
