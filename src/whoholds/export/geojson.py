"""Claims as GeoJSON (RFC 7946): a point where a claim is located, no geometry where it is not.

A facility's resolution is its settlement's already, so that nothing is drawn finer than a settlement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from whoholds.export import CAVEAT
from whoholds.export.records import Json, written
from whoholds.export.rows import Row, report_name, rows
from whoholds.model import Place, Reading

DECIMALS = 5
"""About a metre: finer than any place name is."""


def geojson_document(readings: Iterable[Reading]) -> Iterator[str]:
    """Yield one FeatureCollection, a feature a line; its last members carry the caveat and the origins of the place data."""
    yield '{"type": "FeatureCollection", "features": ['
    origins: set[str] = set()
    number = 0
    for reading in readings:
        for row in rows(reading):
            yield (",\n" if number else "\n") + written(feature(row))
            number += 1
            if row.place:
                origins.add(f"{row.place.origin} ({row.place.licence})")
    yield f'\n], "note": {written(CAVEAT)}, "place_data": {written([*sorted(origins)])}}}\n'


def feature(row: Row) -> dict[str, Json]:
    """Return the feature of a claim; its id is the claim's."""
    return {
        "type": "Feature",
        "id": row.claim.id,
        "geometry": _point(row.place),
        "properties": _claim(row) | _statement(row) | _location(row) | _distance(row) | _report(row),
    }


def _point(place: Place | None) -> Json:
    if place is None:
        return None
    return {"type": "Point", "coordinates": [round(place.lon, DECIMALS), round(place.lat, DECIMALS)]}


def _claim(row: Row) -> dict[str, Json]:
    claim = row.claim
    return {
        "claim": claim.id,
        "anchor": claim.anchor,
        "toponym": claim.toponym.as_written or claim.toponym.referent if claim.toponym else None,
        "relation": claim.relation.value,
        "extent": claim.extent.kind.value,
        "percent": claim.extent.percent,
    }


def _statement(row: Row) -> dict[str, Json]:
    statement = row.statement
    return {
        "statement": statement.id,
        "kind": statement.kind.value,
        "stance": statement.stance.value,
        "certainty": statement.certainty.value,
        "source": row.source,
        "role": row.role.value,
        "own_voice": statement.attribution.own_voice,
        "via": [relay.referent for relay in statement.attribution.via],
        "actor": row.actor,
        "target": row.target,
        "event_date": row.when,
        "manner": statement.manner.value,
        "background": statement.background,
        "presupposed": statement.presupposed,
        "euphemism": statement.euphemism,
        "rule": statement.rule,
        "quote": row.quote,
    }


def _location(row: Row) -> dict[str, Json]:
    place, resolution = row.place, row.resolution
    precision = resolution.geo_precision if resolution else None
    return {
        "place": place.id if place else None,
        "place_name": place.name if place else None,
        "geo_precision": precision.value if precision else None,
        "radius_km": resolution.radius_km if resolution else None,
        "score": resolution.score if resolution else None,
        "method": resolution.method if resolution else None,
    }


def _distance(row: Row) -> dict[str, Json]:
    distance, check = row.claim.distance, row.check
    return {
        "km_low": distance.km_low if distance else None,
        "km_high": distance.km_high if distance else None,
        "reference": distance.reference.referent if distance else None,
        "verdict": check.verdict.value if check else None,
        "straight_km": check.straight_km if check else None,
    }


def _report(row: Row) -> dict[str, Json]:
    report = row.report
    return {
        "report": report.id,
        "origin_id": report.origin_id,
        "name": report_name(report),
        "publisher": report.publisher,
        "published": report.published.isoformat() if report.published else None,
        "url": report.url,
    }
