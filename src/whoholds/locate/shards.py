"""The shards of the embedded gazetteer: one gzipped table a country, the same bytes for the same rows.

The format is described in docs/reference/gazetteer.md and weighed in docs/decisions/0003-gazetteer-format.md.
"""

from __future__ import annotations

import gzip
import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from whoholds.errors import DataError, GazetteerMissingError
from whoholds.locate.names import strict_key
from whoholds.locate.places import Row

ORIGINS_FILE = "origins.toml"
SUFFIX = ".tsv.gz"
SAME_AS_SUFFIX = ".same_as.tsv.gz"
ALIASES_SUFFIX = ".aliases.tsv.gz"
COLUMNS = ("id", "name", "lat", "lon", "code", "admin", "population", "radius_km", "settlement", "origins", "names", "keys")
_BETWEEN = "|"
_PATH = ">"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where rows come from: its code in the shards, its full name, its licence (SPDX where there is one), its address."""

    code: str
    name: str
    licence: str
    url: str


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Write `rows`, ordered by id, to `path`."""
    lines = ["\t".join(COLUMNS), *(_line(row) for row in sorted(rows, key=lambda row: order_of(row.id)))]
    write_table(path, lines)


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of the shard at `path`.

    Raises:
        DataError: when a line does not have the columns of the format.
    """
    for number, line in enumerate(read_table(path)):
        if number:
            yield _row(line, path, number + 1)


def write_table(path: Path, lines: Iterable[str]) -> None:
    """Write `lines` gzipped, without name and time of writing, so that the same lines give the same bytes."""
    packed = gzip.compress("".join(f"{line}\n" for line in lines).encode(), compresslevel=9, mtime=0)
    path.write_bytes(packed)


def read_table(path: Path) -> Iterator[str]:
    """Yield the lines of the gzipped table at `path`."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield line.rstrip("\n")


def shard_files(folder: Path) -> tuple[Path, ...]:
    """Return the shards of places in `folder`, by name.

    Raises:
        GazetteerMissingError: when there is none.
    """
    files = tuple(sorted(path for path in folder.glob(f"*{SUFFIX}") if path.name.count(".") == SUFFIX.count(".")))
    if not files:
        message = f"no gazetteer shard in {folder}: reinstall whoholds, or build it with python -m whoholds.locate.build"
        raise GazetteerMissingError(message)
    return files


def data_hash(folder: Path) -> str:
    """Return the hash of all data in `folder`: names and bytes of its tables (12 hex digits)."""
    digest = hashlib.sha256()
    for path in sorted([*folder.glob(f"*{SUFFIX}"), *folder.glob("*.toml")]):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def read_origins(folder: Path) -> dict[str, Origin]:
    """Return the origins table of `folder`, by code.

    Raises:
        GazetteerMissingError: when there is none.
    """
    path = folder / ORIGINS_FILE
    if not path.is_file():
        message = f"{path} is missing: reinstall whoholds, or build it with python -m whoholds.locate.build"
        raise GazetteerMissingError(message)
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {code: Origin(code, table["name"], table["licence"], table["url"]) for code, table in tables.items()}


def order_of(place_id: str) -> tuple[str, int, str]:
    """Return the sort key of an id: namespace, then number where it ends in one."""
    space, _, rest = place_id.partition(":")
    return space, int(rest) if rest.isdecimal() else 0, rest


def _line(row: Row) -> str:
    cells = (
        row.id,
        row.name,
        f"{row.lat:.4f}",
        f"{row.lon:.4f}",
        row.code,
        _PATH.join(row.admin),
        "" if row.population is None else str(row.population),
        "" if row.radius_km is None else f"{row.radius_km:.0f}",
        row.settlement or "",
        _BETWEEN.join(row.origins),
        _BETWEEN.join(row.names),
        _BETWEEN.join(sorted({strict_key(name) for name in (row.name, *row.names)} - {""})),
    )
    return "\t".join(" ".join(cell.split()) for cell in cells)


def _row(line: str, path: Path, number: int) -> Row:
    cells = line.split("\t")
    if len(cells) != len(COLUMNS):
        message = f"{path.name} line {number}: {len(cells)} columns instead of {len(COLUMNS)}; rebuild the shard"
        raise DataError(message)
    place_id, name, lat, lon, code, admin, population, radius_km, settlement, origins, names, keys = cells
    return Row(
        place_id,
        name,
        float(lat),
        float(lon),
        code,
        tuple(admin.split(_PATH)) if admin else (),
        int(population) if population else None,
        float(radius_km) if radius_km else None,
        settlement or None,
        tuple(origins.split(_BETWEEN)),
        tuple(names.split(_BETWEEN)) if names else (),
        tuple(keys.split(_BETWEEN)) if keys else (),
    )
