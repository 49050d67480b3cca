"""What the figures on follow-ups count, on dialogues written for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.benchmarks.follow_ups import all_turns, beside_answered, last_turn, ndcg, rewritten
from tests.benchmarks.mtrag import Data, read_mtrag


@pytest.fixture
def data(tmp_path: Path) -> Data:
    passages = [
        {"id": "a", "title": "Ferries", "text": "The ferry sails at noon."},
        {"id": "b", "title": "", "text": "Dogs travel free."},
        {"id": "c", "title": "Ferries", "text": "The ferry sails at noon."},
    ]
    dialogue = [
        ("user", "When does the ferry to Hiiumaa sail?"),
        ("agent", "At noon."),
        ("user", "Is there a casino on it?"),
        ("agent", "I'm sorry, but I do not know."),
        ("user", "and what about dogs?"),
    ]
    turns = [{"role": role, "text": text} for role, text in dialogue]
    labels = {"answerability": "ANSWERABLE", "multi_turn": ["Follow-up"]}
    rows = [
        {"turns": turns, "passages": ["b", "c"], **labels},
        {"turns": turns, "passages": [], **labels},
        {"turns": turns[:1], "passages": ["a"], **labels},
    ]
    for name, lines in (("passages", passages), ("turns", rows)):
        text = "\n".join(map(json.dumps, lines)) + "\n"
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return read_mtrag(tmp_path)


def test_passages_with_the_same_words_are_one(data: Data) -> None:
    assert [(p.context, p.text) for p in data.passages] == [
        ("Ferries", "The ferry sails at noon."),
        ("", "Dogs travel free."),
    ]


def test_only_last_turns_with_turns_before_and_passages_are_asked(data: Data) -> None:
    (dialogue,) = data.dialogues
    assert dialogue.right == {0, 1}
    assert (dialogue.kind, dialogue.answerability) == ("Follow-up", "answerable")


def test_the_ways_of_asking_differ_in_what_they_take_from_before(data: Data) -> None:
    (dialogue,) = data.dialogues
    assert last_turn(dialogue) == "and what about dogs?"
    assert beside_answered(dialogue) == "When does the ferry to Hiiumaa sail? and what about dogs?"
    assert all_turns(dialogue).count("?") == 3
    assert "dogs" in rewritten(dialogue)


@pytest.mark.parametrize(
    ("found", "expected"), [([1, 2, 9], 1.0), ([9, 1, 2], 0.693), ([9, 8, 1], 0.307), ([], 0.0)]
)
def test_ndcg_is_that_of_its_definition(found: list[int], expected: float) -> None:
    assert ndcg(found, frozenset({1, 2})) == pytest.approx(expected, abs=0.001)
