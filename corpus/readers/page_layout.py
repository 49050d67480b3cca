"""Pages of placed pieces of text become lines in reading order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.furniture import is_furniture
from corpus.layout import Line, Reading

_SAME_SIZE = 0.08  # share by which the heights of letters of one text may differ
_APART = 1.25  # leadings between lines that the layout sets apart
_ZONE = 0.13  # share of the page height in which its head, and its foot, stand
_REPEATED = 2  # pages on which a line of a head or foot stands in one place, the page number aside
_MARK = re.compile(r"\d{1,3}|[a-z]{1,2}|\*{1,4}")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a line: its box in points from the lower left, and `raised` marks by position."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool = False
    italic: bool = False
    raised: tuple[tuple[int, int], ...] = ()

    def with_hyphen(self) -> Fragment:
        """The same with the hyphen that ends it."""
        return replace(self, text=f"{self.text}-")

    def followed_by(self, other: Fragment) -> Fragment:
        """One piece with another to the right of it in the same row."""
        lifted = other.size < 0.8 * self.size and other.bottom > self.bottom + 0.1 * self.size
        mark = _MARK.fullmatch(other.text) is not None and lifted
        gap = other.left - self.right
        space = "" if gap < (0.5 if mark else 0.12) * self.size else " "
        leads = self.size < 0.8 * other.size and _MARK.fullmatch(self.text) is not None
        raised = ((0, len(self.text)),) if leads else self.raised
        shift = len(self.text) + len(space)
        others = ((0, len(other.text)),) if mark else other.raised
        main = self if len(self.text) >= len(other.text) else other
        return Fragment(
            f"{self.text}{space}{other.text}",
            self.left, min(self.bottom, other.bottom), max(self.right, other.right),
            main.top, main.size, main.bold, self.italic,
            (*raised, *((start + shift, end + shift) for start, end in others)),
        )  # fmt: skip

    @property
    def mark(self) -> str | None:
        """The raised mark it begins with, as a footnote does."""
        if self.raised and self.raised[0][0] == 0:
            return self.text[: self.raised[0][1]]
        return None


@dataclass(slots=True)
class Page:
    """One page as it was read: `broken` where it could not be, `picture` where it has nothing else."""

    number: int
    width: float
    height: float
    fragments: list[Fragment]
    broken: bool = False
    picture: bool = False


@dataclass(slots=True)
class _Row:
    """One printed line: what it is to be on its page."""

    piece: Fragment
    page: int
    margin: bool = False
    note: str | None = None
    note_start: bool = False
    apart: bool | None = None
    page_top: bool = False


@dataclass(slots=True)
class _Notes:
    """The footnotes so far: the mark of the last, and whether it may go on over the page."""

    size: float = 0.0
    mark: str | None = None


@dataclass(slots=True)
class _Style:
    """What is usual in a document: the height of its letters, their leading, the left margin."""

    size: float
    left: float
    leading: float = field(default=0.0)


def lay_out(pages: Sequence[Page]) -> Reading:
    """Put the pieces of each page into rows and tell head, foot, notes and spaces apart."""
    rows_of_pages = [[_Row(piece, page.number) for piece in _rows(page)] for page in pages]
    _mark_margins(pages, rows_of_pages)
    style = _style(row.piece for rows in rows_of_pages for row in rows if not row.margin)
    notes = _Notes()
    bodies = [[row for row in rows if not row.margin] for rows in rows_of_pages]
    style.leading = _leading(bodies, style.size)
    for body in bodies:
        _mark_notes(body, style, notes)
        text = [row for row in body if row.note is None]
        _set_apart(text, style)
        if text:
            text[0].page_top = True
        _set_apart([row for row in body if row.note is not None], style)
    return _reading(rows_of_pages, style, tuple(_warnings(pages)))


def _warnings(pages: Sequence[Page]) -> Iterator[str]:
    broken = [str(page.number) for page in pages if page.broken]
    if broken:
        yield f"page {', '.join(broken)} could not be read"
    pictures = [str(page.number) for page in pages if page.picture]
    if pictures:
        yield f"page {', '.join(pictures)} is a picture without text"


def _rows(page: Page) -> list[Fragment]:
    """The rows of a page from its head to its foot; those of columns in the order they are drawn."""
    fragments = [f for f in page.fragments if f.text]
    downwards = sorted(fragments, key=lambda f: -f.top)
    rows: list[list[Fragment]] = []
    for piece in downwards:
        row = next((row for row in reversed(rows[-4:]) if _same_row(row[0], piece)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    if _in_columns(page, rows):
        return fragments
    return [joined for row in rows for joined in _joined(sorted(row, key=lambda f: f.left), page)]


def _same_row(one: Fragment, other: Fragment) -> bool:
    overlap = min(one.top, other.top) - max(one.bottom, other.bottom)
    return overlap > 0.5 * min(one.top - one.bottom, other.top - other.bottom)


def _in_columns(page: Page, rows: Sequence[Sequence[Fragment]]) -> bool:
    """Whether most rows hold two wide pieces beside each other, as pages in columns do."""
    wide = [sum(piece.right - piece.left > 0.25 * page.width for piece in row) > 1 for row in rows]
    return sum(wide) >= max(5, 0.3 * len(rows))


def _joined(row: Sequence[Fragment], page: Page) -> Iterator[Fragment]:
    """The pieces of a row as one, unless they stand far apart in a head, foot or masthead."""
    joined = row[0]
    in_zone = not _ZONE < joined.bottom / (page.height or 1) < 1 - _ZONE * (2 if page.number == 1 else 1)
    for piece in row[1:]:
        if in_zone and piece.left - joined.right > 2 * max(joined.size, piece.size):
            yield joined
            joined = piece
        else:
            joined = joined.followed_by(piece)
    yield joined


def _mark_margins(pages: Sequence[Page], rows_of_pages: Sequence[list[_Row]]) -> None:
    """Find the lines of heads and feet: from the edge of the page, what is known or returns."""
    edges = [
        (zone, [row for row in rows if inside(row, page)])
        for page, rows in zip(pages, rows_of_pages, strict=True)
        for zone, rows, inside in (("head", rows, _in_head), ("foot", rows[::-1], _in_foot))
    ]
    count = Counter(key for zone, rows in edges for key in {(zone, _without_number(row)) for row in rows[:4]})
    for zone, rows in edges:
        for row in rows:
            returns = row.piece.mark is None and count[zone, _without_number(row)] >= _REPEATED
            if not returns and not is_furniture(row.piece.text, page_edge=True):
                break
            row.margin = True


def _in_head(row: _Row, page: Page) -> bool:
    return row.piece.bottom > (1 - _ZONE) * page.height


def _in_foot(row: _Row, page: Page) -> bool:
    return row.piece.bottom < _ZONE * page.height


def _without_number(row: _Row) -> str:
    """The text of a row without the page number at its end or beginning, and how high it stands."""
    return f"{re.sub(r'^[0-9]+ | [0-9]+$', '', row.piece.text)} at {row.piece.bottom:.0f}"


def _style(pieces: Iterable[Fragment]) -> _Style:
    weights: Counter[float] = Counter()
    lefts: Counter[int] = Counter()
    for piece in pieces:
        weights[round(piece.size * 2) / 2] += len(piece.text)
        lefts[round(piece.left)] += 1
    size = weights.most_common(1)[0][0] if weights else 10.0
    return _Style(size, float(lefts.most_common(1)[0][0]) if lefts else 0.0)


def _leading(bodies: Iterable[Sequence[_Row]], size: float) -> float:
    """The usual distance of two lines of a text, from base to base."""
    gaps = Counter(
        round(2 * (above.piece.bottom - below.piece.bottom)) / 2
        for rows in bodies
        for above, below in pairwise(rows)
        if _match(above.piece, below.piece)
    )
    usual = {gap: count for gap, count in gaps.items() if 0.5 * size < gap < 2 * size}
    return max(usual, key=lambda gap: (usual[gap], -gap)) if usual else 1.2 * size


def _is_smaller(piece: Fragment, style: _Style) -> bool:
    return piece.size < (1 - _SAME_SIZE) * style.size


def _mark_notes(rows: Sequence[_Row], style: _Style, notes: _Notes) -> None:
    """Find the footnotes: from the first small line with a raised mark, all below is small.

    A note that fills the foot of a page goes on in the small lines above the marks of the next, or
    in all lines of a page that has nothing else.
    """
    first = len(rows)
    for index in range(len(rows) - 1, -1, -1):
        piece = rows[index].piece
        if not _is_smaller(piece, style) and piece.mark is None:
            break
        if piece.mark is not None:
            first = index
    goes_on = first < len(rows) or all(_is_smaller(row.piece, style) for row in rows)
    if notes.mark is not None and goes_on:
        above = first
        while above and _is_smaller(rows[above - 1].piece, style) and _alike(rows[above - 1].piece, notes):
            above -= 1
        first = above
    for row in rows[first:]:
        if row.piece.mark is not None:
            notes.mark, row.note_start = row.piece.mark, True
            notes.size = row.piece.size
        row.note = notes.mark


def _alike(piece: Fragment, notes: _Notes) -> bool:
    return abs(piece.size - notes.size) <= _SAME_SIZE * notes.size


def _set_apart(rows: Sequence[_Row], style: _Style) -> None:
    """Say of each row whether more space is above it than between the lines of one paragraph."""
    for position, row in enumerate(rows):
        before = rows[position - 1] if position else None
        if before is None:
            unlike = abs(row.piece.size - style.size) > _SAME_SIZE * style.size
            row.apart = True if unlike else None
        else:
            gap = before.piece.bottom - row.piece.bottom
            usual_gap = style.leading * max(1.0, row.piece.size / style.size)
            row.apart = gap > _APART * usual_gap or not _match(before.piece, row.piece) or gap < 0


def _match(one: Fragment, other: Fragment) -> bool:
    return abs(one.size - other.size) <= 2 * _SAME_SIZE * max(one.size, other.size)


def _reading(rows_of_pages: Sequence[Sequence[_Row]], style: _Style, warnings: tuple[str, ...]) -> Reading:
    texts: list[str] = []
    lines: list[Line] = []
    start = 0
    for rows in rows_of_pages:
        for position, row in enumerate(rows):
            text = f"{row.piece.text}{chr(10) if position < len(rows) - 1 else chr(12)}"
            texts.append(text)
            calls = tuple((start + a, start + b) for a, b in row.piece.raised)
            if row.note_start:
                calls = calls[1:]  # its own mark calls nothing
            lines.append(
                Line(
                    row.piece.text.strip(), start, start + len(text), len(lines) + 1,
                    round(row.piece.left - style.left, 1), row.page, row.page_top, row.apart,
                    round(row.piece.size, 1), row.piece.bold, row.piece.italic, row.margin,
                    note=row.note, note_start=row.note_start, calls=calls,
                )
            )  # fmt: skip
            start += len(text)
    return Reading("".join(texts), tuple(lines), warnings)
