"""Questions about the concluding observations of the data folder, and a home that holds them.

The headings and the paragraphs below them are those of `eval/crpd_headings.jsonl`. A paragraph is
right where it stands under a heading on the same articles in a document on the same State: of a
State with two documents both answer a question that names no year.
"""

from __future__ import annotations

import json
import random
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.service import Assistant
from assistant.settings import load_settings
from corpus.model import Metadata

STATES_A_REPHRASING = 6
"""How many States each rephrasing is asked about."""

_TEMPLATES = {
    "recommend": "What did the Committee recommend to {state} on {topic}?",
    "say": "What did it say about {topic} in {state}?",
}
Place = tuple[str, str]
"""Symbol and printed number of a paragraph."""


@dataclass(frozen=True)
class Heading:
    """A heading of one document with the paragraphs below it."""

    symbol: str
    state: str
    title: str
    articles: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """A question, where its answer stands, and in which documents on its State."""

    kind: str
    text: str
    right: frozenset[Place]
    symbols: frozenset[str]


def heading_questions(data: Path) -> list[Question]:
    """Two questions for each heading, in the words of the heading."""
    return [
        _question(
            kind, template.format(state=_in_a_sentence(heading.state), topic=_topic(heading)), heading, data
        )
        for heading in headings(data)
        for kind, template in _TEMPLATES.items()
    ]


def rephrasings(data: Path) -> list[Question]:
    """What people ask about the same headings in their own words, each about some of the States."""
    text = Path(__file__).with_name("rephrasings.toml").read_text(encoding="utf-8")
    by_articles = defaultdict(list)
    for heading in headings(data):
        by_articles[heading.articles].append(heading)
    chance = random.Random(1)
    questions = []
    for articles, kinds in tomllib.loads(text).items():
        for kind, asked in kinds.items():
            for template in asked:
                for heading in chance.sample(by_articles[articles], STATES_A_REPHRASING):
                    question = template.format(state=_in_a_sentence(heading.state))
                    questions.append(_question(f"rephrased, {kind}", question, heading, data))
    return questions


@cache
def headings(data: Path) -> tuple[Heading, ...]:
    """The labelled headings."""
    path = data / "eval" / "crpd_headings.jsonl"
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return tuple(
        Heading(
            row["symbol"],
            row["state"],
            row["heading"],
            row["articles"].replace("–", "-"),
            tuple(map(str, row["paragraphs"])),
        )
        for row in rows
    )


def open_crpd(data: Path, home: Path) -> Assistant:
    """An assistant that holds the documents, which are read and indexed where they are not yet."""
    assistant = Assistant.open(load_settings(home=home))
    fill(assistant, data)
    return assistant


def fill(assistant: Assistant, data: Path) -> None:
    """Have an assistant hold the documents."""
    for outcome in assistant.ingest([data / "corpus" / "crpd"], Metadata()):
        if outcome.status == "refused":
            raise RuntimeError(f"{outcome.name} is refused: {outcome.error}")


def _question(kind: str, text: str, heading: Heading, data: Path) -> Question:
    own = _of_states(data)[_whole(heading.state)]
    alike = [other for other in own if other is heading or other.articles == heading.articles]
    right = frozenset((other.symbol, number) for other in alike for number in other.paragraphs)
    return Question(kind, text, right, frozenset(other.symbol for other in own))


@cache
def _of_states(data: Path) -> dict[str, list[Heading]]:
    found: dict[str, list[Heading]] = defaultdict(list)
    for heading in headings(data):
        found[_whole(heading.state)].append(heading)
    return found


def _whole(state: str) -> str:
    """The State of a territory: the labels do not tell the parts of China's documents from each other."""
    return "China" if state.startswith("China (") else state


def _in_a_sentence(state: str) -> str:
    """A State as a question names it: the part before a bracket."""
    return state.split(" (")[0] if not state.startswith("China (") else "Hong Kong"


def _topic(heading: Heading) -> str:
    return heading.title[0].lower() + heading.title[1:]
