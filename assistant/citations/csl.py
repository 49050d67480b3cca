"""Sources as CSL-JSON, which reference managers, pandoc and citation processors read.

CSL cannot print citations of UN documents as the guides have them (its processors know one locator a
citation, and one date), so that formatted references are made here and this is for interchange.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from assistant.citations.cited_sources import CitedPlace, CitedSource
from assistant.citations.publication import note_of


def as_csl_json(sources: Sequence[CitedSource]) -> str:
    """A list of items, each with the places that are cited under `custom`.

    `custom.pilcrow` has `edition` and `sha256` of the source, and `places` with `eid`, `pinpoint`, `quote`
    and the `citation` item of each, by which a later check knows what was cited.
    """
    return json.dumps([_item(source) for source in sources], ensure_ascii=False, indent=2) + "\n"


def _item(source: CitedSource) -> dict[str, Any]:
    """An item of the CSL 1.0.2 data schema; what is not known is left out, never guessed.

    There is no publisher, which styles would print.
    """
    document = source.document
    known = {
        "id": source.id,
        "type": "report",
        "genre": "UN Doc",
        "number": document.symbol,
        "author": [{"literal": author} for author in document.authors],
        "title": document.title,
        "event-date": _date(document.adopted),
        "issued": _date(document.issued),
        "language": document.language,
        "URL": source.url,
        "note": note_of(source),
        "custom": {
            "pilcrow": {
                "symbol": source.symbol,
                "edition": source.edition,
                "sha256": source.sha256,
                "places": [_place(source, place) for place in source.places],
            }
        },
    }
    return {name: value for name, value in known.items() if value}


def _place(source: CitedSource, place: CitedPlace) -> dict[str, Any]:
    return {
        "eid": place.eid,
        "pinpoint": place.pinpoint,
        "quote": place.quote,
        "citation": {"id": source.id, "label": "paragraph", "locator": place.pinpoint},
    }


def _date(day: date | None) -> dict[str, Any] | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None
