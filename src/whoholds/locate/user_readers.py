"""Reads the files of places that users add, of which nothing is trusted: size, encoding, columns, numbers, names.

Formats: GeoNames (19 columns), GeoNames alternateNamesV2, CSV with name, lat and lon, GeoJSON, and the P-code tables of
HDX (CSV with ADM1_PCODE or admin1Pcode and a name beside it).
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from whoholds.errors import BadRecordError, MissingInputError, NotTextError, TooLargeError

LARGEST_FILE = 300_000_000
"""Bytes."""
MOST_ROWS = 2_000_000
LONGEST_NAME = 150
MOST_NAMES = 200
MOST_TOLD = 20
"""Bad rows that an error lists; the others are counted."""
GEONAMES_COLUMNS = 19
_NAMESPACED = re.compile(r"^(?:gn|wof|ocha|ne|user):[\w.-]{1,60}$")
_PCODE_COLUMN = re.compile(r"^adm(?:in)?_?([1-4])_?pcode$", re.IGNORECASE)
_LAT, _LON = ("lat", "latitude", "y", "center_lat", "centroid_lat"), ("lon", "lng", "long", "longitude", "x", "center_lon", "centroid_lon")
_NAME = ("name", "name_en", "title", "shapename")
_ID = ("id", "pcode", "geonameid", "geonames_id")


class Format(StrEnum):
    """What a file is."""

    GEONAMES = "GeoNames"
    ALTERNATE_NAMES = "GeoNames alternate names"
    TABLE = "CSV"
    PCODES = "P-code table"
    GEOJSON = "GeoJSON"


@dataclass(frozen=True, slots=True)
class Given:
    """A place as a file gives it; without a position it adds names or an id to a place that is known."""

    line: int
    id: str | None
    name: str
    names: tuple[str, ...]
    lat: float | None
    lon: float | None
    code: str
    population: int | None
    geometry: Mapping[str, object] | None = None


@dataclass(slots=True)
class Faults:
    """What is wrong with a file, line by line."""

    path: Path
    told: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, line: int, wrong: str) -> None:
        """Note a bad row."""
        self.count += 1
        if len(self.told) < MOST_TOLD:
            self.told.append(f"line {line}: {wrong}")

    def refuse(self) -> None:
        """Refuse the file if a row is bad.

        Raises:
            BadRecordError: listing the bad rows.
        """
        if self.count:
            more = f"; and {self.count - len(self.told)} more" if self.count > len(self.told) else ""
            message = f"{self.path.name}: nothing was added, {self.count} bad rows: {'; '.join(self.told)}{more}"
            raise BadRecordError(message)


def read_places(path: Path) -> tuple[Format, list[Given], int]:
    """Return the format of a file, its places, and how many rows were left out as being no settlement or area.

    Raises:
        InputError: when it is missing, too large, no text, of no known format, or has a bad row.
    """
    text = _text_of(path)
    faults = Faults(path)
    form = _format_of(path, text)
    places: list[Given] = []
    left_out = 0
    for place in _READERS[form](text, faults):
        if place is None:
            left_out += 1
        else:
            places.append(place)
        if len(places) > MOST_ROWS:
            message = f"{path.name}: more than {MOST_ROWS:,} places; split the file"
            raise TooLargeError(message)
    faults.refuse()
    if not places:
        message = f"{path.name}: no place in it ({form.value}, {left_out} rows left out)"
        raise BadRecordError(message)
    return form, places, left_out


def _text_of(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            message = f"{path.name}: {size:,} bytes, more than {LARGEST_FILE:,}; split the file"
            raise TooLargeError(message)
        raw = path.read_bytes()
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror})"
        raise MissingInputError(message) from None
    if raw[:4] in {b"PK\x03\x04", b"\x1f\x8b\x08\x00", b"\x1f\x8b\x08\x08"}:
        message = f"{path.name}: is packed; unpack it first"
        raise NotTextError(message)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{path.name}: byte {error.start} is no UTF-8; save the file as UTF-8"
        raise NotTextError(message) from None


def _format_of(path: Path, text: str) -> Format:
    if text.lstrip()[:1] == "{":
        return Format.GEOJSON
    first = text.partition("\n")[0].rstrip("\r")
    cells = first.split("\t")
    if len(cells) == GEONAMES_COLUMNS and cells[0].isdecimal():
        return Format.GEONAMES
    if 4 <= len(cells) <= 10 and cells[0].isdecimal() and cells[1].isdecimal():  # noqa: PLR2004  the columns of alternateNamesV2, old and new
        return Format.ALTERNATE_NAMES
    header = [cell.strip().lower() for cell in next(csv.reader([first], delimiter=_delimiter(first)), [])]
    if any(_PCODE_COLUMN.match(cell) for cell in header):
        return Format.PCODES
    if _column(header, _NAME) and _column(header, _LAT) and _column(header, _LON):
        return Format.TABLE
    known = "GeoNames (19 columns), alternateNamesV2, CSV with name, lat and lon, a P-code table, or GeoJSON"
    message = f"{path.name}: no known format; give {known}"
    raise BadRecordError(message)


def _delimiter(line: str) -> str:
    return max("\t;,", key=line.count)


def _column(header: Sequence[str], wanted: Sequence[str]) -> str | None:
    return next((name for name in wanted if name in header), None)


def _geonames(text: str, faults: Faults) -> Iterator[Given | None]:
    for number, line in enumerate(text.split("\n"), 1):
        cells = line.rstrip("\r").split("\t")
        if not line.strip():
            continue
        if len(cells) != GEONAMES_COLUMNS or not cells[0].isdecimal():
            faults.add(number, f"{len(cells)} columns instead of {GEONAMES_COLUMNS}, or no number first")
        elif cells[6] == "P" or (cells[6] == "A" and cells[7] in {"ADM1", "ADM2", "ADM3"}):
            people = int(cells[14]) if cells[14].isdecimal() and int(cells[14]) else None
            aliases = [alias for alias in (cells[2], *cells[3].split(",")) if alias]
            yield _given(number, f"gn:{cells[0]}", [cells[1], *aliases], (cells[4], cells[5]), (cells[7] or "PPL", people), faults)
        else:
            yield None


def _alternate_names(text: str, faults: Faults) -> Iterator[Given | None]:
    for number, line in enumerate(text.split("\n"), 1):
        cells = line.rstrip("\r").split("\t")
        if not line.strip():
            continue
        if len(cells) < 4 or not cells[1].isdecimal():  # noqa: PLR2004  number, GeoNames id, language, name
            faults.add(number, "no GeoNames id in the second column")
        elif cells[2] in {"link", "wkdt", "post", "iata", "icao", "faac", "unlc", "phon", "abbr"}:
            yield None
        else:
            name = _clean(cells[3])
            yield Given(number, f"gn:{cells[1]}", name, (), None, None, "", None) if name else None


def _table(text: str, faults: Faults) -> Iterator[Given | None]:
    for number, record in _records(text, faults):
        keys = list(record)
        lat, lon, name = (record[_column(keys, wanted) or ""] for wanted in (_LAT, _LON, _NAME))
        code = record.get("code", "") or "PPL"
        if not code.startswith(("PPL", "ADM")):
            faults.add(number, f"code {code[:20]!r} is no settlement (PPL…) or area (ADM…)")
            continue
        people = record.get("population", "")
        own = _column(keys, _ID)
        place_id = _id_of(record.get(own or "", ""), own or "")
        names = [name, *re.split(r"[|;]", record.get("names", ""))]
        yield _given(number, place_id, names, (lat, lon), (code, int(people) if people.isdecimal() else None), faults)


def _pcodes(text: str, faults: Faults) -> Iterator[Given | None]:
    """Yield the smallest area of each row; the position where the table has one."""
    for number, record in _records(text, faults):
        levels = sorted((int(found[1]), key) for key in record if (found := _PCODE_COLUMN.match(key)) and record[key])
        if not levels:
            faults.add(number, "no P-code")
            continue
        level, key = levels[-1]
        names = [
            value for column, value in record.items() if re.match(rf"^adm(?:in)?_?{level}_?(?:name|[a-z]{{2}}$|ref)", column) and value
        ]
        position = [record.get(_column(list(record), wanted) or "", "") for wanted in (_LAT, _LON)]
        if not names:
            faults.add(number, f"no name for {record[key][:20]!r}")
        elif all(position):
            yield _given(number, f"ocha:{record[key]}", names, (position[0], position[1]), (f"ADM{min(level, 3)}", None), faults)
        else:
            clean = [name for name in map(_clean, names) if name]
            yield (
                Given(number, f"ocha:{record[key]}", clean[0], tuple(clean[1:]), None, None, f"ADM{min(level, 3)}", None) if clean else None
            )


def _records(text: str, faults: Faults) -> Iterator[tuple[int, dict[str, str]]]:
    csv.field_size_limit(LARGEST_FILE)
    reader = csv.DictReader(io.StringIO(text), delimiter=_delimiter(text.partition("\n")[0]))
    try:
        for record in reader:
            yield (
                reader.line_num,
                {(key or "").strip().lower(): (value or "").strip() for key, value in record.items() if isinstance(value, str | None)},
            )
    except csv.Error as error:
        faults.add(reader.line_num, str(error))


def _geojson(text: str, faults: Faults) -> Iterator[Given | None]:
    try:
        collection = json.loads(text)
    except (ValueError, RecursionError) as error:
        faults.add(getattr(error, "lineno", 1), f"no JSON ({type(error).__name__})")
        return
    features = collection.get("features")
    for number, feature in enumerate(features if isinstance(features, list) else [], 1):
        if (
            not isinstance(feature, dict)
            or not isinstance(feature.get("properties"), dict)
            or not isinstance(feature.get("geometry"), dict)
        ):
            faults.add(number, "feature without properties or geometry (counted from the first)")
            continue
        record = {str(key).lower(): str(value) for key, value in feature["properties"].items() if value is not None}
        name = record.get(_column(list(record), (*_NAME, "adm3_en", "adm2_en", "adm1_en")) or "", "")
        own = _column(list(record), (*_ID, "adm3_pcode", "adm2_pcode", "adm1_pcode"))
        yield _shaped(number, feature["geometry"], name, _id_of(record.get(own or "", ""), own or ""), faults)


def _shaped(number: int, geometry: dict[str, object], name: str, place_id: str | None, faults: Faults) -> Given | None:
    from shapely.errors import ShapelyError  # noqa: PLC0415  only where shapes are read
    from shapely.geometry import shape  # noqa: PLC0415

    try:
        kind = shape(geometry)
        point = kind if kind.geom_type == "Point" else kind.representative_point()
        position = (str(point.y), str(point.x))
    except (ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        faults.add(number, f"geometry cannot be read ({type(error).__name__})")
        return None
    area = kind.geom_type in {"Polygon", "MultiPolygon"}
    given = _given(number, place_id, [name], position, ("ADM3" if area else "PPL", None), faults)
    if given is None or not area:
        return given
    return Given(number, given.id, given.name, given.names, given.lat, given.lon, given.code, None, geometry)


def _id_of(written: str, column: str) -> str | None:
    """Return the id that a column gives, in our namespaces; None where it has none that can be kept."""
    if _NAMESPACED.match(written):
        return written
    if column.startswith("geoname") and written.isdecimal():
        return f"gn:{written}"
    if "pcode" in column and re.fullmatch(r"\w{2,20}", written):
        return f"ocha:{written}"
    return f"user:{written}" if re.fullmatch(r"[\w.-]{1,40}", written) else None


def _given(
    line: int, place_id: str | None, names: Sequence[str], position: tuple[str, str], kind: tuple[str, int | None], faults: Faults
) -> Given | None:
    clean = [name for name in map(_clean, names) if name]
    try:
        lat, lon = float(position[0]), float(position[1])
    except ValueError:
        faults.add(line, f"position {position[0][:20]!r}, {position[1][:20]!r} is no pair of numbers")
        return None
    if not (math.isfinite(lat) and math.isfinite(lon) and -90 <= lat <= 90 and -180 <= lon <= 180):  # noqa: PLR2004  the globe
        faults.add(line, f"position {lat}, {lon} is not on the globe")
    elif not clean or len(clean[0]) > LONGEST_NAME:
        faults.add(line, "no name" if not clean else f"a name of more than {LONGEST_NAME} characters")
    else:
        others = tuple(dict.fromkeys(name for name in clean[1:] if name != clean[0] and len(name) <= LONGEST_NAME))
        return Given(line, place_id, clean[0], others[:MOST_NAMES], lat, lon, *kind)
    return None


def _clean(name: str) -> str:
    """Return `name` without control signs and the marks that a shard cannot hold."""
    kept = "".join(" " if sign == "|" or unicodedata.category(sign)[0] == "C" else sign for sign in name)
    return " ".join(kept.split())


_READERS: Mapping[Format, Callable[[str, Faults], Iterator[Given | None]]] = {
    Format.GEONAMES: _geonames,
    Format.ALTERNATE_NAMES: _alternate_names,
    Format.TABLE: _table,
    Format.PCODES: _pcodes,
    Format.GEOJSON: _geojson,
}
