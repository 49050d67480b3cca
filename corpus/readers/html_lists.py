"""The numbers that browsers print before the items of ordered lists."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.readers.counters import alphabetic, roman

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimal-leading-zero": lambda value: f"{value:02}",
    "lower-alpha": alphabetic,
    "lower-latin": alphabetic,
    "upper-alpha": lambda value: alphabetic(value).upper(),
    "upper-latin": lambda value: alphabetic(value).upper(),
    "lower-roman": roman,
    "upper-roman": lambda value: roman(value).upper(),
}
_WITHOUT_NUMBER = re.compile(r"none|disc|circle|square|disclosure")
_STYLE = re.compile(r"(?:^|;)\s*list-style(?:-type)?\s*:\s*([^;]+)", re.IGNORECASE)
_TYPED = re.compile(
    r"\(?(?:\d{1,4}|[A-Za-z]{1,2}|[ivxlcIVXLC]{1,7})(?:[.)](?=\s|$|[A-Z“\"])|/(?=\s))|[•·–—*-]\s"
)
_LARGEST = 10**9


def is_typed(text: str) -> bool:
    """Whether a text begins with a number or bullet of its own, so that none needs to be put before it."""
    return _TYPED.match(text) is not None


@dataclass(slots=True)
class HtmlList:
    """One list while it is read; `style` is empty for lists without numbers."""

    style: str
    next: int
    step: int = 1

    @classmethod
    def of(cls, element: LexborNode) -> HtmlList:
        """The list that an element begins."""
        attributes = element.attributes
        if element.tag != "ol":
            return cls(_css_style(attributes.get("style"), ""), 1)
        style = _css_style(attributes.get("style"), _TYPES.get(attributes.get("type") or "1", "decimal"))
        is_reversed = "reversed" in attributes
        start = _whole(attributes.get("start"))
        if start is None:
            start = _count_items(element) if is_reversed else 1
        return cls(style, start, -1 if is_reversed else 1)

    def number(self, item: LexborNode) -> str:
        """The number of the next item as it is printed, with its full stop; empty for none."""
        attributes = item.attributes
        value = _whole(attributes.get("value"))
        value = self.next if value is None else value
        self.next = value + self.step
        style = _css_style(attributes.get("style"), _TYPES.get(attributes.get("type") or "", self.style))
        if not style:
            return ""
        form = _FORMATS.get(style, str)
        return f"{form(value) if value > 0 else value}."


def _css_style(style: str | None, otherwise: str) -> str:
    """The style of numbers that a style attribute sets, empty for those without."""
    match = _STYLE.search(style or "")
    if match is None:
        return otherwise
    if _WITHOUT_NUMBER.search(match[1]):
        return ""
    return next((word for word in match[1].lower().split() if word in _FORMATS), otherwise)


def _whole(value: str | None) -> int | None:
    match = re.match(r"\s*([+-]?\d{1,10})", value or "")
    return max(-_LARGEST, min(_LARGEST, int(match[1]))) if match else None


def _count_items(element: LexborNode) -> int:
    count, child = 0, element.first_child
    while child is not None:
        count += child.tag == "li"
        child = child.next
    return count
