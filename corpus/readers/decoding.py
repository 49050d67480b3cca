"""Bytes become text: the encoding by its mark, as declared, or by what the bytes can be."""

from __future__ import annotations

import codecs

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 4096  # bytes that show whether every second one is zero
# What browsers take other encodings for (the WHATWG Encoding Standard, 4.2).
_AS_BROWSERS = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "latin-1": "cp1252", "iso8859-9": "cp1254",
    "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932", "big5": "big5hkscs",
    "tis-620": "cp874", "iso8859-11": "cp874",
}  # fmt: skip


def decode(data: bytes, declared: str | None = None) -> str | None:
    """The text of a file, or None where the bytes are no text; `declared` is tried after a mark."""
    encoding = encoding_shown(data)
    if encoding:
        return _decode_as(data, encoding)
    if b"\x00" in data:
        return None
    if declared and (text := _decode_as(data, _known(declared))) is not None:
        return text
    # what is not UTF-8 is nearly always Western European here, which detectors confuse with its neighbours
    for guess in ("utf-8", "cp1252"):
        if (text := _decode_as(data, guess)) is not None:
            return text
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return None if best is None else str(best)


def opening(data: bytes, size: int) -> str:
    """The beginning of a file in characters that show its tags, whatever its encoding."""
    encoding = encoding_shown(data)
    return data[:size].decode(encoding or "latin-1", errors="ignore").removeprefix("\ufeff")


def encoding_shown(data: bytes) -> str | None:
    """The Unicode encoding that a byte order mark shows, or zeros in every second byte, if any."""
    marked = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), None)
    if marked:
        return marked
    sample = data[:_SAMPLE]
    pairs = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if pairs and max(even, odd) > 0.4 * pairs and min(even, odd) <= 0.02 * pairs:
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _known(declared: str) -> str | None:
    """The codec for an encoding that a page names, None for one that nobody knows."""
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    # a page whose tags were read byte by byte is in no encoding of two bytes a character
    return "utf-8" if name.startswith(("utf-16", "utf-32")) else _AS_BROWSERS.get(name, name)


def _decode_as(data: bytes, encoding: str | None) -> str | None:
    if encoding is None:
        return None
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None
