"""Files of baselines: CSV or GeoJSON with place, holder and date; nothing in them is trusted."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from whoholds.errors import BadRecordError, InputError, MissingInputError, NotTextError, TooLargeError
from whoholds.ingest.canonical import canonicalise

LARGEST_FILE = 50_000_000
"""Bytes."""
LONGEST_VALUE = 500
"""Characters of a value; a citation needs few."""
MOST_TOLD = 10
"""Bad rows that an error lists; the others are counted."""

_PLACE, _COUNTRY, _HOLDER = ("place", "place_id", "id", "name"), ("country",), ("holder", "held_by", "control")
_DAY, _CITATION = ("date", "day", "as_of"), ("source", "note")
_NEEDED = "place, holder and date (and, if you like, country, source and note)"


@dataclass(frozen=True, slots=True)
class GivenRow:
    """A row as the file gives it; `where` names it in messages ("line 7"), `citation` says where the row comes from."""

    where: str
    place: str
    country: str | None
    holder: str
    day: date
    citation: str | None = None


@dataclass(frozen=True, slots=True)
class ReadRows:
    """What a file holds: the rows that can be read, and what is wrong with the others."""

    rows: tuple[GivenRow, ...]
    wrong: tuple[str, ...]


def read_rows(file: Path, today: date) -> ReadRows:
    """Return the rows of a CSV or GeoJSON file.

    Raises:
        MissingInputError: when there is no such file.
        TooLargeError: when it is beyond the limit.
        NotTextError: when it is no UTF-8 text.
        InputError: when it is neither form, lacks a column, or has no rows.
    """
    text = _text(file)
    records = list(_features(file, text) if text.lstrip().startswith("{") else _table(file, text))
    rows: list[GivenRow] = []
    wrong: list[str] = []
    for where, record in records:
        try:
            rows.append(_row(where, record, today))
        except BadRecordError as error:
            wrong.append(str(error))
    if not rows and not wrong:
        message = f"{file}: there are no rows; give one for each place, with {_NEEDED}"
        raise InputError(message)
    return ReadRows(tuple(rows), tuple(wrong))


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST_FILE:
            message = f"{file}: larger than {LARGEST_FILE:,} bytes; split it"
            raise TooLargeError(message)
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        message = f"{file}: no such file; check the name"
        raise MissingInputError(message) from None
    except UnicodeDecodeError as error:
        message = f"{file}: no UTF-8 text (byte {error.start}); save it again as UTF-8"
        raise NotTextError(message) from None
    except OSError as error:
        message = f"{file}: cannot be read ({error.strerror or error})"
        raise InputError(message) from None


def _table(file: Path, text: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        columns = [name.strip().casefold() for name in reader.fieldnames or ()]
        missing = [names[0] for names in (_PLACE, _HOLDER, _DAY) if not set(names) & set(columns)]
        if missing:
            message = f"{file}: no column {' or '.join(missing)} in its first line; a baseline needs {_NEEDED}"
            raise InputError(message)
        reader.fieldnames = columns
        for record in reader:
            if any(str(value or "").strip() for key, value in record.items() if key):
                yield f"line {reader.line_num}", record
    except csv.Error as error:
        message = f"{file}, line {reader.line_num}: no CSV ({error}); save it again as CSV with commas"
        raise InputError(message) from None


def _features(file: Path, text: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        message = f"{file}: no JSON ({error}); give GeoJSON or CSV"
        raise InputError(message) from None
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        message = f"{file}: no GeoJSON FeatureCollection; give one whose features have the properties {_NEEDED}"
        raise InputError(message)
    for number, feature in enumerate(features, 1):
        found = feature.get("properties") if isinstance(feature, dict) else None
        properties = found if isinstance(found, dict) else {}
        yield f"feature {number}", {str(key).casefold(): value for key, value in properties.items()}


def _row(where: str, record: Mapping[str, object], today: date) -> GivenRow:
    place, holder = _value(where, record, _PLACE), _value(where, record, _HOLDER)
    if not place or not holder:
        message = f"{where}: no {'holder' if place else 'place'}; fill it in, or leave the row out"
        raise BadRecordError(message)
    cited = [found for name in _CITATION if (found := _value(where, record, (name,)))]
    return GivenRow(where, place, _value(where, record, _COUNTRY), holder, _day(where, record, today), "; ".join(cited) or None)


def _value(where: str, record: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    """Return the first of the values that is there, on one line."""
    for name in names:
        value = record.get(name)
        if value is None or isinstance(value, dict | list | bool):
            continue
        words = " ".join(canonicalise(str(value).encode("utf-8", "replace").decode()).split())
        if len(words) > LONGEST_VALUE:
            message = f"{where}: {name} is longer than {LONGEST_VALUE} characters; shorten it"
            raise BadRecordError(message)
        if words:
            return words
    return None


def _day(where: str, record: Mapping[str, object], today: date) -> date:
    given = _value(where, record, _DAY)
    try:
        day = date.fromisoformat(given or "")
    except ValueError:
        message = f"{where}: {given!r} is no day" if given else f"{where}: no date"
        message += "; write the day of the map as 2024-11-26"
        raise BadRecordError(message) from None
    if day > today:
        message = f"{where}: {day} lies in the future; give the day of the map"
        raise BadRecordError(message)
    return day
