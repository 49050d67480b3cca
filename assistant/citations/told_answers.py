"""Answers and conversations that Pilcrow printed as JSON, read back."""

from __future__ import annotations

import json

from pydantic import TypeAdapter, ValidationError

from assistant.answer import Answer, Conversation
from corpus.errors import UsageError


def read_answers(data: bytes) -> tuple[Answer, ...] | None:
    """The answers that JSON holds: one, a list of them, or those of a conversation; None for what is no JSON.

    Raises `UsageError` for JSON of anything else.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        return None
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    try:
        return _answers(value)
    except ValidationError:
        raise UsageError(
            "The JSON is no answer or conversation.", "Give what pilcrow ask --json or an export printed."
        ) from None


def _answers(value: object) -> tuple[Answer, ...]:
    if isinstance(value, dict) and "turns" in value:
        return tuple(turn.answer for turn in Conversation.model_validate(value).turns)
    if isinstance(value, dict):
        return (Answer.model_validate(value),)
    return TypeAdapter(tuple[Answer, ...]).validate_python(value)
