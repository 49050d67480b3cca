"""The dense half of the embedded engine: exact inner products in a flat FAISS index."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.errors import EngineDamaged
from corpus.model import Role
from index.embedding import Vectors
from index.engine import PassageFilter
from index.passages import Passage, PassageKey

_VECTORS = "dense.faiss"
_PASSAGES = "passages.npz"

_ROLE_BITS = {role: 1 << position for position, role in enumerate(Role)}
_DOCUMENT_SHIFT = int(PassageKey(1, 0, 0)).bit_length() - 1


class DenseIndex:
    """Unit vectors of passages by passage number, with what a filter needs to know of each."""

    def __init__(self, flat: faiss.Index, numbers: NDArray[np.int64], roles: NDArray[np.uint8]) -> None:
        self._flat = flat
        self._numbers = numbers
        self._roles = roles
        self._order = np.argsort(numbers)

    @classmethod
    def empty(cls, dimension: int) -> DenseIndex:
        """An index of nothing."""
        return cls(faiss.IndexFlatIP(dimension), np.empty(0, np.int64), np.empty(0, np.uint8))

    @classmethod
    def load(cls, folder: Path) -> DenseIndex:
        """Read an index back; raises `EngineDamaged`."""
        try:
            flat = faiss.read_index(str(folder / _VECTORS))
            with np.load(folder / _PASSAGES, allow_pickle=False) as arrays:
                numbers, roles = arrays["numbers"], arrays["roles"]
        except Exception as error:  # faiss raises RuntimeError, numpy several kinds, on damaged files
            raise EngineDamaged(
                f"The vectors in {folder} cannot be read.", "Run pilcrow engine rebuild."
            ) from error
        if not flat.ntotal == len(numbers) == len(roles):
            raise EngineDamaged(
                f"The vectors in {folder} do not match their passages.",
                "Run pilcrow engine rebuild.",
            )
        return cls(flat, numbers, roles)

    def save(self, folder: Path) -> None:
        """Write it into a folder; raises `OSError` where the disk is full."""
        try:
            faiss.write_index(self._flat, str(folder / _VECTORS))
        except RuntimeError as error:  # faiss has no other; the reason ends its message, in brackets
            reason = re.search(r"\(([^()]*)\)\s*$", str(error))
            raise OSError(reason[1] if reason else "the vectors are not written") from error
        np.savez(folder / _PASSAGES, numbers=self._numbers, roles=self._roles)

    def __len__(self) -> int:
        return len(self._numbers)

    def changed(self, remove: Collection[int], add: Sequence[Passage], vectors: Vectors) -> DenseIndex:
        """A new index without the passages of some documents and with others."""
        keep = ~np.isin(self._numbers >> _DOCUMENT_SHIFT, list(remove))
        numbers = np.array([int(passage.key) for passage in add], dtype=np.int64)
        roles = np.array([_role_bits(passage.roles) for passage in add], dtype=np.uint8)
        flat = faiss.IndexFlatIP(self._flat.d)
        held = self._flat.reconstruct_n(0, self._flat.ntotal) if self._flat.ntotal else None
        if held is not None and keep.any():
            flat.add(held[keep])
        if len(add):
            flat.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return DenseIndex(
            flat,
            np.concatenate([self._numbers[keep], numbers]),
            np.concatenate([self._roles[keep], roles]),
        )

    def search(
        self, vector: Vectors, where: PassageFilter, limit: int, among: Sequence[int] | None = None
    ) -> list[int]:
        """The numbers of the nearest passages that meet the filter, nearest first.

        With `among` they are some of these passages, which must be held.
        """
        params = None
        if where.documents is not None or where.roles is not None or among is not None:
            mask = self._mask(where)
            if among is not None:
                mask &= self._mask_of(among)
            positions = np.flatnonzero(mask)
            if not len(positions):
                return []
            limit = min(limit, len(positions))
            # every FAISS keeps a selector alive that is given here, where the stubs know of none
            params = faiss.SearchParameters(sel=faiss.IDSelectorBatch(positions))  # type: ignore[call-arg]
        limit = min(limit, len(self))
        if not limit:
            return []
        _, found = self._flat.search(vector.reshape(1, -1), limit, params=params)
        return [int(self._numbers[position]) for position in found[0] if position >= 0]

    def scores(self, vector: Vectors, numbers: Sequence[int]) -> list[float]:
        """The cosine of each of these passages to a vector; they must be held."""
        if not numbers:
            return []
        rows = np.stack([self._flat.reconstruct(int(position)) for position in self._positions(numbers)])
        return [float(score) for score in rows @ vector.reshape(-1)]

    def _positions(self, numbers: Sequence[int]) -> NDArray[np.int64]:
        wanted = np.array(numbers, dtype=np.int64)
        return self._order[np.searchsorted(self._numbers, wanted, sorter=self._order)]

    def _mask_of(self, numbers: Sequence[int]) -> NDArray[np.bool_]:
        mask = np.zeros(len(self), dtype=np.bool_)
        mask[self._positions(numbers)] = True
        return mask

    def _mask(self, where: PassageFilter) -> NDArray[np.bool_]:
        mask = np.ones(len(self), dtype=np.bool_)
        if where.documents is not None:
            mask &= np.isin(self._numbers >> _DOCUMENT_SHIFT, list(where.documents))
        if where.roles is not None:
            mask &= (self._roles & _role_bits(where.roles)) != 0
        return mask


def _role_bits(roles: Collection[Role]) -> int:
    return sum(_ROLE_BITS[role] for role in set(roles))
