"""The footnotes of a web page: which links call them and which elements they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

# Ids that Word, LibreOffice, wikis and Markdown tools give to notes; the way back up has "ref" or "anc".
_NOTE_ID = re.compile(
    r"(?:user-content-)?_?(?:ftn|fn|edn|en|note|footnote|endnote|cite[_-]note|sdfootnote|sdendnote)"
    r"(?:[-_:.][\w-]*?)?[-_:.]?(?:\d+|[a-z]|\*+)(?:sym)?",
    re.IGNORECASE,
)
_WAY_BACK = re.compile(r"ref|anc\b|anc$|back|return|top", re.IGNORECASE)
_NOTE_DIVISION = re.compile(r"(?:ftn|edn|sdfootnote|sdendnote)\d+", re.IGNORECASE)
_MARK = re.compile(r"\[?\(?(?:\d{1,3}|[a-z]{1,2}|[ivxl]{1,6}|[*†‡§#]{1,4})\)?\]?", re.IGNORECASE)
_ROLES = ("doc-footnote", "doc-endnote")
_LISTS = (
    "[role=doc-endnotes] li, section.footnotes li, div.footnotes li, ol.footnotes > li, ol.references > li"
)
_BLOCKS = frozenset("p li div td aside section dd blockquote article body html".split())


class HtmlNotes:
    """The notes of a page, found before it is read: calls stand above the notes they call."""

    def __init__(self, parser: LexborHTMLParser) -> None:
        self._calls: dict[int, str] = {}
        self._elements: dict[int, str] = {}
        self._inline: dict[int, str] = {}
        targets = _targets(parser)
        called: dict[str, str] = {}
        for link in parser.css("a[href]"):
            fragment = (link.attributes.get("href") or "").rpartition("#")[2]
            mark = "".join(link.text().split())
            if fragment in targets and _MARK.fullmatch(mark) and _is_call(link, fragment):
                self._calls[link.mem_id] = mark
                called.setdefault(fragment, mark)
        self._take(called, targets)
        for number, element in enumerate(parser.css(_LISTS), 1):
            self._elements.setdefault(element.mem_id, called.get(_id(element), str(number)))
        for role in _ROLES:
            for element in parser.css(f"[role={role}]"):
                mark = called.get(_id(element)) or _leading_mark(element)
                self._elements.setdefault(element.mem_id, mark)

    def call(self, element: LexborNode) -> bool:
        """Whether a link calls a note."""
        return element.mem_id in self._calls

    def note(self, element: LexborNode) -> str | None:
        """The mark of the note that an element is."""
        return self._elements.get(element.mem_id)

    def note_from_here(self, element: LexborNode) -> str | None:
        """The mark of the note that begins with an element and goes on behind it."""
        return self._inline.get(element.mem_id)

    def _take(self, called: dict[str, str], targets: dict[str, LexborNode]) -> None:
        blocks = {fragment: _block(targets[fragment]) for fragment in called}
        holders = [block.mem_id for block in blocks.values()]
        callers = {id_ for link in self._calls for id_ in (link,)}
        for fragment, mark in called.items():
            block = blocks[fragment]
            shared = holders.count(block.mem_id) > 1 or block.tag in ("body", "html", "td")
            if shared or any(link.mem_id in callers for link in block.css("a[href]")):
                self._inline[targets[fragment].mem_id] = mark
            else:
                self._elements[block.mem_id] = mark


def _targets(parser: LexborHTMLParser) -> dict[str, LexborNode]:
    """The elements that links of the page lead to, by their names."""
    found: dict[str, LexborNode] = {}
    for element in parser.css("[id], a[name]"):
        for name in (element.attributes.get("id"), element.attributes.get("name")):
            if name:
                found.setdefault(name, element)
    return found


def _is_call(link: LexborNode, fragment: str) -> bool:
    if link.attributes.get("role") == "doc-noteref":
        return True
    own = f"{link.attributes.get('name') or ''} {link.attributes.get('class') or ''}"
    if _WAY_BACK.search(fragment) or "sym" in own.split() or link.attributes.get("role") == "doc-backlink":
        return False
    if _NOTE_ID.fullmatch(fragment):
        return True
    return any(element.tag == "sup" for element in (*_parents(link, 2), *link.css("sup")))


def _parents(element: LexborNode, count: int) -> Iterator[LexborNode]:
    parent = element.parent
    while parent is not None and count:
        yield parent
        parent, count = parent.parent, count - 1


def _block(element: LexborNode) -> LexborNode:
    """The block that an anchor stands in, or the division that Word and LibreOffice put around a note."""
    block = element
    while block.tag not in _BLOCKS and block.parent is not None:
        block = block.parent
    above = block.parent
    if block.tag == "p" and above is not None and _NOTE_DIVISION.fullmatch(_id(above)):
        return above
    return block


def _leading_mark(element: LexborNode) -> str:
    first = element.text().split(maxsplit=1)[:1]
    return first[0].rstrip(".") if first and _MARK.fullmatch(first[0].rstrip(".")) else "*"


def _id(element: LexborNode) -> str:
    return element.attributes.get("id") or ""
