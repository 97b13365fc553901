"""Readings as JSON and JSON Lines, under the model's field names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date

from whoholds.export import CAVEAT
from whoholds.model import DateRange, Extracted, Place, Reading, Span, Statement

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

# JSON itself escapes the C0 controls alone. The others stand in strings only, so that an escape is always right there.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def written(value: Json, indent: int | None = None) -> str:
    """Return `value` as JSON in which no control of a terminal, of line ends or of reading direction stands raw."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(value, ensure_ascii=False, indent=indent))


def json_lines(readings: Iterable[Reading]) -> Iterator[str]:
    """Yield one line for each reading."""
    for reading in readings:
        yield written(record(reading)) + "\n"


def json_document(readings: Iterable[Reading]) -> Iterator[str]:
    """Yield one JSON document: an object with a note and the array `readings`."""
    yield f'{{"note": {written(CAVEAT)}, "readings": ['
    for number, reading in enumerate(readings):
        yield (",\n" if number else "\n") + written(record(reading), indent=1)
    yield "\n]}\n"


def record(reading: Reading) -> dict[str, Json]:
    """Return `reading` as JSON values: dates in ISO 8601, spans as [start, end], each statement with its quote.

    A second opinion stands under its own key, which is there only where one was had.
    """
    text = reading.report.text
    made = {"report": plain(reading.report)} | _extracted(reading.extracted, text)
    made |= {"resolutions": plain(reading.resolutions), "checks": plain(reading.checks)}
    second = reading.second_opinion
    if second is not None:
        made["second_opinion"] = _extracted(second.extracted, text) | {
            "resolutions": plain(second.resolutions),
            "checks": plain(second.checks),
            "refused": plain(second.extracted.refused),
            "matches": plain(second.matches),
        }
    return made


def _extracted(extracted: Extracted, text: str) -> dict[str, Json]:
    return {
        "extraction": plain(extracted.extraction),
        "statements": [_quoted(statement, text) for statement in extracted.statements],
        "claims": plain(extracted.claims),
    }


def plain(value: object) -> Json:
    """Return a value of the model as JSON values.

    A place comes without its other names: they are the gazetteer's, to be looked up by its id.
    """
    match value:
        case None | bool() | int() | float() | str():
            return value  # the model's enums are words and whole numbers, and JSON writes them so
        case date():  # and datetime, which is one
            return value.isoformat()
        case Span():
            return [value.start, value.end]
        case Mapping():
            return {str(key): plain(entry) for key, entry in value.items()}
        case tuple() | list():
            return [plain(entry) for entry in value]
        case frozenset():
            return [plain(entry) for entry in sorted(value)]
        case _:
            return _fields(value)


def _fields(value: object) -> dict[str, Json]:
    if not is_dataclass(value) or isinstance(value, type):
        message = f"{type(value).__name__} is no noun of the model"
        raise TypeError(message)
    made = {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, DateRange):
        made["edtf"] = value.edtf
    if isinstance(value, Place):
        del made["names"]
    return made


def _quoted(statement: Statement, text: str) -> dict[str, Json]:
    return _fields(statement) | {"quote": statement.evidence.of(text)}
