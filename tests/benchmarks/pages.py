"""What the page of a document costs beside the same document as JSON, and how it grows with its length.

python -m tests.benchmarks.pages [DATA] [--rounds N] [--json]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.api.pages.document_view import view_of
from assistant.api.pages.site import Site
from corpus.model import Document, Item, Metadata, Paragraph
from corpus.parse import load_source, parse_document
from corpus.rows import DOCUMENT
from tests.benchmarks.table import show

SEED = Path("corpus/seed/CRC_C_OPSC_LAO_CO_1.txt")
LENGTHS = (43, 250, 1000)


def main() -> None:
    """Make the page of the seed document, and of longer ones made of its paragraphs again and again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    seed = parse_document(load_source(given.data / SEED, Metadata(symbol="CRC/C/OPSC/LAO/CO/1")))
    rows = [_row(lengthened(seed, length), given.rounds) for length in LENGTHS]
    show("Pages of documents, milliseconds of processor time, the best round", rows, as_json=given.json)


def _row(document: Document, rounds: int) -> dict[str, Any]:
    site = Site.build(2000)
    page = site.document(document, "oscola")
    making = _best(lambda: site.document(document, "oscola"), rounds)
    as_json = _best(lambda: DOCUMENT.dump_json(document), rounds)
    site.kept.put("tag", page)
    return {
        "paragraphs": len(document.paragraphs),
        "places": sum(1 for paragraph in document.paragraphs for _ in paragraph.places()),
        "page kB": len(page) // 1000,
        "JSON kB": len(DOCUMENT.dump_json(document)) // 1000,
        "lay out": _best(lambda: view_of(document), rounds),
        "whole page": making,
        "JSON": as_json,
        "page / JSON": making / as_json,
        "page kept": _best(lambda: site.kept.get("tag"), rounds),
    }


def _best(work: Callable[[], object], rounds: int) -> float:
    """The processor time of the fastest round, in milliseconds."""
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return 1000 * min(times)


def lengthened(document: Document, length: int) -> Document:
    """A document of so many paragraphs, numbered on."""
    held = document.paragraphs
    paragraphs = (_numbered(held[n % len(held)], n) for n in range(length))
    return replace(document, paragraphs=tuple(paragraphs))


def _numbered(paragraph: Paragraph, ordinal: int) -> Paragraph:
    label = str(ordinal + 1)
    eid = f"para_{label}"
    items = tuple(_moved(item, paragraph.eid, eid) for item in paragraph.items)
    return replace(paragraph, label=label, label_printed=f"{label}.", eid=eid, ordinal=ordinal, items=items)


def _moved(item: Item, old: str, new: str) -> Item:
    items = tuple(_moved(below, old, new) for below in item.items)
    return replace(item, eid=item.eid.replace(old, new, 1), items=items)


if __name__ == "__main__":
    main()
