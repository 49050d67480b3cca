from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.answer import Answer, AskRequest
from assistant.errors import ModelMissing
from assistant.replay import answered_again
from assistant.service import Assistant
from assistant.store import RECENT


class Asked:
    """Asks an assistant, and keeps what was asked after which questions."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.after: list[tuple[str, ...]] = []

    def __call__(self, request: AskRequest, earlier: Sequence[Answer]) -> Answer:
        assert not request.store
        self.after.append((*(answer.question for answer in earlier), request.question))
        return self._assistant.ask(request, earlier=earlier)


@pytest.fixture
def asked(assistant: Assistant) -> Asked:
    return Asked(assistant)


def test_a_conversation_that_is_answered_again_means_the_same(own_assistant: Assistant) -> None:
    said = ["What is the concern about extradition?", "and what did it recommend?", "what about adoption?"]
    kept, conversation = [], None
    for question in said:
        kept.append(own_assistant.ask(AskRequest(question=question, conversation_id=conversation)))
        conversation = kept[-1].conversation_id
    again = answered_again(said, lambda request, earlier: own_assistant.ask(request, earlier=earlier))
    assert [a.searched_for for a in again] == [a.searched_for for a in kept]
    assert [a.text for a in again] == [a.text for a in kept]
    assert {a.conversation_id for a in again} == {None}


def test_each_question_comes_after_those_before_it(asked: Asked) -> None:
    answered_again(["extradition", "adoption", "grooming"], asked)
    assert asked.after == [
        ("extradition",),
        ("extradition", "adoption"),
        ("extradition", "adoption", "grooming"),
    ]


def test_what_is_no_question_is_left_out(asked: Asked) -> None:
    answers = answered_again(["extradition", "", "?!", "ab " * 1000, "adoption"], asked)
    assert [answer.question for answer in answers] == ["extradition", "adoption"]


def test_no_more_is_answered_again_than_can_be_referred_to(asked: Asked) -> None:
    answered_again([f"paragraph {number}" for number in range(1, RECENT + 4)], asked)
    assert [after[-1] for after in asked.after] == [f"paragraph {number}" for number in range(4, RECENT + 4)]


def test_what_hinders_all_answers_is_raised() -> None:
    def fail(_: AskRequest, __: Sequence[Answer]) -> Answer:
        raise ModelMissing("There is no model.")

    with pytest.raises(ModelMissing):
        answered_again(["extradition"], fail)
