"""The same passages in both engines: do they find the same, how soon, and what do they take.

python -m tests.benchmarks.engines [DATA FOLDER] [--passages N] [--sample N] [--work FOLDER] [--json]

Milvus is Milvus Lite, as a server in a process of its own: its client is the real one, and its figures are
those of a small stand-in written in Python, not of a Milvus server.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from assistant.service import Assistant
from corpus.parse import SourceFile
from index.collection import Collection
from index.embedded import EmbeddedEngine
from index.embedding import Encoder
from index.engine import Engine, PassageFilter, Searcher
from index.fusion import fuse
from index.milvus.engine import MilvusEngine
from index.milvus.server import Milvus, Patience
from tests.benchmarks import scale
from tests.benchmarks.crpd import Question, fill, heading_questions, open_crpd, rephrasings
from tests.benchmarks.folders import work_folder
from tests.benchmarks.memory import resident_of
from tests.benchmarks.retrieval import Found, drawn, row, search
from tests.benchmarks.scale_search import LIMIT, TOP, Asked, Scopes, load
from tests.benchmarks.table import share, show

_KINDS = ("none", "one State", "one year", "one role")
_PATIENT = Patience(read=120.0, write=600.0)
_WARM = 5  # queries that are run before any is timed


def main() -> None:
    """Compare on real questions, then at size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--passages", type=int, default=100_000, help="0 leaves the comparison at size out")
    parser.add_argument("--asked", type=int, default=60, help="queries at size under each filter")
    parser.add_argument("--sample", type=int, help="ask only so many real questions of each kind, or 0")
    parser.add_argument("--work", type=Path, help="a folder for the data, which is then kept")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with work_folder(given.work) as work:
        questions = [*heading_questions(given.data), *rephrasings(given.data)]
        if given.sample is not None:
            questions = drawn(questions, given.sample)
        if questions:
            with _lite(work / "crpd-lite") as (uri, _):
                agreement = _agreement(given.data, work / "crpd", uri, questions)
            show(f"The same paragraphs for {len(questions)} questions", agreement, as_json=given.json)
        if given.passages:
            with _lite(work / "size-lite") as (uri, process):
                tables = _at_size(given.data, work, uri, process, given.passages, given.asked)
                for title, rows in tables:
                    show(f"{title}, {given.passages:,} passages", rows, as_json=given.json)


@contextmanager
def _lite(folder: Path) -> Iterator[tuple[str, int]]:
    """Milvus Lite in a process of its own: its address, and the number of the process."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    start = f"run_server({str(folder)!r}, '127.0.0.1', {port})"
    code = f"from milvus_lite.adapter.grpc.server import run_server; {start}"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait(60)


def _collection(home: Path, uri: str | None, encoder: Encoder) -> Collection:
    engine: Engine = EmbeddedEngine(home / "index")
    if uri:
        engine = MilvusEngine(home, Milvus(uri, patience=_PATIENT))
    return Collection(home, engine, lambda _precision: encoder)


def _copied(home: Path, other: Path) -> None:
    """The same documents and vectors in another data folder, without their index."""
    if not other.exists():
        kept = shutil.ignore_patterns("index", "conversation*", "milvus*", "*.lock")
        shutil.copytree(home, other, ignore=kept)


# -- real questions


def _agreement(data: Path, work: Path, uri: str, questions: Sequence[Question]) -> list[dict[str, Any]]:
    """Of how many questions both engines find the same paragraphs, and where the right ones stand."""
    with closing(open_crpd(data, work / "embedded")) as embedded:
        embedded.rebuild()  # in a folder that was kept, passages of replaced editions count in its BM25
        shutil.rmtree(work / "milvus", ignore_errors=True)
        (work / "milvus").mkdir()
        shutil.copy(work / "embedded" / "vectors.db", work / "milvus")
        other = Assistant(_collection(work / "milvus", uri, embedded.collection.encoder))
        with closing(other) as milvus:
            search(milvus, questions[0])  # so its index begins with one document and grows, as a user's does
            fill(milvus, data)
            found = [(search(embedded, question), search(milvus, question)) for question in questions]
    kinds = dict.fromkeys(question.kind for question in questions)
    rows = [_agreeing(kind, [pair for pair in found if pair[0].question.kind == kind]) for kind in kinds]
    return [*rows, _agreeing("all", found)]


def _agreeing(kind: str, found: Sequence[tuple[Found, Found]]) -> dict[str, Any]:
    embedded, milvus = (row(kind, [pair[side] for pair in found]) for side in (0, 1))
    same = [set(one.places) == set(other.places) for one, other in found]
    return {
        "questions": kind,
        "number": len(found),
        "same top 10": sum(same) / len(same),
        "same first": sum(one.places[:1] == other.places[:1] for one, other in found) / len(found),
        "top 1, embedded": embedded["top 1"],
        "Milvus": milvus["top 1"],
        "top 5, embedded": embedded["top 5"],
        "Milvus ": milvus["top 5"],
    }


# -- at size


def _at_size(
    data: Path, work: Path, uri: str, process: int, passages: int, asked: int
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    folder = work / "size"
    folder.mkdir(parents=True, exist_ok=True)
    bench = scale.prepared(data, folder, 4_000)
    home, other = folder / str(passages), folder / f"{passages}-milvus"
    with closing(bench.collection(passages)) as embedded:
        scale.put(bench, embedded, passages)
        embedded.catalog.close()
        _copied(home, other)
        with closing(_collection(other, uri, bench.encoder)) as milvus:
            built = [
                _built("embedded", embedded, passages, [home / "index"], os.getpid()),
                _built("Milvus", milvus, passages, [work / "size-lite", other / "milvus.sqlite"], process),
            ]
            yield "Built from catalog and kept vectors", built
            queries = load(bench.queries)[: asked + _WARM]
            with embedded.view() as one, milvus.view() as two:
                assert one.searcher is not None
                assert two.searcher is not None
                scopes = Scopes(one.snapshot.headers(searched_only=True))
                searched = [_compared(kind, scopes, queries, one.searcher, two.searcher) for kind in _KINDS]
            yield "Both scores, fused, without encoding the query, in ms", searched
            changed = []
            for edition, what in ((1, "a document of 100 paragraphs is new"), (2, "one of them has changed")):
                source = scale.text_file(bench, embedded, edition)
                changed.append(
                    {
                        "change": what,
                        **{
                            f"{name}, s": _changed(collection, source)
                            for name, collection in (("embedded", embedded), ("Milvus", milvus))
                        },
                    }
                )
            yield "From the call of ingest until a search finds it", changed
            memory = {name: resident_of(pid) for name, pid in (("Pilcrow", os.getpid()), ("Milvus", process))}
            yield "Resident memory in MiB at the end", [memory]


def _built(
    name: str, collection: Collection, passages: int, files: Sequence[Path], process: int
) -> dict[str, Any]:
    began = time.perf_counter()
    collection.rebuild()
    seconds = time.perf_counter() - began
    size = sum(_size(path) for path in files)
    return {
        "engine": name,
        "seconds": round(seconds, 1),
        "passages/s": round(passages / seconds),
        "on disk, MiB": round(size / (1 << 20), 1),
        "bytes a passage": round(size / passages),
        "resident of its process, MiB": resident_of(process),
    }


def _size(path: Path) -> int:
    paths = path.rglob("*") if path.is_dir() else [path]
    return sum(one.stat().st_size for one in paths if one.is_file())


def _compared(
    kind: str, scopes: Scopes, queries: Sequence[Asked], embedded: Searcher, milvus: Searcher
) -> dict[str, Any]:
    """How long both take, and how many of the ten best of one the other has."""
    took: dict[str, list[float]] = {"embedded": [], "Milvus": []}
    shared = wanted = 0
    for number, one in enumerate(queries):
        where = scopes.filter_of(kind, one)
        best = {}
        for name, searcher in (("embedded", embedded), ("Milvus", milvus)):
            began = time.perf_counter()
            fused = fuse(searcher.search(one.query, where, LIMIT))
            if number >= _WARM:
                took[name].append(1000 * (time.perf_counter() - began))
            best[name] = {found.passage for found in fused[:TOP]}
        shared += len(best["embedded"] & best["Milvus"])
        wanted += len(best["embedded"])
    times = {
        f"{name}, p{percent}": round(share(values, percent), 1)
        for name, values in took.items()
        for percent in (50, 95)
    }
    return {"filter": kind, **times, "of the ten best shared": shared / max(wanted, 1)}


def _changed(collection: Collection, source: SourceFile) -> float:
    began = time.perf_counter()
    (outcome,) = collection.ingest([lambda: source])
    with collection.view() as view:
        (header,) = view.snapshot.find(outcome.symbol or "")
        assert view.searcher is not None
        assert view.searcher.all_having([], PassageFilter(documents=frozenset({header.id})))
    return round(time.perf_counter() - began, 2)


if __name__ == "__main__":
    main()
