"""A conversation that its client keeps: answered again up to its last question, and then that one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.answer import Answer, AskRequest
from assistant.errors import QuestionEmpty, QuestionTooLong
from assistant.store import RECENT
from assistant.streaming import Emit, Event, Phase


class Streaming(Protocol):
    """Answers a request after answers that came before it, and tells meanwhile."""

    def __call__(self, request: AskRequest, emit: Emit, *, earlier: Sequence[Answer]) -> Answer: ...


def answer_last(questions: Sequence[str], stream: Streaming, emit: Emit) -> Answer:
    """The answer to the last of the questions of a conversation, as a follow-up to those before it.

    Answers are deterministic, so they need not be kept to be referred to: the earlier questions are
    answered again, as many as a follow-up can refer to, each after those before it. What is no question,
    being empty or too long, is left out. Nothing is stored. Of the earlier answers only the phases are
    told, so that a listener can stop the work. Raises for the last question what `ask` does.
    """

    def quietly(event: Event) -> None:
        if isinstance(event, Phase):
            emit(event)

    *before, last = questions
    answers: list[Answer] = []
    for question in before[-RECENT:]:
        try:
            answers.append(stream(_unstored(question), quietly, earlier=tuple(answers)))
        except (QuestionEmpty, QuestionTooLong):
            continue
    return stream(_unstored(last), emit, earlier=tuple(answers))


def _unstored(question: str) -> AskRequest:
    return AskRequest(question=question, store=False)
