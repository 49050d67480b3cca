"""A conversation that its client keeps, answered again up to its last question."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.answer import Answer, AskRequest
from assistant.errors import QuestionEmpty, QuestionTooLong
from assistant.store import RECENT

Asking = Callable[[AskRequest, Sequence[Answer]], Answer]
"""Answers a request after the answers that came before it."""


def answered_again(questions: Sequence[str], ask: Asking) -> list[Answer]:
    """The answers to the last of the earlier questions of a conversation, the oldest of them first.

    Answers are deterministic, so they need not be kept to be referred to. As many are answered as a
    follow-up can refer to, each after those before it, and none is stored. What is no question, being
    empty or too long, is left out.
    """
    answers: list[Answer] = []
    for question in questions[-RECENT:]:
        try:
            answers.append(ask(AskRequest(question=question, store=False), tuple(answers)))
        except (QuestionEmpty, QuestionTooLong):
            continue
    return answers
