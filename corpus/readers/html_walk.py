"""The elements of a web page become lines: blocks and breaks divide them, as in a browser."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.layout import Line
from corpus.readers.html_lists import HtmlList, is_typed

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from corpus.readers.html_notes import HtmlNotes

_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre
    search section summary table tbody td tfoot th thead tr ul""".split()
)
_LEFT_OUT = frozenset(
    """applet area audio base button canvas colgroup datalist embed frame frameset head iframe img input link
    map meta meter noembed noframes noscript object optgroup option param progress rp rt script select source
    style svg template textarea title track video""".split()
)
_LISTS = frozenset("ol ul menu dir".split())
_MARGINS = frozenset("nav aside".split())
_MARGIN_ROLES = frozenset(
    "navigation banner contentinfo complementary search alert alertdialog dialog".split()
)
# a head or foot inside of these is that of an article and not of the page
_SECTIONS = frozenset("article main section".split())
_BOLD = frozenset("b strong th h1 h2 h3 h4 h5 h6".split())
_CELLS = frozenset(("td", "th", "caption"))
# What browsers print around a `q`, and around one within another (the HTML Standard, 15.3.5).
_MARKS = (("“", "”"), ("‘", "’"))
_ITALIC = frozenset("i em cite dfn var address".split())
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)", re.I)
_CSS_BOLD = re.compile(r"font-weight\s*:\s*(bold|bolder|normal|lighter|\d{3})", re.I)
_CSS_ITALIC = re.compile(r"font-style\s*:\s*(italic|oblique|normal)", re.I)
_CSS_BLOCK = re.compile(r"display\s*:\s*(block|flex|grid|list-item|table)\b", re.I)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_BREAKS = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class _Look:
    """What an element hands down to the text in it."""

    bold: bool = False
    italic: bool = False
    kept_spaces: bool = False
    margin: bool = False
    in_section: bool = False
    in_main: bool = False
    heading: int | None = None
    note: str | None = None
    call: bool = False
    quoted: bool = False
    cell: bool = False
    marks: int = 0


@dataclass(slots=True)
class _Frame:
    """An element that is open, and how text looked outside of it."""

    element: LexborNode
    outside: _Look
    is_block: bool
    list: bool = False
    item: bool = False
    closing: str = ""


class Walk:
    """Goes through a tree without calling itself, since pages can be nested more deeply than calls."""

    def __init__(self, notes: HtmlNotes) -> None:
        self.lines: list[Line] = []
        self.in_main: list[bool] = []  # for each line whether it is in the main part of the page
        self._notes = notes
        self._look = _Look()
        self._text = ""
        self._spans: list[tuple[int, int, _Look]] = []
        self._apart = True
        self._lists: list[HtmlList] = []
        self._numbers: list[str] = []  # of items that have begun and print nothing yet
        self._note_here: str | None = None
        self._noted: set[str] = set()

    def read(self, root: LexborNode) -> None:
        """Add the lines of all that is shown of an element."""
        open_frames: list[_Frame] = []
        node: LexborNode | None = root
        while node is not None or open_frames:
            if node is None:
                frame = open_frames.pop()
                self._leave(frame)
                node = frame.element.next if open_frames else None
                continue
            frame_or_none = self._enter(node)
            if frame_or_none is None:
                node = node.next if open_frames else None
            else:
                open_frames.append(frame_or_none)
                node = node.first_child
        self._end_line(apart=True)

    def _enter(self, node: LexborNode) -> _Frame | None:
        """Take a node in; the frame of an element to go into, None for all else."""
        tag = node.tag or ""
        if tag == "-text":
            self._add(node.text_content or "")
            return None
        if tag.startswith("-") or tag in _LEFT_OUT:
            return None
        if tag == "br":
            self._end_line(apart=False)
            return None
        attributes = node.attributes
        style = attributes.get("style") or ""
        if "hidden" in attributes or attributes.get("aria-hidden") == "true" or _HIDDEN.search(style):
            return None
        if tag == "dialog" and "open" not in attributes:
            return None
        is_block = tag in _BLOCKS or _CSS_BLOCK.search(style) is not None
        if is_block:
            self._end_line(apart=True)
        frame = _Frame(node, self._look, is_block, tag in _LISTS, tag == "li")
        self._look = self._inside(node, tag, attributes, style)
        if tag == "q":
            opening, frame.closing = _MARKS[frame.outside.marks % 2]
            self._append(opening)
        if tag in _LISTS:
            self._lists.append(HtmlList.of(node))
        elif tag == "li" and self._lists and (number := self._lists[-1].number(node)):
            self._numbers.append(number)
        if (note := self._notes.note_from_here(node)) is not None:
            self._end_line(apart=True)
            self._note_here = note
        return frame

    def _inside(self, node: LexborNode, tag: str, attributes: dict[str, str | None], style: str) -> _Look:
        look = self._look
        role = attributes.get("role") or ""
        margin = tag in _MARGINS or role in _MARGIN_ROLES
        margin = margin or (tag in ("header", "footer") and not look.in_section)
        bold = _switched(_CSS_BOLD, style, ("normal", "lighter", "100", "200", "300", "400", "500"))
        italic = _switched(_CSS_ITALIC, style, ("normal",))
        note = self._notes.note(node)
        return replace(
            look,
            bold=(look.bold or tag in _BOLD) if bold is None else bold,
            italic=(look.italic or tag in _ITALIC) if italic is None else italic,
            kept_spaces=look.kept_spaces or tag == "pre",
            margin=(look.margin or margin) and note is None,
            in_main=look.in_main or tag == "main" or role == "main",
            in_section=look.in_section or tag in _SECTIONS or role in ("main", "article"),
            heading=_heading(tag, role, attributes) or look.heading,
            quoted=look.quoted or tag == "blockquote",
            cell=look.cell or tag in _CELLS,
            marks=look.marks + (tag == "q"),
            note=note or look.note,
            call=look.call or (look.note is None and note is None and self._notes.call(node)),
        )

    def _leave(self, frame: _Frame) -> None:
        self._append(frame.closing)
        if frame.is_block:
            self._end_line(apart=True)
            self._note_here = None
        if frame.list:
            self._lists.pop()
        if frame.item:
            self._numbers.clear()
        self._look = frame.outside

    def _add(self, text: str) -> None:
        text = text.replace("\x00", "")
        if not self._look.kept_spaces:
            self._append(_SPACE.sub(" ", text))
            return
        first, *others = _BREAKS.split(text)
        self._append(first)
        for other in others:
            self._end_line(apart=False)
            self._append(other)

    def _append(self, text: str) -> None:
        if not self._look.kept_spaces and (not self._text or self._text.endswith(" ")):
            text = text.removeprefix(" ")
        if text:
            start = len(self._text)
            self._text += text
            self._spans.append((start, len(self._text), self._look))

    def _end_line(self, *, apart: bool) -> None:
        """Make a line of the text so far, if it prints anything."""
        text, spans = self._text, self._spans
        self._text, self._spans = "", []
        if text.strip():
            self._make_line(text, spans)
            self._apart = apart
        else:
            self._apart = self._apart or apart

    def _make_line(self, text: str, spans: list[tuple[int, int, _Look]]) -> None:
        cut = len(text) - len(text.lstrip())
        bare = text.strip()
        numbers, self._numbers = " ".join(self._numbers), []
        shift = 0
        if numbers and not is_typed(bare):
            bare = f"{numbers} {bare}"
            shift = len(numbers) + 1
        first = next(look for start, end, look in spans if text[start:end].strip())
        calls: list[tuple[int, int]] = []
        for start, end, look in spans:
            begin, stop = start - cut + shift, min(end - cut + shift, len(bare))
            if not look.call or begin >= stop:
                continue
            if calls and calls[-1][1] == begin:
                begin = calls.pop()[0]
            calls.append((begin, stop))
        letters = [(look.bold, sum(map(str.isalnum, text[start:end]))) for start, end, look in spans]
        opening = next((i for i, character in enumerate(text) if character.isalpha()), -1)
        note = first.note or self._note_here
        self.in_main.append(first.in_main)
        self.lines.append(
            Line(
                bare, 0, 0, 0,
                apart=self._apart,
                bold=2 * sum(n for bold, n in letters if bold) > sum(n for _, n in letters),
                italic=any(look.italic for start, end, look in spans if start <= opening < end),
                margin=first.margin,
                heading=first.heading if note is None else None,
                note=note,
                note_start=note is not None and note not in self._noted,
                calls=tuple(calls),
                quoted=first.quoted,
                cell=first.cell,
            )
        )  # fmt: skip
        if note is not None:
            self._noted.add(note)


def _heading(tag: str, role: str, attributes: dict[str, str | None]) -> int | None:
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        return int(tag[1])
    if role == "heading":
        level = attributes.get("aria-level") or "2"
        return int(level) if level in "123456789" else 2
    return None


def _switched(pattern: re.Pattern[str], style: str, off: tuple[str, ...]) -> bool | None:
    """What a style attribute says, None if nothing."""
    match = pattern.search(style)
    return None if match is None else match[1].lower() not in off
