"""The passages of all documents with their vectors, a batch at a time, for an index that is built anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Collection as AbstractCollection

from corpus.catalog import Snapshot
from index.embedding import Progress, Vectors
from index.passages import Passage, passages_in

_BATCH = 4096  # passages in memory at once: some 20 MB with their vectors

VectorsOf = Callable[[Sequence[Passage], Progress], Vectors]
"""Gives passages their vectors, telling how many of those it had to encode are done."""


def all_passages(
    snapshot: Snapshot,
    languages: AbstractCollection[str],
    vectors_of: VectorsOf,
    progress: Progress | None = None,
) -> Iterator[tuple[list[Passage], Vectors]]:
    """The passages of the current documents in these languages, in the order of their numbers.

    Progress counts passages; how many there are is reckoned from the paragraphs until all are read.
    """
    headers = [header for header in snapshot.headers() if header.language in languages]
    paragraphs = sum(header.paragraphs for header in headers)
    batch: list[Passage] = []
    done = read = 0
    for header in sorted(headers, key=lambda header: header.id):
        batch += passages_in(header.id, header, snapshot.paragraphs(header.id))
        read += header.paragraphs
        if len(batch) >= _BATCH or read == paragraphs:
            total = round((done + len(batch)) * paragraphs / read) if read else 0
            yield batch, vectors_of(batch, _counting(done + len(batch), total, progress))
            done += len(batch)
            batch = []


def _counting(upto: int, total: int, progress: Progress | None) -> Progress:
    """Reports of a batch, as reports of the whole that goes up to some passage with it."""

    def report(encoded: int, missing: int) -> None:
        if progress:
            progress(upto - missing + encoded, total)

    return report
