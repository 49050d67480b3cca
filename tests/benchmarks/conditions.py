"""What conditions on words cost: time to search with them, time to read them, bytes to find them.

python -m tests.benchmarks.conditions [DATA FOLDER] [--passages N] [--json]
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from index.embedded import EmbeddedEngine
from index.embedding import EncoderIdentity, Vectors
from index.engine import PassageFilter, Query, Searcher
from index.lexical import LexicalIndex
from index.passages import Passage, PassageKey
from index.query_syntax import read_query
from tests.benchmarks.table import share, show

_DIMENSION = 384
_LIMIT = 80  # passages asked of the engine for ten paragraphs
_ROUNDS = 20
_TEXT = "customer funds of an authorised person"
_CONDITIONS = (
    "",
    "“reasonable grounds to suspect”",
    "“of the”",
    "“the authorised pers*”",
    "“of the co*”",
    "laund*",
    "co*",
    "+customer",
    "customer AND (funds OR “client money”) NOT crypto",
    "NOT cryptocurrency",
    "NOT the",
)
_MALFORMED = {"((((": "(", 'a" "a': 'a" ', "a AND (": "a AND ("}


class _OfStems(Passage):
    """A passage in which no phrase is found."""

    @property
    def stretches(self) -> tuple[str, ...]:
        """None, so that nothing is indexed as printed."""
        return ()


def main() -> None:
    """Search the same passages with each condition in turn, and read texts of growing length."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    held = passages(given.data, given.passages)
    vectors = _unit(np.random.default_rng(1).standard_normal((len(held), _DIMENSION), dtype=np.float32))
    with tempfile.TemporaryDirectory() as folder:
        engine = EmbeddedEngine(Path(folder))
        identity = EncoderIdentity("random", "", "fp32", _DIMENSION)
        engine.build(1, base=None, add=[(held, vectors)], remove=(), encoder=identity)
        stems = LexicalIndex.create(Path(folder) / "stems", None)
        stems.change((), [_OfStems(p.key, "", "", "", p.text, ()) for p in held])
        sizes = [
            {"files": name, "bytes a passage": sum(map(_bytes, Path(folder).glob(pattern))) / len(held)}
            for name, pattern in (
                ("terms", "gen-*/lexical/*"),
                ("terms without words as printed", "stems/*"),
                ("vectors", "gen-*/dense/*/*"),
            )
        ]
        rows = searches(engine.open(1), vectors)
    show(f"Searches with conditions over {len(held):,} passages", rows, as_json=given.json)
    show("Files", sizes, as_json=given.json)
    show("Reading what is malformed", readings(), as_json=given.json)


def passages(data: Path, count: int) -> list[Passage]:
    """Passages of the regulatory set, over again until there are enough, each with a number of its own."""
    rows = (data / "eval" / "obliqa" / "passages.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(row)["text"] for row in rows]
    return [
        Passage(PassageKey(1 + n // 1000, n % 1000), "", "", "", f"{texts[n % len(texts)]} number{n}", ())
        for n in range(count)
    ]


def searches(searcher: Searcher, vectors: Vectors) -> list[dict[str, object]]:
    """The time of a search with each condition, and that time by the one without."""
    rows: list[dict[str, object]] = []
    plain = 0.0
    for typed in _CONDITIONS:
        condition = read_query(typed).condition
        query = Query(_TEXT, (), vectors[7], condition)
        search = partial(searcher.search, query, PassageFilter(), _LIMIT)
        found = search()
        taken = [_seconds(search) for _ in range(_ROUNDS)]
        plain = plain or share(taken, 50)
        rows.append(
            {
                "condition": typed or "none",
                "found": len(found.scored),
                "p50 ms": 1000 * share(taken, 50),
                "p95 ms": 1000 * share(taken, 95),
                "ratio": share(taken, 50) / plain,
            }
        )
    return rows


def readings() -> list[dict[str, object]]:
    """The processor time to read texts of ten times the length, by that of the shorter."""
    rows: list[dict[str, object]] = []
    for name, piece in _MALFORMED.items():
        short, long = (piece * (n // len(piece)) for n in (10_000, 100_000))
        once, more = (
            min(_seconds(partial(read_query, text), time.process_time) for _ in range(3))
            for text in (short, long)
        )
        rows.append({"text": name, "10,000 characters, ms": 1000 * once, "ten times as many": more / once})
    return rows


def _seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    began = clock()
    work()
    return clock() - began


def _bytes(path: Path) -> int:
    return path.stat().st_size


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


if __name__ == "__main__":
    main()
