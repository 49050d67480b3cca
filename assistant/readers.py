"""What reads files while they are taken in, which can be told to stop."""

from __future__ import annotations

import threading
from weakref import WeakSet

from assistant.settings import Settings
from corpus.layout import Reading
from corpus.parse import SourceFile
from corpus.worker import Limits
from corpus.workers import Workers


class Readers:
    """Makes the processes that read files as the settings say."""

    def __init__(self, settings: Settings) -> None:
        self._limits = Limits(settings.max_file_seconds, settings.max_file_memory, settings.max_file_pages)
        self._count = settings.workers
        self._changing = threading.Lock()
        self._made: WeakSet[Workers] = WeakSet()
        self._stopped = False

    def __call__(self) -> Workers:
        """Workers for some files, to be closed by whoever asked for them."""
        workers = Workers(self._limits, self._count)
        with self._changing:
            self._made.add(workers)
            if self._stopped:
                workers.stop()
        return workers

    def read(self, data: bytes, name: str) -> Reading:
        """The lines of a file, found in a process of its own; raises a `SourceRefused`."""
        with self() as workers:
            return workers.read(SourceFile(name, data)).result()

    def stop(self) -> None:
        """End the reading of all files, those that are still to come too; returns at once."""
        with self._changing:
            self._stopped = True
            for workers in self._made:
                workers.stop()
