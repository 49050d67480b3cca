"""MTRAG-UN: dialogues of other people with their last turn labelled, and the passages that answer it.

The data are `turns.jsonl` {turns: [{role, text}], answerability, multi_turn, passages: [ids]} and
`passages.jsonl` {id, title, text}. They hold no rewritten questions. Passages with the same words under
several ids are one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.passages import Passage, PassageKey

_NOT_ANSWERED = re.compile(
    r"\b(?:sorry\b|unable to\b|(?:do not|don.t) (?:know|have)\b)|\bhow can i help\b", re.IGNORECASE
)
_BEGINNING = 80  # characters of a reply in which it says that it has no answer


@dataclass(frozen=True)
class Dialogue:
    """What a user asked, turn by turn, which turns were answered, and what answers the last."""

    turns: tuple[str, ...]
    answered: tuple[bool, ...]
    """Whether the turns before the last were; one shorter than `turns`."""
    kind: str
    """Follow-up or Clarification, as it is labelled."""
    answerability: str
    right: frozenset[int]
    """Positions of the passages that answer the last turn."""

    @property
    def before(self) -> str:
        """The last turn before the question that was answered; the first where none was."""
        earlier = zip(self.turns, self.answered, strict=False)
        return next((turn for turn, answered in reversed(list(earlier)) if answered), self.turns[0])


@dataclass(frozen=True)
class Data:
    """All passages, and the dialogues of several turns whose last has passages that answer it."""

    passages: list[Passage]
    dialogues: list[Dialogue]


def read_mtrag(folder: Path) -> Data:
    """Read the dialogues and the passages of the folder."""
    texts: dict[tuple[str, str], int] = {}
    positions: dict[str, int] = {}
    for row in _rows(folder / "passages.jsonl"):
        key = (row["title"].strip(), row["text"].strip())
        positions[row["id"]] = texts.setdefault(key, len(texts))
    passages = [
        Passage(PassageKey(1, position), title, title, "", text, ())
        for (title, text), position in texts.items()
    ]
    read = (_dialogue(row, positions) for row in _rows(folder / "turns.jsonl"))
    return Data(passages, [dialogue for dialogue in read if dialogue.right and len(dialogue.turns) > 1])


def _dialogue(row: dict[str, Any], positions: dict[str, int]) -> Dialogue:
    turns: Sequence[dict[str, str]] = row["turns"]
    return Dialogue(
        tuple(turn["text"] for turn in turns if turn["role"] == "user"),
        tuple(
            not _NOT_ANSWERED.search(turn["text"][:_BEGINNING]) for turn in turns if turn["role"] == "agent"
        ),
        row["multi_turn"][0],
        row["answerability"].lower(),
        frozenset(positions[name] for name in row["passages"]),
    )


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
