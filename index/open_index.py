"""The index that a process has open: one generation, shared by all who search it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from corpus.catalog import Snapshot
from corpus.errors import EngineDamaged, EngineMismatch, EngineUnreachable
from index.engine import Engine, EngineRecord, Searcher


class OpenIndex:
    """Opens the generation that a snapshot of the catalog names, once for all who ask for it."""

    def __init__(self, engine: Engine, *, read_only: bool) -> None:
        self._engine = engine
        self._read_only = read_only
        self._open: tuple[int, Searcher] | None = None
        self._opening = threading.Lock()
        self._failed: EngineUnreachable | None = None

    def searcher(self, snapshot: Snapshot) -> Searcher | None:
        """The index of a snapshot, or None where nothing is searched.

        Raises `EngineDamaged` where it is to be built, and `EngineMismatch`. Those who wait while somebody
        finds that the server does not answer are told so too, or each would wait for it in turn.
        """
        failed = self._failed
        with self._opening:
            if self._open and self._open[0] == snapshot.generation:
                return self._open[1]
            if snapshot.counts().searched == 0:
                return None
            record = record_of(snapshot)
            if record is None:
                raise not_built()
            self.require_own(record)
            if self._failed is not None and self._failed is not failed:
                raise EngineUnreachable(self._failed.message, self._failed.mend)
            try:
                searcher = self._engine.open(snapshot.generation)
            except EngineUnreachable as error:
                self._failed = error
                raise
            self._open = (snapshot.generation, searcher)
            return searcher

    @contextmanager
    def using(self, searcher: Searcher | None) -> Iterator[None]:
        """Where the index turns out damaged meanwhile, whoever comes next opens and so repairs it."""
        try:
            yield
        except EngineDamaged:
            with self._opening:
                if self._open and self._open[1] is searcher:
                    self._open = None
            raise

    def require_own(self, record: EngineRecord) -> None:
        """Raise unless the index is this engine's: `EngineDamaged` where it is to be built in this one.

        A process that begins builds what its engine lacks, as its setting says. One that is at work does
        not and raises `EngineMismatch`: two with different settings would take the index from each other
        again and again.
        """
        if record.kind == self._engine.kind:
            return
        built = f"The index is in the engine {record.kind}, and the engine set is {self._engine.kind}."
        if self._open is not None or self._read_only:
            raise EngineMismatch(built, f"Set PILCROW_ENGINE={record.kind}, or run pilcrow engine switch.")
        raise EngineDamaged(built, "Run pilcrow engine rebuild.")


def record_of(snapshot: Snapshot) -> EngineRecord | None:
    """What built the index of a snapshot."""
    return EngineRecord.from_json(snapshot.engine) if snapshot.engine else None


def not_built() -> EngineDamaged:
    """The error that says so; whoever searches first builds the index."""
    return EngineDamaged("The index is not built yet.", "Run pilcrow engine rebuild.")
