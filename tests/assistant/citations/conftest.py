"""A small collection of documents to resolve references in, opened without index or model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from assistant.citations.resolution import Resolution
from assistant.citations.resolve import Resolver
from corpus.catalog import Catalog, Change
from corpus.holdings import Holdings
from corpus.model import Document, Metadata
from corpus.parse import SourceFile, parse_document
from tests.corpus.catalogs import builtin, new

_TEXT = """1. The Committee considered the report.

2. The Committee recommends that the State party:

(a) Equip all ferries with lifeboats;

(b) Inspect them every year.

3. The Committee thanks the State party.
"""


def _document(symbol: str, state: str, day: date, text: str = _TEXT, title: str = "") -> Document:
    title = title or f"Concluding observations on the initial report of {state}"
    given = Metadata(symbol=symbol, title=title, states=(state,) if state else (), adopted=day)
    return parse_document(SourceFile("a.txt", text.encode(), given))


def _held() -> list[Document]:
    joint = "Joint general comment on harmful practices"
    twice = (
        _TEXT + "\nAnnex\n\n1. The Committee considered the annex.\n\n2. The Committee thanks its author.\n"
    )
    both = _document("CEDAW/C/GC/31/Rev.1", "", date(2019, 5, 8), title=f"{joint} (2019)")
    return [
        builtin(),
        replace(both, other_symbols=("CRC/C/GC/18/Rev.1",)),
        _document("CRPD/C/KEN/CO/1", "Kenya", date(2015, 8, 28)),
        _document("CRPD/C/COK/CO/1", "Cook Islands", date(2015, 4, 16)),
        _document("CRPD/C/NZL/CO/1", "New Zealand", date(2014, 10, 3)),
        _document("CRPD/C/PRK/CO/1", "Democratic People’s Republic of Korea", date(2025, 8, 19)),
        _document("CRPD/C/CHN/CO/1", "China", date(2012, 9, 27)),
        _document("CRPD/C/MEX/CO/1", "Mexico", date(2014, 9, 30)),
        _document("CRPD/C/MEX/CO/2-3", "Mexico", date(2022, 3, 25)),
        _document("CRC/C/GC/7/Rev.1", "", date(2005, 11, 1), title="General comment on early childhood"),
        _document("CAT/C/TCD/CO/1", "Chad", date(2009, 5, 14), twice),
    ]


@pytest.fixture(scope="session")
def resolver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Resolver]:
    """Resolves references in the built-in document and made ones."""
    catalog = Catalog(tmp_path_factory.mktemp("citations") / "catalog.db")
    catalog.publish(Change(add=[new(number, each) for number, each in enumerate(_held(), 1)]), 1, None)
    with catalog.snapshot() as snapshot:
        yield Resolver(snapshot, Holdings(snapshot.headers()))
    catalog.close()


def places_of(resolution: Resolution) -> list[str]:
    """The pinpoints of the places that a reference leads to."""
    return [place.pinpoint for place in resolution.places]
