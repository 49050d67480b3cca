"""Small documents, made up for tests of the index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from corpus.model import Document, Metadata
from corpus.parse import SourceFile, parse_document

STATES = {
    "KEN": "Kenya",
    "UGA": "Uganda",
    "TZA": "Tanzania",
    "RWA": "Rwanda",
    "BDI": "Burundi",
    "SOM": "Somalia",
}


def symbol_of(state: str) -> str:
    return f"CRC/C/{state}/CO/1"


KENYA, UGANDA = symbol_of("KEN"), symbol_of("UGA")


def text_of(state: str, paragraphs: Sequence[str]) -> str:
    title = f"Concluding observations on the initial report of {STATES[state]}"
    numbered = (f"{number}. {text}" for number, text in enumerate(paragraphs, 1))
    return "\n\n".join([title, *numbered]) + "\n"


def source_of(state: str, *paragraphs: str, year: int = 2015) -> SourceFile:
    """A file with these paragraphs and metadata that say what it is."""
    given = Metadata(symbol=symbol_of(state), states=(STATES[state],), adopted=date(year, 6, 5))
    return SourceFile(f"{state}.txt", text_of(state, paragraphs).encode(), given)


def document_of(state: str, *paragraphs: str) -> Document:
    return parse_document(source_of(state, *paragraphs))


def loads(*sources: SourceFile) -> list[Callable[[], SourceFile]]:
    """What an ingest takes: a loader for each file."""

    def load(source: SourceFile) -> Callable[[], SourceFile]:
        return lambda: source

    return [load(source) for source in sources]
