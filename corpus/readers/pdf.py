"""PDF: the text of each page with the boxes and fonts of its lines, through PDFium.

PDFium gives a page's characters in the order in which they are drawn, broken into lines. Boxes and
fonts are asked for a few characters of each line only, since asking for every one takes longer than
reading the page.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from corpus.errors import SourceDamaged, SourceEncrypted, SourceScanned, SourceTooLarge
from corpus.layout import Reading
from corpus.readers.page import Fragment, Page
from corpus.readers.page_layout import lay_out

MAX_PAGES = 5000
"""The longest UN documents, volumes of annual reports, have some 700 pages."""

_MIN_CHARACTERS = 20  # printed characters a page; a scan has none, or a stamp
_BREAK = re.compile(r"[\ufffe\x02\u00ad]?(?:\r\n|[\r\n])|[\ufffe\x02]")
_HYPHEN = "\ufffe\x02"  # what PDFium puts for a hyphen that ends a line
_RAISED = re.compile(r"(?<!\d)\d{1,3}(?!\d)|^[a-z](?=\s)|(?<!\*)\*{1,4}")
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]")
_TRAILER = 2048  # bytes at the end in which a PDF file says that it ends
_WIDE_GAP = 2.5  # letter heights between words that do not belong to one line
_HEAD, _FOOT, _MASTHEAD = 0.88, 0.12, 0.75  # parts of the page height from its foot


def read_pdf(data: bytes, name: str) -> Reading:
    """Read a PDF file; raises a `SourceRefused` for one that is encrypted, damaged, or without text."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD:
            raise SourceEncrypted(
                f"{name} opens with a password only.", "Save it without a password."
            ) from None
        raise SourceDamaged(
            f"{name} is a PDF file that is cut off or corrupt.", "Download or export it again."
        ) from None
    with document:
        if len(document) > MAX_PAGES:
            raise SourceTooLarge(
                f"{name} has {len(document):,} pages; {MAX_PAGES:,} are read at most.", "Split it."
            )
        pages = list(_pages(document))
    _check_text(pages, name)
    reading = lay_out(pages)
    if b"%%EOF" not in data[-_TRAILER:]:
        return replace(reading, warnings=(*reading.warnings, "the file has no end: it may be cut off"))
    return reading


def _pages(document: pdfium.PdfDocument) -> Iterator[Page]:
    for number in range(len(document)):
        try:
            page = document[number]
        except pdfium.PdfiumError:
            yield Page(number + 1, 0, 0, [], broken=True)
            continue
        try:
            text_page = page.get_textpage()
            width, height = page.get_size()
            fragments = list(_fragments(text_page, number, height))
            yield Page(number + 1, width, height, fragments, picture=not fragments and _has_picture(page))
            text_page.close()
        except pdfium.PdfiumError:
            yield Page(number + 1, 0, 0, [], broken=True)
        finally:
            page.close()


def _has_picture(page: pdfium.PdfPage) -> bool:
    return any(page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,), max_depth=2))


def _check_text(pages: list[Page], name: str) -> None:
    texts = [fragment.text for page in pages for fragment in page.fragments]
    printed = sum(len(text) - text.count(" ") for text in texts)
    if pages and all(page.broken for page in pages):
        raise SourceDamaged(f"None of the pages of {name} can be read.", "Download or export the file again.")
    if printed < _MIN_CHARACTERS * min(len(pages), 5):
        raise SourceScanned(f"{name} holds pictures of pages and no text.", "Recognise its text first (OCR).")
    if sum(len(_UNREADABLE.findall(text)) for text in texts) > printed / 4:
        raise SourceScanned(
            f"The letters of {name} cannot be told: its fonts do not say what they stand for.",
            "Recognise its text first (OCR).",
        )


def _fragments(text_page: pdfium.PdfTextPage, page_number: int, height: float) -> Iterator[Fragment]:
    probe = _Probe(text_page.raw)
    text = probe.text
    head = _MASTHEAD if page_number == 0 else _HEAD
    position = 0
    for match in (*_BREAK.finditer(text), None):
        end = match.start() if match else len(text)
        hyphen = match is not None and match[0][0] in _HYPHEN
        start = position
        position = match.end() if match else end
        if not text[start:end].strip():
            continue
        fragment = probe.fragment(start, end)
        if fragment is None:
            continue
        pieces = [fragment]
        if fragment.bottom > head * height or fragment.bottom < _FOOT * height:
            pieces = list(probe.apart(start, end, fragment.size))
        yield from pieces[:-1]
        yield pieces[-1].with_hyphen() if hyphen else pieces[-1]


class _Probe:
    """Asks PDFium about single characters of a page."""

    def __init__(self, raw: pdfium_c.FPDF_TEXTPAGE) -> None:
        self._raw = raw
        self._rect = pdfium_c.FS_RECTF()
        self._matrix = pdfium_c.FS_MATRIX()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self.text = self._read()

    def _read(self) -> str:
        """The text of the page, one character for each of PDFium's, so that positions agree."""
        count = pdfium_c.FPDFText_CountChars(self._raw)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (2 * count + 1))()
        length = pdfium_c.FPDFText_GetText(self._raw, 0, count, buffer)
        units = bytes(memoryview(buffer).cast("B"))[: 2 * max(length - 1, 0)]
        text = units.decode("utf-16-le", errors="replace")
        if len(text) == count:
            return text
        codes = (pdfium_c.FPDFText_GetUnicode(self._raw, index) for index in range(count))
        return "".join(_character(code) for code in codes)

    def box(self, index: int) -> tuple[float, float, float, float] | None:
        """Left, bottom, right and top of a character, as high as its font is."""
        rect = self._rect
        if not pdfium_c.FPDFText_GetLooseCharBox(self._raw, index, rect):
            return None
        return rect.left, rect.bottom, rect.right, rect.top

    def size(self, index: int) -> float:
        """The size of a character's font in points on the page."""
        matrix = self._matrix
        size = pdfium_c.FPDFText_GetFontSize(self._raw, index)
        if pdfium_c.FPDFText_GetMatrix(self._raw, index, matrix):
            size *= math.hypot(matrix.c, matrix.d)
        return float(size)

    def font(self, index: int) -> str:
        """The name of a character's font, in lower case."""
        length = pdfium_c.FPDFText_GetFontInfo(self._raw, index, self._name, 128, self._flags)
        return self._name.value.decode("latin-1").lower() if length else ""

    def fragment(self, start: int, end: int) -> Fragment | None:
        """The stretch of text with its box and font, as its middle letter has them."""
        text = self.text
        while text[start].isspace():
            start += 1
        while text[end - 1].isspace():
            end -= 1
        first, last = self.box(start), self.box(end - 1)
        middle = self._letter((start + end) // 2, start, end)
        body = self.box(middle)
        if not (first and last and body):
            return None
        font = self.font(middle)
        opening = next((i for i in range(start, end) if text[i].isalpha()), start)
        size = self.size(middle)
        return Fragment(
            text[start:end], first[0], min(first[1], body[1]), max(first[2], last[2]), body[3], size,
            bold=_is_bold(font) or pdfium_c.FPDFText_GetFontWeight(self._raw, middle) >= 600,
            italic=_is_italic(self.font(opening)),
            raised=tuple(self._raised(start, end, body, size)),
        )  # fmt: skip

    def apart(self, start: int, end: int, size: float) -> Iterator[Fragment]:
        """The pieces of a line whose words stand far from each other, as in heads and mastheads."""
        begin = start
        for match in re.finditer(r"(?<=\S)\s+(?=\S)", self.text[start:end]):
            before, after = self.box(start + match.start() - 1), self.box(start + match.end())
            if before and after and after[0] - before[2] > _WIDE_GAP * size:
                if piece := self.fragment(begin, start + match.start()):
                    yield piece
                begin = start + match.end()
        if piece := self.fragment(begin, end):
            yield piece

    def _letter(self, index: int, start: int, end: int) -> int:
        """The letter nearest after `index`, or before it, or `index` itself."""
        text = self.text
        after = next((i for i in range(index, end) if text[i].isalpha()), None)
        if after is None:
            after = next((i for i in range(index, start - 1, -1) if text[i].isalnum()), None)
        return after if after is not None else min(index, end - 1)

    def _raised(
        self, start: int, end: int, body: tuple[float, ...], size: float
    ) -> Iterator[tuple[int, int]]:
        for match in _RAISED.finditer(self.text[start:end]):
            index = start + match.start()
            if self.size(index) < 0.8 * size and (box := self.box(index)) and box[1] > body[1] + 0.1 * size:
                yield match.start(), match.end()


def _character(code: int) -> str:
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else " "


def _is_bold(font: str) -> bool:
    return "bold" in font or "black" in font


def _is_italic(font: str) -> bool:
    return "italic" in font or "oblique" in font
