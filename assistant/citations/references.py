"""The citations of answers as full references: of each edition and place once, however often it is cited."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from assistant.answer import Citation
from assistant.citations.styles import STYLES, CitedDocument, Frame, frame_of
from assistant.markdown import escaped
from corpus.catalog import Snapshot
from corpus.errors import PinpointInvalid
from corpus.model import DocumentHeader
from corpus.pinpoint import Pinpoint, Style, format_list


class References:
    """Full first references to what is cited, from the editions of a view of the catalog."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        # of these objects each has its own, which lasts as long as it does
        self._frames = cache(self._read_frames)
        self._places = cache(_places)

    def holds(self, citation: Citation) -> bool:
        """Whether the edition that was cited is held."""
        return self._frames(citation.symbol, citation.sha256) is not None

    def of(self, citation: Citation) -> dict[Style, str] | None:
        """A full first reference in every style; None where the edition that was cited is held no more."""
        frames, places = self._parts(citation)
        if frames is None or places is None:
            return None
        return {style: frames[style].around(places[style]) for style in STYLES}

    def in_markdown(self, citation: Citation, style: Style) -> str | None:
        """A full first reference as Markdown, in which a title is in italics where the style has it so."""
        frames, places = self._parts(citation)
        if frames is None or places is None:
            return None
        frame = frames[style]
        title = escaped(frame.title)
        title = f"*{title}*" if frame.italic and title else title
        return f"{escaped(frame.lead)}{title}{escaped(f'{frame.middle}{places[style]}{frame.end}')}"

    def _parts(self, citation: Citation) -> tuple[Mapping[Style, Frame] | None, Mapping[Style, str] | None]:
        return self._frames(citation.symbol, citation.sha256), self._places(citation.eid)

    def _read_frames(self, symbol: str, sha256: str) -> Mapping[Style, Frame] | None:
        header = edition_cited(self._snapshot, symbol, sha256)
        if header is None:
            return None
        cited = CitedDocument.of(header, self._snapshot.other_symbols(header.id))
        return {style: frame_of(cited, style) for style in STYLES}


def edition_cited(snapshot: Snapshot, symbol: str, sha256: str) -> DocumentHeader | None:
    """The edition of a document that was read from a source, be it current or not."""
    editions = snapshot.find(symbol, current_only=False)
    return next((header for header in editions if header.source.sha256 == sha256), None)


def _places(eid: str) -> Mapping[Style, str] | None:
    """The number of a place in every style; None for what is no id of a place."""
    try:
        pinpoint = Pinpoint.from_eid(eid)
    except PinpointInvalid:
        return None
    return {style: format_list([pinpoint], style) for style in STYLES}
