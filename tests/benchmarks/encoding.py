"""Passages a second beside plain `SentenceTransformer.encode` and what the processor could do at most.

python -m tests.benchmarks.encoding [DATA] [--passages N] [--rounds N] [--seed N] [--json]

DATA holds original PDF files under `corpus/crpd`; a sample of their passages is encoded each way, the
ways taking turns, and the best round counts. The limit is the best rate of torch's matrix products, at
the shapes the model multiplies, in the same rounds: its share says how much of the time goes there.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from corpus.parse import load_source, parse_document
from index.embedding import SentenceTransformerEncoder, Vectors
from index.model_files import find_model
from index.passages import passages_of
from tests.benchmarks.table import show

_ROWS = (512, 1024, 4096)  # word pieces multiplied at once, as in small and large batches


def main() -> None:
    """Encode each way, measure the limits in between, and print the best of both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--passages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    texts = passages(given.data / "corpus" / "crpd")
    texts = random.Random(given.seed).sample(texts, min(given.passages, len(texts)))

    from sentence_transformers import SentenceTransformer

    files = find_model()
    auto, full = SentenceTransformerEncoder(files), SentenceTransformerEncoder(files, "fp32")
    plain = SentenceTransformer(str(files.folder), device="cpu", local_files_only=True)
    ways = [
        Way("plain encode", "fp32", lambda: np.asarray(plain.encode(texts))),
        Way("pilcrow (auto)", auto.identity.precision, lambda: auto.encode_passages(texts)),
        Way("pilcrow", "fp32", lambda: full.encode_passages(texts)),
    ]
    limits = {way.precision: 0.0 for way in ways}
    for _ in range(given.rounds):
        for precision in limits:
            limits[precision] = max(limits[precision], limit(plain, precision))
        for way in ways:
            way.run()
    work = operations(plain, texts)
    rows = [_row(way, ways[0], len(texts), work, limits[way.precision]) for way in ways]
    show(
        f"Encoding {len(texts)} passages, {work / len(texts) / 1e9:.2f} GFLOP each", rows, as_json=given.json
    )


def passages(folder: Path) -> list[str]:
    """Every passage of the PDF files in a folder, each once, in order."""
    documents = (parse_document(load_source(path)) for path in sorted(folder.glob("*.pdf")))
    return list(dict.fromkeys(p.embedded_text for document in documents for p in passages_of(1, document)))


@dataclass
class Way:
    """A way of encoding, and how it fared."""

    name: str
    precision: str
    encode: Callable[[], Vectors]
    seconds: float = field(default=float("inf"), init=False)
    vectors: Vectors = field(init=False)

    def run(self) -> None:
        """Encode once more."""
        began = time.perf_counter()
        self.vectors = self.encode()
        self.seconds = min(self.seconds, time.perf_counter() - began)


def _row(way: Way, plain: Way, count: int, work: float, most: float) -> dict[str, Any]:
    cosines = np.sum(way.vectors * plain.vectors, axis=1)
    return {
        "way": way.name,
        "precision": way.precision,
        "passages/s": round(count / way.seconds),
        "ratio": round(plain.seconds / way.seconds, 3),
        "GFLOP/s": round(work / way.seconds / 1e9),
        "limit, GFLOP/s": round(most / 1e9),
        "share": round(work / way.seconds / most, 3),
        "1 − lowest cosine, millionths": round(1e6 * (1 - float(cosines.min()))),
        "1 − mean cosine": round(1e6 * (1 - float(cosines.mean()))),
    }


def operations(model: Any, texts: Sequence[str]) -> float:
    """Additions and multiplications that the texts need without any padding, from the model's shapes.

    Each word piece goes through every matrix of every layer, and is compared and averaged with each of
    its own text.
    """
    encoder = model[0].auto_model
    weights = sum(rows * columns * times for rows, columns, times in shapes(encoder))
    layers, width = encoder.config.num_hidden_layers, encoder.config.hidden_size
    ids = model.tokenizer(list(texts), truncation=True, max_length=model.max_seq_length)["input_ids"]
    lengths = np.array([len(some) for some in ids], dtype=np.float64)
    return float(2 * weights * lengths.sum() + 2 * layers * 2 * width * (lengths**2).sum())


def shapes(encoder: Any) -> Iterator[tuple[int, int, int]]:
    """The shapes of the matrices of all layers, and how many there are of each."""
    import torch

    linear = [m for m in encoder.encoder.modules() if isinstance(m, torch.nn.Linear)]
    found = [(module.out_features, module.in_features) for module in linear]
    for shape in dict.fromkeys(found):
        yield *shape, found.count(shape)


def limit(model: Any, precision: str) -> float:
    """The best rate at which all threads multiply such matrices: together, or each its own."""
    import torch

    threads, kind = torch.get_num_threads(), torch.bfloat16 if precision == "bf16" else torch.float32
    made = [(torch.randn(out, into, dtype=kind), times) for out, into, times in shapes(model[0].auto_model)]
    weights = int(sum(matrix.numel() * times for matrix, times in made))
    widths = {matrix.shape[1] for matrix, _ in made}
    inputs = {(rows, width): torch.randn(rows, width, dtype=kind) for rows in _ROWS for width in widths}

    def multiply(rows: int) -> float:
        """Multiply for each matrix of the model, and say how many operations that were."""
        with torch.inference_mode():
            for matrix, times in made:
                for _ in range(times):
                    torch.nn.functional.linear(inputs[rows, matrix.shape[1]], matrix)
        return 2.0 * rows * weights

    rates = [_rate(partial(multiply, rows)) for rows in _ROWS]
    with ThreadPoolExecutor(threads, initializer=torch.set_num_threads, initargs=(1,)) as pool:
        for rows in _ROWS:
            rates.append(_rate(partial(_spread, pool, multiply, [rows] * threads * 2)))
    torch.set_num_threads(threads)
    return max(rates)


def _spread(pool: ThreadPoolExecutor, work: Callable[[int], float], each: list[int]) -> float:
    return sum(pool.map(work, each))


def _rate(run: Callable[[], float]) -> float:
    """Operations a second of what says how many it took, once it is warm."""
    run()
    began = time.perf_counter()
    return run() / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
