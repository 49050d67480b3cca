"""Places asked for by their numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import RefusalReason
from assistant.question import Question
from assistant.refusal import names_of
from assistant.retrieval import Hit
from assistant.scope import Scope, nothing_left
from corpus.catalog import Snapshot
from corpus.holdings import Holdings
from corpus.model import DocumentHeader, Item, Paragraph, pinpoint_of
from corpus.pinpoint import Pinpoint
from index.words import terms

_MANY = 5  # documents a refusal names before it only counts them


@dataclass(frozen=True)
class LookUp:
    """The places found; where one is missing, the reason, a sentence, and the places near it."""

    hits: tuple[Hit, ...]
    reason: RefusalReason | None = None
    message: str = ""


def look_up(snapshot: Snapshot, question: Question, scope: Scope, holdings: Holdings) -> LookUp:
    """Find the places a question names in the one document it can mean.

    A missing sub-paragraph is not answered with its paragraph, only shown it; a number is never
    taken for a position.
    """
    if not scope.headers:
        return LookUp((), *nothing_left(scope, holdings))
    missing = [str(s) for s in question.symbols if str(s) not in {h.symbol for h in scope.headers}]
    if missing:
        is_held = any(map(holdings.on_symbol, missing))
        return LookUp((), *_not_there(" or ".join(missing), is_held))
    # of a document in several languages, the one that is searched
    by_symbol = {h.symbol: h for h in sorted(scope.headers, key=lambda header: header.searched)}
    headers = [header for header in by_symbol.values() if _is_named(header, question)]
    if not headers:
        is_held = any(map(holdings.on_state, question.names))
        return LookUp((), *_not_there(" ".join(question.names), is_held))
    if len(headers) > 1:
        return LookUp((), "unclear", _which(headers, question))
    header = headers[0]
    paragraphs = snapshot.paragraphs(header.id)
    hits: list[Hit] = []
    for pinpoint in question.pinpoints:
        found = places_of(paragraphs, pinpoint)
        last = pinpoint.last and Pinpoint(pinpoint.last.label, pinpoint.last.items)
        if not found or (last and not places_of(paragraphs, last)):
            return _missing(header, paragraphs, last if found and last else pinpoint)
        hits += [_hit(header, paragraph, place) for paragraph, place in found]
    if scope.roles is not None:
        hits = [hit for hit in hits if scope.roles & set(hit.paragraph.roles)]
        if not hits:
            return LookUp((), "nothing_matches_filters", "The place is there, and is not of that role.")
    return LookUp(tuple(hits))


class PrintedPlaces:
    """The places of a document by their printed numbers, for whoever asks for many of them."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.paragraphs = paragraphs
        self._places = [(paragraph, place) for paragraph in paragraphs for place in paragraph.places()]
        self._printed = [pinpoint_of(*entry) for entry in self._places]
        self._by_number: defaultdict[Pinpoint, list[tuple[Paragraph, Paragraph | Item]]] = defaultdict(list)
        for printed, entry in zip(self._printed, self._places, strict=True):
            self._by_number[printed].append(entry)

    def of(self, pinpoint: Pinpoint) -> list[tuple[Paragraph, Paragraph | Item]]:
        """The places a pinpoint stands for, in printed order."""
        if pinpoint.last is None:
            return list(self._by_number.get(pinpoint, ()))
        wanted = set(pinpoint.expand(self._printed))
        return [entry for entry, at in zip(self._places, self._printed, strict=True) if at in wanted]


def places_of(
    paragraphs: Sequence[Paragraph], pinpoint: Pinpoint
) -> list[tuple[Paragraph, Paragraph | Item]]:
    """The places a pinpoint stands for: all between the ends of a range, both of a number printed twice."""
    return PrintedPlaces(paragraphs).of(pinpoint)


def _is_named(header: DocumentHeader, question: Question) -> bool:
    """Whether every name of the question is one of the document's."""
    known = names_of(header)
    return all((words := set(terms(name))) and words <= known for name in question.names)


def what_is_there(
    header: DocumentHeader, paragraphs: Sequence[Paragraph], pinpoint: Pinpoint
) -> tuple[str, str]:
    """That a place is missing, and what its paragraph or its document has, a sentence each."""
    message = f"{header.symbol} has no {pinpoint.format('un')}."
    if pinpoint.items and (near := places_of(paragraphs, pinpoint.paragraph)):
        labels = ", ".join(str(pinpoint_of(near[0][0], item)) for item in near[0][0].items)
        return message, f"Paragraph {pinpoint.label} has {labels or 'no sub-paragraphs'}."
    return message, f"Its paragraphs end with {paragraphs[-1].label}."


def _missing(header: DocumentHeader, paragraphs: Sequence[Paragraph], pinpoint: Pinpoint) -> LookUp:
    near = places_of(paragraphs, pinpoint.paragraph) if pinpoint.items else []
    message = " ".join(what_is_there(header, paragraphs, pinpoint))
    return LookUp(tuple(_hit(header, *entry) for entry in near), "no_such_paragraph", message)


def _not_there(name: str, is_held: bool) -> tuple[RefusalReason, str]:
    """Why no document is the one that is named: none is, or one is held that the filters left out."""
    if is_held:
        return "nothing_matches_filters", f"{name} is held, and not among what the filters leave."
    return "not_held", f"No document named {name} is held."


def _which(headers: Sequence[DocumentHeader], question: Question) -> str:
    places = " and ".join(str(pinpoint) for pinpoint in question.pinpoints)
    if len(headers) > _MANY:
        return f"{len(headers)} documents are held: say which one's {places}, by its symbol."
    symbols = ", ".join(header.symbol for header in headers)
    return f"Say which document's {places}: {symbols}."


def _hit(header: DocumentHeader, paragraph: Paragraph, place: Paragraph | Item) -> Hit:
    return Hit(header, paragraph, place, (), 1.0, 1.0, 0.0)
