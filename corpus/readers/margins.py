"""The head and the foot of a page, told from the text between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.furniture import is_furniture
from corpus.readers.page import Page, Row

ZONE = 0.13
"""The share of the page height in which its head, and its foot, stand."""

_PAGE_NUMBER = re.compile(r"^[0-9]+ | [0-9]+$|^[-–— ]*[0-9]+[-–— ]*$")
_REPEATED = 2  # pages on which a line of a head or foot stands in one place, the page number aside
_SPACE = 1.8  # sizes of its letters from a head or foot to the text; lines of a note are 1.2 apart


def mark_margins(pages: Sequence[Page], rows_of_pages: Sequence[list[Row]]) -> None:
    """Find the lines of heads and feet: from the edge of the page, what is known or returns.

    What returns is of a foot only where space sets it apart: the last lines of footnotes may be the
    same on several pages.
    """
    edges = [
        (zone, rows, sum(inside(row, page) for row in rows))
        for page, whole in zip(pages, rows_of_pages, strict=True)
        for zone, rows, inside in (("head", whole, _in_head), ("foot", whole[::-1], _in_foot))
    ]
    count = Counter(
        key for zone, rows, depth in edges for key in {(zone, _without_number(row)) for row in rows[:depth]}
    )
    for zone, rows, depth in edges:
        returning: list[Row] = []
        for position, row in enumerate(rows[:depth]):
            if is_furniture(row.piece.text, page_edge=True):
                row.margin = True
            elif row.piece.mark is None and count[zone, _without_number(row)] >= _REPEATED:
                returning.append(row)
            else:
                break
            if returning and _is_apart(row, rows[position + 1 : position + 2]):
                for found in returning:
                    found.margin = True


def _in_head(row: Row, page: Page) -> bool:
    return row.piece.bottom > (1 - ZONE) * page.height


def _in_foot(row: Row, page: Page) -> bool:
    return row.piece.bottom < ZONE * page.height


def _is_apart(row: Row, inwards: Sequence[Row]) -> bool:
    """Whether space is between a row and the next one towards the middle of the page."""
    return all(abs(row.piece.bottom - other.piece.bottom) > _SPACE * row.piece.size for other in inwards)


def _without_number(row: Row) -> str:
    """The text of a row without the page number at its end or beginning, and how high it stands."""
    return f"{_PAGE_NUMBER.sub('', row.piece.text)} at {row.piece.bottom:.0f}"
