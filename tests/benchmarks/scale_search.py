"""A process that only searches a data folder: how long queries take, what they find, what memory it holds.

python -m tests.benchmarks.scale_search HOME QUERIES
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from corpus.catalog import Catalog
from corpus.model import DocumentHeader, Role
from index import dense
from index.dense import DenseIndex
from index.embedded import EmbeddedEngine, EmbeddedSearcher
from index.embedding import SentenceTransformerEncoder
from index.engine import PassageFilter, Query
from index.fusion import fuse
from index.model_files import find_model
from index.segment import Limits
from tests.benchmarks.memory import resident_by_kind
from tests.benchmarks.table import share

LIMIT = 80
"""Passages asked of the engine: what the assistant asks for ten paragraphs."""
TOP = 10
_WARM = 50  # queries that are run before any is timed
_EXACT = Limits(exact=1 << 40)


@dataclass(frozen=True)
class Asked:
    """A query with the State and the year that it may be limited to."""

    query: Query
    state: str
    year: int


def save(path: Path, asked: Sequence[Asked]) -> None:
    """Keep queries for the process that searches."""
    rows = [(one.query.text, one.state, one.year) for one in asked]
    np.savez(path, vectors=np.stack([one.query.vector for one in asked]), rows=np.array(json.dumps(rows)))


def load(path: Path) -> list[Asked]:
    """The queries that were kept."""
    with np.load(path) as arrays:
        rows, vectors = json.loads(str(arrays["rows"])), arrays["vectors"]
    return [
        Asked(Query(text, (), vector), state, year)
        for (text, state, year), vector in zip(rows, vectors, strict=True)
    ]


class Scopes:
    """The filters that queries are put under."""

    def __init__(self, headers: Iterable[DocumentHeader]) -> None:
        self._places = [(header.id, header.states, header.year) for header in headers]

    def filter_of(self, kind: str, asked: Asked) -> PassageFilter:
        """The filter of a kind that fits a query."""
        by_state, by_year = "State" in kind, "year" in kind
        documents = None
        if by_state or by_year:
            documents = frozenset(
                number
                for number, states, year in self._places
                if (not by_state or asked.state in states) and (not by_year or year == asked.year)
            )
        return PassageFilter(documents, frozenset({Role.RECOMMENDATION}) if kind == "one role" else None)


KINDS = ("none", "one State", "one year", "State and year", "one role")


def main() -> None:
    """Search, and print what is found as JSON."""
    home, queries = map(Path, sys.argv[1:])
    asked = load(queries)
    before = resident_by_kind()
    catalog = Catalog(home / "catalog.db", read_only=True)
    with catalog.snapshot() as snapshot:
        generation, headers = snapshot.generation, snapshot.headers(searched_only=True)
    began = time.perf_counter()
    searcher = EmbeddedEngine(home / "index").open(generation)
    opened = time.perf_counter() - began
    scopes = Scopes(headers)
    rows = [_searched(searcher, scopes, kind, asked) for kind in KINDS]
    memory = [{"process": "before the index is opened", **before}]
    memory.append({"process": "after all queries, without the model", **resident_by_kind()})
    encoder = SentenceTransformerEncoder(find_model(), "fp32")
    encoder.encode_queries([asked[0].query.text])
    memory.append({"process": "with the model", **resident_by_kind()})
    exact = DenseIndex.open(home / "index" / f"gen-{generation:08}" / dense.FOLDER, _EXACT)
    for row in rows:
        row |= _recalls(searcher, exact, scopes, row["filter"], asked)
    memory.append({"process": "and every page of the vectors read", **resident_by_kind()})
    print(json.dumps({"rows": rows, "memory": memory, "opened": opened}))


def _searched(
    searcher: EmbeddedSearcher, scopes: Scopes, kind: str, asked: Sequence[Asked]
) -> dict[str, Any]:
    filters = [scopes.filter_of(kind, one) for one in asked]
    seconds, processor, near = [], [], []
    for number, (one, where) in enumerate(zip(asked, filters, strict=True)):
        began, began_computing = time.perf_counter(), time.thread_time()
        fuse(searcher.search(one.query, where, LIMIT))
        ended, ended_computing = time.perf_counter(), time.thread_time()
        if number >= _WARM:
            seconds.append((ended - began) * 1000)
            processor.append((ended_computing - began_computing) * 1000)
        began_computing = time.thread_time()
        searcher.dense.search(one.query.vector, where, LIMIT)
        near.append((time.thread_time() - began_computing) * 1000)
    return {
        "filter": kind,
        "p50, ms": round(share(seconds, 50), 1),
        "p95, ms": round(share(seconds, 95), 1),
        "p50, processor": round(share(processor, 50), 1),
        "p95, processor": round(share(processor, 95), 1),
        "p95, of it dense": round(share(near[_WARM:], 95), 1),
    }


def _recalls(
    searcher: EmbeddedSearcher, exact: DenseIndex, scopes: Scopes, kind: str, asked: Sequence[Asked]
) -> dict[str, float | None]:
    """The share of the ten best by exact search that is found, of the vectors and of both scores together."""
    reference = replace(searcher, dense=exact)
    dense_found = dense_best = fused_found = fused_best = 0
    for one in asked:
        where = scopes.filter_of(kind, one)
        best = set(exact.search(one.query.vector, where, TOP))
        dense_found += len(best & set(searcher.dense.search(one.query.vector, where, TOP)))
        dense_best += len(best)
        best = _top(reference, one.query, where)
        fused_found += len(best & _top(searcher, one.query, where))
        fused_best += len(best)
    return {
        "recall@10 dense": dense_found / dense_best if dense_best else None,
        "recall@10 fused": fused_found / fused_best if fused_best else None,
    }


def _top(searcher: EmbeddedSearcher, query: Query, where: PassageFilter) -> set[int]:
    return {found.passage for found in fuse(searcher.search(query, where, LIMIT))[:TOP]}


if __name__ == "__main__":
    main()
