"""Answers made up for tests of what happens to them."""

from __future__ import annotations

from assistant.answer import Answer, Coverage


def answer_to(question: str, text: str, **parts: object) -> Answer:
    """An answer that says a text and cites nothing, unless `parts` say otherwise."""
    made: dict[str, object] = {
        "question": question,
        "searched_for": question,
        "conversation_id": None,
        "filters": (),
        "refused": False,
        "refusal_reason": None,
        "text": text,
        "statements": (),
        "citations": (),
        "passages": (),
        "coverage": Coverage(documents=2, paragraphs=1043, matching_documents=2),
        "timings_ms": {},
    }
    return Answer.model_validate({**made, **parts})
