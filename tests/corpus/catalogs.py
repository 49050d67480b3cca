"""Documents to put into a catalog."""

from functools import cache

from corpus.model import Document, Metadata
from corpus.parse import SourceFile, builtin_sources, parse_document
from corpus.rows import NewDocument

SYMBOL = "CRC/C/OPSC/LAO/CO/1"


@cache
def builtin() -> Document:
    return parse_document(builtin_sources()[0])


def document_of(symbol: str, *paragraphs: str) -> Document:
    text = "\n\n".join(f"{number}. {words}" for number, words in enumerate(paragraphs, 1))
    return parse_document(SourceFile("a.txt", text.encode(), Metadata(symbol=symbol)))


def new(number: int, document: Document | None = None) -> NewDocument:
    return NewDocument(number, document or builtin(), f"fingerprint {number}")
