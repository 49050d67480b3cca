"""The embedded engine: FAISS and tantivy, a folder a generation.

A folder is written under another name and renamed when it is whole, with a manifest of its files.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from weakref import WeakValueDictionary

import faiss
import tantivy

from corpus.errors import EngineDamaged
from index import dense, lexical
from index.condition_query import condition_query
from index.conditions import Phrase, TermCondition
from index.dense import DenseIndex
from index.embedding import EncoderIdentity, Vectors
from index.engine import (
    SCHEMA_VERSION,
    Additions,
    Candidates,
    EngineRecord,
    PassageFilter,
    Query,
    Remark,
    Scored,
)
from index.folders import Identity, Manifests, identity, sync_folder
from index.lexical import LexicalIndex, weighted_words
from index.passages import Passage
from index.segment import VECTORS, Limits, Segment

KIND = "embedded"
# Passages that meet a condition are all scored up to this number; of more, the nearest ones are checked.
_ALL_SCORED = 20_000
# The nearest passages that are checked against a condition, by what it would take were they chosen at random.
_CHECKED_SHARE = 4


@dataclass(frozen=True)
class EmbeddedSearcher:
    """One generation, mapped into memory."""

    record: EngineRecord
    dense: DenseIndex
    lexical: LexicalIndex

    def search(self, query: Query, where: PassageFilter, limit: int) -> Candidates:
        """The union of the best by either score, each with both."""
        condition = condition_query(query.condition, self.lexical) if query.condition else None
        if condition is None:
            near = self.dense.search(query.vector, where, limit)
        else:
            near = self._nearest_meeting(condition, query.vector, where, limit)
        worded = self.lexical.search(weighted_words(query), where, limit, condition)
        scored = self.rescore(query, list(dict.fromkeys([*near, *worded])))
        return Candidates(scored, self.lexical.ceiling(query.text))

    def _nearest_meeting(
        self, condition: tantivy.Query, vector: Vectors, where: PassageFilter, limit: int
    ) -> list[int]:
        """The nearest passages that meet a condition.

        One that many meet is checked on the nearest passages, since to list all takes longer; where
        too few of these meet it, all are listed after all.
        """
        meeting = self.lexical.count(condition, where)
        if meeting > _ALL_SCORED:
            checked = min(len(self), _CHECKED_SHARE * limit * len(self) // meeting)
            near = self.lexical.those_meeting(condition, self.dense.search(vector, where, checked))
            if len(near) >= limit:
                return near[:limit]
        among = self.lexical.meeting(condition, where, meeting)
        return self.dense.search(vector, where, limit, among)

    def rescore(self, query: Query, passages: Sequence[int]) -> list[Scored]:
        """Both scores of these passages."""
        cosines = self.dense.scores(query.vector, passages)
        bm25 = self.lexical.scores(weighted_words(query), passages)
        return [Scored(*entry) for entry in zip(passages, cosines, bm25, strict=True)]

    def all_having(
        self,
        words: Sequence[Collection[str]],
        where: PassageFilter,
        condition: TermCondition | None = None,
    ) -> list[int]:
        """The numbers of all passages that have one term at least of each word, ascending."""
        having = self.lexical.having(words, condition_query(condition, self.lexical) if condition else None)
        return sorted(self.lexical.meeting(having, where, self.lexical.count(having, where)))

    def passages_with(self, term: str) -> int:
        """How many passages have an indexed term."""
        return self.lexical.passages_with(term)

    def with_phrase(self, text: str, limit: int) -> list[int]:
        """Passages in which the words of a text stand in this order, `limit` at most."""
        return self.lexical.meeting(condition_query(Phrase(text), self.lexical), PassageFilter(), limit)

    def sharing_words(self, text: str, limit: int) -> list[int]:
        """The passages with the highest BM25 for the rarest words of a text, the best first."""
        return self.lexical.sharing_words(text, limit)

    def words_beginning(self, letters: str, limit: int) -> list[str]:
        """The most frequent words that begin so."""
        return self.lexical.words_beginning(letters, limit)

    def __len__(self) -> int:
        return len(self.dense)


class EmbeddedEngine:
    """Generations in folders under one folder."""

    kind = KIND

    def __init__(self, folder: Path, limits: Limits | None = None) -> None:
        self.folder = folder
        self._limits = limits or Limits()
        self._manifests = Manifests()
        self._open: WeakValueDictionary[Identity, Segment] = WeakValueDictionary()

    def build(
        self,
        generation: int,
        *,
        base: int | None,
        add: Additions,
        remove: Collection[int],
        encoder: EncoderIdentity,
    ) -> EngineRecord:
        """Write a generation's folder; unchanged files of the base are hard-linked.

        Raises `EngineDamaged` where the base is not what it should be, and `OSError` where the disk
        is full.
        """
        target = self._path(generation)
        building = target.with_name(f"{target.name}.building")
        for leftover in (target, building):
            shutil.rmtree(leftover, ignore_errors=True)
        building.mkdir(parents=True)
        before = self._path(base) if base is not None else None
        if before:
            self._manifests.checked(before)  # damage carried over would be recorded as what should be there
        held = self._dense(before) if before else DenseIndex((), self._limits)
        terms = LexicalIndex.create(building / lexical.FOLDER, before and before / lexical.FOLDER)
        with closing(
            held.change(
                building / dense.FOLDER,
                before and before / dense.FOLDER,
                f"{generation:08}",
                encoder.dimension,
            )
        ) as vectors:

            def added() -> Iterator[Passage]:
                for passages, theirs in add:
                    vectors.add(passages, theirs)
                    yield from passages

            terms.change(remove, added())
            count = vectors.finish(remove)
        if len(terms) != count:
            raise EngineDamaged(
                f"Generation {generation} has {count} vectors and {len(terms)} texts.",
                "Run pilcrow engine rebuild.",
            )
        record = EngineRecord(KIND, SCHEMA_VERSION, encoder, count)
        self._manifests.write(building, record.to_json())
        building.rename(target)
        sync_folder(self.folder)
        return record

    def open(self, generation: int) -> EmbeddedSearcher:
        """Map a generation into memory after checking its files; segments that are open are shared."""
        folder = self._path(generation)
        record = self._manifests.checked(folder)
        return EmbeddedSearcher(
            _record(record, folder), self._dense(folder), LexicalIndex(folder / lexical.FOLDER)
        )

    def sweep(self, keep: int) -> None:
        """Delete every folder but that of one generation, unfinished ones among them."""
        if not self.folder.is_dir():
            return
        for path in self.folder.iterdir():
            if path != self._path(keep):
                shutil.rmtree(path, ignore_errors=True)

    def check(self, generation: int) -> None:
        """Files that are lost are built anew by whoever searches next."""

    def whereabouts(self) -> str:
        """The folder, and the libraries that read its files."""
        return f"{self.folder}, by FAISS {faiss.__version__} and tantivy {version('tantivy')}"

    def remarks(self, generation: int) -> list[Remark]:
        """Its folder has nothing else in it."""
        return []

    def clear(self) -> None:
        """Delete every folder; who has one open goes on with it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def close(self) -> None:
        """Nothing is open to other programs."""

    def _dense(self, folder: Path) -> DenseIndex:
        return DenseIndex.open(folder / dense.FOLDER, self._limits, self._segment)

    def _segment(self, folder: Path) -> Segment:
        try:
            key = identity(folder / VECTORS)
        except OSError:
            return Segment.open(folder)  # which says what is wrong
        segment = self._open.get(key)
        if segment is None:
            segment = self._open[key] = Segment.open(folder)
        return segment

    def _path(self, generation: int) -> Path:
        return self.folder / f"gen-{generation:08}"


def _record(data: dict[str, object], folder: Path) -> EngineRecord:
    try:
        return EngineRecord.from_json(data)
    except (KeyError, TypeError) as error:
        raise EngineDamaged(f"The index in {folder} is damaged.", "Run pilcrow engine rebuild.") from error
