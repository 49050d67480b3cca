"""What a file is, told from its first bytes and never from its name."""

from __future__ import annotations

import re

from corpus.errors import SourceEncrypted, SourceNotText, SourceOldFormat, SourceRefused
from corpus.readers.decoding import opening

_UNPACK = "Unpack it and give the documents in it."
_RECOGNISE = "Recognise its text (OCR) and give the result."
_SAVE = "Save it as DOCX or as PDF."
# First bytes of formats that are not read, what they are and what to do instead.
_REFUSED: tuple[tuple[bytes, type[SourceRefused], str, str], ...] = (
    (b"{\\rtf", SourceOldFormat, "an RTF file", _SAVE),
    (b"\xffWPC", SourceOldFormat, "a WordPerfect file", _SAVE),
    (b"\xdb\xa5\x2d\x00", SourceOldFormat, "an old Word file", _SAVE),
    (b"\x31\xbe\x00\x00", SourceOldFormat, "an old Word file", _SAVE),
    (b"\xfe\x37\x00\x23", SourceOldFormat, "an old Word file", _SAVE),
    (b"\x1f\x8b", SourceNotText, "a gzip file", "Unpack it first."),
    (b"BZh", SourceNotText, "a bzip2 file", "Unpack it first."),
    (b"\xfd7zXZ\x00", SourceNotText, "an xz file", "Unpack it first."),
    (b"\x28\xb5\x2f\xfd", SourceNotText, "a Zstandard file", "Unpack it first."),
    (b"7z\xbc\xaf\x27\x1c", SourceNotText, "a 7-Zip archive", _UNPACK),
    (b"Rar!\x1a\x07", SourceNotText, "a RAR archive", _UNPACK),
    (b"\x89PNG", SourceNotText, "a picture", _RECOGNISE),
    (b"\xff\xd8\xff", SourceNotText, "a picture", _RECOGNISE),
    (b"GIF87a", SourceNotText, "a picture", _RECOGNISE),
    (b"GIF89a", SourceNotText, "a picture", _RECOGNISE),
    (b"II*\x00", SourceNotText, "a picture", _RECOGNISE),
    (b"MM\x00*", SourceNotText, "a picture", _RECOGNISE),
    (b"\x00\x00\x00\x0cjP  ", SourceNotText, "a picture", _RECOGNISE),
    (b"AT&TFORM", SourceNotText, "a picture", _RECOGNISE),
    (b"%!PS", SourceNotText, "a PostScript file", "Turn it into PDF."),
    (b"\x7fELF", SourceNotText, "a program", "Give a document."),
    (b"MZ\x90\x00", SourceNotText, "a program", "Give a document."),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The streams that tell the kinds of Microsoft's old compound files apart, as their directory names them.
_STREAMS: tuple[tuple[str, type[SourceRefused], str, str], ...] = (
    ("EncryptedPackage", SourceEncrypted, "opens with a password only", "Save it without one."),
    ("WordDocument", SourceOldFormat, "is an old Word file (DOC)", _SAVE),
    ("Workbook", SourceNotText, "is an old Excel workbook", "Save the text in it as DOCX or as PDF."),
    ("PowerPoint Document", SourceNotText, "is an old PowerPoint presentation", "Save it as PDF."),
)
_HEAD = 8192  # characters in which a file shows what it is
_TAG = re.compile(
    r"</?(?:p|div|br|span|h[1-6]|li|ul|ol|table|tr|td|th|a|b|i|u|strong|em|sup|font|center|section|article"
    r"|main|body|blockquote|hr|img|form|pre)\b[^<>]*>",
    re.IGNORECASE,
)
_MANY_TAGS = 10
_PROLOGUE = re.compile(r"(?:\s+|<\?xml\b.*?\?>|<!--.*?-->|<\?[\w-].*?>)*", re.DOTALL)
_HTML = re.compile(
    r"<!doctype\s+html\b|<(?:html|head|body|title|meta|script|link|style|base)\b", re.IGNORECASE
)
_WORD_XML = re.compile(r'<pkg:package\b|<w:wordDocument\b|progid="Word\.Document"')
_WEB_ARCHIVE = re.compile(r"(?:MIME-Version|From|Content-Type):.*?multipart/related", re.DOTALL)


def is_pdf(data: bytes) -> bool:
    """Whether it is a PDF; it may begin within the first 1,024 bytes (ISO 32000-1, H.3)."""
    start = data.find(b"%PDF-", 0, 1024 + 5)
    if start < 0:
        return False
    # a text may speak of PDF files, but has none of their objects
    return not data[:start].strip(b"\x00\xef\xbb\xbf \t\r\n\f") or b"endobj" in data or b"%%EOF" in data


def is_zip(data: bytes) -> bool:
    """Whether it is a zip file, as every DOCX is."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"))


def is_html(data: bytes) -> bool:
    """Whether it is a web page: it begins as one, or is full of tags."""
    head = opening(data, _HEAD)
    body = head[_prologue(head) :]
    if _HTML.match(body):
        return True
    tags = _TAG.findall(head)
    if _TAG.match(body) and any(tag.startswith("</") for tag in tags):
        return True
    return len(tags) >= _MANY_TAGS and any(tag.startswith("</") for tag in tags)


def refuse_unreadable(data: bytes, name: str) -> None:
    """Raise the `SourceRefused` that fits a file of a format that is not read; pass all others."""
    if data.startswith(_OLE[:4]):
        raise _ole_refusal(data, name)
    bare = data.lstrip()
    for signature, error, kind, mend in _REFUSED:
        if data.startswith(signature) or bare.startswith(signature):
            raise error(f"{name} is {kind}, which is not read.", mend)
    if (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or (data[:2] == b"BM" and data[6:10] == bytes(4)):
        raise SourceNotText(f"{name} is a picture, which is not read.", _RECOGNISE)
    if data[4:8] == b"ftyp":
        raise SourceNotText(f"{name} is a picture or film, which is not read.", _RECOGNISE)
    if data[257:262] == b"ustar":
        raise SourceNotText(f"{name} is a tar archive, which is not read.", _UNPACK)
    _refuse_markup(opening(data, _HEAD), name)


def refuse_xml(data: bytes, name: str) -> None:
    """Raise `SourceNotText` for XML that is no web page: its text has no lines that a reader could find."""
    if opening(data, 64).lstrip().startswith("<?xml"):
        raise SourceNotText(f"{name} is an XML file, which is not read.", "Give it as HTML, PDF or text.")


def _refuse_markup(head: str, name: str) -> None:
    if head.startswith(("<?xml", "<pkg:package", "<w:wordDocument")) and _WORD_XML.search(head):
        raise SourceOldFormat(f"{name} is a Word file in XML, which is not read.", _SAVE)
    if _WEB_ARCHIVE.match(head[:1024]):
        raise SourceNotText(f"{name} is a web archive (MHTML), which is not read.", "Save it as HTML or PDF.")


def _ole_refusal(data: bytes, name: str) -> SourceRefused:
    for stream, error, what, mend in _STREAMS:
        if stream.encode("utf-16-le") in data:
            return error(f"{name} {what}.", mend)
    return SourceOldFormat(f"{name} is a file of an old Microsoft Office program, or a part of one.", _SAVE)


def _prologue(head: str) -> int:
    match = _PROLOGUE.match(head)
    return match.end() if match else 0
