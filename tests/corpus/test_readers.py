import subprocess
import sys

import pytest

from corpus.errors import (
    SourceEmpty,
    SourceEncrypted,
    SourceNotText,
    SourceOldFormat,
    SourceRefused,
)
from corpus.readers import read, reader_for
from tests.corpus.docx_files import docx, p, r
from tests.corpus.readings import refusal_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def named(data: bytes) -> str:
    return getattr(reader_for(data, "report.pdf"), "__name__", "")


# -- by content


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n",
        b"\n%PDF-1.4 x",
        b"\xef\xbb\xbf%PDF-1.4",
        b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n1 0 obj endobj",
    ],
)
def test_a_pdf_is_read_as_one_though_something_may_stand_before_it(data: bytes) -> None:
    assert named(data) == "read_pdf"


def test_a_text_about_pdf_files_is_a_text() -> None:
    assert named(b"1. A file begins with %PDF-1.4.") == "read_text"
    assert named(b" " * 2000 + b"x %PDF-1.4 endobj") == "read_text"


def test_a_zip_file_is_read_as_a_word_file() -> None:
    assert named(docx(p(r("x")))) == "read_docx"
    assert named(b"PK\x05\x06") == "read_docx"


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><p>x", "\n <html lang=en>", "<HEAD>", "<!-- saved -->\n<html>", "<body>x",
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">',
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', "<p>One</p>", "<div><p>x</div>",
        "HTTP/1.1 200 OK\n" + "<p>x</p>" * 6, "<meta charset=utf-8><p>x",
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_web_page_is_read_as_one_in_any_encoding(text: str, encoding: str) -> None:
    assert named(text.encode(encoding)) == "read_html"


@pytest.mark.parametrize(
    "text",
    [
        "1. The Committee met.",
        "1. The <b>Committee</b> met.",
        "<1> Note",
        "a < b",
        "<https://un.org> x",
        "<p without end",
    ],
)
def test_a_text_with_few_tags_is_a_text(text: str) -> None:
    assert named(text.encode()) == "read_text"


def test_an_error_page_under_the_name_of_a_document_is_refused_as_one() -> None:
    page = b"<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>"
    refusal = refusal_of(page, "CERD_C_ALB_CO_1.pdf")
    assert isinstance(refusal, SourceNotText)
    assert "error page" in refusal.message


# -- refusals


@pytest.mark.parametrize(
    ("data", "error", "kind"),
    [
        (b"", SourceEmpty, "empty"),
        (b"\x00\x00\n", SourceEmpty, "empty"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), SourceEncrypted, "password"),
        (OLE + "WordDocument".encode("utf-16-le"), SourceOldFormat, "old Word file"),
        (OLE + "Workbook".encode("utf-16-le"), SourceNotText, "Excel"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), SourceNotText, "PowerPoint"),
        (OLE, SourceOldFormat, "old Microsoft Office"),
        (b"\xd0\xcf\x11\xe0 cut", SourceOldFormat, "old Microsoft Office"),
        (b"{\\rtf1\\ansi x}", SourceOldFormat, "RTF"),
        (b"\n{\\rtf1 x}", SourceOldFormat, "RTF"),
        (b"\xffWPC\x10\x00", SourceOldFormat, "WordPerfect"),
        (b"\xdb\xa5\x2d\x00 x", SourceOldFormat, "old Word"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', SourceOldFormat, "in XML"),
        (b'<?xml version="1.0"?><pkg:package xmlns:pkg="x">', SourceOldFormat, "Word file in XML"),
        (b'<?xml version="1.0"?><rss></rss>', SourceNotText, "XML"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related;\n\n<html>", SourceNotText, "web archive"),
        (b"\x1f\x8b\x08 x", SourceNotText, "gzip"),
        (b"BZh91AY x", SourceNotText, "bzip2"),
        (b"7z\xbc\xaf\x27\x1c x", SourceNotText, "7-Zip"),
        (b"Rar!\x1a\x07\x00 x", SourceNotText, "RAR"),
        (b"x" * 257 + b"ustar\x00", SourceNotText, "tar archive"),
        (b"\x89PNG\r\n", SourceNotText, "picture"),
        (b"\xff\xd8\xff\xe0", SourceNotText, "picture"),
        (b"GIF89a", SourceNotText, "picture"),
        (b"II*\x00 x", SourceNotText, "picture"),
        (b"BM\x00\x01\x00\x00\x00\x00\x00\x00", SourceNotText, "picture"),
        (b"RIFF\x00\x00\x00\x00WEBP", SourceNotText, "picture"),
        (b"\x00\x00\x00\x18ftypheic", SourceNotText, "picture"),
        (b"%!PS-Adobe-3.0", SourceNotText, "PostScript"),
        (b"\x7fELF\x02", SourceNotText, "program"),
        (b"PK\x03\x04 ...", SourceRefused, "damaged"),
    ],
)  # fmt: skip
def test_a_format_that_is_not_read_is_named_with_a_way_out(
    data: bytes, error: type[SourceRefused], kind: str
) -> None:
    refusal = refusal_of(data, "report.txt")
    assert isinstance(refusal, error)
    assert kind in refusal.message


# -- speed


def test_a_text_is_read_without_the_libraries_of_other_formats() -> None:
    program = (
        "import sys; from corpus.readers import read; read(b'1. The Committee met.', 'a');"
        "print(sorted({'docx', 'lxml', 'selectolax', 'pypdfium2', 'charset_normalizer'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_text_in_utf_16_without_a_mark_is_read() -> None:
    text = "1. The State party’s report – “good”.\n"
    for encoding in ("utf-16-le", "utf-16-be"):
        assert read(text.encode(encoding), "a.txt").text == text
