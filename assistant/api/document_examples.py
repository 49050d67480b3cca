"""What the API's description shows of documents; tests hold it to the models."""

from __future__ import annotations

from typing import Any

from assistant.api import examples

_PLACE: dict[str, Any] = examples.SHOWN_PLACE
_HELD: dict[str, Any] = {
    "symbol": _PLACE["symbol"],
    "slug": _PLACE["slug"],
    "title": _PLACE["title"],
    "committee": "Committee on the Rights of the Child",
    "instrument": "Optional Protocol to the Convention on the Rights of the Child on the sale of children, "
    "child prostitution and child pornography",
    "states": ["Lao People's Democratic Republic"],
    "session": "sixty-ninth session",
    "adopted": "2015-06-05",
    "issued": None,
    "language": "en",
    "edition": "advance unedited",
    "source": {
        "name": "CRC_C_OPSC_LAO_CO_1.txt",
        "sha256": "9202ab16ab8ac208059db7cbd71bab896dc4aa657193b10fa651f426dc9f7385",
    },
    "paragraphs": 43,
    "current": True,
    "searched": True,
    "url": _PLACE["url"],
}
_PRINTED = f"34. {_PLACE['place']['text']}"
DOCUMENT: dict[str, Any] = {
    **{
        name: value
        for name, value in _HELD.items()
        if name not in ("paragraphs", "current", "searched", "url")
    },
    "text": _PRINTED,
    "spans": [{"kind": "paragraph", "start": 0, "end": len(_PRINTED), "eid": "para_34"}],
    "sections": [],
    "paragraphs": [{**_PLACE["paragraph"], "ordinal": 0, "start": 0, "end": len(_PRINTED)}],
    "footnotes": [],
    "references": [],
    "warnings": [],
    "other_symbols": [],
}
DOCUMENT_PAGE: dict[str, Any] = {"documents": [_HELD], "next": None}
PUT_OUTCOME: dict[str, Any] = {"status": "unchanged", "note": "", "document": _HELD, "warnings": []}
