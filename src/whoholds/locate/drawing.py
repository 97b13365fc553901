"""What is drawn for a place that was found: never finer than its settlement (DESIGN §7), how precise, how wide."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.locate.geometry import moved
from whoholds.locate.place_index import PlaceIndex
from whoholds.locate.places import Row, feature_of
from whoholds.locate.wording import Wording
from whoholds.taxonomy import Feature, GeoPrecision, Relation

NEAR_RADIUS_KM = 10.0
REGION_RADIUS_KM = 50.0
LEAST_RADIUS_KM, LARGEST_RADIUS_KM = 2.0, 5.0
BIG_TOWN = 100_000
FARTHEST_NEAR_KM = 50.0
"""An offset that reaches further is a region (ACLED's precision 3)."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The row to draw, its precision, a radius (km) that covers what is meant, and what the method adds in words."""

    row: Row
    precision: GeoPrecision
    radius_km: float
    told: str = ""


def drawn(index: PlaceIndex, row: Row, wording: Wording, relation: Relation) -> Drawn:
    """Return what is drawn for `row` as the words name it.

    "20 km north of X" stays at X, so that no point is made up; the radius covers the offset, and the point that the words
    give is told in the method.
    """
    base, precision = _base(index, row, wording, relation)
    radius = _radius_km(base, precision)
    if wording.offset is None or precision is GeoPrecision.REGION:
        return Drawn(base, precision, radius)
    offset = wording.offset
    precision = GeoPrecision.NEAR if offset.reach_km <= FARTHEST_NEAR_KM else GeoPrecision.REGION
    lat, lon = moved(base.lat, base.lon, offset.bearing, offset.km)
    point = f" ({lat:.2f}, {lon:.2f} ± {offset.spread_km:.0f} km)" if offset.stated else ""
    return Drawn(base, precision, max(radius, round(offset.reach_km, 1)), f", {offset.words} of it{point}")


def _base(index: PlaceIndex, row: Row, wording: Wording, relation: Relation) -> tuple[Row, GeoPrecision]:
    feature = feature_of(row.code)
    if wording.countryside and feature is Feature.SETTLEMENT:
        return _region_of(index, row), GeoPrecision.REGION
    if feature in {Feature.REGION, Feature.COUNTRY}:
        return row, GeoPrecision.REGION
    settlement = _settlement_of(index, row) if feature is not Feature.SETTLEMENT else row
    if settlement is not row or wording.part or wording.side or wording.owner or relation is not Relation.IN:
        area = feature_of(settlement.code) in {Feature.REGION, Feature.COUNTRY}
        return settlement, GeoPrecision.REGION if area else GeoPrecision.NEAR
    return row, GeoPrecision.SETTLEMENT


def _region_of(index: PlaceIndex, row: Row) -> Row:
    areas = [index.by_id(step) for step in row.admin]
    return next((area for area in areas if area and area.code == "ADM1"), row)


def _settlement_of(index: PlaceIndex, row: Row) -> Row:
    """Return the settlement at which a district or facility is drawn, its smallest area where none is known."""
    for step in (row.settlement, *reversed(row.admin)):
        found = index.by_id(step) if step else None
        if found and found.id != row.id:
            return found
    return row


def _radius_km(row: Row, precision: GeoPrecision) -> float:
    if precision is GeoPrecision.REGION:
        return row.radius_km or REGION_RADIUS_KM
    if precision is GeoPrecision.NEAR:
        return NEAR_RADIUS_KM
    return LARGEST_RADIUS_KM if (row.population or 0) >= BIG_TOWN else LEAST_RADIUS_KM
