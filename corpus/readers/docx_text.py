"""What is printed in a Word paragraph: its runs with fields, changes, symbols and calls of notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.readers.docx_notes import NoteId, Notes
from corpus.readers.docx_styles import RunFormat, Styles, W, is_on
from corpus.readers.docx_symbols import UNKNOWN, symbols

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
BOX = f"{W}txbxContent"
# Properties, changes that were deleted or moved away, codes of fields, and readings beside characters.
_LEFT_OUT = frozenset(
    f"{W}{name}"
    for name in (
        "pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "rubyPr", "rt", "del", "moveFrom",
        "delText", "delInstrText", "commentReference", "annotationRef", "softHyphen",
    )
)  # fmt: skip
_BREAKS = re.compile(r"[\n\r]")
_FIXED = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}cr": "\n",
    # printed as any other hyphen; the character of its own would hide the word from a search
    f"{W}noBreakHyphen": "-",
}
_MARK = re.compile(r"\s*(\S{1,8})")
_AUTOMATIC = re.compile(r"\b(?:AUTONUM(?:LGL|OUT)?|LISTNUM)\b")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one format; a line break is the piece `\\n`, `page_break` says that a page begins before it.

    `called` is the note whose mark it is.
    """

    text: str
    format: RunFormat
    called: NoteId | None = None
    page_break: bool = False


class Story:
    """One stream of text, the body, a header or a note; fields may go on from paragraph to paragraph."""

    def __init__(self, root: Element, styles: Styles, notes: Notes, warnings: dict[str, None]) -> None:
        self._styles = styles
        self._notes = notes
        self._warnings = warnings
        self._fields: list[bool] = []  # for each open field whether its code is being read
        self._custom: NoteId | None = None  # the note whose own mark comes next
        self.boxes: list[Element] = []
        self.own_note: NoteId | None = None
        kinds = [char.get(f"{W}fldCharType") for char in root.iter(f"{W}fldChar")]
        # a field without an end would hide all that follows, so then only its code is left out
        self._whole_fields = kinds.count("begin") == kinds.count("end")

    def pieces(self, paragraph: Element, chain: tuple[Element, ...]) -> Iterator[Piece]:
        """What a paragraph prints; text boxes in it are put on `boxes` for the caller to read."""
        plain = self._styles.run_format(None, chain)
        # a stack, since elements may be nested more deeply than calls should be
        stack = [(iter(paragraph), plain)]
        while stack:
            children, current = stack[-1]
            element = next(children, None)
            if element is None:
                stack.pop()
                continue
            tag = element.tag
            if not isinstance(tag, str) or tag in _LEFT_OUT:
                continue
            if tag == f"{W}r":
                current = self._styles.run_format(element.find(f"{W}rPr"), chain)
                if not current.hidden:
                    stack.append((iter(element), current))
            elif tag == BOX:
                self.boxes.append(element)
            elif tag == f"{_MC}AlternateContent":
                stack.append((iter(chosen(element)), current))
            elif (leaf := self._leaf(element, tag, current)) is not None:
                yield from leaf
            else:
                stack.append((iter(element), current))

    def _leaf(self, element: Element, tag: str, current: RunFormat) -> list[Piece] | None:
        """What an element without further text in it prints; None for one to look into."""
        if tag == f"{W}fldChar":
            self._field(element.get(f"{W}fldCharType"))
            return []
        if tag in (f"{W}instrText", f"{W}fldSimple"):
            self._note_code(element.text if tag == f"{W}instrText" else element.get(f"{W}instr"))
            return [] if tag == f"{W}instrText" else None
        if self._whole_fields and any(self._fields):
            return [] if tag in (f"{W}t", f"{W}tab", f"{W}br", f"{W}cr", f"{W}sym") else None
        if tag in (f"{W}t", f"{MATH}t"):
            return self._text(_typed(element), current)
        if tag == f"{W}sym":
            return self._text(self._symbol(element), current)
        if tag == f"{W}lastRenderedPageBreak":
            self._notes.next_page()
            return [Piece("", current, page_break=True)]
        if tag in _FIXED:
            return [Piece(_FIXED[tag], current)]
        if tag == f"{W}br":
            return [Piece("\n", current)]
        if tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            return self._call(element, "footnote" if tag == f"{W}footnoteReference" else "endnote", current)
        if tag in (f"{W}footnoteRef", f"{W}endnoteRef"):
            mark = self._notes.mark_of(self.own_note)
            return [Piece(mark, current)] if mark else []
        return None

    def _text(self, text: str, current: RunFormat) -> list[Piece]:
        text = symbols(text, current.font)
        if UNKNOWN in text:
            self._warnings["a symbol of a font that is not known is shown as \ufffd"] = None
        match = _MARK.match(text) if self._custom else None
        if self._custom is None or match is None:
            return [Piece(text, current)] if text else []
        note, self._custom = self._custom, None
        self._notes.name(note, match[1])
        pieces = [
            Piece(text[: match.start(1)], current),
            Piece(match[1], current, called=note),
            Piece(text[match.end() :], current),
        ]
        return [piece for piece in pieces if piece.text]

    def _symbol(self, element: Element) -> str:
        try:
            character = chr(int(element.get(f"{W}char", ""), 16))
            character.encode()
        except (ValueError, OverflowError):
            return UNKNOWN
        return symbols(character, element.get(f"{W}font"))

    def _call(self, element: Element, kind: str, current: RunFormat) -> list[Piece]:
        note = (kind, element.get(f"{W}id", ""))
        if is_on(element.get(f"{W}customMarkFollows", "0")):
            self._notes.call_custom(note)
            self._custom = note
            return []
        mark = self._notes.call(note)
        return [Piece(mark, current, called=note)] if mark else []

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _note_code(self, code: str | None) -> None:
        if _AUTOMATIC.search(code or ""):
            self._warnings["numbers that Word computes in a field (AUTONUM, LISTNUM) are not shown"] = None


def chosen(alternatives: Element) -> Element:
    """The one of several forms of the same content that has text, the first if none has."""
    forms = [form for form in alternatives if isinstance(form.tag, str)]
    with_text = (form for form in forms if next(form.iter(f"{W}t", f"{MATH}t"), None) is not None)
    return next(with_text, forms[0] if forms else alternatives)


def _typed(element: Element) -> str:
    """The text of an element; Word drops the space around it unless it is marked as meant."""
    text = element.text or ""
    if element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
        text = text.strip("\t\n\r ")
    return _BREAKS.sub(" ", text)
