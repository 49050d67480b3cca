"""The embedded engine: FAISS and tantivy, a folder a generation.

A folder is written under another name and renamed when it is whole, with a manifest of its files.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import tantivy

from corpus.errors import EngineDamaged
from index import lexical
from index.condition_query import condition_query
from index.dense import DenseIndex
from index.embedding import EncoderIdentity, Vectors
from index.engine import SCHEMA_VERSION, Candidates, EngineRecord, PassageFilter, Query, Scored
from index.lexical import LexicalIndex, weighted_words
from index.passages import Passage

KIND = "embedded"
_MANIFEST = "manifest.json"
# Files up to this size are checked by content whenever a generation is opened, larger ones by size.
_CHECKED_BYTES = 64 * 1024 * 1024
# Passages that meet a condition are all scored up to this number; of more, the nearest ones are checked.
_ALL_SCORED = 20_000
# The nearest passages that are checked against a condition, by what it would take were they chosen at random.
_CHECKED_SHARE = 4


@dataclass(frozen=True)
class EmbeddedSearcher:
    """One generation in memory."""

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

    def passages_with(self, term: str) -> int:
        """How many passages have an indexed term."""
        return self.lexical.passages_with(term)

    def words_beginning(self, letters: str, limit: int) -> list[str]:
        """The most frequent words that begin so."""
        return self.lexical.words_beginning(letters, limit)

    def __len__(self) -> int:
        return len(self.dense)


class EmbeddedEngine:
    """Generations in folders under one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def build(
        self,
        generation: int,
        *,
        base: int | None,
        add: Sequence[Passage],
        vectors: Vectors,
        remove: Collection[int],
        encoder: EncoderIdentity,
    ) -> EngineRecord:
        """Write a generation's folder; unchanged files of the base are hard-linked.

        Raises `EngineDamaged` where the base is not what it should be.
        """
        target = self._path(generation)
        building = target.with_name(f"{target.name}.building")
        for leftover in (target, building):
            shutil.rmtree(leftover, ignore_errors=True)
        building.mkdir(parents=True)
        before = self._path(base) if base is not None else None
        if before:
            _checked(before)  # damage carried over would be recorded as what should be there
        held = DenseIndex.load(before) if before else DenseIndex.empty(encoder.dimension)
        after = held.changed(remove, add, vectors)
        after.save(building)
        terms = LexicalIndex.create(building / lexical.FOLDER, before / lexical.FOLDER if before else None)
        terms.change(remove, add)
        if len(terms) != len(after):
            raise EngineDamaged(
                f"Generation {generation} has {len(after)} vectors and {len(terms)} texts.",
                "Run pilcrow engine rebuild.",
            )
        record = EngineRecord(KIND, SCHEMA_VERSION, encoder, len(after))
        _write_manifest(building, record)
        building.rename(target)
        _sync(self.folder)
        return record

    def open(self, generation: int) -> EmbeddedSearcher:
        """Read a generation into memory after checking its files."""
        folder = self._path(generation)
        record = _checked(folder)
        return EmbeddedSearcher(record, DenseIndex.load(folder), LexicalIndex(folder / lexical.FOLDER))

    def sweep(self, keep: int) -> None:
        """Delete every folder but that of one generation, unfinished ones among them."""
        if not self.folder.is_dir():
            return
        for path in self.folder.iterdir():
            if path != self._path(keep):
                shutil.rmtree(path, ignore_errors=True)

    def _path(self, generation: int) -> Path:
        return self.folder / f"gen-{generation:08}"


def _write_manifest(folder: Path, record: EngineRecord) -> None:
    files = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.endswith(".lock")):
        with path.open("rb") as file:
            os.fsync(file.fileno())
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        files[path.relative_to(folder).as_posix()] = {
            "bytes": path.stat().st_size,
            "sha256": digest,
        }
    manifest = folder / _MANIFEST
    with manifest.open("w", encoding="utf-8") as file:
        content = {"record": record.to_json(), "files": files}
        json.dump({**content, "sha256": _digest(content)}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    _sync(folder)


def _checked(folder: Path) -> EngineRecord:
    """The record of a generation whose files are all there and unaltered."""
    damaged = EngineDamaged(f"The index in {folder} is damaged.", "Run pilcrow engine rebuild.")
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        if manifest.pop("sha256") != _digest(manifest):
            raise damaged
        for name, expected in manifest["files"].items():
            path = folder / name
            if path.stat().st_size != expected["bytes"]:
                raise damaged
            if expected["bytes"] <= _CHECKED_BYTES and _sha256(path) != expected["sha256"]:
                raise damaged
        return EngineRecord.from_json(manifest["record"])
    except FileNotFoundError:
        raise EngineDamaged(
            f"The index in {folder} is not complete.", "Run pilcrow engine rebuild."
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise damaged from None


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(folder: Path) -> None:
    """Make renames in a folder durable, where the platform can."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
