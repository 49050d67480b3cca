"""What a search within one document finds: the place that was named, or the nearest paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Filters, SearchRequest
from assistant.api.pages.facts import language_name
from assistant.errors import NoSuchParagraph, PinpointInvalid
from assistant.service import Assistant
from corpus.model import DocumentHeader, pinpoint_of
from corpus.pinpoint import Pinpoint

_MOST = 10  # paragraphs
_LONGEST = 280  # characters of a paragraph


@dataclass(frozen=True)
class FoundPlace:
    """A place in the list of what was found."""

    eid: str
    name: str
    section: str
    text: str


@dataclass(frozen=True)
class Found:
    """What was found, with a remark where something is to be said of it."""

    heading: str
    places: Sequence[FoundPlace] = ()
    remark: str = ""


def find_in(assistant: Assistant, header: DocumentHeader, query: str) -> Found:
    """Find a place by its number, or the paragraphs of a document that are nearest to a query.

    Raises what `Assistant.search` does.
    """
    try:
        return _named(assistant, header, query)
    except NoSuchParagraph as error:
        return Found("There is no such paragraph", remark=str(error))
    except PinpointInvalid:
        pass
    if not header.searched:
        language = language_name(header.language)
        return Found("Not searched", remark=f"Documents in {language} are held to be read, and not searched.")
    request = SearchRequest(query=query, filters=Filters(symbols=(header.symbol,)), k=_MOST)
    passages = assistant.search(request).passages
    places = [
        FoundPlace(p.eid, Pinpoint.from_eid(p.eid).format(), " › ".join(p.section), _opening(p.text))
        for p in passages
    ]
    return Found(f"Nearest to “{query}”" if places else f"Nothing found for “{query}”", places)


def _named(assistant: Assistant, header: DocumentHeader, query: str) -> Found:
    shown = assistant.show(header.slug, query)
    places = [
        FoundPlace(
            found.place.eid,
            pinpoint_of(found.paragraph, found.place).format(),
            " › ".join(found.paragraph.section),
            _opening(found.place.full_text),
        )
        for found in shown[:_MOST]
    ]
    more = f"{len(shown) - _MOST} more follow in the text." if len(shown) > _MOST else ""
    return Found("Found by number", places, more)


def _opening(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(None, 1)[0] + " …"
