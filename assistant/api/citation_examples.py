"""What the API's description shows of citations that are looked up; tests hold it to what is answered."""

from __future__ import annotations

from typing import Any

from assistant.api import examples

_SYMBOL = "CRC/C/OPSC/LAO/CO/1"
_REFERENCE = f"{_SYMBOL}, para. 34"

RESOLVE_REQUESTS: dict[str, Any] = {
    "text": {"summary": "A text with a reference", "value": {"text": f"See {_REFERENCE}."}},
    "notes": {
        "summary": "Markdown with notes",
        "value": {"text": f"A law.[^1] Its scope.[^2]\n\n[^1]: {_REFERENCE}.\n\n[^2]: Ibid., para. 22 (c)."},
    },
    "on": {
        "summary": "Going on where the response before stopped",
        "value": {"text": f"See {_REFERENCE}, and ibid., para. 7.", "offset": 34},
    },
}

_AUTHOR = "Committee on the Rights of the Child"
_TITLE = (
    "Concluding observations on the report submitted by Laos under article 12, paragraph 1, of the Optional "
    "Protocol to the Convention on the Rights of the Child on the sale of children, child prostitution and "
    "child pornography"
)
_CITED_TITLE = (
    "Concluding Observations on the Report Submitted by Laos under Article 12, Paragraph 1, of the Optional "
    "Protocol to the Convention on the Rights of the Child on the Sale of Children, Child Prostitution and "
    "Child Pornography"
)
_DOCUMENT: dict[str, Any] = {
    name: examples.ANSWER["citations"][0][name] for name in ("symbol", "edition", "language", "sha256")
}
_COVERAGE: dict[str, Any] = examples.ANSWER["coverage"]
_PLACE: dict[str, Any] = {
    "symbol": _SYMBOL,
    "pinpoint": "34",
    "eid": "para_34",
    "label": _REFERENCE,
    "section": [
        "Prohibition of the sale of children, child pornography and child prostitution and related matters "
        "(arts. 3; 4, paras. 2 and 3; 5; 6 and 7)",
        "Extradition",
    ],
    "label_printed": "34.",
    "text": examples.SHOWN_PLACE["place"]["text"],
    "lead_in": [],
    "start": 24381,
    "end": 24671,
    "href": "/documents/crc-c-opsc-lao-co-1#para_34",
    "url": examples.SHOWN_PLACE["url"],
}


def _styled(first: str, following: str, later: str | None = None) -> dict[str, Any]:
    return {"first": first, "next": following, "later": later}


_CHICAGO_LATER = f"{_AUTHOR}, “Concluding Observations,” para. 34."
_STYLED: dict[str, Any] = {
    "un": _styled(f"{_REFERENCE}.", "Ibid., para. 34.", f"{_REFERENCE}."),
    "oscola": _styled(f"{_AUTHOR}, ‘{_CITED_TITLE}’ (5 June 2015) UN Doc {_SYMBOL}, para 34", "ibid para 34"),
    "aglc": _styled(
        f"{_AUTHOR}, {_CITED_TITLE}, UN Doc {_SYMBOL} (adopted 5 June 2015) para 34.", "Ibid para 34."
    ),
    "bluebook": _styled(
        f"Comm. on the Rts. of the Child, {_CITED_TITLE}, ¶ 34, U.N. Doc. {_SYMBOL} (adopted June 5, 2015).",
        "Id. ¶ 34.",
    ),
    "mcgill": _styled(f"{_AUTHOR}, {_CITED_TITLE}, UN Doc {_SYMBOL} (2015) at para 34.", "Ibid at para 34."),
    "chicago": _styled(
        f"{_AUTHOR}, “{_CITED_TITLE},” {_SYMBOL} (June 5, 2015), para. 34.", _CHICAGO_LATER, _CHICAGO_LATER
    ),
}
_RESOLUTION: dict[str, Any] = {
    "input": _REFERENCE,
    "start": 0,
    "end": len(_REFERENCE),
    "verdict": "resolved",
    "reason": "",
    "symbol": _SYMBOL,
    "pinpoints": ["34"],
    "last_paragraph": None,
    "candidates": [
        {
            **_DOCUMENT,
            "title": _TITLE,
            "states": ["Lao People's Democratic Republic"],
            "adopted": "2015-06-05",
            "pinpoint": None,
            "eid": None,
        }
    ],
    "places": [_PLACE],
    "mismatches": [],
    "references": _STYLED,
    "coverage": _COVERAGE,
}
REFERENCES: dict[str, Any] = {
    "limit": 250,
    "next_offset": None,
    "warnings": [],
    "coverage": _COVERAGE,
    "references": [
        {
            "start": 4,
            "end": 33,
            "line": 1,
            "page": None,
            "note": None,
            "text": _REFERENCE,
            "symbol": {"start": 4, "end": 23},
            "pinpoint": {"start": 25, "end": 33},
            "stands_for": None,
            "status": "resolved",
            "normalized": _REFERENCE,
            "resolution": _RESOLUTION,
        }
    ],
}
