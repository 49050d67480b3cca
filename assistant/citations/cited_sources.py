"""What answers and drafts cite, gathered by document: the same for every format that it is exported in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, Citation
from assistant.citations.references import edition_cited
from assistant.citations.resolution import Resolution
from assistant.citations.styles import CitedDocument
from corpus.catalog import Snapshot
from corpus.errors import PinpointInvalid
from corpus.organs import organ_of
from corpus.pinpoint import Pinpoint
from corpus.symbol import Symbol

_HASH_LENGTH = 8  # digits of a SHA-256 in the id of a second edition: enough to tell editions apart
_SHORTEST_RANGE = 3  # paragraphs


@dataclass(frozen=True)
class CitedPlace:
    """A place that is cited, with the words that are quoted from it, or else its own."""

    eid: str
    pinpoint: str
    quote: str


@dataclass(frozen=True)
class CitedSource:
    """One edition of a document with all places of it that are cited, each once for each quotation."""

    id: str
    document: CitedDocument
    symbol: str
    edition: str
    sha256: str
    url: str
    held: bool
    """Whether that edition is held; of one that is not, dates are not known."""
    places: tuple[CitedPlace, ...]

    @property
    def pinpoints(self) -> tuple[Pinpoint, ...]:
        """The places in the order of the document, each once; paragraphs in a row are ranges."""
        return in_ranges(sorted(set(_pinpoints(place.eid for place in self.places))))


@dataclass(frozen=True)
class CitedNote:
    """One reference to a source, as a footnote has it; `source` is its position."""

    source: int
    pinpoints: tuple[Pinpoint, ...]


@dataclass(frozen=True)
class CitedSources:
    """The sources in the order in which they are first cited, and the references in theirs."""

    sources: tuple[CitedSource, ...]
    notes: tuple[CitedNote, ...]
    left_out: int = 0
    """How many references lead to nothing that is held."""


@dataclass(frozen=True)
class _Mention:
    """One reference to places of one edition."""

    symbol: str
    title: str
    edition: str
    language: str
    sha256: str
    places: tuple[CitedPlace, ...]


def in_ranges(pinpoints: Sequence[Pinpoint]) -> tuple[Pinpoint, ...]:
    """Places in order, of which three or more whole paragraphs with numbers in a row are one range."""
    runs: list[list[Pinpoint]] = []
    for pinpoint in pinpoints:
        if runs and _follows(runs[-1][-1], pinpoint):
            runs[-1].append(pinpoint)
        else:
            runs.append([pinpoint])
    ranges: list[Pinpoint] = []
    for run in runs:
        ranges += run if len(run) < _SHORTEST_RANGE else [replace(run[0], last=run[-1])]
    return tuple(ranges)


def _follows(before: Pinpoint, after: Pinpoint) -> bool:
    whole = not (before.items or after.items or before.last or after.last)
    numbers = before.label.isdecimal() and after.label.isdecimal()
    return whole and numbers and int(after.label) == int(before.label) + 1


def sources_of_answers(answers: Iterable[Answer], snapshot: Snapshot) -> CitedSources:
    """What answers cite, in their order."""
    citations = [citation for answer in answers for citation in answer.citations]
    return _gathered([_cited(citation) for citation in citations], snapshot)


def sources_of_references(references: Sequence[Resolution], snapshot: Snapshot) -> CitedSources:
    """What references lead to, in their order; what is not held is left out and counted."""
    resolved = [each for each in references if each.is_resolved and each.candidates]
    cited = _gathered([_resolved(each) for each in resolved], snapshot)
    return replace(cited, left_out=len(references) - len(resolved))


def _cited(citation: Citation) -> _Mention:
    return _Mention(
        citation.symbol,
        citation.title,
        citation.edition,
        citation.language,
        citation.sha256,
        (CitedPlace(citation.eid, citation.pinpoint, citation.quote),),
    )


def _resolved(reference: Resolution) -> _Mention:
    """A reference with its places and all of their words, since it quotes none by itself."""
    document = reference.candidates[0]
    return _Mention(
        document.symbol,
        document.title,
        document.edition,
        document.language,
        document.sha256,
        tuple(CitedPlace(place.eid, place.pinpoint, place.text) for place in reference.places),
    )


def _gathered(mentions: Sequence[_Mention], snapshot: Snapshot) -> CitedSources:
    editions: dict[tuple[str, str], list[_Mention]] = {}
    for mention in mentions:
        editions.setdefault((mention.symbol, mention.sha256), []).append(mention)
    positions = {key: position for position, key in enumerate(editions)}
    taken: set[str] = set()
    sources = []
    for same in editions.values():
        source = _source(same, snapshot, taken)
        taken.add(source.id)
        sources.append(source)
    return CitedSources(tuple(sources), tuple(_notes(mentions, positions)))


def _source(mentions: Sequence[_Mention], snapshot: Snapshot, taken: set[str]) -> CitedSource:
    first = mentions[0]
    header = edition_cited(snapshot, first.symbol, first.sha256)
    places = dict.fromkeys(place for mention in mentions for place in mention.places)
    symbol = Symbol.parse(first.symbol)
    return CitedSource(
        id=f"{symbol.slug}-{first.sha256[:_HASH_LENGTH]}" if symbol.slug in taken else symbol.slug,
        document=CitedDocument.of(header, snapshot.other_symbols(header.id)) if header else _unheld(first),
        symbol=first.symbol,
        edition=first.edition,
        sha256=first.sha256,
        url=symbol.url,  # where it is published, whatever a file says that was read back
        held=header is not None,
        places=tuple(places),
    )


def _unheld(mention: _Mention) -> CitedDocument:
    """What a citation itself tells of a document whose edition is held no more."""
    organ = organ_of(Symbol.parse(mention.symbol))
    authors = (organ.name,) if organ else ()
    return CitedDocument(authors, mention.title, (mention.symbol,), None, None, mention.language)


def _notes(mentions: Sequence[_Mention], positions: dict[tuple[str, str], int]) -> Iterator[CitedNote]:
    """A note for each reference; one that says the same as the one before it is none."""
    last = None
    for mention in mentions:
        pinpoints = tuple(dict.fromkeys(_pinpoints(place.eid for place in mention.places)))
        note = CitedNote(positions[mention.symbol, mention.sha256], pinpoints)
        if note != last:
            yield note
        last = note


def _pinpoints(eids: Iterable[str]) -> Iterator[Pinpoint]:
    for eid in eids:
        try:
            yield Pinpoint.from_eid(eid)
        except PinpointInvalid:
            continue  # no place has such an id; what is read back may say anything
