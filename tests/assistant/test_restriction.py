"""What was given with a question comes back from its answer, so that a conversation can go on with it."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.answer import AppliedFilter, AskRequest, Filters
from assistant.restriction import binding_filters, given_filters
from assistant.service import Assistant
from tests.answers import answer_to

LAOS = "CRC/C/OPSC/LAO/CO/1"
GIVEN: tuple[dict[str, Any], ...] = (
    {},
    {"states": ("Laos",)},
    {"states": ("Kenya", "Lao People's Democratic Republic")},
    {"committees": ("CRC", "Committee on the Rights of Persons with Disabilities")},
    {"instruments": ("OPSC",)},
    {"symbols": ("CRC/C/KEN/CO/9", LAOS)},
    {"years": (2015, 2016)},
    {"roles": ("concern", "recommendation")},
    {"states": ("Atlantis",)},
    {"states": ("Laos",), "committees": ("CRC",), "instruments": ("OPSC",), "symbols": (LAOS,),
     "years": (2015,), "roles": ("request",)},
)  # fmt: skip
QUESTIONS = (
    "extradition",
    "what did the Committee recommend to Kenya in 2012?",
    "para 33",
    "does it mention cryptocurrency?",
    "list every paragraph that mentions children",
    "which documents do you have?",
    "hello",
)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("given", GIVEN, ids=str)
def test_what_was_given_comes_back_from_every_kind_of_answer(
    assistant: Assistant, question: str, given: dict[str, Any]
) -> None:
    filters = Filters.model_validate(given)
    answer = assistant.ask(AskRequest(question=question, filters=filters, store=False))
    assert given_filters(answer) == filters


def test_a_slug_comes_back_as_its_symbol_or_as_it_is(assistant: Assistant) -> None:
    for symbols in (("crc-c-opsc-lao-co-1",), ("crc/c/opsc/lao/co/1",)):
        filters = Filters(symbols=symbols)
        first = given_filters(assistant.ask(AskRequest(question="hello", filters=filters, store=False)))
        again = given_filters(assistant.ask(AskRequest(question="hello", filters=first, store=False)))
        assert first == again
        found = assistant.ask(AskRequest(question="extradition", filters=first, store=False))
        assert [citation.symbol for citation in found.citations[:1]] == [LAOS]


def test_what_a_follow_up_carries_or_a_question_says_was_not_given(assistant: Assistant) -> None:
    first = assistant.ask(
        AskRequest(question="What did the Committee recommend to Laos on extradition?", store=False)
    )
    second = assistant.ask(AskRequest(question="and on adoption?", store=False), earlier=[first])
    assert {applied.origin for applied in first.filters} == {"inferred"}
    assert {applied.origin for applied in second.filters} == {"carried"}
    assert given_filters(first) == given_filters(second) == Filters()
    assert binding_filters(first) == Filters()
    assert binding_filters(second).states


def test_what_narrows_a_given_restriction_binds_and_the_rest_of_it_was_given() -> None:
    answer = answer_to(
        "a",
        "b",
        filters=(
            AppliedFilter(kind="state", value="Kenya", origin="given"),
            AppliedFilter(kind="state", value="Peru", origin="given"),
            AppliedFilter(kind="state", value="Peru", origin="carried"),
        ),
    )
    assert given_filters(answer) == Filters(states=("Kenya", "Peru"))
    assert binding_filters(answer) == Filters(states=("Peru",))


def test_dropped_filters_and_words_are_no_restriction() -> None:
    answer = answer_to(
        "a",
        "b",
        filters=(
            AppliedFilter(kind="state", value="Kenya", origin="given", dropped=True),
            AppliedFilter(kind="words", value="“birth registration”", origin="given"),
            AppliedFilter(kind="year", value="2015", origin="given"),
        ),
    )
    assert given_filters(answer) == Filters(years=(2015,))
