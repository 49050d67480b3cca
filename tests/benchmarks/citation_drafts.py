"""Drafts made of sentences and notes with references in them, each with where it stands and what it is.

The references are those of `citation_references`; short forms follow the full ones as the styles have
them. Between them stands what is no reference to a document: dates, fractions, articles, books, pages.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.checking.draft import Draft, NoteCall, Part
from assistant.checking.references import FoundReference
from assistant.citations.later_references import later_reference, next_reference
from assistant.citations.styles import STYLES
from tests.benchmarks.citation_references import Held, Made, places_like

_IN_TEXT = (
    "The Committee recommended that the State party adopt a comprehensive law ({}).",
    "It regretted that no data were collected (see {}) and that no budget was set.",
    "This was raised before: {}.",
    "As early as the first review, on 3 May, 1/2 of the cases were closed ({}), and many more since then.",
)
_IN_NOTES = ("{}.", "See {}.", "See, for example, {}.", "On this point see {}.")
_NO_REFERENCE = (
    "Article 3, paragraph 1, of the Optional Protocol and/or arts. 5 and 6 (2) require it.",
    "On 12/05/2015, 3/4 of the 1,200 cases were open; see section 4.2 and paragraph 3 above.",
    "The data are in files/2015/a-1/b and at https://example.org/data/2015/c-3/4, para by para.",
    "As Smith (2010) and Doe v Roe [2001] 1 AC 3 show, the well-to-do do not (Smith 2010, 34).",
    "The para was long, the phone number is +41 22 917 92 20 and the rate was 24/7.",
)
_OTHER_NOTES = (
    "Smith, Children’s Rights (OUP 2010) 34.",
    "Doe v Roe [2001] 1 AC 3, 7.",
    "https://example.org/1/2/3.",
)
_RESOLVED = frozenset({"resolved"})
# What no draft can be searched for: a name or number that is a reference only where one is asked for.
_NOT_IN_DRAFTS = ("typed symbol", "ibid.", "prose", "OCR, signs lost")


@dataclass(frozen=True)
class Planted:
    """A reference of a made draft: where it stands and what should become of it."""

    start: int
    end: int
    made: Made


@dataclass
class MadeDraft:
    """A draft that is being written."""

    text: str = ""
    parts: list[Part] = field(default_factory=list)
    calls: list[NoteCall] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)

    def add(self, frame: str, made: Made | None = None, note: str | None = None) -> None:
        """A paragraph or note, with a reference where the frame has a gap."""
        start = len(self.text)
        before, gap, after = frame.partition("{}")
        self.text += before
        if gap and made:
            self.planted.append(Planted(len(self.text), len(self.text) + len(made.text), made))
            self.text += made.text
        self.text += after
        self.parts.append(Part("note" if note else "text", start, len(self.text), (), note))
        self.text += "\n\n"

    def call(self, mark: str) -> None:
        """Call a note at the end of the last paragraph."""
        self.calls.append(NoteCall(self.parts[-1].end, mark))

    @property
    def draft(self) -> Draft:
        """What was written."""
        return Draft("made.txt", "text", self.text, tuple(self.parts), tuple(self.calls))


def drafts(
    made: Sequence[Made], documents: Sequence[Held], seed: int, *, references: int = 60
) -> Iterator[MadeDraft]:
    """Drafts with all references that can stand in one, so many in each, and short forms behind them."""
    chance = random.Random(seed)
    by_symbol = {held.symbol: held for held in documents}
    # a name that several held documents have is that of the one which the draft has cited before
    fit = [
        e for e in made if not e.kind.startswith(_NOT_IN_DRAFTS) and e.verdicts != frozenset({"ambiguous"})
    ]
    for at in range(0, len(fit), references):
        yield _draft(fit[at : at + references], by_symbol, chance)


def _draft(made: Sequence[Made], documents: Mapping[str, Held], chance: random.Random) -> MadeDraft:
    draft, notes = MadeDraft(), 0
    for each in made:
        each = _without_stop(each)
        if chance.random() < 0.5:
            draft.add(chance.choice(_IN_TEXT), each)
        else:
            notes = _in_notes(draft, each, documents, notes, chance)
        if chance.random() < 0.3:
            draft.add(chance.choice(_NO_REFERENCE))
    return draft


def _in_notes(
    draft: MadeDraft, made: Made, documents: Mapping[str, Held], notes: int, chance: random.Random
) -> int:
    """A note with a reference, and at times one that stands for it: right behind it, or another between."""
    following: list[tuple[str, Made | None]] = [(chance.choice(_IN_NOTES), made)]
    held = documents.get(made.symbol or "")
    style = chance.choice(STYLES)
    if held and made.kind.startswith(STYLES) and chance.random() < 0.6:
        pinpoints, eids = places_like(held, chance)
        if chance.random() < 0.5:
            text = next_reference(held.cited, pinpoints, style)
        else:
            following.append((chance.choice(_OTHER_NOTES), None))
            text = later_reference(held.cited, pinpoints, style, notes + 1) or ""
        short = Made(f"short, {style}", text, _RESOLVED, held.symbol, eids)
        if style != "chicago":  # whose short form is that of all documents of a committee
            following.append(("{}.", _without_stop(short)))
    for number, (frame, each) in enumerate(following, notes + 1):
        if number == notes + 1 or frame == "{}.":
            draft.add("It was said before, and said again.")
        else:
            draft.add("So say others.")
        draft.call(str(number))
        draft.add(frame, each, str(number))
    return notes + len(following)


def _without_stop(made: Made) -> Made:
    text = made.text.rstrip(".")
    return Made(made.kind, text, made.verdicts, made.symbol, made.eids, made.mismatches)


def compare(
    made: MadeDraft, found: Sequence[FoundReference]
) -> tuple[list[tuple[Planted, FoundReference | None]], list[FoundReference]]:
    """What was planted beside what was found within it, and what was found elsewhere or twice."""
    pairs: list[tuple[Planted, FoundReference | None]] = []
    left = sorted(found, key=lambda each: each.start)
    starts = [each.start for each in left]
    extra = set(range(len(left)))
    for planted in made.planted:
        first = bisect_left(starts, planted.start)
        within = first < len(left) and left[first].end <= planted.end
        pairs.append((planted, left[first] if within else None))
        extra -= {first} if within else set()
    return pairs, [left[at] for at in sorted(extra)]
