"""What each sentence of a committee or organ does: concern, recommendation, and so on, with its verb.

The verbs, their roles and forces are data, in `speech_acts.toml`. A sentence without a verb of its
own does what the one before it does; an item does what its lead-in does. Function comes from words,
since extracted texts have lost the bold type that recommendations are printed in.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from corpus.model import Item, Paragraph, Role, Sentence

# The only word that a pattern takes for its verb: sentences without it need not be searched.
_ONE_VERB = re.compile(r"\(\?P<verb> ?~?([a-z]+)\)")
_LONGEST_SUBJECT = 24  # characters before a verb in which the word stands that it follows
# Thanks for a report are courtesy and no finding on the State's conduct.
_COURTESY = re.compile(r"introduction$", re.IGNORECASE)
# Concerns are about a State party; resolutions, whose decisions stand before calls upon others, are not.
_OF_A_PAIR = re.compile(r"\b(?:[Cc]ommittee|State [Pp]art(?:y|ies))\b")
_ANNOUNCED = re.compile(
    r"\brecommendations\b.{0,200}\b(?:examined|listed|below|enjoy|support|formulated|made|noted|following)\b"
)


@dataclass(frozen=True)
class Act:
    """What one verb says the sentence does; `verb` is None where it is taken from elsewhere.

    `repeat` marks what was said before ("reiterates"), `urgent` what brooks no delay.
    """

    role: Role
    verb: str | None = None
    force: int | None = None
    repeat: bool = False
    urgent: bool = False


NO_ACT = Act(Role.CONTEXT)


class SpeechActs:
    """A table of verbs that reads the act of a sentence."""

    def __init__(self, table: dict[str, Any]) -> None:
        adverbs = rf"(?:,? (?:{table['adverbs']}))*,? "
        self._verbs = [
            (
                re.compile(rf"(?:{entry['pattern'].replace(' ~', adverbs)})\b"),
                Role(entry["role"]),
                entry.get("force"),
                needed[1] if (needed := _ONE_VERB.search(entry["pattern"])) else "",
            )
            for entry in table["verb"]
        ]
        self._rank = {Role(name): rank for rank, name in enumerate(table["precedence"])}
        self._governed = re.compile(
            rf"(?:^|[,;:—–)”\"’]\s|\b(?:{table['subjects']})\s|\b(?:{table['adverbs']}),?\s)$"
        )
        self._repeat = re.compile(rf"\b(?:{table['repeat']})\b")
        self._urgent = re.compile(rf"\b(?:{table['urgent']})\b")

    def read(self, sentence: str) -> Act | None:
        """The act of one sentence, or None where it has no reporting verb."""
        # a verb that opens an operative paragraph has a capital: "Requests the Secretary-General"
        opening = sentence[:1].lower() + sentence[1:]
        found = [
            (self._rank[role], -(force or 0), match.start(), Act(role, _shown(match, sentence), force))
            for pattern, role, force, needed in self._verbs
            if needed in sentence
            for match in (*pattern.finditer(sentence), *_at_start(pattern, sentence, opening))
            if self._is_own(sentence, match)
        ]
        if not found:
            return None
        act = min(found, key=lambda entry: entry[:3])[3]
        repeat = bool(self._repeat.search(sentence)) and act.role is not Role.CONTEXT
        return replace(act, repeat=repeat, urgent=self.is_urgent(sentence, act.role))

    def is_urgent(self, sentence: str, role: Role) -> bool:
        """Whether what a sentence asks for is asked without delay."""
        return role in (Role.RECOMMENDATION, Role.REQUEST) and bool(self._urgent.search(sentence))

    def _is_own(self, sentence: str, match: re.Match[str]) -> bool:
        """Whether the body that speaks is who does what the verb says; some patterns have the subject."""
        start = match.start()
        if start and sentence[start - 1].isalnum():
            return False
        if "verb" in match.re.groupindex:
            return True
        before = sentence[max(0, start - _LONGEST_SUBJECT) : start]
        if start <= _LONGEST_SUBJECT:
            before = before[:1].lower() + before[1:]  # "Also encourages"
        return sentence[start].isupper() or bool(self._governed.search(before))


def _at_start(pattern: re.Pattern[str], sentence: str, opening: str) -> Iterator[re.Match[str]]:
    """The match at the start of a sentence that its capital would hide."""
    if opening != sentence and (match := pattern.match(opening)):
        yield match


def _shown(match: re.Match[str], sentence: str) -> str:
    start, end = match.span("verb" if "verb" in match.re.groupindex else 0)
    return sentence[start:end].strip()


@cache
def speech_acts() -> SpeechActs:
    """The table that ships with Pilcrow."""
    text = files("corpus").joinpath("speech_acts.toml").read_text(encoding="utf-8")
    return SpeechActs(tomllib.loads(text))


def with_acts(paragraphs: Sequence[Paragraph], acts: SpeechActs) -> list[Paragraph]:
    """The same paragraphs with the act of every sentence.

    A paragraph with only neutral verbs that stands right before a recommendation under the same
    heading is read as the concern of that pair; it gets the lowest force, since no word says so.
    Paragraphs with decimal numbers below one that announces recommendations, as in reports of the
    universal periodic review, are these recommendations; that they begin with the verb of what to
    do ("Ratify …") gives them no force.
    """
    labelled = [_paragraph_with_acts(paragraph, acts) for paragraph in paragraphs]
    announcing = {p.label for p in labelled if _ANNOUNCED.search(p.text)}
    for position, paragraph in enumerate(labelled):
        above, _, decimal = paragraph.label.rpartition(".")
        if decimal and above in announcing and paragraph.roles == (Role.CONTEXT,):
            labelled[position] = _replace_role(paragraph, Role.RECOMMENDATION, force=None)
    for position, (paragraph, following) in enumerate(pairwise(labelled)):
        opens_pair = (
            paragraph.section == following.section
            and paragraph.roles == (Role.CONTEXT,)
            and following.roles[:1] == (Role.RECOMMENDATION,)
            and _OF_A_PAIR.search(paragraph.text)
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
    items = tuple(_item_with_acts(i, acts, _above(i, closing) or governing) for i in paragraph.items)
    labelled = replace(paragraph, sentences=sentences + closing, items=items)
    if _is_courtesy(paragraph) and Role.POSITIVE in labelled.roles:
        return _replace_role(labelled, Role.CONTEXT, force=None, only=Role.POSITIVE)
    return labelled


def _above(item: Item, closing: Sequence[Sentence]) -> Act | None:
    """The act that governs an item of a second list: of the sentence between the lists."""
    before = [sentence for sentence in closing if sentence.end <= item.start]
    if not before:
        return None
    last = before[-1]
    return Act(last.role, last.verb, last.force, last.repeat, last.urgent)


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
        act = own or replace(before, urgent=before.urgent or acts.is_urgent(sentence.text, before.role))
        labelled.append(
            replace(
                sentence,
                role=act.role,
                verb=own.verb if own else None,
                force=act.force,
                repeat=act.repeat,
                urgent=act.urgent,
            )
        )
        # what is said to be urgent or said again is one sentence, or the list that it leads in
        goes_on = sentence.text.rstrip().endswith(":")
        before = act if goes_on else replace(act, repeat=False, urgent=False)
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
