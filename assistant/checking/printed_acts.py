"""What is printed at the places a reference leads to: the acts of their sentences, with the printed verbs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.citations.resolution import Resolution
from assistant.places import paragraphs_of
from corpus.catalog import Snapshot
from corpus.model import Item, Paragraph, Role, Sentence

# Words by which a sentence may do besides what its strongest verb says: “while welcoming …, is concerned”.
_ALSO: dict[Role, re.Pattern[str]] = {
    Role.POSITIVE: re.compile(
        r"\b(?:welcom|appreciat|commend|congratulat|applaud|satisf|positive|encouraged by|pleased)",
        re.IGNORECASE,
    ),
    Role.CONCERN: re.compile(
        r"\b(?:concern|regret|alarm|deplor|condemn|worr|troubl|appal|shortcoming)", re.IGNORECASE
    ),
    Role.RECOMMENDATION: re.compile(
        r"\b(?:recommend|urg(?:es|ing)\b|calls? (?:up)?on|should\b|must\b|invites|encourages|requests)",
        re.IGNORECASE,
    ),
}
_AS = {Role.REQUEST: Role.RECOMMENDATION}
_COMPARED = (Role.RECOMMENDATION, Role.CONCERN, Role.POSITIVE)


@dataclass(frozen=True)
class PrintedActs:
    """The acts of some places; `verbs` are the printed ones, the strongest first."""

    roles: frozenset[Role]
    verbs: tuple[str, ...]
    force: dict[Role, int]
    """The highest force of each role that has one."""
    may_also: frozenset[Role]
    """Roles that single words of the text can be read as."""
    says_must: bool = False

    @property
    def compared(self) -> frozenset[Role]:
        """Those roles that are compared with what a draft says: others are neither one nor the other."""
        return self.roles & frozenset(_COMPARED)


def printed_acts(snapshot: Snapshot, resolutions: Sequence[Resolution]) -> PrintedActs | None:
    """The acts of the places that references lead to; None where one is not held or leads to no place."""
    sentences: list[Sentence] = []
    for resolution in resolutions:
        headers = snapshot.find(resolution.places[0].symbol) if resolution.places else []
        if not resolution.is_resolved or not headers:
            return None
        wanted = {place.eid for place in resolution.places}
        for paragraph in paragraphs_of(snapshot, headers[0]):
            for place in paragraph.places():
                if place.eid in wanted:
                    sentences += _sentences_of(paragraph, place)
    return _acts_of(sentences) if sentences else None


def _sentences_of(paragraph: Paragraph, place: Paragraph | Item) -> Iterable[Sentence]:
    """The sentences of a place and below it, and those that govern it: “urges … to: … (c) …”."""
    for above in paragraph.governing(place.eid):
        yield from above.sentences
    yield from place.sentences
    below = [*place.items]
    while below:
        item = below.pop()
        yield from item.sentences
        below += item.items


def _acts_of(sentences: Sequence[Sentence]) -> PrintedActs:
    force: dict[Role, int] = {}
    verbs: dict[str, int] = {}
    text = []
    for sentence in sentences:
        role = _AS.get(sentence.role, sentence.role)
        text.append(sentence.text)
        if sentence.force is not None:
            force[role] = max(sentence.force, force.get(role, 0))
        if sentence.verb and role in _COMPARED:
            verbs[sentence.verb] = max(sentence.force or 0, verbs.get(sentence.verb, 0))
    printed = " ".join(text)
    return PrintedActs(
        roles=frozenset(_AS.get(sentence.role, sentence.role) for sentence in sentences),
        verbs=tuple(sorted(verbs, key=lambda verb: -verbs[verb])),
        force=force,
        may_also=frozenset(role for role, words in _ALSO.items() if words.search(printed)),
        says_must=re.search(r"\bmust\b", printed) is not None,
    )
