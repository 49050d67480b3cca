"""Small PDF files written for a test: pages of pieces of text, each with its place, size and font."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_FONTS = {(False, False): "F1", (True, False): "F2", (False, True): "F3", (True, True): "F4"}
_NAMES = {"F1": "Times-Roman", "F2": "Times-Bold", "F3": "Times-Italic", "F4": "Times-BoldItalic"}
WIDTH, HEIGHT = 595, 842
LEFT, LEADING = 113.0, 12.0


@dataclass(frozen=True)
class Text:
    """A piece of text; `down` counts points from the upper edge of the page to its base line."""

    text: str
    down: float
    x: float = LEFT
    size: float = 10
    bold: bool = False
    italic: bool = False


def pdf(*pages: Sequence[Text]) -> bytes:
    """A PDF file with these pages."""
    objects: list[bytes] = []

    def add(content: str | bytes) -> int:
        objects.append(content if isinstance(content, bytes) else content.encode("latin-1"))
        return len(objects)

    fonts = {
        name: add(f"<</Type/Font/Subtype/Type1/BaseFont/{base}/Encoding/WinAnsiEncoding>>")
        for name, base in _NAMES.items()
    }
    resources = add("<</Font<<" + "".join(f"/{name} {number} 0 R" for name, number in fonts.items()) + ">>>>")
    parent = len(objects) + 2 * len(pages) + 1
    kids = []
    for page in pages:
        stream = b"\n".join(_drawn(piece) for piece in page)
        contents = add(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        kids.append(
            add(
                f"<</Type/Page/Parent {parent} 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]"
                f"/Resources {resources} 0 R/Contents {contents} 0 R>>"
            )
        )
    tree = add(f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]>>")
    return _file(objects, add(f"<</Type/Catalog/Pages {tree} 0 R>>"))


def running(*lines: str, down: float = 100.0) -> list[Text]:
    """Lines below each other; an empty one leaves the space between paragraphs."""
    pieces = []
    for line in lines:
        if line:
            pieces.append(Text(line, down))
            down += LEADING
        else:
            down += LEADING / 2
    return pieces


def framed(pieces: Sequence[Text], symbol: str, number: int) -> list[Text]:
    """The same with a running head and a page number, which extractors may put last."""
    return [*pieces, Text(symbol, 50, 57, 9, bold=True), Text(str(number), 805, 57, 9, bold=True)]


def _drawn(piece: Text) -> bytes:
    font = _FONTS[piece.bold, piece.italic]
    text = piece.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /%s %.1f Tf %.1f %.1f Td (%s) Tj ET" % (
        font.encode(),
        piece.size,
        piece.x,
        HEIGHT - piece.down,
        text,
    )


def _file(objects: Sequence[bytes], root: int) -> bytes:
    data = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return data + b"trailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        root,
        start,
    )
