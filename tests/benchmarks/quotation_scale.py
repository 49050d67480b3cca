"""How long it takes to find where a quotation comes from among a million passages, without a model.

python -m tests.benchmarks.quotation_scale DATA [--passages N] [--work FOLDER] [--quotations N] [--json]

The documents are those of `make bench-scale`: each sentence of theirs stands in some three hundred
paragraphs, far more than in any real collection.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from assistant.citations.candidates import Finder
from assistant.citations.quotes import Quoter
from corpus.catalog import Catalog, Snapshot
from corpus.parse import SourceFile, parse_document
from index.collection import Collection
from index.embedded import EmbeddedEngine
from index.passages import passages_of, place_at
from tests.benchmarks.citation_quotations import quotations
from tests.benchmarks.memory import resident_by_kind
from tests.benchmarks.quotation_material import MadeQuotation, Quoted
from tests.benchmarks.quotations import no_model
from tests.benchmarks.scale_corpus import PARAGRAPHS, Corpus, Real, states, store
from tests.benchmarks.table import share, show

_REAL = 4_000  # real passages that others are made of
_QUOTED = 48  # documents that are quoted from


def main() -> None:
    """Make the documents where they are not there, and time the quotations."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--work", type=Path, help="A folder for the documents, which are then kept.")
    parser.add_argument("--quotations", type=int, default=400)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with _folder(given.work) as home:
        if not (home / "catalog.db").exists():
            _make(given.data, home, given.passages // PARAGRAPHS)
        collection = Collection(home, EmbeddedEngine(home / "index"), no_model)
        with collection.catalog.snapshot() as snapshot:
            quoter = Quoter(snapshot, collection.holdings(snapshot), Finder(collection))
            begun = time.perf_counter()
            quoter.match("words that are looked for only so that the index of words is made")
            made = time.perf_counter() - begun
            asked = quotations(_quoted(snapshot), 1)[: given.quotations]
            for each in asked[::20]:  # what warms the files up
                quoter.match(each.text)
            rows = _timed(quoter, asked)
        collection.close()
    show(f"Quotations among {given.passages:,} passages, in milliseconds", rows, as_json=given.json)
    facts = {"index of words made, s": round(made), **resident_by_kind()}
    show("The process, in MiB", [facts], as_json=given.json)


def _timed(quoter: Quoter, asked: Sequence[MadeQuotation]) -> list[dict[str, Any]]:
    seconds: dict[str, list[float]] = {}
    for each in asked:
        begun, processor = time.perf_counter(), time.process_time()
        quoter.match(each.text)
        spent = time.perf_counter() - begun
        kind = each.kind.split(":")[0].split(" across")[0].split(" in a")[0]
        for name in (kind, "all"):
            seconds.setdefault(name, []).append(spent)
        seconds.setdefault("all, by the processor's time", []).append(time.process_time() - processor)
    return [
        {
            "quotations": kind,
            "number": len(some),
            "p50": share(some, 50) * 1000,
            "p95": share(some, 95) * 1000,
            "max": max(some) * 1000,
        }
        for kind, some in sorted(seconds.items())
    ]


def _quoted(snapshot: Snapshot) -> list[Quoted]:
    headers = snapshot.headers()
    some = headers[:: max(1, len(headers) // _QUOTED)][:_QUOTED]
    return [Quoted(header, snapshot.paragraphs(header.id)) for header in some]


def _make(data: Path, home: Path, documents: int) -> None:
    """Documents in a catalog, without vectors and without an index."""
    sentences, headings = [], []
    for path in sorted((data / "corpus" / "crpd").glob("*.pdf")):
        document = parse_document(SourceFile(path.name, path.read_bytes()))
        by_ordinal = {paragraph.ordinal: paragraph for paragraph in document.paragraphs}
        for passage in passages_of(1, document):
            place = place_at(by_ordinal[passage.key.ordinal], passage.key.place)
            if place.sentences:
                sentences.append(place.sentences)
                headings.append(by_ordinal[passage.key.ordinal].section)
    chosen = np.random.default_rng(0).permutation(len(sentences))[:_REAL]
    no_vectors = np.zeros((len(chosen), 2), dtype=np.float32)
    real = Real([sentences[i] for i in chosen], [headings[i] for i in chosen], no_vectors)
    home.mkdir(parents=True, exist_ok=True)
    catalog = Catalog(home / "catalog.db")
    for _ in store(Corpus(real, states(data)), catalog, 1, documents):
        pass
    catalog.close()


@contextmanager
def _folder(work: Path | None) -> Iterator[Path]:
    if work is not None:
        yield work
        return
    with TemporaryDirectory(prefix="pilcrow-quotations-") as temporary:
        yield Path(temporary)


if __name__ == "__main__":
    main()
