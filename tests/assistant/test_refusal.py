from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.answer import Answer, AskRequest
from assistant.question import read_question
from assistant.refusal import Judge, Support, names_of, unknown_names
from assistant.retrieval import Hit
from assistant.service import Assistant
from assistant.vouching import Witness, heading_stems
from corpus.model import DocumentHeader
from index.collection import View
from index.engine import Searcher
from index.vocabulary import vocabulary
from index.words import terms


@pytest.fixture(scope="module")
def view(assistant: Assistant) -> Iterator[View]:
    with assistant.collection.view() as opened:
        yield opened


@pytest.fixture(scope="module")
def searcher(view: View) -> Searcher:
    assert view.searcher is not None
    return view.searcher


@pytest.fixture(scope="module")
def header(view: View) -> DocumentHeader:
    return view.snapshot.headers()[0]


@pytest.fixture(scope="module")
def hits(view: View, header: DocumentHeader) -> dict[str, Hit]:
    """Every paragraph of the built-in document as a hit, by its number."""
    paragraphs = view.snapshot.paragraphs(header.id)
    return {p.label: Hit(header, p, p, (), 0.5, 0.5, 0.5) for p in paragraphs}


def judge(
    question: str, hits: list[Hit], searcher: Searcher, states: tuple[str, ...] = (), *witnesses: Witness
) -> Judge:
    return Judge(read_question(question), states, hits, witnesses, searcher, vocabulary())


def ask(assistant: Assistant, question: str) -> Answer:
    return assistant.ask(AskRequest(question=question, store=False))


# -- evidence


def test_each_feature_speaks_for_an_answer_and_the_size_of_the_collection_against_it() -> None:
    support = Support(0.4, 0.4, 0.5, 100)
    for change in ({"cosine": 0.5}, {"vouched": 0.5}, {"coverage": 0.6}, {"passages": 10}):
        assert replace(support, **change).evidence > support.evidence


def test_no_evidence_makes_up_for_a_name_that_is_missing() -> None:
    support = Support(0.9, 0.9, 1.0, 100)
    assert support.answers
    assert not replace(support, missing=("Rome",)).answers


def test_a_paragraph_that_has_the_words_and_is_near_answers_and_one_that_has_neither_does_not() -> None:
    assert Support(0.55, 0.55, 0.9, 1_000).answers
    assert not Support(0.25, 0.25, 0.3, 1_000).answers


def test_a_paragraph_is_supported_by_its_words_and_by_other_documents(
    hits: dict[str, Hit], searcher: Searcher
) -> None:
    hit = hits["33"]
    alone = judge("extradition", [hit], searcher).support(hit, 0.4)
    witness = Witness(0.7, heading_stems(hit.paragraph), frozenset(terms("extradition")))
    backed = judge("extradition", [hit], searcher, (), witness).support(hit, 0.4)
    assert (alone.coverage, alone.vouched) == (1.0, 0.4)
    assert backed.vouched == pytest.approx(0.7)
    assert backed.evidence > alone.evidence
    assert backed.relevance == alone.relevance  # others say that it answers, not how much of it


# -- names


def test_a_rare_name_that_is_missing_rules_a_paragraph_out(hits: dict[str, Hit], searcher: Searcher) -> None:
    question = "Has it ratified the Hague Convention?"
    judged = judge(question, [hits["24"], hits["34"]], searcher)
    assert judged.support(hits["24"], 0.5).missing == ()
    assert judged.support(hits["34"], 0.5).missing == ("Hague",)


def test_a_paragraph_about_another_state_is_ruled_out(hits: dict[str, Hit], searcher: Searcher) -> None:
    hit = hits["33"]
    assert judge("extradition", [hit], searcher, ("Kenya",)).support(hit, 0.5).missing == ("Kenya",)
    assert (
        judge("extradition", [hit], searcher, ("Lao People's Democratic Republic",)).support(hit, 0.5).missing
        == ()
    )


def test_a_name_that_nothing_mentions_is_unknown(searcher: Searcher, header: DocumentHeader) -> None:
    def unknown(question: str) -> list[str]:
        return unknown_names(read_question(question), searcher, [header], vocabulary())

    assert unknown("What did it say about Palermo?") == ["Palermo"]
    assert unknown("What did it say about the Hague Convention?") == []


def test_the_united_nations_speak_in_every_document(searcher: Searcher, header: DocumentHeader) -> None:
    assert set(terms("UN United Nations")) <= names_of(header)
    question = read_question("What did the UN tell them about courts?")
    assert unknown_names(question, searcher, [header], vocabulary()) == []


def test_a_name_is_known_by_another_that_means_the_same(searcher: Searcher, header: DocumentHeader) -> None:
    question = read_question("What was said about the NGOs?")
    assert question.names == ("NGOs",)
    assert unknown_names(question, searcher, [header], vocabulary()) == []


# -- what a refusal says


def test_a_refusal_names_the_words_that_nothing_searched_mentions(assistant: Assistant) -> None:
    answer = ask(assistant, "What did the Committee say about breastfeeding?")
    assert answer.refusal_reason == "not_answered"
    assert "Nothing that was searched mentions “breastfeeding”." in answer.text


def test_a_refusal_names_the_words_that_the_nearest_paragraphs_lack(
    hits: dict[str, Hit], searcher: Searcher
) -> None:
    judged = judge("extradition and dams", [hits["33"]], searcher)
    assert judged.why_not() == "None of the nearest paragraphs mentions “dams”."
    assert judge("extradition", [hits["33"]], searcher).why_not() == ""


def test_a_word_in_another_spelling_is_not_said_to_be_missing(
    hits: dict[str, Hit], searcher: Searcher
) -> None:
    assert (
        judge("organise dams", [hits["33"]], searcher).why_not()
        == "None of the nearest paragraphs mentions “organise” or “dams”."
    )
    assert judge("organisations", list(hits.values()), searcher).why_not() == ""


@pytest.mark.parametrize(
    "question",
    [
        "Are adolescents making erotic clips of their own bodies?",
        "Should every newborn be officially recorded?",
        "Are campaigners and the press bullied or locked up?",
    ],
)
def test_questions_in_everyday_words_are_answered(assistant: Assistant, question: str) -> None:
    assert not ask(assistant, question).refused
