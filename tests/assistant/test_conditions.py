"""What is typed as a condition binds in searches and answers."""

from __future__ import annotations

import re

import pytest

from assistant.answer import Answer, AskRequest, Filters, SearchRequest, SearchResult
from assistant.conditions import asked_in, has_quoted, met_by, nothing_has
from assistant.service import Assistant
from corpus.model import Role
from index.conditions import Not, Phrase, Word
from index.query_syntax import read_query


def ask(assistant: Assistant, question: str) -> Answer:
    return assistant.ask(AskRequest(question=question, store=False))


def search(assistant: Assistant, query: str, **filters: object) -> SearchResult:
    request = SearchRequest(query=query, k=50, filters=Filters.model_validate(filters))
    return assistant.search(request)


def paragraphs(found: Answer | SearchResult) -> set[str]:
    return {passage.pinpoint.split()[0] for passage in found.passages}


# -- searches


def test_every_paragraph_found_has_the_phrase_searched_for(assistant: Assistant) -> None:
    found = search(assistant, 'What did it say about "child sex tourism"?')
    assert paragraphs(found) == {"27", "28"}
    assert search(assistant, '"tourism child sex"').passages == ()
    everything = search(assistant, "What did it say about child sex tourism?")
    assert len(everything.passages) > len(found.passages)


def test_excluded_words_exclude_what_is_near_in_meaning_too(assistant: Assistant) -> None:
    assert {"33", "34"} <= paragraphs(search(assistant, "extradition"))
    assert {"33", "34"}.isdisjoint(paragraphs(search(assistant, "extradition NOT reservation")))
    assert {"33", "34"}.isdisjoint(paragraphs(search(assistant, "extradition -reservation")))


def test_joined_words_must_all_be_there(assistant: Assistant) -> None:
    judges = paragraphs(search(assistant, "+judges"))
    training = paragraphs(search(assistant, "+training"))
    assert judges
    assert training
    assert paragraphs(search(assistant, "judges OR training")) == judges | training
    assert paragraphs(search(assistant, "judges AND training")) <= judges & training
    assert paragraphs(search(assistant, "judges AND NOT training")) <= judges


def test_a_condition_stands_beside_the_filters(assistant: Assistant) -> None:
    found = search(assistant, "“extradition”", roles=("concern",))
    assert paragraphs(found) == {"33"}
    assert all(Role.CONCERN in passage.roles for passage in found.passages)
    assert [(f.kind, f.value, f.origin) for f in found.filters] == [
        ("role", "concern", "given"),
        ("words", "“extradition”", "given"),
    ]


def test_the_query_is_shown_as_it_was_typed(assistant: Assistant) -> None:
    typed = "judges AND training -police"
    assert search(assistant, typed).query == typed
    answer = ask(assistant, typed)
    assert answer.question == answer.searched_for == typed


# -- words that are also searched


def test_a_beginning_is_searched_with_the_words_it_stands_for(assistant: Assistant) -> None:
    found = search(assistant, "prosec*")
    assert {"prosecution", "prosecutors"} <= set(found.also_searched)
    assert found.passages
    assert all(re.search("prosec", passage.text, re.IGNORECASE) for passage in found.passages[:3])
    assert found.passages[0].score > 0.5


def test_quoted_words_are_searched_as_they_are(assistant: Assistant) -> None:
    assert search(assistant, "dams").also_searched == ("hydropower",)
    assert search(assistant, "“dams”").also_searched == ()
    assert search(assistant, "“dams” and bribery").also_searched == ("corruption",)


# -- answers


@pytest.mark.parametrize(
    "question",
    ['"lacks a specific law"', 'Which paragraphs mention "lacks a specific law"?', "“lacks a spec*”"],
)
def test_a_phrase_that_is_there_is_answered_with_its_place(assistant: Assistant, question: str) -> None:
    answer = ask(assistant, question)
    assert [citation.pinpoint for citation in answer.citations] == ["33"]
    assert "lacks a specific law" in answer.citations[0].quote


def test_words_that_say_nothing_can_be_asked_for_as_a_phrase(assistant: Assistant) -> None:
    answer = ask(assistant, "“should be”")
    assert not answer.refused
    assert all("should be" in passage.text for passage in answer.passages)


def test_only_paragraphs_with_the_phrase_are_cited(assistant: Assistant) -> None:
    assert {c.pinpoint for c in ask(assistant, "what about extradition?").citations} == {"33", "34"}
    answer = ask(assistant, 'what about extradition and the "specific law"?')
    assert {citation.pinpoint for citation in answer.citations} == {"33"}


def test_what_is_excluded_is_not_quoted(assistant: Assistant) -> None:
    answer = ask(assistant, "training of judges NOT social")
    assert answer.citations
    assert not any("social" in citation.quote.lower() for citation in answer.citations)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("“best interests of the parent”", "has the words “best interests of the parent”."),
        ("What did it say about “stamps”?", "has the word “stamps”."),
        ("philatel*", "has “philatel” with any ending."),
        ("training AND stamps", "meets the condition training AND stamps."),
    ],
)
def test_a_condition_that_nothing_meets_is_refused_and_named(
    assistant: Assistant, question: str, said: str
) -> None:
    answer = ask(assistant, question)
    assert (answer.refusal_reason, answer.citations) == ("not_answered", ())
    assert answer.text.startswith(f"No paragraph that was searched {said}")
    assert answer.passages  # the nearest, as such


def test_exclusions_alone_are_no_question(assistant: Assistant) -> None:
    assert ask(assistant, "NOT extradition").refusal_reason == "unclear"
    assert {"33", "34"}.isdisjoint(paragraphs(search(assistant, "NOT extradition")))


def test_a_refusal_says_what_nothing_meets() -> None:
    assert nothing_has(Word("dams")).endswith("meets the condition +dams.")
    assert nothing_has(Not(Phrase("the", begins=False))).endswith("meets the condition NOT “the”.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in the best interests of", True),
        ("in the best-interests of", True),
        ("interests best", False),
        ("the young", True),
        ("the old", False),
    ],
)
def test_a_text_has_a_quoted_phrase_or_not(text: str, expected: bool) -> None:
    condition = read_query("“best interests” OR “the you*” NOT “old”").condition
    assert has_quoted(condition, text) is expected
    assert not has_quoted(None, text)


@pytest.mark.parametrize(
    ("typed", "texts", "expected"),
    [
        ("“best interests”", ["the best interests of"], True),
        ("“best interests”", ["the best", "interests of"], False),
        ("training AND judges", ["Training of", "a judge"], True),
        ("training AND judges", ["training of the police"], False),
        ("training OR judges", ["a judge"], True),
        ("training NOT judges", ["training"], True),
        ("training NOT judges", ["training", "of judges"], False),
        ("traffick*", ["trafficked children"], True),
        ("traffick*", ["traffic"], False),
        ("+best-interests", ["the best interests"], True),
    ],
)
def test_texts_together_meet_a_condition_or_not(typed: str, texts: list[str], expected: bool) -> None:
    condition = read_query(typed).condition
    assert condition is not None
    assert met_by(condition, texts) is expected


def test_what_a_condition_excludes_is_not_asked_for() -> None:
    condition = read_query("+training NOT “of judges”").condition
    assert condition is not None
    assert asked_in(condition, "trainings and more")
    assert not asked_in(condition, "of judges")
