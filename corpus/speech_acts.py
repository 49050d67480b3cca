"""What each sentence of a committee does: concern, recommendation, and so on, with its verb.

The verbs, their roles and forces are data, in `speech_acts.toml`. A sentence without a verb of its
own does what the one before it does; an item does what its lead-in does.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from corpus.model import Item, Paragraph, Role, Sentence

# Thanks for a report are courtesy and no finding on the State's conduct.
_COURTESY = re.compile(r"introduction$", re.IGNORECASE)


@dataclass(frozen=True)
class Act:
    """What one verb says the sentence does; `verb` is None where it is taken from elsewhere."""

    role: Role
    verb: str | None = None
    force: int | None = None


NO_ACT = Act(Role.CONTEXT)


class SpeechActs:
    """A table of verbs that reads the act of a sentence."""

    def __init__(self, table: dict[str, Any]) -> None:
        adverbs = rf"(?:(?:{table['adverbs']}),? )*"
        self._verbs = [
            (
                re.compile(rf"\b(?:{entry['pattern'].replace('~', adverbs)})\b"),
                Role(entry["role"]),
                entry.get("force"),
            )
            for entry in table["verb"]
        ]
        self._rank = {Role(name): rank for rank, name in enumerate(table["precedence"])}

    def read(self, sentence: str) -> Act | None:
        """The act of one sentence, or None where it has no reporting verb."""
        found = [
            (self._rank[role], -(force or 0), match.start(), Act(role, _shown(match), force))
            for pattern, role, force in self._verbs
            for match in pattern.finditer(sentence)
        ]
        return min(found, key=lambda entry: entry[:3])[3] if found else None


def _shown(match: re.Match[str]) -> str:
    return match["verb"] if "verb" in match.re.groupindex else match[0]


@cache
def speech_acts() -> SpeechActs:
    """The table that ships with Pilcrow."""
    text = files("corpus").joinpath("speech_acts.toml").read_text(encoding="utf-8")
    return SpeechActs(tomllib.loads(text))


def with_acts(paragraphs: Sequence[Paragraph], acts: SpeechActs) -> list[Paragraph]:
    """The same paragraphs with the act of every sentence.

    A paragraph with only neutral verbs that stands right before a recommendation under the same
    heading is read as the concern of that pair; it gets the lowest force, since no word says so.
    """
    labelled = [_paragraph_with_acts(paragraph, acts) for paragraph in paragraphs]
    for position, (paragraph, following) in enumerate(pairwise(labelled)):
        opens_pair = (
            paragraph.section == following.section
            and paragraph.roles == (Role.CONTEXT,)
            and following.roles[:1] == (Role.RECOMMENDATION,)
            and not _is_courtesy(paragraph)
        )
        if opens_pair:
            labelled[position] = _replace_role(paragraph, Role.CONCERN, force=1)
    return labelled


def _paragraph_with_acts(paragraph: Paragraph, acts: SpeechActs) -> Paragraph:
    first_item = paragraph.items[0].start if paragraph.items else paragraph.end
    lead_in = tuple(s for s in paragraph.sentences if s.start < first_item)
    sentences, governing = _label(lead_in, acts, NO_ACT)
    closing, _ = _label(paragraph.sentences[len(lead_in) :], acts, governing)
    items = tuple(_item_with_acts(item, acts, governing) for item in paragraph.items)
    labelled = replace(paragraph, sentences=sentences + closing, items=items)
    if _is_courtesy(paragraph) and Role.POSITIVE in labelled.roles:
        return _replace_role(labelled, Role.CONTEXT, force=None, only=Role.POSITIVE)
    return labelled


def _item_with_acts(item: Item, acts: SpeechActs, governing: Act) -> Item:
    sentences, last = _label(item.sentences, acts, governing)
    below = tuple(_item_with_acts(child, acts, last) for child in item.items)
    return replace(item, sentences=sentences, items=below)


def _label(
    sentences: tuple[Sentence, ...], acts: SpeechActs, before: Act
) -> tuple[tuple[Sentence, ...], Act]:
    """Label sentences in turn; an act is carried on to the sentences after it that have none."""
    labelled = []
    for sentence in sentences:
        own = acts.read(sentence.text)
        act = own or before
        labelled.append(replace(sentence, role=act.role, verb=own.verb if own else None, force=act.force))
        before = act
    return tuple(labelled), before


def _is_courtesy(paragraph: Paragraph) -> bool:
    return bool(paragraph.section and _COURTESY.search(paragraph.section[-1]))


def _replace_role(
    paragraph: Paragraph, role: Role, *, force: int | None, only: Role | None = None
) -> Paragraph:
    def change(place: Paragraph | Item) -> tuple[Sentence, ...]:
        return tuple(
            replace(s, role=role, force=force) if only in (None, s.role) else s for s in place.sentences
        )

    def change_item(item: Item) -> Item:
        return replace(item, sentences=change(item), items=tuple(map(change_item, item.items)))

    items = tuple(map(change_item, paragraph.items))
    return replace(paragraph, sentences=change(paragraph), items=items)
