from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.answer import Answer, AskRequest
from assistant.errors import ModelMissing, QuestionEmpty
from assistant.replay import answer_last
from assistant.service import Assistant
from assistant.store import RECENT
from assistant.streaming import Emit, Event, Phase, Retrieval


class Asked:
    """Asks an assistant, and keeps what was asked after which questions."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.after: list[tuple[str, ...]] = []

    def __call__(self, request: AskRequest, emit: Emit, *, earlier: Sequence[Answer]) -> Answer:
        assert not request.store
        self.after.append((*(answer.question for answer in earlier), request.question))
        return self._assistant.stream(request, emit, earlier=earlier)


class Stopped(Exception):
    pass


@pytest.fixture
def asked(assistant: Assistant) -> Asked:
    return Asked(assistant)


def unheard(_: Event) -> None:
    pass


def test_a_conversation_that_is_answered_again_means_the_same(own_assistant: Assistant) -> None:
    said = ["What is the concern about extradition?", "and what did it recommend?", "what about adoption?"]
    conversation = None
    for number, question in enumerate(said, 1):
        kept = own_assistant.ask(AskRequest(question=question, conversation_id=conversation))
        conversation = kept.conversation_id
        again = answer_last(said[:number], own_assistant.stream, unheard)
        same = {"conversation_id": None, "timings_ms": again.timings_ms}
        assert again == kept.model_copy(update=same)
    assert own_assistant.conversations().conversations[0].turn_count == len(said)


def test_each_question_comes_after_those_before_it(asked: Asked) -> None:
    answer_last(["extradition", "adoption", "grooming"], asked, unheard)
    assert asked.after == [
        ("extradition",),
        ("extradition", "adoption"),
        ("extradition", "adoption", "grooming"),
    ]


def test_what_is_no_question_is_left_out(asked: Asked) -> None:
    answer_last(["extradition", "", "?!", "ab " * 1000, "adoption"], asked, unheard)
    assert asked.after[-1] == ("extradition", "adoption")


def test_a_last_question_that_is_none_is_an_error(asked: Asked) -> None:
    with pytest.raises(QuestionEmpty):
        answer_last(["extradition", "?!"], asked, unheard)


def test_no_more_is_answered_again_than_can_be_referred_to(asked: Asked) -> None:
    answer_last([f"paragraph {number}" for number in range(1, RECENT + 5)], asked, unheard)
    assert [after[-1] for after in asked.after] == [f"paragraph {number}" for number in range(4, RECENT + 5)]


def test_of_the_answers_before_only_phases_are_told(asked: Asked) -> None:
    before: list[Event] = []
    answer = answer_last(["extradition", "adoption"], asked, before.append)
    last: list[Event] = []
    asked(AskRequest(question="adoption", store=False), last.append, earlier=())
    told = [event for event in before if not isinstance(event, Phase)]
    assert told == [event for event in last if not isinstance(event, Phase)]
    assert sum(isinstance(event, Phase) for event in before) > sum(isinstance(e, Phase) for e in last)
    assert isinstance(told[0], Retrieval)
    assert told[0].searched_for == answer.searched_for


def test_the_answers_before_can_be_stopped(asked: Asked) -> None:
    def stop(_: Event) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        answer_last(["extradition", "adoption"], asked, stop)
    assert asked.after == [("extradition",)]


def test_what_hinders_all_answers_is_raised() -> None:
    def fail(request: AskRequest, emit: Emit, *, earlier: Sequence[Answer]) -> Answer:
        raise ModelMissing("There is no model.")

    with pytest.raises(ModelMissing):
        answer_last(["extradition", "adoption"], fail, unheard)
