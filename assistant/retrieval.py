"""Which paragraphs belong to a question: found by search, then joined by their pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Passage, Relation, Scores
from assistant.scope import Scope
from corpus.catalog import Snapshot
from corpus.model import DocumentHeader, Item, Paragraph, Role, Sentence, pinpoint_of
from index.engine import Query, Searcher
from index.fusion import Fused, fuse, with_sections
from index.passages import PassageKey, place_at

ROLE_BONUS = 0.05
"""What a passage gains whose role the question asks for; it re-ranks and never excludes."""

ALSO_SHARE = 0.85
"""Other places of a paragraph are named when they score this share of its best one."""

_CANDIDATES_A_PARAGRAPH = 8  # passages asked of the engine for each paragraph wanted
_FEWEST_CANDIDATES = 80  # and at the least, so that several of a section are among them
_PAIR_REACH = 2  # how far a concern and its recommendation stand apart under one heading


@dataclass(frozen=True)
class Hit:
    """A paragraph that was found: its best place, its other places, its scores."""

    header: DocumentHeader
    paragraph: Paragraph
    place: Paragraph | Item
    also: tuple[Paragraph | Item, ...]
    score: float
    dense: float
    lexical: float
    relation: Relation = "hit"

    @property
    def key(self) -> tuple[int, int]:
        """Document id and ordinal."""
        return self.header.id, self.paragraph.ordinal

    @property
    def places(self) -> tuple[Paragraph | Item, ...]:
        """The places found, the best one first."""
        return (self.place, *self.also)

    def at(self, places: Sequence[Paragraph | Item]) -> Hit:
        """The same paragraph at other places, the best one first."""
        return replace(self, place=places[0], also=tuple(places[1:]))

    def number(self, place: Paragraph | Item) -> int:
        """The number under which engines hold a place of the paragraph."""
        index = [p.eid for p in self.paragraph.places()].index(place.eid)
        return int(PassageKey(self.header.id, self.paragraph.ordinal, index))

    def as_passage(self) -> Passage:
        """The hit as data."""
        text = self.place.full_text
        sentences = self.place.sentences
        roles = self.paragraph.roles if self.place is self.paragraph else _roles(sentences)
        return Passage(
            symbol=self.header.symbol,
            title=self.header.title,
            states=self.header.states,
            pinpoint=str(pinpoint_of(self.paragraph, self.place)),
            eid=self.place.eid,
            section=self.paragraph.section,
            text=text,
            roles=roles,
            also=tuple(str(pinpoint_of(self.paragraph, place)) for place in self.also),
            relation=self.relation,
            score=round(self.score, 4),
            scores=Scores(dense=round(self.dense, 4), lexical=round(self.lexical, 4)),
        )


def find(
    snapshot: Snapshot,
    searcher: Searcher,
    query: Query,
    scope: Scope,
    k: int,
    role: Role | None = None,
) -> list[Hit]:
    """The `k` best paragraphs for a query, one hit each, best first."""
    limit = max(_FEWEST_CANDIDATES, k * _CANDIDATES_A_PARAGRAPH)
    fused = _of_sections(snapshot, fuse(searcher.search(query, scope.where, limit)))
    by_paragraph: dict[tuple[int, int], list[Fused]] = {}
    for found in fused:
        key = PassageKey.from_int(found.passage)
        by_paragraph.setdefault((key.document, key.ordinal), []).append(found)
    # more than k, since a role may lift one into them
    some = list(by_paragraph)[: 2 * k]
    paragraphs = snapshot.paragraphs_at(some)
    headers = {header.id: header for header in scope.headers}
    hits = [
        _hit(headers[key[0]], paragraphs[key], by_paragraph[key], role)
        for key in some
        if key in paragraphs and key[0] in headers
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.key))[:k]


def _of_sections(snapshot: Snapshot, fused: Sequence[Fused]) -> list[Fused]:
    """Passages ranked with what speaks for the sections they stand in."""
    keys = {found.passage: PassageKey.from_int(found.passage) for found in fused}
    at = {number: (key.document, key.ordinal) for number, key in keys.items()}
    sections = snapshot.sections_at(list(dict.fromkeys(at.values())))
    return with_sections(fused, lambda number: (at[number][0], sections.get(at[number])))


def pairs_of(snapshot: Snapshot, hits: Sequence[Hit]) -> list[Hit]:
    """The concerns and recommendations that belong to hits and are not among them.

    Under one heading a committee first states its concern and then what it recommends.
    """
    known = {hit.key for hit in hits}
    wanted: dict[tuple[int, int], Hit] = {}
    for hit in hits:
        for ordinal in _pair_ordinals(hit.paragraph):
            key = (hit.header.id, ordinal)
            if key not in known:
                wanted.setdefault(key, hit)
    paragraphs = snapshot.paragraphs_at(list(wanted))
    return [
        Hit(
            hit.header,
            paragraphs[key],
            paragraphs[key],
            (),
            hit.score,
            hit.dense,
            hit.lexical,
            "paired",
        )
        for key, hit in wanted.items()
        if key in paragraphs and is_pair(hit.paragraph, paragraphs[key])
    ]


def is_pair(one: Paragraph, other: Paragraph) -> bool:
    """Whether two paragraphs are a concern and the recommendation that answers it."""
    first, second = sorted((one, other), key=lambda paragraph: paragraph.ordinal)
    asks = {Role.RECOMMENDATION, Role.REQUEST}
    return (
        first.section == second.section
        and 0 < second.ordinal - first.ordinal <= _PAIR_REACH
        and Role.CONCERN in first.roles
        and not asks & set(first.roles)
        and bool(asks & set(second.roles))
    )


def _pair_ordinals(paragraph: Paragraph) -> list[int]:
    """Where a paragraph's counterpart may stand: concerns come first."""
    if Role.CONCERN in paragraph.roles:
        return [paragraph.ordinal + step for step in range(1, _PAIR_REACH + 1)]
    if {Role.RECOMMENDATION, Role.REQUEST} & set(paragraph.roles):
        return [paragraph.ordinal - step for step in range(1, _PAIR_REACH + 1) if paragraph.ordinal >= step]
    return []


def _hit(header: DocumentHeader, paragraph: Paragraph, found: Sequence[Fused], role: Role | None) -> Hit:
    best = found[0]
    place = place_at(paragraph, PassageKey.from_int(best.passage).place)
    also = tuple(
        place_at(paragraph, PassageKey.from_int(other.passage).place)
        for other in found[1:]
        if other.score >= ALSO_SHARE * best.score
    )
    bonus = ROLE_BONUS if role in paragraph.roles else 0.0
    return Hit(header, paragraph, place, also, best.score + bonus, best.dense, best.lexical)


def in_reading_order(hits: Sequence[Hit], role: Role | None) -> list[Hit]:
    """Documents and headings by their best hit, and in each the role asked for, then as printed."""
    best: dict[object, float] = {}
    for hit in hits:
        for group in (hit.header.id, (hit.header.id, hit.paragraph.section)):
            best[group] = max(best.get(group, 0.0), hit.score)
    return sorted(
        hits,
        key=lambda hit: (
            -best[hit.header.id],
            hit.header.id,
            -best[hit.header.id, hit.paragraph.section],
            hit.paragraph.section,
            role is not None and role not in hit.paragraph.roles,
            hit.paragraph.ordinal,
        ),
    )


def _roles(sentences: Sequence[Sentence]) -> tuple[Role, ...]:
    return tuple(dict.fromkeys(sentence.role for sentence in sentences))
