"""Requests and responses that the API's description shows; tests hold them to the models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.api.openapi import headers_of

CONVERSATION_ID = "3f0c9a5be2d84716"
QUESTION = "What did the Committee recommend about extradition?"

ASK_REQUESTS: dict[str, Any] = {
    "topic": {"summary": "A topic", "value": {"question": QUESTION}},
    "place": {"summary": "A place by its number", "value": {"question": "CRC/C/OPSC/LAO/CO/1 para. 22 (c)"}},
    "filtered": {
        "summary": "In one document, recommendations only",
        "value": {
            "question": "extradition",
            "filters": {"symbols": ["CRC/C/OPSC/LAO/CO/1"], "roles": ["recommendation"]},
            "k": 3,
        },
    },
    "unkept": {"summary": "Without keeping it", "value": {"question": QUESTION, "store": False}},
}

FOLLOW_UP: dict[str, Any] = {
    "follow_up": {
        "summary": "Going on with a conversation",
        "value": {"question": "and what about adoption?", "conversation_id": CONVERSATION_ID},
    }
}

SEARCH_REQUESTS: dict[str, Any] = {
    "topic": {"summary": "A topic", "value": {"query": "extradition", "k": 5}},
}

_SYMBOL = "CRC/C/OPSC/LAO/CO/1"
_TITLE = "Concluding observations on the report submitted by Laos"
_HREF = "/documents/crc-c-opsc-lao-co-1#para_34"
_URL = "https://docs.un.org/en/CRC/C/OPSC/LAO/CO/1"
_QUOTE = (
    "The Committee recommends that the State party adopt a comprehensive legislation in order to consider, "
    "in all cases, the crimes under the Optional Protocol as crimes that are subject to extradition and "
    "re-consider withdrawing the reservation on article 5 (2) of the Optional Protocol."
)
_PASSAGE: dict[str, Any] = {
    "symbol": _SYMBOL,
    "title": _TITLE,
    "states": ["Lao People's Democratic Republic"],
    "pinpoint": "34",
    "eid": "para_34",
    "section": ["Extradition"],
    "text": _QUOTE,
    "roles": ["recommendation"],
    "also": [],
    "relation": "hit",
    "score": 0.6898,
    "scores": {"dense": 0.57, "lexical": 5.1},
}

ANSWER: dict[str, Any] = {
    "question": QUESTION,
    "searched_for": QUESTION,
    "also_searched": [],
    "conversation_id": CONVERSATION_ID,
    "filters": [],
    "refused": False,
    "refusal_reason": None,
    "text": f"**{_TITLE}** · {_SYMBOL}\n\n- **Recommendation** (recommends): “{_QUOTE}” [para. 34]({_HREF})",
    "statements": [{"text": _QUOTE, "role": "recommendation", "verb": "recommends", "citations": [0]}],
    "citations": [
        {
            "symbol": _SYMBOL,
            "title": _TITLE,
            "edition": "advance unedited",
            "language": "en",
            "sha256": "9202ab16ab8ac208059db7cbd71bab896dc4aa657193b10fa651f426dc9f7385",
            "pinpoint": "34",
            "eid": "para_34",
            "label": f"{_SYMBOL}, para. 34",
            "quote": _QUOTE,
            "start": 24385,
            "end": 24671,
            "lead_in": None,
            "checks": {"exists": True, "verbatim": True, "supported": True},
            "href": _HREF,
            "url": _URL,
        }
    ],
    "passages": [_PASSAGE],
    "total": None,
    "more": False,
    "not_covered": None,
    "coverage": {"documents": 1, "paragraphs": 43, "matching_documents": 1, "not_searched": 0},
    "mode": "extractive",
    "timings_ms": {"total": 24.1},
}

EVENTS = f"""\
event: retrieval
data: {{"searched_for":"{QUESTION}","filters":[],"passages":[…],…}}

event: delta
data: {{"text":"**{_TITLE}** · {_SYMBOL}\\n"}}

event: citation
data: {{"symbol":"{_SYMBOL}","pinpoint":"34","quote":"…","checks":{{"exists":true,…}},…}}

event: done
data: {{"question":"{QUESTION}","refused":false,"text":"…",…}}
"""
"""An excerpt of a stream, with what is left out marked."""

SEARCH_RESULT: dict[str, Any] = {
    "query": "extradition",
    "also_searched": [],
    "filters": [],
    "passages": [_PASSAGE],
}

_SUMMARY: dict[str, Any] = {
    "id": CONVERSATION_ID,
    "title": QUESTION,
    "created": "2026-01-31T09:30:00Z",
    "updated": "2026-01-31T09:30:00Z",
    "turn_count": 1,
}
CONVERSATION_PAGE: dict[str, Any] = {"conversations": [{**_SUMMARY, "matches": []}], "next": None}
CONVERSATION: dict[str, Any] = {
    **_SUMMARY,
    "turns": [{"number": 1, "answered": "2026-01-31T09:30:00Z", "answer": ANSWER}],
}

SHOWN_PLACE: dict[str, Any] = {
    "symbol": _SYMBOL,
    "slug": "crc-c-opsc-lao-co-1",
    "title": _TITLE,
    "edition": "advance unedited",
    "language": "en",
    "url": _URL,
    "paragraph": {
        "label": "34",
        "label_printed": "34.",
        "eid": "para_34",
        "ordinal": 33,
        "section": ["Extradition"],
        "text": _QUOTE,
        "start": 24381,
        "end": 24671,
        "page": 9,
        "items": [],
        "closing": "",
        "footnotes": [],
        "sentences": [],
    },
    "place": {
        "pinpoint": "34",
        "eid": "para_34",
        "label": f"{_SYMBOL}, para. 34",
        "text": _QUOTE,
        "lead_in": None,
    },
}

INFO: dict[str, Any] = {
    "version": "0.1.0",
    "mode": "extractive",
    "generation": 2,
    "documents": 1,
    "paragraphs": 43,
    "not_searched": 0,
    "index": {
        "engine": "embedded",
        "passages": 84,
        "model": "all-MiniLM-L6-v2",
        "fingerprint": "c4a57a7f2011f2562b4fb34246d45976f6bb611ae1810569e0bd235637e8475f",
        "precision": "bf16",
        "dimension": 384,
    },
    "limits": {"question": 2000, "body": 262144, "text": 250000, "citations": 250},
}


_EXPOSED = """\
# HELP pilcrow_answers_total Questions by what came of them.
# TYPE pilcrow_answers_total counter
pilcrow_answers_total{outcome="answered"} 42.0
"""
METRICS: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/plain": {"schema": {"type": "string"}, "example": _EXPOSED}}}
}


def shown(
    example: dict[str, Any], headers: Mapping[str, str] | None = None
) -> dict[int | str, dict[str, Any]]:
    """What a route declares so that its 200 shows an example, and tells of its headers."""
    declared: dict[str, Any] = {"content": {"application/json": {"example": example}}}
    if headers:
        declared["headers"] = headers_of(headers)
    return {200: declared}
