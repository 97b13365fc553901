"""JSON Lines of the whole model → readings, reviews and failures; the counterpart of `export.model_lines`.

Every field is checked against the type that the model gives it, so that a file made elsewhere, or changed by hand,
cannot put into a store what no reading could.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from whoholds.errors import BadRecordError, InputError, MissingInputError, ModelError, NotTextError
from whoholds.ingest.nouns import NO_PLACES, noun, nouns
from whoholds.ingest.readers import STDIN
from whoholds.ingest.records import parse_json
from whoholds.model import (
    Claim,
    DistanceCheck,
    Extracted,
    Extraction,
    Failure,
    Place,
    Reading,
    Report,
    Resolution,
    Review,
    Statement,
)

FORMAT, VERSION = "whoholds-model", 1
"""What the first line of such a file says."""

DERIVED = frozenset({"timeline", "link"})
"""Lines that are made of the others: a store makes its own."""

_SHORT = 60


@dataclass(frozen=True, slots=True)
class ImportedReading:
    """A reading, and the version of the gazetteer that it was located with."""

    reading: Reading
    gazetteer: str


Imported = ImportedReading | Review | Failure


def read_model(lines: Iterable[str]) -> Iterator[Imported]:
    """Yield what the lines of a file hold, in order.

    Raises:
        BadRecordError: when the file is no export of the model, is of a later version, or a line is off; it says which.
    """
    places: dict[str, Place] = {}
    numbered = enumerate(lines, 1)
    _check_head(next(numbered, (1, ""))[1])
    for number, line in numbered:
        if line.strip():
            try:
                yield from _entries(line, places)
            except (BadRecordError, ModelError) as error:
                message = f"line {number}: {error}"
                raise BadRecordError(message) from None


def _check_head(line: str) -> None:
    head = parse_json(line) if line.strip() else None
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        message = f'line 1: no export of the model: it must begin with {{"format": "{FORMAT}", …}}; make one with `whoholds export jsonl`'
        raise BadRecordError(message)
    version = head.get("version")
    if not isinstance(version, int) or version > VERSION:
        message = f"line 1: version {str(version)[:_SHORT]} of the format; this program reads {VERSION}: import it with a newer WhoHolds"
        raise BadRecordError(message)


def _entries(line: str, places: dict[str, Place]) -> Iterator[Imported]:
    record = parse_json(line)
    if not isinstance(record, dict) or len(record) != 1:
        raise BadRecordError('a line must be an object with one key: "place", "reading", "review", "failure", "timeline" or "link"')
    ((named, value),) = record.items()
    if named == "place":
        place = noun(Place, value, named)
        places[place.id] = place
    elif named == "reading":
        yield _reading(value, places)
    elif named == "review":
        yield noun(Review, value, named)
    elif named == "failure":
        yield noun(Failure, value, named)
    elif named not in DERIVED:
        message = f"{named[:_SHORT]!r} is nothing that a line can hold"
        raise BadRecordError(message)


def _reading(value: object, places: Mapping[str, Place]) -> ImportedReading:
    given = _object(value, "reading")
    report = noun(Report, given.get("report"), "report")
    extracted = Extracted(
        noun(Extraction, given.get("extraction"), "extraction"),
        nouns(Statement, given.get("statements"), "statements"),
        nouns(Claim, given.get("claims"), "claims"),
    )
    resolutions = _object(given.get("resolutions"), "resolutions")
    checks = _object(given.get("checks"), "checks")
    reading = Reading(
        report,
        extracted,
        {key: noun(Resolution, each, f"resolutions.{key}", places) for key, each in resolutions.items()},
        {key: noun(DistanceCheck, each, f"checks.{key}", places) for key, each in checks.items()},
    )
    _check_whole(reading)
    return ImportedReading(reading, noun(str, given.get("gazetteer"), "gazetteer", NO_PLACES))


def _object(value: object, where: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        message = f"{where} must be an object"
        raise BadRecordError(message)
    return value


def _check_whole(reading: Reading) -> None:
    """Refuse a reading whose parts are not of one report, or whose spans lie outside its text.

    Raises:
        BadRecordError: when that is so.
    """
    report, statements = reading.report, {each.id for each in reading.extracted.statements}
    if reading.extracted.extraction.report != report.id or any(each.report != report.id for each in reading.extracted.statements):
        message = f"reading of {report.id[:_SHORT]}: its extraction or a statement is of another report"
        raise BadRecordError(message)
    claims = {each.id for each in reading.extracted.claims}
    if any(each.statement not in statements for each in reading.extracted.claims) or not claims.issuperset(
        [*reading.resolutions, *reading.checks]
    ):
        message = f"reading of {report.id[:_SHORT]}: a claim without its statement, or a resolution without its claim"
        raise BadRecordError(message)
    if any(each.evidence.end > len(report.text) for each in reading.extracted.statements):
        message = f"reading of {report.id[:_SHORT]}: evidence beyond the end of the text"
        raise BadRecordError(message)


@contextmanager
def opened_model(file: str) -> Iterator[Iterator[Imported]]:
    """Give what a file, or standard input for `-`, holds; see `read_model`.

    Raises:
        MissingInputError: when there is no such file.
        InputError: when it cannot be opened, or is no text.
    """
    if file == STDIN:
        yield read_model(_decoded(sys.stdin.buffer))
        return
    path = Path(file)
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        message = f"{file}: no such file"
        raise MissingInputError(message) from None
    except (OSError, ValueError) as error:
        message = f"{file}: cannot be read ({error}); name a file that `whoholds export jsonl` wrote"
        raise InputError(message) from None
    with stream:
        yield read_model(_decoded(stream))


def _decoded(lines: Iterable[bytes]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        try:
            yield line.decode()
        except UnicodeDecodeError:
            message = f"line {number}: no UTF-8"
            raise NotTextError(message) from None
