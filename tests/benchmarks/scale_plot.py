"""Curves as a small SVG picture, readable on light and dark pages."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_WIDTH, _HEIGHT, _GAP = 360, 240, 60
_LABEL = 36  # pixels that a number below the axis takes
_COLOURS = ("#3b82c4", "#d9822b", "#4b9e5f")
_STYLE = (
    "text{font:12px sans-serif;fill:#1f2328}line,path{stroke-width:2;fill:none}.axis{stroke:#8c959f;"
    "stroke-width:1}@media(prefers-color-scheme:dark){text{fill:#d1d7e0}}"
)

Series = Mapping[str, Sequence[tuple[float, float]]]


def plot(path: Path, panels: Mapping[str, Series], *, logarithmic: bool = True) -> None:
    """Write one picture with a panel each title: lines of (x, y), y from 0, x logarithmic or not."""
    scale = math.log10 if logarithmic else float
    width = len(panels) * (_WIDTH + _GAP) + _GAP
    body = [
        _panel(title, series, _GAP + place * (_WIDTH + _GAP), scale)
        for place, (title, series) in enumerate(panels.items())
    ]
    size = f'width="{width}" height="{_HEIGHT + 120}" viewBox="0 0 {width} {_HEIGHT + 120}"'
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img"><style>{_STYLE}</style>'
    path.write_text("\n".join([drawn, *body, "</svg>"]) + "\n", encoding="utf-8")


def _panel(title: str, series: Series, left: int, scale: Callable[[float], float]) -> str:
    points = [point for line in series.values() for point in line]
    lowest, highest = (scale(f(x for x, _ in points)) for f in (min, max))
    top = _round_up(max(y for _, y in points))

    def at(x: float, y: float) -> tuple[float, float]:
        across = (scale(x) - lowest) / ((highest - lowest) or 1)
        return round(left + across * _WIDTH, 1), round(40 + _HEIGHT * (1 - y / top), 1)

    bottom = 40 + _HEIGHT
    drawn = [f'<text x="{left}" y="20" font-weight="bold">{title}</text>']
    drawn.append(f'<path class="axis" d="M{left},40V{bottom}H{left + _WIDTH}"/>')
    for tick in (0, top / 2, top):
        drawn.append(
            f'<text x="{left - 6}" y="{at(points[0][0], tick)[1] + 4}" text-anchor="end">{tick:g}</text>'
        )
    labelled = float("-inf")
    for x in sorted({x for x, _ in points}):
        if at(x, 0)[0] - labelled < _LABEL:
            continue
        labelled = at(x, 0)[0]
        drawn.append(f'<text x="{at(x, 0)[0]}" y="{bottom + 18}" text-anchor="middle">{x:,.10g}</text>')
    for number, (name, line) in enumerate(series.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        corners = " ".join(f"{x},{y}" for x, y in (at(*point) for point in line))
        drawn.append(f'<path stroke="{colour}" d="M{corners}"/>')
        drawn += [f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in (at(*p) for p in line)]
        middle = bottom + 36 + 16 * number
        drawn.append(f'<path stroke="{colour}" d="M{left},{middle - 4}h18"/>')
        drawn.append(f'<text x="{left + 24}" y="{middle}">{name}</text>')
    return "\n".join(drawn)


def _round_up(value: float) -> float:
    """The next of 1, 2 and 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 5, 10) if value <= step * power)
