"""Questions that are labelled as answerable or not, on one document and on 48.

Some questions may decide weights and the threshold (`choosing`), the others are only counted. Those on the
built-in document may all decide, which makes their figures the better ones.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.gold import read_gold
from tests.benchmarks.crpd import heading_questions, rephrasings

_GOLD = Path(__file__).parents[1] / "gold" / "laos_opsc.jsonl"
_HEADINGS = 10  # every how many of the questions on headings is asked
_NOT_HELD = ("Sweden", "Germany", "Japan", "Norway", "France", "Poland", "Italy", "Nigeria", "Viet Nam",
             "Argentina", "Egypt", "Colombia", "Ethiopia", "Greece", "Jordan", "Nepal")  # fmt: skip


@dataclass(frozen=True)
class Labelled:
    """A question, whether the documents answer it, and whether it may decide anything."""

    kind: str
    text: str
    answerable: bool
    choosing: bool


def on_the_built_in_document() -> list[Labelled]:
    """The gold questions on topics; look-ups are decided by numbers."""
    return [
        Labelled(gold.kind, gold.turns[-1], gold.answerable, True)
        for gold in read_gold(_GOLD)
        if gold.kind != "lookup"
    ]


def on_several_documents(data: Path) -> list[Labelled]:
    """Questions on the concluding observations of the data folder."""
    headings = heading_questions(data)[::_HEADINGS]
    return [
        *(Labelled("headings", question.text, True, True) for question in headings),
        *(
            Labelled(question.kind, question.text, True, not question.kind.endswith("fresh"))
            for question in rephrasings(data)
        ),
        *_without_a_state(),
        *_absent(),
        *_on_states_not_held(),
    ]


def _without_a_state() -> Iterator[Labelled]:
    for wordings in _read("rephrasings").values():
        for kind, texts in wordings.items():
            for text in texts:
                asked = text.format(state="the State party")
                yield Labelled("no State named", asked, True, kind != "fresh")


def _absent() -> Iterator[Labelled]:
    for kind, halves in _read("absent").items():
        for half, texts in halves.items():
            for text in texts:
                yield Labelled(f"absent, {kind}", text, False, half == "choosing")


def _on_states_not_held() -> Iterator[Labelled]:
    chance = random.Random(1)
    for wordings in _read("rephrasings").values():
        for text in wordings["fresh"]:
            yield Labelled("left-out State", text.format(state=chance.choice(_NOT_HELD)), False, False)


def _read(name: str) -> dict[str, dict[str, list[str]]]:
    text = Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
