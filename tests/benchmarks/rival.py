"""Pilcrow beside txtai: the same documents, model and questions, in one run, taking turns.

python -m tests.benchmarks.rival [DATA FOLDER] [--env FOLDER] [--home FOLDER] [--every N] [--json]

txtai is no dependency: it is installed into an environment of its own, `--env`, which is made where it
is missing. It indexes the paragraphs as they are, one row each, with hybrid search and its defaults
otherwise; once more each paragraph stands under Pilcrow's context line, to show what that line gives.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.service import Assistant
from index.model_files import find_model
from index.passages import context_line, passages_of
from tests.benchmarks.crpd import Place, Question, heading_questions, open_crpd, rephrasings
from tests.benchmarks.table import share, show

ROOT = Path(__file__).parents[2]
ENV = ROOT / ".bench" / "txtai"
RIVAL = "txtai==9.14.0"
FIRST = 10
"""How many paragraphs are asked for."""


@dataclass(frozen=True)
class Run:
    """What one system did: seconds to index, what it found, milliseconds a question, memory in MiB.

    Processor time hardly depends on what else the machine does, as the time on the clock does.
    """

    index_seconds: float
    index_cpu_seconds: float
    query_cpu_seconds: float
    found: list[list[Place]]
    query_ms: list[float]
    resident_mib: int


@dataclass(frozen=True)
class Held:
    """The documents as both systems get them, and how many passages Pilcrow makes of them."""

    bare: list[tuple[Place, str]]
    in_context: list[tuple[Place, str]]
    passages: int


def main() -> None:
    """Run each system in a process of its own, one after the other, and print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument(
        "--env", type=Path, default=ROOT / ".bench" / "txtai", help="where txtai is installed"
    )
    parser.add_argument("--home", type=Path, help="where Pilcrow holds the documents or will")
    parser.add_argument("--every", type=int, default=1, help="ask only each Nth question")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    python = rival_python(given.env)
    if python is None:
        return
    questions = [*heading_questions(given.data), *rephrasings(given.data)][:: given.every]
    with tempfile.TemporaryDirectory() as folder:
        home = given.home or Path(folder) / "home"
        with closing(open_crpd(given.data, home)) as assistant:
            held = held_by(assistant)
        runs = {
            name: run(command, Path(folder), job, questions)
            for name, command, job in _turns(python, home, held)
        }
    title = f"Right paragraphs among {len(held.bare)}, {len(questions)} questions"
    show(title, list(found_right(runs, questions)), as_json=given.json)
    show("Speed and memory, in the same run", list(speed(runs, held)), as_json=given.json)


def rival_python(env: Path, extra: str = "") -> Path | None:
    """The interpreter of the rival's environment; None, after a line that says why, where there is none.

    `extra` is what is installed besides, such as `[api]`.
    """
    python = env / "bin" / "python"
    try:
        if not python.exists():
            venv.create(env, with_pip=True)
        constraints = ["--constraint", str(ROOT / "constraints.txt")]
        pip = [
            str(python),
            "-m",
            "pip",
            "install",
            "--quiet",
            *constraints,
            RIVAL.replace("==", f"{extra}=="),
        ]
        done = subprocess.run(pip, capture_output=True, text=True, check=False)
    except (OSError, ValueError, subprocess.CalledProcessError) as error:  # venv raises all of them
        reason = str(error)
    else:
        if done.returncode == 0:
            return python
        reason = (done.stderr.strip() or "pip failed").splitlines()[-1]
    print(f"Skipped: {RIVAL} cannot be installed into {env} ({reason}).", file=sys.stderr)
    return None


def held_by(assistant: Assistant) -> Held:
    """Every paragraph of the documents that are searched, bare and under its context line."""
    bare, in_context, passages = [], [], 0
    with assistant.collection.catalog.snapshot() as snapshot:
        documents = [(h, snapshot.document(h.id)) for h in snapshot.headers(searched_only=True)]
    for header, document in documents:
        passages += sum(1 for _ in passages_of(header.id, document))
        for paragraph in document.paragraphs:
            place = (document.symbol, paragraph.label)
            line = context_line(document, paragraph.section)
            bare.append((place, paragraph.full_text))
            in_context.append((place, f"{line}\n{paragraph.full_text}"))
    return Held(bare, in_context, passages)


Turn = tuple[str, list[str], Mapping[str, Any]]


def _turns(python: Path, home: Path, held: Held) -> Iterator[Turn]:
    """Name, command and job of each system."""
    txtai = [str(python), str(Path(__file__).with_name("rival_txtai.py"))]
    model = str(find_model().folder)
    yield "Pilcrow", [sys.executable, "-m", "tests.benchmarks.rival_pilcrow"], {"home": str(home)}
    yield "txtai", txtai, {"model": model, "rows": held.bare}
    yield "txtai, context line", txtai, {"model": model, "rows": held.in_context}


def run(command: Sequence[str], folder: Path, job: Mapping[str, Any], questions: Sequence[Question]) -> Run:
    """Let one system index the rows and answer the questions in a process of its own.

    Raises `CalledProcessError` where it fails.
    """
    asked = {**job, "questions": [question.text for question in questions], "first": FIRST}
    task, result = folder / "job.json", folder / "result.json"
    task.write_text(json.dumps(asked), encoding="utf-8")
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
    subprocess.run([*command, str(task), str(result)], check=True, env=environment, stdout=sys.stderr)
    answered = json.loads(result.read_text(encoding="utf-8"))
    found = [[(symbol, label) for symbol, label in places] for places in answered.pop("found")]
    return Run(found=found, **answered)


def found_right(runs: Mapping[str, Run], questions: Sequence[Question]) -> Iterator[dict[str, Any]]:
    """The figures of each kind of question, a row a system."""
    for kind in dict.fromkeys(question.kind for question in questions):
        for name, one in runs.items():
            pairs = [(q, f) for q, f in zip(questions, one.found, strict=True) if q.kind == kind]

            def mean(value: Callable[[Question, list[Place]], float], of: list[Any] = pairs) -> float:
                return sum(value(question, found) for question, found in of) / len(of)

            yield {
                "questions": kind,
                "number": len(pairs),
                "system": name,
                "top 1": mean(lambda q, f: bool(q.right & set(f[:1]))),
                "top 5": mean(lambda q, f: bool(q.right & set(f[:5]))),
                "recall@10": mean(lambda q, f: len(q.right & set(f)) / min(len(q.right), FIRST)),
                "wrong State first": mean(lambda q, f: bool(f) and f[0][0] not in q.symbols),
            }


def speed(runs: Mapping[str, Run], held: Held) -> Iterator[dict[str, Any]]:
    """What indexing and asking took, a row a system."""
    for name, one in runs.items():
        passages = held.passages if name == "Pilcrow" else len(held.bare)
        yield {
            "system": name,
            "passages": passages,
            "index s": round(one.index_seconds, 1),
            "index CPU s": round(one.index_cpu_seconds, 1),
            "paragraphs/s": round(len(held.bare) / one.index_seconds, 1),
            "passages/s": round(passages / one.index_seconds, 1),
            "query p50 ms": round(share(one.query_ms, 50), 1),
            "query p95 ms": round(share(one.query_ms, 95), 1),
            "query CPU ms": round(1000 * one.query_cpu_seconds / len(one.query_ms), 1),
            "resident MiB": one.resident_mib,
        }


if __name__ == "__main__":
    main()
