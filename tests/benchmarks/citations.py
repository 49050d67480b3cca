"""Whether references lead where they should: right ones in every style, and damaged ones.

python -m tests.benchmarks.citations DATA [--home HOME] [--seed N] [--half HALF] [--failures] [--json]

Rules are chosen on the half `develop`; the half `held` judges them, and its failures are not listed.
A right reference that is not resolved, or of which something is said to be wrong, is a false alarm.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.checking.references import FoundReference, find_references
from assistant.citations.resolution import Resolution
from assistant.citations.resolve import Resolver
from assistant.citations.styles import CitedDocument
from corpus.catalog import Catalog, Change, Snapshot
from corpus.errors import PilcrowError
from corpus.holdings import Holdings
from corpus.model import Metadata
from corpus.parse import builtin_sources, load_source, parse_document
from corpus.rows import NewDocument
from tests.benchmarks.citation_drafts import Planted, compare, drafts
from tests.benchmarks.citation_references import Held, Made, references
from tests.benchmarks.crpd import headings
from tests.benchmarks.table import share, show

SEED = 8
_RIGHT = ("un", "oscola", "aglc", "bluebook", "mcgill", "chicago", "typed", "ibid.")


def main() -> None:
    """Resolve the references of one half or both, and tell how many verdicts are right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--home", type=Path, help="A data folder that holds the documents already.")
    parser.add_argument("--seed", type=int, default=SEED, help="Other ones than those that are reported.")
    parser.add_argument("--half", choices=("develop", "held"))
    parser.add_argument("--failures", action="store_true", help="List those of the half `develop`.")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with _snapshot(given.data, given.home) as snapshot:
        resolver = Resolver(snapshot, Holdings(snapshot.headers()))
        held = _held(snapshot, given.data)
        made = references(held, given.seed)
        halves = {"develop": made[::2], "held": made[1::2]}
        for half in [given.half] if given.half else halves:
            results, seconds = _resolved(resolver, halves[half])
            show(f"References, half {half}", _rows(results), as_json=given.json)
            show(f"In all, half {half}", [_sum(results, seconds)], as_json=given.json)
            if given.failures and half == "develop":
                _list_failures(results)
            unstyled = Resolver(snapshot, resolver.holdings, styled=False)
            _show_drafts(unstyled, halves[half], held, given, half)


def is_right(made: Made, found: Resolution) -> bool:
    """Whether a reference led where it should: verdict, document, places, and what is said to be wrong."""
    codes = {mismatch.code for mismatch in found.mismatches}
    wanted = {code for code in made.mismatches if not code.endswith("?")}
    allowed = {code.rstrip("?") for code in made.mismatches}
    return (
        found.verdict in made.verdicts
        and (made.symbol is None or found.symbol == made.symbol)
        and {place.eid for place in found.places} == made.eids
        and wanted <= codes <= allowed
    )


def _is_right_one(made: Made) -> bool:
    return made.kind.startswith(_RIGHT) and made.kind != "ibid. of the unknown"


_Results = Sequence[tuple[Made, Resolution]]


def _resolved(resolver: Resolver, made: Sequence[Made]) -> tuple[_Results, list[float]]:
    results, seconds = [], []
    for each in made:
        begun = time.perf_counter()
        results.append((each, resolver.resolve(each.text, each.after)))
        seconds.append(time.perf_counter() - begun)
    return results, seconds


def _rows(results: _Results) -> list[dict[str, Any]]:
    by_kind: dict[str, list[bool]] = {}
    for made, found in results:
        by_kind.setdefault(made.kind, []).append(is_right(made, found))
    return [
        {"kind": kind, "references": len(right), "right": sum(right) / len(right)}
        for kind, right in sorted(by_kind.items())
    ]


def _sum(results: _Results, seconds: Sequence[float]) -> dict[str, Any]:
    right_ones = [(made, found) for made, found in results if _is_right_one(made)]
    alarms = sum(not is_right(made, found) for made, found in right_ones)
    wrong_places = sum(bool(found.places) and not is_right(made, found) for made, found in results)
    return {
        "references": len(results),
        "verdicts right": sum(is_right(*each) for each in results) / len(results),
        "right ones": len(right_ones),
        "false alarms": alarms / len(right_ones),
        "wrong places": wrong_places,
        "ms each, median": share(seconds, 50) * 1000,
    }


_Pairs = Sequence[tuple[Planted, FoundReference | None]]
_FULL = ("un,", "oscola", "aglc", "bluebook", "mcgill", "chicago")


def _show_drafts(
    resolver: Resolver, made: Sequence[Made], held: Sequence[Held], given: argparse.Namespace, half: str
) -> None:
    """The same references within drafts: found with the right extent, and nothing else found."""
    pairs: list[tuple[Planted, FoundReference | None]] = []
    besides: list[FoundReference] = []
    seconds, length = 0.0, 0
    for draft in drafts(made, held, given.seed):
        begun = time.perf_counter()
        found = find_references(draft.draft, resolver)
        seconds += time.perf_counter() - begun
        length += len(draft.text)
        planted, extra = compare(draft, found)
        pairs += planted
        besides += extra
    full = [_is_exact(*pair) for pair in pairs if pair[0].made.kind.startswith(_FULL)]
    row = {
        "references": len(pairs),
        "found": sum(found is not None for _, found in pairs) / len(pairs),
        "full ones, right extent": sum(full) / len(full),
        "verdicts right": sum(_is_right_in_draft(*pair) for pair in pairs) / len(pairs),
        "found besides": len(besides),
        "ms each": seconds * 1000 / len(pairs),
        "characters": length,
    }
    show(f"In drafts, half {half}", [row], as_json=given.json)
    if given.failures and half == "develop":
        _list_in_drafts(pairs, besides)


def _is_exact(planted: Planted, found: FoundReference | None) -> bool:
    return found is not None and (found.start, found.end) == (planted.start, planted.end)


def _is_right_in_draft(planted: Planted, found: FoundReference | None) -> bool:
    return found is not None and is_right(planted.made, found.resolution)


def _list_in_drafts(pairs: _Pairs, besides: Sequence[FoundReference]) -> None:
    for planted, found in pairs:
        made = planted.made
        exact = _is_exact(planted, found) or not made.kind.startswith(_FULL)
        if not exact or not _is_right_in_draft(planted, found):
            print(f"\n{made.kind}: {made.text!r}")
            print(f"  wanted {sorted(made.verdicts)} {made.symbol} {sorted(made.eids)}", *made.mismatches)
            if found:
                codes = [mismatch.code for mismatch in found.resolution.mismatches]
                print(f"  found  {found.text!r} {found.resolution.verdict} {found.resolution.symbol} {codes}")
                print(f"  {found.resolution.reason}")
    for each in besides:
        print(f"\nbesides: {each.text!r} {each.resolution.verdict} {each.resolution.reason}")


def _list_failures(results: _Results) -> None:
    for made, found in results:
        if not is_right(made, found):
            print(f"\n{made.kind}: {made.text!r} after {made.after!r}")
            print(f"  wanted {sorted(made.verdicts)} {made.symbol} {sorted(made.eids)}", *made.mismatches)
            codes = [mismatch.code for mismatch in found.mismatches]
            print(f"  found  {found.verdict} {found.symbol} {[p.eid for p in found.places]} {codes}")
            print(f"  {found.reason}")


def _held(snapshot: Snapshot, data: Path) -> list[Held]:
    """The documents of the data folder that are held, with their States as the labels call them."""
    states = {heading.symbol: heading.state for heading in headings(data)}
    return [
        Held(
            header,
            states[header.symbol].split(" (")[0],
            snapshot.paragraphs(header.id),
            CitedDocument.of(header, snapshot.other_symbols(header.id)),
        )
        for header in snapshot.headers()
        if header.symbol in states
    ]


@contextmanager
def _snapshot(data: Path, home: Path | None) -> Iterator[Snapshot]:
    """The documents, of a data folder or read into a catalog without an index."""
    with tempfile.TemporaryDirectory() as folder:
        catalog = Catalog((home or Path(folder)) / "catalog.db", read_only=home is not None)
        if home is None:
            catalog.publish(Change(add=list(read_documents(data))), 1, None)
        with catalog.snapshot() as snapshot:
            yield snapshot
        catalog.close()


def read_documents(data: Path) -> Iterator[NewDocument]:
    """The documents of the data folder and those that ship with Pilcrow, as they would be published."""
    sources = [*builtin_sources()]
    sources += [load_source(path, Metadata()) for path in sorted((data / "corpus" / "crpd").glob("*.pdf"))]
    symbols: set[str] = set()
    for number, source in enumerate(sources, 1):
        try:
            document = parse_document(source)
        except PilcrowError as error:
            raise RuntimeError(f"{source.name} is refused: {error}") from error
        if document.symbol not in symbols:  # China and Hong Kong share one document
            symbols.add(document.symbol)
            yield NewDocument(number, document, f"fingerprint {number}")


if __name__ == "__main__":
    main()
