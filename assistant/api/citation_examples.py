"""What the API's description shows of citations that are looked up; tests hold it to what is answered."""

from __future__ import annotations

from hashlib import sha256
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

_QUOTED = "the State party lacks a precise law on extradition"
_PRINTED = _QUOTED.replace("precise", "specific")
_BEFORE, _AFTER = _QUOTED.split("precise")

QUOTE_REQUESTS: dict[str, Any] = {
    "passage": {
        "summary": "A text with a quotation",
        "value": {"text": f"It found that “{_QUOTED}”.", "cited": f"{_SYMBOL}, para. 33"},
    },
    "quotation": {"summary": "A quotation by itself", "value": {"text": _PRINTED}},
    "nested": {
        "summary": "A quotation that has quotation marks in it",
        "value": {"text": "the State party “lacks a specific law”", "whole": True},
    },
}


def _difference(kind: str, quoted: str, printed: str) -> dict[str, Any]:
    return {"kind": kind, "quoted": quoted, "printed": printed, "marked": False, "form_only": False}


_MATCH: dict[str, Any] = {
    "input": _QUOTED,
    "verdict": "altered",
    "reason": "The text has “specific”, the quotation “precise”.",
    "diff": [
        _difference("equal", _BEFORE, _BEFORE),
        _difference("replaced", "precise", "specific"),
        _difference("equal", _AFTER, _AFTER),
    ],
    "places": [
        {
            **_DOCUMENT,
            "title": _TITLE,
            "current": True,
            "pinpoints": ["33"],
            "eids": ["para_33"],
            "label": f"{_SYMBOL}, para. 33",
            "heading": False,
            "section": _PLACE["section"],
            "quote": _PRINTED,
            "text": f"The Committee is seriously concerned that {_PRINTED} and that the State party still "
            "maintains a reservation on article 5 (2) of the Optional Protocol.",
            "start": 24227,
            "end": 24279,
            "href": "/documents/crc-c-opsc-lao-co-1#para_33",
            "url": _PLACE["url"],
        }
    ],
    "more": 0,
    "likeness": 0.889,
    "coverage": _COVERAGE,
}
QUOTATIONS: dict[str, Any] = {
    "limit": 250,
    "next_offset": None,
    "warnings": [],
    "coverage": _COVERAGE,
    "quotations": [
        {
            "start": 15,
            "end": 15 + len(_QUOTED),
            "line": 1,
            "page": None,
            "note": None,
            "text": _QUOTED,
            "block": False,
            "status": "altered",
            "match": _MATCH,
        }
    ],
}

_DRAFT = f"It found that “{_QUOTED}” ({_SYMBOL}, para. 33)."
CHECK_REQUESTS: dict[str, Any] = {
    "draft": {"summary": "A draft with an altered quotation", "value": {"text": _DRAFT}},
    "plain": {"summary": "A text that is no Markdown", "value": {"text": _DRAFT, "format": "text"}},
}


def _spot(stretch: str, **more: Any) -> dict[str, Any]:
    start = _DRAFT.index(stretch)
    return {"start": start, "end": start + len(stretch), "line": 1, "page": None, "note": None, **more}


_MATCHED: dict[str, Any] = _MATCH["places"][0]
CHECKED: dict[str, Any] = {
    "draft": {
        "name": "draft",
        "format": "markdown",
        "sha256": sha256(_DRAFT.encode()).hexdigest(),
        "characters": len(_DRAFT),
    },
    "findings": [
        _spot(
            _QUOTED,
            code="altered",
            severity="error",
            message=f"{_MATCHED['label']}: the text has “specific”, the quotation “precise”.",
            reference=0,
            quotation=0,
        )
    ],
    "references": [
        _spot(
            f"{_SYMBOL}, para. 33",
            text=f"{_SYMBOL}, para. 33",
            symbol={"start": 68, "end": 87},
            pinpoint={"start": 89, "end": 97},
            stands_for=None,
            resolution={
                **_RESOLUTION,
                "input": f"{_SYMBOL}, para. 33",
                "pinpoints": ["33"],
                "places": [
                    {
                        **_PLACE,
                        **{name: _MATCHED[name] for name in ("label", "text", "href")},
                        "pinpoint": "33",
                        "eid": "para_33",
                        "label_printed": "33.",
                        "start": 24181,
                        "end": 24378,
                    }
                ],
                "references": {},
            },
            edition=None,
        )
    ],
    "quotations": [_spot(_QUOTED, text=_QUOTED, block=False, reference=0, match=_MATCH, edition=None)],
    "not_held": [],
    "warnings": [],
    "checked_at": "2026-01-31T09:30:00Z",
    "coverage": _COVERAGE,
    "next_offset": None,
    "limit": 250,
}
