"""An encoder that needs no model: a bag of stemmed words hashed into a few dimensions."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from index.embedding import EncoderIdentity, Precision, Progress, Vectors
from index.words import terms

DIMENSION = 64


class TinyEncoder:
    """Keeps the passages it encoded, in order, so that tests see what was encoded and how often."""

    def __init__(
        self, model: str = "tiny", precision: Precision = "fp32", dimension: int = DIMENSION
    ) -> None:
        self.identity = EncoderIdentity(model, f"files of {model}", precision, dimension)
        self.encoded: list[str] = []

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.encoded.extend(texts)
        if progress:
            progress(len(texts), len(texts))
        return self.encode_queries(texts)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.identity.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in terms(text):
                mark = crc32(f"{self.identity.model} {word}".encode())
                vectors[row, mark % self.identity.dimension] += 1 if mark & 1 << 31 else -1
            if not vectors[row].any():
                vectors[row, 0] = 1
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit
