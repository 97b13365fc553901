"""A small map as inline SVG: settlements as marks by group, drawn from their coordinates; no tiles, no lines, nothing between.

A group is told by its shape and its colour (Okabe and Ito's palette, told apart by colour-blind people too), never by colour
alone; a ring of dashes marks accounts that conflict, a faint mark what an imported map alone tells.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from whoholds.export.html_text import escaped

WIDTH, LEAST_HEIGHT, MOST_HEIGHT, MARGIN = 640.0, 300.0, 560.0, 34.0
"""Units of the drawing; on a wide screen one is about a pixel."""

LETTER, LINE = 8.6, 19.0
"""Width of a letter and height of a line of a label, at the size that a phone shows."""

SIZE = 6.5
GROUPS = 6
"""Groups with a shape of their own; further ones share the last."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A settlement on the map; `group` is None where nobody is known to hold it; the less its `turn`, the sooner it gets a label."""

    name: str
    lat: float
    lon: float
    group: int | None
    told: str
    turn: int
    disputed: bool = False
    pale: bool = False


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom


def svg_map(marks: Sequence[Mark], title: str) -> str:
    """Return the map as one `svg` element, empty where there is nothing to draw."""
    if not marks:
        return ""
    height, points = _projected(marks)
    taken = [_around(x, y) for x, y in points]
    drawn = []
    order = sorted(range(len(marks)), key=lambda at: (marks[at].turn, -len(marks[at].told), marks[at].name))
    for at in order:
        label = _label(marks[at], points[at], taken, height)
        drawn.append(
            f'<g class="{_classes(marks[at])}"><title>{escaped(marks[at].told)}</title>{_shape(marks[at], *points[at])}{label}</g>'
        )
    inner = "\n".join(reversed(drawn))
    return (
        f'<svg class="map" viewBox="0 0 {WIDTH:.0f} {height:.0f}" role="img" aria-label="{escaped(title)}">\n'
        f'<rect class="ground" x="0.5" y="0.5" width="{WIDTH - 1:.0f}" height="{height - 1:.0f}" rx="4"/>\n{inner}\n</svg>'
    )


def key(group: int | None, *, disputed: bool = False, pale: bool = False) -> str:
    """Return the mark of a group alone, for a legend."""
    mark = Mark("", 0, 0, group, "", 0, disputed, pale)
    return f'<svg class="key" viewBox="0 0 24 24" aria-hidden="true"><g class="{_classes(mark)}">{_shape(mark, 12, 12)}</g></svg>'


def _projected(marks: Sequence[Mark]) -> tuple[float, list[tuple[float, float]]]:
    """Return the height of the drawing and a point for each mark: plate carrée, true at the middle latitude."""
    lats, lons = [mark.lat for mark in marks], [mark.lon for mark in marks]
    squeeze = max(0.2, math.cos(math.radians((min(lats) + max(lats)) / 2)))
    wide, high = max((max(lons) - min(lons)) * squeeze, 0.05), max(max(lats) - min(lats), 0.05)
    inner = WIDTH - 2 * MARGIN
    height = min(max(high * inner / wide + 2 * MARGIN, LEAST_HEIGHT), MOST_HEIGHT)
    scale = min(inner / wide, (height - 2 * MARGIN) / high)
    left, top = (WIDTH - wide * scale) / 2, (height - high * scale) / 2
    return height, [(left + (mark.lon - min(lons)) * squeeze * scale, top + (max(lats) - mark.lat) * scale) for mark in marks]


def _around(x: float, y: float) -> _Box:
    return _Box(x - SIZE, y - SIZE, x + SIZE, y + SIZE)


def _label(mark: Mark, point: tuple[float, float], taken: list[_Box], height: float) -> str:
    """Return the name beside its mark, on the first side where it covers nothing; no name where there is no room."""
    (x, y), wide = point, len(mark.name) * LETTER
    for start, anchor in ((x + SIZE + 4, "start"), (x - SIZE - 4 - wide, "end")):
        for shift in (5.0, -7.0, 17.0):
            box = _Box(start, y + shift - LINE + 5, start + wide, y + shift + 4)
            inside = box.left > 2 and box.right < WIDTH - 2 and box.top > 2 and box.bottom < height - 2  # noqa: PLR2004  the frame's edge
            if inside and not any(box.meets(other) for other in taken):
                taken.append(box)
                at = start if anchor == "start" else start + wide
                return f'<text x="{at:.1f}" y="{y + shift:.1f}" text-anchor="{anchor}">{escaped(mark.name)}</text>'
    return ""


def _classes(mark: Mark) -> str:
    group = "none" if mark.group is None else f"g{min(mark.group, GROUPS - 1)}"
    first = " first" if mark.turn == 0 else ""
    return f"mark {group}{' pale' if mark.pale else ''}{first}"


def _shape(mark: Mark, x: float, y: float) -> str:
    ring = f'<circle class="ring" cx="{x:.1f}" cy="{y:.1f}" r="{SIZE + 4:.1f}"/>' if mark.disputed else ""
    return ring + _OUTLINES[GROUPS if mark.group is None else min(mark.group, GROUPS - 1)](x, y)


def _circle(x: float, y: float) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{SIZE - 0.5:.1f}"/>'


def _polygon(x: float, y: float, corners: Iterable[tuple[float, float]]) -> str:
    points = " ".join(f"{x + dx * SIZE:.1f},{y + dy * SIZE:.1f}" for dx, dy in corners)
    return f'<polygon points="{points}"/>'


_SQUARE = ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85))
_TRIANGLE = ((0.0, -1.1), (1.05, 0.8), (-1.05, 0.8))
_DIAMOND = ((0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0))
_DOWN = ((0.0, 1.1), (1.05, -0.8), (-1.05, -0.8))
_CROSS = tuple(
    (a * 1.1, b * 1.1)
    for a, b in (
        (-0.35, -1),
        (0.35, -1),
        (0.35, -0.35),
        (1, -0.35),
        (1, 0.35),
        (0.35, 0.35),
        (0.35, 1),
        (-0.35, 1),
        (-0.35, 0.35),
        (-1, 0.35),
        (-1, -0.35),
        (-0.35, -0.35),
    )
)

_OUTLINES = (
    _circle,
    lambda x, y: _polygon(x, y, _SQUARE),
    lambda x, y: _polygon(x, y, _TRIANGLE),
    lambda x, y: _polygon(x, y, _DIAMOND),
    lambda x, y: _polygon(x, y, _DOWN),
    lambda x, y: _polygon(x, y, _CROSS),
    _circle,
)
