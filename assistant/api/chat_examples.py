"""Chat completions that the API's description shows; tests hold them to the models."""

from __future__ import annotations

import json
from typing import Any

from assistant.api.examples import ANSWER, QUESTION

_BASE = "http://127.0.0.1:8642"
_CITATION = ANSWER["citations"][0]
_CONTENT = ANSWER["text"].replace(_CITATION["href"], _BASE + _CITATION["href"])
_FOLLOW_UP = "and what about adoption?"

CHAT_REQUESTS: dict[str, Any] = {
    "question": {
        "summary": "A question",
        "value": {"model": "pilcrow", "messages": [{"role": "user", "content": QUESTION}]},
    },
    "follow_up": {
        "summary": "A follow-up, streamed",
        "value": {
            "model": "pilcrow",
            "messages": [
                {"role": "user", "content": QUESTION},
                {"role": "assistant", "content": _CONTENT},
                {"role": "user", "content": _FOLLOW_UP},
            ],
            "stream": True,
            "stream_options": {"include_usage": True},
        },
    },
}

MODEL: dict[str, Any] = {"id": "pilcrow", "object": "model", "created": 1769851800, "owned_by": "pilcrow"}
MODELS: dict[str, Any] = {"object": "list", "data": [MODEL]}

_LINK = _CONTENT.index("[para. 34]")
_ANNOTATION: dict[str, Any] = {
    "type": "url_citation",
    "url_citation": {
        "start_index": _LINK,
        "end_index": len(_CONTENT),
        "title": _CITATION["label"],
        "url": _BASE + _CITATION["href"],
    },
    "citation": _CITATION,
}
_SENT, _SAID = len(QUESTION.split()), len(_CONTENT.split())
_USAGE = {"prompt_tokens": _SENT, "completion_tokens": _SAID, "total_tokens": _SENT + _SAID}
_TOLD = {
    name: ANSWER[name]
    for name in ("searched_for", "refused", "refusal_reason", "filters", "coverage", "timings_ms")
}
COMPLETION: dict[str, Any] = {
    "id": "chatcmpl-5d0c3b6e9f2a47185bd61c90",
    "object": "chat.completion",
    "created": 1769851800,
    "model": "pilcrow",
    "choices": [
        {
            "index": 0,
            "message": {
                "role": "assistant",
                "content": _CONTENT,
                "refusal": None,
                "annotations": [_ANNOTATION],
            },
            "finish_reason": "stop",
            "logprobs": None,
        }
    ],
    "usage": _USAGE,
    "system_fingerprint": None,
    "pilcrow": _TOLD,
}

_HEAD = {"id": COMPLETION["id"], "object": "chat.completion.chunk", "created": 1769851800, "model": "pilcrow"}


def _chunk(delta: dict[str, Any], finish_reason: str | None = None, **more: Any) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish_reason, "logprobs": None}
    return {**_HEAD, "choices": [choice], "system_fingerprint": None, **more}


CHUNKS: list[dict[str, Any]] = [
    _chunk({"role": "assistant", "content": ""}),
    *(_chunk({"content": line}) for line in _CONTENT.splitlines(keepends=True)),
    _chunk({"annotations": [_ANNOTATION]}, "stop", pilcrow=_TOLD),
    {**_HEAD, "choices": [], "usage": _USAGE, "system_fingerprint": None},
]
_EVENTS = [*(json.dumps(chunk, ensure_ascii=False) for chunk in CHUNKS), "[DONE]"]
STREAM = "".join(f"data: {event}\n\n" for event in _EVENTS)
