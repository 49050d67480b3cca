"""How two systems are compared, with systems that are quicker to run than either."""

from __future__ import annotations

import sys
from pathlib import Path
from subprocess import CalledProcessError

import pytest

from tests.benchmarks.crpd import Question
from tests.benchmarks.rival import Held, Run, found_right, rival_python, run, speed

KENYA, CHILE = ("CRPD/C/KEN/CO/1", "43"), ("CRPD/C/CHL/CO/1", "49")
QUESTIONS = [
    Question("say", "education in Kenya?", frozenset({KENYA}), frozenset({KENYA[0]})),
    Question("say", "education in Chile?", frozenset({CHILE}), frozenset({CHILE[0]})),
]

# finds for every question the rows it was given, in order
SYSTEM = """
import json, sys
job = json.load(open(sys.argv[1], encoding="utf-8"))
found = [[place for place, _ in job["rows"]][: job["first"]] for _ in job["questions"]]
answered = {"index_seconds": 2, "index_cpu_seconds": 3, "query_cpu_seconds": 0.5, "found": found}
json.dump({**answered, "query_ms": [1, 9], "resident_mib": 7}, open(sys.argv[2], "w", encoding="utf-8"))
"""


def _run(found: list[list[tuple[str, str]]]) -> Run:
    return Run(2.0, 3.0, 0.5, found, [1.0, 9.0], 7)


def test_a_system_gets_rows_and_questions_and_gives_places(tmp_path: Path) -> None:
    job = {"rows": [(KENYA, "Education"), (CHILE, "Education")]}
    answered = run([sys.executable, "-c", SYSTEM], tmp_path, job, QUESTIONS)
    assert answered == _run([[KENYA, CHILE], [KENYA, CHILE]])


def test_a_system_that_fails_ends_the_comparison(tmp_path: Path) -> None:
    with pytest.raises(CalledProcessError):
        run([sys.executable, "-c", "raise SystemExit(1)"], tmp_path, {}, QUESTIONS)


def test_right_paragraphs_and_wrong_states_are_counted() -> None:
    (row,) = found_right({"one": _run([[KENYA], [KENYA, CHILE]])}, QUESTIONS)
    assert (row["top 1"], row["top 5"], row["recall@10"], row["wrong State first"]) == (0.5, 1.0, 1.0, 0.5)


def test_finding_nothing_is_neither_right_nor_of_a_wrong_state() -> None:
    (row,) = found_right({"one": _run([[], []])}, QUESTIONS)
    assert (row["top 1"], row["recall@10"], row["wrong State first"]) == (0.0, 0.0, 0.0)


def test_only_pilcrow_has_more_passages_than_paragraphs() -> None:
    held = Held([(KENYA, "a"), (CHILE, "b")], [(KENYA, "a"), (CHILE, "b")], passages=6)
    ours, theirs = speed({"Pilcrow": _run([]), "txtai": _run([])}, held)
    assert (ours["paragraphs/s"], ours["passages/s"]) == (1.0, 3.0)
    assert (theirs["paragraphs/s"], theirs["passages/s"]) == (1.0, 1.0)
    assert ours["query CPU ms"] == 250.0


def test_without_an_environment_it_is_said_and_skipped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    assert rival_python(blocked) is None
    assert capsys.readouterr().err.startswith("Skipped: txtai")
