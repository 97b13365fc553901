"""Shapes of areas: packed small, unpacked when asked, with the point-in-area and distance-to-edge that locating needs.

A packed shape is a run of variable-length integers: the count of rings, then each ring's count of points and the
differences from point to point in thousandths of a degree (about 100 m), zigzag-coded. Outer rings and holes are not told
apart; which points are inside follows from the even-odd rule.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from whoholds.locate.geometry import Box

GRID = 1000
"""Steps in a degree."""
KM_PER_DEGREE = 111.195
_MORE, _SEVEN = 0x80, 0x7F
LEAST_RING = 4
"""Points of the smallest closed ring, a triangle whose first point comes again."""

Ring = Sequence[tuple[float, float]]
"""Longitude and latitude of each point; the first comes again at the end."""


def packed(rings: Iterable[Ring]) -> bytes:
    """Return `rings` packed."""
    kept = [_steps(ring) for ring in rings]
    numbers = [len(kept)]
    for steps in kept:
        numbers.append(len(steps))
        numbers.extend(number << 1 if number >= 0 else -number * 2 - 1 for step in steps for number in step)
    return b"".join(map(_varint, numbers))


def unpacked(shape: bytes) -> list[list[tuple[float, float]]]:
    """Return the rings of a packed shape."""
    numbers = _numbers(shape)
    rings = []
    for _ in range(next(numbers)):
        x = y = 0
        ring = []
        for _ in range(next(numbers)):
            x, y = x + _signed(next(numbers)), y + _signed(next(numbers))
            ring.append((x / GRID, y / GRID))
        rings.append(ring)
    return rings


def holds(shape: bytes, lat: float, lon: float) -> bool:
    """Tell whether the point lies in the area (even-odd rule)."""
    inside = False
    for ring in unpacked(shape):
        for (x1, y1), (x2, y2) in itertools.pairwise(ring):
            if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside


def edge_km(shape: bytes, lat: float, lon: float) -> float:
    """Return how far (km) the point lies from the edge of the area, inside or outside.

    Computed on a plane that touches the Earth at the point; good to about 1 % within 500 km. Rings that the packing left
    with a single point have no edge; an area of nothing else is endlessly far.
    """
    import shapely  # noqa: PLC0415  only where an edge is measured

    across = math.cos(math.radians(lat)) * KM_PER_DEGREE
    lines = [[((x - lon) * across, (y - lat) * KM_PER_DEGREE) for x, y in ring] for ring in unpacked(shape) if len(ring) > 1]
    return float(shapely.MultiLineString(lines).distance(shapely.Point(0, 0))) if lines else math.inf


def simplified(geometry: Mapping[str, object], tolerance: float) -> tuple[Box, bytes] | None:
    """Return the box and the packed shape of a GeoJSON geometry with details below `tolerance` degrees left out.

    None where nothing is left. Geometry that crosses itself is mended.
    """
    from shapely import make_valid  # noqa: PLC0415  only where shapes are built
    from shapely.geometry import shape  # noqa: PLC0415

    area = make_valid(shape(dict(geometry))).simplify(tolerance, preserve_topology=True)
    if area.is_empty or not area.area:
        return None
    west, south, east, north = area.bounds
    return (west, south, east, north), packed(_rings(area))


def _rings(area: BaseGeometry) -> Iterator[Ring]:
    for part in getattr(area, "geoms", [area]):
        if part.geom_type == "Polygon":
            yield from (list(ring.coords) for ring in (part.exterior, *part.interiors))
        elif hasattr(part, "geoms"):
            yield from _rings(part)


def _steps(ring: Ring) -> list[tuple[int, int]]:
    grid = [(round(point[0] * GRID), round(point[1] * GRID)) for point in ring]
    kept = [point for number, point in enumerate(grid) if number == 0 or point != grid[number - 1]]
    if len(kept) < LEAST_RING:
        return []
    return [(x - before[0], y - before[1]) for (x, y), before in zip(kept, [(0, 0), *kept], strict=False)]


def _varint(number: int) -> bytes:
    encoded = bytearray()
    while number > _SEVEN:
        encoded.append(number & _SEVEN | _MORE)
        number >>= 7
    encoded.append(number)
    return bytes(encoded)


def _numbers(shape: bytes) -> Iterator[int]:
    number = shift = 0
    for byte in shape:
        number |= (byte & _SEVEN) << shift
        shift += 7
        if not byte & _MORE:
            yield number
            number = shift = 0


def _signed(number: int) -> int:
    return number >> 1 if not number & 1 else -(number + 1 >> 1)
