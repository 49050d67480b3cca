"""How text in a Word file looks, from its own formatting and the styles it is based on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of Word's elements, as it stands before their names."""

_DEFAULT_SIZE = 10.0  # points, where no style gives any (ISO/IEC 29500-1, 17.3.2.38)
_NORMAL_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
# The templates of the United Nations name the styles of headings so, with _G for those of Geneva.
_UN_HEADING = re.compile(r"_\s*H\s*_\s*(M|Ch|1|2/?3|4|5/?6)(?:\s*_\s*G)?", re.IGNORECASE)
_UN_LEVELS = {"m": 1, "ch": 1, "1": 2, "2/3": 3, "23": 3, "4": 4, "5/6": 5, "56": 5}
# Word's own styles in some languages, those of LibreOffice and pandoc, and what people call theirs.
_QUOTATION = re.compile(
    r"(?:(?:intense|block|long|indented) ?)?(?:quote|quotes|quotation|quotations|citation|citat|citaat|zitat)"
    r"(?: intense| \d)?|block ?text|blockquote|intensives zitat|blockzitat|cita(?: destacada)?"
    r"|citaç[aã]o(?: intensa)?|citazione(?: intensa)?",
    re.IGNORECASE,
)
# The same templates use Word's "heading 1" for what stands above tables.
_UN_TABLE = re.compile(r"\bTable_G\b")


@dataclass(frozen=True, slots=True)
class RunFormat:
    """How a piece of text is printed; `size` is in points."""

    bold: bool = False
    italic: bool = False
    hidden: bool = False
    raised: bool = False
    size: float = _DEFAULT_SIZE
    font: str | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class Indent:
    """Where the first line of a paragraph begins, where the others do, and where they end, in points."""

    first: float = 0.0
    rest: float = 0.0
    right: float = 0.0


class Styles:
    """The styles of a document; one that is missing or based on itself counts as no style."""

    def __init__(self, root: Element | None) -> None:
        found = [] if root is None else root.findall(f"{W}style")
        self._styles = {style.get(f"{W}styleId", ""): style for style in found}
        self._default = next(
            (
                style.get(f"{W}styleId")
                for style in found
                if style.get(f"{W}type") == "paragraph" and is_on(style.get(f"{W}default", "0"))
            ),
            None,
        )
        defaults = None if root is None else root.find(f"{W}docDefaults")
        run = None if defaults is None else defaults.find(f"{W}rPrDefault/{W}rPr")
        paragraph = None if defaults is None else defaults.find(f"{W}pPrDefault/{W}pPr")
        self._run_defaults = _properties(run)
        self.paragraph_defaults = paragraph
        self.chain = cache(self._chain)
        self._in_chain = cache(self._style_properties)

    def paragraph_chain(self, properties: Element | None) -> tuple[Element, ...]:
        """The style of a paragraph and those below it, down to the one based on none."""
        style = child_value(properties, "pStyle")
        return self.chain(style if style in self._styles else self._default)

    def _chain(self, style_id: str | None) -> tuple[Element, ...]:
        chain: dict[str, Element] = {}
        while style_id is not None and style_id in self._styles and style_id not in chain:
            style = self._styles[style_id]
            chain[style_id] = style
            style_id = child_value(style, "basedOn")
        return tuple(chain.values())

    def _style_properties(self, style_id: str | None) -> dict[str, str]:
        """The formatting of text in a style, with what it inherits."""
        merged: dict[str, str] = {}
        for style in reversed(self.chain(style_id)):
            merged.update(_properties(style.find(f"{W}rPr")))
        return merged

    def run_format(self, run: Element | None, paragraph_chain: tuple[Element, ...]) -> RunFormat:
        """How text with these properties looks in a paragraph of this style."""
        direct = _properties(run)
        block = self._in_chain(paragraph_chain[0].get(f"{W}styleId") if paragraph_chain else None)
        inline = self._in_chain(direct.get("rStyle")) if "rStyle" in direct else {}

        def value(name: str) -> str | None:
            layers = (direct, inline, block, self._run_defaults)
            return next((layer[name] for layer in layers if name in layer), None)

        def toggled(name: str) -> bool:
            # what both styles switch on is off again (ISO/IEC 29500-1, 17.7.3)
            if name in direct:
                return is_on(direct[name])
            if name in inline or name in block:
                return is_on(inline.get(name, "0")) != is_on(block.get(name, "0"))
            return is_on(self._run_defaults.get(name, "0"))

        return RunFormat(
            toggled("b"), toggled("i"), toggled("vanish"), value("vertAlign") == "superscript",
            _half_points(value("sz")), value("rFonts"), direct.get("rStyle"),
        )  # fmt: skip

    def heading_level(self, properties: Element | None, chain: tuple[Element, ...]) -> int | None:
        """The level from 1 of a heading, from the outline or the name of its style."""
        direct = child_value(properties, "outlineLvl")
        if direct is not None:
            return _outline_level(direct)
        for style in chain:
            name = child_value(style, "name") or ""
            if _UN_TABLE.search(f"{name} {child_value(style, 'aliases') or ''}"):
                return None
            if match := _UN_HEADING.fullmatch(name):
                return _UN_LEVELS[match[1].lower()]
            if (level := child_value(style.find(f"{W}pPr"), "outlineLvl")) is not None:
                return _outline_level(level)
            if match := _NORMAL_HEADING.fullmatch(name):
                return int(match[1])
        return None


def is_quotation(chain: Iterable[Element]) -> bool:
    """Whether a paragraph's style, or one it is based on, is for block quotations."""
    return any(_QUOTATION.fullmatch(child_value(style, "name") or "") for style in chain)


def child_value(element: Element | None, name: str) -> str | None:
    """The value of a property, a child element of the given name."""
    child = None if element is None else element.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def is_on(value: str | None) -> bool:
    """Whether a switch is on; without a value it is."""
    return value not in ("0", "false", "off", "none")


def has(properties: Element | None, *names: str) -> bool:
    """Whether properties have one of these switches, and have it on."""
    tags = {f"{W}{name}" for name in names}
    found: Iterable[Element] = () if properties is None else properties
    return any(child.tag in tags and is_on(child.get(f"{W}val")) for child in found)


def number_or(value: str | None, otherwise: int) -> int:
    """A whole number of a file, or another where it has none."""
    try:
        return int(value or "")
    except ValueError:
        return otherwise


def indent(layers: Iterable[Element | None]) -> Indent:
    """The indents that layers of paragraph properties add up to, the strongest first."""
    left: int | None = None
    first: int | None = None
    right: int | None = None
    for properties in layers:
        found = None if properties is None else properties.find(f"{W}ind")
        if found is None:
            continue
        if left is None:
            left = _twips(found, "left", "start")
        if right is None:
            right = _twips(found, "right", "end")
        if first is None:
            hanging = _twips(found, "hanging")
            first = _twips(found, "firstLine") if hanging is None else -hanging
    return Indent(((left or 0) + (first or 0)) / 20, (left or 0) / 20, (right or 0) / 20)


def _twips(element: Element, *names: str) -> int | None:
    value = next((v for name in names if (v := element.get(f"{W}{name}")) is not None), None)
    return None if value is None else number_or(value, 0)


def _properties(run: Element | None) -> dict[str, str]:
    """The properties of text that are looked at, by name."""
    return {} if run is None else dict(_values(run))


def _values(run: Element) -> Iterator[tuple[str, str]]:
    for child in run:
        name = child.tag.removeprefix(W) if isinstance(child.tag, str) else ""
        if name == "rFonts":
            if font := child.get(f"{W}ascii") or child.get(f"{W}hAnsi"):
                yield name, font
        elif name in ("b", "i", "vanish", "sz", "vertAlign", "rStyle"):
            yield name, child.get(f"{W}val", "1")


def _outline_level(value: str) -> int | None:
    level = number_or(value, 9)
    return level + 1 if 0 <= level < 9 else None


def _half_points(value: str | None) -> float:
    size = number_or(value, 0) / 2
    return size if size > 0 else _DEFAULT_SIZE
