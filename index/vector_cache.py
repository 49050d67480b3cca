"""Vectors kept by what they were made from, so that no passage is encoded twice."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from corpus.database import mend
from corpus.errors import HomeUnusable
from index.embedding import Encoder, EncoderIdentity, Progress, Vectors

_IDS_A_QUERY = 500
_HALF = b"h"  # ends a vector in half precision, or it could be one of half the numbers in single precision
_Row = tuple[str, str, bytes, bytes]


class VectorCache:
    """Vectors by model, precision and passage text, in one SQLite file, in half precision.

    An index keeps no more of them, and they differ from what the encoder gave by less than 0.001.
    It holds nothing that cannot be computed again: a damaged file is set aside and begun anew.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def vectors(
        self,
        texts: Sequence[str],
        identity: EncoderIdentity,
        encoder: Callable[[], Encoder],
        progress: Progress | None = None,
    ) -> Vectors:
        """The vectors of passages; `encoder` is called, and its vectors kept, only for those not held."""
        known = self.get(texts, identity)
        missing = list(dict.fromkeys(text for text in texts if text not in known))
        for start in range(0, len(missing), _IDS_A_QUERY):
            # kept in steps, so that an interrupted run goes on where it stopped
            some = missing[start : start + _IDS_A_QUERY]

            def report(done: int, _total: int, before: int = start) -> None:
                if progress:
                    progress(before + done, len(missing))

            encoded = encoder().encode_passages(some, report)
            self.put(some, encoded, identity)
            # as they will be read back, so that an index built now and one built later are the same
            known.update(zip(some, encoded.astype(np.float16).astype(np.float32), strict=True))
        stacked = np.empty((len(texts), identity.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            stacked[row] = known[text]
        return stacked

    def get(self, texts: Sequence[str], identity: EncoderIdentity) -> dict[str, Vectors]:
        """The vectors that are held, by text."""
        keys = {_key(text): text for text in texts}
        found: dict[str, Vectors] = {}
        try:
            with closing(self._connect()) as connection:
                for start in range(0, len(keys), _IDS_A_QUERY):
                    some = list(keys)[start : start + _IDS_A_QUERY]
                    marks = ",".join("?" * len(some))
                    rows = connection.execute(
                        "SELECT text, vector FROM vectors WHERE model = ? AND precision = ? "
                        f"AND text IN ({marks})",
                        [identity.fingerprint, identity.precision, *some],
                    )
                    for key, blob in rows:
                        vector = _vector(blob, identity.dimension)
                        if vector is not None:
                            found[keys[key]] = vector
        except sqlite3.OperationalError as error:
            raise self._unusable(error) from error
        except sqlite3.DatabaseError:
            self._set_aside()
            return {}
        return found

    def put(self, texts: Sequence[str], vectors: Vectors, identity: EncoderIdentity) -> None:
        """Keep the vectors of texts."""
        rows: list[_Row] = [
            (identity.fingerprint, identity.precision, _key(text), vector.tobytes() + _HALF)
            for text, vector in zip(texts, vectors.astype(np.float16), strict=True)
        ]
        try:
            self._insert(rows)
        except sqlite3.OperationalError as error:
            raise self._unusable(error) from error
        except sqlite3.DatabaseError:
            self._set_aside()
            self._insert(rows)

    def _insert(self, rows: list[_Row]) -> None:
        with closing(self._connect()) as connection, connection:
            connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)", rows)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=30)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS vectors (model TEXT, precision TEXT, text BLOB, "
                "vector BLOB NOT NULL, PRIMARY KEY (model, precision, text)) WITHOUT ROWID"
            )
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def _unusable(self, error: sqlite3.Error) -> HomeUnusable:
        return HomeUnusable(f"{self.path} cannot be used: {error}.", mend(error))

    def _set_aside(self) -> None:
        if self.path.exists():
            self.path.replace(self.path.with_suffix(".damaged"))
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)


def _vector(blob: bytes, dimension: int) -> Vectors | None:
    """A vector as it is kept: in half precision, or in single as earlier versions did."""
    if len(blob) == 2 * dimension + 1 and blob.endswith(_HALF):
        return np.frombuffer(blob, dtype=np.float16, count=dimension).astype(np.float32)
    if len(blob) == 4 * dimension:
        return np.frombuffer(blob, dtype=np.float32)
    return None


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
