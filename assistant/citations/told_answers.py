"""Answers and conversations that Pilcrow printed as JSON, read back."""

from __future__ import annotations

import json

from pydantic import TypeAdapter

from assistant.answer import Answer, Conversation


def read_answers(data: bytes) -> tuple[Answer, ...] | None:
    """The answers that JSON holds: one, a list of them, or those of a conversation; None for other data."""
    try:
        return _answers(_json(data))
    except ValueError:  # as a validation error is, too
        return None


def holds_json(data: bytes) -> bool:
    """Whether a file is JSON, of whatever."""
    try:
        _json(data)
    except ValueError:
        return False
    return True


def _json(data: bytes) -> object:
    """An object or a list; raises `ValueError` for what is neither, or is no JSON."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        raise ValueError
    try:
        value: object = json.loads(data)
    except RecursionError:
        raise ValueError from None
    return value


def _answers(value: object) -> tuple[Answer, ...]:
    if isinstance(value, dict) and "turns" in value:
        return tuple(turn.answer for turn in Conversation.model_validate(value).turns)
    if isinstance(value, dict):
        return (Answer.model_validate(value),)
    return TypeAdapter(tuple[Answer, ...]).validate_python(value)
