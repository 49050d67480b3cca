"""One reader a file format, chosen by content and not by file name."""

from __future__ import annotations

from corpus.errors import SourceEmpty, SourceNotText
from corpus.layout import Reader, Reading
from corpus.readers.text import read_text

# First bytes of formats that are not read (the usual file signatures) and what to do instead.
_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF file", "Extract its text first, for instance with pdftotext -layout."),
    (b"PK\x03\x04", "a DOCX or other zip file", "Save it as plain text first."),
    (b"\xd0\xcf\x11\xe0", "an old Word file", "Save it as plain text first."),
    (b"\x1f\x8b", "a gzip file", "Unpack it first."),
    (b"{\\rtf", "an RTF file", "Save it as plain text first."),
    (b"\x89PNG", "a picture", "Recognise its text first."),
    (b"\xff\xd8\xff", "a picture", "Recognise its text first."),
)


def reader_for(data: bytes, name: str) -> Reader:
    """The reader for this content; raises `SourceEmpty` or `SourceNotText`."""
    if not data.strip(b"\x00 \t\r\n\f\xef\xbb\xbf"):
        raise SourceEmpty(f"{name} is empty.", "Give a file with text in it.")
    for signature, kind, mend in _REFUSED:
        if data.lstrip().startswith(signature):
            raise SourceNotText(f"{name} is {kind}, which is not read yet.", mend)
    return read_text


def read(data: bytes, name: str) -> Reading:
    """Read one file's bytes with the reader its content calls for."""
    return reader_for(data, name)(data, name)
