"""Adds what WhoHolds itself knows: spellings of the press, regions and facilities of the news. Used at build time only."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from whoholds.errors import DataError
from whoholds.locate.build_country import Country
from whoholds.locate.geometry import rough_km
from whoholds.locate.places import ShardRow

QUARTER_KM = 25.0
LEAST_CITY = 20_000


def add_curated(countries: Mapping[str, Country], path: Path) -> None:
    """Add the spellings of `aliases.toml` and take out the wrong ones.

    Raises:
        DataError: when it names a place that is not there.
    """
    tables: dict[str, dict[str, list[str]]] = tomllib.loads(path.read_text(encoding="utf-8"))
    for place_id, names in tables["remove"].items():
        for country in countries.values():
            if place_id in country.rows:
                row = country.rows[place_id]
                country.rows[place_id] = row._replace(names=tuple(name for name in row.names if name not in names))
    wanted = tables["add"]
    for place_id, names in wanted.items():
        home = next((country for country in countries.values() if place_id in country.rows), None)
        if home is None:
            message = f"aliases.toml: no place {place_id} in the gazetteer; correct its id"
            raise DataError(message)
        row = home.rows[place_id]
        home.rows[place_id] = row._replace(names=(*row.names, *(name for name in names if name != row.name and name not in row.names)))


def add_places_of_the_news(countries: Mapping[str, Country], path: Path) -> None:
    """Add the regions and facilities of `regions.toml`.

    Raises:
        DataError: when one lies in a country or at a place that is not there.
    """
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    for place_id, entry in tables["region"].items():
        country = countries.get(entry["country"])
        root = next((row.id for row in country.rows.values() if row.code == "PCLI"), None) if country else None
        if country is None or root is None:
            message = f"{path.name}: {place_id}: no country {entry['country']!r} in the gazetteer; correct it"
            raise DataError(message)
        names = tuple(entry["names"])
        country.add(
            ShardRow(
                place_id, entry["name"], entry["lat"], entry["lon"], "RGN", (root,), None, entry["radius_km"], None, ("curated",), names
            )
        )
    for place_id, entry in tables["facility"].items():
        home = next((country for country in countries.values() if entry["at"] in country.rows), None)
        if home is None:
            message = f"{path.name}: {place_id}: no place {entry['at']!r} in the gazetteer; correct it"
            raise DataError(message)
        at = home.rows[entry["at"]]
        admin, settlement = (*at.admin, at.id), at.id if at.code.startswith("PPL") else None
        home.add(
            ShardRow(place_id, entry["name"], at.lat, at.lon, "AIRB", admin, None, None, settlement, ("curated",), tuple(entry["names"]))
        )


def settle_quarters(country: Country) -> None:
    """Give each quarter without a city the largest city near it, and that city's position: quarters are never drawn (DESIGN §7)."""
    cells: dict[tuple[int, int], list[ShardRow]] = defaultdict(list)
    for row in country.rows.values():
        if row.code.startswith("PPL") and row.code != "PPLX" and (row.population or 0) >= LEAST_CITY:
            cells[int(row.lat // 1), int(row.lon // 1)].append(row)
    for row in [row for row in country.rows.values() if row.code == "PPLX" and row.settlement is None]:
        y, x = int(row.lat // 1), int(row.lon // 1)
        near = [city for dy in (-1, 0, 1) for dx in (-1, 0, 1) for city in cells.get((y + dy, x + dx), ())]
        near = [city for city in near if rough_km(row.lat, row.lon, city.lat, city.lon) <= QUARTER_KM]
        city = max(near, key=lambda city: (city.population or 0, city.id), default=None)
        if city:
            country.rows[row.id] = row._replace(lat=city.lat, lon=city.lon, settlement=city.id)
