"""The connection to Milvus: every call that is made to it.

Nothing else here calls its client (`index.milvus.library`), which is imported only when a connection is
made. An address with a scheme is a server; a path is Milvus Lite in this process.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from corpus.errors import EngineDamaged, EngineRefused, EngineUnreachable, PilcrowError
from index.embedding import Vectors
from index.milvus.errors import NOT_LOADED, lost, meaning_of, printable
from index.milvus.library import connect, pymilvus
from index.milvus.rows import DENSE, HEAD, NEVER, PREFIX, SPARSE, TEXT_BYTES, Row, batches
from index.milvus.version import require_version

PAGE_ROWS = 16_384
"""The most rows that Milvus gives in one answer (its documented limit)."""

WIDE_PAGE_ROWS = 500
"""The most rows with texts or vectors in one answer, of which a server gives 100 MB by default."""

_KEY_BYTES = 64
_MORE_THAN_ANY = (1 << 63) - 1  # the highest number of 8 bytes, which no passage has
_BETWEEN_LOOKS = 0.2  # seconds between looks whether a collection is loaded
_FAILED_LATELY = 1.0  # seconds in which nobody else waits for a server that did not answer


@dataclass(frozen=True)
class Patience:
    """How long calls may take, in seconds; the client tries again until then."""

    glance: float = 2.0
    connect: float = 10.0
    read: float = 10.0
    write: float = 60.0


class Milvus:
    """A server, connected to at the first call; safe to use from several threads."""

    def __init__(self, uri: str, token: str | None = None, patience: Patience | None = None) -> None:
        """The token is sent and never shown."""
        self.uri = uri
        self._token = token
        self._patience = patience or Patience()
        self._client: Any = None
        self._failure: tuple[float, PilcrowError] | None = None
        self._connecting = threading.Lock()

    @property
    def shown(self) -> str:
        """The address without what opens it."""
        parts = urlsplit(self.uri)
        return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl() if parts.scheme else self.uri

    def version(self) -> str:
        """The version of the server; raises `EngineUnreachable`."""
        with self._speaking() as client:
            return printable(client.get_server_version(timeout=self._patience.connect))

    def names(self) -> list[str]:
        """The collections that data folders have made here, of whatever folder."""
        with self._speaking() as client:
            found = client.list_collections(timeout=self._patience.read)
            return sorted(name for name in found if name.startswith(PREFIX))

    def glimpse(self, name: str) -> tuple[int, str] | None:
        """How many passages a collection has, and what its head says of its owner.

        None where that cannot be told without opening it, which takes memory of the server.
        """
        asked = {"timeout": self._patience.glance}
        with suppress(EngineDamaged, EngineRefused), self._speaking() as client:
            rows = client.query(name, filter=f"born < {NEVER}", output_fields=["count(*)"], **asked)
            head = client.query(name, filter=f'row == "{HEAD}"', output_fields=["stems"], **asked)
            return int(rows[0]["count(*)"]), str(head[0]["stems"]) if head else ""
        return None

    def create(self, name: str, dimension: int) -> None:
        """Make a collection with the fields of passages, and open it for searching."""
        library = pymilvus()
        schema = library.MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
        kinds = library.DataType
        schema.add_field("row", kinds.VARCHAR, is_primary=True, max_length=_KEY_BYTES)
        for number in ("number", "document", "born", "length", "roles"):
            schema.add_field(number, kinds.INT64)
        for text in ("stems", "words"):
            schema.add_field(text, kinds.VARCHAR, max_length=TEXT_BYTES)
        schema.add_field(DENSE, kinds.FLOAT_VECTOR, dim=dimension)
        schema.add_field(SPARSE, kinds.SPARSE_FLOAT_VECTOR)
        with self._speaking() as client:
            write = {"timeout": self._patience.write}
            # strong: what was written before a search began is searched, by whatever process
            client.create_collection(name, schema=schema, consistency_level="Strong", **write)
            indexes = client.prepare_index_params()
            # exact: a filter for one State leaves a graph of neighbours few of the ones it would walk by
            indexes.add_index(DENSE, index_type="FLAT", metric_type="IP")
            indexes.add_index(SPARSE, index_type="SPARSE_INVERTED_INDEX", metric_type="IP")
            # of an empty collection they are there at once; without sync the client sleeps for each
            client.create_index(name, indexes, sync=False, **write)
            client.load_collection(name, **write)

    def mark_of(self, name: str, *, glance: bool = False) -> str | None:
        """The mark in a collection, None where it has none.

        Raises `EngineDamaged` where the collection is not there, and `EngineUnreachable`, for a glance soon.
        """
        timeout = self._patience.glance if glance else self._patience.read
        asked = {"filter": f'row == "{HEAD}"', "output_fields": ["words"], "timeout": timeout}
        found = self._asked(name, lambda client: client.query(name, **asked))
        return str(found[0]["words"]) if found else None

    def load(self, name: str) -> None:
        """Open a collection for searching; one that is open stays as it is, with whatever replicas it has.

        Raises `EngineDamaged` where it is gone, and `EngineUnreachable` where it is not open in time.
        """
        end = time.monotonic() + self._patience.read
        asked = {"timeout": self._patience.read}
        with self._speaking() as client:
            while (state := client.get_load_state(name, **asked)["state"].name) != "Loaded":
                if state == "NotExist":
                    raise lost(self.shown)
                if time.monotonic() > end:
                    raise EngineUnreachable(
                        f"Milvus at {self.shown} is loading the index.", "Try again in a while."
                    )
                if state == "NotLoad":
                    client.load_collection(name, **asked)
                else:
                    time.sleep(_BETWEEN_LOOKS)

    def drop(self, name: str) -> None:
        """Delete a collection; one that is gone is no error."""
        with self._speaking() as client:
            client.drop_collection(name, timeout=self._patience.write)

    def upsert(self, name: str, rows: Iterable[Row]) -> None:
        """Write rows, batch by batch; a row with the key of another takes its place."""
        for batch in batches(rows):
            with self._speaking() as client:
                client.upsert(name, batch, timeout=self._patience.write)

    def settle(self, name: str) -> None:
        """Have what was written put into files, where it is searched sooner than in memory.

        A server that does not do so now, does it by itself later; it allows one such call in ten seconds by
        default, for which no ingest waits.
        """
        with suppress(EngineRefused, EngineUnreachable), self._speaking() as client:
            client.flush(name, timeout=self._patience.write, retry_on_rate_limit=False)

    def delete(self, name: str, where: str) -> None:
        """Delete the rows that meet an expression."""
        with self._speaking() as client:
            client.delete(name, filter=where, timeout=self._patience.write)

    def count(self, name: str, where: str) -> int:
        """How many rows meet an expression, which takes longer the more they are."""
        asked = {"filter": where, "output_fields": ["count(*)"], "timeout": self._patience.write}
        found = self._asked(name, lambda client: client.query(name, **asked))
        return int(found[0]["count(*)"])

    def rows(self, name: str, where: str, fields: Sequence[str]) -> Iterator[list[Row]]:
        """All rows that meet an expression, each with another number, with some of their fields, in pages.

        Milvus gives rows in no promised order, so where there are more than a page holds, those below the
        middle number of such a page are asked for, and then the others. (The client's iterator asks with
        no limit of time.)
        """
        most = PAGE_ROWS if set(fields) <= {"number"} else WIDE_PAGE_ROWS
        ranges = [(0, _MORE_THAN_ANY)]
        while ranges:
            low, high = ranges.pop()
            between = f"({where}) and number >= {low} and number < {high}"
            page = self.some(name, between, [*{*fields, "number"}], most)
            if len(page) < most:
                yield page
            else:
                numbers = sorted(int(row["number"]) for row in page)
                middle = numbers[len(numbers) // 2]
                ranges += [(middle, high), (low, middle)]

    def some(self, name: str, where: str, fields: Sequence[str], limit: int) -> list[Row]:
        """So many of the rows that meet an expression, `PAGE_ROWS` at most, in no promised order."""
        asked = {"filter": where, "output_fields": list(fields), "timeout": self._patience.read}
        return list(self._asked(name, lambda client: client.query(name, limit=limit, **asked)))

    def best(
        self,
        name: str,
        where: str,
        vector: Vectors | None,
        terms: Mapping[int, float],
        limit: int,
        fields: Sequence[str],
    ) -> list[Row]:
        """The rows that are among the `limit` best by either vector that is given, in no promised order."""
        library = pymilvus()
        wanted: list[tuple[str, object]] = [] if vector is None else [(DENSE, vector.tolist())]
        if terms:
            wanted.append((SPARSE, dict(terms)))
        requests = [
            library.AnnSearchRequest(
                data=[data], anns_field=searched, param={"metric_type": "IP"}, limit=limit, expr=where
            )
            for searched, data in wanted
        ]
        ranker = library.WeightedRanker(*[1 / len(requests)] * len(requests))
        found = self._asked(
            name,
            lambda client: client.hybrid_search(
                name,
                requests,
                ranker=ranker,
                limit=limit * len(requests),
                output_fields=list(fields),
                timeout=self._patience.read,
            ),
        )
        return [hit["entity"] for hit in found[0]]

    def close(self) -> None:
        """End the connection; a later call makes a new one."""
        with self._connecting:
            if self._client is not None:
                self._client.close()
                self._client = None

    @property
    def path(self) -> Path:
        """Where Milvus Lite keeps its files."""
        return Path(self.uri).expanduser().resolve()

    @property
    def is_local(self) -> bool:
        """Whether it is Milvus Lite, in this process."""
        return not urlsplit(self.uri).scheme

    def _place(self) -> str:
        """The address as the client takes it; a folder for Milvus Lite is made where it is not there."""
        if not self.is_local:
            return self.uri
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise EngineUnreachable(
                f"Milvus Lite cannot open {self.uri}: {error.strerror}.",
                "Set PILCROW_MILVUS_URI to a path that can be written.",
            ) from error
        return str(self.path)

    @contextmanager
    def _speaking(self) -> Iterator[Any]:
        """The client, with its errors said as ours."""
        client = self._connected()
        try:
            yield client
        except Exception as error:
            if said := self._meaning(error):
                raise said from error
            raise

    def _meaning(self, error: Exception) -> PilcrowError | None:
        return meaning_of(error, self.shown, is_local=self.is_local)

    def _asked(self, name: str, ask: Callable[[Any], Any]) -> Any:
        """What is read from a collection, loaded again where a restart of the server has put it away."""
        try:
            with self._speaking() as client:
                return ask(client)
        except EngineDamaged as error:
            if getattr(error.__cause__, "code", None) != NOT_LOADED:
                raise
            self.load(name)
            with self._speaking() as client:
                return ask(client)

    def _connected(self) -> Any:
        with self._connecting:
            if self._failure and time.monotonic() - self._failure[0] < _FAILED_LATELY:
                raise self._failure[1]
            if self._client is None:
                try:
                    client = connect(self._place(), self._token or "", self._patience.connect)
                    require_version(client.get_server_version(timeout=self._patience.connect), self.shown)
                    self._client = client
                except Exception as error:
                    if (said := self._meaning(error)) is None:
                        raise
                    self._failure = time.monotonic(), said
                    raise said from error
            return self._client
