"""How well and how fast real documents are read.

python -m tests.benchmarks.parse [DATA] [--files N] [--json]

DATA holds `corpus/crpd` (original PDF files, named STATE_YEAR_SYMBOL), `eval/crpd_headings.jsonl`
(headings with the paragraphs below them) and `eval/segmentation` (PDF files with their paragraphs).
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import cycle, groupby, islice
from pathlib import Path
from typing import Any

import pypdfium2

from corpus.catalog import Catalog, Change
from corpus.ingest import fingerprint
from corpus.model import Document, Metadata
from corpus.parse import SourceFile, load_source, parse_document
from corpus.places import same_state
from corpus.rows import NewDocument
from corpus.symbol import Symbol
from corpus.workers import Workers
from tests.benchmarks.memory import resident_mib
from tests.benchmarks.table import show

FURNITURE = re.compile(r"GE\.\s?\d\d-\d{4,6}|\bDistr\.|Please recycle|\*\d{7}\*|Original: English")
BATCH = 16  # documents published at a time


def main() -> None:
    """Print each table; figures of the documents first, then speed and memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--files", type=int, default=500, help="files to read for the table of memory")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    paths = sorted((given.data / "corpus" / "crpd").glob("*.pdf"))
    documents = {path: parse_document(load_source(path)) for path in paths}
    show("Documents", list(_documents(documents)), as_json=given.json)
    labels = [
        json.loads(line) for line in (given.data / "eval" / "crpd_headings.jsonl").open(encoding="utf-8")
    ]
    right, disagreements = _headings(documents, labels)
    found = [{"labels": len(labels), "same": right, "share": right / len(labels)}]
    show("Paragraphs below each heading", found, as_json=given.json)
    if disagreements:
        show("Headings where the label says otherwise", disagreements, as_json=given.json)
    show("Segmentation", list(_segmentation(given.data / "eval" / "segmentation")), as_json=given.json)
    show("Speed, on all cores", list(_speed(paths)), as_json=given.json)
    show("Memory", list(_memory(paths, given.files)), as_json=given.json)


# -- what is read


def _documents(documents: dict[Path, Document]) -> Iterator[dict[str, Any]]:
    checks: dict[str, Callable[[Path, Document], bool]] = {
        "own symbol as in the file name": _symbol_agrees,
        "State as in the file name": _state_agrees,
        "day of adoption as the first paragraph prints it": _date_agrees,
        "numbers unbroken from 1": _unbroken,
        "no furniture inside paragraphs": _without_furniture,
        "footnotes outside paragraphs, each with its call": _footnotes_tied,
        "every character accounted for": _accounted,
        "no warning": lambda _path, document: not document.warnings,
    }
    for name, check in checks.items():
        failed = [path.name for path, document in documents.items() if not check(path, document)]
        yield {
            "check": name,
            "right": len(documents) - len(failed),
            "of": len(documents),
            "not": "; ".join(failed)[:120],
        }


def _symbol_agrees(path: Path, document: Document) -> bool:
    return Symbol.parse(path.stem[path.stem.index("_CRPD_") + 1 :].replace("_", "/")) == Symbol.parse(
        document.symbol
    )


def _state_agrees(path: Path, document: Document) -> bool:
    named = re.sub(r" \(Hong Kong\)", "", path.stem.split("_")[0])
    return len(document.states) == 1 and same_state(named, document.states[0])


def _date_agrees(path: Path, document: Document) -> bool:
    printed = re.findall(r"\d{1,2} \w+ \d{4}", document.paragraphs[0].text)
    shown = f"{document.adopted:%-d %B %Y}" if document.adopted else ""
    year = path.stem.split("_")[1]
    in_year = document.adopted is not None and year in ("UnknownYear", str(document.adopted.year))
    return shown == printed[-1] and (in_year or any(w.code == "date_conflict" for w in document.warnings))


def _unbroken(_path: Path, document: Document) -> bool:
    labels = [paragraph.label for paragraph in document.paragraphs]
    return labels == [str(number) for number in range(1, len(labels) + 1)]


def _without_furniture(_path: Path, document: Document) -> bool:
    texts = [place.full_text for paragraph in document.paragraphs for place in paragraph.places()]
    alone = re.compile(rf"(?:^|\n)\s*(?:{re.escape(document.symbol)}|\d{{1,3}})\s*(?:\n|$)")
    return not any(FURNITURE.search(text) or alone.search(text) for text in texts)


def _footnotes_tied(_path: Path, document: Document) -> bool:
    texts = " ".join(paragraph.full_text for paragraph in document.paragraphs)
    return all(note.called_from and note.text[:60] not in texts for note in document.footnotes)


def _accounted(_path: Path, document: Document) -> bool:
    ends = [0, *(span.end for span in document.spans)]
    return [span.start for span in document.spans] == ends[:-1] and ends[-1] == len(document.text)


def _headings(
    documents: dict[Path, Document], labels: Sequence[dict[str, Any]]
) -> tuple[int, list[dict[str, Any]]]:
    runs = {path.name: list(_runs(document)) for path, document in documents.items()}
    right, disagreements = 0, []
    for label in labels:
        paragraphs = [str(number) for number in label["paragraphs"]]
        found = [
            below for title, below in runs[label["file"]] if title.startswith(_letters(label["heading"]))
        ]
        if paragraphs in found:
            right += 1
        else:
            above = {number: title for title, below in runs[label["file"]] for number in below}
            elsewhere = sorted({above[number] for number in paragraphs} - {_letters(label["heading"])})
            disagreements.append(
                {
                    "document": label["symbol"],
                    "heading": label["heading"],
                    "label": ", ".join(paragraphs),
                    "read": " / ".join(", ".join(below) for below in found),
                    "the others stand below": ", ".join(elsewhere)[:60],
                }
            )
    return right, disagreements


def _runs(document: Document) -> Iterator[tuple[str, list[str]]]:
    """Each innermost heading with the paragraphs below it, in order."""
    for section, paragraphs in groupby(document.paragraphs, key=lambda p: p.section):
        yield _letters(section[-1]) if section else "", [paragraph.label for paragraph in paragraphs]


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _segmentation(folder: Path) -> Iterator[dict[str, Any]]:
    """Paragraphs as a whole, letters and digits compared; headings and mastheads are no paragraphs."""
    for path in sorted(folder.glob("*.pdf")):
        marked = json.loads((folder / f"{path.stem}.paragraphs.json").read_text(encoding="utf-8"))
        gold = Counter(_letters_only(text) for text in dict.fromkeys(marked) if _is_paragraph(text))
        given = Metadata(symbol="A/1/1")
        document = parse_document(SourceFile(path.name, path.read_bytes(), given))
        found = Counter(_letters_only(paragraph.full_text) for paragraph in document.paragraphs)
        found = Counter({text: count for text, count in found.items() if text})
        same = sum((gold & found).values())
        precision, recall = same / sum(found.values()), same / sum(gold.values())
        yield {
            "file": path.name,
            "marked": sum(gold.values()),
            "read": sum(found.values()),
            "same": same,
            "precision": precision,
            "recall": recall,
            "F1": 2 * precision * recall / (precision + recall),
        }


def _is_paragraph(text: str) -> bool:
    without_call = re.sub(r"\s*\d+/$", "", text)
    return re.match(r"\d+\. ", text) is not None or without_call.endswith(",")


def _letters_only(text: str) -> str:
    """Without digits too: the marked paragraphs keep the calls of footnotes and the numbers."""
    return re.sub(r"[\W\d]+", "", text).casefold()


# -- what it takes


def _speed(paths: Sequence[Path]) -> Iterator[dict[str, Any]]:
    pages = sum(len(pypdfium2.PdfDocument(path)) for path in paths)
    began = time.perf_counter()
    for path in paths:
        with pypdfium2.PdfDocument(path) as document:
            for page in document:
                page.get_textpage().get_text_range()
    bare = time.perf_counter() - began
    with tempfile.TemporaryDirectory() as folder, Workers() as workers:
        workers.submit(load_source(paths[0])).result()  # the processes are started
        began = time.perf_counter()
        with closing(Catalog(Path(folder) / "catalog.db")) as catalog:
            _publish(catalog, workers, [load_source(path) for path in paths])
        whole = time.perf_counter() - began
    for name, seconds in (("text alone, one process", bare), ("file to document in the catalog", whole)):
        yield {
            "what": name,
            "pages": pages,
            "seconds": round(seconds, 2),
            "pages a second": round(pages / seconds),
            "ratio": bare / seconds,
        }


def _publish(catalog: Catalog, workers: Workers, sources: Sequence[SourceFile]) -> None:
    futures = [(source, workers.submit(source)) for source in sources]
    number = 1
    for start in range(0, len(futures), BATCH):
        batch = []
        for source, future in futures[start : start + BATCH]:
            batch.append(NewDocument(number, future.result(), fingerprint(source)))
            number += 1
        catalog.publish(Change(add=batch), start // BATCH + 1, {"kind": "benchmark"})


def _memory(paths: Sequence[Path], files: int) -> Iterator[dict[str, Any]]:
    with Workers() as workers:
        for read, _ in enumerate(_read(workers, islice(cycle(paths), files)), 1):
            if read in (len(paths), files // 2, files):
                yield {"files read": read, **resident_mib()}


def _read(workers: Workers, paths: Iterable[Path]) -> Iterator[Document]:
    """Documents one after the other, no more of them under way than keep the workers busy."""
    waiting = []
    for path in paths:
        waiting.append(workers.submit(load_source(path)))
        if len(waiting) > workers.ahead:
            yield waiting.pop(0).result()
    yield from (future.result() for future in waiting)


if __name__ == "__main__":
    main()
