"""Passages a second, beside plain `SentenceTransformer.encode` in fp32 in the same run.

python -m tests.benchmarks.encoding [DATA FOLDER] [--passages N] [--json]
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from corpus.parse import builtin_sources, parse_document
from index.embedding import SentenceTransformerEncoder
from index.model_files import find_model
from index.passages import passages_of
from tests.benchmarks.table import show


def main() -> None:
    """Encode the same passages three times each way, taking turns, and report the best of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--passages", type=int, default=400)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    texts = passages(given.data, given.passages)

    from sentence_transformers import SentenceTransformer

    files = find_model()
    plain = SentenceTransformer(str(files.folder))
    ways: dict[str, Callable[[], Any]] = {"plain encode, fp32": lambda: plain.encode(texts)}
    auto = SentenceTransformerEncoder(files)
    ways[f"pilcrow, {auto.identity.precision} (auto)"] = lambda: auto.encode_passages(texts)
    best = dict.fromkeys(ways, float("inf"))
    for way in ways.values():
        way()
    for _ in range(3):
        for name, way in ways.items():
            began = time.perf_counter()
            way()
            best[name] = min(best[name], time.perf_counter() - began)
    reference = best["plain encode, fp32"]
    rows = [
        {"way": name, "passages/s": round(len(texts) / seconds, 1), "ratio": reference / seconds}
        for name, seconds in best.items()
    ]
    difference = float(np.min(np.sum(plain.encode(texts) * auto.encode_passages(texts), axis=1)))
    title = f"Encoding {len(texts)} passages (lowest cosine to plain fp32: {difference:.5f})"
    show(title, rows, as_json=given.json)


def passages(data: Path, count: int) -> list[str]:
    """Passages of the built-in document and, where they are there, of the regulatory set."""
    texts = [p.embedded_text for s in builtin_sources() for p in passages_of(1, parse_document(s))]
    more = data / "eval" / "obliqa" / "passages.jsonl"
    if more.exists():
        rows = (json.loads(line) for line in more.read_text(encoding="utf-8").splitlines())
        texts += [row["text"] for row in rows if len(row["text"]) > 80]
    return texts[:count]


if __name__ == "__main__":
    main()
