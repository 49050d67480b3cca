"""The Milvus engine: rows in a collection, of which a generation sees those that were there for it.

A change only adds rows, each with the generation it is written for; what it removes is listed. Whoever
has an earlier generation open sees neither. So the catalog's commit publishes rows that are all there
already, and what nobody can have open any more is deleted by a later change. What is built from nothing
gets a collection of its own, since another model's vectors have another length.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from corpus.errors import EngineDamaged, EngineRefused, EngineUnreachable, HomeUnusable
from index.embedding import EncoderIdentity, Vectors
from index.engine import SCHEMA_VERSION, Additions, EngineRecord, Remark
from index.milvus import Milvus
from index.milvus_expressions import all_of, among, visible, written_since
from index.milvus_file import RecordsFile
from index.milvus_long import LongPassages
from index.milvus_owner import Owner
from index.milvus_records import Generation, Records
from index.milvus_remarks import remarks
from index.milvus_rows import Growth, Worded, plain, rows_of, words_in
from index.milvus_search import VERIFIED_FOR, MilvusSearcher, Watch
from index.milvus_words import WordCounts

KIND = "milvus"

GRACE = 600.0
"""For so many seconds after the next is published, whoever has a generation open can go on with it."""

_MEASURED = 4_096  # passages by which it is reckoned how many words one has
_SETTLED = 1_000  # passages from which on a build has them put into files, since servers limit how often
_ANY_LENGTH = 64.0  # words of a passage of mean length, where there is none to measure


class MilvusEngine:
    """Generations in collections of a Milvus server, with their records in a folder."""

    kind = KIND

    def __init__(
        self, folder: Path, server: Milvus, *, clock: Callable[[], float] = time.time, grace: float = GRACE
    ) -> None:
        self.server = server
        self._file = RecordsFile(folder)
        self.records = Records(self._file)
        self._words = WordCounts(self._file)
        self._long = LongPassages(self._file)
        self._owner = Owner(folder, server, self.records)
        self._clock = clock
        self._grace = grace
        self._built: tuple[int, float] | None = None

    def build(
        self,
        generation: int,
        *,
        base: int | None,
        add: Additions,
        remove: Collection[int],
        encoder: EncoderIdentity,
    ) -> EngineRecord:
        """Write a generation's rows; those of the base stay as they are.

        Raises `EngineDamaged` where the base is not what it should be, and `EngineUnreachable` or
        `EngineRefused` where the server does not take all of them.
        """
        before = self._reached(base) if base is not None else None
        collection = self._begin(generation, before, encoder.dimension)
        growth = self._removed(before, remove) if before and remove else Growth()
        mean = before.mean_length if before else 0.0
        batches = (([Worded.of(passage) for passage in passages], vectors) for passages, vectors in add)
        measured = [] if mean else list(_enough(batches))
        mean = mean or _mean_length(chain.from_iterable(worded for worded, _ in measured))
        for worded, vectors in chain(measured, batches):
            self._write(collection, worded, vectors, generation, mean)
            _count(growth, worded)
        if growth.written >= _SETTLED:
            self.server.settle(collection)
        held = (before.record.passages if before else 0) + growth.passages
        record = EngineRecord(KIND, SCHEMA_VERSION, encoder, held)
        removed = dict(before.removed) if before else {}
        if remove:
            removed[generation] = sorted(remove)
        new = Generation(
            generation,
            collection,
            record,
            (before.length if before else 0) + growth.length,
            mean,
            removed,
        )
        self._owner.require(collection)
        if lacking := self._lacking(new):
            if before:
                self._require_all(
                    before
                )  # its rows were taken to be there: to count them once takes long enough
            raise EngineRefused(*lacking)
        self.records.finish(new, growth, remove if before else (), self._clock())
        self._built = generation, self._clock()
        return record

    def open(self, generation: int) -> MilvusSearcher:
        """Open a generation; raises `EngineDamaged` unless the server has all rows of it."""
        found = self._reached(generation)
        if found.record.schema == SCHEMA_VERSION and not self._was_just_counted(generation):
            self._require_all(found)
        watch = Watch(partial(self._verify, found), self._clock)
        return MilvusSearcher(found, self.server, self._words, self._long, watch)

    def sweep(self, keep: int) -> None:
        """Forget every generation but one, and delete what nobody can have open any more.

        What server or disk do not do now is left to the next sweep: what was published stays published.
        """
        if not self._file.path.exists():
            return
        with suppress(EngineDamaged, HomeUnusable, OSError):  # which is said to whoever opens or builds
            unfinished = self.records.beyond(keep)
            now = self._clock()
            kept = self.records.keep(keep, now)
            with suppress(EngineUnreachable, EngineRefused):
                self._delete(kept, keep, now - self._grace, unfinished=unfinished)

    def check(self, generation: int) -> None:
        """Look whether the server answers and has the collection, and nobody else has written into it."""
        self._owner.require(self.records.generation(generation).collection, glance=True)

    def whereabouts(self) -> str:
        """The server's address and version; of Milvus Lite the path, where nothing is there yet."""
        if self.server.is_local and not self.server.path.exists():
            return f"Milvus Lite, which makes {self.server.path} when it is first needed"
        told = self.server.version().replace("milvus_lite-", "Lite ")
        return f"Milvus {told} at {self.server.shown}, by pymilvus {version('pymilvus')}"

    def remarks(self, generation: int) -> list[Remark]:
        """What is yet to be deleted, and what others have on the server."""
        return list(remarks(self.server, self.records, self.records.generation(generation)))

    def clear(self) -> None:
        """Drop every collection of this data folder into which no other has written."""
        if self._file.path.exists():
            for name in self.records.names():
                self._drop(name)
            self._file.path.unlink()

    def close(self) -> None:
        """End the connection."""
        self.server.close()

    def _delete(self, kept: str | None, keep: int, before: float, *, unfinished: bool) -> None:
        for name in self.records.condemned(before):
            self._drop(name)
            self.records.forget(name)
        if kept is None:
            return
        if unfinished:
            self.server.delete(kept, written_since(keep + 1))
        removed = self.records.removed(kept, before)
        for at, documents in removed.items():
            self.server.delete(kept, all_of([among("document", documents), f"born < {at}"]))
        if removed:
            self.records.forget(kept, removed)
        self._words.sum_up(kept, before)

    def _drop(self, name: str) -> None:
        if self._owner.may_drop(name):
            self.server.drop(name)

    def _reached(self, number: int) -> Generation:
        """A generation that can be opened, in a collection that is there and this data folder's."""
        generation = self.records.generation(number)
        if generation.record.schema == SCHEMA_VERSION:  # of another version, nothing is known of its rows
            self.server.load(generation.collection)
            self._owner.require(generation.collection)
        return generation

    def _was_just_counted(self, number: int) -> bool:
        """Whether a generation was counted as it was built, which serves for its first opening."""
        built, self._built = self._built, None
        return built is not None and built[0] == number and abs(self._clock() - built[1]) < VERIFIED_FOR

    def _verify(self, generation: Generation) -> None:
        """Raise `EngineDamaged` unless all rows are there that this data folder wrote, and only these."""
        self._owner.require(generation.collection)
        self._require_all(generation)

    def _require_all(self, generation: Generation) -> None:
        if lacking := self._lacking(generation):
            raise EngineDamaged(*lacking)

    def _lacking(self, generation: Generation) -> tuple[str, str] | None:
        """What to say of a generation that has not as many rows as it should have."""
        held, wanted = (
            self.server.count(generation.collection, _visible(generation)),
            generation.record.passages,
        )
        if held == wanted:
            return None
        return (
            f"Milvus at {self.server.shown} has {held:,} of {wanted:,} passages.",
            "Run pilcrow engine rebuild.",
        )

    def _begin(self, number: int, before: Generation | None, dimension: int) -> str:
        """The collection for a generation, without anything that an interrupted writer left in it."""
        if before:
            name = self.records.begin(number, before)
            self._owner.take(name, dimension)
            self.server.delete(name, written_since(number))
            return name
        try:
            name = self.records.begin(number, None)
        except EngineDamaged:
            self._file.set_aside()
            name = self.records.begin(number, None)
        self.server.create(name, dimension)
        self._owner.take(name, dimension)
        return name

    def _write(
        self, collection: str, worded: Sequence[Worded], vectors: Vectors, generation: int, mean: float
    ) -> None:
        dimensions = self._words.numbered({plain(stem) for one in worded for stem in one.stems})
        rows = rows_of(worded, vectors, generation, mean, dimensions)
        self.server.upsert(collection, self._long.shortened(collection, rows))

    def _removed(self, before: Generation, remove: Collection[int]) -> Growth:
        """What goes with the passages of some documents."""
        growth = Growth()
        where = all_of([_visible(before), among("document", remove)])
        for page in self.server.rows(before.collection, where, ["row", "stems", "words", "length"]):
            for row in self._long.restored(before.collection, page):
                growth.count(words_in(row["stems"]), words_in(row["words"]), row["length"], sign=-1)
        return growth


def _visible(generation: Generation) -> str:
    return visible(generation.number, generation.removed)


def _enough(batches: Iterable[tuple[list[Worded], Vectors]]) -> Iterator[tuple[list[Worded], Vectors]]:
    """As many batches as it takes to measure how long passages are."""
    measured = 0
    for worded, vectors in batches:
        yield worded, vectors
        measured += len(worded)
        if measured >= _MEASURED:
            return


def _mean_length(worded: Iterable[Worded]) -> float:
    """How many indexed words passages have on average."""
    lengths = [len(one.stems) for one in worded]
    return sum(lengths) / len(lengths) if any(lengths) else _ANY_LENGTH


def _count(growth: Growth, worded: Sequence[Worded]) -> None:
    for one in worded:
        printed = {plain(word) for stretch in one.stretches for word in stretch}
        growth.count({plain(stem) for stem in one.stems}, printed, len(one.stems))
