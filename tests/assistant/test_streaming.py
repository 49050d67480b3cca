from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, AskRequest, Citation
from assistant.service import Assistant
from assistant.streaming import Delta, Event, Phase, Retrieval, pieces
from assistant.verification import Verifier

KINDS = [
    "What did the Committee recommend about extradition?",
    "para 22 (c)",
    "para 99",
    "every paragraph that mentions trafficking",
    "What does the section on adoption say?",
    "what is this document about?",
    "Which documents do you have?",
    "What did the Committee say about volcanoes?",
    "thanks",
]


class Stopped(Exception):
    pass


def streamed(assistant: Assistant, question: str, *, store: bool = False) -> tuple[list[Event], Answer]:
    events: list[Event] = []
    answer = assistant.stream(AskRequest(question=question, store=store), events.append)
    return events, answer


@pytest.mark.parametrize("question", KINDS)
def test_what_is_told_is_the_answer(assistant: Assistant, question: str) -> None:
    events, answer = streamed(assistant, question)
    told = [event for event in events if not isinstance(event, Phase)]
    deltas = [event for event in told if isinstance(event, Delta)]
    citations = [event for event in told if isinstance(event, Citation)]
    assert told == [Retrieval.of(answer), *deltas, *citations]
    assert "".join(delta.text for delta in deltas) == answer.text
    assert tuple(citations) == answer.citations


@pytest.mark.parametrize("question", KINDS)
def test_a_streamed_answer_is_the_one_that_asking_gives(assistant: Assistant, question: str) -> None:
    _, answer = streamed(assistant, question)
    asked = assistant.ask(AskRequest(question=question, store=False))
    assert answer.model_copy(update={"timings_ms": {}}) == asked.model_copy(update={"timings_ms": {}})


def test_what_was_found_is_told_before_the_answer_is_composed(assistant: Assistant) -> None:
    events, _ = streamed(assistant, KINDS[0])
    retrieval = next(n for n, event in enumerate(events) if isinstance(event, Retrieval))
    assert events.index(Phase("search")) < events.index(Phase("decide")) < retrieval
    assert retrieval < events.index(Phase("compose")) < events.index(Phase("verify"))


@pytest.mark.parametrize("kind", [Phase, Retrieval, Delta, Citation])
def test_a_listener_stops_the_work_at_any_event(own_assistant: Assistant, kind: type[Event]) -> None:
    def stop(event: Event) -> None:
        if isinstance(event, kind):
            raise Stopped

    with pytest.raises(Stopped):
        own_assistant.stream(AskRequest(question=KINDS[0]), stop)
    assert own_assistant.conversations().conversations == ()


def test_a_listener_that_leaves_early_spares_the_rest(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("nothing is verified for nobody")

    monkeypatch.setattr(Verifier, "verified", never)

    def stop(event: Event) -> None:
        if event == Phase("compose"):
            raise Stopped

    with pytest.raises(Stopped):
        assistant.stream(AskRequest(question=KINDS[0], store=False), stop)


def test_a_streamed_answer_is_kept_once_it_is_told(own_assistant: Assistant) -> None:
    kept_meanwhile: list[int] = []

    def look(_: Event) -> None:
        kept_meanwhile.append(len(own_assistant.conversations().conversations))

    answer = own_assistant.stream(AskRequest(question=KINDS[0]), look)
    assert set(kept_meanwhile) == {0}
    assert answer.conversation_id is not None
    (turn,) = own_assistant.conversation(answer.conversation_id).turns
    assert turn.answer == answer


@given(st.text())
def test_pieces_joined_are_the_text(text: str) -> None:
    assert "".join(pieces(text)) == text
    assert all(pieces(text))
