"""Characters of symbol fonts as Unicode: Word stores them as places in the font."""

from __future__ import annotations

# Adobe's Symbol encoding, 0x41 to 0x5A and 0x61 to 0x7A; what is below 0x41 is mostly as in ASCII.
_SYMBOL = dict(zip(range(0x41, 0x5B), "ΑΒΧ∆ΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True))
_SYMBOL |= dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_SYMBOL |= {
    0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "*", 0x2D: "−", 0x40: "≅", 0x5E: "⊥", 0xA2: "′", 0xA3: "≤",
    0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″",
    0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC7: "∩",
    0xC8: "∪", 0xCE: "∈", 0xCF: "∉", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD6: "√", 0xE2: "®", 0xE3: "©",
    0xE4: "™", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_WINGDINGS = {
    0x2A: "✉", 0x46: "☞", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "❑", 0x72: "❒",
    0x73: "⬧", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x9E: "·", 0x9F: "•", 0xA0: "•", 0xA1: "○",
    0xA4: "◉", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xDC: "➲", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓",
    0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
_PRIVATE = range(0xF000, 0xF100)
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
"""Stands for a symbol whose meaning only its font knows."""


def symbols(text: str, font: str | None, otherwise: str = UNKNOWN) -> str:
    """Text as its font prints it; `otherwise` stands for a place in a font that is not known."""
    table = _FONTS.get((font or "").lower())
    if table is None and not any(ord(character) in _PRIVATE for character in text):
        return text
    return "".join(_symbol(ord(character), table, otherwise) for character in text)


def _symbol(code: int, table: dict[int, str] | None, otherwise: str) -> str:
    if code not in _PRIVATE and (table is None or code > 0xFF):
        return chr(code)
    place = code - _PRIVATE.start if code in _PRIVATE else code
    if table is not None and place in table:
        return table[place]
    # without its font a private character is in one of the two, and bullets are the same in none
    if table is not _WINGDINGS and 0x20 <= place < 0x7F:
        return chr(place)
    if table is None and place in _SYMBOL:
        return _SYMBOL[place]
    return " " if place in (0x20, 0xA0) else otherwise
