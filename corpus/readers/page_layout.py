"""Pages of placed pieces of text become lines in reading order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.furniture import is_rule
from corpus.layout import Line, Reading
from corpus.readers.margins import ZONE, mark_margins
from corpus.readers.page import Fragment, Page, Row

_SAME_SIZE = 0.08  # share by which the heights of letters of one text may differ
_APART = 1.25  # leadings between lines that the layout sets apart

_STARRED = re.compile(r"(\*{1,4})\s")


@dataclass(slots=True)
class _Notes:
    """The footnotes so far: the mark of the last, and whether it may go on over the page."""

    size: float = 0.0
    mark: str | None = None


@dataclass(slots=True)
class _Style:
    """What is usual in a document: the height of its letters, their leading, its margins."""

    size: float
    left: float
    right: float
    leading: float = field(default=0.0)


def lay_out(pages: Sequence[Page]) -> Reading:
    """Put the pieces of each page into rows and tell head, foot, notes and spaces apart."""
    rows_of_pages = [[Row(piece, page.number) for piece in _rows(page)] for page in pages]
    mark_margins(pages, rows_of_pages)
    for rows in rows_of_pages:
        for row in rows:
            row.margin |= is_rule(row.piece.text)
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
    for mark, text in ((one, other), (other, one)):
        if mark.is_mark and mark.size < 0.8 * text.size and text.bottom <= mark.bottom < text.top:
            return True
    overlap = min(one.top, other.top) - max(one.bottom, other.bottom)
    return overlap > 0.5 * min(one.top - one.bottom, other.top - other.bottom)


def _in_columns(page: Page, rows: Sequence[Sequence[Fragment]]) -> bool:
    """Whether most rows hold two wide pieces beside each other, as pages in columns do."""
    wide = [sum(piece.right - piece.left > 0.25 * page.width for piece in row) > 1 for row in rows]
    return sum(wide) >= max(5, 0.3 * len(rows))


def _joined(row: Sequence[Fragment], page: Page) -> Iterator[Fragment]:
    """The pieces of a row as one, unless they stand far apart in a head, foot or masthead."""
    joined = row[0]
    in_zone = not ZONE < joined.bottom / (page.height or 1) < 1 - ZONE * (2 if page.number == 1 else 1)
    for piece in row[1:]:
        far = piece.left - joined.right > 2 * max(joined.size, piece.size)
        if in_zone and far and not joined.is_mark:
            yield joined
            joined = piece
        else:
            joined = joined.followed_by(piece)
    yield joined


def _style(pieces: Iterable[Fragment]) -> _Style:
    weights: Counter[float] = Counter()
    lefts: Counter[int] = Counter()
    rights: list[float] = []
    for piece in pieces:
        weights[round(piece.size * 2) / 2] += len(piece.text)
        lefts[round(piece.left)] += 1
        rights.append(piece.right)
    size = weights.most_common(1)[0][0] if weights else 10.0
    return _Style(size, float(lefts.most_common(1)[0][0]) if lefts else 0.0, _right_margin(rights))


def _leading(bodies: Sequence[Sequence[Row]], size: float) -> float:
    """The usual distance of two lines of a text, from base to base."""
    gaps = Counter(
        round(2 * (above.piece.bottom - below.piece.bottom)) / 2
        for rows in bodies
        for above, below in pairwise(rows)
        if _match(above.piece, below.piece)
    )
    usual = {gap: count for gap, count in gaps.items() if 0.5 * size < gap < 2 * size}
    leading = max(usual, key=lambda gap: (usual[gap], -gap)) if usual else 1.2 * size
    # short paragraphs of one line each have only the space between paragraphs
    return leading if leading < 1.5 * size or _mostly_full(bodies) else 1.2 * size


def _mostly_full(bodies: Sequence[Sequence[Row]]) -> bool:
    """Whether most lines reach the right margin, as those of running text do."""
    ends = [row.piece.right for rows in bodies for row in rows]
    margin = _right_margin(ends)
    return sum(end > 0.9 * margin for end in ends) > 0.5 * len(ends)


def _right_margin(ends: Sequence[float]) -> float:
    """Where the longest lines end, but for a few that run over."""
    return sorted(ends)[int(0.95 * len(ends))] if ends else 0.0


def _is_smaller(piece: Fragment, style: _Style) -> bool:
    return piece.size < (1 - _SAME_SIZE) * style.size


def _mark_notes(rows: Sequence[Row], style: _Style, notes: _Notes) -> None:
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
        star = _STARRED.match(row.piece.text)
        if row.piece.mark is not None or star:
            notes.mark, row.note_start = row.piece.mark or (star[1] if star else ""), True
            notes.size = row.piece.size
        row.note = notes.mark


def _alike(piece: Fragment, notes: _Notes) -> bool:
    return abs(piece.size - notes.size) <= _SAME_SIZE * notes.size


def _set_apart(rows: Sequence[Row], style: _Style) -> None:
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


def _reading(rows_of_pages: Sequence[Sequence[Row]], style: _Style, warnings: tuple[str, ...]) -> Reading:
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
                    right=round(style.right - row.piece.right, 1), cell=row.piece.spaced,
                )
            )  # fmt: skip
            start += len(text)
    return Reading("".join(texts), tuple(lines), warnings)
