"""One reader a file format, chosen by content and not by file name."""

from __future__ import annotations

from corpus.errors import SourceEmpty
from corpus.layout import Reader, Reading
from corpus.readers.signatures import is_html, is_pdf, is_zip, refuse_unreadable, refuse_xml
from corpus.readers.text import read_text


def reader_for(data: bytes, name: str) -> Reader:
    """The reader for this content; raises a `SourceRefused` for what no reader reads."""
    # each is imported when a file needs it, so that plain text does not wait for the others' libraries
    if not data.strip(b"\x00 \t\r\n\f\xef\xbb\xbf"):
        raise SourceEmpty(f"{name} is empty.", "Give a file with text in it.")
    if is_pdf(data):
        from corpus.readers.pdf import read_pdf

        return read_pdf
    if is_zip(data):
        from corpus.readers.docx import read_docx

        return read_docx
    refuse_unreadable(data, name)
    if is_html(data):
        from corpus.readers.html import read_html

        return read_html
    refuse_xml(data, name)
    return read_text


def read(data: bytes, name: str) -> Reading:
    """Read one file's bytes with the reader its content calls for."""
    return reader_for(data, name)(data, name)
