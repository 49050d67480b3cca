"""A composer that waits until it may, so that a test sees what happens meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from assistant.extractive import Composition, compose
from assistant.question import Question
from assistant.retrieval import Hit

PATIENCE = 30.0  # seconds


class Composer:
    """Composes as always, once it may; what it is told to raise it raises, and it counts how often."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.may = threading.Event()
        self.error: Exception | None = None
        self.count = 0

    def __call__(self, question: Question, evidence: Sequence[Hit]) -> Composition:
        self.count += 1
        self.reached.set()
        assert self.may.wait(PATIENCE)
        if self.error is not None:
            raise self.error
        return compose(question, evidence)
