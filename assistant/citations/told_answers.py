"""Answers and conversations that Pilcrow printed as JSON, read back."""

from __future__ import annotations

import json
import re

from pydantic import TypeAdapter

from assistant.answer import Answer, Conversation

# Halves of surrogate pairs, as JSON can have them: no UTF-8 has them, nor can they be looked up.
_HALVES = re.compile(rb"\\u[dD][89a-fA-F]|\xed[\xa0-\xbf]")


def read_answers(data: bytes) -> tuple[Answer, ...] | None:
    """The answers that JSON holds: one, a list of them, or those of a conversation; None for other data."""
    try:
        return _answers(object_or_list(data))
    except ValueError:  # as a validation error is, too
        return None


def holds_json(data: bytes) -> bool:
    """Whether a file is JSON, of whatever."""
    try:
        object_or_list(data)
    except ValueError:
        return False
    return True


def object_or_list(data: bytes) -> object:
    """What JSON holds, without halves of surrogate pairs; raises `ValueError` for what is neither of both."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        raise ValueError
    try:
        value: object = json.loads(data)
        if _HALVES.search(data):
            value = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    except RecursionError:
        raise ValueError from None
    return value


def _answers(value: object) -> tuple[Answer, ...]:
    if isinstance(value, dict) and "turns" in value:
        return tuple(turn.answer for turn in Conversation.model_validate(value).turns)
    if isinstance(value, dict):
        return (Answer.model_validate(value),)
    return TypeAdapter(tuple[Answer, ...]).validate_python(value)
