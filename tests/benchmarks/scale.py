"""A collection of a million passages: what it takes to build, to hold, to search and to change.

python -m tests.benchmarks.scale [DATA FOLDER] [--passages N] [--curve] [--svg FILE] [--encoded N]
    [--real N] [--work FOLDER] [--json]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from corpus.catalog import Catalog
from corpus.model import Metadata
from corpus.parse import SourceFile
from index import collection as collection_module
from index import segment_writer
from index.collection import Collection
from index.dense import DenseChange
from index.embedded import EmbeddedEngine
from index.embedding import SentenceTransformerEncoder
from index.engine import PassageFilter, Query
from index.folders import Manifests
from index.lexical import LexicalIndex
from index.model_files import find_model
from index.passages import PassageKey, passages_of
from index.rebuild import all_passages
from index.segment_writer import SegmentWriter
from index.vector_cache import VectorCache
from tests.benchmarks.folders import work_folder
from tests.benchmarks.phases import Phases
from tests.benchmarks.scale_corpus import (
    PARAGRAPHS,
    Corpus,
    Real,
    questions,
    real_passages,
    states,
    store,
)  # fmt: skip
from tests.benchmarks.scale_plot import plot
from tests.benchmarks.scale_search import Asked, save
from tests.benchmarks.table import show

_QUESTIONS, _SENTENCES = 200, 50
_CHANGED = "CRPD/C/XYZ/CO/1"
_PUT = ("documents made and put into the catalog", "vectors put into the cache")


@dataclass
class Bench:
    """What all sizes share."""

    data: Path
    work: Path
    encoder: SentenceTransformerEncoder
    corpus: Corpus
    queries: Path
    real: Real

    def collection(self, passages: int) -> Collection:
        """The collection of a size, as it is or empty."""
        home = self.work / str(passages)
        return Collection(home, EmbeddedEngine(home / "index"), lambda _precision: self.encoder)

    def texts(self, count: int) -> list[str]:
        """The texts of passages of the corpus, as they would be encoded."""
        documents = (self.corpus.document(number)[0] for number in range(-(-count // PARAGRAPHS)))
        return [p.embedded_text for document in documents for p in passages_of(1, document)][:count]


def main() -> None:
    """Measure one size, or a row for each of several."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--curve", action="store_true", help="10,000 and 100,000 passages besides")
    parser.add_argument("--svg", type=Path, help="where the curve is drawn")
    parser.add_argument("--encoded", type=int, default=20_000, help="passages that are really encoded")
    parser.add_argument("--real", type=int, default=4_000, help="real passages that others are made of")
    parser.add_argument("--work", type=Path, help="a folder for the data, which is then kept")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with work_folder(given.work) as work:
        bench = prepared(given.data, work, given.real)
        sizes = sorted({10_000, 100_000, given.passages}) if given.curve else [given.passages]
        curve = [_measured(bench, size, given.encoded, as_json=given.json) for size in sizes]
    if given.curve:
        show("Growth", curve, as_json=given.json)
        if given.svg:
            _draw(given.svg, curve)


def prepared(data: Path, work: Path, count: int) -> Bench:
    encoder = SentenceTransformerEncoder(find_model())
    real = real_passages(data, encoder, VectorCache(work / "real.db"), count)
    named = states(data)
    asked = questions(data, _QUESTIONS)
    step = max(1, len(real.sentences) // _SENTENCES)
    asked += [
        (real.sentences[i * step][0].text, named[i % len(named)], 2005 + i % 20) for i in range(_SENTENCES)
    ]
    asked.sort(key=lambda one: hash_of(one[0]))  # so that those that warm up and those timed are alike
    vectors = encoder.encode_queries([text for text, _, _ in asked])
    queries = work / "queries.npz"
    pairs = zip(asked, vectors, strict=True)
    save(queries, [Asked(Query(text, (), vector), state, year) for (text, state, year), vector in pairs])
    return Bench(data, work, encoder, Corpus(real, named), queries, real)


def hash_of(text: str) -> int:
    """A number that is the same in every run."""
    return int.from_bytes(text.encode()[-4:], "big") * 2654435761 % (1 << 32)


def _measured(bench: Bench, passages: int, encoded: int, *, as_json: bool) -> dict[str, Any]:
    """Build, search and change a collection of a size, show the tables, and return its row of the curve."""
    with closing(bench.collection(passages)) as collection:
        built = _build(bench, collection, passages, encoded)
        show(f"Building {passages:,} passages, in seconds", built, as_json=as_json)
        disk = _on_disk(collection.home)
        show(f"On disk, {passages:,} passages", disk, as_json=as_json)
        searched = _searched(bench, collection.home)
        show(f"Searching {passages:,} passages", searched["rows"], as_json=as_json)
        show(f"Resident memory in MiB, {passages:,} passages", searched["memory"], as_json=as_json)
        files = [text_file(bench, collection, edition) for edition in (1, 2)]
        changed = [
            _change(bench, collection, what, source)
            for what, source in zip(
                ("a document of 100 paragraphs is new", "one of them has changed"), files, strict=True
            )
        ]
        collection.remove(_CHANGED, all_editions=True)  # as it was, for another run
        show(
            f"From the call until a reader finds it, {passages:,} passages, in seconds",
            changed,
            as_json=as_json,
        )
    rows = {row["filter"]: row for row in searched["rows"]}
    return {
        "passages": passages,
        "index built, s": sum(row["seconds"] for row in built[len(_PUT) : -1]),
        "on disk, MiB": disk[-1]["MiB"],
        "resident, MiB": sum(searched["memory"][1][kind] for kind in ("RssAnon", "RssFile")),
        "index opened, s": round(searched["opened"], 2),
        "processor, p50": rows["none"]["processor, p50"],
        "p95": rows["none"]["p95"],
        "p95 by State": rows["one State"]["p95"],
        "recall@10": rows["none"]["recall@10 dense"],
        "by State": rows["one State"]["recall@10 dense"],
        "a change is found, s": changed[-1]["all"],
    }


def put(bench: Bench, collection: Collection, passages: int) -> dict[str, float]:
    """Put documents and vectors where they are kept, unless an earlier run did; the seconds it took."""
    took = bench.work / f"put-{passages}.json"
    if took.exists():
        known: dict[str, float] = json.loads(took.read_text())
        return known
    phases, cache = Phases(), VectorCache(collection.home / "vectors.db")
    with collection.catalog.snapshot() as snapshot:
        first = snapshot.next_document_id
    made = store(bench.corpus, collection.catalog, first, passages // PARAGRAPHS)
    for texts, vectors in phases.items(_PUT[0], made):
        with phases.phase(_PUT[1]):
            cache.put(texts, vectors, bench.encoder.identity)
    took.write_text(json.dumps(phases.seconds))
    return phases.seconds


def _build(bench: Bench, collection: Collection, passages: int, encoded: int) -> list[dict[str, Any]]:
    phases = Phases()
    phases.seconds |= put(bench, collection, passages)

    def watched(*arguments: Any) -> Iterator[Any]:
        return phases.items("passages from the catalog", all_passages(*arguments))

    with (
        patch.object(collection_module, "all_passages", watched),
        phases.watching(
            ("vectors from the cache", VectorCache, "vectors"),
            ("vectors into the index", SegmentWriter, "add"),
            ("vectors into the index", DenseChange, "finish"),
            ("lists of the IVF index", segment_writer, "_write_ivf"),
            ("terms", LexicalIndex, "change"),
            ("publication", Manifests, "write"),
            ("publication", Catalog, "publish"),
        ),
    ):
        collection.rebuild()
    rows = [
        {"phase": name, "seconds": round(seconds, 1), "passages/s": round(passages / max(seconds, 1e-3))}
        for name, seconds in phases.seconds.items()
    ]
    some = bench.texts(encoded)
    began = time.perf_counter()
    bench.encoder.encode_passages(some)
    rate = len(some) / (time.perf_counter() - began)
    phase = f"encoding, extrapolated from {len(some):,} passages"
    return [*rows, {"phase": phase, "seconds": round(passages / rate), "passages/s": round(rate)}]


def _on_disk(home: Path) -> list[dict[str, Any]]:
    """Megabytes by part."""
    parts: dict[str, Callable[[Path], bool]] = {
        "catalog": lambda path: path.name.startswith("catalog.db"),
        "vector cache": lambda path: path.name.startswith("vectors.db"),
        "vectors of the index": lambda path: path.name in ("dense.faiss", "passages.npz"),
        "lists of the IVF index": lambda path: path.name == "ivf.faiss",
        "terms": lambda path: path.parent.name == "lexical",
        "all": lambda _path: True,
    }
    files = [(path, path.stat().st_size) for path in home.rglob("*") if path.is_file()]
    return [
        {"part": name, "MiB": round(sum(size for path, size in files if of(path)) / (1 << 20), 1)}
        for name, of in parts.items()
    ]


def _searched(bench: Bench, home: Path) -> dict[str, Any]:
    """What a fresh process finds, how long it takes and what memory it holds."""
    command = [sys.executable, "-m", "tests.benchmarks.scale_search", str(home), str(bench.queries)]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


def _change(bench: Bench, collection: Collection, what: str, source: SourceFile) -> dict[str, Any]:
    """Ingest a document while another reader has the collection open, until that reader finds it."""
    with closing(bench.collection(int(collection.home.name))) as reader:
        with reader.view() as view:
            assert view.searcher is not None
        phases = Phases()
        began = time.perf_counter()
        with (
            phases.watching(
                ("encoding", VectorCache, "vectors"),
                ("vectors", DenseChange, "finish"),
                ("terms", LexicalIndex, "change"),
                ("manifest", Manifests, "write"),
                ("catalog", Catalog, "publish"),
            ),
            phases.phase("reading, checks"),
        ):
            (outcome,) = collection.ingest([lambda: source])
        with phases.phase("reader follows"), reader.view() as view:
            (header,) = view.snapshot.find(outcome.symbol or "")
            passage = next(passages_of(header.id, view.snapshot.document(header.id)))
            vector = bench.encoder.encode_queries([passage.embedded_text])[0]
            assert view.searcher is not None
            found = view.searcher.search(Query(passage.text, (), vector), PassageFilter(), 10)
            assert header.id in {PassageKey.from_int(s.passage).document for s in found.scored}
        seconds = time.perf_counter() - began
    rounded = {name: round(part, 2) for name, part in phases.seconds.items()}
    return {"change": what, **rounded, "all": round(seconds, 2)}


def text_file(bench: Bench, collection: Collection, edition: int) -> SourceFile:
    """A file of 100 numbered paragraphs, new in every run, of which the first says the edition."""
    with collection.catalog.snapshot() as snapshot:
        document, _ = bench.corpus.document(10_000_000 + snapshot.generation)
    texts = [
        f"The Committee considered version {edition} of this report.",
        *(p.text for p in document.paragraphs),
    ]
    lines = [f"{number}. {text}" for number, text in enumerate(texts[:PARAGRAPHS], 1)]
    given = Metadata(symbol=_CHANGED, states=("Kenya",), adopted=document.adopted)
    return SourceFile(
        "changed.txt", ("Concluding observations\n\n" + "\n\n".join(lines) + "\n").encode(), given
    )


def _draw(path: Path, curve: list[dict[str, Any]]) -> None:
    def line(column: str) -> list[tuple[float, float]]:
        return [(row["passages"], row[column]) for row in curve]

    times = {
        "no filter, p95": line("p95"),
        "no filter, p50": line("processor, p50"),
        "by State, p95": line("p95 by State"),
    }
    sizes = {"on disk": line("on disk, MiB"), "resident while searching": line("resident, MiB")}
    plot(path, {"Search by passages, in ms of the processor": times, "Size by passages, in MiB": sizes})


if __name__ == "__main__":
    main()
