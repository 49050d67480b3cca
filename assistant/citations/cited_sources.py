"""What answers and drafts cite, gathered by document: the same for every format that it is exported in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Citation
from assistant.checking.report import CheckedReference, CheckReport
from assistant.citations.references import edition_cited
from assistant.citations.styles import CitedDocument
from corpus.catalog import Snapshot
from corpus.errors import PinpointInvalid
from corpus.organs import organ_of
from corpus.pinpoint import Pinpoint
from corpus.symbol import Symbol

_HASH_LENGTH = 8  # digits of a SHA-256 in the id of a second edition: enough to tell editions apart


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
        """The places in the order of the document, each once."""
        return tuple(sorted(set(_pinpoints(place.eid for place in self.places))))


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


@dataclass(frozen=True)
class _Mention:
    """One reference to places of one edition."""

    symbol: str
    title: str
    edition: str
    language: str
    sha256: str
    url: str
    places: tuple[CitedPlace, ...]


def sources_of_answers(answers: Iterable[Answer], snapshot: Snapshot) -> CitedSources:
    """What answers cite, in their order."""
    citations = [citation for answer in answers for citation in answer.citations]
    return _gathered([_cited(citation) for citation in citations], snapshot)


def sources_of_draft(report: CheckReport, snapshot: Snapshot) -> CitedSources:
    """What a draft cites: its references that lead to a held text, in their order."""
    quoted: dict[int, list[CitedPlace]] = {}
    for quotation in report.quotations:
        if quotation.reference is not None and quotation.match.is_found:
            for place in quotation.match.places[:1]:
                words = CitedPlace(place.eids[0], place.pinpoints[0], place.quote)
                quoted.setdefault(quotation.reference, []).append(words)
    mentions = [
        _resolved(reference, quoted.get(number, []))
        for number, reference in enumerate(report.references)
        if reference.resolution.is_resolved and reference.resolution.candidates
    ]
    return _gathered(mentions, snapshot)


def _cited(citation: Citation) -> _Mention:
    return _Mention(
        citation.symbol,
        citation.title,
        citation.edition,
        citation.language,
        citation.sha256,
        citation.url,
        (CitedPlace(citation.eid, citation.pinpoint, citation.quote),),
    )


def _resolved(reference: CheckedReference, quoted: Sequence[CitedPlace]) -> _Mention:
    """A reference of a draft: its places with the words quoted from them, or all of their words."""
    found = reference.resolution
    document = found.candidates[0]
    named = {place.eid: CitedPlace(place.eid, place.pinpoint, place.text) for place in found.places}
    words = [place for place in quoted if place.eid in named]
    whole = [place for eid, place in named.items() if eid not in {each.eid for each in words}]
    return _Mention(
        document.symbol,
        document.title,
        document.edition,
        document.language,
        document.sha256,
        Symbol.parse(document.symbol).url,
        (*words, *whole),
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
    slug = Symbol.parse(first.symbol).slug
    return CitedSource(
        id=f"{slug}-{first.sha256[:_HASH_LENGTH]}" if slug in taken else slug,
        document=CitedDocument.of(header, snapshot.other_symbols(header.id)) if header else _unheld(first),
        symbol=first.symbol,
        edition=first.edition,
        sha256=first.sha256,
        url=first.url,
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
