"""The Milvus engine: rows in a collection, of which a generation sees those that were there for it.

A change only adds rows, each with the generation it is written for; what it removes is listed. Whoever
has an earlier generation open sees neither. So the catalog's commit publishes rows that are all there
already, and what nobody can have open any more is deleted by a later change. What is built from nothing
gets a collection of its own, since another model's vectors have another length.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from functools import partial
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from corpus.errors import EngineDamaged, EngineRefused, EngineUnreachable, HomeUnusable
from index.embedding import EncoderIdentity, Vectors
from index.engine import SCHEMA_VERSION, Additions, EngineRecord, Remark
from index.milvus.expressions import all_of, among, visible, written_since
from index.milvus.lengths import enough, mean_length
from index.milvus.long_passages import LongPassages
from index.milvus.owner import Owner
from index.milvus.records import Generation, Records
from index.milvus.records_file import RecordsFile
from index.milvus.remarks import remarks
from index.milvus.rows import FIELDS, Growth, Series, Worded, plain, reweighed, rows_of, words_in
from index.milvus.search import VERIFIED_FOR, MilvusSearcher, Watch
from index.milvus.server import Milvus
from index.milvus.word_counts import WordCounts

KIND = "milvus"

GRACE = 600.0
"""For so many seconds after the next is published, whoever has a generation open can go on with it."""

_SETTLED = 1_000  # passages from which on a build has them put into files, since servers limit how often


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
        """Write a generation's rows; those of the base stay, or are copied where the mean length has moved.

        Raises `EngineDamaged` where the base is not what it should be, and `EngineUnreachable` or
        `EngineRefused` where the server does not take all of them.
        """
        before = self._reached(base) if base is not None else None
        gone = self._removed(before, remove) if before and remove else Growth()
        parts = iter(add)
        measured = list(enough(parts))
        mean = mean_length(before, gone, chain.from_iterable(passages for passages, _ in measured))
        kept = before if before and before.mean_length == mean else None
        collection = self._begin(generation, kept, encoder.dimension)
        growth = gone if kept else Growth()
        series = Series(collection, generation, mean)
        if before and not kept:
            self._copy(before, remove, series, growth)
            if growth.passages != (whole := before.record.passages + gone.passages):
                raise EngineDamaged(*self._told(growth.passages, whole))
        for passages, vectors in chain(measured, parts):
            self._write([Worded.of(one) for one in passages], vectors, series, growth)
        if growth.written >= _SETTLED:
            self.server.settle(collection)
        new = _following(kept, series, encoder, growth, remove)
        self._owner.require(collection)
        if lacking := self._lacking(new):
            if before:
                self._require_all(before)  # which were taken to be there, since to count takes long enough
            raise EngineRefused(*lacking)
        self.records.finish(new, growth, remove if kept else (), self._clock())
        self._built = generation, self._clock()
        return new.record

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
        return None if held == wanted else self._told(held, wanted)

    def _told(self, held: int, wanted: int) -> tuple[str, str]:
        return (
            f"Milvus at {self.server.shown} has {held:,} of {wanted:,} passages.",
            "Run pilcrow engine rebuild.",
        )

    def _begin(self, number: int, before: Generation | None, dimension: int) -> str:
        """The collection for a generation, without anything that an interrupted writer left in it."""
        if before:
            self._owner.require(before.collection)  # once more, just before the mark is another
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

    def _write(self, worded: Sequence[Worded], vectors: Vectors, series: Series, growth: Growth) -> None:
        dimensions = self._words.numbered({plain(stem) for one in worded for stem in one.stems})
        rows = rows_of(worded, vectors, series, dimensions)
        self.server.upsert(series.collection, self._long.shortened(series.collection, rows))
        for one in worded:
            printed = {plain(word) for stretch in one.stretches for word in stretch}
            growth.count({plain(stem) for stem in one.stems}, printed, len(one.stems))

    def _copy(
        self,
        before: Generation,
        remove: Collection[int],
        series: Series,
        growth: Growth,
    ) -> None:
        """Write the rows of a generation, less some documents, into another collection for another mean."""
        where = [_visible(before), *([f"not ({among('document', remove)})"] if remove else [])]
        for page in self.server.rows(before.collection, all_of(where), FIELDS):
            restored = self._long.restored(before.collection, page)
            rows = [reweighed(row, before.mean_length, series) for row in restored]
            self.server.upsert(series.collection, self._long.shortened(series.collection, rows))
            for row in rows:
                growth.count(words_in(row["stems"]), words_in(row["words"]), row["length"])

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


def _following(
    kept: Generation | None,
    series: Series,
    encoder: EncoderIdentity,
    growth: Growth,
    remove: Collection[int],
) -> Generation:
    """The generation that a change makes of the one whose rows it keeps."""
    passages = (kept.record.passages if kept else 0) + growth.passages
    removed = dict(kept.removed) if kept else {}
    if kept and remove:
        removed[series.generation] = sorted(remove)
    return Generation(
        series.generation,
        series.collection,
        EngineRecord(KIND, SCHEMA_VERSION, encoder, passages),
        (kept.length if kept else 0) + growth.length,
        series.mean_length,
        kept.measured if kept else passages,
        removed,
    )
