"""What becomes of damaged files: each mutation of real ones is read or refused, and nothing hangs.

python -m tests.benchmarks.hostile [DATA] [--rounds N] [--seed N] [--json]

DATA holds `corpus/crpd` and `corpus/formats`; every file below them is cut off, has bytes altered,
zeroed, repeated or moved, and has pieces of another put into it.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

from corpus.errors import PilcrowError, SourceOverLimit
from corpus.model import Document, Metadata
from corpus.parse import SourceFile
from corpus.worker import Limits
from corpus.workers import Workers
from tests.benchmarks.table import show

GIVEN = Metadata(symbol="A/1/1")  # so that a lost symbol is no reason to refuse


def main() -> None:
    """Mutate, read, and count what came of it; the exit status is 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--rounds", type=int, default=5, help="mutations of each kind for each file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    chance = random.Random(given.seed)
    folders = (given.data / "corpus" / "formats", given.data / "corpus" / "crpd")
    files = [path.read_bytes() for folder in folders for path in sorted(folder.glob("*.*"))[:14]]
    rows, broken = [], 0
    with Workers(Limits(seconds=20.0)) as workers:
        for name, mutate in MUTATIONS.items():
            began = time.perf_counter()
            found = Counter(_read(workers, mutate, files, given.rounds, chance))
            broken += found["unaccounted"]
            rows.append(
                {
                    "mutation": name,
                    "files": sum(found.values()),
                    "read": found["read"],
                    "refused": found["refused"],
                    "ended the reader": found["crashed"],
                    "refused unforeseen": found["unforeseen"],
                    "over the limits": found["over"],
                    "characters unaccounted for": found["unaccounted"],
                    "seconds": round(time.perf_counter() - began, 1),
                }
            )
    show("Damaged files", rows, as_json=given.json)
    raise SystemExit(1 if broken else 0)


Mutation = Callable[[bytes, random.Random, list[bytes]], bytes]


def _cut(data: bytes, chance: random.Random, _others: list[bytes]) -> bytes:
    return data[: chance.randrange(len(data))]


def _altered(data: bytes, chance: random.Random, _others: list[bytes]) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 10, 100, 1000))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _zeroed(data: bytes, chance: random.Random, _others: list[bytes]) -> bytes:
    start = chance.randrange(len(data))
    length = min(len(data) - start, chance.randrange(1, 20_000))
    return data[:start] + bytes(length) + data[start + length :]


def _moved(data: bytes, chance: random.Random, _others: list[bytes]) -> bytes:
    first, second = sorted(chance.randrange(len(data)) for _ in range(2))
    return data[:first] + data[second:] + data[first:second]


def _mixed(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    other = chance.choice(others)
    start = chance.randrange(len(other))
    position = chance.randrange(len(data))
    return data[:position] + other[start : start + chance.randrange(1, 50_000)] + data[position:]


MUTATIONS: dict[str, Mutation] = {
    "cut off": _cut,
    "bytes altered": _altered,
    "a stretch of null bytes": _zeroed,
    "halves exchanged": _moved,
    "a piece of another file put in": _mixed,
}


def _read(
    workers: Workers, mutate: Mutation, files: list[bytes], rounds: int, chance: random.Random
) -> Iterator[str]:
    waiting: deque[Future[Document]] = deque()
    for data in files:
        for _ in range(rounds):
            waiting.append(workers.submit(SourceFile("file", mutate(data, chance, files), GIVEN)))
            if len(waiting) > workers.ahead:
                yield _outcome(waiting.popleft())
    yield from (_outcome(future) for future in waiting)


def _outcome(future: Future[Document]) -> str:
    try:
        document = future.result()
    except SourceOverLimit:
        return "over"
    except PilcrowError as refusal:
        if "made the process" in refusal.message:
            return "crashed"
        return "unforeseen" if "cannot be made out" in refusal.message else "refused"
    ends = [0, *(span.end for span in document.spans)]
    whole = [span.start for span in document.spans] == ends[:-1] and ends[-1] == len(document.text)
    return "read" if whole else "unaccounted"


if __name__ == "__main__":
    main()
