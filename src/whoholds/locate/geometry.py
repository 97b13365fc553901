"""Distances on the ellipsoid and the check of stated distances; pure."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from whoholds.taxonomy import DistanceVerdict

if TYPE_CHECKING:
    from whoholds.model import Distance, Place

EARTH_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""

LEAST_TOLERANCE_KM = 2.0
TOLERANCE_SHARE = 0.2
PEOPLE_ROOT_PER_KM = 110.0
LARGEST_BUILT_UP_KM = 15.0

Box = tuple[float, float, float, float]
"""West, south, east, north; degrees."""


def rough_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the great-circle distance in km (haversine; within 0.6 % of the ellipsoid), for ranking."""
    one, two = math.radians(lat), math.radians(other_lat)
    across = math.sin((two - one) / 2) ** 2
    along = math.cos(one) * math.cos(two) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(across + along)))


def nearest_km(lat: float, lon: float, points: Iterable[tuple[float, float]]) -> float:
    """Return the great-circle distance in km to the nearest of `points` (latitude, longitude), as `rough_km` has it; infinite of none."""
    sin, cos, radian = math.sin, math.cos, math.pi / 180
    half, half_along, level = lat * radian / 2, lon * radian / 2, cos(lat * radian)
    least = min(
        [
            sin(other_lat * radian / 2 - half) ** 2 + level * cos(other_lat * radian) * sin(other_lon * radian / 2 - half_along) ** 2
            for other_lat, other_lon in points
        ],
        default=math.inf,
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(min(least, 1.0))) if least < math.inf else math.inf


def box_radius_km(box: Box) -> float:
    """Return half the diagonal of `box` in km."""
    west, south, east, north = box
    return rough_km(south, west, north, east) / 2


def straight_km(start: Place, end: Place) -> float:
    """Return the length of the geodesic between two places in km, on the WGS 84 ellipsoid (Karney 2013)."""
    from geographiclib.geodesic import Geodesic  # noqa: PLC0415  only where a distance is checked

    line = Geodesic.WGS84.Inverse(start.lat, start.lon, end.lat, end.lon, Geodesic.DISTANCE)
    return float(line["s12"]) / 1000


def moved(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """Return latitude and longitude of the point `km` from a point in direction `bearing` (degrees from north, clockwise)."""
    from geographiclib.geodesic import Geodesic  # noqa: PLC0415  only where an offset is placed

    end = Geodesic.WGS84.Direct(lat, lon, bearing, km * 1000)
    return round(float(end["lat2"]), 4), round(float(end["lon2"]), 4)


def tolerance_km(stated: float) -> float:
    """Return what a stated distance (km) may be off: a fifth of it, at least 2 km."""
    return max(LEAST_TOLERANCE_KM, TOLERANCE_SHARE * stated)


def built_up_km(place: Place) -> float:
    """Return the radius (km) of the built-up area, from the people: their square root over 110, at most 15.

    A town of 10,000 has 0.9 km, one of 1.6 million (Damascus) 11.5 km: about 8,000 people a square kilometre for small
    towns and 4,000 for cities with their suburbs, whose people the count leaves out.
    """
    return min(math.sqrt(place.population or 0) / PEOPLE_ROOT_PER_KM, LARGEST_BUILT_UP_KM)


def distance_verdict(straight: float, stated: Distance, edge: float) -> tuple[DistanceVerdict, float]:
    """Compare a straight line (km, centre to centre) with a stated distance; return the verdict and the tolerance (km).

    `edge` is how much nearer the boundary or the built-up edge of the reference is than its centre (km). "Within 10 km"
    (no low end) holds when the line is not longer than 10 km and the tolerance, "more than 10 km" (no high end) when it is
    not shorter than 10 km less the tolerance. A distance that only holds from the boundary or the edge, or from anywhere
    between it and the centre, says so.
    """
    tolerance = tolerance_km(max(stated.km_low or 0.0, stated.km_high or stated.km_low or 0.0))
    low = (stated.km_low or 0.0) - tolerance
    high = math.inf if stated.km_high is None else stated.km_high + tolerance
    if low <= straight <= high:
        return DistanceVerdict.REPRODUCIBLE, tolerance
    if straight > high and straight - edge <= high:
        return DistanceVerdict.ONLY_FROM_EDGE, tolerance
    return DistanceVerdict.NOT_REPRODUCIBLE, tolerance
