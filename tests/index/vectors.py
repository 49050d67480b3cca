"""Vectors in any direction, for tests of the dense index."""

from __future__ import annotations

import numpy as np

from index.embedding import Vectors

DIMENSION = 8


def vectors_of(count: int, seed: int = 0) -> Vectors:
    """Unit vectors in any direction."""
    raw = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    unit: Vectors = raw / np.linalg.norm(raw, axis=1, keepdims=True)
    return unit


def exact(vectors: Vectors, query: Vectors) -> Vectors:
    """The cosines of vectors as half precision holds them."""
    scores: Vectors = vectors.astype(np.float16).astype(np.float32) @ query
    return scores
