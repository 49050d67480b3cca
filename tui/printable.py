"""Texts that the terminal shows and never obeys: from documents, questions, titles and file names.

Textual and Rich write escape, the other controls and what orders text from right to left as they are,
so that a document could ring, rename the window, fill the clipboard or turn a row around. Each of
these becomes one visible character, and so every offset into a text stays true.

Letters written from right to left stay as they are, in their order, without isolates around them: most
terminals lay cells out from left to right whatever is in them, those that reorder do so within a row and
take no isolates, and a row that is cut would lose the end of one.
"""

from __future__ import annotations

import re
from unicodedata import category

UNKNOWN = "\ufffd"
"""What stands for a character that has no picture of its own: one cell wide."""

# letters and marks that are not seen; terminals give some of them one or two cells and Rich none
_UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
_JOINERS = "\u200c\u200d"
_SELECTORS = "\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
_IN_CONTEXT = re.compile(f"[{_JOINERS}{_SELECTORS}]")
# Arabic and its kin, and the scripts of South and South-East Asia and of Mongolia
_JOINING = re.compile("[\u0600-\u0dff\u0f00-\u109f\u1780-\u18af\ua800-\uabff\U00011000-\U00011fff]")
_PICTOGRAM = re.compile("[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]")


def printable(text: str, *, lines: bool = True) -> str:
    """A text with a visible character for each that a terminal would obey or hide, of the same length.

    Line feeds stay with `lines` and are spaces without; a tab is a space, and so is the carriage
    return of a line's end.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _IN_CONTEXT.sub(_where_it_belongs, text.replace("\r\n", " \n"))
    return text.translate(
        {ord(each): _stand_in(each, lines) for each in set(text) if not _stays(each, lines)}
    )


def _stays(character: str, lines: bool) -> bool:
    if character == "\n":
        return lines
    if character in _JOINERS:
        return True  # those left have been found to belong where they are
    return (character.isprintable() and character not in _UNSEEN) or category(character) == "Zs"


def _stand_in(character: str, lines: bool) -> str:
    if character == "\t" or (character == "\n" and not lines):
        return " "
    if character < " ":
        return chr(0x2400 + ord(character))  # Unicode's pictures of the controls
    if character == "\x7f":
        return "\u2421"
    return "-" if character == "\u00ad" else UNKNOWN  # a soft hyphen is a hyphen in most terminals


def _where_it_belongs(found: re.Match[str]) -> str:
    """A joiner between letters that it joins, and a selector after what it varies; elsewhere they hide."""
    text, at = found.string, found.start()
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if found[0] in _JOINERS:
        belongs = _are(_JOINING, before, after) or (found[0] == "\u200d" and _are(_PICTOGRAM, before, after))
    else:
        belongs = bool(before) and before.isprintable() and category(before)[0] in "LNPS"
    return found[0] if belongs else UNKNOWN


def _are(kind: re.Pattern[str], *characters: str) -> bool:
    return all(kind.match(each) and each.isprintable() for each in characters)
