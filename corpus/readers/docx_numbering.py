"""The automatic numbers of a Word file, counted and printed as Word does.

Lists are counted by their abstract definition: all `w:num` that share one go on with each other's
numbers (ISO/IEC 29500-1, 17.9), and one that overrides a start restarts them on its first use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.readers.counters import is_known, printed
from corpus.readers.docx_styles import W, child_value, has, number_or
from corpus.readers.docx_symbols import symbols

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

    from corpus.readers.docx_styles import Styles

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_SUFFIXES = {"tab": "\t", "space": " ", "nothing": ""}
_BULLET = "•"
_WITHOUT_NUMBER = ("bullet", "none")


@dataclass(frozen=True, slots=True)
class Number:
    """An automatic number with the space that Word puts after it; `properties` hold its indents.

    `from_style` is the id of the style that switches it on, None where the paragraph does.
    """

    text: str
    properties: Element | None
    from_style: str | None


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str
    suffix: str
    restart: int | None
    legal: bool
    style: str | None
    properties: Element | None


@dataclass(slots=True)
class _List:
    """One `w:num`: its levels, and the starts that it sets itself."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int]
    started: set[int] = field(default_factory=set)

    def start(self, level: int) -> int:
        """The number that a level begins with."""
        return self.starts.get(level, self.levels[level].start if level in self.levels else 1)


class Numbering:
    """Counts through a document: each paragraph must be asked for once, in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, list[int | None]] = {}
        self.unknown_formats: set[str] = set()
        if root is not None:
            self._read(root, styles)

    def next(self, properties: Element | None, chain: tuple[Element, ...]) -> Number | None:
        """The number of the next paragraph with these properties and styles, if it has one."""
        found = self._place(properties, chain)
        if found is None:
            return None
        numbers, level, from_style = found
        self._count(numbers, level)
        definition = numbers.levels[level]
        text = self._text(numbers, level)
        return Number(f"{text}{definition.suffix}" if text else "", definition.properties, from_style)

    # -- which list and level a paragraph is in

    def _place(
        self, properties: Element | None, chain: tuple[Element, ...]
    ) -> tuple[_List, int, str | None] | None:
        """Its list, level and the style that says so; id and level may come from different places."""
        num_id, level = _num_pr(properties)
        from_style = None
        levels_of_styles = level is None and num_id is None
        if num_id is None:
            for style in chain:
                num_id, _ = _num_pr(style.find(f"{W}pPr"))
                if num_id is not None:
                    from_style = style.get(f"{W}styleId")
                    break
        numbers = self._lists.get(num_id or "0")
        if numbers is None:
            return None
        if levels_of_styles:
            level = _level_of_style(numbers, chain)
        level = level or 0
        return (numbers, level, from_style) if level in numbers.levels else None

    # -- counting

    def _count(self, numbers: _List, level: int) -> None:
        counters = self._counters.setdefault(numbers.abstract, [None] * _LEVELS)
        for above in range(level + 1):
            if above in numbers.starts and above not in numbers.started:
                counters[above] = None
                if above == level:
                    numbers.started.add(above)
        current = counters[level]
        counters[level] = numbers.start(level) if current is None else current + 1
        for below in range(level + 1, _LEVELS):
            restart = numbers.levels[below].restart if below in numbers.levels else None
            # by default after any level above; else after the named one, counted from 1, or those above it
            if restart is None or restart > below or level < restart:
                counters[below] = None

    def _text(self, numbers: _List, level: int) -> str:
        definition = numbers.levels[level]
        counters = self._counters[numbers.abstract]

        def shown(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            if place > level or place not in numbers.levels:
                return ""
            number_format = numbers.levels[place].format
            if not is_known(number_format):
                self.unknown_formats.add(number_format)
            if definition.legal and number_format not in _WITHOUT_NUMBER:
                number_format = "decimal"
            value = counters[place]
            # a level above that was never used shows where it would start
            return printed(numbers.start(place) if value is None else value, number_format)

        return definition.text if definition.format == "bullet" else _PLACE.sub(shown, definition.text)

    # -- reading the definitions

    def _read(self, root: Element, styles: Styles) -> None:
        abstracts = {a.get(f"{W}abstractNumId", ""): a for a in root.findall(f"{W}abstractNum")}
        targets = {n.get(f"{W}numId", ""): child_value(n, "abstractNumId") for n in root.findall(f"{W}num")}
        for num in root.findall(f"{W}num"):
            abstract_id = _linked(child_value(num, "abstractNumId"), abstracts, targets, styles)
            if abstract_id is None:
                continue
            levels = _levels(abstracts[abstract_id])
            starts = {}
            for override in num.findall(f"{W}lvlOverride"):
                index = number_or(override.get(f"{W}ilvl"), -1)
                levels.update(_levels(override))
                start = child_value(override, "startOverride")
                if start is not None and 0 <= index < _LEVELS:
                    starts[index] = number_or(start, 1)
            num_id = num.get(f"{W}numId", "")
            if num_id != "0":  # which is how a paragraph says that it has none
                self._lists[num_id] = _List(abstract_id, levels, starts)


def _linked(
    abstract_id: str | None, abstracts: dict[str, Element], targets: dict[str, str | None], styles: Styles
) -> str | None:
    """The definition with the levels, which may be one that a numbering style points to."""
    for _ in range(_LEVELS):  # links may go in a circle
        if abstract_id not in abstracts:
            return None
        style = child_value(abstracts[abstract_id], "numStyleLink")
        if style is None or abstracts[abstract_id].find(f"{W}lvl") is not None:
            return abstract_id
        chain = styles.chain(style)
        num_id = _num_pr(chain[0].find(f"{W}pPr"))[0] if chain else None
        abstract_id = targets.get(num_id or "")
    return None


def _levels(parent: Element) -> dict[int, _Level]:
    levels = {}
    for element in parent.findall(f"{W}lvl"):
        index = number_or(element.get(f"{W}ilvl"), -1)
        if 0 <= index < _LEVELS:
            levels[index] = _level(element)
    return levels


def _level(element: Element) -> _Level:
    number_format = child_value(element, "numFmt") or _fallback_format(element)
    text = child_value(element, "lvlText") or ""
    run = element.find(f"{W}rPr")
    if number_format == "bullet":
        fonts = None if run is None else run.find(f"{W}rFonts")
        font = None if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")
        picture = element.find(f"{W}lvlPicBulletId") is not None
        text = _BULLET if picture else symbols(text, font, otherwise=_BULLET)
    if has(run, "vanish"):
        text = ""
    restart = child_value(element, "lvlRestart")
    return _Level(
        number_or(child_value(element, "start"), 0),  # ISO/IEC 29500-1, 17.9.25
        number_format,
        text,
        _SUFFIXES.get(child_value(element, "suff") or "tab", "\t"),
        None if restart is None else number_or(restart, 0),
        has(element, "isLgl"),
        child_value(element, "pStyle"),
        element.find(f"{W}pPr"),
    )


def _fallback_format(element: Element) -> str:
    """The format that stands in for one which only newer versions know."""
    found = [child.get(f"{W}val", "decimal") for child in element.iter(f"{W}numFmt")]
    return str(found[-1]) if found else "decimal"


def _num_pr(properties: Element | None) -> tuple[str | None, int | None]:
    """The list and the level that paragraph properties name, each of which may be missing."""
    found = None if properties is None else properties.find(f"{W}numPr")
    level = child_value(found, "ilvl")
    index = None if level is None else number_or(level, 0)
    return child_value(found, "numId"), index


def _level_of_style(numbers: _List, chain: tuple[Element, ...]) -> int:
    """The level that a style stands for: the one it names, or the one of the list that names it."""
    for style in chain:
        style_id = style.get(f"{W}styleId")
        linked = next((index for index, level in numbers.levels.items() if level.style == style_id), None)
        if linked is not None:
            return linked
        _, level = _num_pr(style.find(f"{W}pPr"))
        if level is not None:
            return level
    return 0
