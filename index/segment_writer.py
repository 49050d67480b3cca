"""Writes segments of the dense index: new vectors, and those of segments that they absorb."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.embedding import Vectors
from index.passages import Passage, role_bits
from index.segment import IVF, PASSAGES, VECTORS, Limits, Mask, Rows, Segment, flat_index

Codes = NDArray[np.uint8]

_CHUNK = 16_384  # vectors converted or copied at once: 25 MB in single precision
_TRAINED = 64  # vectors a list that an IVF index is trained on, of the 39 to 256 that FAISS advises
_ROUNDS = 8  # of k-means; more change the lists little


class SegmentWriter:
    """One segment under way: vectors go to disk as they come, numbers and roles stay in memory."""

    def __init__(self, folder: Path, dimension: int) -> None:
        """Begin in a new folder; raises `OSError` where the disk is full, as all that follows does."""
        folder.mkdir(parents=True)
        self._folder = folder
        self._dimension = dimension
        self._numbers: list[Rows] = []
        self._roles: list[NDArray[np.uint8]] = []
        header = _header(dimension, 0)
        self._file = (folder / VECTORS).open("wb")
        self._file.write(header)

    def __len__(self) -> int:
        return sum(map(len, self._numbers))

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Take the vectors of passages, in any order."""
        self._numbers.append(np.array([int(p.key) for p in passages], dtype=np.int64))
        self._roles.append(np.array([role_bits(p.roles) for p in passages], dtype=np.uint8))
        self._file.write(np.ascontiguousarray(vectors, dtype=np.float16).tobytes())

    def close(self) -> None:
        """Leave the file as it is, where the rest will not be written."""
        self._file.close()

    def finish(self, absorbed: Sequence[tuple[Segment, Mask | None]], limits: Limits) -> None:
        """Write the rest: the rows of other segments, all in order, and what a large segment needs more."""
        self._file.seek(0)
        self._file.write(_header(self._dimension, len(self)))
        self._file.close()
        kept = [np.arange(len(s)) if mask is None else np.flatnonzero(mask) for s, mask in absorbed]
        parts = list(zip((s for s, _ in absorbed), kept, strict=True))
        numbers = np.concatenate([*(s.numbers[rows] for s, rows in parts), *self._numbers])
        roles = np.concatenate([*(s.roles[rows] for s, rows in parts), *self._roles])
        if parts or np.any(numbers[1:] < numbers[:-1]):
            order = np.argsort(numbers)
            self._sort([(s.codes, rows) for s, rows in parts], order)
            numbers, roles = numbers[order], roles[order]
        np.savez(self._folder / PASSAGES, numbers=numbers, roles=roles)
        if len(numbers) > limits.exact:
            _write_ivf(Segment.open(self._folder), self._dimension, self._folder / IVF)

    def _sort(self, sources: list[tuple[Codes, Rows]], order: Rows) -> None:
        """Put the vectors of the sources and then those written in another order."""
        path, unsorted = self._folder / VECTORS, self._folder / "unsorted"
        path.replace(unsorted)
        written = len(self)
        if written:
            own = np.memmap(unsorted, np.uint8, "r", len(_header(self._dimension, 0)))
            sources = [*sources, (own.reshape(written, -1), np.arange(written))]
        first = np.cumsum([0, *(len(rows) for _, rows in sources)])
        with path.open("wb") as file:
            file.write(_header(self._dimension, len(order)))
            for start in range(0, len(order), _CHUNK):
                places = order[start : start + _CHUNK]
                some = np.empty((len(places), flat_index(self._dimension).code_size), np.uint8)
                for (codes, rows), begin, end in zip(sources, first[:-1], first[1:], strict=True):
                    here = (places >= begin) & (places < end)
                    some[here] = codes[rows[places[here] - begin]]
                file.write(some.tobytes())
        unsorted.unlink()


def _header(dimension: int, count: int) -> bytes:
    """What FAISS writes before the codes of a flat index of so many vectors: last comes their length."""
    index = flat_index(dimension)
    length = index.code_size * count
    index.ntotal = count
    described: bytes = faiss.serialize_index(index).tobytes()
    return described[:-8] + length.to_bytes(8, "little")


def _write_ivf(segment: Segment, dimension: int, path: Path) -> None:
    """Train an IVF index on some vectors of a segment and put all in; the same vectors give the same."""
    count = len(segment)
    lists = max(1, round(math.sqrt(count)))
    # codes with one scale for all numbers, and of the vectors themselves, are read twice as fast as
    # those with a scale each, and of the differences to the middle of a list
    ivf = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dimension), dimension, lists,
        faiss.ScalarQuantizer.QT_8bit_uniform, faiss.METRIC_INNER_PRODUCT, False,
    )  # fmt: skip
    ivf.cp.niter = _ROUNDS
    ivf.cp.min_points_per_centroid = 1
    ivf.cp.max_points_per_centroid = _TRAINED
    ivf.cp.spherical = True
    chance = np.random.default_rng(0)
    sample = np.sort(chance.choice(count, min(count, lists * _TRAINED), replace=False))
    ivf.train(_single(segment.codes[sample]))
    for start in range(0, count, _CHUNK):
        ivf.add(_single(segment.codes[start : start + _CHUNK]))
    try:
        faiss.write_index(ivf, str(path))
    except RuntimeError as error:  # faiss has no other; the reason ends its message, in brackets
        reason = re.search(r"\(([^()]*)\)\s*$", str(error))
        raise OSError(reason[1] if reason else "the vectors are not written") from error


def _single(codes: Codes) -> Vectors:
    return np.ascontiguousarray(codes).view(np.float16).astype(np.float32)
