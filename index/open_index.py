"""The index that a process has open: one generation, shared by all who search it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from corpus.catalog import Snapshot
from corpus.errors import EngineDamaged, EngineMismatch, EngineRefused, EngineUnreachable
from index.engine import SCHEMA_VERSION, Engine, EngineRecord, Searcher

T = TypeVar("T")

MOST_WITHOUT = 100_000
"""Of so many passages at most, an index of words by itself is made where their own is away: it takes some
seven seconds (0.5 s for the 7,797 of 49 documents, on one core)."""

_AWAY = 10.0  # seconds for which those who can do without do not wait again for a server that failed them


class OpenIndex:
    """Opens the generation that a snapshot of the catalog names, once for all who ask for it."""

    def __init__(self, engine: Engine, *, read_only: bool) -> None:
        self._engine = engine
        self._read_only = read_only
        self._open: tuple[int, Searcher] | None = None
        self._opening = threading.Lock()
        self._unreachable: EngineUnreachable | None = None
        self._failed = -_AWAY

    def searcher(self, snapshot: Snapshot) -> Searcher | None:
        """The index of a snapshot, or None where nothing is searched.

        Raises `EngineDamaged` where it is to be built, and `EngineMismatch`. Those who wait while somebody
        finds that the server does not answer are told so too, or each would wait for it in turn.
        """
        unreachable = self._unreachable
        with self._opening:
            if self._open and self._open[0] == snapshot.generation:
                return self._open[1]
            if snapshot.counts().searched == 0:
                return None
            record = record_of(snapshot)
            if record is None:
                raise not_built()
            self.require_own(record)
            if self._unreachable is not None and self._unreachable is not unreachable:
                raise EngineUnreachable(self._unreachable.message, self._unreachable.mend)
            try:
                searcher = self._engine.open(snapshot.generation)
            except EngineUnreachable as error:
                self._unreachable = error
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

    def told(self, snapshot: Snapshot, ask: Callable[[Searcher], T]) -> T | None:
        """What the index of a snapshot tells those who can do without it; None where it can tell nothing.

        That is where it is not built, lost, another engine's, or away. Raises `EngineUnreachable` and
        `EngineRefused` where it is away and there is too much to do without.
        """
        record = record_of(snapshot)
        if record is None or record.schema != SCHEMA_VERSION:
            return None
        small = record.passages <= MOST_WITHOUT
        if small and time.monotonic() - self._failed < _AWAY:
            return None
        try:
            searcher = self.searcher(snapshot)
            with self.using(searcher):
                return None if searcher is None else ask(searcher)
        except (EngineDamaged, EngineMismatch):
            return None
        except (EngineUnreachable, EngineRefused):
            if not small:
                raise
            self._failed = time.monotonic()
            return None

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
