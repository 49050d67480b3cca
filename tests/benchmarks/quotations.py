"""Whether quotations are found where they stand: verbatim, altered, marked, stitched, invented ones.

python -m tests.benchmarks.quotations DATA [--seed N] [--half HALF] [--failures] [--json]

Bounds are chosen on the half `develop`; the half `held` judges them, and its failures are not listed.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from assistant.citations.candidates import Finder
from assistant.citations.quotation import QuoteMatch
from assistant.citations.quotation_text import unquoted
from assistant.citations.quotes import Quoter
from assistant.citations.resolve import Resolver
from corpus.catalog import Change
from corpus.rows import NewDocument
from index.collection import Collection
from index.embedded import EmbeddedEngine
from index.embedding import Encoder, Precision
from tests.benchmarks.citation_quotations import quotations
from tests.benchmarks.citations import read_documents
from tests.benchmarks.quotation_material import MadeQuotation, Quoted
from tests.benchmarks.table import share, show

SEED = 8
_TRUE = frozenset({"exact", "exact_normalised", "altered_ok"})


def main() -> None:
    """Match the quotations of one half or both, and tell how many verdicts are right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--seed", type=int, default=SEED, help="Other ones than those that are reported.")
    parser.add_argument("--half", choices=("develop", "held"))
    parser.add_argument("--failures", action="store_true", help="List those of the half `develop`.")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    documents = sorted(read_documents(given.data), key=lambda new: new.document.symbol)
    with ExitStack() as stack:
        quoters = {
            "all": stack.enter_context(_quoter(documents)),
            "half": stack.enter_context(_quoter(documents[::2])),
        }
        made = quotations(_quoted(documents), given.seed)
        halves = {"develop": made[::2], "held": made[1::2]}
        for half in [given.half] if given.half else halves:
            results, seconds = _matched(quoters, halves[half])
            show(f"Quotations, half {half}", _rows(results), as_json=given.json)
            show(f"In all, half {half}", [_sum(results, seconds)], as_json=given.json)
            if given.failures and half == "develop":
                _list_failures(results)


def is_right(made: MadeQuotation, found: QuoteMatch) -> bool:
    """Whether a quotation has the right verdict and one of its places, and what differs is told in full."""
    told = {(place.symbol, eid) for place in found.places for eid in place.eids}
    joined = "".join(difference.quoted for difference in found.diff)
    return (
        found.verdict in made.verdicts
        and (not made.places or bool(made.places & told) or _is_counted(found))
        and (not found.diff or joined == unquoted(made.text))
    )


def _is_counted(found: QuoteMatch) -> bool:
    """Whether it stands in more places than are told, so that the one it was taken from may be among them."""
    return found.more > 0


_Matcher = tuple[Quoter, Resolver]
_Results = Sequence[tuple[MadeQuotation, QuoteMatch]]


def _matched(quoters: dict[str, _Matcher], made: Sequence[MadeQuotation]) -> tuple[_Results, list[float]]:
    results, seconds = [], []
    for each in made:
        quoter, resolver = quoters[each.held]
        cited = resolver.resolve(each.cited) if each.cited else None
        begun = time.perf_counter()
        results.append((each, quoter.match(each.text, cited)))
        seconds.append(time.perf_counter() - begun)
    return results, seconds


def _rows(results: _Results) -> list[dict[str, Any]]:
    by_kind: dict[str, list[tuple[MadeQuotation, QuoteMatch]]] = {}
    for made, found in results:
        by_kind.setdefault(made.kind, []).append((made, found))
    rows = []
    for kind, some in sorted(by_kind.items()):
        right = [is_right(*each) for each in some]
        others = Counter(found.verdict for (_, found), ok in zip(some, right, strict=True) if not ok)
        others_told = ", ".join(f"{verdict} {count}" for verdict, count in others.most_common())
        rows.append(
            {"kind": kind, "quotations": len(some), "right": sum(right) / len(right), "others": others_told}
        )
    return rows


def _sum(results: _Results, seconds: Sequence[float]) -> dict[str, Any]:
    invented = [found for made, found in results if made.kind.startswith("invented")]
    return {
        "quotations": len(results),
        "verdicts right": sum(is_right(*each) for each in results) / len(results),
        "invented": len(invented),
        "called exact": sum(found.verdict in _TRUE for found in invented),
        "ms each, median": share(seconds, 50) * 1000,
        "p95": share(seconds, 95) * 1000,
    }


def _list_failures(results: _Results) -> None:
    for made, found in results:
        if not is_right(made, found):
            print(f"\n{made.kind}: {made.text!r}, cited {made.cited!r}")
            print(f"  wanted {sorted(made.verdicts)} {sorted(made.places)}")
            print(
                f"  found  {found.verdict} {[(p.symbol, *p.eids) for p in found.places[:5]]} {found.likeness}"
            )
            print(f"  {found.reason}")
            print("  ", [(d.quoted, d.printed) for d in found.diff if d.kind != "equal" and not d.form_only])


def _quoted(documents: Sequence[NewDocument]) -> list[Quoted]:
    with _collection(documents) as collection, collection.catalog.snapshot() as snapshot:
        headers = {header.id: header for header in snapshot.headers()}
    return [Quoted(headers[new.id], new.document.paragraphs) for new in documents]


@contextmanager
def _quoter(documents: Sequence[NewDocument]) -> Iterator[_Matcher]:
    with _collection(documents) as collection, collection.catalog.snapshot() as snapshot:
        holdings = collection.holdings(snapshot)
        yield Quoter(snapshot, holdings, Finder(collection)), Resolver(snapshot, holdings)


@contextmanager
def _collection(documents: Sequence[NewDocument]) -> Iterator[Collection]:
    """A collection of documents without an index and without a model."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        collection = Collection(home, EmbeddedEngine(home / "index"), no_model)
        collection.catalog.publish(Change(add=documents, seeded=True), 1, None)
        yield collection
        collection.close()


def no_model(precision: Precision | None) -> Encoder:
    """For collections that need none."""
    raise RuntimeError("No model is needed to match quotations.")


if __name__ == "__main__":
    main()
