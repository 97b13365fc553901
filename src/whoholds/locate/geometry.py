"""Distances on the ellipsoid and the check of stated distances; pure."""

from __future__ import annotations

import math

EARTH_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""

Box = tuple[float, float, float, float]
"""West, south, east, north; degrees."""


def rough_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the great-circle distance in km (haversine; within 0.6 % of the ellipsoid), for ranking."""
    one, two = math.radians(lat), math.radians(other_lat)
    across = math.sin((two - one) / 2) ** 2
    along = math.cos(one) * math.cos(two) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(across + along)))


def box_radius_km(box: Box) -> float:
    """Return half the diagonal of `box` in km."""
    west, south, east, north = box
    return rough_km(south, west, north, east) / 2
