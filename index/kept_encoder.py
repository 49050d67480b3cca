"""The encoder of a data folder: loaded when first used, since that takes seconds, and then kept."""

from __future__ import annotations

import threading
from collections.abc import Callable

from corpus.catalog import Catalog
from index.embedding import Encoder, Precision
from index.open_index import record_of


class KeptEncoder:
    """Loads it once for all threads, in the precision of the index that is there."""

    def __init__(self, make: Callable[[Precision | None], Encoder], catalog: Catalog) -> None:
        """`make` loads one for a precision, or for the best one where it gets None."""
        self._make = make
        self._catalog = catalog
        self._kept: Encoder | None = None
        self._loading = threading.Lock()

    @property
    def is_loaded(self) -> bool:
        """Whether it can be had at once."""
        return self._kept is not None

    def get(self) -> Encoder:
        """The encoder, as it was loaded first."""
        with self._loading:
            if self._kept is None:
                with self._catalog.snapshot() as snapshot:
                    record = record_of(snapshot)
                self._kept = self._make(record.encoder.precision if record else None)
            return self._kept

    def anew(self) -> Encoder:
        """One in the best precision, for an index that is built anew, whatever the old one had."""
        with self._loading:
            self._kept = self._make(None)
            return self._kept
