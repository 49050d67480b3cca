"""Every paragraph with certain words: found by the index, then read, so that its own words decide.

The index knows a paragraph by its heading too. Here a paragraph counts for what it says itself: the
words of a place together with those of the paragraph that govern it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.counted_words import CountedWords
from assistant.extractive import Quotation, governing_sentence, is_stub, together
from assistant.retrieval import Hit
from assistant.scope import Scope
from corpus.catalog import Snapshot
from corpus.model import DocumentHeader, Item, Paragraph, Role, Sentence, pinpoint_of
from corpus.pinpoint import Pinpoint
from index.engine import Searcher
from index.passages import PassageKey

SHOWN = 25
"""Paragraphs of a list that an answer quotes."""

_AT_ONCE = 1_000  # paragraphs read from the catalog together


@dataclass(frozen=True)
class Listed:
    """A paragraph of a list: where it is, and how many of its sentences count."""

    header: DocumentHeader
    pinpoint: Pinpoint
    eid: str
    sentences: int


@dataclass
class CompleteList:
    """All paragraphs with certain words, in the order of documents and as printed.

    `quoted` are those of a stretch of the list, with what they say; `forms` are the printed forms of
    the words, with how often the counted sentences have them.
    """

    paragraphs: list[Listed] = field(default_factory=list)
    quoted: list[tuple[Hit, list[Quotation]]] = field(default_factory=list)
    forms: Counter[str] = field(default_factory=Counter)

    @property
    def sentences(self) -> int:
        """How many sentences and items count."""
        return sum(listed.sentences for listed in self.paragraphs)

    @property
    def documents(self) -> list[DocumentHeader]:
        """The documents that have any, in order."""
        return list({listed.header.id: listed.header for listed in self.paragraphs}.values())


def complete_list(
    snapshot: Snapshot,
    searcher: Searcher,
    scope: Scope,
    words: CountedWords,
    *,
    skip: int = 0,
    most: int | None = SHOWN,
) -> CompleteList:
    """All paragraphs in scope that have the words; `most` are quoted after `skip`, None quotes all."""
    made = CompleteList()
    last = None if most is None else skip + most
    for header, paragraph in _candidates(snapshot, searcher, scope, words):
        found = _places_with(paragraph, words, scope.roles)
        if not found:
            continue
        position = len(made.paragraphs)
        hit = Hit(header, paragraph, found[0][0], tuple(place for place, _ in found[1:]), 1.0, 0.0, 0.0)
        sentences = [sentence for _, some in found for sentence in some]
        pinpoint = pinpoint_of(paragraph, hit.place)
        made.paragraphs.append(Listed(header, pinpoint, hit.place.eid, len(sentences)))
        made.forms.update(form for s in sentences for form, _ in words.occurrences(s.text))
        if position >= skip and (last is None or position < last):
            made.quoted.append((hit, list(_quotations(hit, found))))
    return made


def _candidates(
    snapshot: Snapshot, searcher: Searcher, scope: Scope, words: CountedWords
) -> Iterator[tuple[DocumentHeader, Paragraph]]:
    """The paragraphs that the index has under the words, in order."""
    headers = sorted(scope.headers, key=lambda header: (header.symbol, header.language, header.id))
    order = {header.id: position for position, header in enumerate(headers)}
    numbers = (
        n for sought in words.searched() for n in searcher.all_having(sought, scope.where, words.condition)
    )
    keys = map(PassageKey.from_int, numbers)
    places = sorted({(order[key.document], key.ordinal) for key in keys if key.document in order})
    for start in range(0, len(places), _AT_ONCE):
        some = [(headers[position].id, ordinal) for position, ordinal in places[start : start + _AT_ONCE]]
        held = snapshot.paragraphs_at(some)
        for position, ordinal in places[start : start + _AT_ONCE]:
            if paragraph := held.get((headers[position].id, ordinal)):
                yield headers[position], paragraph


_Found = list[tuple[Paragraph | Item, list[Sentence]]]


def _places_with(paragraph: Paragraph, words: CountedWords, roles: frozenset[Role] | None) -> _Found:
    """The most specific places that have the words, each with the sentences that do.

    An item is read with the words that govern it, and counts where it adds to them.
    """
    found: _Found = []
    for place in paragraph.places():
        sentences = [s for s in place.sentences if roles is None or s.role in roles]
        own = [sentence.text for sentence in sentences]
        above = [line for p in paragraph.governing(place.eid) for line in p.text.splitlines()]
        if not own or not words.are_in([*own, *above]):
            continue
        if words.are_in(own) or not words.are_in(above):
            found.append((place, _chosen(sentences, words)))
    if words.count_everything and len(found) > 1:
        found = [entry for entry in found if not is_stub(entry[0])]  # it is printed with its items
    return found


def _chosen(sentences: Sequence[Sentence], words: CountedWords) -> list[Sentence]:
    """The sentences of a place to quote: those with all of the words, or else with any."""
    whole = [sentence for sentence in sentences if words.are_in([sentence.text])]
    return whole or [sentence for sentence in sentences if words.touch(sentence.text)] or list(sentences)


def _quotations(hit: Hit, found: _Found) -> Iterator[Quotation]:
    """What the places say, in printed order; an item of an item comes under the words of the one above."""
    wanted = {place.eid: sentences for place, sentences in found}
    for place, _ in found:
        for above in hit.paragraph.governing(place.eid)[1:]:
            wanted.setdefault(above.eid, list(above.sentences))
    for place in hit.paragraph.places():
        for run in together(place, wanted.get(place.eid, ())):
            yield Quotation(hit, place, run, governing_sentence(hit.paragraph, place))
