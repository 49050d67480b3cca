"""A segment of the dense index: vectors of passages in files that never change once written.

The vectors are a flat FAISS index in half precision, mapped into memory, so that every score given
out is exact to what half precision holds. A segment of many vectors has an IVF index with 8-bit
codes besides, which finds candidates for broad queries without reading all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.errors import EngineDamaged
from index.embedding import Vectors
from index.engine import PassageFilter
from index.passages import PassageKey, role_bits

VECTORS = "dense.faiss"
PASSAGES = "passages.npz"
IVF = "ivf.faiss"

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]

_DOCUMENT_SHIFT = int(PassageKey(1, 0, 0)).bit_length() - 1


@dataclass(frozen=True, slots=True)
class Limits:
    """How a segment is searched; measured on a million vectors of 384 numbers by one thread.

    Scoring a vector exactly takes 45 ns, and passing over one that a filter leaves out 2 ns, so 100,000
    of a million take 7 ms. A list of a thousand takes 27 µs, so the lists read for a query take 5 ms.
    """

    exact: int = 100_000
    """Up to so many vectors are scored exactly; a segment of more has an IVF index."""
    probes: int = 160
    """Lists of the IVF index that are read for a query; of the thousand of a million vectors, these have
    0.99 and more of the ten nearest, whether a filter leaves all, three in four or one in eight."""


class Segment:
    """Vectors of passages in the order of their numbers, with what a filter needs to know of each."""

    def __init__(
        self,
        flat: faiss.IndexFlatCodes,
        numbers: Rows,
        roles: NDArray[np.uint8],
        ivf: faiss.IndexIVF | None,
    ) -> None:
        self.numbers = numbers
        self.roles = roles
        self._flat = flat
        self._ivf = ivf

    @classmethod
    def open(cls, folder: Path) -> Segment:
        """Map the files of a segment into memory; raises `EngineDamaged`."""
        try:
            flat: Any = faiss.read_index(str(folder / VECTORS), faiss.IO_FLAG_MMAP_IFC)
            with np.load(folder / PASSAGES, allow_pickle=False) as arrays:
                numbers, roles = arrays["numbers"], arrays["roles"]
            path = folder / IVF
            ivf = _mapped_ivf(path) if path.exists() else None
        except Exception as error:  # faiss raises RuntimeError, numpy several kinds, on damaged files
            raise EngineDamaged(
                f"The vectors in {folder} cannot be read.", "Run pilcrow engine rebuild."
            ) from error
        if not flat.ntotal == len(numbers) == len(roles) == (ivf.ntotal if ivf else len(roles)):
            raise EngineDamaged(
                f"The vectors in {folder} do not match their passages.",
                "Run pilcrow engine rebuild.",
            )
        return cls(flat, numbers, roles, ivf)

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def codes(self) -> NDArray[np.uint8]:
        """The vectors as bytes in half precision, one a row, where they are mapped."""
        bytes_of: NDArray[np.uint8] = faiss.rev_swig_ptr(self._flat.codes.data(), self._flat.codes.size())
        return bytes_of.reshape(len(self), self._flat.code_size)

    def mask(self, where: PassageFilter, removed: Collection[int]) -> Mask | None:
        """Which rows meet a filter and are not of removed documents; None for all."""
        if where.documents is None and where.roles is None and not removed:
            return None
        if where.documents is None:
            mask = np.ones(len(self), dtype=np.bool_)
            for start, end in self._stretches(removed):
                mask[start:end] = False
        else:
            mask = np.zeros(len(self), dtype=np.bool_)
            for start, end in self._stretches(where.documents.difference(removed)):
                mask[start:end] = True
        if where.roles is not None:
            mask &= (self.roles & role_bits(where.roles)) != 0
        return mask

    def nearest(self, vector: Vectors, mask: Mask | None, limit: int, limits: Limits) -> Rows:
        """The rows of the nearest vectors among those of a mask."""
        among = len(self) if mask is None else int(np.count_nonzero(mask))
        limit = min(limit, among)
        if not limit:
            return np.empty(0, np.int64)
        if self._ivf is not None and among > limits.exact:
            found = self._nearest_by_ivf(vector, mask, limit, limits)
            if len(found) == limit:
                return found
        with _one_thread(), _selecting(mask) as selector:
            # every FAISS takes a selector here, where the stubs know of none; so it does below
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
            return _found(self._flat.search(vector.reshape(1, -1), limit, params=parameters))

    def cosines(self, vector: Vectors, rows: Rows) -> Vectors:
        """The cosine of each of these rows to a vector, the same whatever the others are."""
        held = self.codes[rows].view(np.float16).astype(np.float32)
        scores: Vectors = (held * vector.reshape(-1)).sum(axis=1)
        return scores

    def rows_of(self, numbers: Rows, removed: Collection[int]) -> tuple[Mask, Rows]:
        """Which of some passages are held here and not of removed documents, and their rows."""
        rows = np.minimum(np.searchsorted(self.numbers, numbers), len(self) - 1)
        held = self.numbers[rows] == numbers
        if removed:
            held &= ~np.isin(documents_of(numbers), list(removed))
        return held, rows[held]

    def count_of(self, documents: Collection[int]) -> int:
        """How many passages of these documents it has."""
        return sum(end - start for start, end in self._stretches(documents))

    def holding(self, documents: Collection[int]) -> set[int]:
        """Those of these documents that it has passages of."""
        return {document for document in documents if self.count_of([document])}

    def _stretches(self, documents: Collection[int]) -> list[tuple[int, int]]:
        """Where the passages of documents begin and end; each document's stand together."""
        first = np.array(sorted(documents), dtype=np.int64) << _DOCUMENT_SHIFT
        starts = np.searchsorted(self.numbers, first)
        ends = np.searchsorted(self.numbers, first + (1 << _DOCUMENT_SHIFT))
        return [(s, e) for s, e in zip(starts.tolist(), ends.tolist(), strict=True) if s < e]

    def _nearest_by_ivf(self, vector: Vectors, mask: Mask | None, limit: int, limits: Limits) -> Rows:
        """The nearest as far as some lists have them; candidates by their 8-bit codes, scored exactly."""
        assert self._ivf is not None
        with _one_thread(), _selecting(mask) as selector:
            parameters = faiss.SearchParametersIVF(  # type: ignore[call-arg]
                nprobe=min(limits.probes, self._ivf.nlist), sel=selector
            )
            candidates = _found(
                self._ivf.search(vector.reshape(1, -1), 2 * limit + _SPARE, params=parameters)
            )
        order = np.argsort(-self.cosines(vector, candidates), kind="stable")
        return candidates[order[:limit]]


_SPARE = 16  # candidates beyond twice the limit: 8-bit codes put close ones in another order


def flat_index(dimension: int) -> faiss.IndexScalarQuantizer:
    """An empty flat index in half precision."""
    return faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)


def documents_of(numbers: Rows) -> Rows:
    """The documents that passages are of."""
    return numbers >> _DOCUMENT_SHIFT


def _mapped_ivf(path: Path) -> Any:
    index: Any = faiss.read_index(str(path), faiss.IO_FLAG_MMAP)
    # a query would start 32 threads that read its lists ahead, which doubles the time where they are cached
    lists: Any = faiss.downcast_InvertedLists(index.invlists)
    lists.prefetch_nthread = 0
    return index


def _found(result: tuple[Vectors, Rows]) -> Rows:
    rows: Rows = result[1][0]
    return rows[rows >= 0]


@contextmanager
def _selecting(mask: Mask | None) -> Iterator[faiss.IDSelector | None]:
    """A selector of the rows of a mask, good while the block runs."""
    if mask is None:
        yield None
        return
    bits = np.packbits(mask, bitorder="little")  # kept here, since the selector only points to it
    yield faiss.IDSelectorBitmap(len(mask), faiss.swig_ptr(bits))


@contextmanager
def _one_thread() -> Iterator[None]:
    """Search in the calling thread alone: one query is not shared out, and waiting threads cost time."""
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(threads)
