"""Web pages (HTML): their blocks as lines, with list numbers and footnotes; error pages are refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from corpus.errors import SourceDamaged, SourceEmpty, SourceNotText, SourceScanned
from corpus.layout import Line, Reading
from corpus.readers.assembly import assemble
from corpus.readers.decoding import decode
from corpus.readers.error_pages import error_page
from corpus.readers.html_notes import HtmlNotes
from corpus.readers.html_walk import Walk

_DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]+)""", re.I)
_DECLARED_WITHIN = 4096  # bytes; browsers look into the first 1,024, after which some pages come to it
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^<>]*?(/?)>")
# Elements that the next of their kind closes, that have no end, or of which few stay open at once.
_UNCOUNTED = frozenset(
    """p li td th tr dt dd option optgroup thead tbody tfoot colgroup rt rp area base br col embed hr img
    input link meta param source track wbr a b big code em font i nobr s small strike strong tt u html head
    body""".split()
)
_DEEPEST = 2000  # elements inside each other; browsers go no deeper than 512
_MAIN_SHARE = 0.5  # of the text that must be in the main part for the rest to be furniture


def read_html(data: bytes, name: str) -> Reading:
    """Read a web page as a browser shows it; raises a `SourceRefused`.

    Scripts are not run and style sheets not applied, so bullets, which they may turn off, are left out.
    """
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    html = decode(data, declared[1].decode("ascii") if declared else None)
    if html is None:
        raise SourceNotText(f"{name} is not a text file.", "Give a document or a plain-text file.")
    if _is_too_deep(html):
        raise SourceDamaged(
            f"{name} is nested more deeply than any web page.", "Save it from a browser again."
        )
    parser = LexborHTMLParser(html)
    root = parser.root
    walk = Walk(HtmlNotes(parser))
    if root is not None:
        walk.read(root)
    lines = _with_margins(walk.lines, walk.in_main)
    title = parser.css_first("title")
    if problem := error_page(title.text() if title else "", lines, has_scripts=_has(parser, "script")):
        raise SourceNotText(
            f"{name} looks like an error page and not like a document: {problem}.",
            "Download the document again, in a browser if need be.",
        )
    if not any(character.isalnum() for line in lines for character in line.text):
        if _has(parser, "img"):
            raise SourceScanned(
                f"{name} has pictures and no text.", "Recognise its text (OCR) and give the result."
            )
        raise SourceEmpty(f"{name} has no text in it.", "Give a file with text in it.")
    return assemble(lines)


def _is_too_deep(html: str) -> bool:
    """Whether more elements are open at once than any page needs; parsing takes their square in time."""
    depth = 0
    for match in _TAG.finditer(html):
        if match[3] or match[2].lower() in _UNCOUNTED:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > _DEEPEST:
            return True
    return False


def _with_margins(lines: Sequence[Line], in_main: Sequence[bool]) -> list[Line]:
    """The lines, those outside of the main part as furniture where most text is in one."""
    sizes = [0 if line.margin else len(line.text) for line in lines]
    inside = sum(size for size, within in zip(sizes, in_main, strict=True) if within)
    if inside <= _MAIN_SHARE * sum(sizes):
        return list(lines)
    return [
        line if within or line.note is not None else replace(line, margin=True)
        for line, within in zip(lines, in_main, strict=True)
    ]


def _has(parser: LexborHTMLParser, tag: str) -> bool:
    return parser.css_first(tag) is not None
