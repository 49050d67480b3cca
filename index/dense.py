"""The dense half of the embedded engine: segments of vectors, and the documents removed from each.

A change writes one new segment and takes over the others as they are. Segments of like size are
absorbed into the new one, so there are only a few, each vector is copied a few times as the collection
grows, and a change costs in proportion to what it adds. Removed documents stay in their segments
until they are too large a part of one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.errors import EngineDamaged
from index.embedding import Vectors
from index.engine import PassageFilter
from index.folders import link_all
from index.passages import Passage
from index.segment import Limits, Mask, Rows, Segment
from index.segment_writer import SegmentWriter

FOLDER = "dense"
_SEGMENTS = "segments.json"

ABSORBED = 4
"""A segment is absorbed that has at most so many times the passages of the new one.

So a large segment is written again when what came after it is a fourth of it, and there are at most
a dozen segments of a million passages.
"""

DEAD_SHARE = 0.25
"""A segment of which more is removed is absorbed, whatever its size: searching it costs too much."""


@dataclass(frozen=True)
class Part:
    """A segment by its name, and the documents that are removed from it."""

    name: str
    segment: Segment
    removed: frozenset[int] = frozenset()

    def mask(self, where: PassageFilter, among: Rows | None = None) -> Mask | None:
        """Which rows meet a filter, of some passages where these are named; None for all."""
        mask = self.segment.mask(where, self.removed)
        if among is None:
            return mask
        named = np.zeros(len(self.segment), dtype=np.bool_)
        named[self.segment.rows_of(among, self.removed)[1]] = True
        return named if mask is None else mask & named

    @property
    def dead(self) -> int:
        """How many of its passages are removed."""
        return self.segment.count_of(self.removed)

    @property
    def live(self) -> int:
        """How many are not."""
        return len(self.segment) - self.dead

    def without(self, documents: Collection[int]) -> Part:
        """The same segment less some documents."""
        return Part(self.name, self.segment, self.removed | self.segment.holding(documents))


class DenseIndex:
    """Unit vectors of passages by passage number."""

    def __init__(self, parts: Sequence[Part], limits: Limits) -> None:
        self._parts = tuple(parts)
        self._limits = limits
        self._live = sum(part.live for part in parts)

    @classmethod
    def open(
        cls, folder: Path, limits: Limits, open_segment: Callable[[Path], Segment] = Segment.open
    ) -> DenseIndex:
        """Read an index; `open_segment` may know some segments already. Raises `EngineDamaged`."""
        try:
            listed = json.loads((folder / _SEGMENTS).read_text(encoding="utf-8"))
            names = [(str(entry["name"]), frozenset(map(int, entry["removed"]))) for entry in listed]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EngineDamaged(
                f"The vectors in {folder} cannot be read.", "Run pilcrow engine rebuild."
            ) from error
        return cls([Part(name, open_segment(folder / name), removed) for name, removed in names], limits)

    def __len__(self) -> int:
        return self._live

    def change(self, folder: Path, base: Path | None, name: str, dimension: int) -> DenseChange:
        """Begin the index that follows from this one, which is in the folder `base`."""
        return DenseChange(self._parts, self._limits, folder, base, name, dimension)

    def search(
        self, vector: Vectors, where: PassageFilter, limit: int, among: Sequence[int] | None = None
    ) -> list[int]:
        """The numbers of the nearest passages that meet the filter, nearest first.

        With `among` they are some of these passages.
        """
        wanted = None if among is None else np.array(among, dtype=np.int64)
        numbers, scores = [np.empty(0, np.int64)], [np.empty(0, np.float32)]
        for part in self._parts:
            rows = part.segment.nearest(vector, part.mask(where, wanted), limit, self._limits)
            numbers.append(part.segment.numbers[rows])
            scores.append(part.segment.cosines(vector, rows))
        best = np.argsort(-np.concatenate(scores), kind="stable")[:limit]
        return [int(number) for number in np.concatenate(numbers)[best]]

    def scores(self, vector: Vectors, numbers: Sequence[int]) -> list[float]:
        """The cosine of each of these passages to a vector; they must be held."""
        wanted = np.array(numbers, dtype=np.int64)
        scores = np.empty(len(wanted), dtype=np.float32)
        for part in self._parts:
            held, rows = part.segment.rows_of(wanted, part.removed)
            scores[held] = part.segment.cosines(vector, rows)
        return [float(score) for score in scores]


class DenseChange:
    """An index that is being written into a folder of its own."""

    def __init__(
        self,
        parts: Sequence[Part],
        limits: Limits,
        folder: Path,
        base: Path | None,
        name: str,
        dimension: int,
    ) -> None:
        folder.mkdir()
        self._parts = parts
        self._limits = limits
        self._folder = folder
        self._base = base
        self._name = name
        self._dimension = dimension
        self._writer: SegmentWriter | None = None

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Put passages in; raises `OSError` where the disk is full."""
        if len(passages):
            self._new_segment().add(passages, vectors)

    def close(self) -> None:
        """Leave what is written as it is, where the rest will not be."""
        if self._writer is not None:
            self._writer.close()

    def finish(self, remove: Collection[int]) -> int:
        """Take documents out of what was there before, write the rest, and return how many passages remain.

        Raises `OSError` where the disk is full.
        """
        parts = [part.without(remove) for part in self._parts]
        absorbed = _absorbed(parts, 0 if self._writer is None else len(self._writer))
        kept = [part for part in parts if part not in absorbed]
        live = [part for part in absorbed if part.live]
        listed = [{"name": part.name, "removed": sorted(part.removed)} for part in kept]
        count = sum(part.live for part in kept)
        if live or self._writer is not None:
            writer = self._new_segment()
            count += len(writer) + sum(part.live for part in live)
            writer.finish([(part.segment, part.mask(PassageFilter())) for part in live], self._limits)
            listed.append({"name": self._name, "removed": []})
        for part in kept:
            assert self._base is not None
            (self._folder / part.name).mkdir()
            link_all(self._base / part.name, self._folder / part.name)
        (self._folder / _SEGMENTS).write_text(json.dumps(listed, indent=1), encoding="utf-8")
        return count

    def _new_segment(self) -> SegmentWriter:
        if self._writer is None:
            self._writer = SegmentWriter(self._folder / self._name, self._dimension)
        return self._writer


def _absorbed(parts: Sequence[Part], new: int) -> list[Part]:
    """The parts that go into the new segment: those with too much removed, and those of like size."""
    absorbed = [part for part in parts if part.dead > DEAD_SHARE * len(part.segment)]
    size = new + sum(part.live for part in absorbed)
    for part in sorted(parts, key=lambda part: part.live):
        if part in absorbed:
            continue
        if part.live > ABSORBED * size:
            break
        absorbed.append(part)
        size += part.live
    return absorbed
