"""The whole model as JSON Lines, under its own field names: what a store holds, for another store or another program.

The first line says what the file is. Then come lines with one key each, which says what the value is: `place` (before
anything that points at it), `reading`, `review`, `failure`, `timeline`, `link`. Timelines and links are made of the
rest; a store that imports the file makes its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from whoholds.export import CAVEAT
from whoholds.export.records import Json, plain, written
from whoholds.model import Candidate, DistanceCheck, Failure, Link, Place, Reading, Resolution, Review, Timeline

FORMAT, VERSION = "whoholds-model", 1
"""What the first line calls the file; a reader refuses a later version."""


class Noun(StrEnum):
    """What a line may hold."""

    PLACE = "place"
    READING = "reading"
    REVIEW = "review"
    FAILURE = "failure"
    TIMELINE = "timeline"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class StoredReading:
    """A reading with what the store keeps of it besides: the version of the gazetteer it was located with."""

    reading: Reading
    gazetteer: str


Entry = StoredReading | Review | Failure | Timeline | Link


def model_lines(entries: Iterable[Entry], about: str) -> Iterator[str]:
    """Yield the first line, with `about` (what was left out or changed), then a line for each entry, its places before it."""
    yield written({"format": FORMAT, "version": VERSION, "note": CAVEAT, "about": about}) + "\n"
    met: set[str] = set()
    for entry in entries:
        if isinstance(entry, StoredReading):
            for place in _places(entry.reading):
                if place.id not in met:
                    met.add(place.id)
                    yield _line(Noun.PLACE, _place(place))
            yield _line(Noun.READING, _reading(entry))
        else:
            yield _line(_noun(entry), plain(entry))


def _noun(entry: Review | Failure | Timeline | Link) -> Noun:
    if isinstance(entry, Review):
        return Noun.REVIEW
    if isinstance(entry, Failure):
        return Noun.FAILURE
    return Noun.TIMELINE if isinstance(entry, Timeline) else Noun.LINK


def _line(noun: Noun, value: Json) -> str:
    return written({noun.value: value}) + "\n"


def _place(place: Place) -> Json:
    made = plain(place)
    assert isinstance(made, dict)  # noqa: S101  a noun of the model is an object
    return {**made, "names": list(place.names)}


def _reading(stored: StoredReading) -> Json:
    reading = stored.reading
    return {
        "gazetteer": stored.gazetteer,
        "report": plain(reading.report),
        "extraction": plain(reading.extracted.extraction),
        "statements": plain(reading.extracted.statements),
        "claims": plain(reading.extracted.claims),
        "resolutions": {key: _resolution(each) for key, each in reading.resolutions.items()},
        "checks": {key: _check(each) for key, each in reading.checks.items()},
    }


def _resolution(resolution: Resolution) -> Json:
    """Return a resolution with its places by id."""
    made = _object(resolution)
    made["place"] = resolution.place.id if resolution.place else None
    made["runners_up"] = [_candidate(each) for each in resolution.runners_up]
    return made


def _candidate(candidate: Candidate) -> Json:
    return _object(candidate) | {"place": candidate.place.id}


def _check(check: DistanceCheck) -> Json:
    return _object(check) | {name: place.id if place else None for name, place in (("start", check.start), ("reference", check.reference))}


def _object(value: object) -> dict[str, Json]:
    made = plain(value)
    assert isinstance(made, Mapping)  # noqa: S101  a noun of the model is an object
    return dict(made)


def _places(reading: Reading) -> Iterator[Place]:
    """Yield every place that a reading points at."""
    for resolution in reading.resolutions.values():
        if resolution.place:
            yield resolution.place
        yield from (other.place for other in resolution.runners_up)
    for check in reading.checks.values():
        yield from (place for place in (check.start, check.reference) if place)
